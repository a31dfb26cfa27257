"""What the quantities of a case come to, from what is on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qms_service.events import Event, Timeline, timeline
from qms_service.facts import Facts, Quantity
from qms_service.quantities import (
    AnyTally,
    Derived,
    Figure,
    LinearSum,
    Tally,
    cycle_through,
    made_of,
    quantities_of,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COUNTED = Tally(name="counted", how="last", paths=(("counted", "quantity"), ("count_settled", "quantity")))
GOOD = Tally(name="good", how="sum", paths=(("inspected", "good"), ("reworked", "good")))
OPEN = Derived(name="open", of=LinearSum.parse("counted - good"))
PER_PLACE = Tally(name="suspect", how="last", paths=(("listed", "suspect"),), per="place")
BAD = Tally(name="bad", how="sum", paths=(("checked", "bad"),), per="place")
LEFT = Derived(name="left", of=LinearSum.parse("suspect - bad"), per="place")


def named(*tallies: AnyTally) -> dict[str, AnyTally]:
    return {one.name: one for one in tallies}


def line(*given: tuple[str, dict[str, object]], known: dict[str, object] | None = None) -> Timeline:
    events = [
        Event(name, NOON + timedelta(hours=place), seq=place, facts=facts)
        for place, (name, facts) in enumerate(given, start=1)
    ]
    return timeline(events, None, Facts(known or {}))


def test_the_last_figure_on_record_counts_whichever_event_brought_it() -> None:
    found = line(("counted", {"quantity": 98}), ("count_settled", {"quantity": 100}))
    assert quantities_of(named(COUNTED), found)["counted"] == 100
    again = line(("count_settled", {"quantity": 100}), ("counted", {"quantity": 98}))
    assert quantities_of(named(COUNTED), again)["counted"] == 98


def test_an_event_without_the_fact_leaves_the_last_figure_standing() -> None:
    found = line(("counted", {"quantity": 98}), ("count_settled", {"reason": "customer agreed"}))
    assert quantities_of(named(COUNTED), found)["counted"] == 98


def test_a_sum_adds_every_event_of_the_cycle() -> None:
    found = line(("inspected", {"good": 40}), ("reworked", {"good": 5}), ("inspected", {"good": 2}))
    assert quantities_of(named(GOOD), found)["good"] == 47


def test_a_reopened_case_starts_anew_except_for_what_keeps() -> None:
    found = line(("inspected", {"good": 40}), ("reopened", {}), ("inspected", {"good": 2}))
    kept = Tally(name="kept", how="sum", paths=GOOD.paths, keeps=True)
    assert dict(quantities_of(named(GOOD, kept), found)) == {"good": 2, "kept": 42}


def test_the_subject_stands_before_every_event() -> None:
    noted = Tally(name="noted", how="last", paths=(("subject", "quantity"), ("corrected_note", "quantity")))
    whole = Tally(name="whole", how="sum", paths=(("subject", "quantity"), ("corrected_note", "quantity")))
    known: dict[str, object] = {"subject.quantity": 100}
    assert quantities_of(named(noted), line())["noted"] is None
    assert quantities_of(named(noted), line(known=known))["noted"] == 100
    found = line(("corrected_note", {"quantity": 20}), known=known)
    assert dict(quantities_of(named(noted, whole), found)) == {"noted": 20, "whole": 120}


def test_nothing_on_record_sums_to_zero_but_has_no_last_figure() -> None:
    found = quantities_of(named(COUNTED, GOOD, OPEN), line())
    assert dict(found) == {"counted": None, "good": 0, "open": None}
    assert found.figure("open") == Figure(missing=("count_settled.quantity", "counted.quantity"))


def test_a_quantity_made_of_others_follows_them() -> None:
    pcs = Quantity(amount=100, unit="pcs")
    found = line(("counted", {"quantity": pcs}), ("inspected", {"good": Quantity(amount=60, unit="pcs")}))
    assert quantities_of(named(COUNTED, GOOD, OPEN), found)["open"] == Quantity(amount=40, unit="pcs")


def test_a_quantity_kept_apart_has_a_figure_for_each_place() -> None:
    found = quantities_of(
        named(PER_PLACE, BAD, LEFT),
        line(
            ("listed", {"place": "wip", "suspect": 50}),
            ("listed", {"place": "uncut", "suspect": 9}),
            ("checked", {"place": "wip", "bad": 3}),
            ("checked", {"place": "wip", "bad": 4}),
            ("checked", {"place": "transit", "bad": 1}),
        ),
    )
    assert dict(found) == {
        "suspect": {"wip": 50, "uncut": 9},
        "bad": {"wip": 7, "transit": 1},
        "left": {"wip": 43, "uncut": 9, "transit": None},
    }
    assert found.figure("left", "transit").missing == ("listed.suspect",)
    assert hash(found) == hash(found)


def test_an_events_own_column_keeps_a_quantity_apart_too() -> None:
    shares = Tally(name="share", how="sum", paths=(("shared", "points"),), per="department")
    events = [
        Event("shared", NOON, seq=seq, department=department, facts={"points": points})
        for seq, (department, points) in enumerate([("quality", 2), (None, 1), ("quality", 5)], start=1)
    ]
    assert quantities_of(named(shares), timeline(events))["share"] == {"quality": 7, None: 1}


def test_a_subject_keeps_its_figure_apart_by_a_fact_of_its_own() -> None:
    shares = Tally(name="share", how="sum", paths=(("subject", "points"),), per="unit")
    found = line(known={"subject.points": 3, "subject.unit": "plating"})
    assert quantities_of(named(shares), found)["share"] == {"plating": 3}


def test_there_is_no_figure_of_a_quantity_or_a_key_that_is_not_there() -> None:
    found = quantities_of(named(PER_PLACE), line())
    assert len(found) == 1
    with pytest.raises(KeyError, match="suspcet"):
        found.figure("suspcet")
    with pytest.raises(KeyError, match="wip"):
        found.figure("suspect", "wip")


def test_what_a_quantity_is_made_of_comes_before_it_and_once() -> None:
    twice = Derived(name="twice", of=LinearSum.parse("open + good"))
    tallies = {one.name: one for one in (twice, OPEN, GOOD, COUNTED)}
    assert [one.name for one in made_of(["twice"], tallies)] == ["counted", "good", "open", "twice"]


def test_a_quantity_that_is_made_of_itself_is_found_with_its_way() -> None:
    parts = {"a": ("x", "b"), "b": ("c", "x"), "c": ("a", "b"), "x": (), "d": ("a",)}
    assert cycle_through("a", parts) == ("a", "b", "c", "a")
    assert cycle_through("d", parts) == ()
    assert cycle_through("x", parts) == ()
    assert cycle_through("unknown", parts) == ()
