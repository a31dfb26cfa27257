"""A duty calendar as a table (义务日历的表格): when, what, for which period, by whom, under which clause."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.deadlines.duties.duty_calendar import DutyCalendar
from qms_service.deadlines.duties.explanation import closed_text
from qms_service.deadlines.duties.in_words import DutyWords
from qms_service.deadlines.duties.occurrence import Occurrence
from qms_service.markup import Html, Table, Words
from qms_service.texts import render

_HEAD = ("due_on", "duty", "period", "object", "state", "by", "clause", "remark")
_ALWAYS = frozenset(("due_on", "duty", "clause"))
Row = tuple[str, ...]


def html(calendar: DutyCalendar, words: Words) -> Html:
    """The calendar in HTML; what has no date stands back below."""
    head, rows = _table(calendar, words)
    return Table(
        caption=_caption(calendar, words),
        head=[_named(name, words) for name in head],
        rows=rows,
        aside=range(len(calendar), len(rows)),
    ).html(words)


def markdown(calendar: DutyCalendar, words: Words) -> str:
    """The calendar in Markdown."""
    head, rows = _table(calendar, words)
    lines = ([_named(name, words) for name in head], ["---"] * len(head), *rows)
    table = "\n".join(f"| {' | '.join(_escaped(cell) for cell in line)} |" for line in lines)
    return f"**{_caption(calendar, words)}**\n\n{table}\n"


def _table(calendar: DutyCalendar, words: Words) -> tuple[Row, list[Row]]:
    """The columns in which something stands, and the rows."""
    full = [_row(one, words) for one in (*calendar.occurrences, *calendar.unplaced)]
    shown = [i for i, name in enumerate(_HEAD) if name in _ALWAYS or any(row[i] for row in full)]
    return tuple(_HEAD[i] for i in shown), [tuple(row[i] for i in shown) for row in full]


def _row(one: Occurrence, words: Words) -> Row:
    return (
        _due(one, words),
        one.duty.name(words.lang),
        str(one.period or ""),
        one.object or "",
        words.text(f"state.{one.state}") if one.state else "",
        one.duty.by or "",
        str(one.clause or ""),
        "\n".join(_remarks(one, words)),
    )


def _due(one: Occurrence, words: Words) -> str:
    if one.due_on is None or one.due_at is None:
        return "?"
    weekday = words.text(f"duty.short.weekday.{one.due_on.weekday()}")
    time = f" {one.due_at:%H:%M}" if one.duty.due.at_us is not None or one.duty.due.closes else ""
    return f"{one.due_on.isoformat()} {weekday}{time}"


def _remarks(one: Occurrence, words: Words) -> Iterator[str]:
    if one.finding:
        yield one.finding.text(words.lang, words.catalogues)
    if one.period is None and not one.duty.irregular:
        yield DutyWords(words).rule(one.duty)
    yield from (closed_text(passed, words) for passed in one.passed)
    if one.provisional_until:
        yield words.text("duty.provisional")


def _caption(calendar: DutyCalendar, words: Words) -> str:
    operands = {"start": calendar.starts_at, "end": calendar.ends_at, "count": len(calendar)}
    return render("duty.calendar", operands, words.lang, words.catalogues)


def _named(name: str, words: Words) -> str:
    return words.text(f"duty.column.{name}")


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")
