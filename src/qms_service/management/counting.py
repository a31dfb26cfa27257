"""Counting (统计): one pass over the cases; each is read whole before anything of it is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import length_hint
from typing import Final

import attrs

from qms_service.cases import Case
from qms_service.clauses import ClauseRef
from qms_service.errors import EntryError
from qms_service.instants import Micros
from qms_service.labels import Label
from qms_service.management.actions import OpenAction, action_of
from qms_service.management.brief import brief
from qms_service.management.claims import ClaimCount
from qms_service.management.complaints import ComplaintCount
from qms_service.management.flow import Flow, FlowCount
from qms_service.management.lateness import ClockCount
from qms_service.management.limits import LimitCount
from qms_service.management.returns import ReturnCount
from qms_service.management.sight import CaseSight, Question, sight_of
from qms_service.management.surveys import SurveyFigures, recorded_survey
from qms_service.rulebooks.model import KindRules

# Told how many cases are read, and how many there are as far as is known.
Progress = Callable[[int, int], None]
BETWEEN: Final = 256  # cases between two reports of progress
FLOWS: Final = ("complaint", "return", "claim")  # shown also where there were none


@attrs.define
class Count:
    """All that is counted over the cases; the order in which they come makes no difference.

    Args:
        question: What the review asks of every case.
        shown_by: The events that show a duty done; the cases with one of these are kept in `witnesses`.
    """

    question: Question
    shown_by: frozenset[str] = frozenset()
    read: int = 0
    seen: set[tuple[str, str]] = attrs.field(factory=set)
    flows: dict[str, FlowCount] = attrs.field(factory=dict)
    complaints: ComplaintCount = attrs.field(factory=ComplaintCount)
    returns: ReturnCount = attrs.field(factory=ReturnCount)
    claims: ClaimCount = attrs.field(factory=ClaimCount)
    actions: list[OpenAction] = attrs.field(factory=list)
    witnesses: list[Case] = attrs.field(factory=list)
    scored: list[tuple[Micros, SurveyFigures]] = attrs.field(factory=list)
    clocks: ClockCount = attrs.field(init=False)
    limits: LimitCount = attrs.field(init=False)

    @clocks.default
    def _clocks(self) -> ClockCount:
        return ClockCount(self.question.period)

    @limits.default
    def _limits(self) -> LimitCount:
        return LimitCount(self.question.period)

    def take(self, cases: Iterable[object], progress: Progress | None) -> None:
        """Reads the cases, one pass."""
        expected = length_hint(cases)
        for case in cases:
            self.read += 1
            try:
                self._take(case)
            except Exception as error:  # noqa: BLE001  # one bad case is counted with its reason, whatever it is
                self.limits.failed(case, error)
            if progress and self.read % BETWEEN == 0:
                progress(self.read, max(self.read, expected))
        if progress:
            progress(self.read, self.read)

    def _take(self, case: object) -> None:
        if not isinstance(case, Case):
            raise EntryError("entry-case", got=brief(case))
        key = (case.kind, case.id)
        if key in self.seen:
            self.limits.note("twice", case.id)
            return
        seen = sight_of(case, self.question)
        action, scored = self._action(seen), recorded_survey(seen, self.question.period) if seen else None
        self.seen.add(key)
        if seen is not None:
            self._count(seen)
        if action is not None:
            self.actions.append(action)
        if scored is not None:
            self.scored.append(scored)
        if self.shown_by and any(event.name in self.shown_by for event in case.history):
            self.witnesses.append(case)

    def _action(self, seen: CaseSight | None) -> OpenAction | None:
        if seen is None or not seen.alive or seen.after != "open":
            return None
        return action_of(seen, self.question) if seen.case.kind in self.question.actions else None

    def _count(self, seen: CaseSight) -> None:
        kind = seen.case.kind
        if seen.alive:
            self.flows.setdefault(kind, FlowCount(self.question.period)).add(seen)
        if kind == "complaint" and seen.received:
            self.complaints.add(seen)
        elif kind == "return" and seen.received:
            self.returns.add(seen)
        elif kind == "claim":
            self.claims.add(seen)
        self.clocks.add(seen)
        self.limits.add(seen)

    def surveys(self) -> tuple[SurveyFigures, ...]:
        """The surveys that were scored in the period, by the record of each, the first one first."""
        return tuple(figures for _, figures in sorted(self.scored, key=lambda one: (one[0], one[1].id)))

    def flow(self) -> tuple[Flow, ...]:
        """The flow of every kind in the order of the rulebook; then of kinds that it does not have."""
        kinds = kinds_of(self.question)
        order = [name for name in kinds if name in self.flows or name in FLOWS]
        order += sorted(self.flows.keys() - kinds.keys())
        nothing = FlowCount(self.question.period)
        return tuple(
            self.flows.get(name, nothing).flow(
                name,
                kinds[name].label if name in kinds else Label({"en": name}),
                clause_of(kinds.get(name), ""),
            )
            for name in order
        )


def kinds_of(question: Question) -> dict[str, KindRules]:
    """The kinds of case of all editions, of one in several the newest."""
    return {name: kind for edition in question.book.editions for name, kind in edition.rules.kinds.items()}


def clause_of(kind: KindRules | None, event: str) -> ClauseRef | None:
    """The clause of an event of a kind, of the opening one by an empty name; None where there is none."""
    rule = kind.events.get(event or kind.opening) if kind else None
    return rule.clause if rule else None
