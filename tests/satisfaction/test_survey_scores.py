"""The score of a survey: independent of the order of answers, its parts add up, and redone by another program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.satisfaction import (
    NOT_APPLICABLE,
    Asked,
    Item,
    Questionnaire,
    Response,
    Scale,
    Survey,
    SurveyScore,
    compare,
    score,
)
from qms_service.satisfaction.frozen_map import FrozenMap

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMES = ("ACME", "BOLT", "CORE", "DELL", "EDEN", "FORD")
SCALES = (Scale(1, 5), Scale(0, 10), Scale(1, 5, polarity="negative"), Scale(1, 7, transform="of_max"))
FORM = Questionnaire(
    "customer",
    [
        Item("a", SCALES[0], weight=3, dimension="p"),
        Item("b", SCALES[1], weight=1, dimension="p"),
        Item("c", SCALES[2], weight=2, dimension="q"),
        Item("d", SCALES[3], weight=0, dimension="q"),
    ],
    base=2,
)

answer = st.one_of(st.none(), st.just(NOT_APPLICABLE), st.integers(1, 5))
answers = st.fixed_dictionaries(dict.fromkeys("abcd", answer))
when = st.one_of(st.none(), st.integers(0, 6).map(lambda hours: MONDAY + timedelta(hours=hours)))
response = st.builds(
    Response,
    st.sampled_from(NAMES),
    answers,
    respondent=st.sampled_from((None, "Li", "Wu")),
    answered_at=when,
)
responses = st.lists(response, max_size=12)
rules = st.fixed_dictionaries(
    {
        "respondents": st.sampled_from(("mean", "lowest", "latest", "first")),
        "duplicates": st.sampled_from(("latest", "first", "all")),
        "late": st.sampled_from(("count", "leave out")),
        "unasked": st.sampled_from(("count", "leave out")),
        "answered_at_least": st.sampled_from((0, Fraction(1, 2), 1)),
    }
)
ASKED = tuple(Asked(name, "key" if name < "C" else "other") for name in NAMES[:5])


def survey(given: list[Response], how: dict[str, Any]) -> Survey:
    form = attrs.evolve(FORM, **how)
    return Survey("2026", form, asked=ASKED, responses=given, closes_at=MONDAY + timedelta(hours=4))


def figures(found: SurveyScore) -> dict[str, Any]:
    return {
        name: getattr(found, name)
        for name in (one.name for one in attrs.fields(SurveyScore))
        if name != "survey"
    }


@given(responses, rules, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_answers_does_not_matter(
    given: list[Response], how: dict[str, Any], random: Random
) -> None:
    shuffled = [attrs.evolve(one, answers=_shuffled(one, random)) for one in given]
    random.shuffle(shuffled)
    assert figures(score(survey(given, how))) == figures(score(survey(shuffled, how)))


def _shuffled(one: Response, random: Random) -> FrozenMap[str, Any]:  # the same
    pairs = list(one.answers.items())
    random.shuffle(pairs)
    return FrozenMap(pairs)


@given(responses, rules)
@settings(max_examples=60, deadline=None)
def test_every_figure_lies_within_its_scale_and_nothing_is_lost(
    given: list[Response], how: dict[str, Any]
) -> None:
    found = score(survey(given, how))
    parts = [found.score, *found.by_dimension.values(), *found.by_item.values()]
    assert all(0 <= part.value <= 100 for part in parts if part.value is not None)
    heard = [total for one in found.by_customer.values() for voice in one.voices for total in voice.totals]
    assert len(heard) + len(found.left_out) == len(given)
    assert found.answered + len(found.silent) == found.asked
    assert found.returned == len({one.customer for one in given})


@given(responses, rules)
@settings(max_examples=60, deadline=None)
def test_the_segments_merge_into_the_whole(given: list[Response], how: dict[str, Any]) -> None:
    found = score(survey(given, how))
    segments = found.by_segment["segment"].values()
    assert sum(one.n for one in segments) == found.answered
    assert sum(one.population or 0 for one in segments) == found.asked
    merged = sum((one.value * one.n for one in segments if one.value is not None), Fraction(0))
    assert merged == sum(
        (one.total for one in found.by_customer.values() if one.total is not None), Fraction(0)
    )


@given(responses, rules, st.sampled_from("bcd"))
@settings(max_examples=60, deadline=None)
def test_an_item_that_does_not_apply_changes_no_other_item(
    given: list[Response], how: dict[str, Any], item: str
) -> None:
    """Of responses that all have an answer to `a`, and so all count: nothing but the item itself moves."""
    how = {**how, "answered_at_least": 0, "respondents": "mean"}
    all_count = [one for one in given if one.answers.get("a") not in (None, NOT_APPLICABLE)]
    changed = [attrs.evolve(one, answers={**one.answers, item: NOT_APPLICABLE}) for one in all_count]
    before, after = score(survey(all_count, how)), score(survey(changed, how))
    for other in {*"abcd"} - {item}:
        assert before.by_item[other] == after.by_item[other]


def oracle(given: list[Response]) -> dict[str, Fraction]:
    """The totals of customers: every response counts, the mean of those with half of their weight answered."""
    worst_best = {"a": (1, 5), "b": (0, 10), "c": (5, 1)}
    weights = {"a": 3, "b": 1, "c": 2}
    totals: dict[str, list[Fraction]] = {}
    for one in given:
        applies = [item for item in weights if one.answers.get(item) is not NOT_APPLICABLE]
        numbers = {item: one.answers[item] for item in applies if item in one.answers}
        weight = sum(weights[item] for item in numbers)
        if not numbers or 2 * weight < sum(weights[item] for item in applies):
            continue
        points = Fraction(0)
        for item, number in numbers.items():
            worst, best = worst_best[item]
            assert isinstance(number, Fraction)
            points += weights[item] * (number - worst) / (best - worst) * 100
        totals.setdefault(one.customer, []).append(points / weight)
    return {name: sum(of, Fraction(0)) / len(of) for name, of in totals.items()}


@given(responses)
@settings(max_examples=100, deadline=None)
def test_the_score_is_what_an_independent_computation_says(given: list[Response]) -> None:
    how = {"respondents": "mean", "duplicates": "all", "late": "count", "unasked": "count"}
    found, expected = score(survey(given, how)), oracle(given)
    assert {name: one.total for name, one in found.by_customer.items() if one.total is not None} == expected
    assert found.score.value == (sum(expected.values(), Fraction(0)) / len(expected) if expected else None)
    assert found.asked == len({*NAMES[:5], *expected})


def test_the_score_is_the_sum_of_the_totals_by_the_customers_who_answered() -> None:
    """pcb-maker 4.5.4: (90 + 80 + 70) / 3, with 5 asked beside it; silence is not 0."""
    form = Questionnaire("customer", clause="4.5.4")
    given = [Response("ACME", total=90), Response("BOLT", total=80), Response("CORE", total=70)]
    found = score(Survey("2026", form, asked=NAMES[:5], responses=given))
    assert found.score.value == 80
    assert (found.answered, found.asked, found.silent) == (3, 5, ("DELL", "EDEN"))
    assert found.response_rate is not None
    assert found.response_rate.value == 60
    assert str(found) == str(found.score)
    assert found.text("zh").endswith("——样本太少，不足以下结论：少于 5 家")


def test_a_survey_that_nobody_answered_has_no_score() -> None:
    found = score(Survey("2026", FORM, asked=NAMES))
    assert (found.score.value, found.answered, found.asked) == (None, 0, 6)
    assert found.too_few
    assert str(found) == "no answers (0 of 6)"
    assert all(part.value is None for part in (*found.by_item.values(), *found.by_dimension.values()))


def test_below_the_base_the_figure_is_there_and_says_too_little() -> None:
    given = [Response(name, {"a": 5, "b": 10, "c": 1}) for name in NAMES[:2]]
    few = score(Survey("2026", attrs.evolve(FORM, base=3), asked=NAMES[:2], responses=given))
    assert few.score.value == 100
    assert few.score.too_few
    assert few.by_item["a"].text() == "100.0 (2 of 2; 95 %: 100.0 to 100.0) – too few to say: below 3"
    enough = score(Survey("2026", attrs.evolve(FORM, base=2), asked=NAMES[:2], responses=given))
    assert not enough.score.too_few
    assert str(enough.by_item["a"]) == "100.0 (2 of 2; 95 %: 100.0 to 100.0)"


def test_the_interval_has_no_width_when_all_who_were_asked_answered() -> None:
    given = [Response("ACME", total=90), Response("BOLT", total=70)]
    form = Questionnaire("customer")
    census = score(Survey("2026", form, asked=NAMES[:2], responses=given)).score
    part = score(Survey("2026", form, asked=NAMES[:4], responses=given)).score
    unknown = score(Survey("2026", form, responses=given)).score
    assert census.interval == (Fraction(80), Fraction(80))
    assert part.interval is not None
    assert unknown.interval is not None
    assert unknown.interval.width >= part.interval.width > 0


def test_who_was_asked_may_be_unknown() -> None:
    found = score(Survey("2026", FORM, responses=[Response("ACME", {"a": 5, "b": 10, "c": 1})]))
    assert (found.asked, found.response_rate, found.coverage, found.silent) == (None, None, None, ())
    assert found.by_segment == {}


def test_whoever_counts_without_having_been_asked_stands_among_those_asked() -> None:
    given = [Response("ACME", total=90), Response("ZETA", total=70)]
    form = Questionnaire("customer", unasked="count")
    found = score(Survey("2026", form, asked=[Asked("ACME", "key")], responses=given))
    assert found.score.value == 80
    assert (found.answered, found.asked) == (2, 2)
    assert {name: part.n for name, part in found.by_segment["segment"].items()} == {"?": 1, "key": 1}
    assert found.coverage is not None
    assert found.coverage.customers.value == 100
    left = score(Survey("2026", Questionnaire("customer"), asked=["ACME"], responses=given))
    assert left.score.value == 90
    assert (left.answered, left.asked) == (1, 1)
    assert [str(one) for one in left.left_out] == ["ZETA: was not asked."]


def test_customers_belong_to_several_divisions_at_once() -> None:
    asked = [
        Asked("ACME", segments={"region": "east", "size": "key"}),
        Asked("BOLT", segments={"region": "west", "size": "key"}),
        Asked("CORE", segments={"region": "east"}),
    ]
    given = [Response("ACME", total=90), Response("BOLT", total=80), Response("CORE", total=70)]
    found = score(Survey("2026", Questionnaire("customer"), asked=asked, responses=given))
    assert {
        division: {name: (str(part.value), part.n) for name, part in parts.items()}
        for division, parts in found.by_segment.items()
    } == {"region": {"east": ("80", 2), "west": ("80", 1)}, "size": {"?": ("70", 1), "key": ("85", 2)}}


def test_coverage_by_revenue_is_exact_and_guesses_nothing() -> None:
    given = [Response("ACME", total=90)]
    form = Questionnaire("customer")
    known = [Asked("ACME", revenue=600), Asked("BOLT", revenue=300)]
    found = score(Survey("2026", form, asked=known, responses=given)).coverage
    assert found is not None
    assert (found.customers.value, found.revenue.value) == (Fraction(50), Fraction(200, 3))
    partly = score(Survey("2026", form, asked=[*known, Asked("CORE")], responses=given)).coverage
    assert partly is not None
    assert partly.revenue.value is None
    assert any("CORE" in str(line) for line in partly.revenue.derivation)


def test_two_surveys_are_compared_customer_by_customer_and_never_pooled() -> None:
    form = Questionnaire("customer")
    totals = (80, 75, 90, 60, 85)
    last = score(
        Survey("2025", form, responses=[Response(n, total=t) for n, t in zip(NAMES, totals, strict=False)])
    )
    this = score(
        Survey(
            "2026", form, responses=[Response(n, total=t - 5) for n, t in zip(NAMES, totals, strict=False)]
        )
    )
    found = compare(last, this)
    assert found.paired
    assert found.difference == -5


def test_a_dimension_is_the_weighted_mean_of_its_items_customer_by_customer() -> None:
    """p: ACME (3 x 75 + 1 x 40) / 4 = 66.25, BOLT 3 x 50 / 3 = 50; q: ACME alone, 75 (d has no weight)."""
    given = [
        Response("ACME", {"a": 4, "b": 4, "c": 2, "d": 7}),
        Response("BOLT", {"a": 3, "c": NOT_APPLICABLE}),
    ]
    found = score(Survey("2026", FORM, responses=given))
    assert found.by_dimension["p"].value == (Fraction(265, 4) + 50) / 2
    assert found.by_dimension["q"].value == 75
    assert found.by_dimension["q"].n == 1
    assert found.by_item["d"].value == 100


def test_the_derivation_of_the_score_is_that_of_its_customers_and_their_mean() -> None:
    given = [Response("BOLT", total=70), Response("ACME", total=90)]
    said = [str(line) for line in score(Survey("2026", Questionnaire("c"), responses=given)).derivation]
    assert said[:4] == ["ACME:", "total given: 90 of 100.", "BOLT:", "total given: 70 of 100."]
    assert "Mean: 160 / 2 = 80." in said
