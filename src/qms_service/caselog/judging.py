"""Judging (判定): what became of the clocks of every case of a log."""

from __future__ import annotations

import attrs
from pendulum import DateTime

from qms_service.caselog.log import CaseLog
from qms_service.caselog.logged import LoggedCase
from qms_service.caselog.outcomes import ClockOutcome, clock_outcomes
from qms_service.caselog.progress import Progress
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook


@attrs.frozen
class Judged:
    """A case with its outcomes under the edition that judges it."""

    logged: LoggedCase
    proc: Procedure
    outcomes: tuple[ClockOutcome, ...]


def judge(log: CaseLog, book: Rulebook, now: DateTime, progress: Progress | None = None) -> list[Judged]:
    """The cases of a log with their outcomes, in the order of the log, each by the edition that it is pinned to.

    Args:
        log: The log.
        book: The rulebook.
        now: The moment asked.
        progress: Called now and then with the number of cases done and the number in all.
    """
    told, judged = log.told, list[Judged]()
    for logged in log.cases:
        proc = book.of(logged.case)
        judged.append(Judged(logged, proc, tuple(clock_outcomes(logged, proc, now, told))))
        if progress:
            progress(len(judged), len(log.cases))
    return judged
