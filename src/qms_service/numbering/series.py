"""NumberSeries (编号规则): how the documents of a kind are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.facts import NO_FACTS, as_facts
from qms_service.instants import from_micros, micros, zone
from qms_service.numbering.period import PERIODS, Reset
from qms_service.numbering.slot import Slot
from qms_service.numbering.token import DATES, Token, tokens

Overflow = Literal["error", "widen"]
HIGHEST: Final = 2**63 - 1  # what a column of a database holds


@attrs.frozen(kw_only=True)
class NumberSeries:
    """How the documents of a kind are numbered."""

    id: str
    pattern: str
    reset: Reset = "never"
    timezone: str
    accepts: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    overflow: Overflow = "error"
    fiscal_year_start: int = 1
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)

    def period(self, at: date) -> str:
        """The period of an instant or of a business date."""
        return PERIODS[self.reset](self.business_date(at), self.fiscal_year_start)

    def business_date(self, at: date) -> date:
        """The date of an instant in the series' zone; a date is one already."""
        if not isinstance(at, datetime):
            return at
        return from_micros(micros(at), zone(self.timezone)).date()

    def format(self, on: date, seq: int, scope: Mapping[str, str] | None = None) -> str:
        """The number of a business date and a serial."""
        return self.slot(on, scope).number(seq)

    def slot(self, at: date, scope: Mapping[str, str] | None = None) -> Slot:
        """The counter that a document of this moment or business date draws from."""
        on = self.business_date(at)
        parts = [part for part in tokens(self.pattern) if isinstance(part, Token)]
        cut = next(place for place, part in enumerate(parts) if part.kind == "seq")
        width = parts[cut].width
        return Slot(
            series=self.id,
            scope=as_facts(scope) if scope else NO_FACTS,
            period=self.period(on),
            on=on,
            before=self._text(parts[:cut], on, scope or {}),
            after=self._text(parts[cut + 1 :], on, scope or {}),
            width=width,
            last=10**width - 1 if width and self.overflow == "error" else HIGHEST,
        )

    def _text(self, parts: list[Token], on: date, scope: Mapping[str, str]) -> str:
        start = self.fiscal_year_start
        read = {"text": lambda p: p.name, "date": lambda p: DATES[p.name](on, start), "scope": lambda p: scope[p.name]}
        return "".join(read[part.kind](part) for part in parts)
