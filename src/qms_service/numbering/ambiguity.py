"""Ambiguity (歧义): the texts that two spellings take apart in two ways.

Both spellings read the same text sign by sign, side by side; a text on which they once stood in different parts
has two readings. Which value a date has is not looked at here: who asks compares the readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from math import inf
from random import Random
from typing import Final

import attrs

from qms_service.numbering.dates import DATES
from qms_service.numbering.spelling import Spelling
from qms_service.numbering.token import DIGITS, LETTERS, WIDEST, Token

# Where a spelling stands: the part, how many signs of it are read, and those that decide on what may follow.
Place = tuple[int, int, str]
State = tuple[Place, Place, bool]
Arrows = dict[State, list[tuple[str, State]]]
Pieces = tuple[str, ...]
_BEGIN: Final[State] = ((0, 0, ""), (0, 0, ""), False)
_USUAL: Final = date(2020, 10, 11)
_USUALLY: Final = 0.85
_BOUND: Final = ("MM", "DD", "WW", "Q")  # a year can have any digits


@attrs.frozen
class Taken:
    """A text, and the pieces that each of two spellings makes of it."""

    text: str
    one: Pieces
    other: Pieces

    def longer(self, state: State, sign: str) -> Taken:
        """The text with one more sign, read where the two spellings stand."""
        (here, there, _), text = state, self.text + sign
        return Taken(text, _longer(self.one, here[0], sign), _longer(self.other, there[0], sign))


@attrs.frozen
class TwoWays:
    """The texts that two spellings take apart in two ways."""

    one: Spelling
    other: Spelling
    arrows: Arrows

    def __bool__(self) -> bool:
        """Whether there are any."""
        return _BEGIN in self.arrows

    def every(self) -> Iterator[Taken]:
        """Each of them, perhaps without end."""
        waiting = [(_BEGIN, self._nothing)] if self else []
        while waiting:
            state, taken = waiting.pop()
            if state in self.arrows:
                waiting += [(after, taken.longer(state, sign)) for sign, after in self.arrows[state]]
            else:
                yield taken

    def some(self) -> Iterator[Taken]:
        """Some of them at random, always the same, without end; in many, most signs are those of one date.

        Ask only where there are any.
        """
        walk = Random(0)  # noqa: S311  # a search, no secret
        while True:
            state, taken = _BEGIN, self._nothing
            while state in self.arrows:
                steps = self.arrows[state]
                usual = [step for step in steps if self._is_usual(state, step[0])]
                sign, after = walk.choice(usual if usual and walk.random() < _USUALLY else steps)
                state, taken = after, taken.longer(state, sign)
            yield taken

    @property
    def _nothing(self) -> Taken:
        return Taken("", ("",) * len(self.one.parts), ("",) * len(self.other.parts))

    def _is_usual(self, state: State, sign: str) -> bool:
        """Whether a sign is one of that date, or a first serial, by either spelling."""
        here, there, _ = state
        return _is_usual(self.one, here, sign) or _is_usual(self.other, there, sign)


def two_ways(one: Spelling, other: Spelling) -> TwoWays:
    """The texts that two spellings take apart in two ways; of one spelling, give it twice."""
    arrows = _arrows(one, other)
    leading = _leading_to(((len(one.parts), 0, ""), (len(other.parts), 0, ""), True), arrows)
    kept = {
        state: [(sign, after) for sign, after in steps if after in leading]
        for state, steps in arrows.items()
        if steps and state in leading
    }
    return TwoWays(one, other, kept)


def _longer(pieces: Pieces, part: int, sign: str) -> Pieces:
    return (*pieces[:part], pieces[part] + sign, *pieces[part + 1 :])


def _arrows(one: Spelling, other: Spelling) -> Arrows:
    """Every step of the two together, from their start."""
    arrows: Arrows = {}
    waiting = [_BEGIN]
    written = "".join(part.name for part in (*one.parts, *other.parts) if part.kind == "text")
    signs = "".join(sorted({*DIGITS, "A", *(sign for sign in written if sign in LETTERS)}))
    while waiting:
        state = waiting.pop()
        if state not in arrows:
            arrows[state] = list(_steps(one, other, state, signs))
            waiting += [after for _, after in arrows[state]]
    return arrows


def _leading_to(goal: State, arrows: Arrows) -> set[State]:
    before: dict[State, list[State]] = {}
    for state, steps in arrows.items():
        for _, after in steps:
            before.setdefault(after, []).append(state)
    found, waiting = set[State](), [goal]
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += before.get(state, [])
    return found


def _steps(one: Spelling, other: Spelling, state: State, signs: str) -> Iterator[tuple[str, State]]:
    here, there, apart = state
    if here[0] == len(one.parts) or there[0] == len(other.parts):
        return
    now_apart = apart or _mark(one, here) != _mark(other, there)
    part = one.parts[here[0]]
    for sign in part.name[here[1]] if part.kind == "text" else signs:
        for mine in _after(one, here, sign):
            for theirs in _after(other, there, sign):
                yield sign, (mine, theirs, now_apart)


def _mark(spelling: Spelling, place: Place) -> str:
    """What a sign belongs to; spellings that agree on it for each sign read the same of all of them."""
    part = spelling.parts[place[0]]
    return "" if part.kind == "text" else part.name


def _after(spelling: Spelling, place: Place, sign: str) -> Iterator[Place]:
    """Where a spelling may stand after a sign; nowhere where the sign does not fit."""
    part = spelling.parts[place[0]]
    count, kept = place[1] + 1, _KEPT[part.kind](part, place, sign)
    if kept is None:
        return
    low, high = _length(part, kept, widen=spelling.widen)
    if count < high:
        yield (place[0], min(count, low) if part.kind == "scope" else count, kept)
    if low <= count <= high:
        yield (place[0] + 1, 0, "")


def _length(part: Token, kept: str, *, widen: bool) -> tuple[int, float]:
    """How many signs a part has at least and at most."""
    if part.kind == "text":
        return len(part.name), len(part.name)
    if part.kind == "scope":
        return 1, inf  # the count stays at one: as many as one likes
    is_wide = part.kind == "seq" and (part.width == 0 or (widen and kept != "0"))
    return max(part.width, 1), WIDEST if is_wide else part.width


def _text(part: Token, place: Place, sign: str) -> str | None:
    return "" if sign == part.name[place[1]] else None


def _date(part: Token, place: Place, sign: str) -> str | None:
    if part.name not in _BOUND:
        return "" if sign in DIGITS else None
    read = place[2] + sign
    return read if read in _beginnings(part.name, part.width) else None


@cache
def _beginnings(name: str, width: int) -> frozenset[str]:
    """How the values of a part of a date begin."""
    written = (f"{value:0{width}}" for value in DATES[name].values)
    return frozenset(value[:end] for value in written for end in range(len(value) + 1))


def _serial(part: Token, place: Place, sign: str) -> str | None:
    if sign not in DIGITS or (part.width == 0 and place[1] == 0 and sign == "0"):
        return None
    return sign if place[1] == 0 and sign == "0" else place[2]


def _scope(_part: Token, _place: Place, sign: str) -> str | None:
    return "" if sign in DIGITS or sign in LETTERS else None


_KEPT: Final = {"text": _text, "date": _date, "seq": _serial, "scope": _scope}


def _is_usual(spelling: Spelling, place: Place, sign: str) -> bool:
    part = spelling.parts[place[0]]
    if part.kind != "date":
        return sign in "1A"
    return sign == f"{DATES[part.name].value(_USUAL, 1):0{part.width}}"[place[1]]
