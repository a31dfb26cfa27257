"""Attempt: an event as it is offered to a case, with all that judges it; and how a finding on it is made."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from qms_service.cases import Case
from qms_service.clauses import ClauseRef
from qms_service.errors import nearest
from qms_service.events import Event, Timeline
from qms_service.findings import Finding
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.rules import Rules


@attrs.define(eq=False)  # one a record, never kept: freezing it would cost a tenth of the step
class Attempt:
    """An event not yet judged.

    Args:
        rules, kind, rule: The edition, the rules of the kind, and of this event.
        case: The case as it stands.
        timeline: What the rules see of it at the moment of the event.
        event: The event as it is offered.
        related: The linked cases handed in.
    """

    rules: Rules
    kind: KindRules
    rule: EventRule
    case: Case
    timeline: Timeline
    event: Event
    related: Sequence[Case] = ()

    def refusal(
        self, code: str, clause: ClauseRef | None = None, *, absolute: bool = False, **operands: object
    ) -> Finding:
        """A finding that stops the event; an absolute one yields to no concession."""
        return Finding(
            code=code,
            severity="refusal",
            subject=self.rule.name,
            clause=clause or self.rule.clause,
            facts=operands,
            absolute=absolute,
        )

    def warning(self, code: str, clause: ClauseRef | None = None, **operands: object) -> Finding:
        """A finding that stays beside the event."""
        return Finding(code=code, severity="warning", subject=self.rule.name, clause=clause, facts=operands)

    def unknown(self, kind: str, got: str, known: tuple[str, ...]) -> Finding:
        """The finding on a name that is not among the known ones."""
        return unknown_name_finding(self.rule.name, kind, got, known)


def unknown_name_finding(subject: str, kind: str, got: str, known: tuple[str, ...]) -> Finding:
    """A refusal of a name that is not among the known ones, with the nearest."""
    guess = nearest(got, known)
    facts = {"kind": kind, "got": got, "allowed": known, "nearest": guess}
    code = "unknown-name.nearest" if guess else "unknown-name"
    return Finding(code=code, severity="refusal", subject=subject, facts=facts, absolute=True)
