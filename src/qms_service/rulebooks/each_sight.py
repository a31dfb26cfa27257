"""What is seen of gates that ask for one event for each of several values."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Final, cast

import attrs

from qms_service.events import Selector
from qms_service.events.condition import among
from qms_service.rulebooks.each_of import values_in
from qms_service.rulebooks.letter import Letter
from qms_service.rulebooks.machine import Read, Sight, settle

TWO: Final = 2  # of the values that no rule names, two show what one cannot


@attrs.frozen
class Answered(Sight):
    """For which values the last event that carries it is as a selector asks."""

    selector: Selector
    match: str
    named: tuple[object, ...] = ()

    def __attrs_post_init__(self) -> None:
        after = self.selector.after
        settle(
            self,
            events=(self.selector.event, *([after] if after else ())),
            floors=(after,) if after else (),
            reads=(*_reads(self.selector), (self.selector.event, self.match, self.named)),
            start=frozenset(),
            spare=TWO,
        )

    def met(self, seen: Hashable, letter: Letter) -> Hashable:
        """With the values that this event carries, or without them; without any, where all have to come anew."""
        if letter.event == self.selector.after:
            return self.start
        values = frozenset(values_in(letter.value(self.match)))
        answered = cast("frozenset[object]", seen)
        return answered | values if _fits(self.selector, letter) else answered - values


@attrs.frozen
class Item(Sight):
    """Which values any event of a name lists, and by which selectors each was answered since."""

    event: str
    fact: str
    selectors: tuple[Selector, ...]
    match: str
    named: tuple[object, ...] = ()

    def __attrs_post_init__(self) -> None:
        after = tuple(one.after for one in self.selectors if one.after)
        matched = ((one.event, self.match, self.named) for one in self.selectors)
        settle(
            self,
            events=tuple(dict.fromkeys((self.event, *(one.event for one in self.selectors), *after))),
            floors=(self.event, *after),
            reads=(
                (self.event, self.fact, self.named),
                *(read for one in self.selectors for read in _reads(one)),
                *matched,
            ),
            start=None,
            spare=TWO,
        )

    def met(self, seen: Hashable, letter: Letter) -> Hashable:
        """After an event that lists values, answers some, or asks for all answers anew."""
        items = self._unanswered(_items(seen), letter.event)
        for place, selector in enumerate(self.selectors):
            if selector.event == letter.event != selector.after:
                for value in values_in(letter.value(self.match)):
                    if value in items:
                        marks = items[value]
                        items[value] = (*marks[:place], _fits(selector, letter), *marks[place + 1 :])
        if letter.event != self.event or letter.value(self.fact) is None:
            return seen if seen is None else frozenset(items.items())
        open_again = dict.fromkeys(values_in(letter.value(self.fact)), (False,) * len(self.selectors))
        return frozenset((items | open_again).items())

    def changed(self, seen: Hashable, letter: Letter) -> Hashable:
        """After a correction of an event that lists values, or of one that answers must follow."""
        if seen is None:
            return None
        items = self._unanswered(_items(seen), letter.event)
        if letter.event == self.event:
            listed = (value for value in values_in(letter.value(self.fact)) if value in items)
            items |= dict.fromkeys(listed, (False,) * len(self.selectors))
        return frozenset(items.items())

    def _unanswered(
        self, items: Mapping[object, tuple[bool, ...]], event: str
    ) -> dict[object, tuple[bool, ...]]:
        """Without the answers that have to come after an event of this name."""
        stays = [one.after != event for one in self.selectors]
        return {
            value: tuple(mark and stay for mark, stay in zip(marks, stays, strict=True))
            for value, marks in items.items()
        }


def _items(seen: Hashable) -> Mapping[object, tuple[bool, ...]]:
    return {} if seen is None else dict(cast("frozenset[tuple[object, tuple[bool, ...]]]", seen))


def _reads(selector: Selector) -> Iterator[Read]:
    return ((selector.event, *test) for test in selector.where)


def _fits(selector: Selector, letter: Letter) -> bool:
    return all(among(letter.value(name), allowed) for name, allowed in selector.where)
