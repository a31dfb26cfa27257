"""The clocks of a kind over a timeline, and over a row of a caller's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pendulum import DateTime

from qms_service.deadlines import Deadline, deadline_of
from qms_service.errors import EntryError, unknown_name
from qms_service.events import Event, Timeline, timeline
from qms_service.facts import Facts, as_facts
from qms_service.instants import instant, is_missing, micros
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.term_table import TermTable
from qms_service.worktime import Term, Urgency
from qms_service.worktime.term import OnUnknown


def deadline_at(
    rules: Rules,
    kind: KindRules,
    clock: str,
    timeline: Timeline,
    now: DateTime,
    *,
    on_unknown: OnUnknown = "refuse",
) -> Deadline:
    """One clock at a moment.

    Raises:
        UnknownNameError: The kind has no such clock.
    """
    if not isinstance(clock, str) or clock not in kind.clocks:
        raise unknown_name("clock", clock, kind.clocks)
    return deadline_of(
        kind.clocks[clock],
        timeline,
        now=now,
        calendar=rules.calendar,
        pause_rules=kind.pauses.values(),
        on_unknown=on_unknown,
        edition=rules.edition,
    )


def deadlines_at(
    rules: Rules, kind: KindRules, timeline: Timeline, now: DateTime, *, on_unknown: OnUnknown = "refuse"
) -> tuple[Deadline, ...]:
    """Every clock of the kind at a moment, in the order of the rulebook."""
    return tuple(
        deadline_at(rules, kind, clock, timeline, now, on_unknown=on_unknown) for clock in kind.clocks
    )


def facts_read(kind: KindRules) -> frozenset[str] | None:
    """The facts that the clocks of a kind read, by path; None where the choice of a term does not tell."""
    paths: set[str] = set()
    selecting = [one for clock in kind.clocks.values() for one in (*clock.start, *clock.stop)]
    selecting += [one for pause in kind.pauses.values() for one in (*pause.starts, *pause.ends)]
    paths.update(f"{one.event}.{name}" for one in selecting for name, _ in one.where)
    for clock in kind.clocks.values():
        paths.update(clock.when.paths)
        if isinstance(clock.within, TermTable):
            paths.update(path for _, found in clock.within.sources for path in found)
        elif not isinstance(clock.within, Term | Urgency):
            return None
    return frozenset(paths)


def row_timeline(
    rules: Rules,
    kind: KindRules,
    events: Mapping[str, datetime | None],
    facts: Mapping[str, object],
    now: DateTime,
) -> Timeline:
    """The timeline of a row: events by name, facts by path; what lies after `now` is not seen.

    Raises:
        UnknownNameError: The kind has no such event or fact.
        FactValueError: A fact is not of its declared type.
        NaiveInstantError: An instant has no zone.
    """
    happened = {}
    if not isinstance(events, Mapping):
        raise EntryError("entry-rows", got=repr(events))
    facts = as_facts(facts)
    for name, at in events.items():
        rules.event(kind, name)
        if not is_missing(at):
            happened[name] = instant(at)
    history = [Event(name, at, seq=seq) for seq, (name, at) in enumerate(happened.items(), start=1)]
    ahead = {name for name, at in happened.items() if micros(at) > micros(now)}
    read = {path: _read(rules, kind, path, value) for path, value in facts.items()}
    known = {
        path: value
        for path, value in read.items()
        if value is not None and path.partition(".")[0] not in ahead
    }
    return timeline(history, now, Facts(known))


def _read(rules: Rules, kind: KindRules, path: str, value: object) -> object:
    """The value of a fact as its type holds it; None where it is not on record."""
    name, _, fact = path.partition(".")
    types = (
        {rule.name: rule.type for rule in kind.subject}
        if name == "subject"
        else rules.event(kind, name).fact_types
    )
    if fact not in types:
        raise unknown_name("fact", path, [f"{name}.{known}" for known in types])
    return None if is_missing(value) else types[fact].read(path, value)
