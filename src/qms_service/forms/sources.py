"""Sources (取值): where the value of a form's field comes from, each with its type, label and clause.

A source reads what is on record and nothing else; what is not there it says, and never guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, Protocol

import attrs

from qms_service.cases import Case, status_of
from qms_service.clauses import ClauseRef
from qms_service.errors import EntryError
from qms_service.events import Event
from qms_service.facts import Facts
from qms_service.findings import Finding
from qms_service.forms.sight import Sight
from qms_service.forms.value_type import ValueType
from qms_service.labels import Label
from qms_service.rulebooks.model import EventRule

FieldState = Literal["filled", "missing", "blank", "not_needed", "by_hand"]


@attrs.frozen(kw_only=True)
class Found:
    """What a source finds: a value, or how it stands without one, and why."""

    value: object = None
    state: FieldState = "filled"
    finding: Finding | None = None


MISSING: Final = Found(state="missing")
BLANK: Final = Found(state="blank")
NOT_NEEDED: Final = Found(state="not_needed")


class Source(Protocol):
    """Where a value comes from."""

    @property
    def path(self) -> str:
        """How a form definition names it."""

    @property
    def type(self) -> ValueType:
        """Of what type its values are."""

    @property
    def label(self) -> Label:
        """What it is called where the form gives no label."""

    @property
    def clause(self) -> ClauseRef | None:
        """The clause that asks for it."""

    def read(self, sight: Sight) -> Found:
        """What is on record."""


@attrs.frozen(kw_only=True)
class Told:
    """What every source tells of itself."""

    path: str
    type: ValueType
    label: Label
    clause: ClauseRef | None = None


@attrs.frozen(kw_only=True)
class OfCase(Told):
    """The case itself: its number, its status, when it opened."""

    figure: str

    def read(self, sight: Sight) -> Found:
        """The figure; a case that has no number yet misses it."""
        return found_or(CASE_FIGURES[self.figure](sight), MISSING)


def _status(sight: Sight) -> str:
    return status_of(sight.timeline)


CASE_FIGURES: Final[Mapping[str, Callable[[Sight], object]]] = {
    "id": lambda sight: sight.case.id,
    "kind": lambda sight: sight.case.kind,
    "status": _status,
    "opened_at": lambda sight: sight.case.subject.opened_at,
    "rulebook": lambda sight: sight.case.pin.rulebook,
    "edition": lambda sight: sight.case.pin.edition,
}


@attrs.frozen(kw_only=True)
class OfSubject(Told):
    """A fact of what the case is about."""

    fact: str
    optional: bool = False

    def read(self, sight: Sight) -> Found:
        """The fact, as the subject has it."""
        return found_or(sight.case.subject.facts.get(self.fact), BLANK if self.optional else MISSING)


@attrs.frozen(kw_only=True)
class OfEvent(Told):
    """A fact or a column of the last such event of the cycle.

    Args:
        after: The events that it must be later than to count.
    """

    event: str
    column: str
    optional: bool = False
    after: tuple[str, ...] = ()

    def read(self, sight: Sight) -> Found:
        """What the event put on record; without the event, whether the procedure asks for it at all."""
        event = sight.last(self.event)
        if event is None or sight.newer(event, self.after):
            return _not_there(sight, self.event, event, self.after)
        return found_or(column_of(event, self.column), BLANK if self.optional or sight.per else MISSING)


@attrs.frozen(kw_only=True)
class OfLine(Told):
    """A fact or a column of the event that a row is about."""

    column: str

    def read(self, sight: Sight) -> Found:
        """What the event put on record."""
        return found_or(None if sight.line is None else column_of(sight.line, self.column), BLANK)


@attrs.frozen(kw_only=True)
class OfSignature(Told):
    """Who recorded the last such event of the cycle, and when: what a signature on paper says."""

    event: str
    after: tuple[str, ...] = ()

    def read(self, sight: Sight) -> Found:
        """The person and the moment."""
        event = sight.last(self.event)
        if event is None or sight.newer(event, self.after):
            return _not_there(sight, self.event, event, self.after)
        return Found(value=Facts({"by": event.by, "at": event.at} if event.by else {"at": event.at}))


def _not_there(sight: Sight, name: str, event: Event | None, after: tuple[str, ...]) -> Found:
    """How a field stands whose event is not on record, or was before what it must follow."""
    if event is not None:
        newer = {"after": sight.newer(event, after)}
        outdated = Finding(code="form-outdated", severity="warning", subject=name, facts=newer)
        return attrs.evolve(MISSING, finding=outdated)
    return BLANK if sight.per else _not_done(sight, sight.procedure.rules.event(sight.kind, name))


def _not_done(sight: Sight, rule: EventRule) -> Found:
    if rule.when.holds(sight.timeline.fact) is False:
        return NOT_NEEDED
    return BLANK if rule.optional else MISSING


@attrs.frozen(kw_only=True)
class OfKey(Told):
    """The key that a row is about."""

    def read(self, sight: Sight) -> Found:
        """The key."""
        return found_or(sight.key, BLANK)


@attrs.frozen(kw_only=True)
class OfRelated(Told):
    """A value of each linked case of a kind that was handed in."""

    kind: str
    inner: Source

    def read(self, sight: Sight) -> Found:
        """The values found; what is handed in without the value is not told from what has none."""
        found = [self.inner.read(sight.beside(one)) for one in related_of(sight, self.kind)]
        there = [one.value for one in found if one.state == "filled"]
        if there:
            each = (value if isinstance(value, tuple) else (value,) for value in there)
            return Found(value=tuple(one for values in each for one in values))
        return MISSING if links_without(sight, self.kind) or found else BLANK


def related_of(sight: Sight, kind: str) -> list[Case]:
    """The cases of a kind that were handed in."""
    for one in sight.related:
        if not isinstance(one, Case):
            raise EntryError("entry-case", got=repr(one))
    return [one for one in sight.related if one.kind == kind]


def links_without(sight: Sight, kind: str) -> list[str]:
    """The numbers of the linked cases of a kind that were not handed in."""
    there = {one.id for one in related_of(sight, kind)}
    links = (link.facts for link in sight.timeline.all("linked", keeps=True))
    wanted = dict.fromkeys(str(link["case"]) for link in links if link["kind"] == kind)
    return [number for number in wanted if number not in there]


@attrs.frozen(kw_only=True)
class FirstOf(Told):
    """The first of some sources that has a value."""

    sources: tuple[Source, ...]

    def read(self, sight: Sight) -> Found:
        """The first value; without one, how the first of them stands."""
        found = [source.read(sight) for source in self.sources]
        return next((one for one in found if one.state == "filled"), found[0])


@attrs.frozen(kw_only=True)
class Moment(Told):
    """The moment of filling."""

    def read(self, sight: Sight) -> Found:
        """The moment."""
        return Found(value=sight.now)


def column_of(event: Event, column: str) -> Any:  # noqa: ANN401  # a column of any type
    """A fact of an event, or one of its own columns."""
    if column == "event":
        return event.name
    if column == "evidence":
        return tuple(f"{one.kind}: {one.uri}" for one in event.evidence) or None
    return getattr(event, column) if column in EVENT_COLUMNS else event.facts.get(column)


EVENT_COLUMNS: Final = (
    "at", "by", "department", "role", "on_behalf_of", "recorded_at", "note", "despite", "evidence",
)  # fmt: skip


def found_or(value: object, without: Found) -> Found:
    """A value found; without one, how the field stands instead. An empty list says that there are none."""
    return without if value is None or value == "" else Found(value=value)
