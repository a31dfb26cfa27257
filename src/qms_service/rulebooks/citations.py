"""Which clauses the rules of a kind of case, and those beside the kinds, cite (条款引用), rule by rule."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.clauses import ClauseRef
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.survey_rules import SurveyRules
from qms_service.rulebooks.term_table import TermTable
from qms_service.satisfaction import Milestones

Cited = tuple[str, ClauseRef | None]


def citations(kind: KindRules) -> Iterator[Cited]:
    """Each rule by its path within the kind, with its clause, None where it has none.

    A gate stands there where its clause is not that of its step; a row that chooses a term, where it has one.
    """
    for name, rule in kind.events.items():
        yield f"events.{name}", rule.clause
        own = ((index, gate.clause) for index, gate in enumerate(rule.gates) if gate.clause != rule.clause)
        yield from ((f"events.{name}.needs[{index}]", clause) for index, clause in own)
    yield from ((f"pauses.{name}", one.clause) for name, one in kind.pauses.items())
    yield from ((f"balances.{name}", one.clause) for name, one in kind.balances.items())
    for name, clock in kind.clocks.items():
        yield f"clocks.{name}", clock.clause
        if isinstance(clock.within, TermTable):
            rows = (row.clause for row in clock.within.table.rules if row.clause and row.clause.number)
            yield from ((f"clocks.{name}.within.table", clause) for clause in rows)
    for route in kind.routes:
        yield from ((f"routes.{route.name}.table", row.clause) for row in route.table.rules)


def survey_citations(survey: SurveyRules) -> Iterator[Cited]:
    """The same of a survey; an item, a milestone and a blend stand there where they have a clause of their own."""
    asked = survey.questionnaire
    path = f"surveys.{asked.id}"
    yield path, asked.clause
    yield from ((f"{path}.items.{one.id}", one.clause) for one in asked.items if one.clause)
    for name, target in survey.targets.items():
        yield f"{path}.targets.{name}", target.clause
        steps = target.milestones if isinstance(target, Milestones) else ()
        yield from ((f"{path}.targets.{name}.milestones", one.clause) for one in steps if one.clause)
    yield from ((f"{path}.follow_ups.{one.id}", one.clause) for one in survey.follow_ups)
    if survey.blend and survey.blend.clause:
        yield f"{path}.blend", survey.blend.clause


def other_citations(rules: Rules) -> Iterator[Cited]:
    """Each survey, indicator and duty of an edition with its clause."""
    for survey in rules.surveys.values():
        yield from survey_citations(survey)
    yield from ((f"indicators.{name}", one.clause) for name, one in rules.indicators.items())
    yield from ((f"duties.{name}", one.clause) for name, one in rules.duties.items())
