"""One 8D report serves several complaints: each of them waits for it (4.2.3)."""

from __future__ import annotations

from datetime import timedelta

import qms_service as qms
from qms_service.testing import FixedNow

BOTH = ("C-1", "C-2")


def waits_for(desk: qms.ServiceDesk, complaint: str) -> list[object]:
    return [one.facts["case"] for one in desk.check(complaint, "closed")]


def test_a_report_that_is_closed_lets_every_complaint_close_that_it_serves(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    for number in BOTH:
        desk.open(qms.Complaint(number=number, customer="ACME", received_at=now()))
        desk.record(number, "forwarded")
        desk.record(number, "analysed", established=False)
        desk.record(number, "customer_confirmed")
    desk.open(qms.CorrectiveAction(number="8D-1", complaints=BOTH, raised_at=now()))
    desk.open(qms.Containment(number="CT-1", complaint="C-1", begun_at=now()))
    for number in BOTH:
        desk.link(number, "8D-1")
    desk.link("C-1", "CT-1")
    assert [waits_for(desk, number) for number in BOTH] == [["CT-1", "8D-1"], ["8D-1"]]
    now.advance(timedelta(hours=1))
    desk.record("8D-1", "withdrawn", reason="the test was wrong")
    assert [waits_for(desk, number) for number in BOTH] == [["CT-1"], []]
    desk.record("CT-1", "withdrawn", reason="the test was wrong")
    for number in BOTH:
        assert desk.record(number, "closed").status == "closed"
    assert desk.worklist() == ()
    assert desk.case("8D-1").subject.facts["complaints"] == BOTH
