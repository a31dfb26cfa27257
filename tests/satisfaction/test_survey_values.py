"""Items, questionnaires, responses, surveys: what they take, and what they refuse all at once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qms_service.errors import NaiveInstantError, ScoreError, SurveyError
from qms_service.satisfaction import (
    NOT_APPLICABLE,
    Asked,
    Dimension,
    Item,
    Questionnaire,
    Response,
    Scale,
    Survey,
)
from qms_service.satisfaction.frozen_map import FrozenMap

FIVE = Scale(1, 5)


def test_an_answer_that_does_not_apply_is_a_value_of_its_own() -> None:
    answers = Response("ACME", {"a": NOT_APPLICABLE, "b": 0}).answers
    assert answers["a"] != answers["b"]
    assert answers.get("a") is not answers.get("c")
    assert repr(NOT_APPLICABLE) == "NOT_APPLICABLE"
    assert pickle.loads(pickle.dumps(NOT_APPLICABLE)) is NOT_APPLICABLE  # noqa: S301  # our own


def test_answers_are_exact_and_what_was_not_answered_is_absent() -> None:
    answers = Response("ACME", {"a": 4, "b": 4.1, "c": Decimal("0.3"), "d": None, "e": float("nan")}).answers
    assert answers == {"a": 4, "b": Fraction(41, 10), "c": Fraction(3, 10)}


def test_all_values_are_hashable_and_can_be_sent_to_another_process() -> None:
    form = Questionnaire("customer", {"solder": Item("solder", FIVE, label={"zh": "焊接"}, words={"好": 4})})
    asked = [Asked("ACME", "key", segments={"region": "east"}, revenue=3)]
    at = datetime(2026, 3, 2, tzinfo=UTC)
    survey = Survey("2026", form, asked=asked, responses=[Response("ACME", {"solder": 4}, answered_at=at)])
    assert hash(survey) == hash(pickle.loads(pickle.dumps(survey)))  # noqa: S301  # our own
    assert survey == pickle.loads(pickle.dumps(survey))  # noqa: S301  # our own


def test_a_frozen_map_is_equal_to_any_mapping_of_the_same_and_shows_it() -> None:
    assert repr(FrozenMap({"a": 1})) == "FrozenMap({'a': 1})"
    assert FrozenMap([("a", 1), ("b", 2)]) == {"b": 2, "a": 1}
    assert len(FrozenMap()) == 0


def test_one_segment_is_short_for_one_division() -> None:
    asked = Asked("ACME", "key", segments={"region": "east"})
    assert asked.segments == {"segment": "key", "region": "east"}
    assert Asked("ACME").segments == {}


def test_an_item_and_a_questionnaire_are_called_by_their_label_or_their_id() -> None:
    item = Item("solder", FIVE, label={"en": "Soldering", "zh": "焊接"})
    assert (item.text(), item.text("zh"), Item("solder", FIVE).text()) == ("Soldering", "焊接", "solder")
    form = Questionnaire("customer", [item], label="Survey", dimensions={"quality": {"zh": "质量"}})
    assert (form.text(), Questionnaire("customer").text()) == ("Survey", "customer")
    assert form.dimensions[0].text("zh") == "质量"
    assert Dimension("quality").text() == "quality"
    assert form.item("solder") is item
    assert form.item("advice") is None


def test_dimensions_are_those_that_the_items_name_unless_they_are_listed() -> None:
    items = [Item("a", FIVE, dimension="q"), Item("b", FIVE), Item("c", FIVE, dimension="p")]
    assert [one.id for one in Questionnaire("customer", items).dimensions] == ["q", "p"]
    listed = Questionnaire("customer", items, dimensions=["p", Dimension("q"), "x"])
    assert [one.id for one in listed.dimensions] == ["p", "q", "x"]
    named = Questionnaire("customer", items, dimensions={"p": Dimension("p"), "q": "Quality"})
    assert [one.text() for one in named.dimensions] == ["p", "Quality"]


def test_marks_are_one_text_or_several() -> None:
    assert Item("a", FIVE, missing="-99").missing == ("-99",)
    assert Item("a", FIVE, not_applicable=["9", "0"]).not_applicable == ("9", "0")


item: Any = Item  # as a caller without a type checker has them
form: Any = Questionnaire
response: Any = Response
asked: Any = Asked
survey: Any = Survey

BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: item("", FIVE), "id is a name, text that is not empty; got ''."),
    (lambda: item("a", (1, 5)), "scale is of the kind Scale; got (1, 5)."),
    (lambda: item("a", FIVE, weight=-1), "weight is 0 or more; got -1."),
    (lambda: item("a", FIVE, words={"great": 6}), "6 is not on the scale 1–5."),
    (lambda: item("a", FIVE, words=7), "words is a mapping of names to values; got 7."),
    (lambda: item("a", FIVE, dimension=" "), "dimension is a name, text that is not empty; got ' '."),
    (lambda: form("c", full_marks=-1), "full_marks is 0 or more; got -1."),
    (lambda: form("c", answered_at_least=50), "answered_at_least is a share from 0 to 1; got 50."),
    (lambda: form("c", base=2.5), "base: got 2.5; allowed is a whole number of at least 0."),
    (lambda: form("c", respondents="means"), "respondents: got means; did you mean mean?"),
    (lambda: form("c", late="x"), "late: got x; allowed: count, leave out."),
    (lambda: response("ACME", {"a": True}), "a: got True; allowed is a finite number"),
    (
        lambda: response("ACME", {"a": "4"}),
        "The answer to a is a number or NOT_APPLICABLE; got the text '4'.",
    ),
    (lambda: response("ACME", {"a": 4}, total=80), "ACME: a response has answers or a total, not both."),
    (lambda: response("ACME", total=-1), "total is 0 or more; got -1."),
    (lambda: response(7), "customer is a name, text that is not empty; got 7."),
    (lambda: asked("ACME", revenue=-1), "revenue is 0 or more; got -1."),
    (lambda: asked("ACME", segments=["east"]), "segments is a mapping of names to values; got ['east']."),
    (lambda: form("c", ["solder"]), "items is of the kind Item; got 'solder'."),
    (lambda: form("c", "solder"), "items is a series, each of the kind Item; got 'solder'."),
    (lambda: form("c", dimensions=[7]), "dimensions is of the kind Dimension; got 7."),
    (
        lambda: survey("2026", Questionnaire("c"), asked="ACME"),
        "asked is a series, each of the kind Asked; got 'ACME'.",
    ),
    (
        lambda: survey("2026", Questionnaire("c"), asked=7),
        "asked is a series, each of the kind Asked; got 7.",
    ),
    (lambda: survey("2026", Questionnaire("c"), asked=[7]), "asked is of the kind Asked; got 7."),
    (
        lambda: survey("2026", Questionnaire("c"), responses=None),
        "responses is a series, each of the kind Response",
    ),
    (lambda: survey("2026", Questionnaire("c"), held_on="2026"), "held_on is a date; got '2026'."),
    (lambda: response("ACME", comment=7), "comment is of the kind str; got 7."),
    (lambda: survey("2026", "customer"), "questionnaire is of the kind Questionnaire; got 'customer'."),
]


@pytest.mark.parametrize(("make", "said"), BAD)
def test_what_cannot_be_is_refused_with_what_is_allowed(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ScoreError) as refused:
        make()
    assert said in str(refused.value)
    assert refused.value.text("zh") != str(refused.value)


def test_an_answer_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        Response("ACME", {"a": 4}, answered_at=datetime(2026, 3, 2))  # noqa: DTZ001  # naive on purpose


def test_a_questionnaire_tells_all_its_contradictions_at_once() -> None:
    items = [
        Item("a", FIVE, weight=0, dimension="qualty"),
        Item("a", FIVE, weight=0),
        Item("b", FIVE, weight=0, dimension="x"),
    ]
    with pytest.raises(SurveyError) as refused:
        Questionnaire("customer", items, dimensions=["quality", "quality"], full_marks=0)
    assert str(refused.value).splitlines() == [
        "The questionnaire customer contradicts itself; problems: 6.",
        "  items: a stands here 2 times; each once.",
        "  dimensions: quality stands here 2 times; each once.",
        "  items.a.dimension: qualty is no dimension of the questionnaire; did you mean quality? Allowed: quality, quality.",
        "  items.b.dimension: x is no dimension of the questionnaire; allowed: quality, quality.",
        "  items: the weights of all items are 0, so no total can be made of them; give one of them a weight above 0.",
        "  full_marks: full marks of 0 leave nothing to reach; give a number above 0.",
    ]


def test_a_survey_tells_everything_that_does_not_fit_at_once() -> None:
    form = Questionnaire("customer", [Item("solder", FIVE)], full_marks=50)
    responses = [
        Response("ACME", {"solder": 6, "soldr": 3, "x": 1}),
        Response("BOLT", total=51),
        Response("CORE", {"solder": -99}),
    ]
    with pytest.raises(SurveyError) as refused:
        Survey("2026", form, asked=["ACME", "ACME"], responses=responses)
    assert str(refused.value).splitlines() == [
        "The survey 2026 does not fit its questionnaire; problems: 6.",
        "  asked: ACME stands here 2 times; each once.",
        "  responses[0].answers.solder: ACME answered 6, which is not on the scale 1–5. A code for a missing answer is no answer: leave it out, or give NOT_APPLICABLE.",
        "  responses[0].answers: soldr is no item of the questionnaire; did you mean solder? Allowed: solder.",
        "  responses[0].answers: x is no item of the questionnaire; allowed: solder.",
        "  responses[1].total: 51 exceeds the full marks, 50.",
        "  responses[2].answers.solder: CORE answered -99, which is not on the scale 1–5. A code for a missing answer is no answer: leave it out, or give NOT_APPLICABLE.",
    ]
    assert "CORE 的回答 -99 不在量表 1–5 上" in refused.value.text("zh")
    assert str(refused.value.problems[0]) == "asked: ACME stands here 2 times; each once."


def test_an_answer_exactly_at_the_ends_of_its_scale_is_taken() -> None:
    form = Questionnaire("customer", [Item("solder", FIVE)])
    survey = Survey("2026", form, responses=[Response("A", {"solder": 1}), Response("B", {"solder": 5})])
    assert len(survey.responses) == 2
