"""Duty (定期义务): what a procedure asks for again and again, and by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.deadlines.duties.ages import AgeBand, as_bands
from qms_service.deadlines.duties.due import Due
from qms_service.deadlines.duties.every import Every
from qms_service.deadlines.duties.fit import check_fit
from qms_service.deadlines.duties.fulfilled_by import FulfilledBy, as_fulfilled_by
from qms_service.deadlines.duties.years import in_duty_years
from qms_service.errors import CalendarError, DutyError
from qms_service.labels import Label, as_label
from qms_service.worktime.pattern import plain_date

if TYPE_CHECKING:
    from qms_service.deadlines.duties.duty_calendar import DutyCalendar
    from qms_service.deadlines.duties.objects import Objects
    from qms_service.worktime import WorkCalendar
    from qms_service.worktime.term import OnUnknown

Of = Literal["this", "next"]
Shift = Literal["none", "next", "previous", "skip"]
CountedFrom = Literal["calendar", "start"]


def _read_every(given: object) -> Every | None:
    return given if given is None or isinstance(given, Every) else Every.parse(given)


def _read_due(given: object) -> Due:
    return given if isinstance(given, Due) else Due.parse(given)


def _read_date(given: object) -> date | None:
    try:
        return None if given is None else in_duty_years(plain_date(given))
    except CalendarError:
        raise DutyError("duty-date", got=repr(given)) from None


def _named(_duty: Duty, _field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip() or "/" in value:  # which parts the id of an occurrence
        raise DutyError("duty-id", got=repr(value))


def _text(duty: Duty, field: attrs.Attribute[Any], value: object) -> None:
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise DutyError("duty-text", duty=duty.id, field=field.name, got=repr(value))


def _one_of(kinds: object) -> Any:  # noqa: ANN401  # attrs' own kind of validator
    allowed: Final = get_args(kinds)

    def check(duty: Duty, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, str) or value not in allowed:
            raise DutyError("duty-choice", duty=duty.id, field=field.name, got=repr(value), allowed=allowed)

    return check


def _labelled(duty: Duty, _field: attrs.Attribute[Any], value: object) -> None:
    names = value.names if isinstance(value, Label) else ()
    if value is not None and not (names and all(isinstance(part, str) for name in names for part in name)):
        raise DutyError("duty-label", duty=duty.id, got=repr(value))


def _count(duty: Duty, _field: attrs.Attribute[Any], value: object) -> None:
    if type(value) is not int or value < 1:
        raise DutyError("duty-times", duty=duty.id, got=repr(value))


@attrs.frozen
class Duty:
    """A recurring obligation of a procedure (定期义务): how often, due when, for whom, shown done by what.

    Args:
        id: Its name in the procedure, such as `"monthly-summary"`.
        every: `"day"`, `"working day"`, `"week"`, `"month"`, `"quarter"`, `"half-year"`, `"year"`, `"2 months"`;
            `"?"` where it comes at irregular times or the source lost the figure: listed, never computed.
        ages: In its place, how often by the age of each object: `({"every": "month", "up_to": "1 year"},
            {"every": "quarter"})`.
        due: The date of its period, such as `"end"`, `"day 5"`, `"day 15 of month 1"`, `"before month 4"`,
            `"last working day"`, `"friday, 17:00"`: see `Due`.
        of: Of which period that date is: `"this"`, or `"next"` as for last month's report by the 5th.
        shift: What a due date that is no working day does: `"none"`, move to the `"next"` or the `"previous"`
            one, or `"skip"` the period.
        counted_from: Whether periods are those of the `"calendar"`, or are counted from the `"start"`.
        times: How often in each period.
        per: The fact that names the object that it is owed to, such as `"customer"`: once for each.
        starts_on: From when on; what would be due before it is not asked for.
        ends_on: From when on no longer.
        by: The department that owes it.
        clause: The clause that it rests on.
        label: Its name for people, in each language or as one text.
        fulfilled_by: The event that shows it done: a name, or a table as for `FulfilledBy`.

    Raises:
        DutyError: A part that cannot be read, or parts that contradict each other.
        ClauseError: Its clause is no text.

    >>> duty = Duty("collect-sheets", every="month", due="day 5", of="next", clause="4.2", by="hr")
    >>> str(duty.every), str(duty.due), duty.clause.number
    ('month', 'day 5', '4.2')
    """

    id: str = attrs.field(validator=_named)
    every: Every | None = attrs.field(default=None, converter=_read_every, kw_only=True)
    ages: tuple[AgeBand, ...] = attrs.field(default=(), converter=as_bands, kw_only=True)
    due: Due = attrs.field(default=Due.parse("end"), converter=_read_due, kw_only=True)
    of: Of = attrs.field(default="this", validator=_one_of(Of), kw_only=True)
    shift: Shift = attrs.field(default="none", validator=_one_of(Shift), kw_only=True)
    counted_from: CountedFrom = attrs.field(default="calendar", validator=_one_of(CountedFrom), kw_only=True)
    times: int = attrs.field(default=1, validator=_count, kw_only=True)
    per: str | None = attrs.field(default=None, validator=_text, kw_only=True)
    starts_on: date | None = attrs.field(default=None, converter=_read_date, kw_only=True)
    ends_on: date | None = attrs.field(default=None, converter=_read_date, kw_only=True)
    by: str | None = attrs.field(default=None, validator=_text, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, validator=_labelled, kw_only=True)
    fulfilled_by: FulfilledBy | None = attrs.field(default=None, converter=as_fulfilled_by, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.every and self.ages:
            raise DutyError("duty-every-and-ages", duty=self.id)
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise DutyError("duty-backwards", duty=self.id, start=self.starts_on, end=self.ends_on)
        for every in self.frequencies:
            self._check(every)

    @property
    def irregular(self) -> bool:
        """Whether it comes at irregular times, or the source lost how often."""
        return self.every is None and not self.ages

    @property
    def frequencies(self) -> tuple[Every, ...]:
        """How often it comes round: once, or for each age."""
        return tuple(band.every for band in self.ages) or ((self.every,) if self.every else ())

    @property
    def from_start(self) -> bool:
        """Whether its periods are counted from the start of the duty, or of its object."""
        return self.counted_from == "start"

    @property
    def ahead(self) -> int:
        """How many periods after its own it is due in."""
        return 1 if self.of == "next" else 0

    @property
    def needs_calendar(self) -> bool:
        """Whether it can be reckoned on a working calendar alone."""
        on_working_days = any(every.unit == "working day" for every in self.frequencies)
        return on_working_days or self.shift != "none" or self.due.asks_calendar

    def occurrences(
        self,
        start: date | datetime,
        end: date | datetime,
        *,
        calendar: WorkCalendar | None = None,
        timezone: str | None = None,
        objects: Objects | None = None,
        on_unknown: OnUnknown = "refuse",
    ) -> DutyCalendar:
        """What of this duty is due in [start, end): `duties_between` for one.

        Raises:
            DutyError, NaiveInstantError, InstantRangeError: As `duties_between`.

        >>> plan = Duty("plan", every="year", due="before april")
        >>> str(plan.occurrences(date(2026, 1, 1), date(2027, 1, 1), timezone="Asia/Shanghai")[0].due_on)
        '2026-03-31'
        """
        from qms_service.deadlines.duties.between import duties_between  # noqa: PLC0415  # built above the value

        return duties_between(
            [self], start, end, calendar=calendar, timezone=timezone, objects=objects, on_unknown=on_unknown
        )

    def name(self, lang: str = "en") -> str:
        """What people call it."""
        return self.label.text(lang) if self.label else self.id

    def _check(self, every: Every) -> None:
        if not (self.from_start or every.fits_a_calendar):
            raise DutyError("duty-counted-from", duty=self.id, every=str(every))
        if (self.from_start or self.ages) and not (self.starts_on or self.per):
            raise DutyError("duty-no-start", duty=self.id)
        if every.unit == "working day" and not self.shift == "none":
            raise DutyError("duty-working-day", duty=self.id, field="shift", got=self.shift)
        if every.unit == "working day" and self.of == "next":
            raise DutyError("duty-working-day", duty=self.id, field="of", got=self.of)
        check_fit(self.id, self.due, every, of_calendar=not self.from_start)
        on_its_day = every.unit == "working day" and not self.due.offset
        if self.due.closes and not (self.shift != "none" or on_its_day or self.due.falls_on_work):
            raise DutyError("duty-close", duty=self.id, got=self.due.text)
