"""Choice (期限选择): a term that facts choose, such as "urgent: 2 d, normal: 7 d"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

import attrs

from qms_service.clauses import ClauseRef
from qms_service.worktime import Term, Urgency

Fact = Callable[[str], object]
Within = Term | Urgency
Variant = tuple[Within, ClauseRef | str | None]
Option = tuple[Within | None, ClauseRef | str | None]


@runtime_checkable
class Choice(Protocol):
    """Anything that names the terms still possible under the facts on record.

    One term: decided. Several: `undecided`, due at the earliest of them. Nothing: no variant fits, the
    state is `unknown` and the finding `clock-no-variant`. A None among the terms says that the facts still
    missing may turn out such that no variant fits: `undecided` too.
    """

    def possible(self, fact: Fact, /) -> Iterable[Option]:
        """The terms still possible, each with its own clause where it has one; None for no term."""
        ...


@attrs.frozen
class Decided:
    """What the facts have decided.

    Args:
        variants: The terms still possible.
        first: The first one that was decided.
        is_open: Whether a fact that decides is not on record yet.
    """

    variants: tuple[Variant, ...]
    first: Variant | None = attrs.field(default=None, kw_only=True)
    is_open: bool = attrs.field(default=False, kw_only=True)

    @property
    def only(self) -> Variant | None:
        """The one variant that is left."""
        return None if self.is_open or not self.variants else self.variants[0]


def decided(options: Iterable[Option]) -> Decided:
    """What options decide: those with the same term count once, rows that agree leave nothing open."""
    seen: dict[Within | None, Option] = {}
    for option in options:
        seen.setdefault(option[0], option)
    variants = tuple((within, clause) for within, clause in seen.values() if within is not None)
    return Decided(variants, is_open=bool(variants) and len(seen) > 1)
