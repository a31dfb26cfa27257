"""Derived (组合数量): a quantity made of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.events import Timeline
from qms_service.labels import Label
from qms_service.quantities.linear import LinearSum
from qms_service.quantities.reckoned import Reckoned, figure_for, keys_of

_NO_KEY: Final = object()


@attrs.frozen(kw_only=True)
class Derived:
    """A linear sum of other quantities.

    Args:
        name: Its name in the rulebook.
        of: The sum.
        per: The fact by whose value its operands are kept apart.
        label: Its name for people.
    """

    name: str
    of: LinearSum
    per: str | None = None
    label: Label = attrs.field(factory=Label)

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that it is made of."""
        return self.of.names

    @property
    def events(self) -> tuple[str, ...]:
        """The events whose facts it counts itself: none."""
        return ()

    def reckon(self, _timeline: Timeline, found: Mapping[str, Reckoned]) -> Reckoned:
        """Its figures, those of its operands being found."""
        keys = keys_of(self.names, found, self.per)
        return Reckoned(
            {key: self.of.over(figure_for(key, found)) for key in keys},
            self.of.over(figure_for(_NO_KEY, found)),
        )
