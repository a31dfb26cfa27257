"""Layouts (版式): where the parts of a number stand, for one spelling and one length of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.numbering.batch.cells import Words
from qms_service.numbering.batch.columns import Ints
from qms_service.numbering.dates import Shown
from qms_service.numbering.spelling import Spelling
from qms_service.numbering.token import DIGITS, LETTERS, WIDEST, Token

Truth = NDArray[np.bool_]
Scope = tuple[tuple[str, str], ...]
_BITS: Final = 7  # of an ASCII letter
_ZERO: Final = ord("0")
_LONGEST: Final = 9  # letters of a scope's value that make one number; a longer one is read one by one
_MOST_DIGITS: Final = 18  # of all date tokens, as one number
_IN_SCOPE: Final = np.isin(np.arange(1 << _BITS), [ord(letter) for letter in DIGITS + LETTERS])


@attrs.frozen
class Layout:
    """Where each part stands.

    Args:
        pattern, parts: Those of the spelling.
        ends: Where each of them ends.
        widened: Whether the serial has more digits than its width, and so no zero before them.
    """

    pattern: str
    parts: tuple[Token, ...]
    ends: tuple[int, ...]
    widened: bool

    @property
    def length(self) -> int:
        """How long the text is."""
        return self.ends[-1]

    def pieces(self, kind: str) -> Iterator[tuple[Token, range]]:
        """The parts of a kind and their positions."""
        for part, begin, end in zip(self.parts, (0, *self.ends), self.ends, strict=False):
            if part.kind == kind:
                yield part, range(begin, end)

    def fits(self, at: Words) -> Truth:
        """Which rows have it."""
        fit: Truth = (at[self.length] == 0) & (at[self.length - 1] != 0)
        if not fit.any():
            return fit
        for part, positions in self.pieces("text"):
            for position, letter in zip(positions, part.name, strict=True):
                fit &= at[position] == ord(letter)
        for kind in ("date", "seq"):
            for _, positions in self.pieces(kind):
                for position in positions:
                    fit &= at[position] - np.uint32(_ZERO) < len(DIGITS)
        for _, positions in self.pieces("scope"):
            for position in positions:
                fit &= _IN_SCOPE.take(at[position], mode="clip")
        if self.widened:
            fit &= at[next(self.pieces("seq"))[1].start] != _ZERO
        return fit

    def serials(self, at: Words) -> Ints:
        """The serials of rows that have it."""
        return number(at, next(self.pieces("seq"))[1])

    def dates(self, at: Words) -> Ints:
        """All that the date tokens show, as one number."""
        return number(at, [position for _, positions in self.pieces("date") for position in positions])

    def shown(self, dates: int) -> Shown:
        """What the date tokens show, by one of these numbers."""
        tokens = [part for part, _ in self.pieces("date")]
        text = iter(f"{dates:0{sum(part.width for part in tokens)}}")
        return tuple((part.name, int("".join(islice(text, part.width)))) for part in tokens)

    def scopes(self, at: Words) -> Ints:
        """The values of the scope, each as one number; 0 without a scope."""
        found = np.zeros(at.shape[1], np.int64)
        for _, positions in self.pieces("scope"):
            for position in positions:
                found <<= _BITS
                found |= at[position]
        return found

    def scope(self, value: int) -> Scope:
        """A scope by one of these numbers."""
        letters = [chr(value >> _BITS * place & (1 << _BITS) - 1) for place in range(_LONGEST)]
        text = "".join(letters[::-1]).lstrip("\0")
        return tuple((part.name, text) for part, _ in self.pieces("scope"))


def number(at: Words, positions: Iterable[int]) -> Ints:
    """The number that the digits at some positions make."""
    found = np.zeros(at.shape[1], np.int64)
    for position in positions:
        found *= 10
        found += at[position] - np.uint32(_ZERO)
    return found


def layouts(spelling: Spelling) -> tuple[Layout, ...]:
    """The layouts of a spelling, none where more than one part can be of any length."""
    loose = [part for part in spelling.parts if _is_loose(part, widen=spelling.widen)]
    digits = sum(part.width for part in spelling.parts if part.kind == "date")
    if len(loose) > 1 or digits > _MOST_DIGITS:
        return ()
    if not loose:
        return (_layout(spelling, 0),)
    part = loose[0]
    most = _LONGEST if part.kind == "scope" else WIDEST - part.width
    least = 0 if part.width else 1
    return tuple(_layout(spelling, more) for more in range(least, most + 1))


def _is_loose(part: Token, *, widen: bool) -> bool:
    return part.kind == "scope" or (part.kind == "seq" and (part.width == 0 or widen))


def _layout(spelling: Spelling, more: int) -> Layout:
    """The one whose loose part has so many letters more than it must."""
    ends, end, widened = [], 0, False
    for part in spelling.parts:
        loose = _is_loose(part, widen=spelling.widen)
        end += (len(part.name) if part.kind == "text" else part.width) + (more if loose else 0)
        widened |= part.kind == "seq" and loose and more > 0
        ends.append(end)
    return Layout(spelling.text, spelling.parts, tuple(ends), widened)
