"""The total of a response, and who speaks for a customer: worked out by hand from the answers."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from qms_service.satisfaction import (
    NOT_APPLICABLE,
    Item,
    Questionnaire,
    Response,
    Scale,
    Survey,
    SurveyScore,
    score,
)

FIVE, TEN = Scale(1, 5), Scale(0, 10)
ITEMS = (
    Item("solder", FIVE, weight=3, dimension="quality"),
    Item("packing", FIVE, weight=1, dimension="quality"),
    Item("advice", TEN, weight=2, dimension="service"),
    Item("effort", Scale(1, 5, polarity="negative"), weight=2, dimension="service"),
)


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


def scored(*responses: Response, **rules: Any) -> SurveyScore:  # noqa: ANN401  # as the questionnaire takes them
    return score(Survey("2026", Questionnaire("customer", ITEMS, **rules), responses=responses))


def total(*responses: Response, **rules: Any) -> Fraction | None:  # noqa: ANN401  # the same
    return scored(*responses, **rules).by_customer["ACME"].total


def test_a_total_is_the_weighted_mean_of_the_points_of_its_items() -> None:
    """(3 x 75 + 1 x 50 + 2 x 60 + 2 x 100) / 8."""
    answers = {"solder": 4, "packing": 3, "advice": 6, "effort": 1}
    found = scored(Response("ACME", answers)).by_customer["ACME"]
    assert found.total == Fraction(595, 8)
    assert str(found.derivation[-1]) == "(3 × 75 + 1 × 50 + 2 × 60 + 2 × 100) / 8 = 74.375."
    assert len(found.derivation) == 6


def test_an_item_that_does_not_apply_leaves_with_its_weight() -> None:
    """(3 x 75 + 1 x 50 + 2 x 100) / 6."""
    answers = {"solder": 4, "packing": 3, "advice": NOT_APPLICABLE, "effort": 1}
    assert total(Response("ACME", answers)) == Fraction(475, 6)


def test_a_missing_item_leaves_with_its_weight_too_and_is_told_apart() -> None:
    found = scored(Response("ACME", {"solder": 4, "packing": 3, "effort": NOT_APPLICABLE})).by_customer[
        "ACME"
    ]
    assert found.total == Fraction(275, 4)
    assert found.voices[0].totals[0].missing == ("advice",)
    assert found.voices[0].totals[0].not_applicable == ("effort",)
    assert found.voices[0].totals[0].answered == Fraction(4, 6)


@pytest.mark.parametrize(("answers", "reason", "answered"), [
    ({"packing": 3, "advice": 6}, "too-little-answered", Fraction(3, 8)),
    ({"packing": 3}, "too-little-answered", Fraction(1, 8)),
    ({"solder": NOT_APPLICABLE, "advice": NOT_APPLICABLE, "effort": NOT_APPLICABLE}, "nothing-answered", 0),
    ({one.id: NOT_APPLICABLE for one in ITEMS}, "nothing-applicable", None),
    ({}, "nothing-answered", None),
])  # fmt: skip
def test_a_response_with_too_little_is_listed_and_never_counted_as_zero(
    answers: dict[str, Any], reason: str, answered: Fraction | None
) -> None:
    found = scored(Response("ACME", answers), Response("BOLT", dict.fromkeys(("solder", "advice"), 4)))
    assert [(one.response.customer, one.reason, one.total.answered) for one in found.left_out] == [
        ("ACME", reason, answered)
    ]
    assert found.by_customer["ACME"].total is None
    assert (found.answered, found.returned) == (1, 2)
    assert found.score.value == found.by_customer["BOLT"].total


def test_exactly_the_share_that_is_asked_is_enough() -> None:
    """Solder and packing are 4 of 8."""
    assert total(Response("ACME", {"solder": 5, "packing": 5}), answered_at_least=Fraction(1, 2)) == 100
    assert total(Response("ACME", {"solder": 5, "packing": 5}), answered_at_least=Fraction(51, 100)) is None


def test_an_item_of_weight_zero_is_reported_and_counts_in_no_total() -> None:
    form = Questionnaire(
        "customer", [Item("solder", FIVE), Item("comment", FIVE, weight=0, dimension="extra")]
    )
    found = score(Survey("2026", form, responses=[Response("ACME", {"solder": 5, "comment": 1})]))
    assert found.score.value == 100
    assert found.by_item["comment"].value == 0
    assert found.by_dimension["extra"].value is None
    alone = score(Survey("2026", form, responses=[Response("ACME", {"comment": 1})]))
    assert alone.left_out[0].reason == "nothing-answered"


def test_a_given_total_is_points_of_the_full_marks() -> None:
    form = Questionnaire("customer", full_marks=120)
    found = score(Survey("2026", form, responses=[Response("ACME", total=102), Response("BOLT")]))
    assert found.by_customer["ACME"].total == 85
    assert [str(line) for line in found.by_customer["ACME"].derivation] == [
        "ACME:",
        "total given: 102 of 120 = 85 points.",
    ]
    assert found.left_out[0].reason == "nothing-answered"


LI = Response("ACME", {"solder": 4, "advice": 10}, respondent="Li", answered_at=at(9))
WU = Response("ACME", {"solder": 2, "effort": 1}, respondent="Wu", answered_at=at(10))
"""Li: (3 x 75 + 2 x 100) / 5 = 85. Wu: (3 x 25 + 2 x 100) / 5 = 55."""


@pytest.mark.parametrize(("rule", "expected", "items", "heard"), [
    ("mean", 70, {"solder": 50, "advice": 100, "effort": 100}, ["Li", "Wu"]),
    ("lowest", 55, {"solder": 25, "effort": 100}, ["Wu"]),
    ("latest", 55, {"solder": 25, "effort": 100}, ["Wu"]),
    ("first", 85, {"solder": 75, "advice": 100}, ["Li"]),
])  # fmt: skip
def test_of_several_respondents_those_speak_whom_the_questionnaire_says(
    rule: str, expected: int, items: dict[str, int], heard: list[str]
) -> None:
    found = scored(WU, LI, respondents=rule)
    customer = found.by_customer["ACME"]
    assert customer.total == expected
    assert customer.items == items
    assert [voice.totals[0].response.respondent for voice in customer.voices] == heard
    silent = [one.response.respondent or "" for one in found.left_out]
    assert sorted(heard + silent) == ["Li", "Wu"]
    assert {one.reason for one in found.left_out} <= {"another-respondent"}
    assert found.answered == 1


def test_two_respondents_who_are_equally_low_are_heard_together() -> None:
    """Both total 55; solder 25 and 25, effort 100, advice 100."""
    third = Response("ACME", {"solder": 2, "advice": 10}, respondent="Xu")
    customer = scored(LI, WU, third, respondents="lowest").by_customer["ACME"]
    assert customer.total == 55
    assert customer.items == {"solder": 25, "advice": 100, "effort": 100}


def test_the_latest_answer_of_one_respondent_counts() -> None:
    again = Response("ACME", {"solder": 1, "advice": 0}, respondent="Li", answered_at=at(11))
    assert total(LI, again) == 0
    assert total(LI, again, duplicates="first") == 85
    assert total(LI, again, duplicates="all") == Fraction(85, 2)
    left = scored(LI, again).left_out
    assert [(one.response, one.reason) for one in left] == [(LI, "duplicate")]


def test_a_customer_without_named_respondents_has_one_voice() -> None:
    first = Response("ACME", {"solder": 5, "packing": 5}, answered_at=at(9))
    second = Response("ACME", {"solder": 1, "packing": 1}, answered_at=at(10))
    assert total(first, second) == 0


def test_a_later_answer_with_too_little_does_not_take_an_earlier_one_back() -> None:
    later = Response("ACME", {"packing": 1}, respondent="Li", answered_at=at(12))
    found = scored(LI, later)
    assert found.by_customer["ACME"].total == 85
    assert [one.reason for one in found.left_out] == ["too-little-answered"]


def test_a_dated_answer_goes_before_an_undated_one_and_undated_ones_count_by_their_mean() -> None:
    undated = Response("ACME", {"solder": 1, "advice": 0}, respondent="Li")
    other = Response("ACME", {"solder": 5, "advice": 0}, respondent="Li")
    assert total(LI, undated) == 85
    assert total(undated, other) == 30
    said = [str(line) for line in scored(undated, other).by_customer["ACME"].derivation]
    assert said[-1] == (
        "no date tells these answers of one respondent apart, so their mean counts: (0 + 60) / 2 = 30."
    )


def test_undated_answers_of_one_respondent_weigh_no_more_than_another_respondent() -> None:
    """Li twice, 0 and 60, so 30; Wu 55: (30 + 55) / 2, not (0 + 60 + 55) / 3."""
    undated = Response("ACME", {"solder": 1, "advice": 0}, respondent="Li")
    other = Response("ACME", {"solder": 5, "advice": 0}, respondent="Li")
    assert total(undated, other, WU) == Fraction(85, 2)


def test_a_late_answer_counts_or_not_as_the_questionnaire_declares() -> None:
    for rule, expected in (("count", 70), ("leave out", 85)):
        form = Questionnaire("customer", ITEMS, late=rule)  # type: ignore[arg-type]  # one of its words
        found = score(Survey("2026", form, responses=[LI, WU], closes_at=at(9)))
        assert found.by_customer["ACME"].total == expected, rule


def test_what_a_dissatisfied_customer_said_is_heard_even_without_a_total() -> None:
    found = scored(Response("ACME", {"packing": 1}, comment="torn boxes")).by_customer["ACME"]
    assert found.total is None
    assert found.items == {"packing": 0}
    assert found.comments == ("torn boxes",)
    assert found.dimensions == {"quality": 0}


def test_the_derivation_can_be_redone_by_hand() -> None:
    answers = {"solder": 4, "packing": NOT_APPLICABLE, "advice": 6}
    short = Response("ACME", {"packing": 1}, respondent="Wu")
    found = scored(Response("ACME", answers, respondent="Li", answered_at=at(9)), short)
    assert [str(line) for line in found.by_customer["ACME"].derivation] == [
        "ACME (Li), answered 2026-03-02 09:00 +00:00:",
        "solder: 4 on 1–5 = 75 points, weight 3.",
        "advice: 6 on 0–10 = 60 points, weight 2.",
        "does not apply, left out with its weight: packing.",
        "not answered, left out with its weight: effort.",
        "(3 × 75 + 2 × 60) / 5 = 69.",
        "left out: ACME (Wu): only 12.5 % of the applicable weight was answered, too little for a total.",
    ]
    assert [line.text("zh") for line in found.by_customer["ACME"].derivation][-1] == (
        "未计入：ACME (Wu)：适用权重中只回答了 12.5 %，不足以得出总分。"
    )


def test_an_answer_without_a_total_still_says_what_was_answered() -> None:
    found = scored(Response("ACME", {"packing": 1})).left_out[0].total
    assert [str(line) for line in found.derivation] == [
        "packing: 1 on 1–5 = 0 points, weight 1.",
        "not answered, left out with its weight: solder, advice, effort.",
    ]


def test_the_derivation_says_how_several_respondents_became_one_total() -> None:
    said = [str(line) for line in scored(LI, WU).by_customer["ACME"].derivation]
    assert said[-1] == "several respondents, the mean counts: (85 + 55) / 2 = 70."
    left = [str(line) for line in scored(LI, WU, respondents="first").by_customer["ACME"].derivation]
    assert left[-1] == "left out: ACME (Wu): another respondent speaks for the customer."
