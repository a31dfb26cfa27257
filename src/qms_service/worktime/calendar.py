"""WorkCalendar (工作日历): the hours in which work counts, on the wall of one zone."""

from __future__ import annotations

import operator
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final, Self

import attrs

from qms_service import instants
from qms_service.errors import AmountError
from qms_service.instants import SECOND, Micros, from_micros, micros
from qms_service.worktime.definition import pattern_of, read_known_until, read_zone_name
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.pattern import (
    WEEKDAYS,
    Exceptions,
    Names,
    Week,
    plain_date,
    read_exceptions,
    read_names,
    read_week,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray
    from pendulum import DateTime
    from pendulum.tz.timezone import Timezone

_ALL_WEEK: Final = dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),))


@attrs.frozen(kw_only=True, cache_hash=True)
class WorkCalendar:
    """The hours in which work counts: weekly hours, and dates that differ from their weekday.

    Any aware datetime is taken; what is handed out are `pendulum.DateTime` in the calendar's zone. Dates are
    those of the calendar's zone, never of UTC. An edge in a skipped hour is the moment of the change, one in
    a repeated hour its first occurrence. Equal definitions are equal calendars with one hash.

    Args:
        timezone: An IANA name such as `"Asia/Shanghai"`.
        weekly: `{"mon": [("08:30", "12:00"), ("13:30", "17:30")], …}`; a missing day is closed. A span whose
            end is not after its start ends the next day and belongs to the date it starts on.
        exceptions: The hours of single dates in place of the weekly ones; `[]` is closed.
        known_until: The last date whose hours are published; None when no date can change any more.
        name: What errors and explanations call it.
        edition: Which edition of its data this is.
        exception_names: What explanations call the dates of `exceptions`: `{date(2026, 2, 17): "春节"}`.

    Raises:
        ZoneError: No IANA name of a zone.
        CalendarError: An unreadable time, weekday or date; spans that overlap, also across midnight;
            an exception after `known_until`, or a name without its exception.

    Other rooms ask its `inside` for whole numbers; that one answers by the weekly pattern beyond
    `known_until`, and who asks it checks.

    Limits: computes in the years 3 to 9997; what lies outside may raise `InstantRangeError`.

    >>> import pendulum
    >>> weekdays = dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], [("08:30", "12:00"), ("13:30", "17:30")])
    >>> cal = WorkCalendar(timezone="Asia/Shanghai", weekly=weekdays, exceptions={date(2026, 2, 17): []})
    >>> str(cal.add(pendulum.datetime(2026, 3, 6, 16, 0, tz="Asia/Shanghai"), timedelta(hours=6)))
    '2026-03-09 14:30:00+08:00'
    """

    timezone: str = attrs.field(converter=read_zone_name)
    weekly: Week = attrs.field(converter=read_week, repr=False)
    exceptions: Exceptions = attrs.field(default=(), converter=read_exceptions, repr=False)
    known_until: date | None = attrs.field(default=None, converter=read_known_until)
    name: str = ""
    edition: str = ""
    exception_names: Names = attrs.field(default=(), converter=read_names, repr=False)
    zone: Timezone = attrs.field(init=False, eq=False, repr=False)
    inside: CalendarInside = attrs.field(init=False, eq=False, repr=False)

    @zone.default
    def _zone(self) -> Timezone:
        return instants.zone(self.timezone)

    @inside.default
    def _inside(self) -> CalendarInside:
        pattern = pattern_of(
            self.timezone, self.weekly, self.exceptions, self.exception_names, self.known_until
        )
        return CalendarInside.of(pattern, self.known_until, self.name or self.timezone)

    @classmethod
    def continuous(cls, timezone: str | tzinfo, *, name: str = "continuous") -> Self:
        """The calendar that never closes; its days run from midnight to midnight.

        >>> WorkCalendar.continuous("Asia/Shanghai").is_working_day(date(2026, 2, 17))
        True
        """
        return cls(timezone=timezone, weekly=_ALL_WEEK, name=name)

    def add(self, start: datetime, amount: timedelta) -> DateTime:
        """The earliest instant t with `elapsed(start, t) == amount`, to the microsecond.

        A negative amount goes back to the latest such instant; zero gives the start back. Filling a span
        exactly ends at its close.

        Args:
            start: An aware datetime.
            amount: Working time.

        Returns:
            The instant in the calendar's zone.

        Raises:
            NaiveInstantError: The start has no zone.
            AmountError: The amount is no `timedelta`.
            CalendarHorizonError: The answer lies beyond `known_until`.
            NeverOpenError: There is not so much working time in that direction.
        """
        return from_micros(self.inside.add(micros(start), _amount(amount)), self.zone)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Working time in [start, end): real time, also over a change of the clock.

        Returns:
            The amount; negative when the end comes first.

        Raises:
            NaiveInstantError: An end has no zone.
            CalendarHorizonError: An end lies beyond `known_until`.

        >>> import pendulum
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> monday = pendulum.datetime(2026, 3, 2, 11)
        >>> str(cal.elapsed(monday, monday.add(hours=4)))  # less the lunch break
        '2:30:00'
        """
        return timedelta(microseconds=self.inside.elapsed(micros(start), micros(end)))

    def is_open(self, at: datetime) -> bool:
        """Whether work counts at an instant; at the close it no longer does.

        Raises:
            NaiveInstantError: The instant has no zone.
            CalendarHorizonError: It lies beyond `known_until`.

        >>> import pendulum
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> cal.is_open(pendulum.datetime(2026, 3, 2, 12))
        False
        """
        at_us = micros(at)
        self.inside.check_known(at_us, closing=False)
        return self.inside.is_open(at_us)

    def is_working_day(self, day: date) -> bool:
        """Whether a span starts on a date of the calendar's zone.

        Raises:
            CalendarError: It is no date; a datetime has a zone of its own, and so perhaps another date.
            CalendarHorizonError: It lies after `known_until`.

        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> cal.is_working_day(date(2026, 3, 2)), cal.is_working_day(date(2026, 3, 3))
        (True, False)
        """
        on = plain_date(day)
        self.inside.check_known_date(on)
        return self.inside.is_working_day(on)

    def add_days(self, start: datetime, n: int) -> DateTime:
        """The same wall time on the N-th working day after the start.

        A start outside working time counts from the next opening. Where the N-th working day is closed at
        that wall time (its closing instant included), the answer is the next opening. A working day is the
        date a span starts on, also for a start after midnight. A negative N is the mirror image, from the
        previous closing: there an instant is worked when the one before it is. Zero days are the next opening.

        Raises:
            NaiveInstantError: The start has no zone.
            AmountError: N is no whole number.
            CalendarHorizonError: The answer lies beyond `known_until`.
            NeverOpenError: There are not so many working days in that direction.

        >>> import pendulum
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> monday = pendulum.datetime(2026, 3, 2, 11)
        >>> str(cal.add_days(monday, 1))
        '2026-03-09 11:00:00+00:00'
        """
        return from_micros(self.inside.add_days(micros(start), _count(n)), self.zone)

    def add_many(self, starts: ArrayLike, amounts: ArrayLike | timedelta) -> NDArray[np.datetime64]:
        """`add` for each row of a column; `NaT` stays `NaT`. Needs numpy (extra `analysis`).

        Args:
            starts: datetime64 in UTC, a column or one value; other units than microseconds are converted.
            amounts: timedelta64, a column or one value, or one `timedelta`.

        Returns:
            datetime64[us] in UTC.

        Raises:
            ColumnError: Another kind of column, different lengths, or less than a microsecond.
            CalendarHorizonError, NeverOpenError: As `add`, for the first such row: `row`, counted from 0.
            MissingExtraError: numpy is not installed.

        >>> import numpy as np
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> starts = np.array(["2026-03-02T11:00", "NaT", "2026-03-04T09:00"], "datetime64[us]")
        >>> cal.add_many(starts, timedelta(hours=2)).astype("datetime64[m]")
        array(['2026-03-02T14:30', 'NaT', '2026-03-09T10:30'], dtype='datetime64[m]')
        """
        from qms_service.worktime import batch  # noqa: PLC0415  # numpy is an extra

        return batch.add(self.inside, starts, amounts)

    def elapsed_many(self, starts: ArrayLike, ends: ArrayLike) -> NDArray[np.timedelta64]:
        """`elapsed` for each row of two columns; `NaT` stays `NaT`. Needs numpy (extra `analysis`).

        Args:
            starts: datetime64 in UTC, a column or one value.
            ends: The same.

        Returns:
            timedelta64[us].

        Raises:
            ColumnError: Another kind of column, different lengths, or less than a microsecond.
            CalendarHorizonError: As `elapsed`, for the first such row: `row`, counted from 0.
            MissingExtraError: numpy is not installed.

        >>> import numpy as np
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> starts = np.array(["2026-03-02T11:00", "NaT"], "datetime64[us]")
        >>> cal.elapsed_many(starts, np.datetime64("2026-03-02T15:00")).tolist()
        [datetime.timedelta(seconds=9000), None]
        """
        from qms_service.worktime import batch  # noqa: PLC0415  # numpy is an extra

        return batch.elapsed(self.inside, starts, ends)

    def add_days_many(self, starts: ArrayLike, n: ArrayLike) -> NDArray[np.datetime64]:
        """`add_days` for each row of a column; `NaT` stays `NaT`. Needs numpy (extra `analysis`).

        Args:
            starts: datetime64 in UTC, a column or one value.
            n: Whole numbers, a column or one value.

        Returns:
            datetime64[us] in UTC.

        Raises:
            ColumnError: Another kind of column, different lengths, or less than a microsecond.
            CalendarHorizonError, NeverOpenError: As `add_days`, for the first such row: `row`, counted from 0.
            MissingExtraError: numpy is not installed.

        >>> import numpy as np
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> starts = np.array(["2026-03-02T11:00", "2026-03-04T09:00"], "datetime64[us]")
        >>> cal.add_days_many(starts, 1).astype("datetime64[m]")
        array(['2026-03-09T11:00', '2026-03-16T08:30'], dtype='datetime64[m]')
        """
        from qms_service.worktime import batch  # noqa: PLC0415  # numpy is an extra

        return batch.add_days(self.inside, starts, n)

    def spans(self, start: datetime, end: datetime) -> list[tuple[DateTime, DateTime]]:
        """The open stretches clipped to [start, end), touching spans joined; none when the end comes first.

        Raises:
            NaiveInstantError: An end has no zone.
            CalendarHorizonError: The end lies beyond `known_until`.

        >>> import pendulum
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> monday = pendulum.datetime(2026, 3, 2, 11)
        >>> [(opens.hour, closes.hour) for opens, closes in cal.spans(monday, monday.add(days=1))]
        [(11, 12), (13, 17)]
        """
        start_us, end_us = micros(start), micros(end)
        self.inside.check_known(end_us)
        found = self.inside.open_spans(start_us, end_us)
        return [(from_micros(opens, self.zone), from_micros(closes, self.zone)) for opens, closes in found]

    def next_open(self, at: datetime) -> DateTime:
        """The instant itself when it is open, else the next opening.

        Raises:
            NaiveInstantError: The instant has no zone.
            CalendarHorizonError: The answer lies beyond `known_until`.
            NeverOpenError: The calendar does not open any more.

        >>> import pendulum
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> str(cal.next_open(pendulum.datetime(2026, 3, 2, 12)))
        '2026-03-02 13:30:00+00:00'
        """
        at_us, inside = micros(at), self.inside
        return from_micros(inside.known(at_us, lambda: inside.next_open(at_us)), self.zone)

    def previous_close(self, at: datetime) -> DateTime:
        """The instant itself when the one before it is open, else the previous closing.

        Raises:
            NaiveInstantError: The instant has no zone.
            CalendarHorizonError: The instant lies beyond `known_until`.
            NeverOpenError: The calendar has not been open yet.

        >>> import pendulum
        >>> cal = WorkCalendar(timezone="UTC", weekly={"mon": [("08:30", "12:00"), ("13:30", "17:30")]})
        >>> str(cal.previous_close(pendulum.datetime(2026, 3, 2, 13)))
        '2026-03-02 12:00:00+00:00'
        """
        at_us = micros(at)
        self.inside.check_known(at_us)
        return from_micros(self.inside.previous_close(at_us), self.zone)


def _amount(amount: timedelta) -> Micros:
    if type(amount) is timedelta:
        return (amount.days * 86_400 + amount.seconds) * SECOND + amount.microseconds
    if isinstance(amount, timedelta):  # pendulum's own count weeks and signs in their own way
        return timedelta.__floordiv__(amount, timedelta(microseconds=1))
    raise AmountError("no-timedelta", got=repr(amount))


def _count(n: int) -> int:
    try:
        return operator.index(n)
    except TypeError as error:
        raise AmountError("no-count", got=repr(n)) from error
