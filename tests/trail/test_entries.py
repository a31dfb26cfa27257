"""A case is kept entry by entry, and comes back as it was."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trail.cases import BOOK, FIRST, NINE, SECOND, any_cases, full, kept, walks

import qms_service as qms
from qms_service.errors import StoreError
from qms_service.trail import case_of, entries_of


@settings(max_examples=150, deadline=None)
@given(walks() | any_cases())
def test_a_case_comes_back_from_its_entries(case: qms.Case) -> None:
    assert case_of(entries_of(case)) == case


@settings(max_examples=100, deadline=None)
@given(walks(), st.data())
def test_entries_added_later_go_on_from_those_before(case: qms.Case, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, case.version))
    early = attrs.evolve(case, history=case.history[:length], pin=FIRST.rules.pin)
    first = entries_of(early)
    gained = entries_of(case, since=len(first), head=first[-1].hash, pin=early.pin)
    whole = attrs.evolve(kept(case), entries=(*first, *gained), head=(*first, *gained)[-1].hash)
    assert whole.found(whole.entries) == ()
    # a change of edition is on record in the event, so the pin that a store is told last is the one it keeps
    assert case_of(whole.entries).history == case.history
    assert case_of(whole.entries).pin in {case.pin, early.pin}


def test_the_first_entry_is_the_subject_and_the_others_are_the_events() -> None:
    case = full()
    entries = entries_of(case)
    assert [entry.seq for entry in entries] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert qms.from_json(qms.Complaint, entries[0].body) == case.subject
    assert tuple(qms.from_json(qms.Event, entry.body) for entry in entries[1:]) == case.history


def test_the_pin_stands_on_the_first_entry_and_where_it_changed() -> None:
    opened = BOOK.open(full().subject)
    first = entries_of(opened)
    moved = BOOK.change_edition(opened, "2", at=NINE + timedelta(days=2), reason="limits tightened")
    moved = SECOND.record(moved, "passed_on", at=NINE + timedelta(days=3))
    gained = entries_of(moved, since=2, head=first[-1].hash, pin=opened.pin)
    assert [entry.pin is not None for entry in (*first, *gained)] == [True, False, True, False]
    assert case_of(first).pin == FIRST.rules.pin
    assert case_of((*first, *gained)).pin == SECOND.rules.pin


def test_a_pin_that_changed_without_saying_so_stands_on_the_first_new_entry() -> None:
    opened = BOOK.open(full().subject)
    moved = attrs.evolve(FIRST.record(opened, "passed_on", at=NINE), pin=SECOND.rules.pin)
    (gained,) = entries_of(moved, since=2, head="", pin=opened.pin)
    assert gained.pin is not None
    assert case_of((*entries_of(opened), gained)) == moved


def test_nothing_new_makes_no_entry() -> None:
    case = full()
    assert entries_of(case, since=case.version + 1, head="x", pin=case.pin) == ()


def test_two_trails_of_one_case_share_no_digest() -> None:
    mine, other = entries_of(full()), entries_of(full())
    assert not {entry.hash for entry in mine} & {entry.hash for entry in other}


def test_events_that_are_not_numbered_in_order_are_not_kept() -> None:
    case = full()
    shuffled = attrs.evolve(case, history=case.history[1:])
    with pytest.raises(qms.EntryError, match="got 2 where 1 stands") as refused:
        entries_of(shuffled)
    assert "编号" in refused.value.text("zh")


@pytest.mark.parametrize(
    ("place", "change", "said"),
    [
        (0, {"body": "{"}, "Entry 0 .* Expecting property name"),
        (0, {"body": '{"schema":"qms/1","type":"Step"}'}, "Entry 0 .* 'Step'"),
        (0, {"body": "[]"}, "Entry 0"),
        (0, {"pin": "{}"}, "Entry 0 .*'rulebook'"),
        (2, {"body": '{"schema": "qms/1"}'}, "Entry 2 .* got type null"),
        (2, {"seq": 3}, "Entry 2 .* got 2 where 2 stands"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named(place: int, change: dict[str, str], said: str) -> None:
    with pytest.raises(StoreError, match=said) as refused:
        case_of(kept(full()).with_entry(place, **change))
    assert "verify" in str(refused.value)


def test_a_case_with_an_entry_missing_is_not_read() -> None:
    entries = entries_of(full())
    with pytest.raises(StoreError, match="got 3 where 2 stands"):
        case_of((*entries[:2], *entries[3:]))


def test_a_case_without_a_pin_is_not_read() -> None:
    for entries in ((), kept(full()).with_entry(0, pin=None)[:1]):
        with pytest.raises(StoreError, match="which edition"):
            case_of(entries)
