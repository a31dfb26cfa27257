"""The runs of a clock over columns in which a case is a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.caps import capped
from qms_service.deadlines.batch.figures import Ground
from qms_service.deadlines.batch.kinds import FAR, NAT, Bools
from qms_service.deadlines.batch.outcomes import Verdicts
from qms_service.deadlines.batch.places import Places, earliest
from qms_service.deadlines.batch.rows import WideRows
from qms_service.deadlines.batch.runs import ENDINGS, Runs
from qms_service.deadlines.batch.stretches import Stretches
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.pause import PauseRule
from qms_service.events import Selector, Selectors
from qms_service.worktime.wall import BEGIN

_ASKED: Final = ("reopened", "corrected")
_BY_HAND: Final = (("paused",), ("resumed",))


class Wide:
    """The events of rows at a moment; each column is read once for all clocks."""

    def __init__(self, rows: WideRows, ground: Ground, verdicts: Verdicts) -> None:
        self.rows = rows
        self._verdicts = verdicts
        self._ground = ground
        self._seen: dict[str, Places] = {}
        self._order = {name: order for order, name in enumerate(rows.events)}
        self.odd = self._odd()

    def runs(self, clock: Clock, rules: Iterable[PauseRule]) -> Runs:
        """Where a clock ran."""
        start = earliest(self._matches(clock.start), self.rows.size)
        stop = earliest(_not_before(start, self._matches(clock.stop)), self.rows.size)
        pauses, odd = self._pauses(rules)
        return Runs(
            start=start.at, stop=stop.at, ended=self._ended(start, stop), pauses=pauses, odd=self.odd | odd
        )

    def _event(self, name: str) -> Places | None:
        """The event of that name in each row, where the rows have it at all."""
        if name not in self._order:
            return None
        if name not in self._seen:
            at = self.rows.events[name]
            seen = Places(at=at, order=self._order[name]).where((at != NAT) & (at <= self._ground.now))
            self._seen[name] = seen
        return self._seen[name]

    def _odd(self) -> Bools:
        """Rows that are asked: those with more than one cycle, and those before the years of calendars."""
        odd = np.zeros(self.rows.size, np.bool_)
        for name in self._order:
            seen = self._event(name)
            if seen is not None and name in _ASKED:
                odd |= seen.at != FAR
            elif seen is not None and seen.at.min(initial=FAR) < BEGIN:
                odd |= seen.at < BEGIN
        return odd

    def _matches(self, choices: Selectors) -> Iterator[Places]:
        """The event of each name among the selectors, in the rows in which one of them takes it."""
        for name in dict.fromkeys(choice.event for choice in choices):
            event = self._event(name)
            if event is None:
                continue
            own = [choice for choice in choices if choice.event == name]
            if any(not (choice.where or choice.after) for choice in own):
                yield event
            else:
                taken = np.zeros(self.rows.size, np.bool_)
                for choice in own:
                    taken |= self._takes(choice, event)
                yield event.where(taken)

    def _takes(self, choice: Selector, event: Places) -> Bools:
        taken: Bools = event.at != FAR
        if choice.where:
            taken &= self._verdicts.of(choice)[self.rows.of]
        floor = self._event(choice.after) if choice.after else None
        if floor is not None:
            taken &= (floor.at == FAR) | floor.before(event)
        return taken

    def _ended(self, start: Places, stop: Places) -> NDArray[np.uint8]:
        """The first closing or withdrawal after the start, where it came before the stop."""
        ended = np.zeros(self.rows.size, np.uint8)
        endings = [(code, event) for code, name in enumerate(ENDINGS, 1) if (event := self._event(name))]
        first = earliest([event.where(start.before(event)) for _, event in endings], self.rows.size)
        before = first.before(stop)
        for code, event in endings:
            ended[before & np.equal(first.order, event.order)] = code
        return ended

    def _pauses(self, rules: Iterable[PauseRule]) -> tuple[Stretches, Bools]:
        """The pauses by rule and by hand; and the rows of which a cap cannot be told."""
        parts, odd = [], np.zeros(self.rows.size, np.bool_)
        for rule in rules:
            pauses = self._paired(list(self._matches(rule.starts)), list(self._matches(rule.ends)))
            if rule.at_most is not None:
                pauses, unknown = capped(pauses, rule.at_most, self._ground)
                odd[unknown] = True
            parts.append(pauses)
        by_hand = [[event for name in names if (event := self._event(name))] for names in _BY_HAND]
        parts += [self._paired(*by_hand), *self._given()]
        return Stretches.together(parts), odd

    def _given(self) -> Iterator[Stretches]:
        """The pauses beside the events; an end that lies ahead has not come."""
        now = self._ground.now
        for begin, end in self.rows.pauses:
            begun, ended = (begin != NAT) & (begin <= now), (end != NAT) & (end <= now)
            yield Stretches.of(np.where(begun, begin, FAR), np.where(ended, end, FAR))

    def _paired(self, begins: list[Places], ends: list[Places]) -> Stretches:
        """Each beginning with the first ending after it; a beginning inside a pause begins nothing new."""
        size, parts = self.rows.size, []
        over: Places | None = None
        for _ in begins:
            own = begins if over is None else [event.where(~event.before(over)) for event in begins]
            begin = earliest(own, size)
            over = earliest([event.where(begin.before(event)) for event in ends], size)
            parts.append(Stretches.of(begin.at, over.at))
        return Stretches.together(parts)


def _not_before(start: Places, choices: Iterable[Places]) -> Iterator[Places]:
    """What happened not before the start and is not that event itself."""
    for event in choices:
        late_enough = event.at >= start.at
        if not isinstance(start.order, int) or start.order == event.order:
            late_enough &= np.not_equal(start.order, event.order)
        yield event.where(late_enough)
