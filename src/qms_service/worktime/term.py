"""Term (期限): an amount of time as a procedure states it.

Hours and minutes are elapsed time. Days, weeks and months are calendar time: the same wall time that many
days later, so that 2 d is not always 48 h; a missing day of the month is its last. Working hours and working
days run on a calendar. "End of day" runs on to the close of the N-th working day, "same day" to that of the
working day on which it starts.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Final, Literal, Self, get_args

import attrs

from qms_service.errors import TermError, nearest
from qms_service.instants import DAY, HOUR, MINUTE, Micros, from_micros, micros, zone_of
from qms_service.instants import zone as named_zone
from qms_service.worktime.urgency import Urgency
from qms_service.worktime.wall import day_of, in_range, in_years, instant_of, midnight, wall_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray
    from pendulum import DateTime

    from qms_service.worktime.calendar import WorkCalendar
    from qms_service.worktime.inside import CalendarInside
    from qms_service.worktime.wall import Wall

Unit = Literal["min", "h", "d", "week", "month"]
OnUnknown = Literal["refuse", "provisional"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
_TEXT: Final = re.compile(
    r"(?P<amount>[-−+]?[0-9]{1,9}(?P<fraction>[.,][0-9]+)?) ?(?P<working>working )?(?P<unit>[a-z]+)"
    r"(?P<end> ?, ?end of day)?"
)
SPELLINGS: Final[Mapping[str, Unit]] = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
}
_URGENCIES: Final = tuple(Urgency)
_LENGTH: Final[Mapping[Unit, Micros]] = {"min": MINUTE, "h": HOUR}
_DAYS: Final[Mapping[Unit, int]] = {"d": 1, "week": 7}


@attrs.frozen(kw_only=True)
class Term:
    """An amount of time as a procedure states it (期限).

    Args:
        amount: How many units; 0 only for "same day".
        unit: `"min"`, `"h"`, `"d"`, `"week"` or `"month"`.
        working: Whether it runs on working time: in min, h or d.
        end_of_day: Whether it runs on to the close of the last working day.

    Raises:
        TermError: No amount of time, or a combination that no procedure can mean.

    >>> term = Term.parse("4 working days, end of day")
    >>> str(term), term.working, term.end_of_day
    ('4 working d, end of day', True, True)
    """

    amount: int
    unit: Unit
    working: bool = False
    end_of_day: bool = False

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.unit, str) or self.unit not in UNITS:
            got = f"{self.amount} {self.unit}"
            raise _unknown_unit(got, self.unit)
        if not (isinstance(self.working, bool) and isinstance(self.end_of_day, bool)):
            raise TermError("term-flags", got=repr((self.working, self.end_of_day)))
        if type(self.amount) is not int:
            raise TermError("term-fraction", got=f"{self.amount!r} {self.unit}")
        if self.amount < 0:
            raise TermError("term-negative", got=str(self))
        if self.working and self.unit in ("week", "month"):
            raise TermError("term-working-unit", got=str(self))
        if self.end_of_day and not (self.working and self.unit == "d"):
            raise TermError("term-end-of-day", got=str(self))
        if not self.amount and not self.end_of_day:
            raise TermError("term-zero", got=str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """A term as a rulebook writes it.

        Args:
            text: `"12 h"`, `"90 min"`, `"2 d"`, `"1 week"`, `"1 month"`, `"6 working h"`, `"30 working min"`,
                `"4 working d"`, `"4 working d, end of day"` or `"same day"`. Units may be spelled out.

        Raises:
            TermError: The text is no term; the error says what is allowed.

        >>> str(Term.parse("2 weeks")), str(Term.parse("6 Working Hours"))
        ('2 weeks', '6 working h')
        """
        if not isinstance(text, str):
            raise TermError("term", got=repr(text))
        plain = _plain(text)
        if plain in _URGENCIES:
            raise TermError("term-urgency", got=repr(text))
        if plain == "same day":
            return cls(amount=0, unit="d", working=True, end_of_day=True)
        found = _TEXT.fullmatch(plain)
        if found is None:
            raise TermError("term", got=repr(text))
        if found["fraction"]:
            raise TermError("term-fraction", got=repr(text))
        amount = int(found["amount"].replace("−", "-"))
        if not amount:
            raise TermError("term-zero", got=repr(text))
        unit = _read_unit(text, found["unit"])
        return cls(amount=amount, unit=unit, working=bool(found["working"]), end_of_day=bool(found["end"]))

    def __str__(self) -> str:
        if self.end_of_day and not self.amount:
            return "same day"
        plural = "s" if self.unit in ("week", "month") and self.amount > 1 else ""
        working = "working " if self.working else ""
        return f"{self.amount} {working}{self.unit}{plural}{', end of day' if self.end_of_day else ''}"

    @property
    def measure(self) -> Literal["real", "working"]:
        """What a clock with this term counts: real time, or the working time of its calendar."""
        return "working" if self.working else "real"

    def after(
        self, start: datetime, cal: WorkCalendar | None = None, on_unknown: OnUnknown = "refuse"
    ) -> DateTime:
        """The instant at which the term is over.

        Args:
            start: An aware datetime.
            cal: The working calendar; only working terms need one. Calendar days count in its zone, without
                one in the start's.
            on_unknown: `"refuse"`, or `"provisional"`: beyond the calendar's `known_until` its weekly pattern
                goes on. Elapsed and calendar terms never ask.

        Returns:
            The instant in the calendar's zone, without one in the start's.

        Raises:
            NaiveInstantError: The start has no zone.
            TermError: A working term without a calendar, or something else in its place.
            InstantRangeError: The start or the answer lies outside the years 3 to 9997.
            CalendarHorizonError: The answer lies beyond `known_until`.
            NeverOpenError: The calendar has not so much working time.

        >>> import pendulum
        >>> str(Term.parse("1 month").after(pendulum.datetime(2026, 1, 31, 9, 0, tz="Asia/Shanghai")))
        '2026-02-28 09:00:00+08:00'
        """
        if not isinstance(on_unknown, str) or on_unknown not in get_args(OnUnknown):
            raise TermError("term-on-unknown", got=repr(on_unknown))
        inside = _inside(cal)
        start_us = micros(start)
        zone = cal.zone if cal is not None else zone_of(start)
        return from_micros(self.after_us(start_us, inside, zone, on_unknown == "provisional"), zone)

    def after_many(self, starts: ArrayLike, cal: WorkCalendar | None = None) -> NDArray[np.datetime64]:
        """`after` for each row of a column; `NaT` stays `NaT`. Needs numpy (extra `analysis`).

        Args:
            starts: datetime64 in UTC, a column or one value; other units than microseconds are converted.
            cal: The working calendar. Calendar days count in its zone, without one in UTC.

        Returns:
            datetime64[us] in UTC.

        Raises:
            ColumnError: Another kind of column, or less than a microsecond.
            TermError: A working term without a calendar, or something else in its place.
            InstantRangeError, CalendarHorizonError, NeverOpenError: As `after`, for the first such row: `row`,
                counted from 0.
            MissingExtraError: numpy is not installed.

        >>> import numpy as np
        >>> starts = np.array(["2026-01-31T09:00", "NaT"], "datetime64[us]")
        >>> Term.parse("1 month").after_many(starts).astype("datetime64[m]")
        array(['2026-02-28T09:00', 'NaT'], dtype='datetime64[m]')
        """
        inside = _inside(cal)
        if self.working:
            self._needed(inside)
        from qms_service.worktime import batch  # noqa: PLC0415  # numpy is an extra

        return batch.after(self, starts, inside, named_zone("UTC") if inside is None else inside.zone)

    def after_us(
        self, start_us: Micros, cal: CalendarInside | None, zone: tzinfo, provisional: bool
    ) -> Micros:
        """`after` in whole numbers: microseconds UTC. The zone counts where there is no calendar."""
        if not self.working:
            return self.base_us(start_us, cal, zone)
        calendar = self._needed(cal)

        def ask() -> Micros:
            base = self.base_us(start_us, calendar, zone)
            return calendar.day_close(base) if self.end_of_day else base

        if provisional:
            return ask()
        return calendar.known(start_us, ask, closing=self.end_of_day or self.unit != "d")

    def base_us(self, start_us: Micros, cal: CalendarInside | None, zone: tzinfo) -> Micros:
        """Where the term is over before it runs on to a close: its measure from the start is the budget.

        It never refuses beyond the horizon. For a term with "end of day" it lies inside the last working day,
        whose last microsecond stands for its close; for every other term it is the answer itself.
        """
        if not self.working:
            return self._real_us(start_us, zone if cal is None else cal.zone)
        calendar = self._needed(cal)
        if self.end_of_day:
            return calendar.within_nth_day(start_us, self.amount)
        if self.unit == "d":
            return calendar.days_after(start_us, self.amount)
        return calendar.work_after(start_us, self.amount * _LENGTH[self.unit])

    def _needed(self, cal: CalendarInside | None) -> CalendarInside:
        if cal is None:
            raise TermError("term-calendar", term=str(self))
        return cal

    def _real_us(self, start_us: Micros, zone: tzinfo) -> Micros:
        if self.unit in _LENGTH:
            return in_range(start_us + self.amount * _LENGTH[self.unit])
        wall = wall_at(start_us, zone)
        if self.unit == "month":
            return instant_of(_months_later(wall, self.amount), zone)
        return instant_of(in_range(wall + self.amount * _DAYS[self.unit] * DAY), zone)


def parse_within(text: str | Term | Urgency) -> Term | Urgency:
    """What a rule writes in `within` (时限): a term, or an urgency.

    Raises:
        TermError: The text is neither.

    >>> parse_within("at once"), str(parse_within("12 h"))
    (<Urgency.AT_ONCE: 'at once'>, '12 h')
    """
    if isinstance(text, Term | Urgency):
        return text
    plain = _plain(str(text))
    return Urgency(plain) if plain in _URGENCIES else Term.parse(text)


def _inside(cal: WorkCalendar | None) -> CalendarInside | None:
    if cal is None:
        return None
    if not hasattr(cal, "inside"):
        raise TermError("term-no-calendar", got=repr(cal))
    return cal.inside


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _read_unit(text: str, unit: str) -> Unit:
    if unit == "m":
        raise TermError("term-ambiguous", got=repr(text))
    if unit not in SPELLINGS:
        raise _unknown_unit(repr(text), unit)
    return SPELLINGS[unit]


def _unknown_unit(got: str, unit: str) -> TermError:
    guess = nearest(unit, [spelling for spelling in SPELLINGS if len(spelling) > 1])
    code = "term-unit.nearest" if guess else "term-unit"
    return TermError(code, got=got, unit=str(unit), allowed=UNITS, nearest=guess)


def _months_later(wall: Wall, months: int) -> Wall:
    day = date.fromordinal(day_of(wall))
    years, month = divmod(day.month - 1 + months, 12)
    year = in_years(day.year + years)
    last = monthrange(year, month + 1)[1]
    later = date(year, month + 1, min(day.day, last))
    return wall + midnight(later.toordinal()) - midnight(day.toordinal())
