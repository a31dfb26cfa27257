"""What a step needs on record, in every form a rulebook can write it; concessions and waivers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

Book = Callable[..., qms.Rulebook]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def opened(proc: qms.Procedure, number: str = "L-1") -> qms.Case:
    return proc.open(qms.Subject("lease", number=number, opened_at=at(1)))


def procedure(book: Book, rules: str, **kw: str) -> qms.Procedure:
    return book(rules, **kw).on(date(2026, 3, 1))


def codes(findings: tuple[qms.Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


SIGNED_OFF = """
[lease.events.checked]
facts = {{ parts = "text*?", ok = "bool?" }}
[lease.events.countersigned]
facts = {{ part = "text?" }}
[lease.events.approved]
clause = "7.1"
needs = [{need}]
"""


@pytest.mark.parametrize(
    ("need", "ways", "outright"),
    [
        ('{ any = ["checked", "countersigned"] }', "checked, countersigned", []),
        ('{ any = ["checked", { event = "checked", where = { ok = true } }] }', None, ["checked"]),
        (
            '{ any = ["checked", "countersigned"] }, "countersigned"',
            "checked, countersigned",
            ["countersigned"],
        ),
    ],
)
def test_what_is_one_of_several_alternatives_says_so(
    book: Book, need: str, ways: str | None, outright: list[str]
) -> None:
    proc = procedure(book, SIGNED_OFF.format(need=need))
    found = proc.check(opened(proc), "approved", at=at(3))
    choices = [one for one in found if "ways" in one.facts]
    assert bool(choices) == (ways is not None)
    assert all(one.text().endswith(f"first. One of these will do: {ways}. [small 7.1]") for one in choices)
    assert [one.facts["event"] for one in found if one not in choices] == outright


@pytest.mark.parametrize(
    ("need", "history", "expected"),
    [
        ('{ any = ["checked", "countersigned"] }', [], ["missing-event", "missing-event"]),
        ('{ any = ["checked", "countersigned"] }', [("countersigned", {})], []),
        ('{ all = ["checked", "countersigned"] }', [("countersigned", {})], ["missing-event"]),
        ('{ all = ["checked", { any = ["countersigned", "signed"] }] }', [("checked", {})], []),
        ('{ event = "countersigned", count = 2 }', [("countersigned", {})], ["too-few"]),
        ('{ event = "countersigned", count = 2 }', [("countersigned", {})] * 2, []),
        (
            '{ event = "countersigned", count = 2, distinct = "department" }',
            [("countersigned", {"department": "quality"}), ("countersigned", {"department": "QA"})],
            ["too-few"],
        ),
        (
            '{ event = "countersigned", count = 2, distinct = "department" }',
            [("countersigned", {"department": "quality"}), ("countersigned", {"department": "PMC"})],
            [],
        ),
        (
            '{ event = "countersigned", count = 2, after = "checked" }',
            [("countersigned", {}), ("checked", {}), ("countersigned", {})],
            ["too-few"],
        ),
        (
            '{ event = "countersigned", count = 1, where = { department = "QA" } }',
            [("countersigned", {"department": "PMC"})],
            ["too-few.where"],
        ),
        (
            '{ event = "countersigned", count = 1, where = { department = "QA" } }',
            [("countersigned", {"department": "品质部"})],
            [],
        ),
        (
            '{ event = "countersigned", where = { department = "QA" } }',
            [("countersigned", {"department": "quality"})],
            [],
        ),
        ('{ each = "checked.parts", event = "countersigned", match = "part" }', [], ["not-each"]),
        (
            '{ each = "checked.parts", event = "countersigned", match = "part" }',
            [("checked", {"parts": ["door", "roof"]}), ("countersigned", {"part": "door"})],
            ["not-each"],
        ),
        (
            '{ each = "checked.parts", event = "countersigned", match = "part" }',
            [
                ("checked", {"parts": ["door", "roof"]}),
                ("countersigned", {"part": "door"}),
                ("countersigned", {"part": "roof"}),
            ],
            [],
        ),
        (
            '{ each = "checked.parts", event = "countersigned", match = "part", after = "checked" }',
            [("countersigned", {"part": "door"}), ("checked", {"parts": ["door"]})],
            ["not-each"],
        ),
        ('{ event = "checked", where = { ok = true } }', [("checked", {"ok": False})], ["event-differs"]),
        ('{ event = "checked", where = { ok = true } }', [("checked", {})], ["event-differs"]),
        ('{ event = "checked", where = { ok = [true, false] } }', [("checked", {"ok": False})], []),
        ('{ event = "checked", after = "countersigned" }', [("checked", {})], []),
        (
            '{ event = "checked", after = "countersigned" }',
            [("checked", {}), ("countersigned", {})],
            ["event-outdated"],
        ),
    ],
)
def test_what_a_gate_finds_missing(
    book: Book, need: str, history: list[tuple[str, dict[str, object]]], expected: list[str]
) -> None:
    proc = procedure(book, SIGNED_OFF.format(need=need))
    case = opened(proc)
    for hour, (name, entry) in enumerate(history):
        case = proc.record(case, name, at=at(2, 9 + hour), **entry)  # type: ignore[arg-type]
    found = proc.check(case, "approved", at=at(3))
    assert codes(found) == expected
    for finding in found:
        assert str(finding.clause) == "small 7.1"
        assert finding.text("zh") != finding.text("en")


def test_a_refusal_counts_what_is_there_and_what_is_asked(book: Book) -> None:
    proc = procedure(book, SIGNED_OFF.format(need='{ event = "countersigned", count = 3 }'))
    case = proc.record(opened(proc), "countersigned", at=at(2))
    (finding,) = proc.check(case, "approved", at=at(3))
    assert (
        finding.text()
        == "approved needs more of countersigned (countersigned); found and needed: 1, 3. [small 7.1]"
    )


def test_a_list_names_the_values_still_lacking(book: Book) -> None:
    need = '{ each = "checked.parts", event = "countersigned", match = "part" }'
    proc = procedure(book, SIGNED_OFF.format(need=need))
    case = proc.record(opened(proc), "checked", at=at(2), parts=["door", "roof", "lift"])
    case = proc.record(case, "countersigned", at=at(2, 10), part="roof")
    (finding,) = proc.check(case, "approved", at=at(3))
    assert finding.facts["detail"] == ("door", "lift")


def test_a_gate_that_keeps_sees_earlier_cycles(book: Book) -> None:
    rules = '[lease.events.checked]\n[lease.events.approved]\nneeds = [{ event = "checked", keeps = true }]\n'
    proc = procedure(book, rules)
    case = proc.record(opened(proc), "checked", at=at(2))
    case = proc.record(proc.record(case, "closed", at=at(3)), "reopened", at=at(4))
    assert proc.check(case, "approved", at=at(5)) == ()


UNDER_A_CONDITION = """
[lease.events.judged]
facts = { damaged = "bool" }
[lease.events.repaired]
[lease.events.approved]
[[lease.events.approved.needs]]
clause = "7.2"
when = { "judged.damaged" = true }
event = "repaired"
"""


def test_a_gate_stands_only_under_its_condition_and_is_shut_while_that_is_open(book: Book) -> None:
    proc = procedure(book, UNDER_A_CONDITION)
    case = opened(proc)
    (undecided,) = proc.check(case, "approved", at=at(2))
    assert (undecided.code, undecided.facts["fact"]) == ("undecided", "judged.damaged")
    sound = proc.record(case, "judged", at=at(2), damaged=False)
    assert proc.check(sound, "approved", at=at(3)) == ()
    damaged = proc.record(case, "judged", at=at(2), damaged=True)
    assert codes(proc.check(damaged, "approved", at=at(3))) == ["missing-event"]


# ---------------------------------------------------------------- concessions and waivers

CONCESSION = """
[lease.events.checked]
[lease.events.handed_over]
clause = "7.3"
needs = ["checked"]
[lease.events.sealed]
needs = [{ event = "checked", absolute = true }]
[[lease.events.closed.needs]]
clause = "7.9"
event = "handed_over"
waivable = true
id = "hand-over"
[[lease.events.closed.needs]]
event = "checked"
"""
CONCESSION_HEAD = """\
id = "small"
edition = "1"
timezone = "Asia/Shanghai"
[lease]
opening = "signed"
[lease.events.signed]
[lease.events.closed]
"""


@pytest.fixture
def conceding(book: Book) -> qms.Procedure:
    return procedure(book, CONCESSION, head=CONCESSION_HEAD)


def test_a_concession_keeps_the_event_with_its_reason_and_what_it_went_against(
    conceding: qms.Procedure,
) -> None:
    case = opened(conceding)
    with pytest.raises(qms.Refused, match=r"handed_over needs checked .* \[small 7\.3\]"):
        conceding.record(case, "handed_over", at=at(2))
    kept = conceding.record(case, "handed_over", at=at(2), despite="the customer could not wait")
    event = kept.history[-1]
    assert event.despite == "the customer could not wait"
    assert codes(event.findings) == ["missing-event"]
    later = conceding.record(conceding.record(kept, "checked", at=at(3)), "sealed", at=at(4))
    assert later.history[1] == event
    assert "missing-event" in codes(conceding.review(later))


def test_a_concession_where_nothing_stood_in_the_way_is_not_kept_as_one(conceding: qms.Procedure) -> None:
    case = conceding.record(opened(conceding), "checked", at=at(2))
    kept = conceding.record(case, "handed_over", at=at(2), despite="to be safe")
    assert (kept.history[-1].despite, kept.history[-1].findings) == (None, ())


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_empty_reason_is_no_concession(conceding: qms.Procedure, reason: str) -> None:
    with pytest.raises(qms.Refused):
        conceding.record(opened(conceding), "handed_over", at=at(2), despite=reason)


def test_what_is_only_remarked_stays_with_the_event_too(conceding: qms.Procedure) -> None:
    case = conceding.record(opened(conceding), "checked", at=at(5))
    back = conceding.record(case, "checked", at=at(4))
    assert (codes(back.history[-1].findings), back.history[-1].despite) == (["out-of-order"], None)


@pytest.mark.parametrize("step", ["sealed", "closed"])
def test_gates_of_closing_and_absolute_ones_yield_to_no_concession(
    conceding: qms.Procedure, step: str
) -> None:
    with pytest.raises(qms.Refused) as refused:
        conceding.record(opened(conceding), step, at=at(2), despite="the manager says so")
    assert all(finding.absolute for finding in refused.value.findings)


def waived(proc: qms.Procedure, case: qms.Case, **change: object) -> qms.Case:
    facts = {
        "gate": "hand-over",
        "reason": "sold as it stands",
        "owner": "general manager",
        "expires_on": date(2026, 3, 5),
    }
    return proc.record(case, "waived", at=at(2), facts={**facts, **change})


def test_a_waiver_opens_the_gate_that_it_names_until_its_last_day(conceding: qms.Procedure) -> None:
    case = waived(conceding, conceding.record(opened(conceding), "checked", at=at(2)))
    last_minute = datetime(2026, 3, 5, 23, 59, tzinfo=SHANGHAI)
    (remark,) = conceding.check(case, "closed", at=last_minute)
    assert (remark.code, remark.severity) == ("waived", "warning")
    assert (
        remark.text()
        == "Gate hand-over of closed is waived by general manager: sold as it stands [small 7.9]"
    )
    assert "豁免" in remark.text("zh")
    assert conceding.record(case, "closed", at=last_minute).status == "closed"
    assert codes(conceding.check(case, "closed", at=at(6, 0))) == ["missing-event"]


def test_a_waiver_leaves_the_other_gates_shut(conceding: qms.Procedure) -> None:
    case = waived(conceding, opened(conceding))
    assert codes(conceding.check(case, "closed", at=at(3))) == ["waived", "missing-event"]


def test_the_end_of_a_waiver_is_a_change_that_a_scheduler_sees(conceding: qms.Procedure) -> None:
    case = waived(conceding, conceding.record(opened(conceding), "checked", at=at(2)))
    assert conceding.status(case, now=at(3)).next_change_at == at(6, 0)
    assert conceding.status(case, now=at(6, 0)).next_change_at is None
    closed = conceding.record(case, "closed", at=at(3))
    assert conceding.status(closed, now=at(3)).next_change_at is None


def test_a_waiver_of_a_gate_that_cannot_be_waived_is_refused(conceding: qms.Procedure) -> None:
    with pytest.raises(qms.Refused, match=r"unknown waivable gate handover.*Did you mean hand-over"):
        waived(conceding, opened(conceding), gate="handover")
    with pytest.raises(qms.Refused, match="expires_on"):
        waived(conceding, opened(conceding), expires_on="2026-03-05")


# ---------------------------------------------------------------- linked cases

LINKED = """
id = "small"
edition = "1"
timezone = "Asia/Shanghai"
[lease]
opening = "signed"
[lease.events.signed]
[lease.events.checked]
after_close = true
[lease.events.closed]
clause = "8.1"
settled = ["repair"]
[repair]
opening = "ordered"
[repair.events.ordered]
[repair.events.closed]
"""


@pytest.fixture
def linking(book: Book) -> qms.Procedure:
    return procedure(book, "", head=LINKED)


def repair(proc: qms.Procedure, number: str = "R-1") -> qms.Case:
    return proc.open(qms.Subject("repair", number=number, opened_at=at(1)))


def test_a_kind_that_only_other_rules_know_is_told_by_its_id(book: Book) -> None:
    proc = procedure(book, "", head=LINKED.replace('["repair"]', '["tooling"]'))
    case = proc.record(opened(proc), "linked", at=at(2), kind="tooling", case="T-1")
    (missing,) = proc.check(case, "closed", at=at(4))
    assert (missing.code, "tooling（tooling）T-1" in missing.text("zh")) == ("link-missing", True)


def test_closing_waits_for_the_linked_cases_of_its_kinds(linking: qms.Procedure) -> None:
    case = linking.record(opened(linking), "linked", at=at(2), kind="repair", case="R-1")
    other = repair(linking)
    (missing,) = linking.check(case, "closed", at=at(4))
    assert (missing.code, missing.absolute) == ("link-missing", True)
    assert "related=" in missing.text()
    assert codes(linking.check(case, "closed", at=at(4), related=[other])) == ["link-open"]
    done = linking.record(other, "closed", at=at(3))
    assert linking.check(case, "closed", at=at(4), related=[done]) == ()
    assert codes(linking.check(case, "closed", at=at(2), related=[done])) == ["link-open"], (
        "not closed at that time"
    )


def test_a_linked_case_is_known_by_its_kind_and_number(linking: qms.Procedure) -> None:
    case = linking.record(opened(linking), "linked", at=at(2), kind="repair", case="R-1")
    namesake = linking.record(opened(linking, "R-1"), "closed", at=at(3))
    assert codes(linking.check(case, "closed", at=at(4), related=[namesake])) == ["link-missing"]


def test_checklist_and_review_take_the_linked_cases_too(linking: qms.Procedure) -> None:
    case = linking.record(opened(linking), "linked", at=at(2), kind="repair", case="R-1")
    done = linking.record(repair(linking), "closed", at=at(3))
    assert "closed" not in [step.event for step in linking.next_steps(case, now=at(4))]
    assert "closed" in [step.event for step in linking.next_steps(case, now=at(4), related=[done])]
    closed = linking.record(case, "closed", at=at(4), related=[done])
    assert codes(linking.review(closed)) == ["link-missing"]
    assert linking.review(closed, related=[done]) == ()


def test_links_of_other_kinds_do_not_hold_up_closing(linking: qms.Procedure) -> None:
    case = linking.record(opened(linking), "linked", at=at(2), kind="invoice", case="I-1")
    assert linking.record(case, "closed", at=at(4)).status == "closed"


def test_a_step_marked_so_is_recorded_after_closing(linking: qms.Procedure) -> None:
    case = linking.record(opened(linking), "closed", at=at(2))
    assert linking.record(case, "checked", at=at(3)).version == 3
    assert linking.record(case, "linked", at=at(3), kind="repair", case="R-1").version == 3


# ---------------------------------------------------------------- persons, roles, departments

PEOPLE = """
[lease.events.checked]
[lease.events.approved]
role = "manager"
not_by = ["checked"]
[lease.events.handed_over]
by = "planning"
"""


@pytest.fixture
def staffed(book: Book) -> qms.Procedure:
    return procedure(book, PEOPLE)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"role": "manager"}, []),
        ({"role": "deputy", "on_behalf_of": "manager"}, []),
        ({"role": "deputy"}, ["role-needed"]),
        ({"role": "clerk", "on_behalf_of": "manager"}, ["role-needed"]),
        ({}, ["role-needed"]),
    ],
)
def test_a_step_asks_for_a_role_or_its_named_deputy(
    staffed: qms.Procedure, entry: dict[str, str], expected: list[str]
) -> None:
    found = staffed.check(opened(staffed), "approved", at=at(2), **entry)  # type: ignore[arg-type]
    assert codes(found) == expected
    if found:
        assert "has to be done as manager (Manager)" in found[0].text()
        assert "须由 manager（经理）执行" in found[0].text("zh")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Li", "Wang", []),
        ("Li", "Li", ["same-person"]),
        (None, "Wang", ["person-unknown"]),
        ("Li", None, ["person-unknown"]),
    ],
)
def test_segregated_duties_are_done_by_two_persons_both_on_record(
    staffed: qms.Procedure, first: str | None, second: str | None, expected: list[str]
) -> None:
    case = staffed.record(opened(staffed), "checked", at=at(2), by=first)
    assert codes(staffed.check(case, "approved", at=at(3), role="manager", by=second)) == expected


def test_what_was_not_done_yet_needs_no_other_person(staffed: qms.Procedure) -> None:
    assert staffed.check(opened(staffed), "approved", at=at(3), role="manager") == ()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"department": "planning"}, []),
        ({"department": "PMC"}, []),
        ({"department": "QA"}, ["other-department"]),
        ({"department": "QA", "on_behalf_of": "planning"}, []),
        ({"department": "QA", "on_behalf_of": "PMC"}, []),
        ({"department": "Quality", "on_behalf_of": "计划部"}, []),
        ({"department": "货仓", "on_behalf_of": "planning"}, ["other-department"]),
        ({"department": "quality", "on_behalf_of": "sales"}, ["other-department"]),
        ({"department": "Qualty"}, ["unknown-department.nearest"]),
        ({"department": "XX"}, ["unknown-department"]),
    ],
)
def test_a_department_is_known_by_its_names_and_no_authority(
    staffed: qms.Procedure, entry: dict[str, str], expected: list[str]
) -> None:
    assert codes(staffed.check(opened(staffed), "handed_over", at=at(2), **entry)) == expected  # type: ignore[arg-type]


def test_an_event_keeps_the_department_by_its_id(staffed: qms.Procedure) -> None:
    case = staffed.record(opened(staffed), "handed_over", at=at(2), department="PMC")
    assert case.history[-1].department == "planning"
