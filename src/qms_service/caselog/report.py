"""Report (报告): how well a log of cases kept the terms of its procedure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.caselog.disorder import Disorder, disorders
from qms_service.caselog.judging import Judged, judge
from qms_service.caselog.log import CaseLog
from qms_service.caselog.outcomes import (
    ClockOutcome,
    Lateness,
    Outcome,
    has_figure,
    is_told,
)
from qms_service.caselog.progress import Progress
from qms_service.caselog.tally import Tally, tally_of
from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock
from qms_service.errors import LogError
from qms_service.instants import Micros, from_micros, micros
from qms_service.labels import Label
from qms_service.rulebooks.model import Department
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.sheets.moments import EVER


@attrs.frozen(kw_only=True)
class ClockRates:
    """How one clock was kept.

    Args:
        id: The clock.
        within: Its term, as the procedure writes it; all that were chosen where facts choose it.
        clause: The clause that it rests on.
        months: A tally for each month (`2026-03`) in which the clock started; under None the cases in
            which it never started.
        total: The tally over all cases.
    """

    id: str
    within: str
    clause: ClauseRef | None
    months: tuple[tuple[str | None, Tally], ...]
    total: Tally


@attrs.frozen(kw_only=True)
class LateCase:
    """A case that was late on a clock (逾期个案).

    Args:
        case: The number of the case.
        line: The line of the log on which it begins.
        clock: The clock.
        clause: The clause that it rests on.
        outcome: `met_late` or `overdue`.
        owner: The department responsible for the step that stops the clock; None where the rulebook
            names none.
        owner_decided: Whether the facts on record decide the owner; if not, it is the owner for "unknown".
        due_at: When it was due.
        stopped_at: When it was done; None where it was not.
        late_by: Real time from the due time until it was done, or until the moment asked.
        net: The time it took without its pauses, in the clock's own measure.
        gross: The same with its pauses.
        at_least: Whether days without a time make these three lower bounds.
    """

    case: str
    line: int
    clock: str
    clause: ClauseRef | None
    outcome: Outcome
    owner: Department | None
    owner_decided: bool
    due_at: DateTime | None
    stopped_at: DateTime | None
    late_by: timedelta
    net: timedelta | None
    gross: timedelta | None
    at_least: bool


@attrs.frozen(kw_only=True)
class Report:
    """On-time rates and late cases of a log.

    Args:
        rulebook: The rulebook's id.
        editions: The editions that judged, each with the number of cases.
        file: The name of the log.
        rows: How many rows the log has.
        rejected: How many of them could not be read.
        cases: How many cases the others told.
        now: The moment asked.
        zone: The zone of the months.
        clocks: The rates, in the order of the rulebook.
        without_figure: The clocks due at once or in good time, which stand in no rate.
        not_told: The clocks that the log cannot show, because it has no column for their start or stop.
        labels: The names of the clocks for people.
        late: The late cases, those late by most first.
        disorder: The events dated before what they must follow.
    """

    rulebook: str
    editions: tuple[tuple[str, int], ...]
    file: str
    rows: int
    rejected: int
    cases: int
    now: DateTime
    zone: str
    clocks: tuple[ClockRates, ...]
    without_figure: tuple[str, ...]
    not_told: tuple[str, ...]
    labels: tuple[tuple[str, Label], ...]
    late: tuple[LateCase, ...]
    disorder: tuple[Disorder, ...]

    def clock_name(self, clock: str, lang: str = "en") -> str:
        """The name of a clock in the reader's language."""
        return dict(self.labels)[clock].text(lang)


def report_on(
    log: CaseLog, book: Rulebook, *, now: datetime | None = None, progress: Progress | None = None
) -> Report:
    """The report on a log.

    Args:
        log: The log, read.
        book: The rulebook; each case is judged by the edition in force when it opened.
        now: The moment asked, aware: events after it are not seen. Without it, the last instant of the log.
        progress: Called now and then with the number of cases done and the number in all.

    Raises:
        LogError: No case could be read, or `now` lies outside the years 1900 to 2199.
        NaiveInstantError: `now` has no zone.
    """
    last = log.last_at
    if last is None:
        raise LogError("log.nothing-read" if log.rows else "log.no-rows", file=log.name, rows=log.rows)
    zone = book.editions[-1].rules.zone
    moment = from_micros(micros(last if now is None else _asked(now)), zone)
    return report_of(log, book, moment, judge(log, book, moment, progress))


