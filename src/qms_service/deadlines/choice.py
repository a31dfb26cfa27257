"""Choice (期限选择): a term that facts choose, such as "urgent: 2 d, normal: 7 d"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

from qms_service.clauses import ClauseRef
from qms_service.worktime import Term, Urgency

Fact = Callable[[str], object]
Within = Term | Urgency
Variant = tuple[Within, ClauseRef | str | None]


@runtime_checkable
class Choice(Protocol):
    """Anything that names the terms still possible under the facts on record.

    One term: decided. Several: `undecided`, due at the earliest of them. None: no variant fits, the state
    is `unknown` and the finding `clock-no-variant`.
    """

    def possible(self, fact: Fact, /) -> Iterable[Variant]:
        """The terms still possible, each with its own clause where it has one."""
        ...


def distinct(variants: Iterable[Variant]) -> tuple[Variant, ...]:
    """The variants with the same term only once: rows that agree leave nothing to decide."""
    seen: dict[Within, Variant] = {}
    for variant in variants:
        seen.setdefault(variant[0], variant)
    return tuple(seen.values())
