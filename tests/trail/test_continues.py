"""Whether a case goes on from the one that a store has."""

from __future__ import annotations

import attrs
import pendulum

import qms_service as qms
from qms_service.trail import continues

TWICE = pendulum.datetime(2026, 11, 1, 1, 30, tz="America/New_York", fold=1)
RULES = qms.load_rulebook("pcb-maker").on(TWICE)


def received(at: pendulum.DateTime) -> qms.Case:
    return RULES.open(qms.Complaint(number="C-1", customer="ACME", received_at=at))


def test_a_case_of_the_hour_that_comes_twice_goes_on_from_the_one_that_a_store_gives_back() -> None:
    case = received(TWICE)
    stored = qms.from_json(qms.Case, qms.to_json(case))
    assert case.subject != stored.subject
    assert continues(RULES.record(case, "forwarded", at=TWICE.add(hours=1)), stored)


def test_the_first_time_round_is_another_moment() -> None:
    assert not continues(received(TWICE), received(TWICE.subtract(hours=1)))


def test_another_subject_pin_or_event_does_not_go_on() -> None:
    stored = RULES.record(received(TWICE), "forwarded", at=TWICE)
    pin = qms.Pin(rulebook="pcb-maker", edition="9", digest="0")
    assert continues(stored, stored)
    assert not continues(received(TWICE), stored)
    assert not continues(RULES.record(received(TWICE), "passed_on", at=TWICE), stored)
    assert not continues(attrs.evolve(stored, pin=pin), stored)


def test_a_change_of_edition_moves_the_pin() -> None:
    stored = received(TWICE)
    event = qms.Event("edition_changed", TWICE, seq=2, facts={"edition": "9"})
    pin = qms.Pin(rulebook="pcb-maker", edition="9", digest="0")
    assert continues(attrs.evolve(stored.with_event(event), pin=pin), stored)
