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
facts = {{ owners = "text*", tags = "text*", grade = ["a", "b"], keys = "bool?", remark = "text?" }}
[lease.events.asked]
needs = {needs}
[lease.events.lost]
needs = ["lost"]
[lease.events.closed]
{closed}
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
        '[{ each = "subject.rooms", event = "signed", match = "by" }]',
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


def unreachable(checked: Callable[[str], LintReport], needs: str, closed: str = "") -> set[object]:
    text = BOOK.format(needs=needs, closed=closed)
    if "lost.owners" in needs:
        text = text.replace('needs = ["lost"]', 'needs = ["lost"]\nfacts = { owners = "text" }')
    if '"x"' in needs and "department" in needs:
        text = text.replace("[lease]\n", "[departments]\nx = {}\n[lease]\n")
    found = checked(text).findings
    assert not [one for one in found if one.family != "lint"]
    return {one.facts["name"] for one in found if one.code.startswith("step-")}
