"""Edit: a correction after which an event reads otherwise, so that what it was approved by has to come anew.

In a word it is a letter of its own, `edited`, behind the letter that it changes; that one has its last facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import attrs

from qms_service.rulebooks.letter import Letter, another
from qms_service.rulebooks.machine import REOPENED
from qms_service.rulebooks.model import EventRule

Word = tuple[tuple[int, Letter], ...]


def place_of(word: Sequence[Letter], edit: Letter) -> int | None:
    """Which letter of a word an edit at its end changes: the last one that reads so, of the cycle or before it."""
    reopened = max((n for n, one in enumerate(word) if one.event == REOPENED), default=0)
    found = (n for n, one in enumerate(word) if one == attrs.evolve(edit, edited=""))
    return max((n for n in found if (n >= reopened) is (edit.edited == "here")), default=None)


def with_edit(word: Word, number: int) -> Word:
    """The word with a correction of the event of a number behind it."""
    letter = next(letter for at, letter in word if at == number)
    return labelled((*word, (number, attrs.evolve(letter, edited="here"))))


def labelled(word: Word) -> Word:
    """The word with each edit told as one of the cycle, or of a cycle before, as it now stands there."""
    cycle: list[int] = []
    found = []
    for number, letter in word:
        if letter.event == REOPENED:
            cycle = []
        if letter.edited:
            letter = attrs.evolve(letter, edited="here" if number in cycle else "before")  # noqa: PLW2901  # the same edit
        else:
            cycle.append(number)
        found.append((number, letter))
    return tuple(found)


def written(
    letters: Sequence[Letter], rules: Mapping[str, EventRule]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Each letter as it is written: its event with the facts, of an edit the correction.

    Of several corrections each brings the other of two values, so that the last brings the one that counts.
    """
    edits: dict[int, list[int]] = {}
    for n, letter in enumerate(letters):
        of = place_of(letters[:n], letter) if letter.edited else None
        if of is not None:
            edits.setdefault(of, [of]).append(n)
    brought = {
        n: (of, fact) for of, lines in edits.items() for n, fact in _brought(letters[of], lines, rules)
    }
    for n, letter in enumerate(letters):
        of, facts = brought.get(n, (n, {}))
        if letter.edited:
            yield "corrected", {"of": of + 1, "reason": "correction", "facts": facts}
        else:
            yield letter.event, {**dict(letter.facts), **facts}


def _brought(
    letter: Letter, lines: Sequence[int], rules: Mapping[str, EventRule]
) -> Iterator[tuple[int, dict[str, object]]]:
    """What the event and each of its corrections say of one fact, from the last backwards."""
    # An edit is one of an event that can say something else: else no correction changes it.
    fact, other = cast("tuple[str, object]", another(rules[letter.event], letter))
    for back, n in enumerate(reversed(lines)):
        yield n, {fact: other if back % 2 else letter.value(fact)}
