"""Changes (改动): which corrections changed what an event says, and when.

What was approved is what was on record then. A correction of its facts makes it another text, from the
correction's own moment; one that only moves it in time, or brings the facts that were there, does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from qms_service.events.event import Event
from qms_service.events.history import by_place, mended, standing, target_of
from qms_service.facts import Facts

Changes = Mapping[int, tuple[Event, ...]]
NO_CHANGES: Final[Changes] = {}


def changes_in(written: Sequence[Event]) -> Changes:
    """Of each event that reads otherwise than it was written: the corrections that changed it, oldest first.

    One that strikes out such a correction changes it too: it reads as before again. Events go by their seq.

    Args:
        written: The events as they were written, as far as they are seen.
    """
    by_seq = {event.seq: event for event in written}
    return {
        seq: found
        for seq, lines in _lines(by_place(written), by_seq).items()
        if (found := tuple(_changing(by_seq[seq], lines)))
    }


def changes_before(changes: Changes, end: Event) -> Changes:
    """The changes that lie before an event."""
    early = {seq: tuple(one for one in found if one.place < end.place) for seq, found in changes.items()}
    return {seq: found for seq, found in early.items() if found}


def _lines(ordered: Sequence[Event], by_seq: Mapping[int, Event]) -> Mapping[int, list[Event]]:
    """The corrections of each event, those of its corrections among them, oldest first."""
    lines: dict[int, list[Event]] = {}
    root: dict[int, int] = {}
    for event in ordered:
        of = target_of(event) if event.name == "corrected" else -1
        if of in by_seq:
            seq = root.get(of) if by_seq[of].name == "corrected" else of
            if seq is not None:
                root[event.seq] = seq
                lines.setdefault(seq, []).append(event)
    return lines


def _changing(event: Event, lines: Sequence[Event]) -> Iterator[Event]:
    """The lines after which the event reads otherwise than before them."""
    facts: Facts | None = event.facts
    for end, line in enumerate(lines, 1):
        strikes = target_of(line) != event.seq or line.facts.get("void") is True
        then = _reading(event, lines[:end]) if strikes or facts is None else mended(facts, line.facts)
        if _on_record(then) != _on_record(facts):
            yield line
        facts = then


def _on_record(facts: Facts | None) -> Mapping[str, object] | None:
    """What facts say: None takes a fact off the record."""
    return facts and {name: value for name, value in facts.items() if value is not None}


def _reading(event: Event, lines: Sequence[Event]) -> Facts | None:
    """What the event says under its corrections; None where it is struck out."""
    void: set[int] = set()
    facts = event.facts
    for line in standing(lines, void):
        if target_of(line) == event.seq:
            facts = mended(facts, line.facts)
    return None if event.seq in void else facts
