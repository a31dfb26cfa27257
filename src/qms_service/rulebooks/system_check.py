"""What the rules say of a system event: a correction needs its target, an extension a clock still running."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from qms_service.cases import Case, status_of
from qms_service.errors import TermError, nearest
from qms_service.events import Timeline
from qms_service.facts import Facts
from qms_service.findings import Finding
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.worktime import Term

if TYPE_CHECKING:
    from qms_service.rulebooks.check import Entry


def system_findings(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    """What the rules find in a system event, beyond its facts."""
    check = _CHECKS.get(entry.name)
    return check(rules, kind, case, timeline, entry) if check else []


def _corrected(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    from qms_service.rulebooks.check import fact_findings  # noqa: PLC0415  # the two judge each other's facts

    target = next((event for event in case.history if event.seq == entry.facts.get("of")), None)
    if target is None:
        seqs = tuple(event.seq for event in case.history)
        return [_refusal("correction-target", entry, of=entry.facts.get("of"), allowed=seqs)]
    change = entry.facts.get("facts")
    found = []
    if change is None and entry.facts.get("at") is None and entry.facts.get("void") is not True:
        found.append(_refusal("correction-empty", entry, of=target.seq))
    if entry.facts.get("void") is True and target.seq == case.history[0].seq:
        found.append(_refusal("correction-opening", entry, of=target.seq))
    if isinstance(change, Facts):
        rule = rules.event(kind, target.name)
        whole = {**target.facts, **change}
        found += [f for f in fact_findings(rule, rule.fact_types, whole) if f.facts.get("fact") in change]
    return found


def _extended(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    from qms_service.rulebooks.clocks import deadline_at  # noqa: PLC0415  # only an extension asks for a deadline

    unknown = _clock(kind, entry)
    if unknown:
        return unknown
    if (entry.facts.get("until") is None) == (entry.facts.get("within") is None):
        return [_refusal("extension-figure", entry)]
    if entry.facts.get("within") is not None:
        try:
            Term.parse(str(entry.facts["within"]))
        except TermError as error:
            return [_refusal("refused", entry, reason=str(error))]
    deadline = deadline_at(rules, kind, str(entry.facts["clock"]), timeline, entry.at)
    if deadline.due_at is None or deadline.started_at is None or deadline.stopped_at is not None:
        return [_refusal("extension-not-running", entry, clock=entry.facts["clock"], state=deadline.state)]
    if entry.at > deadline.due_at:
        return [_refusal("extension-late", entry, clock=entry.facts["clock"], due_at=deadline.due_at, at=entry.at)]
    until = entry.facts.get("until")
    if until is not None and until <= deadline.due_at:  # type: ignore[operator]
        return [_refusal("extension-not-later", entry, clock=entry.facts["clock"], due_at=deadline.due_at, until=until)]
    return []


def _agreed(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    return _clock(kind, entry)


def _clock(kind: KindRules, entry: Entry) -> list[Finding]:
    clock = str(entry.facts.get("clock"))
    return [] if clock in kind.clocks else [_unknown("clock", clock, kind.clocks, entry)]


def _paused(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    clocks = entry.facts.get("clocks")
    named = clocks if isinstance(clocks, tuple) else ()
    return [_unknown("clock", str(name), kind.clocks, entry) for name in named if name not in kind.clocks]


def _resumed(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    found = _paused(rules, kind, case, timeline, entry)
    paused = timeline.last("paused")
    if paused is None or (resumed := timeline.last("resumed")) is not None and resumed.place > paused.place:
        found.append(_refusal("not-paused", entry))
    return found


def _waived(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    waivable = {gate.id for rule in kind.events.values() for gate in rule.gates if gate.waivable}
    gate = str(entry.facts.get("gate"))
    return [] if gate in waivable else [_unknown("waivable gate", gate, {id_: None for id_ in waivable}, entry)]


def _reopened(rules: Rules, kind: KindRules, case: Case, timeline: Timeline, entry: Entry) -> list[Finding]:
    return [_refusal("not-closed", entry)] if status_of(timeline) == "open" else []


def _unknown(kind: str, got: str, known: Mapping[str, object], entry: Entry) -> Finding:
    guess = nearest(got, known)
    code = "unknown-name.nearest" if guess else "unknown-name"
    return _refusal(code, entry, kind=kind, got=got, allowed=tuple(known), nearest=guess)


def _refusal(code: str, entry: Entry, **operands: object) -> Finding:
    return Finding(code=code, severity="refusal", subject=entry.name, facts=operands, absolute=True)


Check = Callable[..., list[Finding]]
_CHECKS: Final[Mapping[str, Check]] = {
    "corrected": _corrected,
    "extended": _extended,
    "agreed": _agreed,
    "paused": _paused,
    "resumed": _resumed,
    "waived": _waived,
    "reopened": _reopened,
}
