"""Cases in HTML (个案的网页显示): the header of a case and its history as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qms_service.cases.case import Case
from qms_service.events import Event
from qms_service.labels import Label
from qms_service.markup import Html, Table, Words


def case_html(case: Case, words: Words, labels: Mapping[str, Label | str]) -> Html:
    """What a case is about, and a row for each event of its history."""
    kind = words.name("word", case.kind)
    header = Table(caption=f"{kind} {case.id}", rows=tuple(_header(case, words)))
    names = ("seq", "at", "event", "by", "facts", "note")
    history = Table(
        caption=words.text("field.history"),
        head=[words.text(f"field.{name}") for name in names],
        rows=[_event(event, words, labels) for event in case.history],
    )
    return Html(header.html(words) + history.html(words))


def _header(case: Case, words: Words) -> Iterator[tuple[str, str]]:
    yield words.text("field.status"), words.text(f"status.{case.status}")
    yield words.text("field.opened_at"), words.value(case.subject.opened_at)
    for name, value in case.subject.facts.items():
        yield words.name("field", name), words.value(value)
    yield words.text("field.rulebook"), f"{case.pin.rulebook} {case.pin.edition} ({case.pin.digest[:12]})"


def _event(event: Event, words: Words, labels: Mapping[str, Label | str]) -> tuple[str, ...]:
    label = labels.get(event.name) or words.name("event", event.name)
    return (
        str(event.seq),
        words.value(event.at),
        label.text(words.lang) if isinstance(label, Label) else label,
        _who(event, words),
        words.facts(event.facts),
        "\n".join(_remarks(event, words)),
    )


def _who(event: Event, words: Words) -> str:
    told = [event.by, event.role, event.department]
    if event.on_behalf_of:
        told.append(f"{words.text('field.on_behalf_of')} {event.on_behalf_of}")
    return words.value(tuple(one for one in told if one)) if any(told) else ""


def _remarks(event: Event, words: Words) -> Iterator[str]:
    """The note, the concession with what it went against, and where the evidence lies."""
    if event.note:
        yield event.note
    if event.despite:
        yield f"{words.text('field.despite')}{words.text('word.colon')}{event.despite}"
    for finding in event.findings:
        yield finding.text(words.lang, words.catalogues)
    for piece in event.evidence:
        yield f"{piece.kind}{words.text('word.colon')}{piece.uri}"
