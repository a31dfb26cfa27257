"""Which events can ever be recorded: each form of a gate, met and impossible."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qms_service.authoring.lint import LintReport

BOOK = """\
id       = "leases"
edition  = "1"
timezone = "Asia/Shanghai"
[lease]
opening = "signed"
[lease.subject]
rooms = "int"
[lease.events.signed]
facts = {{ owners = "text*", tags = "text*", grade = ["a", "b"], keys = "bool?", remark = "text?", rooms = "int?" }}
[lease.events.asked]
needs = {needs}
[lease.events.lost]
needs = ["lost"]
[lease.events.closed]
"""


@pytest.mark.parametrize(
    "needs",
    [
        '["signed"]',
        '[{ any = ["lost", "signed"] }]',
        '[{ event = "signed", count = 5 }]',
        '[{ event = "signed", count = 2, distinct = "grade" }]',
        '[{ event = "signed", count = 3, distinct = "remark" }]',
        '[{ event = "signed", count = 3, distinct = "tags" }]',
        '[{ event = "signed", count = 2, distinct = "keys" }]',
        '[{ each = "signed.owners", event = "signed", match = "by" }]',
        '[{ each = "subject.rooms", event = "signed", match = "rooms" }]',
        '[{ each = ["a", "b"], event = "signed", match = "grade" }]',
        '[{ each = ["a"], any = [{ event = "signed", where = { grade = "a" } }, "lost"], match = "by" }]',
        '[{ each = "signed.owners", every = true, any = ["lost", "asked", "signed"], match = "by" }]',
        '[{ event = "closed", keeps = true }]',
        '[{ event = "signed", where = { grade = "a" }, keeps = true }]',
        '[{ event = "lost", waivable = true }]',
        '[{ event = "lost", when = { "signed.grade" = "a" } }]',
        '[{ event = "signed", where = { department = "x" }, after = "reopened" }]',
        '["reopened"]',
        '[{ event = "linked", where = { kind = "claim" } }]',
        '[{ settled = ["claim"] }]',
        '[{ event = "lost", when = { "signed.remark" = "x" } }]',
        '[{ event = "lost", when = { "subject.rooms" = 3 } }]',
    ],
)
def test_a_gate_that_something_can_open(checked: Callable[[str], LintReport], needs: str) -> None:
    assert "asked" not in unreachable(checked, needs)


@pytest.mark.parametrize(
    "needs",
    [
        '["lost"]',
        '["closed"]',
        '["withdrawn"]',
        '[{ all = ["lost", "signed"] }]',
        '[{ any = ["lost", "closed"] }]',
        '[{ event = "signed", count = 3, distinct = "grade" }]',
        '[{ event = "signed", count = 3, distinct = "keys" }]',
        '[{ event = "lost", count = 1 }]',
        '[{ each = "lost.owners", event = "signed", match = "by" }]',
        '[{ each = "signed.owners", event = "lost", match = "by" }]',
        '[{ each = ["a", "b"], event = "lost", match = "by" }]',
        '[{ each = ["a", "b"], event = "signed", where = { grade = "a" }, match = "grade" }]',
        '[{ each = "signed.remark", every = true, event = "signed", match = "remark", after = "signed" }]',
        '[{ each = "lost.owners", every = true, event = "signed", match = "by" }]',
        '[{ event = "signed", after = "signed" }]',
        '[{ event = "signed", when = { "lost.owners" = "x" } }]',
        '[{ event = "lost", when = [{ "signed.grade" = "a" }, { "signed.grade" = "b" }] }]',
        '[{ event = "signed", where = { grade = "a" } }, { event = "lost", when = { "signed.grade" = "a" } }]',
        '[{ event = "signed", where = { tags = "x" } }]',
        '[{ event = "signed", where = { grade = [] } }]',
    ],
)
def test_a_gate_that_nothing_can_open(checked: Callable[[str], LintReport], needs: str) -> None:
    assert "asked" in unreachable(checked, needs)


def unreachable(checked: Callable[[str], LintReport], needs: str) -> set[object]:
    text = BOOK.format(needs=needs)
    if "lost.owners" in needs:
        text = text.replace('needs = ["lost"]', 'needs = ["lost"]\nfacts = { owners = "text" }')
    if '"x"' in needs and "department" in needs:
        text = text.replace("[lease]\n", "[departments]\nx = {}\n[lease]\n")
    report = checked(text)
    assert not [one for one in report.findings if one.family != "lint"]
    return steps_out_of_reach(report)


FLAGS = [f"f{index}" for index in range(14)]  # 2 ** 14 situations are too many to go through


def with_flags(needs: str) -> str:
    declared = "".join(f'{flag} = "bool", ' for flag in FLAGS)
    return BOOK.format(needs=needs).replace("facts = { ", "facts = { " + declared)


def steps_out_of_reach(report: LintReport) -> set[object]:
    return {one.facts["name"] for one in report.findings if one.code.startswith("step-")}


@pytest.mark.parametrize(("event", "out"), [("signed", {"lost"}), ("lost", {"lost", "asked"})])
def test_gates_that_tell_too_many_situations_apart_are_judged_one_by_one(
    checked: Callable[[str], LintReport], event: str, out: set[str]
) -> None:
    flags = "".join(f'{{ event = "signed", where = {{ {flag} = true }} }}, ' for flag in FLAGS)
    assert steps_out_of_reach(checked(with_flags(f'[{flags}"{event}"]'))) == out


def test_one_gate_that_tells_too_many_situations_apart_is_taken_to_open(
    checked: Callable[[str], LintReport],
) -> None:
    when = ", ".join(f'"signed.{flag}" = true' for flag in FLAGS)
    gate = f'[{{ event = "lost", when = {{ {when} }} }}]'
    assert steps_out_of_reach(checked(with_flags(gate))) == {"lost"}
