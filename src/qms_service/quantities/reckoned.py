"""Reckoned (统计结果): the figures that a quantity has at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from qms_service.quantities.figure import Figure


@attrs.frozen(eq=False)
class Reckoned:
    """The figures of a quantity by key, and that of a key which none of its events has.

    Args:
        figures: By key; that of a quantity which is counted as a whole under None.
        other: The figure of every other key.
    """

    figures: Mapping[object, Figure]
    other: Figure

    def of(self, key: object) -> Figure:
        """The figure of a key."""
        return self.figures.get(key, self.other)


def figure_for(key: object, found: Mapping[str, Reckoned]) -> Callable[[str], Figure]:
    """The figure of each quantity for a key, by the quantity's name."""
    return lambda name: found[name].of(key)


def keys_of(names: Iterable[str], found: Mapping[str, Reckoned], per: str | None) -> tuple[object, ...]:
    """The keys that any of some quantities has, in the order met; None alone where they are kept as a whole."""
    if per is None:
        return (None,)
    return tuple(dict.fromkeys(key for name in names for key in found[name].figures))
