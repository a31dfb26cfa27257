"""NumberSeries (编号规则): how the documents of a kind are numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Final, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.errors import FactValueError, NumberError, SeriesError
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.instants import micros, zone
from qms_service.labels import Label, as_label
from qms_service.numbering.dates import Shown, date_showing
from qms_service.numbering.fault import SeriesFault
from qms_service.numbering.parts import NumberParts
from qms_service.numbering.period import PERIODS, Reset
from qms_service.numbering.read_spelling import read_spelling
from qms_service.numbering.series_check import check_accepted, check_period, check_plain, check_readings
from qms_service.numbering.slot import Slot
from qms_service.numbering.spelling import Raw, Spelling
from qms_service.numbering.token import HIGHEST, SCOPE_VALUE
from qms_service.worktime.wall import day_at

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from qms_service.numbering.batch import NumberColumns

Overflow = Literal["error", "widen"]
_EXAMPLE: Final = date(2026, 3, 2)


def _spellings(given: object) -> tuple[object, ...]:
    return (
        (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list | tuple) else (given,)
    )


@attrs.frozen(kw_only=True, cache_hash=True)
class NumberSeries:
    """How the documents of a kind are numbered.

    A pattern is text with tokens: `{YYYY} {YY} {MM} {DD} {Q}`, `{GGGG} {WW}` for the ISO week and its year,
    `{FY}` for the year in which the fiscal year starts, `{seq}` or `{seq:02}` for the serial, and any other
    lower-case name for a value that the caller gives (`{plant}`), of the letters A–Z, a–z and the digits 0–9.
    Each set of such values has counters of its own.

    Args:
        id: Its name; counters and ledger are kept under it.
        pattern: How numbers are written.
        reset: With what the serial starts again: `"never"`, `"year"`, `"fiscal-year"`, `"quarter"`, `"month"`,
            `"week"`, `"day"`. The text must show it.
        timezone: The zone, by its IANA name, whose date an instant falls on.
        accepts: Further patterns that are read and never written.
        overflow: `"error"` where a serial beyond the width is refused, `"widen"` where it gets more digits.
        fiscal_year_start: The month with which the fiscal year starts.
        clause: The clause that it rests on.
        label: What people call it.

    Raises:
        SeriesError: The series cannot be read, can repeat, or can be read in two ways; `problems` has all reasons.

    >>> series = NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month",
    ...                       timezone="Asia/Shanghai", accepts=["MARKT-{YYYY}{MM}{seq:02}"])
    >>> series.format(date(2011, 5, 1), 1)
    'MRKT-20110501'
    >>> series.parse("MARKT-20110501").number
    'MRKT-20110501'

    Limits: `{YY}` stands for the years 2000 to 2099 alone, and never sort by it.
    """

    id: str
    pattern: str
    reset: Reset = "never"
    timezone: str
    accepts: tuple[str, ...] = attrs.field(default=(), converter=_spellings)
    overflow: Overflow = "error"
    fiscal_year_start: int = 1
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)
    label: Label | None = attrs.field(default=None, converter=as_label, eq=False)
    _read: tuple[Spelling, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        read = [read_spelling(text, widen=self.overflow == "widen") for text in (self.pattern, *self.accepts)]
        spellings = tuple(one for one in read if isinstance(one, Spelling))
        faults = [*check_plain(self)]
        for field, found in zip(("pattern", *repeat("accepts", len(self.accepts))), read, strict=True):
            faults += (
                [attrs.evolve(fault, field=field) for fault in found] if isinstance(found, tuple) else []
            )
        if not faults:
            faults += self._proven(spellings)
        if faults:
            problems = tuple(dict.fromkeys(faults))
            raise SeriesError("series-refused", series=str(self.id), count=len(problems), problems=problems)
        object.__setattr__(self, "_read", spellings)

    def _proven(self, spellings: tuple[Spelling, ...]) -> list[SeriesFault]:
        """What keeps the numbers from being read back, each for what it is."""
        pattern, *accepted = spellings
        start = self.fiscal_year_start
        unlike = {one: [*check_accepted(pattern, one, start)] for one in accepted}
        told = (pattern, *(one for one, faults in unlike.items() if not faults))
        return [
            *check_period(pattern, self.reset, start),
            *(fault for faults in unlike.values() for fault in faults),
            *check_readings(told, start),
        ]

    @property
    def tokens(self) -> tuple[str, ...]:
        """The date tokens of the pattern, in their order."""
        return self._read[0].dates

    def business_date(self, at: date) -> date:
        """The date of an instant in the series' zone; a date is one already.

        Raises:
            NaiveInstantError: It is a datetime without a zone, or neither of the two.
        """
        if isinstance(at, datetime) or not isinstance(at, date):
            home = zone(self.timezone)
            if getattr(at, "tzinfo", None) is home:  # the usual case: it stands on the series' own clock
                return date(at.year, at.month, at.day)
            return date.fromordinal(day_at(micros(at), home))
        return at if type(at) is date else date(at.year, at.month, at.day)

    def period(self, at: date) -> str:
        """The period of an aware instant or of a business date; empty where the series never starts again.

        >>> series = NumberSeries(id="c", pattern="C{YYYY}{MM}{seq:02}", reset="month", timezone="Asia/Shanghai")
        >>> from datetime import UTC
        >>> series.period(datetime(2026, 3, 31, 20, tzinfo=UTC))  # April has begun in Shanghai
        '2026-04'
        """
        return PERIODS[self.reset](self.business_date(at), self.fiscal_year_start)

    def slot(self, at: date, scope: Mapping[str, str] | None = None) -> Slot:
        """The counter that a document of this moment or business date draws from.

        Args:
            at: The document's moment (aware), or its business date.
            scope: A value for each `{name}` of the pattern.

        Raises:
            NaiveInstantError: `at` is a datetime without a zone, or no date at all.
            NumberError: The scope does not fit the pattern, or the date lies outside the years of `{YY}`.
        """
        on = self.business_date(at)
        if not self._read[0].can_write(on):
            raise NumberError("number-years", series=self.id, got=on, pattern=self.pattern)
        return self._slot(on, self._scope(scope))

    @lru_cache(maxsize=1024)  # noqa: B019  # series are few, and equal ones share their slots
    def _slot(self, on: date, scope: Facts) -> Slot:
        pattern, start = self._read[0], self.fiscal_year_start
        before, after = pattern.around(on, scope, start)  # type: ignore[arg-type]  # texts, as checked
        return Slot(
            series=self.id,
            scope=scope,
            period=PERIODS[self.reset](on, start),
            on=on,
            before=before,
            after=after,
            width=pattern.width,
            last=HIGHEST if pattern.widen or not pattern.width else 10**pattern.width - 1,
        )

    def format(self, on: date, seq: int, scope: Mapping[str, str] | None = None) -> str:
        """The number of a serial.

        Args:
            on: The business date, or an aware instant.
            seq: The serial, from 1.
            scope: A value for each `{name}` of the pattern.

        Raises:
            NumberError: The serial is no whole number from 1, the scope does not fit the pattern, or the date lies
                outside the years of `{YY}`.
            NumberOverflowError: The pattern has no number for so high a serial.
            NaiveInstantError: `on` is a datetime without a zone, or no date at all.

        >>> series = NumberSeries(id="rma", pattern="{plant}{GGGG}W{WW}-{seq:03}", reset="week", timezone="UTC")
        >>> series.format(date(2024, 12, 30), 7, {"plant": "S"})
        'S2025W01-007'
        """
        slot = self.slot(on, scope)
        if type(seq) is not int or seq < 1:
            raise NumberError("number-serial", series=self.id, got=repr(seq))
        if seq > slot.last:
            raise slot.overflow()
        return slot.number(seq)

    def parse(self, text: str) -> NumberParts:
        """What a number tells, in the series' own pattern or in one that it accepts.

        Raises:
            NumberError: It is no number of this series; the text says why and shows one.

        >>> series = NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="UTC")
        >>> parts = series.parse("MRKT-20110501")
        >>> parts.year, parts.month, parts.day, parts.seq, parts.period
        (2011, 5, None, 1, '2011-05')
        """
        if not isinstance(text, str):
            raise self._malformed("number-text", text)
        code = "number-form"
        for spelling in self._read:
            raw = spelling.raw(text)
            if raw is None:
                continue
            on = self.date_showing(raw.shown)
            if raw.seq < 1:
                code = "number-zero"
            elif on is None:
                code = "number-date"
            else:
                return self._parts(spelling, raw, on)
        raise self._malformed(code, text)

    def parse_many(self, texts: ArrayLike | Sequence[object]) -> NumberColumns:
        """`parse` for each row of a column; a row that is no number has its reason. Needs numpy (extra `analysis`).

        Args:
            texts: A numpy array or a list; None, NaN and NaT are missing.

        Returns:
            A `NumberColumns` of `qms_service.numbering.batch`.

        Raises:
            ColumnError: It is no column.
            MissingExtraError: numpy is not installed.

        >>> series = NumberSeries(id="claim", pattern="MRKT-{YYYY}{MM}{seq:02}", reset="month", timezone="UTC")
        >>> found = series.parse_many(["MRKT-20110501", "MRKT-20111301"])
        >>> found.seq.tolist(), found.month.tolist(), found.reasons[found.reason[1]]
        ([1, -1], [5, -1], 'number-date')
        """
        from qms_service.numbering import batch  # noqa: PLC0415  # numpy is an extra

        return batch.parse(self, texts)

    @property
    def spellings(self) -> tuple[Spelling, ...]:
        """The patterns as they are read, the series' own first."""
        return self._read

    def date_showing(self, shown: Shown) -> date | None:
        """The first date that shows these values and that the series can write; None where there is none."""
        on = date_showing(shown, self.fiscal_year_start)
        return on if on is not None and self._read[0].can_write(on) else None

    def _parts(self, spelling: Spelling, raw: Raw, on: date) -> NumberParts:
        shown, slot = dict(raw.shown), self.slot(on, dict(raw.scope))
        return NumberParts(
            seq=raw.seq,
            year=on.year if "YYYY" in shown or "YY" in shown else None,
            month=shown.get("MM"),
            day=shown.get("DD"),
            period=slot.period,
            scope=slot.scope,
            number=slot.number(raw.seq),
            spelling=spelling.text,
            on=on,
            shown=shown,
        )

    @property
    def example(self) -> str:
        """How a number of the series looks."""
        return self.format(_EXAMPLE, 1, dict.fromkeys(self._read[0].scope, "A"))

    def _malformed(self, code: str, text: object) -> NumberError:
        allowed = (self.pattern, *self.accepts)
        return NumberError(code, series=self.id, got=repr(text), allowed=allowed, example=self.example)

    def _scope(self, scope: Mapping[str, str] | None) -> Facts:
        """The values of a scope, where they fit the pattern."""
        names = self._read[0].scope
        if not scope and not names:
            return NO_FACTS
        try:
            given = as_facts(scope)
        except FactValueError:
            raise NumberError("number-scope", series=self.id, got=repr(scope), allowed=names) from None
        if given.keys() != set(names):
            raise NumberError("number-scope", series=self.id, got=tuple(given), allowed=names)
        for name, value in given.items():
            if not (isinstance(value, str) and SCOPE_VALUE.fullmatch(value)):
                raise NumberError("number-scope-value", series=self.id, name=name, got=repr(value))
        return given
