"""What `qms/1` wrote once stays readable, and what was written then is still written in the same way."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import jsonschema
import pendulum
import pytest

from qms_service.cases import (
    Case,
    Claim,
    Complaint,
    Containment,
    CorrectiveAction,
    CustomerProperty,
    Pin,
    ReturnOrder,
    Subject,
    Visit,
)
from qms_service.clauses import ClauseRef
from qms_service.deadlines import Amendment, Deadline, DeadlineState, Explanation, Segment
from qms_service.events import Event, Evidence
from qms_service.facts import Facts, Money, Quantity
from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.routing import Assignment, Decision
from qms_service.routing.decision import Collected
from qms_service.rulebooks.checklist import Step, StepFact
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.status import Status
from qms_service.satisfaction import Change, Comparison, Estimate, Interval
from qms_service.satisfaction.line import Line
from qms_service.wire import from_json, json_schema, to_json
from qms_service.worktime import Urgency

Json = Any
SAMPLES: Final = Path(__file__).parent / "samples" / "qms-1"


def at(day: int, hour: int, minute: int = 0) -> pendulum.DateTime:
    return pendulum.datetime(2026, 3, day, hour, minute, tz="Asia/Shanghai")


def clause(number: str) -> ClauseRef:
    return ClauseRef(number, document="pcb-maker", edition="1")


MISSING = Finding(
    code="missing-event",
    severity="refusal",
    subject="answered",
    clause=clause("4.2.4.8.1"),
    facts=Facts({"event": "approved", "en": "Approved", "zh": "已批准", "detail": ()}),
)
LATE = Finding(
    code="late",
    severity="warning",
    subject="initial-analysis",
    clause=clause("4.2.4.2"),
    facts=Facts({"due_at": at(2, 22), "stopped_at": at(2, 23, 30), "by": timedelta(hours=1, minutes=30)}),
)
ANALYSED = Event(
    "analysed",
    at(2, 15, 30).add(microseconds=250),
    recorded_at=pendulum.datetime(2026, 3, 2, 8),
    seq=3,
    by="u-17",
    department="quality",
    role="engineer",
    on_behalf_of="manager",
    facts=Facts({
        "established": True, "ours": None, "cause": '线路开路 "open"', "pieces": 12, "lot": 20_260_302_000_000_001,
        "rate": Decimal("2.50"), "made_on": date(2026, 1, 31), "seen_at": at(2, 14), "spent": -timedelta(minutes=90),
        "cost": Money(amount=Decimal("1280.00"), currency="CNY"), "scrap": Quantity(amount=Decimal("1.5"), unit="kg"),
        "places": ("line 3", "in transit"), "change": Facts({"decimal": "not a tag"}),
    }),
    note="sample requested",
    evidence=(
        Evidence(kind="photo", uri="dms://88/1", media_type="image/jpeg", sha256="0f" * 32, item="1"),
        Evidence(kind="8D report", uri="dms://88/2"),
    ),
    despite="customer waits at the airport",
    findings=(MISSING,),
)  # fmt: skip
COMPLAINT = Complaint(
    number="C-1",
    customer="ACME",
    product="PCB-7781",
    quantity=Quantity(amount=500, unit="pcs"),
    defect="open circuit",
    defect_rate=Decimal("2.5"),
    received_at=at(2, 9),
)
CONTAINMENT = Containment(
    number="CT-1",
    complaint="C-1",
    customer="ACME",
    product="PCB-7781",
    defect="open circuit",
    begun_at=at(2, 15),
)
CORRECTIVE_ACTION = CorrectiveAction(
    number="8D-1",
    complaints=("C-1", "C-2"),
    customer="ACME",
    product="PCB-7781",
    family="HDI",
    defect="open circuit",
    raised_at=at(2, 15),
)
RETURN = ReturnOrder(
    number="R-1",
    customer="ACME",
    product="PCB-7781",
    quantity="undetermined",
    defect="open circuit",
    complaint="C-1",
    received_at=at(10, 8),
)
CLAIM = Claim(
    number="MRKT-20260301",
    customer="ACME",
    basis="quality",
    settlement="allowance",
    amount=Money(amount=Decimal("12000.00"), currency="CNY"),
    complaint="C-1",
    received_at=at(10, 9, 30),
)
PROPERTY = CustomerProperty(
    number="P-1",
    customer="ACME",
    category="fixture",
    identification="test jig 7781",
    owner_number="ACME-F-12",
    quantity=Quantity(amount=2, unit="pcs"),
    received_at=at(2, 9),
)
VISIT = Visit(
    number="V-1", customer="ACME", purpose="audit", visit_on=date(2026, 3, 9), announced_at=at(2, 9)
)
LEASE = Subject(
    "lease",
    number="L-7",
    opened_at=pendulum.datetime(2026, 3, 2, 9),
    facts=Facts({"months": 12, "until": date(2027, 3, 1)}),
)
OWNER = Assignment(
    responsible="process",
    accountable="quality",
    consulted=("production", "engineering"),
    informed=("marketing",),
    delegate="quality",
    clauses=(clause("4.2.4.8.3"), clause("4.3.1.4")),
    decided=False,
    missing=("analysed.responsible",),
)
SEGMENTS = (
    Segment(start=at(2, 16), end=at(2, 17, 30), counted=timedelta(minutes=90), total=timedelta(minutes=90), code="working"),
    Segment(start=at(2, 17, 30), end=at(3, 8, 30), counted=timedelta(0), total=timedelta(minutes=90), code="night"),
    Segment(
        start=at(3, 8, 30), end=at(3, 9), counted=timedelta(0), total=timedelta(minutes=90), code="pause", detail="sample"
    ),
    Segment(start=at(3, 9), end=at(3, 9, 30), counted=timedelta(minutes=30), total=timedelta(hours=2), code="working"),
)  # fmt: skip
VALUES: Final[dict[str, Any]] = {
    "assignment": OWNER,
    "case": Case(
        subject=COMPLAINT,
        pin=Pin(rulebook="pcb-maker", edition="1", digest="d1d5d858"),
        history=(Event("received", at(2, 9), recorded_at=at(2, 9), seq=1), Event("forwarded", at(2, 10), seq=2), ANALYSED),
    ),
    "case-of-another-kind": Case(
        subject=LEASE,
        pin=Pin(rulebook="leasing", edition="2025", digest="77aa"),
        history=(Event("signed", LEASE.opened_at, seq=1),),
    ),
    "case-of-a-return": Case(
        subject=RETURN,
        pin=Pin(rulebook="pcb-maker", edition="1", digest="d1d5d858"),
        history=(Event("received", at(10, 8), seq=1, by="u-17"),),
    ),
    "claim": CLAIM,
    "comparison": Comparison(
        verdict=Change.DOWN, difference=Fraction(-22, 5), interval=Interval(Fraction(-63, 10), Fraction(-5, 2)),
        before=Fraction(78), after=Fraction(368, 5), n_before=5, n_after=6, n_both=5, paired=True, method="paired-t", base=5,
        standard_error=Fraction(3, 5), degrees=Fraction(4), confidence=Fraction(19, 20),
        derivation=(Line("verdict.down"),),
    ),
    "complaint": COMPLAINT,
    "containment": CONTAINMENT,
    "corrective-action": CORRECTIVE_ACTION,
    "customer-property": PROPERTY,
    "deadline": Deadline(
        id="initial-analysis",
        state=DeadlineState.MET_LATE,
        clause=clause("4.2.4.2"),
        finding=LATE,
        within="12 h",
        started_at=at(2, 10),
        stopped_at=at(2, 23, 30),
        due_at=at(2, 22),
        original_due_at=at(2, 22),
        warn_at=at(2, 20),
        budget=timedelta(hours=12),
        gross=timedelta(hours=13, minutes=30),
        net=timedelta(hours=13, minutes=30),
        paused=timedelta(0),
        remaining=-timedelta(hours=1, minutes=30),
        wall=timedelta(hours=13, minutes=30),
        provisional_until=pendulum.datetime(2026, 12, 31, 16),
        cycle=1,
        edition="1",
        calendar_edition="cn-2026",
    ),
    "deadline-without-figure": Deadline(
        id="clarification", state=DeadlineState.RUNNING, within="at once", urgency=Urgency.AT_ONCE, moving=True,
        started_at=at(2, 10), due_at=at(2, 10), next_change=at(3, 0),
    ),
    "decision": Decision(
        outputs=Facts({"responsible": "process", "days": 4}), rule_ids=("other",), clauses=(clause("4.3.1.4"),)
    ),
    "decision-collected": Decision(
        outputs=Collected((Facts({"informed": "IPQC"}), Facts({"informed": "final inspection"}))), rule_ids=("a", "b")
    ),
    "estimate": Estimate(
        value=Fraction(325, 4), n=4, population=5, interval=Interval(Fraction(75), Fraction(875, 10)), method="t",
        derivation=(Line("answered.asked", {"n": 4, "asked": 5}), Line("sum", {"terms": "70 + 80 + 85 + 90", "sum": "325"})),
        standard_error=Fraction(2), measure="mean", confidence=Fraction(9, 10), bounds=Interval(Fraction(20), Fraction(100)),
        variance=Fraction(875, 12), values=(Fraction(90), Fraction(80)), customers=("ACME", "Borg 公司"),
    ),
    "event": ANALYSED,
    "explanation": Explanation(
        id="initial-analysis",
        label=None,
        state="running",
        clause=clause("4.2.4.2"),
        within="2 working h",
        budget=timedelta(hours=2),
        started_at=at(2, 16),
        due_at=at(3, 9, 30),
        segments=SEGMENTS,
        finding=None,
        edition="1",
        calendar_edition="cn-2026",
    ),
    "explanation-amended": Explanation(
        id="answer",
        label=None,
        state="running",
        clause=clause("4.2.4.8.1"),
        within="48 h",
        budget=timedelta(hours=71),
        started_at=at(2, 9),
        due_at=at(5, 8),
        segments=(Segment(start=at(2, 9), end=at(5, 8), counted=timedelta(hours=71), total=timedelta(hours=71), code="elapsed"),),
        finding=None,
        edition="1",
        calendar_edition="",
        amendments=(
            Amendment(kind="agreed", at=None, due_at=at(4, 8)),
            Amendment(
                kind="extended", at=at(3, 8), due_at=at(5, 8), was_due_at=at(4, 8), within="24 h",
                reason="parts late", approved_by="Wu",
            ),
        ),
    ),
    "finding": MISSING,
    "list-of-findings": (MISSING, LATE),
    "problem": Problem(
        code="unknown-name.nearest",
        path="complaint.events.analysed.by",
        line=41,
        operands=Facts({"kind": "department", "got": "qualty", "allowed": ("quality",), "nearest": "quality"}),
    ),
    "return-order": RETURN,
    "status": Status(
        status="open", cycle=1, first_due_at=at(2, 22), next_change_at=at(2, 20), overdue=("initial-analysis",)
    ),
    "step": Step(
        event="answered",
        label=Label({"en": "Answer", "zh": "答复"}),
        state="blocked",
        owner=OWNER,
        role="manager",
        optional=True,
        due_at=at(4, 10),
        clocks=("answer",),
        done_at=at(2, 10),
        missing=(MISSING,),
        clause=clause("4.2.4.8.1"),
        facts=(StepFact(name="accepted", type="bool?", label=Label({"en": "Accepted", "zh": "接受"})),),
        form=Label({"zh": "客诉处置单"}),
    ),
    "subject": LEASE,
    "visit": VISIT,
}  # fmt: skip


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.json").read_text(encoding="utf-8")


def kind_of(value: object) -> Json:
    return tuple[type(value[0]), ...] if isinstance(value, tuple) else type(value)  # type: ignore[misc]


def test_every_sample_has_its_value() -> None:
    assert sorted(path.stem for path in SAMPLES.iterdir()) == sorted(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_a_sample_is_read_as_the_value_that_was_written(name: str) -> None:
    assert from_json(kind_of(VALUES[name]), sample(name)) == VALUES[name]


@pytest.mark.parametrize("name", VALUES)
def test_a_sample_fits_the_schema_of_today(name: str) -> None:
    jsonschema.Draft202012Validator(json_schema(kind_of(VALUES[name]))).validate(json.loads(sample(name)))


@pytest.mark.parametrize("name", VALUES)
def test_what_was_written_then_is_written_so_today(name: str) -> None:
    """Fields may be added under `qms/1`; none may go, move or change."""
    assert _without_additions(json.loads(to_json(VALUES[name])), json.loads(sample(name))) == json.loads(
        sample(name)
    )


def _without_additions(now: Json, then: Json) -> Json:
    if isinstance(now, dict) and isinstance(then, dict):
        return {key: _without_additions(now[key], then[key]) for key in then if key in now}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [_without_additions(*pair) for pair in zip(now, then, strict=True)]
    return now
