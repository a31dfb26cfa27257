"""NumberParts (编号各部分): what a number tells."""

from __future__ import annotations

from datetime import date

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts


@attrs.frozen(kw_only=True)
class NumberParts:
    """What a number tells.

    Each token of its spelling is there by name too, `parts["Q"]`, `parts["plant"]` or `parts.plant`.

    Args:
        seq: The serial.
        year, month, day: Those of the business date; None where the text does not show them. `{YY}` is a year
            from 2000 to 2099.
        period: The period of its counter; empty where the series never starts again.
        scope: The values of the scope that its counter is kept for.
        number: The number in the series' own pattern.
        spelling: The pattern by which it was read: the series' own, or one that it accepts.
        on: The business date where the text shows it whole, otherwise the first date that shows the same.
        shown: The values of the date tokens, by name.

    >>> from qms_service.numbering import NumberSeries
    >>> series = NumberSeries(id="rma", pattern="{plant}-{YYYY}Q{Q}-{seq:03}", reset="quarter", timezone="UTC")
    >>> parts = series.parse("S1-2026Q3-017")
    >>> parts.seq, parts.year, parts.month, parts["Q"], parts.plant, parts.period
    (17, 2026, None, 3, 'S1', '2026-Q3')
    """

    seq: int
    year: int | None
    month: int | None
    day: int | None
    period: str
    scope: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    number: str
    spelling: str
    on: date
    shown: Facts = attrs.field(default=NO_FACTS, converter=as_facts)

    def __getitem__(self, token: str) -> object:
        return {**self.shown, **self.scope, "seq": self.seq}[token]

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name == "scope" or name not in self.scope:
            raise AttributeError(name)
        return self.scope[name]
