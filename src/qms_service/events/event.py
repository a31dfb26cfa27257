"""Event (事件): one thing that happened in a case, written once and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import attrs
from pendulum import DateTime

from qms_service.errors import EntryError
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.findings import Finding
from qms_service.instants import Micros, instant, micros

CLOSED: Final = "closed"
_put: Final[Any] = object.__setattr__
_COLUMNS: Final = frozenset(("department", "role", "by", "on_behalf_of"))
SYSTEM_EVENTS: Final = (
    "corrected", "extended", "agreed", "paused", "resumed", "linked", "waived", "withdrawn", "reopened",
    "edition_changed",
)  # fmt: skip


def _when(at: DateTime | None) -> Micros | None:
    """What two instants are compared by: the wall of a zone runs twice through a repeated hour."""
    return None if at is None else micros(at)


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


@attrs.frozen(init=False)
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

    >>> import pendulum
    >>> when = pendulum.datetime(2026, 3, 2, 15, tz="Asia/Shanghai")
    >>> event = Event("analysed", when, department="quality", facts={"ours": True})
    >>> event.value("ours"), event.value("department")
    (True, 'quality')
    """

    name: str
    at: DateTime = attrs.field(eq=False)
    recorded_at: DateTime | None = attrs.field(default=None, eq=_when, kw_only=True)
    seq: int = attrs.field(default=0, kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    department: str | None = attrs.field(default=None, kw_only=True)
    role: str | None = attrs.field(default=None, kw_only=True)
    on_behalf_of: str | None = attrs.field(default=None, kw_only=True)
    facts: Facts = attrs.field(default=NO_FACTS, kw_only=True)
    note: str | None = attrs.field(default=None, kw_only=True)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), kw_only=True)
    despite: str | None = attrs.field(default=None, kw_only=True)
    findings: tuple[Finding, ...] = attrs.field(default=(), kw_only=True)
    us: Micros = attrs.field(init=False, repr=False)

    def __init__(
        self,
        name: str,
        at: datetime,
        *,
        recorded_at: datetime | None = None,
        seq: int = 0,
        by: str | None = None,
        department: str | None = None,
        role: str | None = None,
        on_behalf_of: str | None = None,
        facts: Mapping[str, object] | None = NO_FACTS,
        note: str | None = None,
        evidence: Iterable[Evidence] = (),
        despite: str | None = None,
        findings: Iterable[Finding] = (),
    ) -> None:
        # By hand, because an event is made at each step: converters and validators would take half as long again.
        for value in (by, department, role, on_behalf_of, note, despite):
            if value is not None and type(value) is not str:
                _refuse_columns(
                    name, by=by, department=department, role=role, on_behalf_of=on_behalf_of, note=note,
                    despite=despite,
                )  # fmt: skip
        if type(name) is not str:
            _refuse_columns(name)
        happened = instant(at)
        put = _put.__get__(self)
        put("name", name)
        put("at", happened)
        put("recorded_at", happened if recorded_at is at else _entered(recorded_at))
        put("seq", seq)
        put("by", by)
        put("department", department)
        put("role", role)
        put("on_behalf_of", on_behalf_of)
        put("facts", as_facts(facts))
        put("note", note)
        put("evidence", _pieces(evidence) if evidence != () else ())
        put("despite", despite)
        put("findings", tuple(findings) if findings != () else ())
        put("us", micros(happened))

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


def _entered(at: datetime | None) -> DateTime | None:
    return None if at is None else instant(at)


def _pieces(given: Iterable[Evidence]) -> tuple[Evidence, ...]:
    pieces = tuple(given) if isinstance(given, tuple | list) else (given,)
    if not all(isinstance(piece, Evidence) for piece in pieces):
        raise EntryError("entry-evidence", got=repr(given))
    return pieces


def _refuse_columns(name: object, **columns: object) -> None:
    """Raises for the first column that is no text; a kind of text such as a frame's own is one."""
    if not isinstance(name, str):
        raise EntryError("entry-column", of="Event", column="name", got=repr(name))
    for column, value in columns.items():
        if value is not None and not isinstance(value, str):
            raise EntryError("entry-column", of=name, column=column, got=repr(value))
