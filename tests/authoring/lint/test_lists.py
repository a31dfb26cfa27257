"""A gate that asks for one event for each of a list asks for nothing while the list is empty."""

from __future__ import annotations

import pytest
from tests.authoring.lint.conftest import Plant

FACTS = "[repair.events.visited.facts]\n"
PLACES = f'{FACTS}places = {{ type = "text*", en = "Places", zh = "地点" }}\n'
EACH = '{ each = "visited.places", event = "parts_ordered", match = "role" }'
GATE = "[[repair.events.closed.needs]]\nwhen  = "


def found(planted: Plant, *needs: str, facts: str = PLACES) -> list[tuple[str, str, str]]:
    gate = f"[[repair.events.closed.needs]]\nall = [{', '.join(needs)}]\n{GATE}"
    told = planted((FACTS, facts), (GATE, gate))
    return [(one.severity, one.code, one.path) for one in told if one.code == "each-empty"]


@pytest.mark.parametrize("needs", [[EACH], ['"visited"', EACH], [f"{{ all = [{EACH}] }}"]])
def test_a_gate_that_an_empty_list_opens_is_noted(planted: Plant, needs: list[str]) -> None:
    assert found(planted, *needs) == [("note", "each-empty", "repair.events.closed.needs[1]")]


@pytest.mark.parametrize(
    "more", ['"parts_ordered"', '{ event = "parts_ordered", count = 1 }', '{ all = ["parts_ordered"] }']
)
def test_where_the_event_is_asked_for_by_itself_there_is_nothing_to_note(planted: Plant, more: str) -> None:
    assert found(planted, EACH, more) == []


def test_one_way_of_several_is_no_event_asked_for_by_itself(planted: Plant) -> None:
    either = '{ any = ["parts_ordered", "tested"] }'
    assert found(planted, either, EACH) == [("note", "each-empty", "repair.events.closed.needs[1]")]


def test_a_single_value_is_never_empty(planted: Plant) -> None:
    assert found(planted, EACH, facts=PLACES.replace("text*", "text")) == []


def test_a_gate_that_waits_for_linked_cases_alone_has_no_list(planted: Plant) -> None:
    gate = f'[[repair.events.closed.needs]]\nsettled = ["repair"]\n{GATE}'
    assert planted((GATE, gate)) == ()


def test_the_note_names_the_list_and_the_event(planted: Plant) -> None:
    gate = f"[[repair.events.closed.needs]]\nall = [{EACH}]\n{GATE}"
    (note,) = [one for one in planted((FACTS, PLACES), (GATE, gate)) if one.code == "each-empty"]
    assert dict(note.witness) == {"visited.places": "[]"}
    assert note.text().startswith("closed asks for one parts_ordered for each value of visited.places")
    assert "visited.places" in note.text("zh")
