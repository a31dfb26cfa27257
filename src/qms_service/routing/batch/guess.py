"""Guesses (猜测): which of some texts a row may be, by the few letters that tell them apart."""

from __future__ import annotations

from typing import Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
_ODD: Final = 0x9E3779B1  # spreads small numbers over 32 bits


@attrs.frozen(eq=False)
class Guess:
    """The letters at some positions, mixed into a number of few bits that differs for each of the texts."""

    positions: tuple[int, ...]
    factors: tuple[np.uint32, ...]
    shift: np.uint32
    texts: NDArray[np.intp]

    @classmethod
    def among(cls, letters: Words) -> Self:
        """The guess among different texts, given a row of letters for each."""
        positions = telling(letters)
        bits, seed = len(letters).bit_length() + 2, _ODD
        while True:
            factors = tuple(np.uint32(pow(seed, place, 1 << 32)) for place in range(1, len(positions) + 1))
            guess = cls(positions, factors, np.uint32(32 - bits), np.zeros(1 << bits, np.intp))
            numbers = guess.number(letters)
            if len({*numbers.tolist()}) == len(letters):
                guess.texts[numbers] = np.arange(len(letters))
                return guess
            seed, bits = (seed + 2 * _ODD) % (1 << 32), min(bits + (seed >> 31), 20)

    def number(self, letters: Words) -> Words:
        """The number of each row."""
        mixed = np.zeros(len(letters), np.uint32)
        for position, factor in zip(self.positions, self.factors, strict=True):
            mixed += letters[:, position] * factor
        return mixed >> self.shift

    def of(self, letters: Words) -> NDArray[np.intp]:
        """The place of the text that each row may be."""
        return self.texts.take(self.number(letters))


def telling(letters: Words) -> tuple[int, ...]:
    """Positions whose letters tell the rows apart, the most telling first."""
    chosen: list[int] = []
    groups = np.zeros(len(letters), np.intp)
    while np.unique(groups).size < len(letters):
        split = [np.unique([groups, column], axis=1).shape[1] for column in letters.T]
        best = int(np.argmax(split))
        groups = np.unique([groups, letters[:, best]], axis=1, return_inverse=True)[1].reshape(-1)
        chosen.append(best)
    return tuple(chosen)
