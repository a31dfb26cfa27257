"""Review (复核): all findings of a case recomputed from its history alone; the linter for old cases."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from qms_service.cases import Case
from qms_service.deadlines import Deadline
from qms_service.events import Event, History, Timeline, changes_before
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.balance_check import balance_findings_at
from qms_service.rulebooks.check import findings_on
from qms_service.rulebooks.clocks import deadlines_at
from qms_service.rulebooks.fact_check import read_facts
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules


def review_of(
    rules: Rules, kind: KindRules, case: Case, now: DateTime | None, related: Sequence[Case]
) -> tuple[Finding, ...]:
    """What the rules find in each event of the effective history, in its entry, and in each clock as it ran.

    A correction, or an event entered late, judges again what was done before it.
    """
    found: list[Finding] = []
    timeline = case.timeline(now)
    events = timeline.events
    for index, event in enumerate(events):
        before = Case(subject=case.subject, pin=case.pin, history=_before(case, events, index))
        rule, seen = rules.event(kind, event.name), before.timeline()
        if event.name != "corrected":
            # What stood before it has its corrections applied already; when these changed it is told apart.
            seen.changes = changes_before(timeline.changes, event)
        attempt = Attempt(rules, kind, rule, before, seen, event, related)
        found += findings_on(attempt, read_facts(rule, event.facts)[1])
        if event.name in kind.bound:
            found += balance_findings_at(attempt, Timeline(events[: index + 1], attempt.timeline.known))
    found += _out_of_order([event for event in case.history if now is None or event.us <= micros(now)])
    moment = now or (events[-1].at if events else case.subject.opened_at)
    deadlines = deadlines_at(rules, kind, case.timeline(moment), moment)
    return (*found, *(late for deadline in deadlines for late in _late(deadline)))


def _before(case: Case, events: History, index: int) -> History:
    """What stood before an event: for a correction the history as written, else the effective one."""
    event = events[index]
    if event.name == "corrected":
        return tuple(one for one in case.history if one.seq < event.seq)
    return tuple(one for one in events[:index] if one.name != "corrected")


def _out_of_order(history: Sequence[Event]) -> list[Finding]:
    found = []
    latest: Event | None = None
    for event in history:
        if latest is None or event.us >= latest.us:
            latest = event
        else:
            facts = {"at": event.at, "latest": latest.at}
            found.append(Finding(code="out-of-order", severity="warning", subject=event.name, facts=facts))
    return found


def _late(deadline: Deadline) -> list[Finding]:
    if deadline.state not in ("met_late", "overdue"):
        return []
    facts = {
        "due_at": deadline.due_at,
        "stopped_at": deadline.stopped_at,
        "by": deadline.late_by,
    }
    code = "late" if deadline.stopped_at else "overdue"
    return [Finding(code=code, severity="warning", subject=deadline.id, clause=deadline.clause, facts=facts)]
