"""What was approved is what was on record then: a correction of its words asks for a new approval."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.events.corrected_histories import ByHand, at, histories

from qms_service.events import Event, Selector, changes_before, timeline
from qms_service.events.changes import changes_in

APPROVED = Selector(event="approved", after="cause")


def cause(hours: float, seq: int, text: object = "dust") -> Event:
    return Event("cause", at(hours), seq=seq, facts={"text": text})


def approved(hours: float, seq: int) -> Event:
    return Event("approved", at(hours), seq=seq)


def corrected(hours: float, seq: int, of: int, **change: object) -> Event:
    return Event("corrected", at(hours), seq=seq, facts={"of": of, "reason": "r", **change})


def stands(*history: Event, until: float | None = None, keeps: bool = False) -> bool:
    seen = timeline(history, None if until is None else at(until))
    return Selector(event="approved", after="cause", keeps=keeps).holds(seen)


REWORDED = (cause(0, 1), approved(1, 2), corrected(2, 3, 1, facts={"text": "film"}))


def test_an_approval_falls_when_the_text_it_approved_is_corrected() -> None:
    assert stands(*REWORDED, until=1.9)
    assert not stands(*REWORDED)
    assert stands(*REWORDED, approved(3, 4))


def test_an_approval_after_the_correction_approves_the_corrected_text() -> None:
    assert stands(cause(0, 1), corrected(1, 2, 1, facts={"text": "film"}), approved(2, 3))


def test_a_correction_of_any_of_the_facts_makes_it_another_text() -> None:
    assert not stands(cause(0, 1), approved(1, 2), corrected(2, 3, 1, facts={"note": "see photo"}))


@pytest.mark.parametrize("same", [{"text": "dust"}, {"note": None}, {}])
def test_a_correction_that_brings_what_stood_there_asks_for_nothing(same: dict[str, object]) -> None:
    assert stands(cause(0, 1), approved(1, 2), corrected(2, 3, 1, facts=same))


def test_a_correction_of_the_moment_alone_changes_the_order_and_no_text() -> None:
    earlier = (cause(0, 1), approved(1, 2), corrected(2, 3, 1, at=at(0.5)))
    assert stands(*earlier)
    assert not stands(cause(0, 1), approved(1, 2), corrected(3, 3, 1, at=at(2)))
    assert not stands(cause(0, 1), approved(1, 2), corrected(3, 3, 2, at=at(-1)))


def test_a_correction_of_the_moment_is_as_new_as_the_moment_that_it_brings() -> None:
    both = corrected(2, 3, 1, facts={"text": "film"}, at=at(3))
    assert not stands(cause(0, 1), both, approved(2.5, 4))
    assert stands(cause(0, 1), both, approved(3.5, 4))


def test_a_cause_that_is_struck_out_takes_no_approval_with_it() -> None:
    assert stands(cause(0, 1), approved(1, 2), cause(2, 3), corrected(3, 4, 3, void=True))


def test_taking_a_correction_back_is_a_change_of_the_text_too() -> None:
    """Between the two, somebody approved what no longer stands there."""
    taken_back = corrected(4, 5, 2, void=True)
    assert not stands(cause(0, 1), corrected(1, 2, 1, facts={"text": "film"}), approved(2, 3), taken_back)
    assert stands(cause(0, 1), corrected(1, 2, 1, at=at(0.5)), approved(2, 3), taken_back)


def test_a_cause_that_comes_back_on_record_was_not_there_to_be_approved() -> None:
    back = (cause(0, 1), corrected(1, 2, 1, void=True), approved(2, 3), corrected(3, 4, 2, void=True))
    assert stands(*back[:3])
    assert not stands(*back)


def test_a_correction_of_an_older_cause_counts_as_well() -> None:
    assert not stands(cause(0, 1), cause(1, 2), approved(2, 3), corrected(3, 4, 1, facts={"text": "film"}))


def test_a_correction_dated_before_the_approval_was_known_to_whoever_approved() -> None:
    assert stands(cause(0, 1), approved(2, 2), corrected(1, 3, 1, facts={"text": "film"}))


def test_a_correction_of_a_cycle_that_is_over_asks_for_nothing_in_this_one() -> None:
    history = (
        cause(0, 1),
        Event("reopened", at(1), seq=2),
        approved(2, 3),
        corrected(3, 4, 1, facts={"text": "film"}),
    )
    assert stands(*history)
    assert not stands(*history, keeps=True)


def test_corrections_that_point_at_each_other_or_at_nothing_change_nothing() -> None:
    lost = (
        corrected(2, 3, 9, facts={"text": "a"}),
        corrected(3, 4, 5, void=True),
        corrected(4, 5, 4, void=True),
    )
    assert stands(cause(0, 1), approved(1, 2), *lost)
    assert stands(cause(0, 1), approved(1, 2), corrected(2, 3, 3, void=True))


def test_one_more_event_sees_the_same_changes() -> None:
    grown = timeline(REWORDED).with_event(approved(3, 4))
    assert grown is not None
    assert APPROVED.holds(grown)
    assert grown.newest("cause") == REWORDED[-1]


def test_changes_are_told_as_of_an_event() -> None:
    changes = changes_in(REWORDED)
    assert changes == {1: (REWORDED[-1],)}
    assert changes_before(changes, approved(3, 4)) == changes
    assert changes_before(changes, approved(1, 4)) == {}


def holds(history: list[Event], keeps: bool) -> bool:
    """Whether the last approval is later than every cause, and than every change of what one says."""
    read = ByHand(history, keeps=keeps)
    approvals = [read.when(seq) for seq in read.there("approved")]
    return bool(approvals) and all(
        moment < max(approvals)
        for seq in read.there("cause")
        for moment in (read.when(seq), *read.changes(seq))
    )


@settings(max_examples=400, deadline=None)
@given(history=histories(), keeps=st.booleans())
def test_an_approval_holds_where_nothing_it_approved_was_said_or_changed_since(
    history: list[Event], keeps: bool
) -> None:
    assert stands(*history, keeps=keeps) is holds(history, keeps)
