"""Reads what the cases of a file share: its head, and its stories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
from pendulum import DateTime

from qms_service.authoring.cases.read_events import note, read_history, read_moment, read_values
from qms_service.cases import Subject
from qms_service.events import Event
from qms_service.facts import NO_FACTS, Facts
from qms_service.instants import micros
from qms_service.rulebooks.fact_check import read_facts
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Section

NUMBER: Final = "1"  # of a case that nobody links to


@attrs.frozen(kw_only=True)
class Story:
    """A history that several cases share.

    Args:
        subject: What it is about.
        events: What happened.
        is_sound: Whether its subject has the facts that the rulebook asks for; where not, that was noted.
    """

    subject: Subject
    events: tuple[Event, ...] = ()
    is_sound: bool = True

    def until(self, at: DateTime, without: tuple[str, ...] = ()) -> tuple[Event, ...]:
        """What had happened by a moment, less the events of some names."""
        return tuple(one for one in self.events if one.us <= micros(at) and one.name not in without)


@attrs.frozen(kw_only=True, eq=False)
class Head:
    """What holds for every case of a file that says no other.

    Args:
        rules: The edition that the cases ask.
        kind: The kind of case; None where the rulebook has several and the file names none.
        received: When a case opens.
        subjects: The facts of the subject of each kind.
    """

    rules: Rules
    kind: str | None
    received: DateTime | None
    subjects: Mapping[str, Facts]

    def story(self, section: Section, base: Story | None = None) -> Story | None:
        """The subject that a table tells, over that of a story that it continues; no events of its own."""
        kind = self._kind(section, base)
        if kind is None:
            return None
        facts = {**(base.subject.facts if base else self.subjects.get(kind.kind, NO_FACTS))}
        facts |= read_values(section.take("subject", dict) or {}, kind.subject_rule, self.rules)
        is_sound = _check(
            section, kind, Facts(facts), quiet=base is not None and "subject" not in section.raw
        )
        opened_at = read_moment(section, "received", self.rules)
        opened_at = opened_at or (base.subject.opened_at if base else self.received)
        number = section.text("number") or (base.subject.number if base else NUMBER)
        if opened_at is None:
            return None
        subject = Subject(kind.kind, number=number, opened_at=opened_at, facts=Facts(facts))
        return Story(subject=subject, is_sound=is_sound)

    def _kind(self, section: Section, base: Story | None) -> KindRules | None:
        given = section.name("kind", "case-kind", self.rules.kinds)
        if "kind" not in section.raw:
            given = base.subject.kind if base else self.kind
            if given is None:
                section.problems.note("missing-key", section.at("kind"), key="kind")
        return None if given is None else self.rules.kinds[given]


def _check(section: Section, kind: KindRules, facts: Facts, *, quiet: bool) -> bool:
    """Whether a subject has the facts asked for; notes what is wrong, of the head once for all cases."""
    found = read_facts(kind.subject_rule, facts)[1]
    at = section.at("subject") if "subject" in section.raw else f"subjects.{kind.kind}"
    problems = section.problems
    if not quiet and not any(one.path.startswith(f"{at}.") for one in problems.noted):
        note(found, Section({}, at, problems))
    return not found


def read_head(root: Section, rules: Rules) -> Head:
    """The head of a file."""
    only = next(iter(rules.kinds)) if len(rules.kinds) == 1 else None
    kind = root.name("kind", "case-kind", rules.kinds) or only
    subjects = {}
    for name, section in root.inner("subjects").tables():
        if root.problems.known("case-kind", name, rules.kinds, section.path):
            subjects[name] = read_values(section.raw, rules.kinds[name].subject_rule, rules)
    received = read_moment(root, "received", rules, needed=True)
    return Head(rules=rules, kind=kind, received=received, subjects=subjects)


def read_stories(root: Section, head: Head) -> dict[str, Story | None]:
    """The stories of a file by name; None for one that cannot be read.

    A story is a list of events, or a table with these under `events`, and beside them what differs from the
    head: `kind`, `number`, `received`, `subject`.
    """
    table = root.inner("stories")
    found: dict[str, Story | None] = {}
    for name in table.raw:
        given: Any = table.take(name, list, dict)
        is_list = isinstance(given, list)
        section = Section({"events": given} if is_list else given or {}, table.at(name), root.problems)
        found[name] = None if given is None else _story(section, head, table.at(name) if is_list else None)
    return found


def _story(section: Section, head: Head, at: str | None) -> Story | None:
    story = head.story(section)
    events = section.take("events", list, needed=True)
    section.finish()
    if story is None or events is None:
        return None
    kind, path = head.rules.kind(story.subject.kind), at or section.at("events")
    read = read_history(events, path, kind, head.rules, section.problems)
    return attrs.evolve(story, events=tuple(read))
