"""A year at a board maker, told as a table: what the figures have to be can be counted by hand.

Times are those of Shanghai. The year is 2026; the review is held on 2027-01-20.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pendulum
from pendulum import DateTime

import qms_service as qms
from qms_service.cases import AnySubject, Case
from qms_service.facts import Amount

Entry = tuple[str, str] | tuple[str, str, dict[str, object]]
BOOK = qms.load_rulebook("pcb-maker")
PROC = BOOK.on(pendulum.date(2026, 1, 1))
STANDS: dict[str, object] = {"established": True, "ours": True}
NOT_OURS: dict[str, object] = {"established": True, "ours": False}
FALSE_ALARM: dict[str, object] = {"established": False}


def at(when: str) -> DateTime:
    """A moment such as `"2026-03-02 09:00"`; a day alone is its midnight."""
    moment = pendulum.parse(when, tz="Asia/Shanghai")
    assert isinstance(moment, DateTime)
    return moment


START, END, NOW = at("2026-01-01"), at("2027-01-01"), at("2027-01-20 10:00")


def case(subject: AnySubject, *events: Entry) -> Case:
    """A case with its history taken over: no gate stands in the way of the story."""
    return PROC.adopt(
        subject, [qms.Event(name, at(when), facts=dict(*facts)) for name, when, *facts in events]
    )


def complaint(number: str, opened: str, customer: str, defect: str | None, *events: Entry) -> Case:
    subject = qms.Complaint(
        number=number, customer=customer, product="P-1", defect=defect, received_at=at(opened)
    )
    return case(subject, *events)


def returned(number: str, opened: str, quantity: Amount, *events: Entry) -> Case:
    subject = qms.ReturnOrder(
        number=number,
        customer="ACME",
        quantity=quantity,
        received_at=at(opened),
    )
    return case(subject, *events)


def claim(number: str, opened: str, amount: str | None, currency: str, *events: Entry) -> Case:
    money = None if amount is None else yuan(amount, currency)
    subject = qms.Claim(number=number, customer="Beta", basis="quality", amount=money, received_at=at(opened))
    return case(subject, *events)


def yuan(amount: str, currency: str = "CNY") -> qms.Money:
    return qms.Money(amount=Decimal(amount), currency=currency)


CASES: tuple[Case, ...] = (
    # Of the year before: open when the year begins, closed in it; it started its clocks before.
    complaint(
        "C-0", "2025-12-20", "ACME", "open circuit",
        ("forwarded", "2025-12-20 09:00"), ("analysed", "2025-12-20 15:00", STANDS), ("closed", "2026-01-10"),
    ),
    # Closed before the year and of no concern to it.
    complaint("C-00", "2025-11-01", "ACME", "open circuit", ("closed", "2025-11-20")),
    # In time: analysed in exactly 12 h.
    complaint(
        "C-1", "2026-01-31 23:00", "ACME", "open circuit",
        ("forwarded", "2026-02-01 09:00"), ("analysed", "2026-02-01 21:00", STANDS), ("closed", "2026-02-20"),
    ),
    # A minute late.
    complaint(
        "C-2", "2026-03-01", "ACME", "short",
        ("forwarded", "2026-03-01 09:00"), ("analysed", "2026-03-01 21:01", NOT_OURS), ("closed", "2026-03-09"),
    ),
    # Never analysed: overdue, open.
    complaint("C-3", "2026-05-05", "Beta", "open circuit", ("forwarded", "2026-05-05 09:00")),
    # Not established; withdrawn by the customer.
    complaint(
        "C-4", "2026-05-06", "Beta", None,
        ("forwarded", "2026-05-06 09:00"), ("analysed", "2026-05-06 10:00", FALSE_ALARM),
        ("withdrawn", "2026-05-07", {"reason": "misread drawing"}),
    ),
    # Forwarded on the last evening; analysed in time in the new year, which the review in January knows.
    complaint(
        "C-5", "2026-12-31 20:00", "Gamma", " open circuit ",
        ("forwarded", "2026-12-31 21:00"), ("analysed", "2027-01-01 08:00", STANDS),
    ),
    # Not forwarded: received on the first instant of the year after, and so no part of it.
    complaint("C-6", "2027-01-01", "Gamma", "short"),
    # Closed in the year before, reopened in this one, open at its end.
    complaint(
        "C-7", "2025-06-01", "Beta", "short",
        ("closed", "2025-06-30"), ("reopened", "2026-08-01", {"reason": "it is back"}),
    ),
    returned(
        "R-1", "2026-04-01", 100,
        ("forwarded", "2026-04-01 09:00"), ("counted", "2026-04-01 10:00", {"quantity": 100, "model_ok": True}),
        ("planned", "2026-04-01 20:00"), ("disposition_issued", "2026-04-02"),
        ("scrapped", "2026-04-03", {"quantity": 30}), ("closed", "2026-04-10"),
    ),
    returned("R-2", "2026-04-20", "undetermined", ("forwarded", "2026-04-20 09:00")),
    returned(
        "R-3", "2026-06-01", qms.Quantity(amount=2, unit="panel"),
        ("counted", "2026-06-02", {"quantity": qms.Quantity(amount=2, unit="panel"), "model_ok": True}),
    ),
    claim(
        "M-1", "2026-02-01", "1000.50", "CNY",
        ("evidence_given", "2026-02-02"), ("judged", "2026-02-03", {"reasonable": True, "amount": yuan("800")}),
        ("approved", "2026-02-05"), ("posted", "2026-02-06", {"amount": yuan("800")}), ("closed", "2026-02-07"),
    ),
    claim(
        "M-2", "2026-03-01", "200", "USD",
        ("evidence_given", "2026-03-02"), ("judged", "2026-03-05", {"reasonable": False}),
    ),
    claim(
        "M-3", "2026-04-01", None, "CNY",
        ("evidence_given", "2026-04-02"), ("judged", "2026-04-05", {"reasonable": True}),
    ),
    # Of the year before, paid in this one: in the amounts of this year, not among those received.
    claim(
        "M-0", "2025-12-01", "50", "CNY",
        ("judged", "2025-12-10", {"reasonable": True, "amount": yuan("50")}),
        ("posted", "2026-01-05", {"amount": yuan("50")}), ("closed", "2026-01-06"),
    ),
    claim("M-4", "2026-11-30", "0.50", "CNY"),
)  # fmt: skip


def review_of(cases: object = CASES, **changes: Any) -> qms.ManagementReview:  # noqa: ANN401  # what a review takes
    """The review of the year, or with other cases or arguments; without duties, which the cases do not tell of."""
    asked: dict[str, Any] = {"duties": (), "book": BOOK, "start": START, "end": END, "now": NOW} | changes
    return qms.management_review(cases=cases, **asked)  # type: ignore[arg-type]  # some tests give what is none


def book_with(clock: qms.Clock, calendar: qms.WorkCalendar | None = None) -> qms.Rulebook:
    """The rulebook with one clock of complaints in the place of all of them; its pin stays."""
    complaints = attrs.evolve(PROC.rules.kinds["complaint"], clocks={clock.id: clock})
    rules = attrs.evolve(
        PROC.rules,
        kinds={**PROC.rules.kinds, "complaint": complaints},
        calendar=calendar or PROC.rules.calendar,
    )
    return qms.Rulebook("pcb-maker", (qms.Procedure(rules),))
