"""Answers (判定表): from the mask of the rules that hit to the decision, made once per rule."""

from __future__ import annotations

from collections.abc import Sequence

from qms_service.routing.decision import Collected, Decision, Rule, decided
from qms_service.routing.lookup import Mask


class CollectedAnswers(dict[Mask, Decision]):
    """Decisions of a `collect` table: any set of rules may hit, so each is made when asked."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self.rules = rules

    def __missing__(self, hits: Mask) -> Decision:
        chosen = rules_of(self.rules, hits)
        return decided(Collected(rule.then for rule in chosen), chosen)


def single_answers(rules: Sequence[Rule]) -> dict[Mask, Decision]:
    """Decisions that one rule alone gives; any other mask is missing."""
    return {1 << place: decided(rule.then, (rule,)) for place, rule in enumerate(rules)}


def rules_of(rules: Sequence[Rule], mask: Mask) -> tuple[Rule, ...]:
    """The rules of a mask, in order."""
    return tuple([rule for place, rule in enumerate(rules) if mask >> place & 1])
