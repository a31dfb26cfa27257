"""Duties at the desk: what is due and overdue, which case of the store shows it done, and their place in the worklist."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pendulum
import pytest
from tests.desk.conftest import Book
from tests.desk.stores import Reads, Torn

import qms_service as qms
from qms_service.deadlines.duties import DutyCalendar
from qms_service.desk import WorklistItem
from qms_service.errors import DutyError
from qms_service.ports import Store
from qms_service.testing import FixedNow

TENTH = pendulum.datetime(2026, 4, 10, 9, tz="Asia/Shanghai")
RULES = """
[departments]
quality = { en = "Quality", zh = "品质部" }

[summary]
opening = "opened"
[summary.subject]
customer = "text?"
[summary.events.opened]
[summary.events.compiled.facts]
topic  = "text"
period = "text?"
[summary.events.sent]
[summary.events.closed]
[summary.clocks.compiling]
clause = "9"
from   = "opened"
to     = "compiled"
within = "25 d"

[duties.report]
clause       = "4.2.4.10"
label        = { en = "Monthly report", zh = "月报" }
by           = "quality"
every        = "month"
fulfilled_by = { kind = "summary", event = "compiled", where = { topic = "complaints" } }

[duties.figures]
clause       = "5"
every        = "quarter"
due          = "day 20 of month 1"
of           = "next"
fulfilled_by = { kind = "summary", event = "compiled", where = { topic = "figures" }, period = "period" }

[duties.calls]
clause       = "6"
every        = "month"
per          = "customer"
fulfilled_by = { kind = "summary", event = "sent" }

