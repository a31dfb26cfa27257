"""Invariant (不变式): what must never happen in a case, stated apart from the rulebook, and its evaluator.

The evaluator reads a history alone. It shares no code with the gates: it knows neither the rulebook nor the
selectors and timelines on which gates stand, so that a mistake there cannot hide itself here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.events.event import Event
from qms_service.labels import Label

Aside = Literal["concessions", "corrections"]
Asked = tuple[tuple[str, tuple[object, ...]], ...]
Place = tuple[int, int]


def _asked(given: Mapping[str, object] | Asked) -> Asked:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((name, tuple(v) if isinstance(v, list | tuple) else (v,)) for name, v in pairs)


@attrs.frozen(kw_only=True)
class Wanted:
    """An event that must be on record in the current cycle.

    Args:
        event: Its name; the last of that name counts.
        where: The facts that it must have; several values mean one of them.
        after: An event than which it must be later, where there is one: the last of that name, and the last
            correction after which one of that name has other facts.
    """

    event: str
    where: Asked = attrs.field(default=(), converter=_asked)
    after: str | None = None

    def holds(self, last: Mapping[str, Event], since: Mapping[str, Place]) -> bool:
        """Whether the last events of the cycle have it, given since when those of a name read as they do."""
        found = last.get(self.event)
        if found is None or not all(
            _is_one_of(found.facts.get(name), allowed) for name, allowed in self.where
        ):
            return False
        return self.after is None or self.after not in since or _when(found) > since[self.after]


def _several(given: Iterable[Wanted | str]) -> tuple[Wanted, ...]:
    return tuple(Wanted(event=one) if isinstance(one, str) else one for one in given)


def _means(given: Iterable[Aside]) -> tuple[Aside, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class Invariant:
    """A sentence of the kind "never this step, where these facts stand, unless all that is on record".

    Args:
        id: The name under which the proof reports it.
        kind: The kind of case.
        sentence: What it says, in the words of the reader, in each language.
        never: The step.
        where: The facts, by `event.fact`, under which the sentence speaks; the last event of the cycle counts.
        unless: What must all be on record, by name or narrowed; without any, the step must never happen there.
        clause: The clause that it guards.
        leaves_aside: `"concessions"`: histories in which a step was recorded against its gate;
            `"corrections"`: histories in which an event was struck out or changed.

    >>> import pendulum
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> rule = Invariant(id="i", kind="complaint", never="closed", unless=["answered"])
    >>> rule.broken_by([Event("received", noon, seq=1), Event("closed", noon, seq=2)])
    True
    """

    id: str
    kind: str
    sentence: Label = attrs.field(factory=Label, eq=False)
    never: str
    where: Asked = attrs.field(default=(), converter=_asked)
    unless: tuple[Wanted, ...] = attrs.field(default=(), converter=_several)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)
    leaves_aside: tuple[Aside, ...] = attrs.field(default=(), converter=_means)

    def broken_by(self, history: Sequence[Event]) -> bool:
        """Whether the event written last is the step, and should not have been.

        Args:
            history: The events as they were written, with their corrections.
        """
        step = history[-1]
        if step.name != self.never:
            return False
        before = [one for one in history[:-1] if one.us <= step.us]
        last, since = _last_of_cycle(in_force(before), _reworded(before))
        now = {**last, step.name: step}
        if not all(_is_one_of(_fact(now, path), allowed) for path, allowed in self.where):
            return False
        return not (self.unless and all(one.holds(last, since) for one in self.unless))


def in_force(history: Iterable[Event]) -> list[Event]:
    """What stands of a history as written: without what corrections struck out, with what they changed."""
    written = sorted(history, key=_when)
    struck: set[object] = set()
    changed: dict[object, list[Any]] = {}
    for event in reversed(written):
        if event.name != "corrected" or event.seq in struck:
            continue
        of = event.facts["of"]
        if event.facts.get("void") is True:
            struck.add(of)
        changed.setdefault(of, []).insert(0, event.facts)
    standing = (_changed(one, changed.get(one.seq, ())) for one in written if one.seq not in struck)
    return sorted((one for one in standing if one.name != "corrected"), key=_when)


def _changed(event: Event, corrections: Iterable[Mapping[str, Any]]) -> Event:
    for one in corrections:
        facts = {**event.facts, **(one.get("facts") or {})}
        event = attrs.evolve(event, facts=facts, at=one.get("at") or event.at)
    return event


def _when(event: Event) -> Place:
    return event.us, event.seq


def _reworded(history: Sequence[Event]) -> dict[int, Place]:
    """Since when an event, by its number, has the facts that it has, where a correction gave it others.

    Told by taking the corrections in one after the other, and looking at all events each time.
    """
    lines = sorted((one for one in history if one.name == "corrected"), key=_when)
    others = [one for one in history if one.name != "corrected"]
    found: dict[int, Place] = {}
    before = _said(others)
    for count, line in enumerate(lines, 1):
        after = _said(in_force([*others, *lines[:count]]))
        found |= {seq: _when(line) for seq, facts in after.items() if facts != before.get(seq)}
        before = after
    return found


def _said(events: Iterable[Event]) -> dict[int, dict[str, object]]:
    return {
        one.seq: {name: value for name, value in one.facts.items() if value is not None} for one in events
    }


def _last_of_cycle(
    events: Sequence[Event], reworded: Mapping[int, Place]
) -> tuple[dict[str, Event], dict[str, Place]]:
    """The last event of each name since the last reopening, and since when those of a name read as they do."""
    last: dict[str, Event] = {}
    since: dict[str, Place] = {}
    for event in events:
        if event.name == "reopened":
            last, since = {}, {}
        last[event.name] = event
        since[event.name] = max(
            since.get(event.name, _when(event)), _when(event), reworded.get(event.seq, _when(event))
        )
    return last, since


def _fact(last: Mapping[str, Event], path: str) -> object:
    event, _, fact = path.partition(".")
    return last[event].facts.get(fact) if event in last else None


def _is_one_of(value: object, allowed: Iterable[object]) -> bool:
    """Equal and of one type: True is not 1."""
    return any(value == one and isinstance(value, bool) is isinstance(one, bool) for one in allowed)
