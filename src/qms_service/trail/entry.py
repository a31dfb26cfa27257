"""Entry (记录): what the trail keeps of a case's subject, or of one of its events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from qms_service.cases import Case, Pin, Subject
from qms_service.errors import EntryError, QmsError, StoreError
from qms_service.events import Event
from qms_service.trail.leaves import Json, canonical, digest, parsed, replaced
from qms_service.trail.seal import Seal, new_seal, written
from qms_service.wire import from_json, to_json
from qms_service.wire.subjects import TYPED

FORMAT: Final = "qms-trail/1"
_SUBJECTS: Final[Mapping[str, type]] = {kind.__name__: kind for kind in (Subject, *TYPED.values())}


@attrs.frozen(kw_only=True)
class Entry:
    """One entry of a case's trail.

    Args:
        seq: 0 for the subject, else the event's place in the history.
        body: The subject or the event as `to_json` writes it, with marks where it was redacted.
        pin: The pin of the case, where it changed with this entry, as JSON; always on the first entry.
        seal: The secrets of its digests, as JSON; see `Seal`.
        hash: The digest that binds its case, its place, its pin, its body and the entry before.
    """

    seq: int
    body: str
    pin: str | None
    seal: str
    hash: str


def entries_of(case: Case, *, since: int = 0, head: str = "", pin: Pin | None = None) -> tuple[Entry, ...]:
    """The entries of a case, or those that it has gained.

    Args:
        case: The case.
        since: The first entry wanted; those before are kept already.
        head: The digest of the entry before that one; empty where there is none.
        pin: The pin as it is kept so far.

    Raises:
        EntryError: The events of the case are not numbered 1, 2, 3 and on.
        WireError: The case holds what JSON cannot.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> complaint = qms.Complaint(number="C-1", customer="ACME", received_at=noon)
    >>> case = qms.load_rulebook("pcb-maker").open(complaint)
    >>> first, second = entries_of(case)
    >>> entries_of(case, since=1, head=first.hash, pin=case.pin)[0].body == second.body
    True
    >>> case_of((first, second)) == case
    True
    """
    made: list[Entry] = []
    turn = _pin_changes_at(case, since, pin)
    for seq, value in enumerate((case.subject, *case.history)[since:], since):
        if isinstance(value, Event) and value.seq != seq:
            raise EntryError("trail-seq", got=value.seq, allowed=seq)
        pinned = canonical(attrs.asdict(case.pin)) if seq == turn else None
        body, seal = to_json(value), new_seal()
        bound = entry_hash(case.id, seq, head, pin=pinned, tree=json.loads(body), seal=seal)
        made.append(Entry(seq=seq, body=body, pin=pinned, seal=written(seal, bound), hash=bound))
        head = bound
    return tuple(made)


def _pin_changes_at(case: Case, since: int, pin: Pin | None) -> int | None:
    """The entry that the pin is kept with: the first, or the change of edition that led to it."""
    if since == 0:
        return 0
    if case.pin == pin:
        return None
    changes = (event.seq for event in reversed(case.history[since - 1 :]) if event.name == "edition_changed")
    return next(changes, since)


def entry_hash(case_id: str, seq: int, before: str, *, pin: str | None, tree: Json, seal: Seal) -> str:
    """The digest of an entry; `docs/audit-trail.md` states the format for whoever checks it without us."""
    return digest(canonical([FORMAT, case_id, seq, before, pin, replaced(tree, seal.digest)]))


def case_of(entries: Sequence[Entry]) -> Case:
    """The case of its entries, in the order of `seq`.

    Raises:
        StoreError: Entries are missing, out of order or unreadable: somebody changed them.
    """
    values = tuple(_values(entries))
    pins = [pin for _, pin in values if pin is not None]
    if not pins:
        raise StoreError("trail-no-pin")
    return Case(subject=values[0][0], pin=pins[-1], history=tuple(value for value, _ in values[1:]))


def _values(entries: Sequence[Entry]) -> Iterator[tuple[Json, Pin | None]]:
    """The subject and the events, each with the pin that came with it."""
    for place, entry in enumerate(entries):
        try:
            value = _event(entry, place) if place else _subject(entry)
            pin = None if entry.pin is None else Pin(**parsed(entry.pin))
        except (QmsError, TypeError, ValueError, KeyError) as error:
            raise StoreError("trail-unreadable", entry=place, reason=str(error)) from error
        yield value, pin


def _subject(entry: Entry) -> Json:
    tree = parsed(entry.body)
    return from_json(_SUBJECTS[tree["type"]], tree)


def _event(entry: Entry, place: int) -> Event:
    event = from_json(Event, entry.body)
    if not event.seq == entry.seq == place:
        raise EntryError("trail-seq", got=event.seq, allowed=place)
    return event
