"""What the gates of a step find missing: events, facts that decide, and linked cases still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from qms_service.cases import Case, status_of
from qms_service.events import ALWAYS
from qms_service.facts import Facts
from qms_service.findings import Finding
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.balance_check import balance_finding
from qms_service.rulebooks.model import Gate
from qms_service.rulebooks.need import Shortfall


def gate_findings(attempt: Attempt) -> list[Finding]:
    """What is not on record that the gates of a step ask for; nothing where they stand open."""
    found: list[Finding] = []
    undecided: dict[str, Gate] = {}
    timeline = attempt.timeline
    for gate in attempt.rule.gates:
        stands = gate.when is ALWAYS or gate.when.holds(timeline.facts.get)
        if stands is None and not gate.if_known:
            undecided.update(dict.fromkeys(gate.when.missing(timeline.fact), gate))
        elif stands:
            shortfalls = gate.need.shortfalls(timeline) if gate.need else ()
            if shortfalls or gate.settled:
                found += _shut(attempt, gate, shortfalls)
    for path, gate in undecided.items():
        found.append(attempt.refusal("undecided", gate.clause, absolute=gate.absolute, fact=path))
    return _each_once(found)


def _each_once(found: Sequence[Finding]) -> list[Finding]:
    """Two gates may miss the same; what one of them asks for outright is no choice."""
    outright = [one for one in found if "ways" not in one.facts]
    return [
        one
        for place, one in enumerate(found)
        if one not in found[:place] and ("ways" not in one.facts or _outright(one) not in outright)
    ]


def _outright(finding: Finding) -> Finding:
    facts = {name: value for name, value in finding.facts.items() if name != "ways"}
    return attrs.evolve(finding, facts=Facts(facts))


def _shut(attempt: Attempt, gate: Gate, shortfalls: Sequence[Shortfall]) -> list[Finding]:
    """What keeps a gate shut; the remark on its waiver alone where one holds."""
    found = [_among(_finding(attempt, gate, short), short.ways) for short in shortfalls]
    if gate.settled:
        found += _unsettled(attempt, gate)
    waiver = _waiver(attempt, gate) if found and gate.waivable else None
    return [waiver] if waiver else found


def _finding(attempt: Attempt, gate: Gate, short: Shortfall) -> Finding:
    if short.balance is not None:
        balance, state = short.balance
        return balance_finding(attempt, balance, state, clause=gate.clause, absolute=gate.absolute)
    labels = [attempt.rules.event(attempt.kind, name).label for name in short.events]
    return attempt.refusal(
        short.code,
        gate.clause,
        absolute=gate.absolute,
        event=short.name,
        en=" / ".join(label.text("en") for label in labels),
        zh=" / ".join(label.text("zh") for label in labels),
        detail=short.detail,
        **({"again": short.again} if short.again else {}),
    )


def _among(finding: Finding, ways: tuple[str, ...]) -> Finding:
    """A finding with the alternatives that it is one of."""
    return attrs.evolve(finding, facts=Facts({**finding.facts, "ways": ways})) if ways else finding


def _waiver(attempt: Attempt, gate: Gate) -> Finding | None:
    """The remark on a waiver that still holds on the day of the event, in the rulebook's zone."""
    today = attempt.event.at.in_timezone(attempt.rules.zone).date()
    for event in attempt.timeline.all("waived"):
        expires_on = event.facts["expires_on"]
        if event.facts["gate"] == gate.id and isinstance(expires_on, date) and today <= expires_on:
            owner, reason = event.facts["owner"], event.facts["reason"]
            return attempt.warning("waived", gate.clause, gate=gate.id, owner=owner, reason=reason)
    return None


def _unsettled(attempt: Attempt, gate: Gate) -> list[Finding]:
    """The linked cases that the step waits for: handed in and closed, or a refusal."""
    found = []
    handed = {(case.kind, case.id): case for case in attempt.related}
    for link in attempt.timeline.all("linked", keeps=True):
        kind, number = str(link.facts["kind"]), str(link.facts["case"])
        other = handed.get((kind, number))
        if kind in gate.settled and (other is None or _is_open(other, attempt)):
            code = "link-open" if other else "link-missing"
            rules = attempt.rules.kinds.get(kind)  # a gate may wait for a kind that other rules know
            zh = rules.label.text("zh") if rules else kind
            found.append(
                attempt.refusal(code, gate.clause, absolute=gate.absolute, kind=kind, zh=zh, case=number)
            )
    return found


def _is_open(other: Case, attempt: Attempt) -> bool:
    """Whether a linked case was still open at the moment of the event."""
    return status_of(other.timeline(attempt.event.at)) == "open"
