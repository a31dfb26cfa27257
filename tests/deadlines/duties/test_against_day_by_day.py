"""Every rule against a walk over the days, and every period exactly once over any split of a range."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service import WorkCalendar
from qms_service.deadlines.duties import Duty, duties_between

from .by_hand import moved, periods, said

FIRST, UNTIL = date(2019, 1, 1), date(2031, 1, 1)
# Over a leap day, a year that ends in week 1, two changes of clocks.
FROM, TO = date(2023, 11, 20), date(2025, 3, 10)
HOURS = [("08:00", "17:00")]
DUES = {
    "day": ("end", "start"),
    "week": ("end", "start", "friday", "last working day", "1 week before start", "3 working d before end"),
    "month": (
        "end", "start", "day 5", "day 31", "third tuesday", "last sunday", "first working day",
        "last working day", "working day 7", "5 working d after start", "3 working d before end", "10 d after end",
    ),
    "2 months": ("end", "month 2", "day 31 of month 2", "before month 2"),
    "quarter": ("end", "day 15 of month 1", "month 2", "before month 2", "last working day"),
    "half-year": ("end", "day 31 of month 2", "first working day"),
    "year": ("end", "month 2", "before month 2", "last sunday", "5 working d after start"),
}  # fmt: skip
WORKING = (
    "first working day",
    "last working day",
    "working day 7",
    "5 working d after start",
    "3 working d before end",
)


@st.composite
def plants(draw: st.DrawFn) -> tuple[WorkCalendar, frozenset[date], frozenset[int]]:
    """A calendar, the dates that are closed beside its week, and its working weekdays."""
    week = draw(st.sampled_from(((0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5), (0, 2), (6,))))
    begins = draw(st.lists(st.dates(date(2023, 9, 1), date(2025, 5, 1)), max_size=5))
    length = draw(st.integers(1, 40))
    closed = frozenset(day + timedelta(n) for day in begins for n in range(length))
    zone = draw(st.sampled_from(("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Pacific/Kiritimati")))
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    cal = WorkCalendar(
        timezone=zone, weekly={names[day]: HOURS for day in week}, exceptions={day: [] for day in closed}
    )
    return cal, closed, frozenset(week)


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, str, str, str]:
    every = draw(st.sampled_from(sorted(DUES)))
    due = draw(st.sampled_from(DUES[every]))
    return (
        every,
        due,
        draw(st.sampled_from(("none", "next", "previous", "skip"))),
        draw(st.sampled_from(("this", "next"))),
    )


@settings(deadline=None, max_examples=100)
@given(plants(), rules())
def test_each_date_is_that_of_a_walk_over_the_days(
    plant: tuple[WorkCalendar, frozenset[date], frozenset[int]], rule: tuple[str, str, str, str]
) -> None:
    cal, closed, week = plant
    every, due, shift, of = rule

    def works(day: date) -> bool:
        return day.weekday() in week and day not in closed

    expected = []
    first = FIRST if every != "week" else date(2018, 12, 31)
    rounds = list(periods(first, UNTIL, every))
    for own, following in pairwise(rounds):
        window = following if of == "next" else own
        day = said(due, window, works)
        if due in WORKING:
            none_open = due == "last working day" or due.startswith(("first", "working"))
            skipped = shift == "skip" and none_open and not any(map(works, window))
            found = None if skipped else day
        else:
            found = moved(day, shift, works)
        if found is not None and FROM <= found < TO:
            expected.append((own[0], found))
    duty = Duty("duty", every=every, due=due, of=of, shift=shift)  # type: ignore[arg-type]
    asked = duties_between([duty], FROM, TO, calendar=cal)
    assert [(one.period.starts_on, one.due_on) for one in asked if one.period] == expected
    zone = ZoneInfo(cal.timezone)
    for one in asked:
        assert one.due_on is not None
        ends = datetime.combine(one.due_on + timedelta(1), time(), zone).timestamp()
        assert one.due_at is not None
        assert abs(one.due_at.timestamp() + 0.000001 - ends) < 0.00001
        assert one.due_at.date() == one.due_on


EVERY_KIND = [
    Duty(f"{every} {due} {shift} {of}", every=every, due=due, shift=shift, of=of)  # type: ignore[arg-type]
    for every, dues in DUES.items()
    for due in dues
    for shift, of in (("none", "this"), ("next", "next"), ("previous", "this"), ("skip", "this"))
]
EVERY_KIND += [
    Duty(
        "ages",
        ages=[{"every": "month", "up_to": "1 year"}, {"every": "quarter"}],
        per="project",
        shift="next",
    ),
    Duty("counted", every="10 days", counted_from="start", starts_on=date(2023, 12, 30), due="end, 17:00"),
    Duty(
        "counted months",
        every="5 months",
        counted_from="start",
        per="project",
        due="last working day, end of day",
    ),
    Duty("each working day", every="working day", due="end, end of day"),
    Duty("lost", every="month", due="?"),
]
PROJECTS = {
    "project": {
        "P-1": date(2023, 12, 31),
        "P-2": (date(2024, 2, 29), date(2024, 11, 1)),
        "P-3": date(2020, 1, 1),
    }
}


@settings(deadline=None, max_examples=40)
@given(
    plants(),
    st.lists(st.sampled_from(EVERY_KIND), min_size=1, max_size=12, unique=True),
    st.lists(st.dates(FROM, TO), max_size=6),
    st.sampled_from((None, date(2024, 3, 15), date(2024, 12, 31))),
    st.booleans(),
)
def test_any_split_of_a_range_has_every_period_exactly_once(
    plant: tuple[WorkCalendar, frozenset[date], frozenset[int]],
    duties: list[Duty],
    cuts: list[date],
    known_until: date | None,
    provisional: bool,
) -> None:
    given_cal, closed, _ = plant
    cal = WorkCalendar(
        timezone=given_cal.timezone,
        weekly=given_cal.weekly,
        exceptions={day: [] for day in closed if known_until is None or day <= known_until},
        known_until=known_until,
    )
    on_unknown = "provisional" if provisional else "refuse"

    def between(start: date, end: date) -> tuple[object, ...]:
        found = duties_between(duties, start, end, calendar=cal, objects=PROJECTS, on_unknown=on_unknown)  # type: ignore[arg-type]
        return found.occurrences

    whole = between(FROM, TO)
    places = [FROM, *sorted(cuts), TO]
    assert tuple(one for start, end in pairwise(places) for one in between(start, end)) == whole
    assert len({one.id for one in whole}) == len(whole)  # type: ignore[attr-defined]


@settings(deadline=None, max_examples=40)
@given(
    plants(),
    st.sampled_from(EVERY_KIND),
    st.lists(st.integers(0, 430 * 24 * 60), min_size=1, max_size=5),
)
def test_a_range_may_be_split_at_any_instant(
    plant: tuple[WorkCalendar, frozenset[date], frozenset[int]], duty: Duty, minutes: list[int]
) -> None:
    cal, zone = plant[0], ZoneInfo("America/Havana")
    cuts = [datetime(2023, 12, 1, tzinfo=UTC) + timedelta(minutes=n) for n in sorted(minutes)]
    ends = [datetime(2023, 11, 20, tzinfo=zone), *cuts, datetime(2025, 3, 10, tzinfo=zone)]
    parts = [duties_between([duty], a, b, calendar=cal, objects=PROJECTS) for a, b in pairwise(ends)]
    whole = duties_between([duty], ends[0], ends[-1], calendar=cal, objects=PROJECTS)
    assert tuple(one for part in parts for one in part) == whole.occurrences
    for part, (start, end) in zip(parts, pairwise(ends), strict=True):
        for one in part:
            assert one.expected_at is not None
            assert start.timestamp() <= one.expected_at.timestamp() < end.timestamp()