def report_of(log: CaseLog, book: Rulebook, now: DateTime, judged: Sequence[Judged]) -> Report:
    """The report on a log whose cases are judged.

    Args:
        log: The log.
        book: The rulebook.
        now: The moment asked.
        judged: What became of the clocks of every case.
    """
    newest = book.editions[-1].rules
    kind = newest.kind(log.mapping.kind)
    clocks, told = kind.clocks.values(), log.told
    late = (
        _late(one, ended, ended.lateness, now) for one in judged for ended in one.outcomes if ended.lateness
    )
    return Report(
        rulebook=book.id,
        editions=tuple(Counter(one.proc.edition for one in judged).items()),
        file=log.name,
        rows=log.rows,
        rejected=len(log.rejects),
        cases=len(log.cases),
        now=now,
        zone=newest.zone.name,
        clocks=tuple(_rates([ended for one in judged for ended in one.outcomes], newest.zone)),
        without_figure=tuple(clock.id for clock in clocks if not has_figure(clock)),
        not_told=tuple(clock.id for clock in clocks if has_figure(clock) and not is_told(clock, told)),
        labels=tuple(_labels(judged, clocks).items()),
        late=tuple(sorted(late, key=lambda one: (-one.late_by, one.case, one.clock))),
        disorder=tuple(one for logged in log.cases for one in disorders(logged, newest)),
    )


def _asked(now: datetime) -> datetime:
    first, last = EVER
    micros(now)  # refuses one without a zone
    if not first <= now.date() <= last:
        raise LogError("log.now", got=now, first=first, last=last)
    return now


def _labels(judged: Iterable[Judged], newest: Iterable[Clock]) -> dict[str, Label]:
    """The name of each clock, its id where it has none; of one in several editions the newest name."""
    ran = (ended.clock for one in judged for ended in one.outcomes)
    return {clock.id: clock.label or Label({"en": clock.id}) for clock in (*ran, *newest)}


def _rates(found: Sequence[ClockOutcome], zone: Timezone) -> Iterator[ClockRates]:
    """The rates of each clock, in the order in which the rulebook names the clocks."""
    by_clock: dict[str, list[ClockOutcome]] = {}
    for ended in found:
        by_clock.setdefault(ended.clock.id, []).append(ended)
    # The clocks of a case often start together, and the month of an instant is dear.
    months_of = {started: _month(started, zone) for started in {ended.started for ended in found}}
    for clock, mine in by_clock.items():
        by_month: dict[str | None, list[Outcome]] = {}
        for ended in mine:
            by_month.setdefault(months_of[ended.started], []).append(ended.outcome)
        months = sorted(by_month, key=lambda month: (month is None, month))
        yield ClockRates(
            id=clock,
            within=" / ".join(dict.fromkeys(ended.within for ended in mine)),
            clause=mine[-1].clock.clause,
            months=tuple((month, tally_of(by_month[month])) for month in months),
            total=tally_of(ended.outcome for ended in mine),
        )


def _month(started: Micros | None, zone: Timezone) -> str | None:
    return None if started is None else from_micros(started, zone).strftime("%Y-%m")


def _late(one: Judged, ended: ClockOutcome, lateness: Lateness, now: DateTime) -> LateCase:
    owner = one.proc.owner(one.logged.case, ended.clock.stop[0].event, now=now)
    return LateCase(
        case=one.logged.number,
        line=one.logged.lines[0],
        clock=ended.clock.id,
        clause=lateness.clause,
        outcome=ended.outcome,
        owner=one.proc.rules.departments.get(owner.responsible or ""),
        owner_decided=owner.decided,
        due_at=lateness.due_at,
        stopped_at=lateness.stopped_at,
        late_by=timedelta(microseconds=micros(lateness.stopped_at or now) - micros(lateness.due_at)),
        net=lateness.net,
        gross=lateness.gross,
        at_least=not ended.exact,
    )