[duties.visits]
clause = "7"
every  = "?"
"""


@pytest.fixture
def desk(store: Store, now: FixedNow, book: Book) -> qms.ServiceDesk:
    now.move_to(TENTH)
    return qms.ServiceDesk(book(RULES), store, now=now)


def done(desk: qms.ServiceDesk, now: FixedNow, number: str, at: datetime, **facts: Any) -> None:  # noqa: ANN401
    """A summary that was opened at a moment, and compiled with these facts or else sent; then it is now again."""
    here = now()
    now.move_to(at)
    desk.open(qms.Subject("summary", number=number, opened_at=at, facts={"customer": "ACME"}))
    desk.record(number, "compiled" if facts else "sent", facts=facts)
    now.move_to(here)


def told(calendar: DutyCalendar, duty: str) -> list[tuple[str, str]]:
    return [(str(one.period), str(one.state)) for one in calendar.of(duty)]


def test_of_a_duty_that_began_nobody_knows_when_the_last_period_due_and_the_open_one_are_told(
    desk: qms.ServiceDesk,
) -> None:
    calendar = desk.duties()
    assert told(calendar, "report") == [("2026-03", "overdue"), ("2026-04", "due")]
    assert told(calendar, "figures") == [("2025-Q4", "overdue"), ("2026-Q1", "due")]


def test_what_was_done_for_a_period_whose_due_date_moved_does_not_hide_that_the_next_one_is_open(
    store: Store, now: FixedNow, book: Book
) -> None:
    hours = {day: [("08:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    week = qms.WorkCalendar(timezone="Asia/Shanghai", weekly=hours)
    moved = RULES.replace('every        = "month"', 'every        = "month"\nshift = "next"')
    rules = book(f'calendar = "week"\n{moved}', calendars={"week": week})
    desk = qms.ServiceDesk(rules, store, now=now)
    first = pendulum.datetime(2026, 2, 2, 9, tz="Asia/Shanghai")  # the Monday on which January is due
    done(desk, now, "S-1", first, topic="complaints")
    now.move_to(first.add(days=29))
    (february, _) = desk.duties().of("report")
    assert (february.due_on, february.state, february.done_by) == (date(2026, 3, 2), "overdue", ())


def test_since_a_date_every_period_is_told(
    desk: qms.ServiceDesk, store: Store, now: FixedNow, book: Book
) -> None:
    whole = [("2026-01", "overdue"), ("2026-02", "overdue"), ("2026-03", "overdue"), ("2026-04", "due")]
    assert told(desk.duties(start=date(2026, 1, 1)), "report") == whole
    assert told(desk.duties(start=datetime(2026, 1, 31, tzinfo=TENTH.tzinfo)), "report") == whole
    since = qms.ServiceDesk(book(RULES), store, now=now, duties_since=date(2026, 2, 1))
    assert told(since.duties(), "report") == whole[1:]
    assert told(since.duties(start=date(2026, 3, 1)), "report") == whole[2:]


def test_since_the_edition_is_in_force_or_the_duty_begins(store: Store, now: FixedNow, book: Book) -> None:
    now.move_to(TENTH)
    in_force = book(f"effective_from = 2026-02-15\n{RULES}")
    assert told(qms.ServiceDesk(in_force, store, now=now).duties(), "report") == [
        ("2026-02", "overdue"), ("2026-03", "overdue"), ("2026-04", "due"),
    ]  # fmt: skip
    begun = book(
        RULES.replace('every        = "quarter"', 'every        = "quarter"\nstarts_on = 2025-06-01')
    )
    assert told(qms.ServiceDesk(begun, store, now=now).duties(), "figures") == [
        ("2025-Q2", "overdue"), ("2025-Q3", "overdue"), ("2025-Q4", "overdue"), ("2026-Q1", "due"),
    ]  # fmt: skip


def test_up_to_a_date_what_is_still_to_come_is_told_too(desk: qms.ServiceDesk) -> None:
    calendar = desk.duties(start=date(2026, 4, 1), end=date(2026, 7, 1))
    assert told(calendar, "report") == [("2026-04", "due"), ("2026-05", "upcoming"), ("2026-06", "upcoming")]


def test_a_case_of_the_store_shows_a_duty_done_and_is_named(desk: qms.ServiceDesk, now: FixedNow) -> None:
    done(desk, now, "S-3", TENTH.set(month=3, day=30), topic="complaints")
    done(desk, now, "S-4", TENTH.subtract(hours=1), topic="other")
    march, april = desk.duties().of("report")
    assert (march.state, [done.case for done in march.done_by]) == ("met", ["S-3"])
    assert march.done_at == TENTH.set(month=3, day=30)
    assert april.state == "due"


def test_an_event_that_names_its_period_counts_for_it_even_before_it_begins(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    done(desk, now, "S-1", TENTH.set(month=3, day=2), topic="figures", period="2026-Q1")
    done(desk, now, "S-2", TENTH.subtract(hours=1), topic="figures", period="2025-Q4")
    assert told(desk.duties(), "figures") == [("2025-Q4", "met_late"), ("2026-Q1", "met")]


def test_only_cases_of_which_something_happened_since_the_first_open_period_are_read(
    store: Store, now: FixedNow, book: Book
) -> None:
    now.move_to(TENTH)
    desk = qms.ServiceDesk(book(RULES), store, now=now)
    done(desk, now, "S-old", TENTH.subtract(years=5), topic="complaints")
    done(desk, now, "S-new", TENTH.subtract(hours=1), topic="complaints")
    read = Reads(store)
    book_of_one = book(RULES.partition("[duties.figures]")[0])
    assert told(qms.ServiceDesk(book_of_one, read, now=now).duties(), "report")[1] == ("2026-04", "met")
    assert read.loaded == ["S-new"]


def test_a_duty_to_each_customer_is_told_for_each(desk: qms.ServiceDesk, now: FixedNow) -> None:
    done(desk, now, "S-1", TENTH.subtract(days=3))
    calendar = desk.duties(objects={"customer": ["ACME", "BETA"]}, start=date(2026, 4, 1))
    assert [(one.object, str(one.state)) for one in calendar.of("calls")] == [
        ("ACME", "met"),
        ("BETA", "due"),
    ]


def test_a_duty_that_no_event_shows_done_is_told_all_the_same(
    store: Store, now: FixedNow, book: Book
) -> None:
    now.move_to(TENTH)
    small = book('[duties.meeting]\nclause = "8"\nevery = "week"\n[talk.events.opened]\n')
    assert [str(one.state) for one in qms.ServiceDesk(small, store, now=now).duties()] == ["unknown", "due"]


def test_a_duty_at_irregular_times_is_unknown_and_never_overdue(desk: qms.ServiceDesk) -> None:
    [visits] = [one for one in desk.duties(start=date(2006, 1, 1)).unplaced if one.duty.id == "visits"]
    assert (visits.state, visits.due_at) == ("unknown", None)


def test_the_shipped_duties_of_the_board_maker(store: Store, now: FixedNow) -> None:
    now.move_to(TENTH)
    calendar = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=now).duties()
    assert told(calendar, "complaint-summary") == [("2026-03", "overdue"), ("2026-04", "due")]
    assert told(calendar, "survey") == [("2025", "overdue"), ("2026", "due")]
    assert {one.duty.id for one in calendar.unplaced} == {"calls", "feedback"}


def test_a_case_that_cannot_be_read_shows_nothing_done_and_stops_nothing(
    desk: qms.ServiceDesk, store: Store, now: FixedNow, book: Book
) -> None:
    done(desk, now, "S-1", TENTH.subtract(hours=1), topic="complaints")
    torn = Torn(store)
    assert told(qms.ServiceDesk(book(RULES), torn, now=now).duties(), "report")[1] == ("2026-04", "due")
    torn.error = qms.StoreBusyError("store-busy", reason="locked")
    with pytest.raises(qms.StoreBusyError):
        qms.ServiceDesk(book(RULES), torn, now=now).duties()


# ---------------------------------------------------------------- worklist


def shown(items: tuple[WorklistItem, ...]) -> list[str]:
    return [item.case.id for item in items]


def three(desk: qms.ServiceDesk, now: FixedNow) -> None:
    """Due on 26 April and on 4 May; the third waits for nothing, and shows the report of April done."""
    done(desk, now, "S-1", TENTH.subtract(days=9))
    done(desk, now, "S-2", TENTH.subtract(days=1))
    done(desk, now, "S-3", TENTH.subtract(days=1), topic="complaints")


WHOLE = [
    "figures/2025-Q4", "calls/2026-03", "report/2026-03", "figures/2026-Q1", "S-1", "calls/2026-04", "S-2", "S-3",
    "visits",
]  # fmt: skip


def test_duties_stand_among_the_cases_what_breaks_first_in_front(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    three(desk, now)
    items = desk.worklist(duties=True)
    assert shown(items) == WHOLE
    due = [item.status.first_due_at for item in items if item.status and item.status.first_due_at]
    assert due == sorted(due)


def test_an_item_tells_the_duty_and_shows_like_a_case(desk: qms.ServiceDesk) -> None:
    items = desk.worklist(duties=desk.duties(objects={"customer": ["ACME"]}))
    figures = items[0]
    assert figures.status is not None
    assert (figures.case.id, figures.case.kind, figures.status.overdue) == (
        "figures/2025-Q4",
        "duty",
        ("figures",),
    )
    assert figures.status.first_due_at == pendulum.datetime(2026, 1, 21, tz=TENTH.tz).subtract(microseconds=1)
    assert figures.duty is not None
    assert (str(figures.duty.clause), figures.duty.state) == ("small 5", "overdue")
    calls = next(item for item in items if item.case.id == "calls/ACME/2026-04")
    assert (calls.case.customer, calls.status and calls.status.overdue) == ("ACME", ())
    assert (items[-1].case.id, str(items[-1].finding)) == (
        "visits",
        str(items[-1].duty and items[-1].duty.finding),
    )
    assert items[-1].finding is not None


def test_without_them_the_worklist_is_what_it_was(desk: qms.ServiceDesk, now: FixedNow) -> None:
    three(desk, now)
    assert [item.case.id for item in desk.worklist()] == ["S-1", "S-2", "S-3"]
    assert [item.duty for item in desk.worklist()] == [None, None, None]


def test_what_is_done_is_not_on_the_list(desk: qms.ServiceDesk, now: FixedNow) -> None:
    three(desk, now)
    assert "report/2026-04" not in shown(desk.worklist(duties=True))
    assert "report/2026-03" in shown(desk.worklist(duties=True))


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_hold_each_once_in_the_same_order(desk: qms.ServiceDesk, now: FixedNow, limit: int) -> None:
    three(desk, now)
    whole = shown(desk.worklist(duties=True))
    seen, after = list[str](), None
    while page := desk.worklist(duties=True, limit=limit, after=after):
        seen += shown(page)
        after = page[-1]
    assert seen == whole


def test_a_list_of_one_customer_has_the_duties_owed_to_it_and_one_of_a_kind_has_none(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    three(desk, now)
    owed = desk.duties(objects={"customer": ["ACME", "BETA"]})
    assert shown(desk.worklist(duties=owed, customer="BETA")) == ["calls/BETA/2026-03", "calls/BETA/2026-04"]
    assert shown(desk.worklist(duties=owed, customer="ACME")) == ["calls/ACME/2026-03", "S-1", "S-2", "S-3"]
    assert shown(desk.worklist(duties=True, kind="summary")) == ["S-1", "S-2", "S-3"]


def test_a_page_without_duties_goes_on_behind_one(desk: qms.ServiceDesk, now: FixedNow) -> None:
    three(desk, now)
    items = desk.worklist(duties=True)
    between = next(item for item in items if item.case.id == "calls/2026-04")
    assert shown(desk.worklist(after=between)) == ["S-2", "S-3"]
    assert shown(desk.worklist(duties=True, after=items[-1])) == []


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize("duties", ["yes", 1, None, ["report"]])
def test_what_says_neither_whether_nor_which_is_refused(desk: qms.ServiceDesk, duties: Any) -> None:  # noqa: ANN401
    with pytest.raises(qms.EntryError) as refused:
        desk.worklist(duties=duties)
    assert refused.value.code == "entry-duties"
    assert "desk.duties()" in refused.value.text("zh")


def test_a_calendar_without_states_is_refused(desk: qms.ServiceDesk, book: Book) -> None:
    bare = book(RULES).editions[0].duties_between(date(2026, 1, 1), date(2026, 3, 1))
    with pytest.raises(qms.EntryError):
        desk.worklist(duties=bare)


@pytest.mark.parametrize("start", ["2026-01-01", 7])
def test_a_range_that_is_none_is_refused(desk: qms.ServiceDesk, start: Any) -> None:  # noqa: ANN401
    with pytest.raises(DutyError):
        desk.duties(start=start)


def test_a_naive_instant_is_refused(desk: qms.ServiceDesk) -> None:
    with pytest.raises(qms.NaiveInstantError):
        desk.duties(start=TENTH.naive())


def test_before_the_first_edition_there_are_no_duties_to_tell(
    store: Store, now: FixedNow, book: Book
) -> None:
    now.move_to(TENTH)
    later = book(f"effective_from = 2027-01-01\n{RULES}")
    with pytest.raises(qms.NotInForceError):
        qms.ServiceDesk(later, store, now=now).duties()
