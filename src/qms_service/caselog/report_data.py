"""A report as plain data, for JSON: instants with their offset, durations in seconds, rates as counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from qms_service.caselog.outcomes import Outcome
from qms_service.caselog.report import ClockRates, LateCase, Report
from qms_service.caselog.tally import Tally

SCHEMA = "qms-report/1"
Data = dict[str, object]


def report_data(report: Report, lang: str = "en") -> Data:
    """The report as plain data; every outcome is named, also those that did not occur.

    Args:
        report: The report.
        lang: The language of the names of clocks, events and departments.
    """
    return {
        "schema": SCHEMA,
        "rulebook": report.rulebook,
        "editions": dict(report.editions),
        "file": report.file,
        "rows": report.rows,
        "rows_read": report.rows - report.rejected,
        "rows_rejected": report.rejected,
        "cases": report.cases,
        "now": report.now.isoformat(),
        "timezone": report.zone,
        "clocks": [_clock(rates, report, lang) for rates in report.clocks],
        "without_figure": list(report.without_figure),
        "not_told": list(report.not_told),
        "late": [_late(one, report, lang) for one in report.late],
        "disorder": [
            {
                "case": one.case,
                "line": one.line,
                "event": one.event,
                "event_name": one.event_label.text(lang),
                "at": one.at.isoformat(),
                "follows": one.follows,
                "follows_name": one.follows_label.text(lang),
                "follows_at": one.follows_at.isoformat(),
            }
            for one in report.disorder
        ],
    }


def _clock(rates: ClockRates, report: Report, lang: str) -> Data:
    return {
        "clock": rates.id,
        "clock_name": report.clock_name(rates.id, lang),
        "within": rates.within,
        "clause": None if rates.clause is None else rates.clause.number,
        "total": _tally(rates.total),
        "months": [{"month": month, **_tally(tally)} for month, tally in rates.months],
    }


def _tally(tally: Tally) -> Data:
    rate = tally.rate
    counts: Data = {str(outcome): tally[outcome] for outcome in Outcome}
    return {**counts, "decided": tally.decided, "rate": None if rate is None else float(rate)}


def _late(one: LateCase, report: Report, lang: str) -> Data:
    return {
        "case": one.case,
        "line": one.line,
        "clock": one.clock,
        "clock_name": report.clock_name(one.clock, lang),
        "clause": None if one.clause is None else one.clause.number,
        "outcome": str(one.outcome),
        "owner": None if one.owner is None else one.owner.id,
        "owner_name": None if one.owner is None else one.owner.label.text(lang),
        "owner_decided": one.owner_decided,
        "due_at": _iso(one.due_at),
        "stopped_at": _iso(one.stopped_at),
        "late_by_s": one.late_by.total_seconds(),
        "net_s": _seconds(one.net),
        "gross_s": _seconds(one.gross),
        "at_least": one.at_least,
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _seconds(amount: timedelta | None) -> float | None:
    return None if amount is None else amount.total_seconds()
