"""Deadlines in HTML (期限的网页显示): a card for where a clock stands, a table for its ledger."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.deadlines.deadline import Deadline
from qms_service.deadlines.explanation import Explanation, within_text
from qms_service.deadlines.ledger import Segment
from qms_service.markup import Html, Table, Words

_ALWAYS = ("started_at", "due_at", "stopped_at", "gross", "net", "paused", "remaining")


def deadline_html(deadline: Deadline, words: Words) -> Html:
    """A card: the clock, its state, when it is due, how much time ran, and the clause."""
    caption = deadline.label.text(words.lang) if deadline.label else deadline.id
    return Table(caption=caption, rows=tuple(_card(deadline, words))).html(words)


def _card(deadline: Deadline, words: Words) -> Iterator[tuple[str, str]]:
    yield words.text("field.state"), words.text(f"state.{deadline.state}")
    if deadline.finding:
        yield words.text("field.reason"), deadline.finding.text(words.lang, words.catalogues)
    yield words.text("field.clause"), words.value(deadline.clause)
    yield words.text("field.within"), within_text(deadline.within, words.lang, words.catalogues)
    for name in (*_ALWAYS, *_worth_telling(deadline)):
        yield words.text(f"field.{name}"), words.value(getattr(deadline, name))


def _worth_telling(deadline: Deadline) -> Iterator[str]:
    """What differs from the plain run of a clock."""
    if deadline.late_by is not None:
        yield "late_by"
    if deadline.original_due_at != deadline.due_at:
        yield "original_due_at"
    yield from (
        name for name in ("provisional_until", "edition", "calendar_edition") if getattr(deadline, name)
    )


def explanation_html(explanation: Explanation, words: Words) -> Html:
    """The ledger: a row for each segment, with what counted, what had counted by then, and why."""
    lang, catalogues = words.lang, words.catalogues
    said = [explanation.finding.text(lang, catalogues)] if explanation.finding else []
    said += [amendment.text(lang, catalogues).strip() for amendment in explanation.amendments]
    names = ("start", "end", "counted", "total", "reason")
    return Table(
        caption="\n".join((explanation.headline(lang, catalogues), *said)),
        head=[words.text(f"field.{name}") for name in names] if explanation.segments else (),
        rows=[_segment(segment, words) for segment in explanation.segments] or [_clause(explanation, words)],
        foot=_foot(explanation, words),
        aside=[place for place, segment in enumerate(explanation.segments) if not segment.counted],
    ).html(words)


def _segment(segment: Segment, words: Words) -> tuple[str, ...]:
    reason = words.text(f"explain.{segment.code}")
    return (
        words.value(segment.start),
        words.value(segment.end),
        words.value(segment.counted) if segment.counted else "–",
        words.value(segment.total),
        f"{reason}{words.text('word.colon')}{segment.detail}" if segment.detail else reason,
    )


def _clause(explanation: Explanation, words: Words) -> tuple[str, str]:
    return words.text("field.clause"), words.value(explanation.clause)


def _foot(explanation: Explanation, words: Words) -> list[tuple[str, ...]]:
    if not explanation.segments:
        return []
    total = words.value(explanation.segments[-1].total)
    rows: list[tuple[str, ...]] = [(words.text("field.sum"), "", total, "", "")]
    rows.append((*_clause(explanation, words), "", "", ""))
    if explanation.calendar_edition:
        rows.append((words.text("field.calendar_edition"), explanation.calendar_edition, "", "", ""))
    return rows
