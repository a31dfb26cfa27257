"""A case is opened once; the opening event is written by the opening itself."""

from __future__ import annotations

import pendulum

import qms_service as qms

AT = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
PROC = qms.load_rulebook("pcb-maker").on(AT)
CASE = PROC.open(qms.Complaint(number="C-1", customer="ACME", received_at=AT))


def test_opening_writes_the_opening_event() -> None:
    assert [event.name for event in CASE.history] == ["received"]
    assert CASE.history[0].at == AT


def test_a_second_receipt_is_kept_with_a_remark() -> None:
    twice = PROC.record(CASE, "received", at=AT.add(hours=1))
    assert twice.version == 2
    assert [finding.code for finding in twice.history[-1].findings] == ["opened-already"]
    assert str(twice.history[-1].findings[0]).endswith("[pcb-maker 4.2.1]")
