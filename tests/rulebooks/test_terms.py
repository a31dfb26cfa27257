"""The figures of a rulebook: parameters, tables of terms, calendars, pauses, reopening, late entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

import qms_service as qms

Book = Callable[..., qms.Rulebook]
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = [("08:30", "12:00"), ("13:30", "17:30")]
WEEK = qms.WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE),
    exceptions={date(2026, 3, 4): []},
    known_until=date(2026, 12, 31),
)

HEAD = """\
id       = "small"
edition  = "1"
timezone = "Asia/Shanghai"
[lease]
opening = "signed"
[lease.events.signed]
[lease.events.closed]
"""


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def lease(opened_at: datetime, **facts: object) -> qms.Subject:
    return qms.Subject("lease", number="L-1", opened_at=opened_at, facts=facts)


def clock(rules: str, within: str, more: str = "") -> str:
    return f"{rules}\n[lease.events.done]\n[lease.clocks.doing]\nclause = '5.1'\nfrom = 'signed'\nto = 'done'\nwithin = {within}\n{more}\n"


def test_a_clock_takes_its_term_from_a_parameter(book: Book) -> None:
    proc = book(clock("[params]\nterm = { value = '2 d', clause = '5.2' }", '"$term"')).on(date(2026, 3, 2))
    case = proc.open(lease(at(2)))
    assert proc.deadline(case, "doing", now=at(2)).due_at == at(4)


def test_a_lost_figure_is_listed_and_its_clock_is_unknown_with_the_reason(book: Book) -> None:
    small = book(clock("[params]\nterm = { value = '?' }\nother = { value = '3 d' }", '"$term"'))
    assert small.unset == ("term",)
    proc = small.on(date(2026, 3, 2))
    assert proc.unset == ("term",)
    deadline = proc.deadline(proc.open(lease(at(2))), "doing", now=at(9))
    assert (deadline.state, deadline.due_at) == ("unknown", None)
    assert deadline.finding is not None
    assert (
        deadline.finding.text() == "doing: the source lost the figure; the factory has to set it. [small 5.1]"
    )
    assert "须由工厂设定" in deadline.finding.text("zh")


def test_working_terms_run_on_the_calendar_that_the_caller_supplies(book: Book) -> None:
    rules = clock("", '"2 working d"')
    small = book(rules, calendars={"factory": WEEK}, head='calendar = "factory"\n' + HEAD)
    proc = small.on(date(2026, 3, 2))
    case = proc.open(lease(at(2)))
    assert proc.deadline(case, "doing", now=at(2)).due_at == at(5)


def test_without_the_calendar_it_names_a_rulebook_does_not_load_and_says_how(book: Book) -> None:
    with pytest.raises(
        qms.RulebookError, match=r"calendar factory is not supplied; pass load_rulebook\(..., calendars"
    ):
        book(clock("", '"2 working d"'), head='calendar = "factory"\n' + HEAD)


def test_a_term_into_an_unpublished_year_is_unknown_with_the_reason_and_never_raises(book: Book) -> None:
    small = book(
        clock("", '"3 working d"'), calendars={"factory": WEEK}, head='calendar = "factory"\n' + HEAD
    )
    proc = small.on(date(2026, 12, 30))
    case = proc.open(lease(at(30, month=12)))
    now = at(30, 10, month=12)
    deadline = proc.deadline(case, "doing", now=now)
    assert deadline.state == "unknown"
    assert deadline.finding is not None
    assert "known until 2026-12-31 only" in deadline.finding.text()
    assert "只公布到 2026-12-31" in deadline.finding.text("zh")
    assert [one.state for one in proc.deadlines(case, now=now)] == ["unknown"]
    assert [step.due_at for step in proc.checklist(case, now=now) if step.event == "done"] == [None]
    provisional = proc.deadline(case, "doing", now=now, on_unknown="provisional")
    assert provisional.due_at == at(4, 9, month=1, year=2027)
    assert provisional.provisional_until is not None


URGENCY = """
[lease.subject]
urgency = { type = ["urgent", "normal"], optional = true }
[lease.events.graded]
facts = { urgency = ["urgent", "normal"] }
"""
BY_URGENCY = """{ table = '''
| id     | urgency | -> within | clause |
| urgent | urgent  | 2 d       | 5.2.3a |
| normal | normal  | $normal   | 5.2.3b |
''' }"""
PARAMS = "[params]\nnormal = { value = '7 d' }\n"


@pytest.mark.parametrize(
    ("urgency", "due", "clause"), [("urgent", at(4), "5.2.3a"), ("normal", at(9), "5.2.3b")]
)
def test_a_table_of_terms_chooses_by_a_fact(book: Book, urgency: str, due: datetime, clause: str) -> None:
    proc = book(clock(PARAMS + URGENCY, BY_URGENCY)).on(date(2026, 3, 2))
    case = proc.open(lease(at(2), urgency=urgency))
    deadline = proc.deadline(case, "doing", now=at(2, 10))
    assert (deadline.state, deadline.due_at) == ("running", due)
    assert deadline.clause is not None
    assert deadline.clause.number == clause


def test_while_the_choosing_fact_is_open_the_clock_is_undecided_at_the_earliest_term(book: Book) -> None:
    proc = book(clock(PARAMS + URGENCY, BY_URGENCY)).on(date(2026, 3, 2))
    case = proc.open(lease(at(2)))
    deadline = proc.deadline(case, "doing", now=at(2, 10))
    assert (deadline.state, deadline.due_at) == ("undecided", at(4))
    case = proc.record(case, "graded", at=at(3), urgency="normal")
    deadline = proc.deadline(case, "doing", now=at(3, 10))
    assert (deadline.state, deadline.due_at) == ("running", at(9))


def test_when_the_choice_changes_the_first_due_time_is_kept_beside_the_new_one(book: Book) -> None:
    proc = book(clock(PARAMS + URGENCY, BY_URGENCY)).on(date(2026, 3, 2))
    case = proc.record(proc.open(lease(at(2), urgency="normal")), "graded", at=at(3), urgency="urgent")
    deadline = proc.deadline(case, "doing", now=at(3, 10))
    assert (deadline.due_at, deadline.original_due_at) == (at(4), at(9))


def test_facts_that_no_row_covers_leave_the_clock_unknown_and_never_raise(book: Book) -> None:
    subject = "[lease.subject]\narea = 'int'\n"
    within = "{ inputs = { area = 'number[0..100]' }, table = '''\n| id | area | -> within |\n| a | < 50 | 2 d |\n''' }"
    proc = book(clock(subject, within)).on(date(2026, 3, 2))
    for area, state in ((10, "running"), (60, "unknown"), (1000, "unknown")):
        deadline = proc.deadline(proc.open(lease(at(2), area=area)), "doing", now=at(2, 10))
        assert deadline.state == state
        if state == "unknown":
            assert deadline.finding is not None
            assert deadline.finding.code == "clock-no-variant"


def test_a_term_in_a_table_that_cannot_be_read_is_a_problem(book: Book) -> None:
    with pytest.raises(qms.RulebookError, match="2 dy"):
        book(clock(URGENCY, "{ table = '''\n| id | urgency | -> within |\n| a | urgent | 2 dy |\n''' }"))
    with pytest.raises(qms.RulebookError, match="unknown parameter normal"):
        book(clock(URGENCY, BY_URGENCY))


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ("on_reopen = 'new'", None),
        ("on_reopen = 'restart'", at(12)),
        ("on_reopen = 'resume'", at(10) + timedelta(days=1)),
        ("keeps = true", at(4)),
    ],
)
def test_what_a_reopening_does_to_a_running_clock(book: Book, more: str, due: datetime | None) -> None:
    """Signed on the 2nd with 2 days, closed on the 3rd, reopened on the 10th."""
    proc = book(clock("", '"2 d"', more)).on(date(2026, 3, 2))
    case = proc.record(proc.open(lease(at(2))), "closed", at=at(3))
    assert proc.deadline(case, "doing", now=at(4)).state == "void"
    case = proc.record(case, "reopened", at=at(10))
    deadline = proc.deadline(case, "doing", now=at(10, 10))
    assert deadline.due_at == due
    if due is None:
        assert deadline.state == "not_started"


def test_a_pause_counts_at_most_as_long_as_its_rule_allows(book: Book) -> None:
    pause = "[lease.events.asked]\n[lease.events.came]\n[lease.pauses.wait]\nfrom = 'asked'\nto = 'came'\nat_most = '3 d'\n"
    proc = book(clock(pause, '"2 d"', "paused_by = ['wait']")).on(date(2026, 3, 2))
    case = proc.record(proc.open(lease(at(2))), "asked", at=at(3))
    assert proc.deadline(case, "doing", now=at(5)).state == "paused"
    assert proc.status(case, now=at(5)).next_change_at == at(6)
    assert proc.deadline(case, "doing", now=at(6, 10)).state == "running"
    assert proc.deadline(case, "doing", now=at(6, 10)).due_at == at(7)
    case = proc.record(case, "came", at=at(9))
    assert proc.deadline(case, "doing", now=at(9)).due_at == at(7)


def test_an_entry_later_than_the_rulebook_allows_is_remarked_and_kept(book: Book) -> None:
    head = HEAD.replace('opening = "signed"', 'opening = "signed"\nlate_entry = "1 d"')
    proc = book("[lease.events.done]\n", head=head).on(date(2026, 3, 2))
    case = proc.open(lease(at(2)))
    on_time = proc.check(case, "done", at=at(3), recorded_at=at(4))
    (late,) = proc.check(case, "done", at=at(3), recorded_at=at(4) + timedelta(seconds=1))
    assert on_time == ()
    assert (late.code, late.severity) == ("late-entry", "warning")
    assert "the rulebook allows until 2026-03-04 09:00" in late.text()
    kept = proc.record(case, "done", at=at(3), recorded_at=at(9))
    assert [finding.code for finding in proc.review(kept)] == ["late-entry"]


def test_a_distance_not_yet_known_leaves_the_only_term_open_for_others_have_none(book: Book) -> None:
    subject = "[lease.subject]\ndistance_km = { type = 'int', optional = true }\n"
    near = "{ inputs = { distance_km = 'number' }, table = '''\n| id | distance_km | -> within |\n| near | <=100 | 24 h |\n''' }"
    proc = book(clock(subject, near)).on(date(2026, 3, 2))
    for known, state in (
        ({}, "undecided"),
        ({"distance_km": 100}, "running"),
        ({"distance_km": 101}, "unknown"),
    ):
        deadline = proc.deadline(proc.open(lease(at(2), **known)), "doing", now=at(2, 10))
        assert deadline.state == state
    deadline = proc.deadline(proc.open(lease(at(2))), "doing", now=at(2, 10))
    assert (deadline.due_at, deadline.within, deadline.finding) == (at(3), "24 h", None)


@pytest.mark.parametrize("mark", [float("nan"), pd.NaT, pd.NA, None])
def test_rows_of_ones_own_have_the_clocks_of_the_rulebook(book: Book, mark: Any) -> None:  # noqa: ANN401  # what a data frame writes where it has nothing
    proc = book(clock(PARAMS + URGENCY, BY_URGENCY)).on(date(2026, 3, 2))
    (open_,) = proc.deadlines_of(
        "lease", events={"signed": at(2)}, facts={"subject.urgency": mark}, now=at(3)
    )
    assert open_.state == "undecided"
    (deadline,) = proc.deadlines_of(
        "lease",
        events={"signed": at(2), "done": mark},
        facts={"subject.urgency": "urgent"},
        now=at(3),
    )
    assert (deadline.state, deadline.due_at) == ("running", at(4))
    (deadline,) = proc.deadlines_of(
        "lease", events={"signed": at(2), "graded": at(5)}, facts={"graded.urgency": "urgent"}, now=at(3)
    )
    assert deadline.state == "undecided", "what lies after now is not seen, and neither are its facts"


@pytest.mark.parametrize(
    ("events", "facts", "error", "said"),
    [
        ({"sined": at(2)}, {}, qms.UnknownNameError, "Unknown event sined. Did you mean signed"),
        (
            {"signed": at(2)},
            {"graded.urgncy": None},
            qms.UnknownNameError,
            "graded.urgncy. Did you mean graded.urgency",
        ),
        ({"signed": at(2)}, {"graded.urgency": "high"}, qms.QmsError, "allowed is urgent | normal"),
        ({"signed": datetime(2026, 3, 2)}, {}, qms.NaiveInstantError, "Give an aware datetime"),  # noqa: DTZ001
    ],
)
def test_a_row_that_the_rulebook_cannot_read(
    book: Book,
    events: dict[str, datetime | None],
    facts: dict[str, object],
    error: type[Exception],
    said: str,
) -> None:
    proc = book(clock(PARAMS + URGENCY, BY_URGENCY)).on(date(2026, 3, 2))
    with pytest.raises(error) as refused:
        proc.deadlines_of("lease", events=events, facts=facts, now=at(3))
    assert said in str(refused.value)
