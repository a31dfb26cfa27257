"""Shortest paths (最短路径): the fewest recorded events by which the gates let a case reach a step.

A search from the opening on, nearest first. Histories in which the gates on the way see the same are one
state; which of them is kept does not matter to what follows. Among equally short paths the one counts whose
steps are all needed (their `when` holds), then that with fewer facts, then that whose events stand first in
the rulebook.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from heapq import heappop, heappush
from itertools import count
from typing import Final

import attrs

from qms_service.authoring.cases.ahead import Ahead, State
from qms_service.authoring.cases.answer import checked
from qms_service.authoring.cases.cone import Cone, cone_of, sights_of_step
from qms_service.authoring.cases.lack import weight
from qms_service.authoring.cases.path import Aim, StepPath, event_at, on_record
from qms_service.cases import Case, Subject
from qms_service.errors import Refused
from qms_service.events import ALWAYS, Condition
from qms_service.facts import Facts
from qms_service.rulebooks import Procedure
from qms_service.rulebooks.letter import FIRST, Letter
from qms_service.rulebooks.model import KindRules

LIMIT: Final = 20_000  # states; beyond, a path is given up
UNNEEDED: Final = 1000  # what a step that nobody asks for weighs, against one fact more
Word = tuple[Letter, ...]


def shortest_paths(procedure: Procedure, kind: str) -> Mapping[str, StepPath | None]:
    """The shortest path to each step of a kind of case; None for a step that cannot be reached.

    Raises:
        UnknownNameError: The edition has no such kind of case.

    >>> from datetime import date
    >>> import qms_service as qms
    >>> paths = shortest_paths(qms.load_rulebook("pcb-maker").on(date(2026, 3, 2)), "complaint")
    >>> [step.event for step in paths["closed"].steps]
    ['forwarded', 'analysed', 'customer_confirmed', 'closed']

    Limits: those of `shortest_path`.
    """
    return {name: shortest_path(procedure, kind, name) for name in procedure.rules.kind(kind).events}


def shortest_path(
    procedure: Procedure,
    kind: str,
    step: str | None = None,
    *,
    when: Condition = ALWAYS,
    there: tuple[str, ...] = (),
) -> StepPath | None:
    """The fewest recorded events by which the gates let a case record a step, or reach some facts.

    Args:
        procedure: The edition.
        kind: The kind of case.
        step: The step that is recorded last; None where any event may be.
        when: The facts that have to be on record then.
        there: The events that have to be on record then.

    Returns:
        The path; None where there is none, or none was found.

    Raises:
        UnknownNameError: The edition has no such kind of case, or no such step.

    Limits: waivers, corrections and concessions are no way; after 20,000 states the search is given up.
    """
    rules = procedure.rules.kind(kind)
    if step is not None:
        procedure.rules.event(rules, step)
    return _Search.of(procedure, rules, Aim(step=step, when=when, there=there)).run()


@attrs.define(eq=False)
class _Search:
    """The search for one aim."""

    procedure: Procedure
    kind: KindRules
    aim: Aim
    cone: Cone
    ahead: Ahead
    _own: dict[str, tuple[int, ...]] = attrs.field(factory=dict, init=False)
    _verdicts: dict[Hashable, int | None] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, procedure: Procedure, kind: KindRules, aim: Aim) -> _Search:
        cone = cone_of(kind, aim, tuple(procedure.rules.departments))
        return cls(procedure, kind, aim, cone, Ahead(kind, aim, cone))

    def run(self) -> StepPath | None:
        order, done = count(), 0
        waiting: list[tuple[int, int, int, int, bool, State, Word]] = []
        best: dict[tuple[State, bool], tuple[int, int]] = {}

        def push(word: Word, state: State, rank: int, *, there: bool) -> None:
            cost = (len(word), rank)
            if (state, there) in best and best[state, there] <= cost:
                return
            best[state, there] = cost
            ahead, heavy = (0, 0) if there else self.ahead.of(state)
            heappush(waiting, (len(word) + ahead, rank + heavy, -len(word), next(order), there, state, word))

        for root in self.cone.roots:
            if self._opens(root):
                push(root, self._after(root), sum(map(weight, root)), there=self._reached(root))
        while waiting and done < LIMIT:
            _, rank, _, _, there, state, word = heappop(waiting)
            if there:
                return _path(self.kind, word)
            rank -= self.ahead.of(state)[1]
            done += 1
            for letter in self.cone.letters:
                cost = self._cost(letter, state, word)
                if cost is not None:
                    grown = (*word, letter)
                    push(grown, self._then(state, letter), rank + cost, there=self._reached(grown))
        return None

    def _after(self, word: Word) -> State:
        state: State = tuple(sight.start for sight in self.cone.sights)
        for letter in word:
            state = self._then(state, letter)
        return state

    def _then(self, state: State, letter: Letter) -> State:
        return tuple(sight.then(seen, letter) for sight, seen in zip(self.cone.sights, state, strict=True))

    def _reached(self, word: Word) -> bool:
        if self.aim.step not in (None, word[-1].event):
            return False
        if not {*self.aim.there} <= {letter.event for letter in word}:
            return False
        return self.aim.when is ALWAYS or self.aim.when.holds(on_record(word).get) is True

    def _opens(self, root: Word) -> bool:
        try:
            self._case(root)
        except Refused:
            return False
        return True

    def _cost(self, letter: Letter, state: State, word: Word) -> int | None:
        """What a step costs besides being one more; None where it is refused."""
        key = (letter, tuple(state[place] for place in self._places(letter.event)))
        if key not in self._verdicts:
            self._verdicts[key] = self._asked(letter, word)
        return self._verdicts[key]

    def _asked(self, letter: Letter, word: Word) -> int | None:
        case = self._case(word)
        event = event_at(letter, FIRST.add(hours=len(word)))
        found = checked(self.procedure, case, event)
        if any(one.refuses for one in found):
            return None
        rule = self.procedure.rules.event(self.kind, letter.event)
        needed = not found and rule.when.holds(case.timeline().fact)
        return weight(letter) + (0 if needed else UNNEEDED)

    def _places(self, event: str) -> tuple[int, ...]:
        """Where in a state the values stand that decide on a step."""
        if event not in self._own:
            mine = set(sights_of_step(self.kind, self.procedure.rules.event(self.kind, event)))
            self._own[event] = tuple(place for place, one in enumerate(self.cone.sights) if one in mine)
        return self._own[event]

    def _case(self, word: Word) -> Case:
        subject, *letters = word
        opened = Subject(self.kind.kind, number="1", opened_at=FIRST, facts=Facts(subject.facts))
        events = [event_at(one, FIRST.add(hours=n), n + 1) for n, one in enumerate(letters)]
        return self.procedure.adopt(opened, events)


def _path(kind: KindRules, word: Word) -> StepPath:
    subject, opening, *steps = word
    return StepPath(kind=kind.kind, subject=Facts(subject.facts), opening=opening, steps=tuple(steps))
