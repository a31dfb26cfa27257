"""Whatever is written is read back equal, and fits the schema of its type."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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

ZONES: Final = (
    UTC,
    timezone(timedelta(hours=8)),
    timezone(-timedelta(hours=3, minutes=30)),
    ZoneInfo("Asia/Shanghai"),
)
TAGS: Final = ("integer", "decimal", "date", "instant", "duration", "money", "quantity", "facts")

texts = st.text(max_size=8)
spoken = texts.filter(str.strip)
names = st.sampled_from(("analysed", "初步分析", "schema", "type", "kind", ""))
maybe_texts = st.none() | texts
decimals = st.decimals(allow_nan=False, allow_infinity=False)
instants = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001  # the strategy adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from(ZONES),
)
maybe_instants = st.none() | instants
durations = st.timedeltas()
maybe_durations = st.none() | durations
quantities = st.builds(Quantity, amount=st.integers(min_value=0) | decimals, unit=spoken)
moneys = st.builds(Money, amount=decimals, currency=spoken)
scalars = (
    st.none() | st.booleans() | st.integers() | st.integers(-(2**80), 2**80) | texts | decimals | st.dates() | instants
    | durations | quantities | moneys | st.sampled_from(DeadlineState)
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from(TAGS) | texts, inner, max_size=2).map(Facts)
    ),
    max_leaves=6,
)
facts = st.dictionaries(st.sampled_from(TAGS) | names, values, max_size=3).map(Facts)
clauses = st.builds(ClauseRef, texts, document=texts, edition=texts)
maybe_clauses = st.none() | clauses
labels = st.dictionaries(st.sampled_from(("en", "zh", "vi")), texts).map(Label)
several = st.lists(texts, max_size=2).map(tuple)
findings = st.builds(
    Finding,
    code=texts,
    severity=st.sampled_from(("refusal", "warning")),
    subject=texts,
    clause=maybe_clauses,
    facts=facts,
    absolute=st.booleans(),
)
evidence = st.builds(
    Evidence, kind=texts, uri=texts, media_type=maybe_texts, sha256=maybe_texts, item=maybe_texts
)
events = st.builds(
    Event,
    names,
    instants,
    recorded_at=maybe_instants,
    seq=st.integers(),
    by=maybe_texts,
    department=maybe_texts,
    role=maybe_texts,
    on_behalf_of=maybe_texts,
    facts=facts,
    note=maybe_texts,
    evidence=st.lists(evidence, max_size=2).map(tuple),
    despite=maybe_texts,
    findings=st.lists(findings, max_size=2).map(tuple),
)


def _numbered(history: list[Event]) -> tuple[Event, ...]:
    return tuple(attrs.evolve(event, seq=seq) for seq, event in enumerate(history, start=1))


amounts = st.none() | st.integers() | decimals | quantities | st.just("undetermined")
complaints = st.builds(
    Complaint,
    number=texts,
    customer=texts,
    product=maybe_texts,
    quantity=amounts,
    defect=maybe_texts,
    defect_rate=st.none() | decimals,
    received_at=instants,
)
returns = st.builds(
    ReturnOrder,
    number=texts,
    customer=texts,
    product=maybe_texts,
    quantity=amounts,
    defect=maybe_texts,
    complaint=maybe_texts,
    received_at=instants,
)
containments = st.builds(
    Containment,
    number=texts,
    complaint=maybe_texts,
    customer=maybe_texts,
    product=maybe_texts,
    defect=maybe_texts,
    begun_at=instants,
)
corrective_actions = st.builds(
    CorrectiveAction,
    number=texts,
    complaints=st.lists(texts, max_size=2),
    customer=maybe_texts,
    product=maybe_texts,
    family=maybe_texts,
    defect=maybe_texts,
    raised_at=instants,
)
properties = st.builds(
    CustomerProperty,
    number=texts,
    customer=texts,
    category=texts,
    identification=maybe_texts,
    owner_number=maybe_texts,
    quantity=amounts,
    received_at=instants,
)
visits = st.builds(
    Visit,
    number=texts,
    customer=texts,
    purpose=maybe_texts,
    visit_on=st.none() | st.dates(),
    announced_at=instants,
)
claims = st.builds(
    Claim,
    number=texts,
    customer=texts,
    basis=maybe_texts,
    settlement=maybe_texts,
    amount=st.none() | moneys,
    complaint=maybe_texts,
    received_at=instants,
)
subjects = st.builds(
    Subject,
    st.sampled_from(
        ("lease", "complaint", "return", "claim", "containment", "corrective_action", "property", "visit")
    ),
    number=texts,
    opened_at=instants,
    facts=facts,
)
cases = st.builds(
    Case,
    subject=complaints | returns | claims | properties | visits | subjects,
    pin=st.builds(Pin, rulebook=texts, edition=texts, digest=texts),
    history=st.lists(events, min_size=1, max_size=3).map(_numbered),
)
assignments = st.builds(
    Assignment,
    responsible=maybe_texts,
    accountable=maybe_texts,
    consulted=several,
    informed=several,
    delegate=maybe_texts,
    clauses=st.lists(clauses, max_size=2).map(tuple),
    decided=st.booleans(),
    missing=several,
)
decisions = st.builds(
    Decision,
    outputs=facts | st.lists(facts, max_size=2).map(Collected),
    rule_ids=several,
    clauses=st.lists(clauses, max_size=2).map(tuple),
)
steps = st.builds(
    Step,
    event=names,
    label=labels,
    state=st.sampled_from(("done", "possible", "blocked", "not_needed")),
    owner=assignments,
    role=maybe_texts,
    optional=st.booleans(),
    due_at=maybe_instants,
    clocks=several,
    done_at=maybe_instants,
    missing=st.lists(findings, max_size=2).map(tuple),
    clause=maybe_clauses,
    facts=st.lists(st.builds(StepFact, name=texts, type=texts, label=labels), max_size=2).map(tuple),
    form=st.none() | labels,
)
deadlines = st.builds(
    Deadline,
    id=texts,
    state=st.sampled_from(DeadlineState),
    clause=maybe_clauses,
    finding=st.none() | findings,
    within=texts,
    urgency=st.none() | st.sampled_from(Urgency),
    started_at=maybe_instants,
    due_at=maybe_instants,
    budget=maybe_durations,
    net=maybe_durations,
    remaining=maybe_durations,
    moving=st.booleans(),
    next_change=maybe_instants,
    cycle=st.integers(0, 3),
    calendar_edition=texts,
)
explanations = st.builds(
    Explanation,
    id=texts,
    label=st.none(),
    state=texts,
    clause=maybe_clauses,
    within=texts,
    budget=maybe_durations,
    started_at=maybe_instants,
    due_at=maybe_instants,
    amendments=st.lists(
        st.builds(
            Amendment,
            kind=st.sampled_from(["extended", "agreed"]),
            at=maybe_instants,
            due_at=instants,
            was_due_at=maybe_instants,
            within=texts,
            reason=texts,
            approved_by=texts,
            moved=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    segments=st.lists(
        st.builds(
            Segment,
            start=instants,
            end=instants,
            counted=durations,
            total=durations,
            code=st.sampled_from(("working", "night")),
            detail=texts,
        ),
        max_size=2,
    ).map(tuple),
    finding=st.none() | findings,
    edition=texts,
    calendar_edition=texts,
)
statuses = st.builds(
    Status,
    status=st.sampled_from(("open", "closed", "withdrawn")),
    cycle=st.integers(0, 3),
    first_due_at=maybe_instants,
    next_change_at=maybe_instants,
    overdue=several,
)
problems = st.builds(Problem, code=texts, path=texts, line=st.none() | st.integers(1, 99), operands=facts)

fractions = st.fractions()
maybe_fractions = st.none() | fractions
intervals = st.builds(Interval, fractions, fractions)
lines = st.lists(st.builds(Line, texts, facts), max_size=2).map(tuple)
estimates = st.builds(
    Estimate,
    value=maybe_fractions,
    n=st.integers(),
    population=st.none() | st.integers(),
    interval=st.none() | intervals,
    method=texts,
    derivation=lines,
    standard_error=maybe_fractions,
    measure=st.sampled_from(("mean", "nps", "csat")),
    confidence=fractions,
    bounds=intervals,
    variance=maybe_fractions,
    values=st.lists(fractions, max_size=2).map(tuple),
    customers=several,
)
comparisons = st.builds(
    Comparison,
    verdict=st.sampled_from(Change),
    difference=maybe_fractions,
    interval=st.none() | intervals,
    before=maybe_fractions,
    after=maybe_fractions,
    n_before=st.integers(),
    n_after=st.integers(),
    n_both=st.integers(),
    base=st.integers(),
    paired=st.booleans(),
    method=st.sampled_from(("paired-t", "welch-t")),
    standard_error=maybe_fractions,
    degrees=maybe_fractions,
    confidence=fractions,
    derivation=lines,
)

EVERY: Final = {
    Assignment: assignments,
    Case: cases,
    Claim: claims,
    Comparison: comparisons,
    Complaint: complaints,
    Containment: containments,
    CorrectiveAction: corrective_actions,
    CustomerProperty: properties,
    Deadline: deadlines,
    Decision: decisions,
    Estimate: estimates,
    Event: events,
    Explanation: explanations,
    Finding: findings,
    Problem: problems,
    ReturnOrder: returns,
    Status: statuses,
    Step: steps,
    Subject: subjects,
    Visit: visits,
}


@cache
def schema_of(kind: type) -> jsonschema.Draft202012Validator:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_written_is_read_back_equal_and_fits_its_schema(kind: type, data: st.DataObject) -> None:
    value = data.draw(EVERY[kind])
    text = to_json(value)
    schema_of(kind).validate(json.loads(text))
    again: object = from_json(kind, text)
    assert again == value
    assert type(again) is type(value)
    assert to_json(again) == text


@settings(max_examples=200, deadline=None)
@given(values)
def test_a_fact_keeps_its_value_and_its_type(value: object) -> None:
    event = Event("analysed", datetime(2026, 3, 2, tzinfo=UTC), facts={"it": value})
    again = from_json(Event, to_json(event)).facts["it"]
    assert again == value
    assert isinstance(again, _plain(value))


def _plain(value: object) -> type:
    kinds = (bool, str, int, Decimal, datetime, date, timedelta, Money, Quantity, tuple, Facts, type(None))
    return next(kind for kind in kinds if isinstance(value, kind))


@settings(max_examples=40, deadline=None)
@given(st.lists(findings, max_size=3).map(tuple))
def test_a_list_is_read_back_equal_and_fits_its_schema(found: tuple[Finding, ...]) -> None:
    text = to_json(found)
    schema_of(tuple[Finding, ...]).validate(json.loads(text))
    assert from_json(tuple[Finding, ...], text) == found
