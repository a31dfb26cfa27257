"""Events that every rulebook has: corrections, extensions, agreed dates, pauses, closing, withdrawing, reopening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

Book = Callable[..., qms.Rulebook]
SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = """
[lease.events.judged]
facts = { fault = "bool", who = "department?", cost = "decimal?" }
[lease.events.done]
[lease.clocks.doing]
clause = "5.1"
from = "signed"
to = "done"
within = "4 d"
"""


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def proc(book: Book) -> qms.Procedure:
    return book(RULES).on(date(2026, 3, 1))


@pytest.fixture
def case(proc: qms.Procedure) -> qms.Case:
    """Signed on the 1st, judged on the 2nd: events 1 and 2; due on the 5th."""
    signed = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    return proc.record(signed, "judged", at=at(2), fault=True, who="quality")


def refused(proc: qms.Procedure, case: qms.Case, name: str, when: datetime, **facts: object) -> qms.Finding:
    with pytest.raises(qms.Refused) as error:
        proc.record(case, name, at=when, facts=facts, despite="no concession covers nonsense")
    assert error.value.text("zh") != error.value.text("en")
    (finding,) = error.value.findings
    assert finding.absolute
    return finding


# ---------------------------------------------------------------- corrections


def test_a_correction_mends_what_rules_see_and_leaves_what_was_written(
    proc: qms.Procedure, case: qms.Case
) -> None:
    mended = proc.record(
        case, "corrected", at=at(3), of=2, facts={"facts": {"fault": False}}, reason="misread"
    )
    assert mended.timeline().fact("judged.fault") is False
    assert mended.timeline(at(2, 10)).fact("judged.fault") is True
    assert mended.history[1].facts["fault"] is True
    assert mended.version == 3


def test_a_correction_may_bring_its_facts_in_any_of_three_ways(proc: qms.Procedure, case: qms.Case) -> None:
    ways: tuple[dict[str, Any], ...] = (
        {"facts": {"of": 2, "facts": {"fault": False}, "reason": "misread"}},
        {"of": 2, "reason": "misread", "facts": {"facts": {"fault": False}}},
        {"of": 2, "reason": "misread", "facts": {"fault": False}},
    )
    mended = {proc.record(case, "corrected", at=at(3), **way) for way in ways}
    assert len(mended) == 1


def test_a_correction_is_read_as_the_event_that_it_mends(proc: qms.Procedure, case: qms.Case) -> None:
    mended = proc.record(
        case, "corrected", at=at(3), of=2, facts={"facts": {"who": "PMC"}}, reason="wrong one"
    )
    assert mended.timeline().fact("judged.who") == "planning"
    assert mended.history[-1].facts["facts"] == {"who": "planning"}


def test_a_correction_may_take_a_fact_off_the_record(proc: qms.Procedure, case: qms.Case) -> None:
    mended = proc.record(
        case, "corrected", at=at(3), of=2, facts={"facts": {"who": None}}, reason="nobody knows"
    )
    assert mended.timeline().fact("judged.who") is None
    finding = refused(proc, case, "corrected", at(3), of=2, facts={"fault": None}, reason="?")
    assert finding.code == "missing-fact"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"of": 7, "void": True}, "correction-target"),
        ({"of": 2}, "correction-empty"),
        ({"of": 2, "void": False}, "correction-empty"),
        ({"of": 1, "void": True}, "correction-opening"),
        ({"of": 2, "at": at(4)}, "correction-ahead"),
        ({"of": 2, "facts": {"falt": True}}, "unknown-fact.nearest"),
        ({"of": 2, "facts": {"fault": "yes"}}, "fact-value"),
        ({"of": 2, "facts": {"cost": 1.5}}, "fact-value.float"),
        ({"of": "2", "void": True}, "fact-value"),
        ({"of": 2, "facts": ["fault"]}, "fact-value"),
    ],
)
def test_a_correction_that_mends_nothing(
    proc: qms.Procedure, case: qms.Case, facts: dict[str, object], code: str
) -> None:
    assert refused(proc, case, "corrected", at(3), reason="typing error", **facts).code == code


def test_a_correction_of_a_correction_strikes_it_out_or_is_refused(
    proc: qms.Procedure, case: qms.Case
) -> None:
    mended = proc.record(
        case, "corrected", at=at(3), of=2, facts={"facts": {"fault": False}}, reason="misread"
    )
    finding = refused(proc, mended, "corrected", at(4), of=3, facts={"reason": "better"}, reason="again")
    assert finding.code == "correction-of-correction"
    back = proc.record(mended, "corrected", at=at(4), of=3, void=True, reason="it was right")
    assert back.timeline().fact("judged.fault") is True


def test_an_event_entered_twice_is_struck_out(proc: qms.Procedure, case: qms.Case) -> None:
    done = proc.record(proc.record(case, "done", at=at(3)), "closed", at=at(4))
    again = proc.record(done, "corrected", at=at(4, 10), of=4, void=True, reason="closed the wrong case")
    assert (done.status, again.status) == ("closed", "open")


def test_a_correction_moves_an_event_and_its_clock(proc: qms.Procedure, case: qms.Case) -> None:
    late = proc.record(case, "done", at=at(6))
    assert proc.deadline(late, "doing", now=at(7)).state == "met_late"
    moved = proc.record(
        late, "corrected", at=at(7), of=3, facts={"at": at(4)}, reason="the paper says the 4th"
    )
    assert proc.deadline(moved, "doing", now=at(7)).state == "met"
    assert proc.deadline(moved, "doing", now=at(6, 10)).state == "met_late", "as it looked then"


def test_an_adopted_correction_into_the_future_is_seen_when_its_time_comes(
    proc: qms.Procedure, case: qms.Case
) -> None:
    """A live desk refuses it; a history made elsewhere may hold it."""
    ahead = qms.Event("corrected", at(3), seq=3, facts={"of": 2, "at": at(6), "reason": "planned"})
    adopted = proc.adopt(case.subject, [*case.history, ahead])
    assert adopted.timeline(at(5)).fact("judged.fault") is None
    assert adopted.timeline(at(6)).fact("judged.fault") is True
    assert "correction-ahead" in [finding.code for finding in proc.review(adopted, at(7))]


def test_a_warning_does_not_hide_what_is_wrong_with_a_system_event(
    proc: qms.Procedure, case: qms.Case
) -> None:
    later = proc.record(case, "done", at=at(4))
    codes = [
        finding.code for finding in proc.check(later, "corrected", at=at(3), of=9, void=True, reason="x")
    ]
    assert codes == ["out-of-order", "correction-target"]


# ---------------------------------------------------------------- extensions, agreed dates


def test_an_extension_keeps_the_first_due_time_beside_the_new_one(
    proc: qms.Procedure, case: qms.Case
) -> None:
    longer = proc.record(
        case, "extended", at=at(4), clock="doing", until=at(9), reason="parts from abroad", approved_by="Wu"
    )
    deadline = proc.deadline(longer, "doing", now=at(6))
    assert (deadline.state, deadline.due_at, deadline.original_due_at) == ("running", at(9), at(5))
    by_term = proc.record(case, "extended", at=at(4), clock="doing", within="2 d", reason="parts from abroad")
    assert proc.deadline(by_term, "doing", now=at(6)).due_at == at(7)


def test_the_last_moment_for_an_extension_is_the_due_time_itself(proc: qms.Procedure, case: qms.Case) -> None:
    assert proc.check(case, "extended", at=at(5), clock="doing", within="1 d", reason="parts") == ()
    late = datetime(2026, 3, 5, 9, 0, 1, tzinfo=SHANGHAI)
    assert (
        refused(proc, case, "extended", late, clock="doing", within="1 d", reason="parts").code
        == "extension-late"
    )


@pytest.mark.parametrize(
    ("facts", "code", "said"),
    [
        ({"clock": "doing"}, "extension-figure", "either until or within"),
        ({"clock": "doing", "until": at(9), "within": "2 d"}, "extension-figure", "either until or within"),
        ({"clock": "doing", "until": at(5)}, "extension-not-later", "is no extension"),
        ({"clock": "doing", "within": "2 dy"}, "refused", "2 dy"),
        ({"clock": "dong", "within": "2 d"}, "unknown-name.nearest", "Did you mean doing"),
    ],
)
def test_an_extension_that_extends_nothing(
    proc: qms.Procedure, case: qms.Case, facts: dict[str, object], code: str, said: str
) -> None:
    finding = refused(proc, case, "extended", at(3), reason="parts", **facts)
    assert finding.code == code
    assert said in finding.text()


def test_a_clock_that_does_not_run_cannot_be_extended(proc: qms.Procedure, case: qms.Case) -> None:
    done = proc.record(case, "done", at=at(3))
    finding = refused(proc, done, "extended", at(4), clock="doing", within="2 d", reason="parts")
    assert finding.text() == "Clock doing does not run (met): there is nothing to extend."


def test_a_date_agreed_with_the_customer_holds(proc: qms.Procedure, case: qms.Case) -> None:
    agreed = proc.record(case, "agreed", at=at(3), clock="doing", due_at=at(20))
    assert proc.deadline(agreed, "doing", now=at(4)).due_at == at(20)
    assert refused(proc, case, "agreed", at(3), clock="doin", due_at=at(20)).code == "unknown-name.nearest"
    assert refused(proc, case, "agreed", at(3), clock="doing", due_at="2026-03-20").code == "fact-value"


# ---------------------------------------------------------------- pauses by hand


def test_clocks_are_paused_and_resumed_by_hand(proc: qms.Procedure, case: qms.Case) -> None:
    paused = proc.record(case, "paused", at=at(2, 9), reason="strike", clocks=["doing"])
    assert proc.deadline(paused, "doing", now=at(3)).state == "paused"
    resumed = proc.record(paused, "resumed", at=at(4))
    assert proc.deadline(resumed, "doing", now=at(4)).due_at == at(7)
    assert refused(proc, resumed, "resumed", at(5)).code == "not-paused"


def test_one_of_two_paused_clocks_is_resumed_and_the_other_stands_still(book: Book) -> None:
    second = RULES.replace("clocks.doing", "clocks.telling")
    two = book(RULES + second.partition("[lease.events.done]")[2]).on(date(2026, 3, 1))
    case = two.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    case = two.record(case, "paused", at=at(2), reason="strike")
    case = two.record(case, "resumed", at=at(3), clocks=["doing"])
    assert {one.id: str(one.state) for one in two.deadlines(case, now=at(4))} == {
        "doing": "running",
        "telling": "paused",
    }
    assert refused(two, case, "resumed", at(4), clocks=["doing"]).code == "not-paused"
    assert two.record(case, "resumed", at=at(4)).version == 4


def test_pausing_names_clocks_that_there_are(proc: qms.Procedure, case: qms.Case) -> None:
    assert (
        refused(proc, case, "paused", at(3), reason="strike", clocks=["doin"]).code == "unknown-name.nearest"
    )
    assert refused(proc, case, "paused", at(3), reason="strike", clocks="doing").code == "fact-value"
    assert refused(proc, case, "resumed", at(3)).code == "not-paused"


# ---------------------------------------------------------------- closing, withdrawing, reopening


def test_a_closed_case_takes_no_step_until_it_is_reopened(proc: qms.Procedure, case: qms.Case) -> None:
    closed = proc.record(case, "closed", at=at(3))
    assert closed.status == "closed"
    for name in ("done", "withdrawn", "closed"):
        assert refused_codes(proc, closed, name, at(4)) == ["not-open"]
    assert refused(proc, closed, "done", at(4)).code == "not-open"
    again = proc.record(closed, "reopened", at=at(5), reason="the same fault")
    assert (again.status, again.timeline().cycle) == ("open", 1)
    assert proc.record(again, "done", at=at(6)).version == 5


def test_a_withdrawn_case_may_be_reopened_and_an_open_one_not(proc: qms.Procedure, case: qms.Case) -> None:
    withdrawn = proc.record(case, "withdrawn", at=at(3), reason="the tenant left")
    assert withdrawn.status == "withdrawn"
    assert proc.deadline(withdrawn, "doing", now=at(4)).state == "void"
    assert proc.record(withdrawn, "reopened", at=at(4)).status == "open"
    assert refused(proc, case, "reopened", at(3)).code == "not-closed"


def test_an_event_dated_back_before_the_closing_is_refused_too(proc: qms.Procedure, case: qms.Case) -> None:
    closed = proc.record(case, "closed", at=at(4))
    codes = [finding.code for finding in proc.check(closed, "done", at=at(3))]
    assert codes == ["not-open", "out-of-order"]


def test_a_case_closed_in_one_cycle_is_dated_back_into_by_nobody(proc: qms.Procedure, case: qms.Case) -> None:
    again = proc.record(proc.record(case, "closed", at=at(3)), "reopened", at=at(5))
    assert refused_codes(proc, again, "done", at(4)) == ["not-open"]


def refused_codes(proc: qms.Procedure, case: qms.Case, name: str, when: datetime) -> list[str]:
    return [finding.code for finding in proc.check(case, name, at=when) if finding.refuses]


def test_a_linked_case_is_named_by_keyword(proc: qms.Procedure, case: qms.Case) -> None:
    linked = proc.record(case, "linked", at=at(3), kind="repair", case="R-1", reason="the same flat")
    assert linked.history[-1].facts == {"kind": "repair", "case": "R-1", "reason": "the same flat"}
