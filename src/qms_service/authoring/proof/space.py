"""Space (状态空间): what can be seen of a history, and the letters that change it; nothing else is walked.

Why it is sound to leave out the rest (the cone of influence): whether a step may be recorded depends on what
its gates see, and what an invariant says on what it names. An event that none of these sees changes neither,
so that a history with it and the same history without it answer alike. `closed` is walked only where a gate
sees it, since `withdrawn`, which no gate hinders, opens the way to the next cycle as well. Links and dates
agreed, pauses and extensions are left out: no gate sees these, and a link only ever keeps a gate shut.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import product

import attrs

from qms_service.authoring.proof.invariant import Invariant
from qms_service.authoring.proof.sights import sights_of_invariant
from qms_service.rulebooks.letter import LAST_DAY, Letter, another, letters_of
from qms_service.rulebooks.machine import REOPENED, Read, Sight
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.sight import Open, Waived, sights_of

State = tuple[Hashable, ...]
SYSTEM = ("withdrawn", REOPENED)


@attrs.frozen(kw_only=True)
class Space:
    """The sights of some steps and an invariant.

    Args:
        sights: What is seen; a state has one value for each.
        letters: The letters that change it, the steps in the order of the rulebook.
        edits: The corrections that change it, where no fact that is seen gets another value.
        last: The letters of the step that the invariant is about.
        roots: The ways in which a case can open: its subject, its opening event.
        reads: The facts of each event that are seen.
    """

    sights: tuple[Sight, ...]
    letters: tuple[Letter, ...]
    edits: tuple[Letter, ...]
    last: tuple[Letter, ...]
    roots: tuple[tuple[Letter, Letter], ...]
    reads: Mapping[str, frozenset[str]]
    _touched: Mapping[str, tuple[int, ...]] = attrs.field(init=False, eq=False, repr=False)

    @_touched.default
    def _by_event(self) -> Mapping[str, tuple[int, ...]]:
        every = tuple(range(len(self.sights)))
        names = {name for sight in self.sights for name in sight.events}
        touched = {name: tuple(i for i in every if name in self.sights[i].events) for name in names}
        return {**touched, REOPENED: every}

    def then(self, state: State, letter: Letter) -> State:
        """The state after one more event."""
        seen = list(state)
        for index in self._touched.get(letter.event, ()):
            seen[index] = self.sights[index].then(seen[index], letter)
        return tuple(seen)

    def after(self, word: Iterable[Letter]) -> State:
        """The state after a whole history."""
        state: State = tuple(sight.start for sight in self.sights)
        for letter in word:
            state = self.then(state, letter)
        return state

    def places(self, sights: Iterable[Sight]) -> tuple[int, ...]:
        """Where the values of some of the sights stand in a state, in the order of these sights.

        One step's sights are in one order in every space, so that answers are kept from one to the next.
        """
        return tuple(self.sights.index(sight) for sight in dict.fromkeys(sights))


def space_of_gate(kind: KindRules, invariant: Invariant, departments: tuple[str, ...]) -> Space:
    """What the gate of the invariant's step sees, and the invariant."""
    sights = dict.fromkeys((*sights_of(kind.events[invariant.never]), *sights_of_invariant(invariant)))
    return _space(kind, invariant, tuple(sights), departments)


def space_of_walk(kind: KindRules, invariant: Invariant, departments: tuple[str, ...]) -> Space:
    """The same with what the gates of the steps before it see, and of those before these."""
    sights: dict[Sight, None] = dict.fromkeys(sights_of_invariant(invariant))
    waiting, done = [invariant.never], set[str]()
    while waiting:
        name = waiting.pop()
        done.add(name)
        if name in kind.events:
            sights |= dict.fromkeys(sights_of(kind.events[name]))
        waiting = sorted(
            {event for sight in sights if not isinstance(sight, Open) for event in sight.events} - done
        )
    return _space(kind, invariant, tuple(sights), departments)


def _space(
    kind: KindRules, invariant: Invariant, sights: tuple[Sight, ...], departments: tuple[str, ...]
) -> Space:
    reads = tuple(read for sight in sights for read in sight.reads)
    spare = max([sight.spare for sight in sights] or [1])

    def letters(rule: EventRule) -> tuple[Letter, ...]:
        return tuple(letters_of(rule, _reads_of(rule.name, reads), departments, spare))

    seen = {event for sight in sights if not isinstance(sight, Open) for event in sight.events}
    walked = [letter for name, rule in kind.events.items() if name in seen for letter in letters(rule)]
    floors = {name for sight in sights for name in sight.floors} & kind.events.keys()
    keeps = any(sight.floors and sight.keeps for sight in sights)
    waivers = [_waiver(sight.gate) for sight in sights if isinstance(sight, Waived)]
    return Space(
        sights=sights,
        letters=(*walked, *waivers, *(Letter(name) for name in SYSTEM)),
        edits=tuple(
            attrs.evolve(letter, edited=when)
            for letter in walked
            for when in (("here", "before") if keeps else ("here",))
            if letter.event in floors and another(kind.events[letter.event], letter)
        ),
        last=letters(kind.events[invariant.never]),
        roots=tuple(product(letters(kind.subject_rule), letters(kind.events[kind.opening]))),
        reads={name: frozenset(fact for fact, _ in _reads_of(name, reads)) for name in seen},
    )


def _reads_of(event: str, reads: Iterable[Read]) -> list[tuple[str, tuple[object, ...]]]:
    return [(fact, values) for name, fact, values in reads if name == event]


def _waiver(gate: str) -> Letter:
    facts = {"gate": gate, "reason": "waived", "owner": "waived", "expires_on": LAST_DAY}
    return Letter("waived", tuple(facts.items()))
