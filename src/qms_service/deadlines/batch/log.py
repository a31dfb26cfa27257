"""The runs of a clock over columns in which an event is a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.caps import capped
from qms_service.deadlines.batch.figures import Ground
from qms_service.deadlines.batch.kinds import FAR, NAT, Bools, Indexes
from qms_service.deadlines.batch.outcomes import Verdicts
from qms_service.deadlines.batch.pairs import paired
from qms_service.deadlines.batch.rows import LogRows
from qms_service.deadlines.batch.runs import ENDINGS, Runs
from qms_service.deadlines.batch.stretches import Stretches
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.pause import PauseRule
from qms_service.events import ALWAYS, Selector, Selectors, selectors
from qms_service.worktime import Term, Urgency
from qms_service.worktime.wall import BEGIN

_PAUSED: Final = selectors("paused")
_RESUMED: Final = selectors("resumed")


class Log:
    """The events of cases at a moment.

    An event goes by its index, the lower of two in a case being the earlier; what a case does not have is the index
    after the last of all.
    """

    def __init__(self, rows: LogRows, ground: Ground, verdicts: Verdicts) -> None:
        self.rows = rows
        self._ground = ground
        self._verdicts = verdicts
        seen = (rows.at != NAT) & (rows.at <= ground.now)
        self._case, self._name = rows.case[seen], rows.name[seen]
        self._at = np.append(rows.at[seen], FAR)
        self._codes = {name: code for code, name in enumerate(rows.names)}
        self._found: dict[str, Indexes] = {}
        self._cycle = self._last(self._all("reopened"))
        self._reopened = self._cycle >= 0
        self.odd = rows.odd.copy()
        self.odd[self._case[self._all("corrected")]] = True
        self.odd[self._case[self._at[:-1] < BEGIN]] = True

    def runs(self, clock: Clock, rules: Sequence[PauseRule]) -> Runs:
        """Where a clock ran; in a case that was reopened, since then."""
        start = self._first(self._matches(clock.start, clock))
        if not clock.keeps and clock.on_reopen == "restart":
            start = np.where(self._ran_before(clock), self._cycle, start)
        begun, stops = self._at[start], self._matches(clock.stop, clock)
        case = self._case[stops]
        stop = self._first(stops[(self._at[stops] >= begun[case]) & (stops != start[case])])
        pauses, odd = self._pauses(clock, rules)
        if self._reopened.any() and _is_asked_again(clock, rules):
            odd |= self._reopened
        return Runs(
            start=begun,
            stop=self._at[stop],
            ended=self._ended(start, stop),
            pauses=pauses,
            odd=self.odd | odd,
        )

    def _all(self, name: str) -> Indexes:
        """The events of a name."""
        if name not in self._found:
            self._found[name] = np.flatnonzero(self._name == self._codes.get(name, -1))
        return self._found[name]

    def _first(self, index: Indexes) -> Indexes:
        """The first of some events in each case."""
        first = np.full(self.rows.size, self._case.size, np.intp)
        first[self._case[index[::-1]]] = index[::-1]
        return first

    def _last(self, index: Indexes) -> Indexes:
        """The last of some events in each case; -1 where it has none."""
        last = np.full(self.rows.size, -1, np.intp)
        last[self._case[index]] = index
        return last

    def _matches(self, choices: Selectors, clock: Clock | None) -> Indexes:
        """The events that some of the selectors take, in order; those of the current cycle, as the clock sees it."""
        found = [self._taken(choice, clock) for choice in choices]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _taken(self, choice: Selector, clock: Clock | None) -> Indexes:
        index = self._within(choice.event, clock, keeps=choice.keeps)
        if choice.where:
            index = index[self._verdicts.of(choice)[self.rows.of[self._case[index]]]]
        if choice.after:
            floor = self._last(self._within(choice.after, clock, keeps=choice.keeps))
            index = index[index > floor[self._case[index]]]
        return index

    def _within(self, name: str, clock: Clock | None, *, keeps: bool) -> Indexes:
        """The events of a name that a selector sees; all cycles are one to a clock that keeps."""
        index = self._all(name)
        if clock is not None and clock.keeps:
            return index[:0] if name == "reopened" else index
        return index if keeps or clock is None else self._here(index)

    def _here(self, index: Indexes) -> Indexes:
        """Those of the current cycle."""
        return index[index >= self._cycle[self._case[index]]] if self._reopened.any() else index

    def _ran_before(self, clock: Clock) -> Bools:
        """The reopened cases in which a clock had started in an earlier cycle."""
        ran = np.zeros(self.rows.size, np.bool_)
        begun = self._matches(clock.start, None)
        ran[self._case[begun[begun < self._cycle[self._case[begun]]]]] = True
        return ran

    def _ended(self, start: Indexes, stop: Indexes) -> NDArray[np.uint8]:
        """The first closing or withdrawal of the cycle after the start, where it came before the stop."""
        ended = np.zeros(self.rows.size, np.uint8)
        first = np.full(self.rows.size, self._case.size, np.intp)
        for code, name in enumerate(ENDINGS, 1):
            index = self._here(self._all(name))
            own = self._first(index[index > start[self._case[index]]])
            ended[(own < first) & (own < stop)] = code
            first = np.minimum(first, own)
        return ended

    def _pauses(self, clock: Clock, rules: Iterable[PauseRule]) -> tuple[Stretches, Bools]:
        """The pauses by rule and by hand; and the cases of which a cap cannot be told."""
        parts, odd = [self._paired(_PAUSED, _RESUMED, clock)], np.zeros(self.rows.size, np.bool_)
        for rule in rules:
            pauses = self._paired(rule.starts, rule.ends, clock)
            if rule.at_most is not None:
                pauses, unknown = capped(pauses, rule.at_most, self._ground)
                odd[unknown] = True
            parts.append(pauses)
        return Stretches.together(parts), odd

    def _paired(self, begins: Selectors, ends: Selectors, clock: Clock) -> Stretches:
        begin, over = paired(self._matches(begins, clock), self._matches(ends, clock), self._case)
        return Stretches(row=self._case[begin], begin=self._at[begin], over=self._at[over])


def _is_asked_again(clock: Clock, rules: Iterable[PauseRule]) -> bool:
    """Whether a reopened case is asked: of a clock that goes on or reads facts, which hold in their own cycle."""
    chosen = [*clock.start, *clock.stop]
    chosen += [choice for rule in rules for choice in (*rule.starts, *rule.ends)]
    goes_on = not clock.keeps and (
        clock.on_reopen == "resume"
        or (clock.on_reopen == "restart" and any(one.after for one in clock.start))
    )
    reads = clock.when != ALWAYS or not isinstance(clock.within, Term | Urgency)
    return goes_on or reads or any(one.where for one in chosen)
