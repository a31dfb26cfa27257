"""One event checked and recorded through all gates of pcb-maker, against the same step in `transitions`.

The rival is given its best: states queued off, no auto transitions, no logging, guards as bound methods that
look facts up in dictionaries, one list append for the record. Both walk the same complaint from its receipt to
its closing; the figure is the time of the whole walk.

Run: python benchmarks/cases.py
"""

from __future__ import annotations

import logging
from importlib.metadata import version
from statistics import median
from time import perf_counter

import pendulum
from transitions import Machine

import qms_service as qms

ROUNDS, WALKS = 7, 400
STEPS = (
    ("forwarded", {}),
    ("analysed", {"established": True, "ours": True}),
    ("customer_informed", {}),
    ("contained", {}),
    ("cause_reported", {"cause": "operation", "responsible": "production"}),
    ("approved", {}),
    ("answered", {}),
    ("action_completed", {}),
    ("trained", {}),
    ("verified", {"effective": True}),
    ("notice_filed", {}),
    ("closed", {}),
)
OPENED = pendulum.datetime(2026, 3, 2, 8, tz="Asia/Shanghai")
TIMES = tuple(OPENED.add(hours=hour) for hour in range(1, len(STEPS) + 1))


class Rival:
    """A complaint as a user of `transitions` writes it: one transition a step, a guard for each gate."""

    def __init__(self) -> None:
        self.history: list[tuple[str, object, dict[str, object], str]] = [("received", OPENED, {}, "Li")]
        self.at: dict[str, int] = {"received": 0}
        self.facts: dict[str, dict[str, object]] = {}

    def keep(self, event: str, at: object, facts: dict[str, object], by: str) -> None:
        self.at[event] = len(self.history)
        self.facts[event] = facts
        self.history.append((event, at, facts, by))

    def _has(self, event: str) -> bool:
        return event in self.at

    def not_closed(self, *_: object) -> bool:
        return "closed" not in self.at

    def has_forwarded(self, *_: object) -> bool:
        return self._has("forwarded")

    def is_established(self, *_: object) -> bool:
        return self.facts.get("analysed", {}).get("established") is True

    def is_ours(self, *_: object) -> bool:
        return self.is_established() and self.facts["analysed"].get("ours") is True

    def is_typed(self, event: str, _at: object, facts: dict[str, object], _by: str) -> bool:
        types = FACTS.get(event, {})
        return facts.keys() <= types.keys() and all(isinstance(facts[name], types[name]) for name in facts)

    def has_cause(self, *_: object) -> bool:
        return self._has("cause_reported")

    def is_manager(self, *_: object) -> bool:
        return True

    def approved_after_cause(self, *_: object) -> bool:
        return self.at.get("approved", -1) > self.at.get("cause_reported", -1)

    def has_answered(self, *_: object) -> bool:
        return self._has("answered")

    def has_action(self, *_: object) -> bool:
        return self._has("action_completed")

    def has_contained(self, *_: object) -> bool:
        return self._has("contained")

    def has_trained(self, *_: object) -> bool:
        return self._has("trained")

    def is_effective(self, *_: object) -> bool:
        effective = self.facts.get("verified", {}).get("effective") is True
        return effective and self.at["verified"] > self.at["action_completed"]

    def has_notice(self, *_: object) -> bool:
        return self._has("notice_filed")


FACTS: dict[str, dict[str, type]] = {
    "analysed": {"established": bool, "ours": bool, "cause": str, "responsible": str},
    "cause_reported": {"cause": str, "responsible": str},
    "verified": {"effective": bool},
}
GUARDS = {
    "forwarded": [],
    "analysed": ["has_forwarded"],
    "customer_informed": ["has_forwarded"],
    "contained": ["is_established"],
    "cause_reported": ["is_established"],
    "approved": ["has_cause", "is_manager"],
    "answered": ["approved_after_cause"],
    "action_completed": ["has_cause"],
    "trained": ["has_cause"],
    "verified": ["has_action"],
    "notice_filed": ["has_answered"],
    "closed": [
        "is_ours",
        "has_contained",
        "has_answered",
        "has_action",
        "has_trained",
        "is_effective",
        "has_notice",
    ],
}


def machine() -> Machine:
    """The rival's machine: one for all models, as its documentation advises for many models."""
    logging.getLogger("transitions").setLevel(logging.CRITICAL)
    states = ["received", *(name for name, _ in STEPS)]
    transitions = [
        {
            "trigger": f"do_{name}",
            "source": "*",
            "dest": name,
            "conditions": ["not_closed", "is_typed", *GUARDS[name]],
            "after": "keep",
        }
        for name, _ in STEPS
    ]
    return Machine(
        model=None, states=states, transitions=transitions, initial="received", auto_transitions=False
    )


def ours(proc: qms.Procedure, opened: qms.Case) -> qms.Case:
    """The walk with this library."""
    case = opened
    for (name, facts), at in zip(STEPS, TIMES, strict=True):
        role = "quality_manager" if name == "approved" else None
        case = proc.record(case, name, at=at, by="Li", role=role, facts=facts)
    return case


def theirs(rival: Rival) -> Rival:
    """The walk with `transitions`."""
    for (name, facts), at in zip(STEPS, TIMES, strict=True):
        assert getattr(rival, f"do_{name}")(name, at, facts, "Li")
    return rival


def main() -> None:
    """Walks both in turn and prints the ratio of the medians."""
    book = qms.load_rulebook("pcb-maker")
    case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=OPENED))
    proc = book.of(case)
    shared = machine()
    done = ours(proc, case)
    assert done.status == "closed"
    mine, rivals = [], []
    for _ in range(ROUNDS):
        models = [Rival() for _ in range(WALKS)]
        shared.add_model(models)
        begin = perf_counter()
        for _ in range(WALKS):
            ours(proc, case)
        middle = perf_counter()
        for model in models:
            theirs(model)
        mine.append(middle - begin)
        rivals.append(perf_counter() - middle)
        assert [event[0] for event in models[0].history] == [event.name for event in done.history]
        shared.remove_model(models)
    events = WALKS * len(STEPS)
    print(f"one event checked and recorded, qms-service: {median(mine) / events * 1e6:6.2f} µs")
    print(f"the same step, transitions {version('transitions')}:     {median(rivals) / events * 1e6:6.2f} µs")
    print(f"ratio: {median(rivals) / median(mine):.1f} ×")


if __name__ == "__main__":
    main()
