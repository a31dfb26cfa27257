"""Ambiguity (歧义): the texts that two spellings take apart in two ways.

Both spellings read the same text sign by sign, side by side; a text on which they once stood in different parts
has two readings. Which value a date has is not looked at here: who asks compares the readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final

from qms_service.numbering.dates import DATES
from qms_service.numbering.spelling import Spelling
from qms_service.numbering.token import DIGITS, LETTERS, WIDEST, Token

# Where a spelling stands: the part, how many signs of it are read, and those that decide on what may follow.
Place = tuple[int, int, str]
State = tuple[Place, Place, bool]
Pieces = tuple[str, ...]
_START: Final[Place] = (0, 0, "")
_BOUND: Final = ("MM", "DD", "WW", "Q")  # a year can have any digits


def two_ways(one: Spelling, other: Spelling, around: date) -> Iterator[tuple[str, Pieces, Pieces]]:
    """The texts that the spellings take apart in two ways, each with the pieces that they make of it.

    Those that show the date `around` come early; the whole of them may be without end.
    """
    arrows = _arrows(one, other)
    goal: State = ((len(one.parts), 0, ""), (len(other.parts), 0, ""), True)
    leading = _leading_to(goal, arrows)
    none: Callable[[Spelling], Pieces] = lambda spelling: ("",) * len(spelling.parts)  # noqa: E731
    usual = partial(_is_usual, around=around)
    start: State = (_START, _START, False)
    waiting = [(start, "", none(one), none(other))] if start in leading else []
    while waiting:
        state, text, mine, theirs = waiting.pop()
        if state == goal:
            yield text, mine, theirs
            continue
        (here, there, _), steps = state, []
        for sign, after in arrows[state]:
            if after in leading:
                steps.append((after, text + sign, _longer(mine, here, sign), _longer(theirs, there, sign)))
        waiting += sorted(steps, key=lambda step: usual(one, here, step[1]) + usual(other, there, step[1]))


def _longer(pieces: Pieces, place: Place, sign: str) -> Pieces:
    part = place[0]
    return (*pieces[:part], pieces[part] + sign, *pieces[part + 1 :])


def _arrows(one: Spelling, other: Spelling) -> dict[State, list[tuple[str, State]]]:
    """Every step of the two together, from their start."""
    arrows: dict[State, list[tuple[str, State]]] = {}
    waiting: list[State] = [(_START, _START, False)]
    signs = "".join(sorted({*DIGITS, "A", *(sign for sign in one.text + other.text if sign in LETTERS)}))
    while waiting:
        state = waiting.pop()
        if state not in arrows:
            arrows[state] = list(_steps(one, other, state, signs))
            waiting += [after for _, after in arrows[state]]
    return arrows


def _leading_to(goal: State, arrows: dict[State, list[tuple[str, State]]]) -> set[State]:
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


def _mark(spelling: Spelling, place: Place) -> tuple[str, int]:
    """What a sign belongs to; the same for both spellings where they read it alike."""
    part = spelling.parts[place[0]]
    return ("", 0) if part.kind == "text" else (part.name, place[1])


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


def _length(part: Token, kept: str, *, widen: bool) -> tuple[int, int]:
    """How many signs a part has at least and at most."""
    if part.kind == "text":
        return len(part.name), len(part.name)
    if part.kind == "scope":
        return 1, WIDEST**2  # as many as one likes: the count stays at one
    is_wide = part.kind == "seq" and (part.width == 0 or (widen and kept != "0"))
    return max(part.width, 1), WIDEST if is_wide else part.width


def _text(part: Token, place: Place, sign: str) -> str | None:
    return "" if sign == part.name[place[1]] else None


def _date(part: Token, place: Place, sign: str) -> str | None:
    if part.name not in _BOUND:
        return "" if sign in DIGITS else None
    read = place[2] + sign
    values = (f"{value:0{part.width}}" for value in DATES[part.name].values)
    return read if any(value.startswith(read) for value in values) else None


def _serial(part: Token, place: Place, sign: str) -> str | None:
    if sign not in DIGITS or (part.width == 0 and place[1] == 0 and sign == "0"):
        return None
    return sign if place[1] == 0 and sign == "0" else place[2]


def _scope(_part: Token, _place: Place, sign: str) -> str | None:
    return "" if sign in DIGITS or sign in LETTERS else None


_KEPT: Final = {"text": _text, "date": _date, "seq": _serial, "scope": _scope}


def _is_usual(spelling: Spelling, place: Place, text: str, *, around: date) -> bool:
    """Whether the last sign of a text is one of the date, or one that a reader would think of first."""
    part = spelling.parts[place[0]]
    if part.kind != "date":
        return text[-1] in "1A"
    value = f"{DATES[part.name].value(around, 1):0{part.width}}"
    return text[-1] == value[place[1]]
