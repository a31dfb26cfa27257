"""Answers (答复列): what the clocks say of the cases of a frame, as columns of the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.building import Block, Dictionary, Durations, Instants, Like, Spec, Texts
from qms_service.analysis.moments import Faults
from qms_service.analysis.plan import Plan
from qms_service.analysis.read import Column
from qms_service.analysis.reasons import Reasons
from qms_service.deadlines import DeadlineState
from qms_service.deadlines.batch import STATES, DeadlineColumns
from qms_service.instants import NAT
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.term_table import TermTable

Layout = Literal["long", "wide"]
Cases = NDArray[np.intp] | slice
UNKNOWN: Final = STATES.index(DeadlineState.UNKNOWN)
NOT_APPLICABLE: Final = STATES.index(DeadlineState.NOT_APPLICABLE)
INSTANTS: Final = ("started_at", "due_at", "stopped_at")
AMOUNTS: Final = ("gross", "net", "paused")
FIGURES: Final = (*INSTANTS, *AMOUNTS, "original_due_at")


@attrs.frozen(kw_only=True, eq=False)
class Heading:
    """The columns of a result (表头) and the words in them.

    Args:
        layout: Whether a clock is a row or some columns.
        clocks: The clocks, in the order of the rulebook.
        zone: The zone of the instants.
        clauses, editions: The words of these columns.
    """

    layout: Layout
    clocks: tuple[str, ...]
    zone: str
    clauses: Dictionary
    editions: Dictionary

    @classmethod
    def of(cls, plan: Plan, layout: Layout) -> Heading:
        """The heading that a plan asks for."""
        return cls(
            layout=layout,
            clocks=plan.clocks,
            zone=plan.editions.newest.rules.zone.name,
            clauses=Dictionary([str(one) for rules in plan.known() for one in _clauses(rules)]),
            editions=Dictionary([one.edition for one in plan.editions.procedures]),
        )

    @property
    def rows_per_case(self) -> int:
        """How many rows of the result a case has."""
        return len(self.clocks) if self.layout == "long" else 1

    def specs(self, case: Column, reasons: Dictionary) -> dict[str, Spec]:
        """What each column of the result holds, in their order."""
        edition = Texts(self.editions)
        of_a_clock: dict[str, Spec] = {
            "clause": Texts(self.clauses),
            "state": Texts(Dictionary([state.value for state in STATES])),
            "reason": Texts(reasons),
            **dict.fromkeys(INSTANTS, Instants(self.zone)),
            **dict.fromkeys(AMOUNTS, Durations()),
            "original_due_at": Instants(self.zone),
        }
        if self.layout == "wide":
            own = {f"{clock}.{name}": spec for clock in self.clocks for name, spec in of_a_clock.items()}
            return {"case": Like(case), "edition": edition, **own}
        clause, *others = of_a_clock.items()
        head: dict[str, Spec] = {
            "case": Like(case, len(self.clocks)),
            "clock": Texts(Dictionary(self.clocks)),
        }
        return {**head, **dict([clause]), "edition": edition, **dict(others)}


def _clauses(rules: KindRules) -> Iterator[object]:
    for clock in rules.clocks.values():
        if clock.clause is not None:
            yield clock.clause
        if isinstance(clock.within, TermTable):
            yield from (rule.clause for rule in clock.within.table.rules if rule.clause is not None)


@attrs.frozen(kw_only=True, eq=False)
class Page:
    """The part of a result that is being filled: some cases, every clock of each.

    Args:
        heading: The columns.
        block: The arrays.
        cases: How many cases there are.
        reasons: The reasons by their numbers.
    """

    heading: Heading
    block: Block
    cases: int
    reasons: Reasons

    def start(self, editions: NDArray[np.integer[Any]]) -> None:
        """Fills in which edition each case has; all else is filled in by `fill` and `settle`."""
        if self.heading.layout == "wide":
            self.block["edition"][:] = editions
            return
        self._by_case("clock")[:] = np.arange(len(self.heading.clocks))
        self._by_case("edition")[:] = editions[:, None]

    def column(self, clock: int, name: str) -> NDArray[Any]:
        """One column of one clock: as long as there are cases."""
        if self.heading.layout == "wide":
            return self.block[f"{self.heading.clocks[clock]}.{name}"]
        return self._by_case(name)[:, clock]

    def _by_case(self, name: str) -> NDArray[Any]:
        return self.block[name].reshape(self.cases, len(self.heading.clocks))

    def fill(self, cases: Cases, by_clock: Mapping[int, DeadlineColumns]) -> None:
        """What the clocks say of some cases: column by column, so that a part of the result is written at a time."""
        for clock, columns in by_clock.items():
            words = self.heading.clauses
            clauses = words.codes(None if one is None else str(one) for one in columns.clauses)
            reasons = np.array([self.reasons.number(code) - 1 for code in columns.reasons], np.int16)
            self.column(clock, "clause")[cases] = clauses[columns.clause] if clauses.size > 1 else clauses
            self.column(clock, "state")[cases] = columns.state
            self.column(clock, "reason")[cases] = reasons[columns.reason] if reasons.size > 1 else reasons
        for name in FIGURES:
            for clock, columns in by_clock.items():
                self.column(clock, name)[cases] = getattr(columns, name)

    def settle(self, clock: int, cases: Cases, state: int, reasons: Faults | int, clause: object) -> None:
        """A clock that has no figures in some cases."""
        self.column(clock, "clause")[cases] = self.heading.clauses.code(
            None if clause is None else str(clause)
        )
        self.column(clock, "state")[cases] = state
        self.column(clock, "reason")[cases] = reasons - 1
        for name in FIGURES:
            self.column(clock, name)[cases] = NAT
