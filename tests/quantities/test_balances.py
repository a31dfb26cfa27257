"""When a balance holds, and what it says where it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qms_service.events import Event, Timeline, timeline
from qms_service.facts import Quantity
from qms_service.quantities import Balance, Derived, LinearSum, Relation, Tally, made_of, reckoned
from qms_service.quantities.balance import BalanceCode

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TALLIES = {
    one.name: one
    for one in (
        Tally(name="counted", how="last", paths=(("counted", "quantity"),)),
        Tally(name="good", how="sum", paths=(("inspected", "good"),)),
        Tally(name="scrapped", how="sum", paths=(("scrapped", "quantity"),)),
        Derived(name="open", of=LinearSum.parse("counted - good - scrapped")),
        Tally(name="suspect", how="last", paths=(("listed", "suspect"),), per="place"),
        Tally(name="checked", how="sum", paths=(("checked", "good"), ("checked", "bad")), per="place"),
    )
}
Given = tuple[str, dict[str, object]]


def balance(rule: str, per: str | None = None) -> Balance:
    read = Relation.parse(rule)
    return Balance(id="b", rule=read, tallies=made_of(read.names, TALLIES), per=per)


def line(*given: Given) -> Timeline:
    return timeline(
        [
            Event(name, NOON + timedelta(hours=place), seq=place, facts=facts)
            for place, (name, facts) in enumerate(given, start=1)
        ]
    )


def test_a_balance_reads_the_events_of_all_that_it_is_made_of() -> None:
    assert balance("open >= 0").events == ("counted", "inspected", "scrapped")


def test_a_balance_that_does_not_hold_shows_both_sides_and_every_figure() -> None:
    found = line(("counted", {"quantity": 100}), ("inspected", {"good": 60}), ("scrapped", {"quantity": 50}))
    (state,) = balance("open >= 0").states(found)
    assert (state.code, state.holds) == ("unbalanced", False)
    assert (state.left.value, state.right.value) == (-10, 0)
    shown = {name: figure.value for name, figure in state.figures}
    assert shown == {"counted": 100, "good": 60, "scrapped": 50, "open": -10}


@pytest.mark.parametrize(
    ("given", "code", "holds", "because"),
    [
        ([("counted", {"quantity": 5}), ("inspected", {"good": 5})], "", True, ()),
        ([("inspected", {"good": 5})], "missing-quantity", None, ("counted.quantity",)),
        (
            [("counted", {"quantity": 5}), ("inspected", {"good": "undetermined"})],
            "undetermined-quantity",
            None,
            ("inspected.good",),
        ),
        (
            [("counted", {"quantity": 5}), ("inspected", {"good": Quantity(amount=5, unit="pcs")})],
            "units-differ",
            False,
            ("", "pcs"),
        ),
    ],
)
def test_what_is_missing_or_undetermined_breaks_nothing_on_the_way_and_everything_at_the_step(
    given: list[Given], code: BalanceCode, holds: bool | None, because: tuple[str, ...]
) -> None:
    settled = balance("good = counted")
    (state,) = settled.states(line(*given))
    assert (state.code, state.holds, state.because) == (code, holds, because)
    found = reckoned(settled.tallies, line(*given))
    assert bool(settled.broken(found, strictly=True)) is bool(code)
    assert bool(settled.broken(found, strictly=False)) is (holds is False)


def test_units_that_differ_across_the_two_sides_are_no_balance() -> None:
    found = line(
        ("counted", {"quantity": Quantity(amount=5, unit="panel")}),
        ("inspected", {"good": Quantity(amount=5, unit="pcs")}),
    )
    (state,) = balance("good = counted").states(found)
    assert (state.code, state.because) == ("units-differ", ("panel", "pcs"))


def test_a_number_of_the_rule_takes_the_unit_of_the_rest() -> None:
    found = line(("counted", {"quantity": Quantity(amount=5, unit="pcs")}))
    assert balance("counted <= 5").states(found)[0].holds is True
    assert balance("counted <= 4").states(found)[0].holds is False


def test_a_balance_kept_apart_holds_for_each_place_by_itself() -> None:
    found = line(
        ("listed", {"place": "wip", "suspect": 50}),
        ("listed", {"place": "uncut", "suspect": 9}),
        ("checked", {"place": "wip", "good": 40, "bad": 10}),
        ("checked", {"place": "transit", "good": 1}),
        ("checked", {"place": "uncut", "bad": 10}),
    )
    states = balance("checked <= suspect", per="place").states(found)
    assert {state.key: state.code for state in states} == {
        "wip": "",
        "uncut": "unbalanced",
        "transit": "missing-quantity",
    }


def test_a_balance_kept_apart_has_nothing_to_say_before_the_first_place() -> None:
    assert balance("checked <= suspect", per="place").states(line()) == ()
