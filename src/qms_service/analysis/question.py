"""Question (询问): what every clock is asked of each block of cases, by columns, and one by one where these cannot tell."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
from pendulum import DateTime

from qms_service.analysis import reasons as why
from qms_service.analysis.answers import NOT_APPLICABLE, UNKNOWN, Page
from qms_service.analysis.parts import Part, Reading
from qms_service.analysis.plan import Plan
from qms_service.deadlines import Deadline, DeadlineState
from qms_service.deadlines.batch import deadlines_over
from qms_service.errors import QmsError
from qms_service.findings import Finding
from qms_service.rulebooks.procedure import Procedure
from qms_service.worktime.term import OnUnknown


@attrs.frozen(kw_only=True, eq=False)
class Question:
    """What is asked of each block.

    Args:
        plan: Who judges.
        now: The moment asked.
        on_unknown: What to do beyond a calendar's horizon.
    """

    plan: Plan
    now: DateTime
    on_unknown: OnUnknown

    def answer(self, reading: Reading, page: Page) -> None:
        """Fills in what the clocks say of the cases of a block."""
        page.start(np.maximum(reading.editions, -1))
        for part in reading.parts:
            self._part(part, page)
        self._unreadable(reading, page)

    def _part(self, part: Part, page: Page) -> None:
        procedure = self.plan.editions.procedures[part.edition]
        rules = procedure.rules.kind(self.plan.kind)
        columns = deadlines_over(
            tuple(rules.clocks.values()),
            part.rows,
            now=self.now,
            calendar=procedure.rules.calendar,
            pause_rules=rules.pauses.values(),
            provisional=self.on_unknown == "provisional",
            edition=procedure.edition,
            ask=lambda case: self._ask(procedure, part, case),
        )
        found = dict(zip(rules.clocks, columns, strict=True))
        cases = slice(None) if part.places.size == page.cases else part.places
        places = {name: place for place, name in enumerate(page.heading.clocks)}
        page.fill(cases, {places[name]: one for name, one in found.items()})
        for name in places.keys() - found.keys():
            page.settle(places[name], cases, NOT_APPLICABLE, page.reasons.number(why.NO_CLOCK), None)

    def _ask(self, procedure: Procedure, part: Part, case: int) -> Sequence[Deadline]:
        try:
            return part.ask(procedure, case, self.now, self.on_unknown)
        except QmsError:
            return tuple(_refused(procedure, name) for name in procedure.rules.kind(self.plan.kind).clocks)

    def _unreadable(self, reading: Reading, page: Page) -> None:
        rows = np.flatnonzero(reading.faults != why.READABLE)
        if not rows.size:
            return
        for clock, name in enumerate(page.heading.clocks):
            page.settle(clock, rows, UNKNOWN, reading.faults[rows], None)
            for place in range(len(self.plan.editions.procedures)):
                rules = self.plan.rules(place)
                if rules and name in rules.clocks:
                    own = rows[reading.editions[rows] == place]
                    page.settle(clock, own, UNKNOWN, reading.faults[own], rules.clocks[name].clause)


def _refused(procedure: Procedure, clock: str) -> Deadline:
    finding = Finding(code=why.REFUSED, severity="warning", subject=clock)
    return Deadline(id=clock, state=DeadlineState.UNKNOWN, finding=finding, edition=procedure.edition)
