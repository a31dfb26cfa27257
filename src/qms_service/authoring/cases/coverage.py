"""Coverage (覆盖): which rules of a rulebook no case speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

import attrs

from qms_service.authoring.cases.clause_case import AnyCase, ClauseCase, DutyCase, SurveyCase
from qms_service.clauses import ClauseRef
from qms_service.errors import FactValueError
from qms_service.routing import DecisionTable
from qms_service.rulebooks.citations import citations, survey_citations
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.term_table import TermTable
from qms_service.texts import Catalogue, render

Sort = Literal["clause", "gate", "clock", "route", "row", "survey", "duty"]
Sources = tuple[tuple[str, tuple[str, ...]], ...]


@attrs.frozen(kw_only=True)
class Uncovered:
    """A rule that no case speaks of.

    Args:
        sort: A `clause` that rules cite; the gates of a step (`gate`); a `clock`; a `route`; a `row` of a table;
            a `survey`; a `duty`.
        path: The rule, such as `complaint.clocks.answer`; of a clause its number.
        clause: The clause that the rule cites.
    """

    sort: Sort
    path: str
    clause: ClauseRef | None = None

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The rule in the reader's language."""
        said = render(f"cases.uncovered.{self.sort}", {"name": self.path}, lang, catalogues)
        return f"{said} [{self.clause}]" if self.clause and self.sort != "clause" else said

    def __str__(self) -> str:
        return self.text()


def uncovered_by(cases: Iterable[AnyCase], rules: Rules) -> tuple[Uncovered, ...]:
    """The rules of an edition that none of some cases speaks of; one that nobody has answered speaks of none."""
    answered = [one for one in cases if one.is_answered]
    of_cases = [one for one in answered if isinstance(one, ClauseCase)]
    found = (lacking for kind in rules.kinds.values() for lacking in _of_kind(kind, of_cases))
    return (*found, *_beside(rules, [one for one in answered if not isinstance(one, ClauseCase)]))


def _beside(rules: Rules, cases: list[SurveyCase | DutyCase]) -> Iterator[Uncovered]:
    """The surveys and duties that no case asks about, and the clauses of what surveys have that none speaks of."""
    asked, clauses = {(one.question, one.name) for one in cases}, {one.clause for one in cases}
    for name, survey in rules.surveys.items():
        if ("survey", name) not in asked:
            yield _lacking("survey", f"surveys.{name}", survey.questionnaire.clause)
        cited = {one.number: one for _, one in survey_citations(survey) if one is not None}
        yield from (_lacking("clause", number, one) for number, one in cited.items() if number not in clauses)
    for name, duty in rules.duties.items():
        if ("duty", name) not in asked:
            yield _lacking("duty", f"duties.{name}", duty.clause)


def _of_kind(kind: KindRules, cases: Iterable[ClauseCase]) -> Iterator[Uncovered]:
    mine = [one for one in cases if one.case.kind == kind.kind]
    clauses, asked = {one.clause for one in mine}, {(one.question, one.name) for one in mine}
    yield from (_lacking("clause", one.number, one) for one in cited_by(kind) if one.number not in clauses)
    for step in kind.events.values():
        if step.gates and ("check", step.name) not in asked:
            yield _lacking("gate", f"{kind.kind}.events.{step.name}", step.clause)
    for clock in kind.clocks.values():
        path = f"{kind.kind}.clocks.{clock.id}"
        if ("clock", clock.id) not in asked:
            yield _lacking("clock", path, clock.clause)
        elif isinstance(clock.within, TermTable):
            spoken = [one for one in mine if (one.question, one.name) == ("clock", clock.id)]
            yield from _rows(clock.within.table, clock.within.sources, spoken, f"{path}.within.table")
    for route in kind.routes:
        path = f"{kind.kind}.routes.{route.name}"
        spoken = [one for one in mine if one.question == "owner" and one.name in route.steps]
        if spoken:
            yield from _rows(route.table, route.sources, spoken, f"{path}.table")
        else:
            yield _lacking("route", path)


def _lacking(sort: Sort, path: str, clause: ClauseRef | None = None) -> Uncovered:
    return Uncovered(sort=sort, path=path, clause=clause)


def cited_by(kind: KindRules) -> tuple[ClauseRef, ...]:
    """The clauses that the rules of a kind of case cite, in the order of the rulebook."""
    cited = (clause for _, clause in citations(kind) if clause is not None and clause.number)
    return tuple({clause.number: clause for clause in cited}.values())


def _rows(
    table: DecisionTable, sources: Sources, cases: Iterable[ClauseCase], path: str
) -> Iterator[Uncovered]:
    """The rows of a table that answer none of the cases."""
    answering = {id_ for one in cases for id_ in _answering(table, sources, one)}
    for row in table.rules:
        if row.id not in answering:
            yield _lacking("row", f"{path}[{row.id}]", row.clause)


def _answering(table: DecisionTable, sources: Sources, asked: ClauseCase) -> tuple[str, ...]:
    """The rows that may answer a case: the one that does, where its facts decide."""
    fact: Callable[[str], object] = asked.case.timeline(asked.at).fact
    known = {
        name: next((v for path in paths if (v := fact(path)) is not None), None) for name, paths in sources
    }
    try:
        possible = table.possible({name: value for name, value in known.items() if value is not None})
    except FactValueError:
        return ()
    return possible.certain or tuple(row.id for row in possible.rules)
