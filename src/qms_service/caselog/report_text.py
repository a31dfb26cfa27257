"""A report as a page of text for a terminal, in the reader's language; a Chinese character takes two places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from unicodedata import combining, east_asian_width

from qms_service.caselog.outcomes import Outcome
from qms_service.caselog.report import LateCase, Report
from qms_service.caselog.tally import DECIDED, Tally
from qms_service.texts import render, shown

Say = Callable[..., str]
NOTHING = "-"  # of one width in every terminal, which a longer dash is not


def report_text(report: Report, lang: str = "en", *, late: int | None = 20) -> str:
    """The report as a page of plain text.

    Args:
        report: The report.
        lang: `"en"` or `"zh"`.
        late: How many late cases, and events out of order, to list; None for all.
    """

    def say(code: str, **operands: object) -> str:
        return render(f"report.{code}", operands, lang)

    parts = (
        _head(report, say, lang),
        _rates(report, say, lang),
        _late(report, say, lang, late),
        _disorder(report, say, lang, late),
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _head(report: Report, say: Say, lang: str) -> list[str]:
    editions = tuple(edition for edition, _ in report.editions)
    lines = [
        say("title", rulebook=report.rulebook, editions=editions, file=report.file),
        say(
            "rows",
            rows=report.rows,
            read=report.rows - report.rejected,
            cases=report.cases,
            rejected=report.rejected,
        ),
        say("moment", now=report.now, zone=report.zone),
        say("rate"),
    ]
    for code, clocks in (("without-figure", report.without_figure), ("not-told", report.not_told)):
        if clocks:
            lines.append(say(code, clocks=tuple(_named(report, clock, say, lang) for clock in clocks)))
    return lines


def _named(report: Report, clock: str, say: Say, lang: str) -> str:
    """The name of a clock with its id, by which the rulebook and the JSON know it."""
    name = report.clock_name(clock, lang)
    return name if name == clock else say("clock-name", name=name, clock=clock)


def _columns(report: Report) -> list[Outcome]:
    """The outcomes that occurred; the decided ones always."""
    return [
        outcome
        for outcome in Outcome
        if outcome in DECIDED or any(rates.total[outcome] for rates in report.clocks)
    ]


def _rates(report: Report, say: Say, lang: str) -> list[str]:
    """One table for all clocks, so that the columns stand under each other, with a title above each clock."""
    columns = _columns(report)
    rows = [(say("month"), say("on-time"), "", *(say(f"outcome.{one}") for one in columns))]
    titles: dict[int, str] = {}
    for rates in report.clocks:
        name = _named(report, rates.id, say, lang)
        titles[len(rows)] = " · ".join(str(part) for part in (name, rates.within, rates.clause) if part)
        rows += [(month or say("no-start"), *_figures(tally, columns)) for month, tally in rates.months]
        rows.append((say("total"), *_figures(rates.total, columns)))
    lines = aligned(rows, right=range(1, len(rows[0])), indent="  ")
    return [
        line for at, row in enumerate(lines) for line in (*(("", titles[at]) if at in titles else ()), row)
    ]


def _figures(tally: Tally, columns: list[Outcome]) -> tuple[str, ...]:
    return (*_share(tally), *(str(tally[outcome] or NOTHING) for outcome in columns))


def _share(tally: Tally) -> tuple[str, str]:
    """The rate, half up, with its numerator and denominator; a dash where nothing is decided."""
    if tally.rate is None:
        return NOTHING, ""
    tenths = int(tally.rate * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10} %", f"{tally[Outcome.MET]}/{tally.decided}"


def _late(report: Report, say: Say, lang: str, limit: int | None) -> list[str]:
    if not report.late:
        return [say("none-late")]
    heads = ("case", "clock", "owner", "due", "done", "late-by", "net", "gross", "clause")
    rows = [
        tuple(say(head) for head in heads),
        *(_late_row(one, report, say, lang) for one in report.late[:limit]),
    ]
    return [
        say("late", count=len(report.late), shown=len(rows) - 1),
        *aligned(rows, right=(5, 6, 7), indent="  "),
    ]


def _late_row(one: LateCase, report: Report, say: Say, lang: str) -> tuple[str, ...]:
    owner = one.owner.label.text(lang) if one.owner else NOTHING
    least = "≥ " if one.at_least else ""
    return (
        one.case,
        report.clock_name(one.clock, lang),
        owner if one.owner_decided else say("assumed", owner=owner),
        _moment(one.due_at) if one.due_at else NOTHING,
        _moment(one.stopped_at) if one.stopped_at else say("not-done"),
        *(least + shown(amount) for amount in (one.late_by, one.net, one.gross)),
        str(one.clause or NOTHING),
    )


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _disorder(report: Report, say: Say, lang: str, limit: int | None) -> list[str]:
    listed = report.disorder[:limit]
    if not listed:
        return []
    return [
        say("disorders", count=len(report.disorder), shown=len(listed)),
        *(f"  {one.text(lang)}" for one in listed),
    ]


def width(text: str) -> int:
    """How many places a text takes up on a terminal.

    >>> width("QA"), width("品质部")
    (2, 6)
    """
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def aligned(rows: Iterable[Sequence[str]], *, right: Iterable[int] = (), indent: str = "") -> list[str]:
    """The lines of a table: columns two spaces apart, each as wide as its widest cell.

    Args:
        rows: The rows, all of one length.
        right: The columns to align to the right.
        indent: What stands before each line.

    >>> for line in aligned([("品质部", "7"), ("QA", "12")], right=[1]):
    ...     print(line)
    品质部   7
    QA      12
    """
    table = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    numbers = set(right)
    return [
        (indent + "  ".join(_padded(cell, widths[at], at in numbers) for at, cell in enumerate(row))).rstrip()
        for row in table
    ]


def _padded(text: str, places: int, right: bool) -> str:
    space = " " * (places - width(text))
    return space + text if right else text + space
