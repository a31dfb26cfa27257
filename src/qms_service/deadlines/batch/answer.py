"""Answer: where a clock stands in all rows at once."""

from __future__ import annotations

from functools import reduce
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.clauses import clause_ref
from qms_service.deadlines.answer import lacking
from qms_service.deadlines.applies import Applies
from qms_service.deadlines.batch.counted import Courses
from qms_service.deadlines.batch.figures import Figures, Ground, figures_of
from qms_service.deadlines.batch.kinds import CODE, FAR, NAT, Bools, Indexes
from qms_service.deadlines.batch.outcomes import Outcome, Outcomes
from qms_service.deadlines.batch.runs import ENDINGS, Runs
from qms_service.deadlines.batch.sheet import Rows, Sheet
from qms_service.deadlines.batch.warnings import may_fail
from qms_service.deadlines.choice import Within
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.state import DeadlineState
from qms_service.worktime import Term, Urgency

# By whether the clock was stopped, whether it is late, and whether it is paused.
_STATES: Final = np.array(
    [
        CODE[state]
        for state in (
            *(DeadlineState.RUNNING, DeadlineState.PAUSED, DeadlineState.OVERDUE, DeadlineState.OVERDUE),
            *(DeadlineState.MET, DeadlineState.MET, DeadlineState.MET_LATE, DeadlineState.MET_LATE),
        )
    ],
    np.uint8,
)


@attrs.frozen(kw_only=True, eq=False)
class Answering:
    """One clock over its runs.

    Args:
        clock: The clock.
        runs: Where it ran.
        ground: What the due times of all rows depend on.
        sheet: The columns to fill.
        left: The rows that have to be asked one by one; more are found on the way.
    """

    clock: Clock
    runs: Runs
    ground: Ground
    sheet: Sheet
    left: Bools

    def fill(self, outcomes: Outcomes, of: Indexes) -> None:
        """All rows, by what the facts decide of each; `of` tells which facts it has."""
        runs = self.runs
        started = runs.start != FAR
        self.sheet.fill(
            slice(None),
            started_at=np.where(started, runs.start, NAT),
            stopped_at=np.where(runs.stop == FAR, NAT, runs.stop),
        )
        codes = None if outcomes.which is None else outcomes.which[of]
        for code, outcome in enumerate(outcomes.different):
            if outcome.applies is Applies.NEVER:
                own: Rows = slice(None) if codes is None else codes == code
                self.sheet.say(own, DeadlineState.NOT_APPLICABLE)
            else:
                self._started(outcome, started if codes is None else started & (codes == code))

    def _started(self, outcome: Outcome, started: Bools) -> None:
        """The rows in which it started, and applies or may apply."""
        if self.runs.ended.any():
            for code, name in enumerate(ENDINGS, 1):
                self.sheet.say(started & (self.runs.ended == code), DeadlineState.VOID, f"void-{name}")
            started = started & (self.runs.ended == 0)
        reason = lacking(outcome.decided.variants)
        if reason:
            self.sheet.say(started, DeadlineState.UNKNOWN, reason)
            return
        rows = np.flatnonzero(started & ~self.left)
        if rows.size:
            self._figures(outcome, rows)

    def _figures(self, outcome: Outcome, rows: Indexes) -> None:
        """The rows that have figures."""
        runs, now, variants = self.runs, self.ground.now, outcome.decided.variants
        chosen: Rows = slice(None) if rows.size == runs.start.size else rows
        start, end = runs.start[chosen], runs.ends(now)[chosen]
        courses = Courses(start=start, end=end, pauses=runs.pauses_of(rows).within(start, end))
        figures = _soonest([within for within, _ in variants], courses, self.ground)
        first = outcome.decided.first
        self.sheet.fill(
            chosen,
            due_at=figures.due,
            original_due_at=figures.original if first and isinstance(first[0], Term) else figures.due,
            gross=figures.gross,
            net=figures.net,
            paused=figures.paused,
        )
        if len(variants) == 1:
            self.sheet.rest_on(chosen, clause_ref(variants[0][1]) or self.clock.clause)
        if outcome.decided.is_open or outcome.applies is Applies.UNDECIDED:
            self.sheet.say(chosen, DeadlineState.UNDECIDED)
        else:
            late = (end > figures.due) & isinstance(variants[0][0], Term)
            self.sheet.state[chosen] = self._states(chosen, late)
        if figures.beyond.any():
            self.sheet.unknown(rows[figures.beyond], "calendar-horizon")
        fails = may_fail(self.clock.warn, courses, figures.due, self.ground)
        self.left[rows if fails else rows[figures.left]] = True

    def _states(self, chosen: Rows, late: Bools) -> NDArray[np.uint8]:
        runs = self.runs
        index = late * np.intp(2)
        index += (runs.stop[chosen] != FAR) * np.intp(4)
        if runs.pauses.row.size:
            index += runs.paused_at(self.ground.now)[chosen]
        return _STATES[index]


def _soonest(possible: list[Within], courses: Courses, ground: Ground) -> Figures:
    """Of each row the figures of the term that is due first; those without a moment count where there is no other."""
    timed = [within for within in possible if isinstance(within, Term) or within is Urgency.AT_ONCE]
    every = [figures_of(within, courses, ground) for within in timed or (Urgency.IN_GOOD_TIME,)]
    return reduce(Figures.or_sooner, every)
