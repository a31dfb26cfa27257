"""A return, a claim, customer property and a visit, as subjects of their own class and as plain ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pendulum
import pytest

import qms_service as qms
from qms_service.cases import Custody, custody
from qms_service.events import Event

AT = pendulum.datetime(2026, 3, 10, 8, tz="Asia/Shanghai")
BOOK = qms.load_rulebook("pcb-maker")
PROC = BOOK.on(AT)
CNY = qms.Money(amount=Decimal("12000.00"), currency="CNY")
RETURN = qms.ReturnOrder(
    number="R-1", customer="ACME", product="PCB-7781", quantity=500, defect="open circuit", complaint="C-1",
    received_at=AT,
)  # fmt: skip
LENT = qms.CustomerProperty(
    number="P-1", customer="ACME", category="fixture", identification="test jig", owner_number="F-12", quantity=2,
    received_at=AT,
)  # fmt: skip
VISIT = qms.Visit(number="V-1", customer="ACME", purpose="audit", visit_on=date(2026, 3, 17), announced_at=AT)
CLAIM = qms.Claim(
    number="MRKT-20260301", customer="ACME", basis="quality", settlement="allowance", amount=CNY, complaint="C-1",
    received_at=AT,
)  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "kind", "opening"),
    [
        (RETURN, "return", "received"),
        (CLAIM, "claim", "opened"),
        (LENT, "property", "received"),
        (VISIT, "visit", "announced"),
    ],
)
def test_it_opens_the_kind_of_case_that_it_is(
    subject: qms.ReturnOrder | qms.Claim | qms.CustomerProperty | qms.Visit, kind: str, opening: str
) -> None:
    case = BOOK.open(subject)
    assert (case.kind, case.id, case.history[0].name, case.history[0].at) == (
        kind,
        subject.number,
        opening,
        AT,
    )
    plain = qms.Subject(kind, number=subject.number, opened_at=AT, facts=subject.facts)
    assert BOOK.open(plain).history == case.history
    assert plain.facts == subject.facts


@pytest.mark.parametrize("cls", [qms.ReturnOrder, qms.Claim])
def test_what_is_not_known_is_no_fact(cls: type[qms.ReturnOrder | qms.Claim]) -> None:
    assert dict(cls(customer="ACME", received_at=AT).facts) == {"customer": "ACME"}


@pytest.mark.parametrize("cls", [qms.ReturnOrder, qms.Claim])
def test_a_number_or_a_customer_that_is_no_text_is_refused(cls: type[qms.ReturnOrder | qms.Claim]) -> None:
    with pytest.raises(qms.EntryError, match="customer"):
        cls(customer=7, received_at=AT)  # type: ignore[arg-type]
    with pytest.raises(qms.EntryError, match="number"):
        cls(number=7, customer="ACME", received_at=AT)  # type: ignore[arg-type]
    with pytest.raises(qms.NaiveInstantError):
        cls(customer="ACME", received_at=AT.naive())


def test_of_a_visit_and_of_property_only_what_is_known_is_a_fact() -> None:
    assert dict(qms.Visit(customer="ACME", announced_at=AT).facts) == {"customer": "ACME"}
    lent = qms.CustomerProperty(customer="ACME", category="sample", received_at=AT)
    assert dict(lent.facts) == {"customer": "ACME", "category": "sample"}


@pytest.mark.parametrize("day", ["2026-03-17", AT])
def test_the_day_of_a_visit_is_a_date(day: object) -> None:
    with pytest.raises(qms.Refused, match=r"visit_on.*allowed is date"):
        PROC.open(qms.Visit(customer="ACME", visit_on=day, announced_at=AT))  # type: ignore[arg-type]


def test_property_of_an_unknown_kind_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(qms.Refused, match="drawing"):
        PROC.open(qms.CustomerProperty(customer="ACME", category="mould", received_at=AT))


def test_a_fact_of_another_type_is_refused_at_the_opening() -> None:
    with pytest.raises(qms.Refused, match="basis"):
        PROC.open(qms.Claim(customer="ACME", basis="price", received_at=AT))
    with pytest.raises(qms.Refused, match="quantity"):
        PROC.open(qms.ReturnOrder(customer="ACME", quantity="many", received_at=AT))  # type: ignore[arg-type]


def test_a_quantity_may_be_undetermined() -> None:
    case = PROC.open(qms.ReturnOrder(customer="ACME", quantity="undetermined", received_at=AT))
    assert PROC.quantities(case, now=AT)["noted"] == "undetermined"


# ---------------------------------------------------------------- custody


def handed(case: qms.Case, hour: int, giver: str, taker: str, receipt: str | None = None) -> qms.Case:
    facts = {"giver": giver, "taker": taker} | ({"receipt": receipt} if receipt else {})
    return PROC.record(case, "handed_over", at=AT.add(hours=hour), facts=facts)


def test_goods_that_were_never_handed_over_are_with_whoever_had_them() -> None:
    case = PROC.open(RETURN)
    assert custody(case) == Custody(holder="customer")
    assert custody(case, first="carrier").holder == "carrier"


def test_who_took_them_over_last_holds_them_and_has_the_receipt() -> None:
    case = handed(PROC.open(RETURN), 1, "customer", "marketing", "H-1")
    case = handed(case, 3, "marketing", "warehouse")
    now = custody(case)
    assert (now.holder, now.since, now.receipt, len(now.chain)) == (
        "warehouse",
        AT.add(hours=3),
        None,
        2,
    )
    before = custody(case, now=AT.add(hours=2))
    assert (before.holder, before.receipt) == ("marketing", "H-1")


def test_a_link_that_is_missing_in_the_chain_is_told() -> None:
    case = handed(PROC.open(RETURN), 1, "customer", "marketing")
    case = handed(case, 3, "warehouse", "quality")
    assert [(one.facts["giver"], one.facts["taker"]) for one in custody(case).broken] == [
        ("warehouse", "quality")
    ]


def test_a_reopening_changes_nobody_s_hands() -> None:
    case = PROC.adopt(
        RETURN,
        [
            Event("handed_over", AT.add(hours=1), facts={"giver": "customer", "taker": "warehouse"}),
            Event("closed", AT.add(hours=2)),
            Event("reopened", AT.add(hours=3)),
        ],
    )
    assert custody(case).holder == "warehouse"
