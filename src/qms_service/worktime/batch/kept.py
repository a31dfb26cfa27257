"""Kept (留存): what was made for the last few numbers of days, while others come with the next block of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

import attrs

T = TypeVar("T")
_MOST: Final = 4


@attrs.frozen(eq=False)
class Kept(Generic[T]):
    """What was made for the last few numbers."""

    make: Callable[[int], T]
    _made: dict[int, T] = attrs.field(init=False, factory=dict)

    def of(self, n: int) -> T:
        """What is made for a number."""
        found = self._made.get(n)
        if found is None:
            found = self.make(n)
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[n] = found
        return found
