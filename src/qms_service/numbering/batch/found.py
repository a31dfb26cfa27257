"""Found (读出): the rows that one spelling takes apart, and what each distinct date and scope of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.facts import Facts
from qms_service.instants import EPOCH_DAY, NAT
from qms_service.numbering.batch.columns import Ints
from qms_service.numbering.batch.layout import Layout, Scope
from qms_service.numbering.dates import Shown

if TYPE_CHECKING:
    from qms_service.numbering.series import NumberSeries

Dated = tuple[int, int]  # a day and the place of its period; NAT and −1 where no number can be
Rows = NDArray[np.intp]
_NO_DATE: Dated = (NAT, -1)


@attrs.frozen(kw_only=True, eq=False)
class Found:
    """Rows with a serial, a day, the place of its period and that of the scope."""

    rows: Rows
    seq: Ints
    day: Ints
    period: Ints
    scope: Ints


@attrs.frozen(eq=False)
class Distinct:
    """The dates, periods and scopes that occur, each worked out once."""

    series: NumberSeries
    periods: dict[str, int] = attrs.field(init=False, factory=dict)
    scopes: dict[Facts, int] = attrs.field(init=False, factory=dict)
    _dated: dict[Shown, Dated] = attrs.field(init=False, factory=dict)
    _dated_as: dict[tuple[int, str], Dated] = attrs.field(init=False, factory=dict)

    def dated(self, shown: Shown) -> Dated:
        """The first date that shows this, where the series can write it."""
        found = self._dated.get(shown)
        if found is None:
            on = self.series.date_showing(shown)
            found = _NO_DATE
            if on is not None:
                period = self.series.period(on)
                found = on.toordinal() - EPOCH_DAY, self.periods.setdefault(period, len(self.periods))
            self._dated[shown] = found
        return found

    def dated_as(self, number: int, layout: Layout) -> Dated:
        """The same by what a layout reads."""
        key = number, layout.pattern
        found = self._dated_as.get(key)
        if found is None:
            found = self._dated_as[key] = self.dated(layout.shown(number))
        return found

    def scope(self, scope: Scope) -> int:
        """The place of a scope."""
        return self.scopes.setdefault(Facts(scope), len(self.scopes))
