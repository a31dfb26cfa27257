"""Ranking (排名): the most frequent values of a fact, what is left, and the cases without it."""

from __future__ import annotations

from collections import Counter

import attrs


@attrs.frozen(kw_only=True)
class Ranking:
    """The values of a fact by how often they occur (前几位).

    Args:
        of: The fact, such as `"defect"`.
        top: The most frequent values, each with its number; equal ones in the order of their texts.
        others: How many cases have another value.
        other_values: How many other values there are.
        missing: How many cases have none on record.
    """

    of: str
    top: tuple[tuple[str, int], ...] = ()
    others: int = 0
    other_values: int = 0
    missing: int = 0

    @property
    def base(self) -> int:
        """How many cases were counted."""
        return sum(number for _, number in self.top) + self.others + self.missing


def ranking(of: str, counted: Counter[str | None], top: int) -> Ranking:
    """The ranking of what was counted.

    >>> found = ranking("defect", Counter({"open": 3, "short": 3, "warp": 1, None: 2}), 2)
    >>> found.top, found.others, found.missing, found.base
    ((('open', 3), ('short', 3)), 1, 2, 9)
    """
    order = sorted(
        ((value, number) for value, number in counted.items() if value is not None),
        key=lambda one: (-one[1], one[0]),
    )
    rest = order[top:]
    return Ranking(
        of=of,
        top=tuple(order[:top]),
        others=sum(number for _, number in rest),
        other_values=len(rest),
        missing=counted[None],
    )


def value_of(fact: object) -> str | None:
    """The value of a fact as a ranking counts it: a text without blanks around it; None where it has none.

    >>> value_of(" open circuit "), value_of("  "), value_of(None)
    ('open circuit', None, None)
    """
    text = "" if fact is None else str(fact).strip()
    return text or None
