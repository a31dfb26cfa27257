"""Scores travel exactly: a fraction as its digits, an interval as its two ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import jsonschema
import pytest

from qms_service.errors import WireError
from qms_service.satisfaction import Comparison, Estimate, Interval, compare, mean_score
from qms_service.wire import from_json, json_schema, to_json

Json = Any
SCORE = mean_score({"ACME": 90, "Borg": 80}, asked=2)


def test_a_score_is_written_with_all_that_it_rests_on() -> None:
    tree = json.loads(to_json(SCORE))
    assert tree["value"] == "85"
    assert tree["interval"] == {"low": "85", "high": "85"}
    assert [tree["n"], tree["population"], tree["confidence"]] == [2, 2, "19/20"]
    assert [tree["customers"], tree["values"]] == [["ACME", "Borg"], ["90", "80"]]
    assert tree["derivation"][-1] == {"code": "census", "operands": {"n": 2}}


def test_a_score_read_back_is_compared_customer_by_customer() -> None:
    again = from_json(Estimate, to_json(SCORE))
    assert compare(again, again, base=2) == compare(SCORE, SCORE, base=2)
    assert from_json(Comparison, to_json(compare(SCORE, again))) == compare(SCORE, SCORE)


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (lambda tree: tree.update(value=85), "value", "got 85, allowed is the digits of a fraction"),
        (lambda tree: tree.update(value="85.0"), "value", 'such as "325/4"'),
        (lambda tree: tree.update(value="1/0"), "value", 'got "1/0"'),
        (lambda tree: tree.update(interval="85"), "interval", "allowed is an interval such as"),
        (lambda tree: tree["interval"].pop("low"), "interval.low", "needed are low, high"),
        (lambda tree: tree["interval"].update(hihg="9"), "interval.hihg", "did you mean high?"),
        (lambda tree: tree["interval"].update(high=None), "interval.high", "got null"),
        (lambda tree: tree.update(measure="nsp"), "measure", "allowed: mean, nps"),
    ],
)
def test_what_is_no_score_is_refused_and_does_not_fit_the_schema(
    change: Callable[[Json], object], place: str, said: str
) -> None:
    tree = json.loads(to_json(SCORE))
    change(tree)
    with pytest.raises(WireError) as caught:
        from_json(Estimate, tree)
    assert said in str(caught.value)
    assert [problem.path for problem in caught.value.problems] == [place]
    assert not jsonschema.Draft202012Validator(json_schema(Estimate)).is_valid(tree)


def test_a_reader_in_chinese_is_told_so() -> None:
    tree = {**json.loads(to_json(SCORE)), "value": 0.5, "interval": []}
    with pytest.raises(WireError) as caught:
        from_json(Estimate, tree)
    assert "引号中的分数或整数" in caught.value.text("zh")
    assert "区间，例如" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", 0.5), ("value", True), ("interval", (1, 2)), ("interval", Interval(Fraction(1), "2"))],  # type: ignore[arg-type]
)
def test_a_value_that_is_not_exact_is_not_written(field: str, value: Json) -> None:
    fields: dict[str, Json] = {"value": Fraction(1), "n": 1, field: value}
    with pytest.raises(WireError, match=f"  {field}"):
        to_json(Estimate(**fields))
