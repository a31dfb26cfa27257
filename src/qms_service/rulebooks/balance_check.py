"""What the balances of a kind of case find in an event: quantities that are created, lost, or not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from qms_service.clauses import ClauseRef
from qms_service.events import Event, Timeline, effective
from qms_service.findings import Finding
from qms_service.quantities import Balance, BalanceState, reckoned
from qms_service.rulebooks.attempt import Attempt

Broken = tuple[Event, Balance, BalanceState]


def balance_findings(attempt: Attempt) -> list[Finding]:
    """The balances that would not hold with the event on record; nothing where all do.

    An event that comes after all others is judged by the balances that read it, or that ask for its step. One
    that changes the past, a correction or a late entry, is judged at each later event again.
    """
    event, kind = attempt.event, attempt.kind
    if event.name == "corrected":
        return _of_a_correction(attempt)
    if event.name not in kind.bound:
        return []
    if attempt.timeline is not attempt.case.timeline():
        events = effective((*attempt.case.history, event))
        return _findings(attempt, _over(attempt, events, events.index(event)))
    return balance_findings_at(attempt, _with(attempt.timeline, event))


def balance_findings_at(attempt: Attempt, timeline: Timeline) -> list[Finding]:
    """The balances that the event is judged by and that do not hold at the moment of a timeline."""
    event = attempt.event
    broken = ((event, *one) for one in _broken(attempt.kind.bound.get(event.name, ()), timeline))
    return _findings(attempt, broken)


def balance_findings_ahead(attempt: Attempt) -> list[Finding]:
    """The balances that a step asks for and that do not hold yet, where the step does not count itself."""
    name = attempt.rule.name
    asked = [one for one in attempt.kind.bound.get(name, ()) if one.at and name not in one.events]
    return _findings(attempt, ((attempt.event, *one) for one in _broken(asked, attempt.timeline)))


def balance_finding(
    attempt: Attempt,
    balance: Balance,
    state: BalanceState,
    *,
    at: str | None = None,
    clause: ClauseRef | None = None,
    absolute: bool = True,
) -> Finding:
    """The finding on a balance that does not hold.

    Args:
        attempt: The event that is judged.
        balance: The balance.
        state: How it stands.
        at: The event at which it stands so; the one that is judged where none is given.
        clause: The clause of the gate that asks for it; its own comes first.
        absolute: Whether no concession covers it.
    """
    rule = balance.rule.text if state.key is None else f"{balance.rule.text} ({state.key})"
    figures = tuple(f"{name} = {figure}" for name, figure in state.figures)
    return attempt.refusal(
        state.code,
        balance.clause or clause,
        absolute=absolute,
        balance=balance.id,
        key=state.key,
        rule=rule,
        event=at or attempt.event.name,
        left=state.left.value,
        right=state.right.value,
        figures=figures,
        because=tuple(one or "1" for one in state.because),
    )


def _findings(attempt: Attempt, broken: Iterator[Broken]) -> list[Finding]:
    """A finding for each balance and key, at the first event at which it does not hold."""
    first: dict[tuple[str, object], Broken] = {}
    for one in broken:
        first.setdefault((one[1].id, one[2].key), one)
    return [
        balance_finding(attempt, balance, state, at=event.name) for event, balance, state in first.values()
    ]


def _broken(balances: Sequence[Balance], timeline: Timeline) -> Iterator[tuple[Balance, BalanceState]]:
    """Which balances do not hold; one that is bound to a step asks for figures that are known."""
    found = reckoned({tally.name: tally for one in balances for tally in one.tallies}.values(), timeline)
    for balance in balances:
        for state in balance.broken(found, strictly=balance.at is not None):
            yield balance, state


def _of_a_correction(attempt: Attempt) -> list[Finding]:
    """What a correction leaves out of balance: a refusal, and a warning where it was so before.

    Without that, a history that was adopted out of balance could never be mended step by step.
    """
    before = attempt.case.timeline().events
    after = effective((*attempt.case.history, attempt.event))
    pairs = zip(before, after, strict=False)
    same = next((index for index, (one, other) in enumerate(pairs) if one != other), len(before))
    stood = {
        (balance.id, state.key) for _, balance, state in _over(attempt, before, min(same, len(before) - 1))
    }
    return [
        attrs.evolve(one, severity="warning", absolute=False)
        if (one.facts["balance"], one.facts["key"]) in stood
        else one
        for one in _findings(attempt, _over(attempt, after, same))
    ]


def _over(attempt: Attempt, events: Sequence[Event], start: int) -> Iterator[Broken]:
    """The balances that do not hold at the events from a place on: there, all that hold throughout are judged."""
    kind, known = attempt.kind, attempt.timeline.known
    throughout = [one for one in kind.balances.values() if one.at is None]
    for index in range(start, len(events)):
        event = events[index]
        timeline = Timeline(tuple(events[: index + 1]), known)
        bound = kind.bound.get(event.name, ())
        if index == start:
            bound = (*throughout, *(one for one in bound if one.at is not None))
        yield from ((event, *one) for one in _broken(bound, timeline))


def _with(timeline: Timeline, event: Event) -> Timeline:
    return timeline.with_event(event) or Timeline((*timeline.events, event), timeline.known)
