"""Plan (读取方案): what a frame is asked, with every name checked before the first row is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from pendulum.tz.timezone import Timezone

from qms_service.analysis.editions import Editions
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.facts import types_of
from qms_service.errors import ColumnError, ZoneError, unknown_name
from qms_service.facts import FactType
from qms_service.instants import zone
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.system import SYSTEM_RULES

Columns = Mapping[str, Any]


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """Which columns hold what, and who judges them.

    Args:
        editions: The editions that judge.
        kind: The kind of case.
        case: The column of the case's number.
        events: For each event its column, or how a log names them.
        facts: For each fact its column.
        zone: The zone of instants that have none.
    """

    editions: Editions
    kind: str
    case: Any
    events: Columns | EventRows
    facts: Columns
    zone: Timezone | None

    @classmethod
    def of(
        cls, book: object, *, case: object, events: object, facts: object, timezone: object, kind: object
    ) -> Plan:
        """The plan that a caller's arguments make.

        Raises:
            ColumnError: `events` or `facts` is no mapping; no kind of case knows all the events.
            UnknownNameError: No edition knows a kind, an event or a fact; the nearest is named.
            ZoneError: There is no zone of that name.
        """
        editions = Editions.of(book)
        if not isinstance(events, Mapping | EventRows) or not events:
            raise ColumnError("frame-events", got=repr(events))
        if facts is not None and not isinstance(facts, Mapping):
            raise ColumnError("frame-facts", got=repr(facts))
        named = _named(events)
        plan = cls(
            editions=editions,
            kind=_kind(editions, kind, named),
            case=case,
            events=events,
            facts=facts or {},
            zone=_zone(timezone),
        )
        _check_events(plan, named)
        _check_facts(plan)
        return plan

    def rules(self, place: int) -> KindRules | None:
        """The rules of the kind in one edition; None where it has no such kind."""
        return self.editions.procedures[place].rules.kinds.get(self.kind)

    def fact_types(self, place: int) -> dict[str, FactType]:
        """The declared type of each fact that is read, as far as an edition knows it."""
        rules = self.rules(place)
        return types_of(rules, list(self.facts)) if rules else {}

    def known(self) -> Iterable[KindRules]:
        """The rules of the kind in every edition that has it, the newest first."""
        found = (edition.rules.kinds.get(self.kind) for edition in reversed(self.editions.procedures))
        return [rules for rules in found if rules is not None]

    @property
    def openings(self) -> tuple[str, ...]:
        """The event that opens a case, in every edition."""
        return tuple(dict.fromkeys(rules.opening for rules in self.known()))

    @property
    def event_names(self) -> tuple[str, ...]:
        """Every event that a case of the kind can have, in any edition."""
        own = (name for rules in self.known() for name in rules.events)
        return tuple(dict.fromkeys((*own, *SYSTEM_RULES)))

    @property
    def clocks(self) -> tuple[str, ...]:
        """Every clock of the kind, in the order of the newest edition; those it no longer has come last."""
        return tuple(dict.fromkeys(name for rules in self.known() for name in rules.clocks))


def _named(events: Columns | EventRows) -> tuple[Any, ...]:
    if isinstance(events, EventRows):
        return tuple(dict.fromkeys(event for event in events.names.values() if event is not None))
    return tuple(events)


def _zone(name: object) -> Timezone | None:
    if name is None:
        return None
    given = getattr(name, "key", None) or getattr(name, "name", None) or name
    if not isinstance(given, str):
        raise ZoneError("unknown-zone", got=repr(name))
    return zone(given)


def _kind(editions: Editions, given: object, named: tuple[str, ...]) -> str:
    kinds = dict.fromkeys(name for one in reversed(editions.procedures) for name in one.rules.kinds)
    if given is not None:
        if given not in kinds:
            raise unknown_name("case-kind", given, kinds)
        return str(given)
    fitting = [name for name in kinds if _knows(editions, name, named)]
    if fitting or len(kinds) == 1:
        return (fitting or [*kinds])[0]
    raise ColumnError("frame-no-kind", got=named, allowed=tuple(kinds))


def _knows(editions: Editions, kind: str, named: tuple[str, ...]) -> bool:
    found = [one.rules.kinds[kind].events for one in editions.procedures if kind in one.rules.kinds]
    return all(any(name in events for events in found) or name in SYSTEM_RULES for name in named)


def _check_events(plan: Plan, named: tuple[str, ...]) -> None:
    known = plan.event_names
    for name in named:
        if name not in known:
            raise unknown_name("event", name, known)


def _check_facts(plan: Plan) -> None:
    known: dict[str, None] = {}
    for rules in plan.known():
        known |= dict.fromkeys(f"subject.{rule.name}" for rule in rules.subject)
        for event in (*rules.events.values(), *SYSTEM_RULES.values()):
            known |= dict.fromkeys(f"{event.name}.{name}" for name in event.fact_types)
    for path in plan.facts:
        if path not in known:
            raise unknown_name("fact", path, known)
