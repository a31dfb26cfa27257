"""Linked cases: both are written in one transaction or neither, and a gate sees them as they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

import qms_service as qms
from qms_service.ports import Store
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = """
[complaint.events.received]
[complaint.events.forwarded]
[complaint.subject]
customer = "text"
[[complaint.events.closed.needs]]
clause  = "8.7"
settled = ["return", "claim"]
[return.events.arrived]
[return.events.closed]
[claim.events.made]
[claim.events.closed]
"""
Book = Callable[..., qms.Rulebook]


@pytest.fixture
def linking(book: Book, store: Store, now: FixedNow) -> qms.ServiceDesk:
    desk = qms.ServiceDesk(book(RULES), store, now=now)
    desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=now()))
    desk.open(qms.Subject("return", number="R-1", opened_at=now()))
    desk.open(qms.Subject("claim", number="A-1", opened_at=now()))
    return desk


def links(case: qms.Case) -> list[tuple[object, object]]:
    found = case.timeline().all("linked", keeps=True)
    return [(link.facts["kind"], link.facts["case"]) for link in found]


def test_each_of_two_linked_cases_names_the_other(linking: qms.ServiceDesk, now: FixedNow) -> None:
    one, other = linking.link("C-1", "R-1", by="Li", reason="boards sent back")
    assert (one.id, other.id) == ("C-1", "R-1")
    assert (links(one), links(other)) == ([("return", "R-1")], [("complaint", "C-1")])
    assert (linking.case("C-1"), linking.case("R-1")) == (one, other)
    written = one.history[-1]
    assert (written.by, written.facts["reason"], written.at) == ("Li", "boards sent back", now())


def test_linking_again_changes_nothing(linking: qms.ServiceDesk) -> None:
    both = linking.link("C-1", "R-1")
    assert linking.link("C-1", "R-1") == both
    assert linking.link("R-1", "C-1") == (both[1], both[0])


def test_a_case_that_names_the_other_already_is_left_as_it_is(linking: qms.ServiceDesk) -> None:
    before = linking.record("C-1", "linked", kind="return", case="R-1")
    one, other = linking.link("C-1", "R-1")
    assert one == before
    assert links(other) == [("complaint", "C-1")]


def test_a_link_that_was_struck_out_can_be_made_again(linking: qms.ServiceDesk) -> None:
    one, _ = linking.link("C-1", "R-1")
    linking.record("C-1", "corrected", of=one.version, void=True, reason="another return")
    again, other = linking.link("C-1", "R-1")
    assert (links(again), len(links(other))) == ([("return", "R-1")], 1)


def test_both_are_linked_or_neither(linking: qms.ServiceDesk, store: Store, now: FixedNow) -> None:
    with pytest.raises(qms.CaseNotFoundError, match="R-9"):
        linking.link("C-1", "R-9")
    unknown = qms.Pin(rulebook="gone", edition="9", digest="0" * 64)
    with store.transaction() as t:
        case = t.cases.load("R-1")
        subject = attrs.evolve(case.subject, number="R-2")
        t.cases.save(attrs.evolve(case, subject=subject, pin=unknown))
    for pair in (("C-1", "R-2"), ("R-2", "C-1")):
        with pytest.raises(qms.PinnedElsewhereError):
            linking.link(*pair)
    with pytest.raises(qms.Refused, match="after now"):
        linking.link("C-1", "R-1", at=now() + timedelta(hours=1))
    with pytest.raises(qms.EntryError, match="recorded_at"):
        linking.link("C-1", "R-1", recorded_at=now())
    assert [case.version for case in map(linking.case, ("C-1", "R-1", "R-2"))] == [1, 1, 1]


def test_a_case_is_not_linked_to_itself(linking: qms.ServiceDesk) -> None:
    with pytest.raises(qms.EntryError, match=r"C-1 cannot be linked to itself") as refused:
        linking.link("C-1", "C-1")
    assert "自身" in refused.value.text("zh")


def test_a_step_waits_for_the_linked_cases_that_its_gate_names(
    linking: qms.ServiceDesk, now: FixedNow
) -> None:
    linking.link("C-1", "R-1")
    linking.link("C-1", "A-1")
    assert [finding.facts["case"] for finding in linking.check("C-1", "closed")] == ["R-1", "A-1"]
    linking.record("R-1", "closed")
    with pytest.raises(qms.Refused, match=r"A-1 .*\[small 8\.7\]"):
        linking.record("C-1", "closed")
    closing = next(step for step in linking.checklist("C-1") if step.event == "closed")
    assert [finding.facts["case"] for finding in closing.missing] == ["A-1"]
    linking.record("A-1", "closed")
    assert linking.record("C-1", "closed", key="k").status == "closed"
    assert linking.review("C-1") == ()
    now.advance(timedelta(days=1))
    linking.record(
        "R-1", "reopened"
    )  # what was closed at the time stays settled for the request that was answered
    assert linking.record("C-1", "closed", key="k").status == "closed"


def test_the_caller_may_hand_in_linked_cases_that_the_store_has_not(
    linking: qms.ServiceDesk, now: FixedNow
) -> None:
    linking.record("C-1", "linked", kind="return", case="R-77")
    elsewhere = qms.Case(
        subject=qms.Subject("return", number="R-77", opened_at=now()),
        pin=linking.case("R-1").pin,
        history=(qms.Event("arrived", now(), seq=1), qms.Event("closed", now(), seq=2)),
    )
    assert [finding.code for finding in linking.check("C-1", "closed")] == ["link-missing"]
    assert linking.record("C-1", "closed", related=[elsewhere]).status == "closed"


@pytest.mark.parametrize("other", [None, 2])
def test_what_is_no_number_is_no_case_to_be_linked(linking: qms.ServiceDesk, other: Any) -> None:  # noqa: ANN401  # what a form leaves
    with pytest.raises(qms.CaseNotFoundError):
        linking.link("C-1", other)
