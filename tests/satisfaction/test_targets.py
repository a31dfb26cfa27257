"""Targets: the bound as strictly as the procedure words it, the day, and what chance could have done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import ScoreError, UnknownNameError
from qms_service.satisfaction import (
    Estimate,
    Interval,
    Item,
    Milestones,
    Questionnaire,
    Response,
    Scale,
    Survey,
    Threshold,
    Verdict,
    judged,
    mean_score,
    score,
)
from qms_service.satisfaction.targets import Bound

ORIGIN = date(2026, 1, 1)
# instrument-maker (000, 4·1·5): 使顾客满意度在一年内达到95%,二年内达到97%,三年内达到98%
STEPS: list[dict[str, Any]] = [
    {"within": "1 year", "at_least": 95},
    {"within": "2 years", "at_least": 97},
    {"within": "3 years", "at_least": 98},
]
GROWING = Milestones(milestones=STEPS, origin=ORIGIN, clause="4.1.5")


@pytest.mark.parametrize(
    ("sense", "below", "equal", "above"),
    [
        ("at_least", "missed", "met", "met"),
        ("more_than", "missed", "missed", "met"),
        ("at_most", "met", "met", "missed"),
        ("below", "met", "missed", "missed"),
    ],
)
def test_whether_the_figure_itself_will_do_is_what_the_word_says(
    sense: str, below: str, equal: str, above: str
) -> None:
    target = Threshold(**{sense: 85})  # type: ignore[arg-type]  # the field is the parameter
    found = [judged(target, value).verdict for value in (Decimal("84.99"), 85, Decimal("85.01"))]
    assert found == [below, equal, above]


def test_what_rounds_to_the_target_does_not_meet_it() -> None:
    # iso-service (002): a target of 80
    found = judged(Threshold(at_least=80), Estimate(value=Fraction(7996, 100), n=25))
    assert (found.verdict, found.difference) == (Verdict.MISSED, Fraction(-4, 100))
    assert str(found) == "Score 79.96: missed at least 80."
    near = judged(Threshold(at_least=80), Fraction(79_999_999, 1_000_000))
    assert str(near) == "Score 79999999/1000000: missed at least 80."


def test_a_service_to_blame_for_three_in_a_hundred_is_not_below_three() -> None:
    # coach-builder (003): complaints for which service is to blame < 3 %
    assert judged(Threshold(below=3, of="to blame"), Fraction(300, 100)).verdict is Verdict.MISSED
    assert judged(Threshold(below=3, of="to blame"), Fraction(299, 100)).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("low", "high", "value", "verdict", "distinguishable"),
    [
        (78, 86, 82, "met", False),
        (81, 86, 82, "met", True),
        (75, 80, 78, "missed", False),  # an end belongs to the interval
        (75, 79, 78, "missed", True),
    ],
)
def test_chance_is_said_beside_the_verdict_and_never_instead_of_it(
    *, low: int, high: int, value: int, verdict: str, distinguishable: bool
) -> None:
    interval = Interval(Fraction(low), Fraction(high))
    found = judged(Threshold(at_least=80), Estimate(value=Fraction(value), n=9, interval=interval))
    assert (found.verdict, found.distinguishable) == (verdict, distinguishable)
    assert ("chance" in str(found)) is not distinguishable
    assert ("偶然" in found.text("zh")) is not distinguishable


def test_without_an_interval_nothing_is_said_of_chance() -> None:
    found = judged(Threshold(at_least=80), 79)
    assert found.distinguishable is None
    assert found.text("zh") == "得分 79：未达到目标（不低于 80）。"


def test_without_answers_nobody_knows() -> None:
    for nothing in (None, mean_score([], asked=3)):
        found = judged(Threshold(at_least=85, clause="3.1"), nothing)
        assert (found.verdict, found.value, found.difference) == ("unknown", None, None)
        assert str(found) == "Score –: unknown whether at least 85; there is no value. [3.1]"


@pytest.mark.parametrize(
    ("on", "value", "verdict", "figure", "steps"),
    [
        (date(2026, 6, 30), 94, "not_yet_due", 95, ["not_yet_due"] * 3),
        (date(2026, 6, 30), 95, "met", 95, ["met", "not_yet_due", "not_yet_due"]),
        (date(2027, 1, 1), 94, "not_yet_due", 95, ["not_yet_due"] * 3),  # the last day is not over
        (date(2027, 1, 2), 94, "missed", 95, ["missed", "not_yet_due", "not_yet_due"]),
        (date(2027, 1, 2), 96, "met", 95, ["met", "not_yet_due", "not_yet_due"]),
        (date(2028, 1, 2), 96, "missed", 97, ["met", "missed", "not_yet_due"]),
        (date(2031, 1, 1), Decimal("97.99"), "missed", 98, ["met", "met", "missed"]),
        (date(2031, 1, 1), 98, "met", 98, ["met", "met", "met"]),
        (date(2025, 1, 1), 94, "not_yet_due", 95, ["not_yet_due"] * 3),
    ],
)
def test_ninety_five_within_a_year_ninety_seven_within_two(
    on: date, value: int, verdict: str, figure: int, steps: list[str]
) -> None:
    found = judged(GROWING, value, on=on)
    assert found.verdict.value == verdict
    assert found.bound.figure == figure
    assert [step.verdict for step in found.steps] == steps
    assert str(found.bound) == f"at least {figure}"
    assert [step.due_on for step in found.steps] == [date(2027, 1, 1), date(2028, 1, 1), date(2029, 1, 1)]


def test_milestones_without_answers_are_unknown_only_when_due() -> None:
    found = judged(GROWING, None, on=date(2027, 6, 1))
    assert (found.verdict, found.reason) == ("unknown", "no-answers")
    assert [step.verdict for step in found.steps] == ["unknown", "not_yet_due", "not_yet_due"]


@pytest.mark.parametrize("origin", [None, "?"])
def test_while_nobody_says_from_when_the_years_count_the_target_is_unknown(origin: str | None) -> None:
    unset = Milestones(milestones=STEPS, origin=origin, clause="4.1.5")
    found = judged(unset, 99)
    assert (found.verdict, found.reason, found.due_on) == ("unknown", "origin-unset", None)
    assert (
        str(found)
        == "Score 99: unknown whether at least 95; the day from which it counts is not set. [4.1.5]"
    )
    assert found.text("zh") == "得分 99：无法评定（不低于 95）；起算日未设定。 [4.1.5]"


def test_a_milestone_with_a_clause_of_its_own_cites_it() -> None:
    steps = [{"within": "6 months", "more_than": 90, "clause": "7.2"}]
    found = judged(
        Milestones(milestones=steps, origin=date(2026, 8, 31), clause="7"), 90, on=date(2027, 3, 1)
    )
    assert (str(found.clause), found.due_on, found.verdict) == ("7.2", date(2027, 2, 28), "missed")


@given(
    months=st.permutations([6, 12, 24]),
    origin=st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    days=st.integers(0, 900),
)
def test_milestones_stand_in_the_order_of_their_days(months: list[int], origin: date, days: int) -> None:
    steps = [{"within": f"{count} months", "at_least": 80 + count} for count in months]
    target = Milestones(milestones=steps, origin=origin)
    on = date.fromordinal(origin.toordinal() + days)
    found = judged(target, 0, on=on)
    due = [step.due_on for step in found.steps]
    assert due == sorted(due, key=str)
    late = [step.verdict for step in found.steps]
    assert late == ["missed" if one is not None and one < on else "not_yet_due" for one in due]


FORM = Questionnaire(
    "form",
    [Item("solder", Scale(1, 5), dimension="quality"), Item("answer", Scale(1, 5), dimension="service")],
)
FOUND = score(
    Survey("2026", FORM, asked=["ACME", "BOLT"], responses=[Response("ACME", {"solder": 5, "answer": 2})])
)


def test_a_target_names_the_part_of_the_survey_that_it_judges() -> None:
    # by hand: solder 100, answer 25, total (100 + 25) / 2 = 62.5, one of two answered
    values = {
        of: judged(Threshold(at_least=60, of=of), FOUND)
        for of in ("score", "quality", "service", "response-rate")
    }
    assert {of: one.value for of, one in values.items()} == {
        "score": Fraction(125, 2),
        "quality": 100,
        "service": 25,
        "response-rate": 50,
    }
    assert [one.verdict for one in values.values()] == ["met", "met", "missed", "missed"]
    assert str(values["service"]) == "service 25: missed at least 60; too few customers to say much."
    assert values["quality"].text("zh") == "quality 100：达到目标（不低于 60）；客户数过少，不足为凭。"
    unlisted = score(Survey("2026", FORM, responses=[Response("ACME", {"solder": 5})]))
    assert judged(Threshold(at_least=60, of="response-rate"), unlisted).verdict is Verdict.UNKNOWN


def test_a_dimension_that_the_survey_does_not_have_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="quality"):
        judged(Threshold(at_least=60, of="qualty"), FOUND)


UNTYPED: dict[str, Any] = {
    "Bound": Bound,
    "Threshold": Threshold,
    "Milestones": Milestones,
    "judged": judged,
}  # what a type checker refuses before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Threshold, "A target has one of at_least, more_than, at_most, below; got –"),
        (lambda: UNTYPED["Threshold"](at_least=1, below=3), "got at_least, below"),
        (lambda: UNTYPED["Threshold"](at_least="80"), "target: got '80'"),
        (lambda: UNTYPED["Bound"]("at_leest", 80), "did you mean at_least"),
        (lambda: UNTYPED["Milestones"](milestones=[]), "at least one step"),
        (lambda: UNTYPED["Milestones"](milestones=[95]), "milestones is of the kind Milestone; got 95"),
        (lambda: UNTYPED["Milestones"](milestones=95), "milestones is a series"),
        (
            lambda: UNTYPED["Milestones"](milestones=[STEPS[0], {"within": "12 months", "at_least": 9}]),
            "a day of its own",
        ),
        (
            lambda: UNTYPED["Milestones"](milestones=[{"within": "1 week", "at_least": 9}]),
            "'1 year' or '18 months'; got '1 week'",
        ),
        (lambda: UNTYPED["Milestones"](milestones=[{"within": 12, "at_least": 9}]), "got 12"),
        (
            lambda: UNTYPED["Milestones"](milestones=STEPS, origin=datetime(2026, 1, 1, tzinfo=UTC)),
            "is a date",
        ),
        (lambda: UNTYPED["Milestones"](milestones=STEPS, origin="2026"), "is a date; got '2026'"),
        (lambda: UNTYPED["judged"](GROWING, 90), "on is a date; got None"),
        (lambda: UNTYPED["judged"](GROWING, 90, on=datetime(2026, 1, 1, tzinfo=UTC)), "on is a date"),
        (lambda: UNTYPED["judged"](UNTYPED["Threshold"](at_least=1), "90"), "score: got '90'"),
    ],
)
def test_a_target_that_cannot_be_says_what_can(make: Any, said: str) -> None:  # noqa: ANN401  # a lambda
    with pytest.raises(ScoreError) as refused:
        make()
    assert said in str(refused.value)
    assert refused.value.text("zh") != str(refused.value)


def test_targets_are_values() -> None:
    assert {GROWING, Milestones(milestones=STEPS, origin=ORIGIN, clause="4.1.5")} == {GROWING}
    assert len({judged(GROWING, 90, on=ORIGIN), judged(GROWING, 90, on=ORIGIN)}) == 1
