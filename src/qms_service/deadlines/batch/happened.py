"""Happened: the events of many cases at a moment, found by name, selector and cycle."""

from __future__ import annotations

from typing import Final, Self

import attrs
import numpy as np

from qms_service.deadlines.batch.kinds import FAR, NAT, Bools, Indexes, Ints
from qms_service.deadlines.batch.outcomes import Verdicts
from qms_service.deadlines.batch.rows import LogRows
from qms_service.events import Selector, Selectors
from qms_service.instants import Micros

REOPENED: Final = "reopened"
_NEVER: Final = int(np.iinfo(np.intp).max)


@attrs.frozen(kw_only=True, eq=False)
class Window:
    """What is seen of each case: the events from `low` on and before `high`.

    Args:
        low: Where the cycle begins, that the window shows; a selector that keeps sees what came before, too.
        high: Before which event it ends.
        reopenings: Whether the reopenings themselves are seen.
    """

    low: Indexes | int = -1
    high: Indexes | int = _NEVER
    reopenings: bool = True


class Happened:
    """The events of cases. One goes by its index, and of two in a case the lower is the earlier.

    What a case does not have is `none`, the index after the last of all.
    """

    def __init__(self, rows: LogRows, verdicts: Verdicts) -> None:
        self.size = rows.size
        self.case = rows.case
        self.at: Ints = np.append(rows.at, FAR)
        self.none = self.case.size
        self._rows, self._verdicts = rows, verdicts
        self._codes = {name: code for code, name in enumerate(rows.names)}
        self._found: dict[str, Indexes] = {}

    @classmethod
    def until(cls, now: Micros, rows: LogRows, verdicts: Verdicts) -> Self:
        """What has happened at a moment."""
        return cls(rows.where((rows.at != NAT) & (rows.at <= now)), verdicts)

    def of_cases(self, chosen: Bools) -> tuple[Happened, Indexes]:
        """The events of some cases, which are numbered anew; and the index that each had, with `none` at last."""
        kept = chosen[self.case]
        rows = self._rows.where(kept)
        part = attrs.evolve(
            rows, case=(np.cumsum(chosen) - 1)[rows.case], of=rows.of[chosen], odd=rows.odd[chosen]
        )
        return Happened(part, self._verdicts), np.append(np.flatnonzero(kept), self.none)

    def all(self, name: str) -> Indexes:
        """The events of a name."""
        if name not in self._found:
            self._found[name] = np.flatnonzero(self._rows.name == self._codes.get(name, -1))
        return self._found[name]

    def first(self, index: Indexes) -> Indexes:
        """The first of some events in each case."""
        first = np.full(self.size, self.none, np.intp)
        first[self.case[index[::-1]]] = index[::-1]
        return first

    def last(self, index: Indexes) -> Indexes:
        """The last of some events in each case; -1 where it has none."""
        last = np.full(self.size, -1, np.intp)
        last[self.case[index]] = index
        return last

    def matches(self, choices: Selectors, window: Window) -> Indexes:
        """The events in the window that one of the selectors takes, in order."""
        found = [self._taken(choice, window) for choice in choices]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def within(self, name: str, window: Window, *, keeps: bool = False) -> Indexes:
        """The events of a name that the window shows."""
        index = self.all(name)
        if name == REOPENED and not window.reopenings:
            return index[:0]
        if not (isinstance(window.low, int) or keeps):
            index = index[index >= window.low[self.case[index]]]
        if not isinstance(window.high, int):
            index = index[index < window.high[self.case[index]]]
        return index

    def _taken(self, choice: Selector, window: Window) -> Indexes:
        index = self.within(choice.event, window, keeps=choice.keeps)
        if choice.where:
            index = index[self._verdicts.of(choice)[self._rows.of[self.case[index]]]]
        if choice.after:
            floor = self.last(self.within(choice.after, window, keeps=choice.keeps))
            index = index[index > floor[self.case[index]]]
        return index
