"""Kept (留存): what was made for the last few numbers of days, while others come with the next block of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

import attrs

T = TypeVar("T")
_LEAST: Final = 4
_MOST: Final = 1 << 21  # buckets in all: 16 MB


@attrs.frozen(eq=False)
class Kept(Generic[T]):
    """What was made for the last few numbers, of so many buckets each."""

    make: Callable[[int], T]
    buckets: int
    _made: dict[int, T] = attrs.field(init=False, factory=dict)

    def of(self, n: int) -> T:
        """What is made for a number."""
        found = self._made.get(n)
        if found is None:
            found = self.make(n)
            if len(self._made) >= max(_LEAST, _MOST // self.buckets):
                self._made.clear()
            self._made[n] = found
        return found
