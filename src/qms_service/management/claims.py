"""Claims (客户索赔) of a period: what was claimed, accepted and written off, by currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.management.ranking import Ranking, ranking, value_of
from qms_service.management.sight import CaseSight
from qms_service.management.sums import Sum, SumCount

_MOVES: Final = {"accepted": "judged", "written_off": "posted"}


class ClaimJudgement(StrEnum):
    """What was judged of a claim (索赔是否合理)."""

    REASONABLE = "reasonable"
    NOT_REASONABLE = "not_reasonable"
    NOT_JUDGED = "not_judged"


@attrs.frozen(kw_only=True)
class Claims:
    """The claims of a period (客户索赔).

    Args:
        clause: The clause of the judgement.
        judged: What the last judgement on record says of each claim received in the period.
        rankings: The claims received, by their basis and by customer.
        sums: What the claims received in the period ask for (`claimed`); what judgements of the period
            accepted (`accepted`); what was written off in it (`written_off`). Each by currency; a claim whose
            amount is not on record is counted as missing, never as 0 or as the amount claimed. The last judgement
            on record counts, and the last posting, in the period in which it was: so periods add up.
    """

    clause: ClauseRef | None = None
    judged: tuple[tuple[ClaimJudgement, int], ...] = ()
    rankings: tuple[Ranking, ...] = ()
    sums: tuple[Sum, ...] = ()

    def __getitem__(self, judgement: ClaimJudgement | str) -> int:
        return dict(self.judged)[ClaimJudgement(judgement)]

    @property
    def base(self) -> int:
        """How many were received."""
        return sum(number for _, number in self.judged)

    def money(self, id_: str) -> Sum:
        """One of the sums: `"claimed"`, `"accepted"` or `"written_off"`."""
        return next(one for one in self.sums if one.id == id_)


@attrs.define
class ClaimCount:
    """Counts the claims."""

    judged: Counter[ClaimJudgement] = attrs.field(factory=Counter)
    ranked: Mapping[str, Counter[str | None]] = attrs.field(
        factory=lambda: {"basis": Counter(), "customer": Counter()}
    )
    sums: Mapping[str, SumCount] = attrs.field(
        factory=lambda: {name: SumCount() for name in ("claimed", *_MOVES)}
    )

    def add(self, seen: CaseSight) -> None:
        """Counts a claim: as received, and what was decided and paid in the period."""
        if seen.received:
            self.judged[_judgement(seen)] += 1
            self.sums["claimed"].add(seen.fact("amount"))
            for of, counted in self.ranked.items():
                counted[value_of(seen.fact(of))] += 1
        for name, step in _MOVES.items():
            last = seen.last(step)
            if last is not None and last in seen.events and last.facts.get("reasonable") is not False:
                self.sums[name].add(last.facts.get("amount"))

    def claims(self, clauses: Mapping[str, ClauseRef | None], top: int) -> Claims:
        """What was counted."""
        opened = clauses.get("")
        cited = {name: clauses.get(step) for name, step in _MOVES.items()}
        return Claims(
            clause=clauses.get("judged"),
            judged=tuple((one, self.judged[one]) for one in ClaimJudgement),
            rankings=tuple(ranking(of, counted, top) for of, counted in self.ranked.items()),
            sums=tuple(one.sum(name, clause=cited.get(name, opened)) for name, one in self.sums.items()),
        )


def _judgement(seen: CaseSight) -> ClaimJudgement:
    reasonable = seen.last_fact("judged", "reasonable")
    if reasonable is None:
        return ClaimJudgement.NOT_JUDGED
    return ClaimJudgement.REASONABLE if reasonable else ClaimJudgement.NOT_REASONABLE
