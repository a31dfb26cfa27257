"""Clocks over columns: what arrays can answer is answered so, the other rows are asked one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

import attrs
import numpy as np

from qms_service.deadlines.batch.answer import Answering
from qms_service.deadlines.batch.columns import DeadlineColumns
from qms_service.deadlines.batch.draft import Draft
from qms_service.deadlines.batch.figures import Ground
from qms_service.deadlines.batch.kinds import Bools
from qms_service.deadlines.batch.log import Log
from qms_service.deadlines.batch.outcomes import Outcomes, Verdicts
from qms_service.deadlines.batch.rows import LogRows, WideRows
from qms_service.deadlines.batch.wide import Wide
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.pause import PauseRule
from qms_service.instants import micros, zone
from qms_service.worktime import WorkCalendar
from qms_service.worktime.batch.kinds import BLOCK

_FEW: Final = 6  # rows that one by one cost less than making the arrays
_MANY: Final = 4  # blocks at once where the facts part them again


def deadlines_over(
    clocks: Sequence[Clock],
    rows: WideRows | LogRows,
    *,
    now: datetime,
    calendar: WorkCalendar | None,
    pause_rules: Collection[PauseRule] = (),
    provisional: bool = False,
    edition: str = "",
    ask: Callable[[int], Sequence[Deadline]],
) -> tuple[DeadlineColumns, ...]:
    """Where each clock stands in each row.

    Args:
        clocks: The clocks.
        rows: A block of cases; some ten thousand are handled best.
        now: The moment asked.
        calendar: The working calendar; days are counted in its zone, without one in UTC.
        pause_rules: The kinds of pauses; each clock takes those that it lists.
        provisional: Whether the weekly pattern answers beyond the calendar's `known_until`.
        edition: The edition of the rules, for the answer.
        ask: What the scalar says of a row, clock by clock: it is asked of rows that need a closer look.

    Raises:
        TermError: A working term without a calendar.
    """
    drafts = [Draft.of(rows.size, clock.clause) for clock in clocks]
    left = np.ones((len(clocks), rows.size), np.bool_)
    ground = _ground(now, calendar, provisional=provisional)
    if rows.size > _FEW:
        listed = [[rule for rule in pause_rules if rule.id in clock.paused_by] for clock in clocks]
        _in_arrays(tuple(zip(clocks, listed, drafts, left, strict=True)), rows, ground)
    for row in np.flatnonzero(left.any(axis=0)).tolist():
        for draft, asked, deadline in zip(drafts, left[:, row].tolist(), ask(row), strict=True):
            if asked:
                draft.put(row, deadline)
    return tuple(draft.done(clock.id, edition) for draft, clock in zip(drafts, clocks, strict=True))


def _in_arrays(
    tasks: Sequence[tuple[Clock, Sequence[PauseRule], Draft, Bools]], rows: WideRows | LogRows, ground: Ground
) -> None:
    """Fills each clock's draft block by block; what it cannot answer stays marked as left."""
    verdicts = Verdicts(rows.facts)
    outcomes = [Outcomes.of(clock, rows.facts) for clock, _, _, _ in tasks]
    size = BLOCK if all(one.which is None for one in outcomes) else _MANY * BLOCK
    for begin in range(0, rows.size, size):
        block = slice(begin, begin + size)
        source = _source(rows, block, ground, verdicts)
        for (clock, rules, draft, left), decided in zip(tasks, outcomes, strict=True):
            runs = source.runs(clock, rules)
            left[block] = runs.odd
            own = Answering(clock=clock, runs=runs, ground=ground, draft=draft.part(block), left=left[block])
            own.fill(decided, source.rows.of)


def _source(rows: WideRows | LogRows, block: slice, ground: Ground, verdicts: Verdicts) -> Wide | Log:
    if isinstance(rows, WideRows):
        return Wide(rows.part(block), ground, verdicts)
    return Log(rows.part(block), ground, verdicts)


def _ground(now: datetime, calendar: WorkCalendar | None, *, provisional: bool) -> Ground:
    inside = None if calendar is None else calendar.inside
    return Ground(
        now=micros(now),
        calendar=inside and attrs.evolve(inside, known_until=None, horizon_us=None),
        horizon=None if inside is None or provisional else inside.horizon_us,
        zone=zone("UTC") if calendar is None else calendar.zone,
    )
