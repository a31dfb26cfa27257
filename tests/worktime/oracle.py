"""Working time minute by minute: an oracle that shares no code with the library.

It looks at every minute of a window on the wall of a zone, by the standard library alone. A wall time begins
at the first minute on which the wall shows at least that much: in a gap the moment of the change, in a fold
the first occurrence.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
DAY_MINUTES = 1440
WINDOW_DAYS = 22
MinuteSpan = tuple[int, int]
Hours = tuple[MinuteSpan, ...]


class Wall:
    """Every minute of a window: where it begins in UTC, and from which minute on the wall shows a time."""

    def __init__(self, zone: str, first: date) -> None:
        tz = ZoneInfo(zone)
        self.begin = datetime(first.year, first.month, first.day, tzinfo=tz).astimezone(UTC)
        naive = datetime(first.year, first.month, first.day)  # noqa: DTZ001  # what the wall shows
        self.shown = [
            ((self.begin + n * MINUTE).astimezone(tz).replace(tzinfo=None) - naive) // MINUTE
            for n in range(WINDOW_DAYS * DAY_MINUTES)
        ]
        self.first_minute_showing: list[int] = []
        for minute, wall in enumerate(self.shown):
            self.first_minute_showing.extend([minute] * (wall + 1 - len(self.first_minute_showing)))


wall_of = cache(Wall)


class Oracle:
    """The open minutes of a window, one by one."""

    def __init__(self, zone: str, first: date, hours: dict[date, Hours]) -> None:
        self.wall = wall_of(zone, first)
        self.first = first
        self.spans: list[tuple[int, int, int]] = []  # day of the window, opening minute, closing minute
        self.open = bytearray(len(self.wall.shown))
        for number in range(WINDOW_DAYS - 2):
            for start, end in hours[first + timedelta(days=number)]:
                opening = self.wall.first_minute_showing[number * DAY_MINUTES + start]
                closing = self.wall.first_minute_showing[number * DAY_MINUTES + end]
                self.open[opening:closing] = b"\1" * (closing - opening)
                if opening < closing:
                    self.spans.append((number, opening, closing))

    def __repr__(self) -> str:
        return f"Oracle({self.first}, {self.spans})"

    def minute(self, at: datetime) -> int:
        return (at - self.wall.begin) // MINUTE

    def at(self, minute: int) -> datetime:
        return self.wall.begin + minute * MINUTE

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        if end < start:
            return -self.elapsed(end, start)
        total = timedelta()
        for minute in range(self.minute(start), self.minute(end) + 1):
            if self.open[minute]:
                total += max(timedelta(), min(end, self.at(minute + 1)) - max(start, self.at(minute)))
        return total

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """The earliest instant with so much work since the start, walking minute by minute."""
        for minute in range(self.minute(start), len(self.open)):
            if self.open[minute]:
                begin = max(start, self.at(minute))
                here = self.at(minute + 1) - begin
                if here >= amount:
                    return begin + amount
                amount -= here
        return None

    def before(self, start: datetime, amount: timedelta) -> datetime | None:
        """The latest instant with so much work until the start."""
        for minute in range(self.minute(start), -1, -1):
            if self.open[minute]:
                end = min(start, self.at(minute + 1))
                here = end - self.at(minute)
                if here >= amount:
                    return end - amount
                amount -= here
        return None

    def day_of(self, minute: int) -> int | None:
        return next((day for day, opening, closing in self.spans if opening <= minute < closing), None)

    def days_after(self, start: datetime, n: int) -> datetime | None:
        """The definition word by word: the N-th working day at the start's wall time, else the next opening."""
        base = start if self.open[self.minute(start)] else self.next_open(start)
        home = None if base is None else self.day_of(self.minute(base))
        day = None if home is None else self.nth(home, n)
        if base is None or home is None or day is None:
            return None
        target = self.same_wall_time(base, home, day)
        if target is None or self.day_of(self.minute(target)) == day:
            return target
        opening = self.at(min(opening for number, opening, _ in self.spans if number == day))
        return self.next_open(max(target, opening))

    def days_before(self, start: datetime, n: int) -> datetime | None:
        """The mirror image: an instant is worked when the one before it is."""
        base = self.previous_close(start)
        home = None if base is None else self.day_of(self.minute(base - INSTANT))
        day = None if home is None else self.nth(home, -n)
        if base is None or home is None or day is None:
            return None
        target = self.same_wall_time(base, home, day)
        if target is None or self.day_of(self.minute(target - INSTANT)) == day:
            return target
        closing = self.at(max(closing for number, _, closing in self.spans if number == day))
        return self.previous_close(min(target, closing))

    def same_wall_time(self, at: datetime, home: int, day: int) -> datetime | None:
        shown = self.wall.shown[self.minute(at)] + (day - home) * DAY_MINUTES
        if not 0 <= shown < len(self.wall.first_minute_showing):
            return None
        minute = self.wall.first_minute_showing[shown]
        skipped = self.wall.shown[minute] != shown
        return self.at(minute) + (timedelta() if skipped else at - self.at(self.minute(at)))

    def day_close(self, start: datetime, n: int) -> datetime | None:
        base = start if self.open[self.minute(start)] else self.next_open(start)
        home = None if base is None else self.day_of(self.minute(base))
        day = None if home is None else self.nth(home, n)
        return (
            None if day is None else self.at(max(close for number, _, close in self.spans if number == day))
        )

    def nth(self, home: int, n: int) -> int | None:
        days = sorted({number for number, _, _ in self.spans})
        wanted = days.index(home) + n
        return days[wanted] if 0 <= wanted < len(days) else None

    def next_open(self, at: datetime) -> datetime | None:
        minute = self.minute(at)
        if self.open[minute]:
            return at
        found = self.open.find(1, minute)
        return None if found < 0 else self.at(found)

    def previous_close(self, at: datetime) -> datetime | None:
        minute = self.minute(at - INSTANT)
        if self.open[minute]:
            return at
        found = self.open.rfind(1, 0, minute)
        return None if found < 0 else self.at(found + 1)

    def stretches(self, start: int, end: int) -> list[tuple[datetime, datetime]]:
        found = []
        minute = start
        while minute < end:
            closing = minute
            while closing < end and self.open[closing]:
                closing += 1
            if closing > minute:
                found.append((self.at(minute), self.at(closing)))
            minute = closing + 1
        return found
