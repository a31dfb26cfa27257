"""Due times minute by minute: an oracle that shares no code with the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from qms_service.worktime import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, tzinfo=ZONE)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS, DAY = 56, 1440
Span = tuple[int, int]


def moment(minute: int) -> datetime:
    return MONDAY + timedelta(minutes=minute)


def minute_of(at: datetime | None) -> int:
    assert at is not None
    minutes, rest = divmod(at.timestamp() - MONDAY.timestamp(), 60)
    assert rest == 0
    return int(minutes)


@attrs.frozen
class Plant:
    """Hours of a week in minutes of the day, the dates that are closed, and the calendar made of them."""

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[int]

    @property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar(
            timezone="Asia/Shanghai",
            weekly={
                name: [(_clock_text(a), _clock_text(b)) for a, b in spans]
                for name, spans in zip(WEEKDAYS, self.week, strict=True)
            },
            exceptions={(MONDAY + timedelta(days=day)).date(): () for day in self.closed},
        )

    def owners(self) -> list[int | None]:
        """For each minute the date to which its span belongs, or None when closed."""
        owners: list[int | None] = [None] * ((DAYS + 2) * DAY)
        for day in range(DAYS):
            if day not in self.closed:
                for begin, end in self.week[day % 7]:
                    owners[day * DAY + begin : day * DAY + end] = [day] * (end - begin)
        return owners


def _clock_text(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def counted(owners: list[int | None], start: int, pauses: Iterable[Span]) -> list[bool]:
    """For each minute whether it uses up budget."""
    counts = [owner is not None for owner in owners]
    counts[:start] = [False] * start
    for begin, end in pauses:
        counts[begin:end] = [False] * (end - begin)
    return counts


def earliest(counts: list[bool], start: int, budget: int) -> int:
    at = start
    while budget:
        budget -= counts[at]
        at += 1
    return at


def next_open(owners: list[int | None], at: int) -> int:
    while owners[at] is None:
        at += 1
    return at


def close_of(owners: list[int | None], day: int) -> int:
    return max(minute for minute, owner in enumerate(owners) if owner == day) + 1


def resume(owners: list[int | None], start: int, at: int, pauses: Iterable[Span]) -> int:
    """The first open minute that is not in a pause which began before it, or with the start."""
    at = next_open(owners, at)
    while ends := [end for begin, end in pauses if at < end and (begin < at or begin <= start)]:
        at = next_open(owners, max(ends))
    return at


def nth_day(owners: list[int | None], start: int, n: int) -> tuple[int, int]:
    """The N-th working day after the start, and the start's wall time on it, open or not."""
    begin = next_open(owners, start)
    home = owners[begin]
    assert home is not None
    later = sorted({owner for owner in owners if owner is not None and owner > home})
    day = home if n == 0 else later[n - 1]
    return day, begin + (day - home) * DAY


def oracle_working_days(plant: Plant, start: int, n: int, pauses: list[Span]) -> tuple[int, int]:
    """Due and budget of N working days."""
    owners = plant.owners()
    day, wall = nth_day(owners, start, n)
    base = wall if owners[wall] == day else next_open(owners, max(wall, owners.index(day)))
    budget = sum(counted(owners, start, [])[:base])
    at = earliest(counted(owners, start, pauses), start, budget)
    lands_at_opening = base > earliest(counted(owners, start, []), start, budget)
    return (resume(owners, start, at, pauses) if lands_at_opening else at), budget


def oracle_end_of_day(plant: Plant, start: int, n: int, pauses: list[Span]) -> tuple[int, int]:
    """Due and budget of N working days, end of day; of the same day where N is 0."""
    owners = plant.owners()
    day, wall = nth_day(owners, start, n)
    budget = sum(counted(owners, start, [])[:wall])
    without_pauses = earliest(counted(owners, start, []), start, budget)
    at = earliest(counted(owners, start, pauses), start, budget)
    if budget and owners[without_pauses - 1] == day:
        last = owners[at - 1]
    else:
        last = owners[resume(owners, start, at, pauses)]
    assert last is not None
    return close_of(owners, last), budget
