"""A date without a time is a day of uncertainty: it decides where every moment of the day gives one outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qms_service.caselog import CaseLog, LoggedCase, LoggedEvent, Outcome, read_log, report_on
from qms_service.caselog.logged import history_of
from qms_service.caselog.outcomes import clock_outcomes
from qms_service.cases import Subject
from qms_service.facts import Facts
from qms_service.instants import HOUR, from_micros, micros, zone
from qms_service.rulebooks import Rulebook
from qms_service.sheets.moments import Moment

Read = Callable[..., CaseLog]
UTC_ZONE = zone("UTC")
ZERO = micros(datetime(2026, 3, 2, tzinfo=UTC))
DAY = 24 * HOUR
Window = tuple[int, int]


def outcomes(log: CaseLog, book: Rulebook, clock: str, now: str) -> list[Outcome]:
    report = report_on(log, book, now=datetime.fromisoformat(now))
    (rates,) = [one for one in report.clocks if one.id == clock]
    return [outcome for outcome, _ in rates.total.counts]


@pytest.mark.parametrize(
    ("forwarded", "analysed", "outcome"),
    [
        ("2026-03-02 09:00", "2026-03-02", "day"),  # 12 h end at 21:00 of the same day
        ("2026-03-02 12:30", "2026-03-02", "met"),  # until 24:00 there are only 11 h 30 min
        ("2026-03-02 09:00", "2026-03-03", "met_late"),  # 21:00 has gone before the day begins
        ("2026-03-02", "2026-03-03", "day"),
        ("2026-03-02", "2026-03-04", "met_late"),
        ("2026-03-02", "2026-03-02", "day"),
        ("2026-03-02", "2026-03-02 11:00", "met"),
        ("2026-03-02", "2026-03-03 13:00", "met_late"),
    ],
)
def test_a_day_decides_where_all_its_moments_agree(
    wide: Read, book: Rulebook, forwarded: str, analysed: str, outcome: str
) -> None:
    log = wide(f"C-1,ACME,2026-03-01 08:00,{forwarded},{analysed},yes,,", more='dates = "bounds"')
    assert log.rejects == ()
    assert outcomes(log, book, "initial-analysis", "2026-03-09T00:00Z") == [Outcome(outcome)]


def test_a_day_still_running_leaves_open_whether_it_is_overdue(wide: Read, book: Rulebook) -> None:
    log = wide("C-1,ACME,2026-03-01 08:00,2026-03-02,,,,", more='dates = "bounds"')
    assert outcomes(log, book, "initial-analysis", "2026-03-02T20:00+08:00") == [Outcome.DAY]
    assert outcomes(log, book, "initial-analysis", "2026-03-03T13:00+08:00") == [Outcome.OVERDUE]


def test_a_lateness_is_the_least_that_the_day_allows(wide: Read, book: Rulebook) -> None:
    log = wide("C-1,ACME,2026-03-01 08:00,2026-03-02 09:00,2026-03-03,yes,,", more='dates = "bounds"')
    (late,) = [one for one in report_on(log, book).late if one.clock == "initial-analysis"]
    assert (late.late_by, late.at_least) == (timedelta(hours=3), True)


def test_a_step_and_the_closing_of_one_day_are_in_their_order(wide: Read, book: Rulebook) -> None:
    log = wide("C-1,ACME,2026-03-02,2026-03-02,2026-03-02,yes,,2026-03-02", more='dates = "bounds"')
    assert outcomes(log, book, "initial-analysis", "2026-03-09T00:00Z") == [Outcome.DAY]


def test_an_hour_that_the_clocks_repeat_is_one_of_two_instants(wide: Read, book: Rulebook) -> None:
    row = "C-1,ACME,2026-10-24 08:00,{},{},yes,,"
    for analysed, outcome in (
        ("2026-10-25 13:30", "met"),
        ("2026-10-25 14:00", "day"),
        ("2026-10-25 15:00", "met_late"),
    ):
        log = wide(row.format("2026-10-25 02:30", analysed), more='dates = "bounds"', zone="Europe/Berlin")
        assert outcomes(log, book, "initial-analysis", "2026-11-09T00:00Z") == [Outcome(outcome)]


def test_the_last_instant_of_a_log_is_the_end_of_its_last_day(wide: Read) -> None:
    log = wide("C-1,ACME,2026-03-02,2026-03-04,,,,", more='dates = "bounds"')
    assert str(log.last_at) == "2026-03-04 23:59:59.999999+08:00"


def test_the_days_of_the_example_are_read_with_bounds(book: Rulebook, tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "examples" / "board_maker"
    mapping = (folder / "mapping.toml").read_text(encoding="utf-8").replace('"refuse"', '"bounds"')
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    report = report_on(read_log(folder / "complaints.csv", tmp_path / "mapping.toml", book), book)
    assert (report.cases, report.rejected) == (325, 23)
    assert all(rates.total.cases == 325 for rates in report.clocks)


def windows() -> st.SearchStrategy[Window]:
    """An instant on a whole hour of one of six days, or one of the days."""
    hours = st.integers(0, 6 * 24).map(lambda hour: (ZERO + hour * HOUR, ZERO + hour * HOUR))
    days = st.integers(0, 5).map(lambda day: (ZERO + day * DAY, ZERO + (day + 1) * DAY - 1))
    return hours | days


def worlds(*given_windows: Window) -> Iterator[tuple[int, ...]]:
    """Every choice of an instant for each window, among the ends of all windows."""
    ends = {end for window in given_windows for end in window}
    return product(*(sorted(end for end in ends if low <= end <= high) for low, high in given_windows))


def net(start: int, stop: int, asked: int, came: int) -> int:
    """Time from start to stop, less the wait for the sample that lies between them."""
    return stop - start - max(0, min(came, stop) - max(asked, start))


@given(start=windows(), stop=windows(), asked=windows(), came=windows(), answered=st.booleans())
def test_the_outcome_is_that_of_every_possible_world(
    book: Rulebook, *, start: Window, stop: Window, asked: Window, came: Window, answered: bool
) -> None:
    now = ZERO + 9 * DAY
    real = [
        net(begin, end if answered else now, since, until)
        for begin, end, since, until in worlds(start, stop, asked, came)
        if begin <= end and since <= until
    ]
    assume(real)
    kept = {took <= 48 * HOUR for took in real}
    named = (Outcome.MET, Outcome.MET_LATE) if answered else (Outcome.OPEN, Outcome.OVERDUE)
    expected = Outcome.DAY if len(kept) > 1 else named[0] if kept == {True} else named[1]
    assert outcome_in(book, (start, asked, came), stop if answered else None, now) == expected


def outcome_in(
    book: Rulebook, begun: tuple[Window, Window, Window], stop: Window | None, now: int
) -> Outcome:
    facts = Facts({"established": True, "ours": True})
    start, asked, came = begun
    opening = (ZERO - DAY, ZERO - DAY)
    told = [
        ("received", opening, Facts()),
        ("forwarded", start, Facts()),
        ("analysed", opening, facts),
        ("sample_requested", asked, Facts()),
        ("sample_received", came, Facts()),
    ]
    if stop is not None:
        told.append(("answered", stop, Facts()))
    events = tuple(
        LoggedEvent(name=name, moment=Moment(earliest=low, latest=high, zone=UTC_ZONE), facts=facts)
        for name, (low, high), facts in told
    )
    subject = Subject(
        "complaint", number="C-1", opened_at=from_micros(opening[0], UTC_ZONE), facts={"customer": "A"}
    )
    proc = book.on(subject.opened_at)
    logged = LoggedCase(lines=(2,), case=proc.adopt(subject, history_of(events)), events=events)
    found = clock_outcomes(logged, proc, from_micros(now, UTC_ZONE), {"forwarded", "answered"})
    return next(one.outcome for one in found if one.clock.id == "answer")
