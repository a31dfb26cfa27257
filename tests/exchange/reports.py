"""8D reports to send and to read: one grown by hand, and any that a team could write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pendulum
from hypothesis import strategies as st

import qms_service as qms

ZONE: Final = "Asia/Shanghai"
MONDAY: Final = pendulum.datetime(2026, 3, 2, 9, tz=ZONE)
ACTION_1: Final = {
    "action": "A1", "cause": "K1", "statement": "Timer on the etching line", "owner": "Zhao",
    "due": date(2026, 3, 9), "means": "process", "proof": "500 boards",
}  # fmt: skip
ACTION_2: Final = {
    **ACTION_1,
    "action": "A2",
    "cause": "K2",
    "means": "inspection",
    "statement": "Test the edge",
}
LEAD: Final = {"role": "quality_manager"}
STEPS: Final[Sequence[tuple[float, str, Mapping[str, Any]]]] = [  # hours since Monday, 9:00
    (1, "team_named", {"leader": "Li", "members": ["Wang", "Zhao"]}),
    (2, "problem_stated", {
        "statement": "Boards are open", "is_what": "lot 2609", "is_not": "lot 2608", "symptom": "No signal",
        "quantity": qms.Quantity(amount=60, unit="pcs"), "risk_assessed_on": date(2026, 3, 2),
    }),
    (10, "contained", {"containment": "CT-1", "proof": "All stock sorted"}),
    (20, "cause_proposed", {"cause": "K1", "cell": "technical_occurrence", "statement": "Etched too long", "nature": "method"}),
    (21, "cause_proposed", {"cause": "K2", "cell": "technical_non_detection", "statement": "Edge not tested", "nature": "method"}),
    (22, "cause_proposed", {"cause": "K3", "cell": "systemic_occurrence", "statement": "No interlock", "nature": "machine"}),
    (30, "cause_verified", {"cause": "K1", "method": "5 why", "result": "Confirmed"}),
    (31, "cause_verified", {"cause": "K2", "method": "5 why", "result": "Confirmed"}),
    (32, "cause_rejected", {"cause": "K3", "reason": "There is one"}),
    (40, "action_planned", ACTION_1),
    (41, "action_planned", ACTION_2),
    (43, "actions_rejected", {**LEAD, "reason": "who pays"}),
    (45, "action_planned", {**ACTION_2, "statement": "Test the edge of every board"}),
    (46, "actions_approved", LEAD),
    (100, "action_implemented", {"action": "A1", "cut_in": date(2026, 3, 6)}),
    (101, "action_implemented", {"action": "A2", "cut_in": date(2026, 3, 7)}),
    (300, "effect_measured", {
        "action": "A1", "measure": "open boards, %", "before": Decimal("2.5"), "after": Decimal("0.1"), "proof": "500 boards",
    }),
    (301, "effect_measured", {"action": "A2", "share": Decimal("99.5"), "proof": "Seeded boards found"}),
    (302, "verified", {"effective": True}),
    (303, "document_revised", {"document": "WI-77", "revision": "C"}),
    (304, "looked_across", {"scope": "all HDI boards", "result": "none"}),
    (390, "closed", {"assessment": "It holds"}),
]  # fmt: skip


def subject(**other: Any) -> qms.CorrectiveAction:  # noqa: ANN401  # its fields
    told = {
        "number": "8D-1",
        "complaints": ("C-1", "C-2"),
        "customer": "ACME",
        "product": "PCB-7781",
        "defect": "open",
    }
    return qms.CorrectiveAction(**{**told, **other}, raised_at=MONDAY)


def grown(steps: int = len(STEPS)) -> qms.Case:
    """A report with so many of its steps on record, each as the gates let it."""
    rules = qms.load_rulebook("pcb-maker").on(MONDAY)
    case = rules.open(subject())
    for hours, step, told in STEPS[:steps]:
        facts = {name: value for name, value in told.items() if name != "role"}
        case = rules.record(
            case, step, at=MONDAY + timedelta(hours=hours), by="Li", role=told.get("role"), facts=facts
        )
    return case


TEXTS: Final = st.text("abcxyz 过孔", min_size=1, max_size=6).filter(str.strip)
PERSONS: Final = st.sampled_from(("Li", "Wang", "Zhao", "Chen"))
CAUSES: Final = st.sampled_from(("K1", "K2"))
ACTIONS: Final = st.sampled_from(("A1", "A2"))
DAYS: Final = st.integers(1, 28).map(lambda day: date(2026, 3, day))
SHARES: Final = st.decimals(0, 100, places=1)
CELLS: Final = st.sampled_from(
    ("technical_occurrence", "technical_non_detection", "systemic_occurrence", "systemic_non_detection")
)
Facts = Mapping[str, st.SearchStrategy[Any]]
# What a step has to put on record, and what it may.
CHECKED: Final[Mapping[str, tuple[Facts, Facts]]] = {
    "team_named": ({}, {"leader": PERSONS, "members": st.lists(PERSONS, min_size=1, max_size=2), "contact": PERSONS}),
    "problem_stated": ({"statement": TEXTS}, {"symptom": TEXTS, "is_not": TEXTS, "quantity": st.integers(0, 9), "risk_assessed_on": DAYS}),
    "contained": ({}, {"containment": TEXTS, "proof": TEXTS, "risk": TEXTS, "share": SHARES}),
    "containment_not_needed": ({"reason": TEXTS}, {}),
    "cause_proposed": ({"cause": CAUSES, "cell": CELLS, "statement": TEXTS}, {"nature": st.sampled_from(("person", "method"))}),
    "cause_verified": ({"cause": CAUSES}, {"result": TEXTS, "method": TEXTS, "report": TEXTS}),
    "cause_rejected": ({"cause": CAUSES}, {"reason": TEXTS, "method": TEXTS}),
    "action_planned": ({"action": ACTIONS, "statement": TEXTS}, {"cause": CAUSES, "owner": PERSONS, "due": DAYS, "proof": TEXTS}),
    "action_dropped": ({"action": ACTIONS, "reason": TEXTS}, {}),
    "actions_rejected": ({"reason": TEXTS}, {}),
    "actions_approved": ({}, {}),
    "action_implemented": ({"action": ACTIONS}, {"cut_in": DAYS}),
    "effect_measured": ({"action": ACTIONS}, {"before": SHARES, "after": SHARES, "share": SHARES, "proof": TEXTS, "measure": TEXTS}),
    "verified": ({"effective": st.booleans()}, {}),
    "prevention_taken": ({"measure": TEXTS}, {"owner": PERSONS, "in_force_on": DAYS, "proof": TEXTS, "share": SHARES}),
    "document_revised": ({"document": TEXTS}, {"revision": TEXTS}),
    "looked_across": ({"scope": TEXTS}, {"result": TEXTS}),
    "closed": ({}, {"assessment": TEXTS}),
}  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, steps: Mapping[str, tuple[Facts, Facts]]) -> qms.Case:
    """Any report that a team could have written, gates or no gates."""
    events = []
    for place in range(draw(st.integers(0, 14))):
        name = draw(st.sampled_from(sorted(steps)))
        needed, more = steps[name]
        facts = draw(st.fixed_dictionaries(dict(needed), optional=dict(more)))
        at = MONDAY + timedelta(hours=6 * place)
        events.append(qms.Event(name, at, by=draw(st.none() | PERSONS), facts=facts))
    rules = qms.load_rulebook("pcb-maker").on(MONDAY)
    return rules.adopt(subject(family=draw(st.none() | TEXTS)), events)
