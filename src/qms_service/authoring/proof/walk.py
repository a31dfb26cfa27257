"""Walk: goes through the states of a space, breadth first, until one lets the invariant be broken."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator

import attrs

from qms_service.authoring.proof.edit import Word, labelled, place_of, with_edit
from qms_service.authoring.proof.inquiry import Entry, Inquiry
from qms_service.authoring.proof.invariant import Invariant
from qms_service.authoring.proof.sights import sights_of_invariant
from qms_service.authoring.proof.space import Space, State
from qms_service.rulebooks.letter import Letter, another
from qms_service.rulebooks.model import EventRule
from qms_service.rulebooks.sight import sights_of

Root = tuple[Letter, Letter]


@attrs.frozen(kw_only=True)
class Node:
    """A history: how the case opened, what was written since, and what of that is in force.

    Args:
        root: The subject and the opening event.
        entries: The lines written after the opening.
        word: The events in force, each with its number in the history, and behind them the corrections after
            which one reads otherwise, each with the number of that one.
        state: What is seen of it.
    """

    root: Root
    entries: tuple[Entry, ...] = ()
    word: Word = ()
    state: State

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The events in force, from the subject on."""
        return (*self.root, *(letter for _, letter in self.word))


@attrs.frozen(kw_only=True)
class Walked:
    """What a walk found: the history that breaks the invariant, if any, and how many states it saw."""

    broken: Node | None = None
    states: int
    whole: bool


@attrs.frozen(kw_only=True, eq=False)
class Walk:
    """The walk through a space.

    Args:
        space: What is seen, and the letters.
        inquiry: Who is asked.
        invariant: What must not happen.
        gates: Whether a step waits for its gates; else any history whatever is walked.
        concessions: Whether a step may be recorded against a gate that yields.
        corrections: Whether what is written may be struck out or changed.
        limit: After how many states to give up.
    """

    space: Space
    inquiry: Inquiry
    invariant: Invariant
    gates: bool = True
    concessions: bool = False
    corrections: bool = False
    limit: int
    _own: dict[str, tuple[int, ...]] = attrs.field(factory=dict, init=False, repr=False)
    _named: tuple[int, ...] = attrs.field(init=False, repr=False)
    _broken: dict[Hashable, bool] = attrs.field(factory=dict, init=False, repr=False)

    @_named.default
    def _named_by_the_invariant(self) -> tuple[int, ...]:
        return self.space.places(sights_of_invariant(self.invariant))

    def run(self) -> Walked:
        """Goes from state to state until the invariant is broken, all are seen, or there are too many."""
        roots = [Node(root=root, state=self.space.after(root)) for root in self.space.roots]
        seen = {root.state: root for root in roots}
        waiting = deque(seen.values())
        while waiting:
            node = waiting.popleft()
            broken = next(self._breaking(node), None)
            if broken is not None:
                return Walked(broken=broken, states=len(seen), whole=False)
            for following in self._following(node, seen.__contains__):
                seen[following.state] = following
                waiting.append(following)
            if len(seen) > self.limit:
                return Walked(states=len(seen), whole=False)
        return Walked(states=len(seen), whole=True)

    def _breaking(self, node: Node) -> Iterator[Node]:
        """The histories in which the step is recorded next, and must not be."""
        for letter in self.space.last:
            verdict = self._verdict(node, letter)
            allowed = verdict == "free" or (verdict == "conceded" and self.concessions)
            if allowed and self._breaks(node, letter):
                yield self._with(node, letter, node.state, despite=verdict == "conceded")

    def _breaks(self, node: Node, letter: Letter) -> bool:
        key = (letter, tuple(node.state[place] for place in self._named))
        if key not in self._broken:
            case = self.inquiry.effective((*node.letters, letter))
            self._broken[key] = self.invariant.broken_by(case.history)
        return self._broken[key]

    def _following(self, node: Node, known: Callable[[State], bool]) -> Iterator[Node]:
        for letter in self.space.letters:
            state = self.space.then(node.state, letter)
            if known(state):
                continue
            verdict = self._verdict(node, letter) if self.gates else "free"
            if verdict == "free" or (verdict == "conceded" and self.concessions):
                yield self._with(node, letter, state, despite=verdict == "conceded")
        if not self.gates:
            yield from (one for one in self._edited(node) if not known(one.state))
        if self.corrections:
            yield from (one for one in self._corrected(node) if not known(one.state))

    def _edited(self, node: Node) -> Iterator[Node]:
        """The histories, possible or not, in which a correction left what is seen of an event as it was."""
        for edit in self.space.edits:
            if place_of(node.letters[1:], edit) is not None:
                yield self._with(node, edit, self.space.then(node.state, edit), despite=False)

    def _verdict(self, node: Node, letter: Letter) -> str:
        seen = tuple(node.state[place] for place in self._places(letter.event))
        return self.inquiry.verdict(letter, seen, node.letters)

    def _places(self, event: str) -> tuple[int, ...]:
        """Where the values stand that the gates of a step see."""
        if event not in self._own:
            self._own[event] = self.space.places(sights_of(self._rule(event)))
        return self._own[event]

    def _rule(self, event: str) -> EventRule:
        rules = self.inquiry.procedure.rules
        return rules.event(rules.kind(self.inquiry.kind), event)

    def _with(self, node: Node, letter: Letter, state: State, *, despite: bool) -> Node:
        number = len(node.entries) + 2
        entries = (*node.entries, Entry(letter, despite))
        return attrs.evolve(node, entries=entries, word=(*node.word, (number, letter)), state=state)

    def _corrected(self, node: Node) -> Iterator[Node]:
        """The histories with one event struck out or changed."""
        for index, (number, letter) in enumerate(node.word):
            if letter.edited:
                continue
            before, after = node.word[:index], _without(node.word[index + 1 :], number)
            yield self._mended(node, Entry(letter, of=number, void=True), (*before, *after))
            for other in self.space.letters:
                if other.event == letter.event and other.columns == letter.columns and other != letter:
                    entry = Entry(_change(letter, other), of=number)
                    changed = (*before, (number, other), *after)
                    yield self._mended(node, entry, with_edit(changed, number))
            yield from self._reworded(node, number, letter)

    def _reworded(self, node: Node, number: int, letter: Letter) -> Iterator[Node]:
        """The history with another value of a fact of the event that nothing looks at; once is enough."""
        event, events = letter.event, [one.event for one in self.space.edits]
        if event in events and (number, attrs.evolve(letter, edited="here")) not in node.word:
            found = another(self._rule(event), letter, self.space.reads[event])
            if found is not None:
                entry = Entry(attrs.evolve(letter, facts=(found,)), of=number)
                yield self._mended(node, entry, with_edit(node.word, number))

    def _mended(self, node: Node, entry: Entry, word: Word) -> Node:
        word = labelled(word)
        state = self.space.after((*node.root, *(letter for _, letter in word)))
        return attrs.evolve(node, entries=(*node.entries, entry), word=word, state=state)


def _without(word: Word, number: int) -> Word:
    """The word without the corrections of the event of a number."""
    return tuple((at, letter) for at, letter in word if at != number)


def _change(old: Letter, new: Letter) -> Letter:
    """What a correction brings: the new facts, and None for those that are taken off the record."""
    facts = {**dict.fromkeys(name for name, _ in old.facts), **dict(new.facts)}
    return attrs.evolve(new, facts=tuple(facts.items()))
