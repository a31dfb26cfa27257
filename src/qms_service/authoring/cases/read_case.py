"""Reads one case of a case file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import attrs
from pendulum import DateTime

from qms_service.authoring.cases.clause_case import (
    QUESTIONS,
    AnyCase,
    ClauseCase,
    DutyCase,
    Question,
    SurveyCase,
)
from qms_service.authoring.cases.expect import read_expect
from qms_service.authoring.cases.read_beside import read_duty_case, read_survey_case
from qms_service.authoring.cases.read_events import read_columns, read_history, read_moment, read_values
from qms_service.authoring.cases.stories import Head, Story
from qms_service.cases import Case
from qms_service.events import Event
from qms_service.facts import Facts
from qms_service.rulebooks import Procedure
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Section
from qms_service.rulebooks.system import SYSTEM_RULES

_BESIDE_CASES: Final[
    Mapping[str | None, Callable[[Section, Rules, Mapping[str, Any]], SurveyCase | DutyCase | None]]
] = {
    "survey": read_survey_case,
    "duty": read_duty_case,
}


@attrs.frozen(kw_only=True, eq=False)
class CaseReader:
    """What every case of a file is read with.

    Args:
        procedure: The edition that the cases ask.
        head: What holds for every case that says no other.
        stories: The stories by name; None for one that cannot be read.
        lines: The lines of the file.
    """

    procedure: Procedure
    head: Head
    stories: Mapping[str, Story | None]
    lines: Lines

    def read(self, section: Section) -> AnyCase | None:
        """The case in a table; None where it has a mistake, which was noted."""
        before = len(section.problems.noted)
        said, question = _said(section), _question(section)
        if question is None or question not in _BESIDE_CASES:
            return self._of_case(section, said, question)
        rules, expect = self.procedure.rules, section.take("expect", dict)
        said |= {"path": section.path, "line": self.lines.of(section.path), "question": question}
        if expect is not None:
            said["expect"] = read_expect(section.inner("expect"), question, rules)
        read = _BESIDE_CASES[question](section, rules, said)
        section.finish()
        return None if len(section.problems.noted) > before else read

    def _of_case(
        self, section: Section, said: dict[str, Any], question: Question | None
    ) -> ClauseCase | None:
        noted = section.problems.noted
        before, (told, base) = len(noted), self._story(section)
        related = self._related(section)
        if question is None or told is None:
            return None
        kind = self.procedure.rules.kind(told.subject.kind)
        asked = self._asked(section, question, kind)
        events = self._events(section, kind, base, asked["at"])
        section.finish()
        if not told.is_sound or len(noted) > before:
            return None
        case = section.problems.reading(section.path, self.procedure.adopt, told.subject, events)
        if case is None:
            return None
        return ClauseCase(
            path=section.path,
            line=self.lines.of(section.path),
            question=question,
            case=case,
            related=self._handed_in(section, related),
            **said,
            **asked,
        )

    def _asked(self, section: Section, question: Question, kind: KindRules) -> dict[str, Any]:
        """What is asked, when, and the answer that is expected."""
        rules, expect = self.procedure.rules, section.take("expect", dict)
        name = _name(section, question, kind)
        at = read_moment(section, "at" if question == "check" else "now", rules, needed=True)
        return {
            "name": name,
            "at": at,
            "offered": self._offered(section, kind, name, at) if question == "check" else None,
            "expect": None if expect is None else read_expect(section.inner("expect"), question, rules),
        }

    def _events(
        self, section: Section, kind: KindRules, base: Story | None, at: DateTime | None
    ) -> tuple[Event, ...]:
        """What is on record: of the story what had happened by the moment asked, and what is given."""
        told = {event.name for event in base.events} if base else ()
        without = section.names("without", "event", told)
        given = section.take("given", list) or []
        rules, problems = self.procedure.rules, section.problems
        events = read_history(given, section.at("given"), kind, rules, problems)
        return (*(base.until(at, without) if base and at else ()), *events)

    def _story(self, section: Section) -> tuple[Story | None, Story | None]:
        """The subject of a case, and the story that it continues."""
        name = section.name("story", "story", self.stories)
        base = None if name is None else self.stories[name]
        if "story" in section.raw and base is None:
            return None, None
        return self.head.story(section, base), base

    def _related(self, section: Section) -> tuple[Story, ...]:
        """The stories of the linked cases."""
        found = (self.stories[name] for name in section.names("related", "story", self.stories))
        return tuple(one for one in found if one is not None)

    def _handed_in(self, section: Section, stories: Iterable[Story]) -> tuple[Case, ...]:
        read = (
            section.problems.reading(section.at("related"), self.procedure.adopt, one.subject, one.events)
            for one in stories
        )
        return tuple(one for one in read if one is not None)

    def _offered(
        self, section: Section, kind: KindRules, name: str | None, at: DateTime | None
    ) -> Event | None:
        """The event that a `check` offers; what is wrong with it is the rules' to say."""
        columns, facts = read_columns(section), section.take("facts", dict) or {}
        if name is None or at is None:
            return None
        rules = self.procedure.rules
        return Event(name, at, facts=Facts(read_values(facts, rules.event(kind, name), rules)), **columns)


def _said(section: Section) -> dict[str, Any]:
    """The clause and its sentence, and the clause that the answer cites."""
    clause, of_clause = section.text("clause", needed=True), section.text("of_clause")
    return {
        "clause": clause,
        "sentence": section.text("sentence", needed=True),
        "of_clause": clause if of_clause is None else of_clause,
        "cites": of_clause is not None,
    }


def _question(section: Section) -> Question | None:
    asked = [one for one in QUESTIONS if section.take(one, object, bool) is not None]
    if len(asked) == 1:
        return asked[0]
    section.problems.note("cases-question", section.path, got=tuple(asked), allowed=QUESTIONS)
    return None


_BESIDE: Final = {"check": SYSTEM_RULES, "owner": (), "step": ()}


def _name(section: Section, question: Question, kind: KindRules) -> str | None:
    """The clock or step asked about."""
    if question == "clock":
        return section.name("clock", "clock", kind.clocks, needed=True)
    return section.name(question, "event", (*kind.events, *_BESIDE[question]), needed=True)
