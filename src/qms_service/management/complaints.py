"""Complaints (客户投诉) of a period: what was found of them, and what they were about most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.management.ranking import Ranking, ranking, value_of
from qms_service.management.sight import CaseSight

RANKED: Final = ("defect", "product", "customer")


class Found(StrEnum):
    """What the analysis found of a complaint (初步分析结论)."""

    OURS = "ours"
    NOT_OURS = "not_ours"
    UNDECIDED = "undecided"
    NOT_ESTABLISHED = "not_established"
    NOT_ANALYSED = "not_analysed"


@attrs.frozen(kw_only=True)
class Complaints:
    """The complaints received in a period (客户投诉).

    Args:
        clause: The clause of the analysis.
        found: What the last analysis on record found of each, also after the period; every outcome with its
            number. `undecided`: established, and whose it is was not said.
        rankings: By defect, product and customer.
    """

    clause: ClauseRef | None = None
    found: tuple[tuple[Found, int], ...] = ()
    rankings: tuple[Ranking, ...] = ()

    def __getitem__(self, found: Found | str) -> int:
        return dict(self.found)[Found(found)]

    @property
    def base(self) -> int:
        """How many were received."""
        return sum(number for _, number in self.found)

    @property
    def established(self) -> int:
        """How many stand, whoever caused them."""
        return self[Found.OURS] + self[Found.NOT_OURS] + self[Found.UNDECIDED]


@attrs.define
class ComplaintCount:
    """Counts the complaints received."""

    found: Counter[Found] = attrs.field(factory=Counter)
    ranked: Mapping[str, Counter[str | None]] = attrs.field(factory=lambda: {of: Counter() for of in RANKED})

    def add(self, seen: CaseSight) -> None:
        """Counts a complaint that was received in the period."""
        self.found[_found(seen)] += 1
        for of, counted in self.ranked.items():
            counted[value_of(seen.fact(of))] += 1

    def complaints(self, clause: ClauseRef | None, top: int) -> Complaints:
        """What was counted."""
        return Complaints(
            clause=clause,
            found=tuple((one, self.found[one]) for one in Found),
            rankings=tuple(ranking(of, counted, top) for of, counted in self.ranked.items()),
        )


def _found(seen: CaseSight) -> Found:
    established, ours = (seen.last_fact("analysed", name) for name in ("established", "ours"))
    if established is None:
        return Found.NOT_ANALYSED
    if established is False:
        return Found.NOT_ESTABLISHED
    return Found.UNDECIDED if ours is None else Found.OURS if ours else Found.NOT_OURS
