"""Random calendars, terms and pauses against the oracle of minutes, and what must always hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qms_service.deadlines import Clock, Deadline, deadline_of
from qms_service.deadlines.clock import AGREEMENTS, Agreed
from qms_service.events import Event, timeline

from .oracle import (
    DAY,
    DAYS,
    MONDAY,
    Plant,
    Span,
    counted,
    earliest,
    minute_of,
    moment,
    next_open,
    oracle_end_of_day,
    oracle_working_days,
)

Happened = tuple[str, int]
DAY_SHIFT = st.tuples(st.integers(14, 18), st.integers(20, 25), st.integers(26, 28), st.integers(29, 40)).map(
    lambda half_hours: ((half_hours[0] * 30, half_hours[1] * 30), (half_hours[2] * 30, half_hours[3] * 30))
)
NIGHT_SHIFT = st.tuples(st.integers(40, 47), st.integers(49, 59)).map(lambda h: ((h[0] * 30, h[1] * 30),))
CLOSED: tuple[Span, ...] = ()
WEEKS = st.one_of(
    st.lists(st.one_of(DAY_SHIFT, st.just(CLOSED)), min_size=7, max_size=7).map(tuple),
    st.lists(st.one_of(NIGHT_SHIFT, st.just(CLOSED)), min_size=7, max_size=7).map(tuple),
)
PLANTS = st.builds(Plant, WEEKS.filter(any), st.frozensets(st.integers(0, 20), max_size=4))
# The oracle knows nothing of the night before its first Monday: all begins a day later.
STARTS = st.integers(DAY, 10 * DAY)
PAUSES = st.lists(st.tuples(st.integers(DAY, 16 * DAY), st.integers(0, 2 * DAY)), max_size=3).map(
    lambda pairs: [(begin, begin + length) for begin, length in pairs]
)
NOW = moment(50 * DAY)


def clock(within: str) -> Clock:
    return Clock("plan", start="applied", stop="planned", within=within)


def deadline(
    within: str, plant: Plant, start: int, pauses: Iterable[Span] = (), stop: int | None = None
) -> Deadline:
    return clock(within).deadline(
        {"applied": moment(start), "planned": None if stop is None else moment(stop)},
        now=NOW,
        calendar=plant.calendar,
        pauses=[(moment(begin), moment(end)) for begin, end in pauses],
    )


@settings(max_examples=60, deadline=None)
@given(PLANTS, STARTS, st.integers(1, 1500), PAUSES)
def test_working_minutes_end_where_the_oracle_says(
    plant: Plant, start: int, budget: int, pauses: list[Span]
) -> None:
    owners = plant.owners()
    open_minutes = sum(counted(owners, start, pauses))
    assume(open_minutes > budget)
    d = deadline(f"{budget} working min", plant, start, pauses)
    assert minute_of(d.due_at) == earliest(counted(owners, start, pauses), start, budget)
    assert d.net == timedelta(minutes=sum(counted(owners, start, pauses)[: 50 * DAY]))
    assert d.gross == timedelta(minutes=sum(counted(owners, start, [])[: 50 * DAY]))


@settings(max_examples=60, deadline=None)
@given(STARTS, st.integers(1, 6000), PAUSES)
def test_elapsed_minutes_end_where_the_oracle_says(start: int, budget: int, pauses: list[Span]) -> None:
    always = Plant((((0, DAY),),) * 7, frozenset())
    d = clock(f"{budget} min").deadline(
        {"applied": moment(start)}, now=NOW, pauses=[(moment(begin), moment(end)) for begin, end in pauses]
    )
    assert minute_of(d.due_at) == earliest(counted(always.owners(), start, pauses), start, budget)


@settings(max_examples=80, deadline=None)
@given(PLANTS, STARTS, st.integers(1, 4), PAUSES)
def test_working_days_end_where_the_oracle_says(plant: Plant, start: int, n: int, pauses: list[Span]) -> None:
    due, budget = oracle_working_days(plant, start, n, pauses)
    d = deadline(f"{n} working d", plant, start, pauses)
    assert (minute_of(d.due_at), d.budget) == (due, timedelta(minutes=budget))


@settings(max_examples=80, deadline=None)
@given(PLANTS, STARTS, st.integers(0, 4), PAUSES)
def test_the_end_of_the_day_lies_where_the_oracle_says(
    plant: Plant, start: int, n: int, pauses: list[Span]
) -> None:
    due, budget = oracle_end_of_day(plant, start, n, pauses)
    d = deadline(f"{n} working d, end of day" if n else "same day", plant, start, pauses)
    assert (minute_of(d.due_at), d.budget) == (due, timedelta(minutes=budget))


TERMS = st.sampled_from(
    ["90 min", "36 h", "2 d", "1 week", "45 working min", "13 working h", "1 working d", "3 working d",
     "2 working d, end of day", "same day"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(PLANTS, TERMS, STARTS, PAUSES)
def test_the_ledger_has_no_gap_and_its_counted_parts_sum_to_the_budget(
    plant: Plant, within: str, start: int, pauses: list[Span]
) -> None:
    d = deadline(within, plant, start, pauses)
    segments = d.explain().segments
    assert segments[0].start == d.started_at
    assert segments[-1].end == d.due_at
    assert all(one.end == other.start for one, other in pairwise(segments))
    assert all(
        timedelta(0)
        <= segment.counted
        <= timedelta(minutes=minute_of(segment.end) - minute_of(segment.start))
        for segment in segments
    )
    total = timedelta()
    for segment in segments:
        total += segment.counted
        assert segment.total == total
    assert total == d.budget


@settings(max_examples=80, deadline=None)
@given(
    PLANTS,
    TERMS.filter(lambda term: "working" in term or "same" in term),
    STARTS,
    st.integers(DAY, 10 * DAY),
    st.data(),
)
def test_a_pause_outside_working_time_moves_nothing(
    plant: Plant, within: str, start: int, anywhere: int, data: st.DataObject
) -> None:
    owners = plant.owners()
    begin = next(minute for minute in range(anywhere, DAYS * DAY) if owners[minute] is None)
    over = next_open(owners, begin) if any(owners[begin:]) else begin + 1
    end = data.draw(st.integers(begin, over))
    paused, free = deadline(within, plant, start, [(begin, end)]), deadline(within, plant, start)
    assert (paused.due_at, paused.net, paused.remaining) == (free.due_at, free.net, free.remaining)


@settings(max_examples=80, deadline=None)
@given(PLANTS, TERMS, STARTS, STARTS)
def test_a_later_start_is_never_due_earlier(plant: Plant, within: str, one: int, other: int) -> None:
    first, second = (deadline(within, plant, start).due_at for start in sorted((one, other)))
    assert first is not None
    assert second is not None
    assert first <= second


@settings(max_examples=60, deadline=None)
@given(PLANTS, st.sampled_from(["90 min", "36 h", "45 working min", "13 working h"]), STARTS, STARTS, PAUSES)
def test_a_later_start_is_never_due_earlier_with_pauses_where_the_budget_is_a_figure(
    plant: Plant, within: str, one: int, other: int, pauses: list[Span]
) -> None:
    """Working days have budgets of their own: a later start may get a shorter one, and lose less in a pause."""
    first, second = (deadline(within, plant, start, pauses).due_at for start in sorted((one, other)))
    assert first is not None
    assert second is not None
    assert first <= second


@settings(max_examples=80, deadline=None)
@given(
    PLANTS,
    TERMS,
    STARTS,
    PAUSES,
    st.tuples(st.integers(0, 12 * DAY), st.integers(0, DAY), st.integers(0, DAY)),
)
def test_a_longer_pause_is_never_due_earlier(
    plant: Plant, within: str, start: int, pauses: list[Span], longer_pause: tuple[int, int, int]
) -> None:
    begin, length, more = longer_pause
    shorter = deadline(within, plant, start, [*pauses, (begin, begin + length)]).due_at
    longer = deadline(within, plant, start, [*pauses, (begin, begin + length + more)]).due_at
    assert shorter is not None
    assert longer is not None
    assert shorter <= longer


@settings(max_examples=60, deadline=None)
@given(
    PLANTS,
    TERMS,
    STARTS,
    st.tuples(st.integers(0, 12 * DAY), st.integers(1, DAY)),
    st.tuples(st.integers(0, DAY), st.integers(1, DAY)),
)
def test_overlapping_pauses_count_once(
    plant: Plant, within: str, start: int, first: tuple[int, int], second: tuple[int, int]
) -> None:
    begin, length = first
    overlap_at = begin + min(second[0], length)
    one, other = (begin, begin + length), (overlap_at, overlap_at + second[1])
    union = (begin, max(one[1], other[1]))
    apart, joined = deadline(within, plant, start, [one, other]), deadline(within, plant, start, [union])
    assert (apart.due_at, apart.net, apart.paused) == (joined.due_at, joined.net, joined.paused)


@settings(max_examples=60, deadline=None)
@given(PLANTS, TERMS, STARTS, PAUSES)
def test_a_due_time_lies_in_working_time_or_at_a_close(
    plant: Plant, within: str, start: int, pauses: list[Span]
) -> None:
    d = deadline(within, plant, start, pauses)
    if d.budget and ("working" in within or "same" in within):
        owners = plant.owners()
        due = minute_of(d.due_at)
        assert owners[due] is not None or owners[due - 1] is not None


NAMES = (
    "applied",
    "planned",
    "closed",
    "withdrawn",
    "paused",
    "resumed",
    "reopened",
    "judged",
    "extended",
    "agreed",
)
LATER = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 20 * DAY)), min_size=1, max_size=4)
EARLIER = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 8 * DAY)), max_size=6)


def event(name: str, minute: int, seq: int) -> Event:
    facts: dict[str, dict[str, object]] = {
        "judged": {"ours": minute % 3 > 0},
        "extended": {"clock": "plan", "until": moment(minute + 2 * DAY)},
        "agreed": {"clock": "plan", "due_at": moment(minute + 3 * DAY)},
    }
    return Event(name, moment(minute), seq=seq, facts=facts.get(name, {}))


@settings(max_examples=120, deadline=None)
@given(
    PLANTS,
    TERMS,
    EARLIER,
    LATER,
    st.tuples(st.sampled_from(["new", "restart", "resume", "keeps"]), st.sampled_from(AGREEMENTS)),
)
def test_an_event_later_than_now_changes_nothing(
    plant: Plant, within: str, earlier: list[Happened], later: list[Happened], words: tuple[str, Agreed]
) -> None:
    reopening, agreed = words
    now = moment(8 * DAY)
    asked = Clock(
        "plan", start="applied", stop="planned", within=within, warn="1 h", when={"judged.ours": True},
        keeps=reopening == "keeps",
        agreed=agreed,
        on_reopen="new" if reopening == "keeps" else reopening,  # type: ignore[arg-type]  # one of the three
    )  # fmt: skip
    history = [event(name, minute, seq) for seq, (name, minute) in enumerate(earlier, 1)]
    grown = [*history, *(event(name, 8 * DAY + minute, 90 + n) for n, (name, minute) in enumerate(later))]
    answers = [
        deadline_of(asked, timeline(events, now), now=now, calendar=plant.calendar)
        for events in (history, grown)
    ]
    assert answers[0] == answers[1]
    assert str(answers[0].explain()) == str(answers[1].explain())
    segments = answers[0].explain().segments
    if answers[0].budget is not None:
        assert sum((segment.counted for segment in segments), timedelta()) == answers[0].budget


@settings(max_examples=60, deadline=None)
@given(PLANTS, TERMS, STARTS, PAUSES, st.integers(0, 20 * DAY))
def test_met_means_not_later_than_due_and_amounts_agree(
    plant: Plant, within: str, start: int, pauses: list[Span], length: int
) -> None:
    d = deadline(within, plant, start, pauses, stop=start + length)
    assert d.due_at is not None
    assert d.stopped_at is not None
    assert d.state == ("met" if d.stopped_at <= d.due_at else "met_late")
    assert None not in (d.budget, d.gross, d.net, d.paused, d.remaining)
    assert d.gross - d.paused == d.net  # type: ignore[operator]  # all are known
    assert d.budget - d.net == d.remaining  # type: ignore[operator]
    assert d.wall == timedelta(minutes=length)


def test_the_date_of_the_oracle_is_a_monday() -> None:
    assert MONDAY.date() == date(2026, 3, 2)
    assert MONDAY.weekday() == 0
