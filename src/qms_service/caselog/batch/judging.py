"""Judging in columns (成列判定): what the columns of clocks tell, and of which cases the scalar is asked."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import timedelta, tzinfo
from itertools import compress
from typing import Final

import numpy as np
from pendulum import DateTime

from qms_service.caselog.batch.rows import log_rows
from qms_service.caselog.judging import one_by_one
from qms_service.caselog.logged import LoggedCase
from qms_service.caselog.outcomes import (
    LATE,
    ClockOutcome,
    Lateness,
    clock_outcomes,
    exact_outcome,
    judged_clocks,
    outcome_of,
)
from qms_service.cases import Case
from qms_service.deadlines import Clock, Deadline
from qms_service.deadlines.batch import NAT, STATES, DeadlineColumns, LogRows, deadlines_over
from qms_service.deadlines.choice import decided
from qms_service.deadlines.state import COUNTING, DeadlineState
from qms_service.instants import Micros, from_micros, micros
from qms_service.rulebooks.clocks import facts_read
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.procedure import Procedure
from qms_service.worktime import Term, Urgency

Outcomes = tuple[ClockOutcome, ...]
_OUTCOMES: Final = tuple(outcome_of(state) for state in STATES)
_LATE: Final = np.array([outcome in LATE for outcome in _OUTCOMES])
_WITH_FIGURES: Final = tuple(state in COUNTING or state is DeadlineState.UNDECIDED for state in STATES)
_OWN_COLUMNS: Final = frozenset(("department", "role", "by", "on_behalf_of"))


def outcomes_in_columns(
    cases: Sequence[LoggedCase], proc: Procedure, now: DateTime, told: Container[str]
) -> list[Outcomes]:
    """What `clock_outcomes` says of each case, told by columns where they can tell it.

    Args:
        cases: Cases of one kind, pinned to one edition.
        proc: That edition.
        now: The moment asked.
        told: The events of which the log tells.
    """
    kind = proc.rules.kind(cases[0].case.kind)
    clocks, read = judged_clocks(kind, told), _read_in_columns(kind)
    exact = [logged.exact for logged in cases]
    if read is None or not clocks or not any(exact):
        return one_by_one(cases, proc, now, told)
    found = iter(_outcomes([logged.case for logged in compress(cases, exact)], clocks, read, proc, now))
    return [
        next(found) if is_exact else tuple(clock_outcomes(logged, proc, now, told))
        for logged, is_exact in zip(cases, exact, strict=True)
    ]


def _read_in_columns(kind: KindRules) -> frozenset[str] | None:
    """The facts that the clocks of a kind read; None where one of them reads more than facts of known names."""
    read = facts_read(kind)
    own = read is not None and any(path.partition(".")[2] in _OWN_COLUMNS for path in read)
    return None if own else read


def _outcomes(
    cases: Sequence[Case], clocks: Sequence[Clock], read: Iterable[str], proc: Procedure, now: DateTime
) -> list[Outcomes]:
    """The outcomes of each case."""
    rows, rules = log_rows(cases, clocks, read, micros(now)), proc.rules
    alone: dict[int, Outcomes] = {}

    def ask(row: int) -> list[Deadline]:
        by_id = {one.id: one for one in proc.deadlines(cases[row], now=now)}
        found = [by_id[clock.id] for clock in clocks]
        alone[row] = tuple(map(exact_outcome, clocks, found))
        return found

    columns = deadlines_over(
        clocks,
        rows,
        now=now,
        calendar=rules.calendar,
        pause_rules=rules.kind(cases[0].kind).pauses.values(),
        edition=rules.edition,
        ask=ask,
    )
    told = [_told(*one, rows, rules.calendar.zone) for one in zip(clocks, columns, strict=True)]
    return [alone.get(row, outcomes) for row, outcomes in enumerate(zip(*told, strict=True))]


def _told(clock: Clock, columns: DeadlineColumns, rows: LogRows, zone: tzinfo) -> list[ClockOutcome]:
    """What the columns of a clock tell, case by case."""
    late, terms = dict(_latenesses(columns, zone)), _terms(clock, columns, rows)
    each = zip(columns.state.tolist(), columns.started_at.tolist(), terms, strict=True)
    return [
        ClockOutcome(
            clock=clock,
            outcome=_OUTCOMES[state],
            within=within,
            started=None if started == NAT else started,
            lateness=late.get(row),
            exact=True,
        )
        for row, (state, started, within) in enumerate(each)
    ]


def _terms(clock: Clock, columns: DeadlineColumns, rows: LogRows) -> list[str]:
    """The term of each case as the procedure writes it; of a choice, where there are figures, what the facts chose."""
    if isinstance(clock.within, Term | Urgency):
        return [str(clock.within)] * rows.size
    chosen = [decided(clock.within.possible(known.get)).variants for known in rows.facts]
    texts = [" | ".join(str(within) for within, _ in variants) for variants in chosen]
    each = zip(rows.of.tolist(), columns.state.tolist(), strict=True)
    return [texts[code] if _WITH_FIGURES[state] else "" for code, state in each]


def _latenesses(columns: DeadlineColumns, zone: tzinfo) -> Iterator[tuple[int, Lateness]]:
    """Of each late case its row and by how much it was late."""

    def at(us: Micros) -> DateTime | None:
        return None if us == NAT else from_micros(us, zone)

    def span(us: Micros) -> timedelta | None:
        return None if us == NAT else timedelta(microseconds=us)

    rows = np.flatnonzero(_LATE[columns.state])
    told = (columns.clause, columns.due_at, columns.stopped_at, columns.net, columns.gross)
    for row, clause, due, stopped, net, gross in zip(
        rows.tolist(), *(one[rows].tolist() for one in told), strict=True
    ):
        yield (
            row,
            Lateness(
                clause=columns.clauses[clause],
                due_at=at(due),
                stopped_at=at(stopped),
                net=span(net),
                gross=span(gross),
            ),
        )
