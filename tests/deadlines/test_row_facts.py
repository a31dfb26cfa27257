"""Facts of a caller's row: no rulebook declares their types, so the clock's own values say what fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pendulum
import pytest

from qms_service.deadlines import Clock
from qms_service.errors import FactValueError, UnknownNameError
from qms_service.worktime import Term

FORWARDED = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
OURS = Clock("answer", start="forwarded", stop="answered", within="48 h", when={"analysed.ours": True})
URGENT = Clock(
    "visit",
    start={"event": "forwarded", "where": {"pieces": [1, 2]}},
    stop="answered",
    within="48 h",
    when={"grade": ["urgent", "critical"]},
)


def state(clock: Clock, facts: Any) -> str:  # noqa: ANN401  # a row
    return clock.deadline({"forwarded": FORWARDED, "answered": None}, now=FORWARDED, facts=facts).state


@attrs.frozen
class ByGrade:
    def possible(self, fact: Callable[[str], object], /) -> Iterable[tuple[Term, None]]:
        return [(Term.parse("2 d" if fact("graded.grade") == "urgent" else "7 d"), None)]


@pytest.mark.parametrize("ours", [True, np.True_, pd.Series([True])[0]])
def test_true_is_true_as_python_and_a_frame_have_it(ours: object) -> None:
    assert state(OURS, {"analysed.ours": ours}) == "running"
    assert state(OURS, pd.Series({"analysed.ours": ours})) == "running"


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan")])
def test_a_fact_that_is_missing_is_not_on_record(missing: object) -> None:
    assert state(OURS, {"analysed.ours": missing}) == "undecided"


@pytest.mark.parametrize("ours", [1, 0, "yes", "True", 1.0, []])
def test_a_fact_of_another_kind_than_the_values_it_is_compared_with_is_refused(ours: object) -> None:
    with pytest.raises(FactValueError, match=r"Fact analysed\.ours: got .*, allowed is bool"):
        state(OURS, {"analysed.ours": ours})


def test_kinds_are_bool_number_text_and_no_finer() -> None:
    assert state(URGENT, {"grade": "urgent", "forwarded.pieces": 2}) == "running"
    assert state(URGENT, {"grade": "urgent", "forwarded.pieces": Decimal(2)}) == "running"
    assert state(URGENT, {"grade": "urgent", "forwarded.pieces": np.int64(3)}) == "not_started"
    assert state(URGENT, {"grade": "normal"}) == "not_applicable"
    with pytest.raises(FactValueError, match=r"Fact grade: got True .*, allowed is text"):
        state(URGENT, {"grade": True})
    with pytest.raises(FactValueError, match=r"Fact forwarded\.pieces: got '2' .*, allowed is number"):
        state(URGENT, {"forwarded.pieces": "2"})


@pytest.mark.parametrize(
    "name", ["analysed.our", "anlysed.ours", "Analysed.Ours", "analysed_ours", "ours", "c.analysed.ours"]
)
def test_a_misspelt_fact_is_named_with_the_one_that_was_meant(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean analysed\.ours") as caught:
        state(OURS, {name: True})
    assert (caught.value.kind, caught.value.got, caught.value.nearest) == ("fact", name, "analysed.ours")
    assert "事实" in caught.value.text("zh")


def test_facts_of_other_clocks_are_passed_over() -> None:
    assert state(OURS, {"analysed.established": True, "product": "PCB-7781"}) == "undecided"
    assert state(OURS, {"analysed.ours": True, "analysed.our": False}) == "running"
    assert state(OURS, {"analysed.ours": None, "analysed.hours": 5}) == "undecided"
    assert state(OURS, {}) == "undecided"


def test_a_misspelt_fact_of_a_chosen_term_or_of_a_selector_is_named_too() -> None:
    graded = attrs.evolve(OURS, within=ByGrade(), when={})
    assert state(graded, {"graded.grade": "urgent"}) == "running"
    assert state(graded, {"product": "PCB-7781"}) == "running"
    with pytest.raises(UnknownNameError, match=r"Did you mean graded\.grade\?"):
        state(graded, {"graded.grad": "urgent"})
    with pytest.raises(UnknownNameError, match=r"Did you mean forwarded\.pieces\?"):
        state(URGENT, {"grade": "urgent", "forwarded.piece": 1})
