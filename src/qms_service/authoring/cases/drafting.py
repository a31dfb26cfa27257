"""Drafts of a whole edition: for each rule that cites a clause the cases that try it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final

import attrs

from qms_service.authoring.cases.clause_case import Question
from qms_service.authoring.cases.draft import Draft
from qms_service.authoring.cases.inputs import TableInput, table_inputs
from qms_service.authoring.cases.outcome import cites
from qms_service.authoring.cases.path import StepPath
from qms_service.authoring.cases.shortest import shortest_path
from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock
from qms_service.events import ALWAYS, Condition, Selector
from qms_service.routing import DecisionTable
from qms_service.rulebooks import Procedure
from qms_service.rulebooks.model import EventRule, KindRules, Route
from qms_service.rulebooks.term_table import TermTable

WAYS: Final = 16  # in which the facts of one table input are looked for
Sources = Sequence[tuple[str, tuple[str, ...]]]


def drafts_of(procedure: Procedure) -> tuple[Draft, ...]:
    """The cases that try an edition, each once: its steps and their gates, its clocks, and its tables.

    Limits: a rule that cites no clause, or that no path reaches, has none.
    """
    found = (one for kind in procedure.rules.kinds.values() for one in _Drafting(procedure, kind).all())
    return tuple({one.asks: one for one in found if one.clause}.values())


@attrs.frozen
class _Drafting:
    procedure: Procedure
    kind: KindRules

    def all(self) -> Iterator[Draft]:
        for rule in self.kind.events.values():
            yield from self._opening(rule) if rule.name == self.kind.opening else self._step(rule)
        for clock in self.kind.clocks.values():
            yield from self._clock(clock)
        for route in self.kind.routes:
            yield from self._route(route)

    def _path(
        self, step: str | None = None, when: Condition = ALWAYS, there: tuple[str, ...] = ()
    ) -> StepPath | None:
        return shortest_path(self.procedure, self.kind.kind, step, when=when, there=there)

    def _opening(self, rule: EventRule) -> Iterator[Draft]:
        path = self._path(rule.name)
        if path is not None:
            told = {"name": rule.name, "label": rule.label}
            yield Draft(
                clause=_number(rule.clause),
                about="owner",
                told=told,
                path=path,
                question="owner",
                name=rule.name,
            )

    def _step(self, rule: EventRule) -> Iterator[Draft]:
        """A step when all is on record that it needs; and for each of its gates, when the last of that is not."""
        path = self._path(rule.name, rule.when) or self._path(rule.name)
        if path is not None:
            yield self._check(rule, path, rule.clause)
        for gate in rule.gates:
            through = path if gate.when is ALWAYS else self._path(rule.name, gate.when)
            if through is not None:
                clause = gate.clause or rule.clause
                yield self._check(rule, through, clause)
                yield from islice(self._shut(rule, through, clause), 1)

    def _shut(self, rule: EventRule, path: StepPath, clause: ClauseRef | None) -> Iterator[Draft]:
        """The step without one of the events before it, the latest first, where the gate's clause refuses it then."""
        *before, step = path.steps
        for place in reversed(range(len(before))):
            short = attrs.evolve(path, steps=(*before[:place], *before[place + 1 :], step))
            draft = self._check(rule, short, clause, lacking=before[place].event)
            answer = draft.answered_by(self.procedure)
            if answer.values["refused"] and cites("check", draft.clause, answer):
                yield draft

    def _check(self, rule: EventRule, path: StepPath, clause: ClauseRef | None, lacking: str = "") -> Draft:
        told = {"name": rule.name, "label": rule.label, "lacking": lacking}
        about = "shut" if lacking else "open"
        return Draft(
            clause=_number(clause), about=about, told=told, path=path, question="check", name=rule.name
        )

    def _clock(self, clock: Clock) -> Iterator[Draft]:
        """A clock as it runs; where facts choose its term, for each row of the choice."""
        if isinstance(clock.within, TermTable):
            table, sources = clock.within.table, clock.within.sources
            for tried, path in self._tries(table, sources, clock):
                yield self._tried(table, tried, path, "clock", clock.id)
        elif running := self._running(clock, {}):
            told, clause = {"name": clock.id, "label": clock.label}, _number(clock.clause)
            yield Draft(
                clause=clause, about="clock", told=told, path=running, question="clock", name=clock.id
            )

    def _running(self, clock: Clock, facts: Mapping[str, object]) -> StepPath | None:
        """The shortest path after which a clock runs, with some more facts on record."""
        found = []
        for one in clock.start:
            either = [{**dict(tests), **_where(one), **facts} for tests in clock.when.alternatives]
            found.append(self._path(when=Condition(either), there=(one.event,)))
        return _shortest(found)

    def _route(self, route: Route) -> Iterator[Draft]:
        for tried, path in self._tries(route.table, route.sources):
            yield self._tried(route.table, tried, path, "owner", route.steps[0])

    def _tries(
        self, table: DecisionTable, sources: Sources, clock: Clock | None = None
    ) -> Iterator[tuple[TableInput, StepPath]]:
        """The inputs that try a table, each with the shortest path that puts them on record."""
        for tried in table_inputs(table):
            given = [(name, paths) for name, paths in sources if name in tried.facts]
            ways = product(*(paths for _, paths in given))
            found = []
            for way in islice(ways, WAYS):
                facts = {path: tried.facts[name] for path, (name, _) in zip(way, given, strict=True)}
                path = self._running(clock, facts) if clock else self._path(when=Condition(facts))
                found.append(path if path and _gives(path, sources, tried) else None)
            shortest = _shortest(found)
            if shortest is not None:
                yield tried, shortest

    def _tried(
        self, table: DecisionTable, tried: TableInput, path: StepPath, question: Question, name: str
    ) -> Draft:
        rows = [row for row in table.rules if row.id in tried.rule_ids] or list(table.rules)
        clause = next((row.clause for row in rows if row.clause is not None), None)
        told = {"name": table.name, "rows": tried.rule_ids, "facts": tried.facts}
        return Draft(
            clause=_number(clause), about=tried.sort, told=told, path=path, question=question, name=name
        )


def _shortest(paths: Iterable[StepPath | None]) -> StepPath | None:
    return min((path for path in paths if path), key=lambda path: len(path.steps), default=None)


def _number(clause: ClauseRef | None) -> str:
    return clause.number if clause else ""


def _where(selector: Selector) -> dict[str, object]:
    """What a selector asks of its event, as facts by path."""
    return {f"{selector.event}.{name}": allowed for name, allowed in selector.where}


def _gives(path: StepPath, sources: Sources, tried: TableInput) -> bool:
    """Whether a path gives a table these facts, and no others."""
    facts = path.facts
    found = {name: next((facts[one] for one in paths if one in facts), None) for name, paths in sources}
    return all(found[name] == value for name, value in tried.facts.items())
