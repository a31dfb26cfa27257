"""StepRequest (步骤申请): an event that somebody wants on record, judged at the desk's now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.desk.answer import Answer
from qms_service.desk.links import linked_cases, settled_by
from qms_service.desk.opening import ahead, refuse
from qms_service.errors import EntryError, Refused
from qms_service.findings import Finding
from qms_service.instants import instant
from qms_service.ports import Cases
from qms_service.rulebooks import Procedure, Rulebook


def _without_recorded_at(
    _request: object, _field: attrs.Attribute[Mapping[str, Any]], entry: Mapping[str, Any]
) -> None:
    if "recorded_at" in entry:
        raise EntryError("desk-recorded-at")


@attrs.frozen(kw_only=True)
class StepRequest:
    """An event that somebody wants on record.

    Args:
        name: The event's name.
        at: When it happened; None: now.
        entry: The further arguments of `Procedure.record`.
    """

    name: str
    at: datetime | None
    entry: Mapping[str, Any] = attrs.field(validator=_without_recorded_at)

    def recorded(self, cases: Cases, rules: Procedure, case: Case, now: DateTime) -> Case:
        """The case with the event on record.

        Raises:
            Refused: The rules refuse it, or it is dated after now.
        """
        happened = self._happened(now)
        refuse(ahead(self.name, happened, now))
        return self._made(cases, rules, case, happened, now)

    def findings(self, cases: Cases, rules: Procedure, case: Case, now: DateTime) -> tuple[Finding, ...]:
        """What the desk and the rules find in it."""
        happened = self._happened(now)
        given = self._given(cases, rules, case)
        found = rules.check(case, self.name, at=happened, recorded_at=now, **given)
        return (*ahead(self.name, happened, now), *found)

    def repeats(self, cases: Cases, book: Rulebook, answer: Answer) -> bool:
        """Whether it is the request that was answered: the rules would make the same event of it."""
        event = answer.event
        if answer.version == 1 or self.name != event.name or event.recorded_at is None:
            return False
        at = event.at if self.at is None else instant(self.at)
        try:
            made = self._made(cases, book.of(answer.case), answer.before, at, event.recorded_at)
        except Refused:
            return False
        return made.history[-1] == event

    def _made(self, cases: Cases, rules: Procedure, case: Case, at: DateTime, now: DateTime) -> Case:
        given = self._given(cases, rules, case)
        return rules.record(case, self.name, at=at, recorded_at=now, **given)

    def _given(self, cases: Cases, rules: Procedure, case: Case) -> Mapping[str, Any]:
        """The entry with the linked cases that the step waits for."""
        if "related" in self.entry:
            return self.entry
        kinds = settled_by(rules, case.kind, self.name)
        return {**self.entry, "related": linked_cases(cases, case, kinds) if kinds else ()}

    def _happened(self, now: DateTime) -> DateTime:
        return now if self.at is None else instant(self.at)
