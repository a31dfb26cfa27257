"""What the columns of a result hold, and the promise of what builds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any, Final, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.read import Column

MISSING: Final = -1
_FEW: Final = 100  # texts whose codes are kept in a byte, with room for those that come later
Block = Mapping[str, NDArray[Any]]


def _different(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


@attrs.define(eq=False)
class Dictionary:
    """The few texts of a column by their codes: what a category is in pandas, a dictionary in pyarrow.

    All that a rulebook can say stand here from the start, so that two results of one rulebook can be put together; one
    that is new gets the next code.
    """

    texts: list[str] = attrs.field(converter=_different)
    _codes: dict[str, int] = attrs.field(init=False)
    _growing: Lock = attrs.field(init=False, factory=Lock)

    @_codes.default
    def _by_text(self) -> dict[str, int]:
        return {text: code for code, text in enumerate(self.texts)}

    def code(self, text: str | None) -> int:
        """The code of a text; `MISSING` for none."""
        if text is None:
            return MISSING
        if text not in self._codes:
            with self._growing:
                if text not in self._codes:
                    self.texts.append(text)
                    self._codes[text] = len(self.texts) - 1
        return self._codes[text]

    def codes(self, texts: Iterable[str | None]) -> NDArray[np.int16]:
        """The code of each text."""
        return np.array([self.code(text) for text in texts], np.int16)


@attrs.frozen
class Texts:
    """A column of few texts; a block holds their codes, `MISSING` for none."""

    words: Dictionary


@attrs.frozen
class Instants:
    """A column of instants on the clock of a zone; a block holds microseconds UTC, `NAT` for none."""

    zone: str


@attrs.frozen
class Durations:
    """A column of durations; a block holds microseconds, `NAT` for none."""


@attrs.frozen(eq=False)
class Like:
    """The cells of a column that came in, each so many times; no block holds them."""

    column: Column
    times: int = 1


Filled = Texts | Instants | Durations
Spec = Filled | Like


class Builder(Protocol):
    """What builds a frame of one kind."""

    def open(self, begin: int, end: int) -> Block:
        """The arrays of some rows, to be filled whole; blocks follow one another."""
        ...

    def keep(self, block: Block) -> None:
        """Takes a block that is filled."""
        ...

    def frame(self) -> Any:  # noqa: ANN401  # a frame of the kind that came in
        """The result."""
        ...


def empty(spec: Filled, rows: int) -> NDArray[Any]:
    """The array of a column's block."""
    if not isinstance(spec, Texts):
        return np.empty(rows, np.int64)
    return np.empty(rows, np.int8 if len(spec.words.texts) <= _FEW else np.int16)
