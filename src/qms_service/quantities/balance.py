"""Balance (数量平衡): a relation between quantities that has to hold, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import attrs

from qms_service.clauses import ClauseRef
from qms_service.events import Timeline
from qms_service.labels import Label
from qms_service.quantities.figure import Figure
from qms_service.quantities.linear import Relation
from qms_service.quantities.parts import AnyTally, reckoned
from qms_service.quantities.reckoned import Reckoned, figure_for, keys_of

BalanceCode = Literal["", "unbalanced", "units-differ", "missing-quantity", "undetermined-quantity"]
_UNJUDGED: Final[Mapping[str, BalanceCode]] = {
    "units-differ": "units-differ",
    "missing": "missing-quantity",
    "undetermined": "undetermined-quantity",
}


@attrs.frozen(kw_only=True)
class BalanceState:
    """How a balance stands at a moment, for one key.

    Args:
        balance: The balance's id.
        key: The value that its quantities are kept apart by; None where they are counted as a whole.
        code: Why it does not hold; empty where it does.
        left: What the left side comes to.
        right: What the right side comes to.
        figures: Every quantity that it reads, and what it comes to.
    """

    balance: str
    key: object = None
    code: BalanceCode = ""
    left: Figure
    right: Figure
    figures: tuple[tuple[str, Figure], ...] = ()

    @property
    def holds(self) -> bool | None:
        """True, False, or None where a quantity is missing or undetermined, so that nothing can be said."""
        if self.code in ("missing-quantity", "undetermined-quantity"):
            return None
        return not self.code

    @property
    def because(self) -> tuple[str, ...]:
        """The facts that are missing or undetermined, or the units that differ."""
        whole = self.left.plus(self.right)
        if self.code == "units-differ":
            return whole.units
        return whole.missing if self.code == "missing-quantity" else whole.undetermined


@attrs.frozen(kw_only=True)
class Balance:
    """A relation that has to hold after every event, or at some steps.

    Args:
        id: Its name in the rulebook.
        rule: The relation.
        tallies: The quantities that it reads, each after those that it is made of.
        at: The steps at which it has to hold; None: after every event.
        clause: The clause that it rests on.
        per: The fact by whose value its quantities are kept apart; it then has to hold for each value.
        label: Its name for people.
    """

    id: str
    rule: Relation
    tallies: tuple[AnyTally, ...]
    at: tuple[str, ...] | None = None
    clause: ClauseRef | None = None
    per: str | None = None
    label: Label = attrs.field(factory=Label)

    @property
    def events(self) -> tuple[str, ...]:
        """The events whose facts it reads."""
        return tuple(dict.fromkeys(event for tally in self.tallies for event in tally.events))

    def states(self, timeline: Timeline) -> tuple[BalanceState, ...]:
        """How it stands at the moment of a timeline, for each key."""
        return self.judged(reckoned(self.tallies, timeline))

    def judged(self, found: Mapping[str, Reckoned]) -> tuple[BalanceState, ...]:
        """How it stands by the figures of its quantities, for each key."""
        states = []
        for key in keys_of(self.rule.names, found, self.per):
            figure = figure_for(key, found)
            left, right = self.rule.left.over(figure), self.rule.right.over(figure)
            states.append(
                BalanceState(
                    balance=self.id,
                    key=key,
                    code=self._code(left.plus(right.times(-1))),
                    left=left,
                    right=right,
                    figures=tuple((tally.name, figure(tally.name)) for tally in self.tallies),
                )
            )
        return tuple(states)

    def broken(self, found: Mapping[str, Reckoned], *, strictly: bool) -> tuple[BalanceState, ...]:
        """Where it does not hold.

        Args:
            found: The figures of its quantities.
            strictly: Whether what cannot be judged yet counts as broken, as it does at a step of `at`; on the
                way to it, a quantity that is missing or undetermined breaks nothing.
        """
        states = self.judged(found)
        return tuple(state for state in states if state.code and (strictly or state.holds is False))

    def _code(self, difference: Figure) -> BalanceCode:
        if difference.state == "known":
            return "" if self.rule.holds(difference) else "unbalanced"
        return _UNJUDGED[difference.state]
