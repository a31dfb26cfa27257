"""Answer: where a clock stands in all rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.deadlines.batch.counted import Courses
from qms_service.deadlines.batch.draft import Draft, Rows
from qms_service.deadlines.batch.figures import Figures, Ground, figures_of
from qms_service.deadlines.batch.kinds import CODE, FAR, NAT, Bools, Indexes
from qms_service.deadlines.batch.outcomes import Outcome, Outcomes
from qms_service.deadlines.batch.runs import ENDINGS, Runs
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
        draft: The columns to fill.
        left: The rows that have to be asked one by one; more are found on the way.
    """

    clock: Clock
    runs: Runs
    ground: Ground
    draft: Draft
    left: Bools

    def fill(self, outcomes: Outcomes, of: Indexes) -> None:
        """All rows, by what the facts decide of each; `of` tells which facts it has."""
        runs = self.runs
        started = runs.start != FAR
        self.draft.fill(
            slice(None),
            started_at=np.where(started, runs.start, NAT),
            stopped_at=np.where(runs.stop == FAR, NAT, runs.stop),
        )
        codes = None if outcomes.which is None else outcomes.which[of]
        never = np.array([outcome.never for outcome in outcomes.different])
        if never.any():
            own = np.broadcast_to(never, started.shape) if codes is None else never[codes]
            self.draft.say(own, DeadlineState.NOT_APPLICABLE)
            started &= ~own
        if runs.ended.any():
            for code, name in enumerate(ENDINGS, 1):
                self.draft.say(started & (runs.ended == code), DeadlineState.VOID, f"void-{name}")
            started &= runs.ended == 0
        rows = np.flatnonzero(started & ~self.left)
        self.draft.rest_on(self._chosen(rows), outcomes.clauses, of)
        for outcome, some in _grouped(outcomes, codes, rows):
            if outcome.lacks:
                self.draft.unknown(some, outcome.lacks)
            else:
                self._figures(outcome, some)

    def _chosen(self, rows: Indexes) -> Rows:
        return slice(None) if rows.size == self.runs.start.size else rows

    def _figures(self, outcome: Outcome, rows: Indexes) -> None:
        """The rows that have figures."""
        runs, chosen = self.runs, self._chosen(rows)
        start, end = runs.start[chosen], runs.ends(self.ground.now)[chosen]
        courses = Courses(start=start, end=end, pauses=runs.pauses_of(rows).within(start, end))
        figures = _soonest(outcome.possible, courses, self.ground)
        self.draft.fill(
            chosen,
            due_at=figures.due,
            original_due_at=figures.original if outcome.first else figures.due,
            gross=figures.gross,
            net=figures.net,
            paused=figures.paused,
        )
        if outcome.is_open:
            self.draft.say(chosen, DeadlineState.UNDECIDED)
        else:
            late = (end > figures.due) & isinstance(outcome.possible[0], Term)
            self.draft.state[chosen] = self._states(chosen, late)
        if figures.beyond.any():
            self.draft.unknown(rows[figures.beyond], "calendar-horizon")
        fails = may_fail(self.clock.warn, courses, figures.due, self.ground)
        self.left[rows if fails else rows[figures.left]] = True

    def _states(self, chosen: Rows, late: Bools) -> NDArray[np.uint8]:
        runs = self.runs
        index = late * np.intp(2)
        index += (runs.stop[chosen] != FAR) * np.intp(4)
        if runs.pauses.row.size:
            index += runs.paused_at(self.ground.now)[chosen]
        return _STATES[index]


def _soonest(possible: Sequence[Within], courses: Courses, ground: Ground) -> Figures:
    """Of each row the figures of the term that is due first; those without a moment count where there is no other."""
    timed = [within for within in possible if isinstance(within, Term) or within is Urgency.AT_ONCE]
    every = [figures_of(within, courses, ground) for within in timed or (Urgency.IN_GOOD_TIME,)]
    return reduce(Figures.or_sooner, every)


def _grouped(outcomes: Outcomes, codes: Indexes | None, rows: Indexes) -> Iterator[tuple[Outcome, Indexes]]:
    """Each outcome with the rows that have it."""
    if codes is None:
        groups = [rows]
    else:
        narrow = np.min_scalar_type(len(outcomes.different))  # the narrower, the sooner they are in order
        own = codes[rows].astype(narrow)
        order = np.argsort(own, kind="stable")
        groups = np.split(rows[order], np.searchsorted(own[order], np.arange(1, len(outcomes.different))))
    for outcome, some in zip(outcomes.different, groups, strict=True):
        if some.size:
            yield outcome, some
