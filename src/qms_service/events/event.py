"""Event (事件): one thing that happened in a case, written once and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.errors import EntryError
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.findings import Finding
from qms_service.instants import Micros, instant, micros

CLOSED: Final = "closed"
_TEXTS: Final = ("by", "department", "role", "on_behalf_of", "note", "despite")
_COLUMNS: Final = frozenset(("department", "role", "by", "on_behalf_of"))
SYSTEM_EVENTS: Final = (
    "corrected", "extended", "agreed", "paused", "resumed", "linked", "waived", "withdrawn", "reopened",
    "edition_changed",
)  # fmt: skip


def _when(at: DateTime | None) -> Micros | None:
    """What two instants are compared by: the wall of a zone runs twice through a repeated hour."""
    return None if at is None else micros(at)


def _recorded(at: object) -> DateTime | None:
    return None if at is None else instant(at)


@attrs.frozen(kw_only=True)
class Evidence:
    """A pointer to a piece of evidence (证据): where it lies and its digest, never its bytes.

    Args:
        kind: What it is, such as `"photo"` or `"8D report"`.
        uri: Where it lies.
        media_type: Its media type, such as `"image/jpeg"`.
        sha256: The digest of its bytes, as hexadecimal digits.
        item: Which item it belongs to, where a rule counts evidence by item.
    """

    kind: str
    uri: str
    media_type: str | None = None
    sha256: str | None = None
    item: str | None = None


def _evidence(given: Iterable[Evidence]) -> tuple[Evidence, ...]:
    pieces = tuple(given) if isinstance(given, tuple | list) else (given,)
    if not all(isinstance(piece, Evidence) for piece in pieces):
        raise EntryError("entry-evidence", got=repr(given))
    return pieces


def _findings(given: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(given)


@attrs.frozen
class Event:
    """An event of a case.

    Args:
        name: The event's name in its rulebook, or a system event such as `"corrected"`.
        at: When it happened; aware.
        recorded_at: When it was entered; None for a history taken over from elsewhere.
        seq: Its place in the case's history, from 1.
        by: An opaque id of the person.
        department: The department that acted.
        role: The role in which the person acted.
        on_behalf_of: The role or department stood in for.
        facts: What it put on record.
        note: A remark.
        evidence: Pointers to evidence.
        despite: The reason why it was kept against a gate (让步).
        findings: What the rules found when it was recorded; kept with a concession for ever.
    """

    name: str
    at: DateTime = attrs.field(converter=instant, eq=False)
    recorded_at: DateTime | None = attrs.field(default=None, converter=_recorded, eq=_when, kw_only=True)
    seq: int = attrs.field(default=0, kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    department: str | None = attrs.field(default=None, kw_only=True)
    role: str | None = attrs.field(default=None, kw_only=True)
    on_behalf_of: str | None = attrs.field(default=None, kw_only=True)
    facts: Facts = attrs.field(default=NO_FACTS, converter=as_facts, kw_only=True)
    note: str | None = attrs.field(default=None, kw_only=True)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence, kw_only=True)
    despite: str | None = attrs.field(default=None, kw_only=True)
    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_findings, kw_only=True)
    us: Micros = attrs.field(init=False, repr=False)

    @us.default
    def _since_1970(self) -> Micros:
        return micros(self.at)

    def __attrs_post_init__(self) -> None:
        texts = (self.name, self.by, self.department, self.role, self.on_behalf_of, self.note, self.despite)
        for value in texts:
            if value is not None and type(value) is not str:
                _refuse_columns(self)
        if self.name is None:
            _refuse_columns(self)

    @property
    def place(self) -> tuple[Micros, int]:
        """Where it stands among the others: by when it happened, then by when it was written.

        Whole microseconds UTC, because two datetimes of one zone compare by their wall time, which runs
        twice through the hour that a change of the clock repeats.
        """
        return self.us, self.seq

    def value(self, name: str) -> object:
        """A fact of the event, or one of its own columns; None where neither is on record."""
        if name in _COLUMNS:
            return getattr(self, name)
        return self.facts.get(name)


def _refuse_columns(event: Event) -> None:
    """Raises for the first column that is no text; a kind of text such as a frame's own is one."""
    for column in ("name", *_TEXTS):
        value = getattr(event, column)
        if not isinstance(value, str) and not (value is None and column != "name"):
            raise EntryError("entry-column", of=str(event.name), column=column, got=repr(value))
