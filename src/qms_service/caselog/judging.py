"""Judging (判定): what became of the clocks of every case of a log.

Many cases are judged in columns where numpy is installed; few, or without it, one by one. Both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.caselog.log import CaseLog
from qms_service.caselog.logged import LoggedCase
from qms_service.caselog.outcomes import ClockOutcome, clock_outcomes
from qms_service.caselog.progress import Progress
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook

MANY: Final = 500  # with fewer, one by one is done before numpy is imported
BLOCK: Final = 8_192
How = Callable[
    [Sequence[LoggedCase], Procedure, DateTime, Container[str]], Sequence[tuple[ClockOutcome, ...]]
]


@attrs.frozen
class Judged:
    """A case with its outcomes under the edition that judges it."""

    logged: LoggedCase
    proc: Procedure
    outcomes: tuple[ClockOutcome, ...]


def judge(
    log: CaseLog, book: Rulebook, now: DateTime, progress: Progress | None = None, *, how: How | None = None
) -> list[Judged]:
    """The cases of a log with their outcomes, in the order of the log, each by the edition that it is pinned to.

    Args:
        log: The log.
        book: The rulebook.
        now: The moment asked.
        progress: Called now and then with the number of cases done and the number in all.
        how: What judges a block of cases of one edition; without it, what is best for so many.
    """
    told, judged = log.told, list[Judged]()
    judging = how or _best_for(len(log.cases))
    for block in _blocks(log.cases, 1 if judging is one_by_one else BLOCK):
        proc = book.of(block[0].case)
        outcomes = judging(block, proc, now, told)
        judged += [Judged(logged, proc, each) for logged, each in zip(block, outcomes, strict=True)]
        if progress:
            progress(len(judged), len(log.cases))
    return judged


def one_by_one(
    cases: Sequence[LoggedCase], proc: Procedure, now: DateTime, told: Container[str]
) -> list[tuple[ClockOutcome, ...]]:
    """The outcomes of each case, judged alone."""
    return [tuple(clock_outcomes(logged, proc, now, told)) for logged in cases]


def _best_for(count: int) -> How:
    if count >= MANY:
        try:
            from qms_service.caselog.batch import outcomes_in_columns  # noqa: PLC0415  # needs an extra
        except ImportError:
            pass
        else:
            return outcomes_in_columns
    return one_by_one


def _blocks(cases: Sequence[LoggedCase], size: int) -> Iterator[Sequence[LoggedCase]]:
    """The cases in their order, in blocks of one edition."""
    for _, run in groupby(cases, key=lambda logged: logged.case.pin):
        same = tuple(run)
        for begin in range(0, len(same), size):
            yield same[begin : begin + size]
