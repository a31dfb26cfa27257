"""NumberColumns (编号各部分列): what the numbers of a column tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.facts import Facts
from qms_service.numbering.dates import DATES

Ints = NDArray[np.int64]
REASONS: Final = ("number-form", "number-zero", "number-date", "number-text", "number-missing")


@attrs.frozen(kw_only=True, eq=False)
class NumberColumns:
    """What each number of a column tells (编号各部分列), −1 where a row tells nothing.

    Each token is there by name too, `columns["Q"]` or `columns["plant"]`; of a scope the texts, else None.

    Args:
        seq: The serials.
        on: The business dates where the texts show them whole, else the first dates that show the same; NaT.
        period, periods: For each row the place of its counter's period among these.
        scope, scopes: For each row the place of the values of its scope among these.
        spelling, spellings: For each row the place of the pattern by which it was read: the series' own is the first.
        reason, reasons: For each row that is no number of the series the place of the error's code among these.
        names: The names of the scope.
        shown: For each of the patterns its date tokens.
        fiscal_year_start: The month with which the fiscal year starts.

    >>> from qms_service.numbering import NumberSeries
    >>> series = NumberSeries(id="rma", pattern="{plant}-{YYYY}Q{Q}-{seq:03}", reset="quarter", timezone="UTC")
    >>> found = series.parse_many(["S1-2026Q3-017", "S1-2026Q5-001", None])
    >>> found.seq.tolist(), found["Q"].tolist(), found["plant"].tolist()
    ([17, -1, -1], [3, -1, -1], ['S1', None, None])
    >>> found.periods, [found.reasons[place] for place in found.reason[1:]]
    (('2026-Q3',), ['number-date', 'number-missing'])
    """

    seq: Ints
    on: NDArray[np.datetime64]
    period: NDArray[np.int32]
    periods: tuple[str, ...]
    scope: NDArray[np.int32]
    scopes: tuple[Facts, ...]
    spelling: NDArray[np.int32]
    spellings: tuple[str, ...]
    reason: NDArray[np.int32]
    reasons: tuple[str, ...] = REASONS
    names: tuple[str, ...]
    shown: tuple[tuple[str, ...], ...]
    fiscal_year_start: int

    def __len__(self) -> int:
        return self.seq.size

    @cached_property
    def year(self) -> Ints:
        """The years; −1 where a text shows none."""
        return self._of_days(lambda on: on.year, "YYYY", "YY")

    @cached_property
    def month(self) -> Ints:
        """The months; −1 where a text shows none."""
        return self["MM"]

    @cached_property
    def day(self) -> Ints:
        """The days of the month; −1 where a text shows none."""
        return self["DD"]

    def __getitem__(self, token: str) -> NDArray[Any]:
        """A part of all numbers by the name of its token."""
        if token == "seq":  # noqa: S105  # no secret
            return self.seq
        if token in DATES:
            return self._of_days(lambda on: DATES[token].value(on, self.fiscal_year_start), token)
        if token not in self.names:
            raise KeyError(token)
        return np.array([*(scope[token] for scope in self.scopes), None], np.object_).take(self.scope)

    def _of_days(self, value: Callable[[date], int], *tokens: str) -> Ints:
        shows = [any(token in dates for token in tokens) for dates in self.shown]
        told = np.array([*shows, False]).take(self.spelling)
        days, place = np.unique(self.on[told], return_inverse=True)
        part = np.full(len(self), -1, np.int64)
        part[told] = np.array([value(day) for day in days.tolist()], np.int64)[place]
        return part
