"""Follow-ups: who is dissatisfied with what, which rule says to act, and a key that opens a case only once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qms_service as qms
from qms_service.errors import ScoreError, UnknownNameError
from qms_service.satisfaction import (
    NOT_APPLICABLE,
    Complained,
    FollowUp,
    FollowUpRule,
    Item,
    Questionnaire,
    Response,
    Scale,
    Survey,
    SurveyScore,
    follow_ups,
    score,
)

FORM = Questionnaire(
    "form",
    [
        Item("solder", Scale(1, 5), dimension="quality", label={"en": "Solderability", "zh": "可焊性"}),
        Item("answer", Scale(1, 5), dimension="service"),
        Item("price", Scale(0, 10), dimension="price"),
    ],
    dimensions={"quality": {"en": "Quality", "zh": "质量"}, "service": None, "price": None},
)


def survey(*responses: Response, id_: str = "2026") -> SurveyScore:
    return score(Survey(id_, FORM, responses=responses))


# points by hand: ACME 25, 75, 100 → 66.67; BOLT 100, -, 100 → 100; CORE 0, 0, 50 → 16.67
NOW = survey(
    Response("ACME", {"solder": 2, "answer": 4, "price": 10}),
    Response("BOLT", {"solder": 5, "answer": NOT_APPLICABLE, "price": 10}),
    Response("CORE", {"solder": 1, "answer": 1, "price": 5}),
)


def found(rule: FollowUpRule, now: SurveyScore = NOW, **more: Any) -> list[tuple[str, tuple[str, ...]]]:  # noqa: ANN401  # as follow_ups takes them
    return [(one.customer, tuple(item.id for item in one.items)) for one in follow_ups(now, [rule], **more)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FollowUpRule("r", when="below", value=60), [("CORE", ("score",))]),
        (FollowUpRule("r", when="below", value=100), [("ACME", ("score",)), ("CORE", ("score",))]),
        (FollowUpRule("r", when="below", value=25, of="quality"), [("CORE", ("quality",))]),
        (
            FollowUpRule("r", when="below", value=90, of="service"),
            [("ACME", ("service",)), ("CORE", ("service",))],
        ),
        (FollowUpRule("r", when="item-below", value=25), [("CORE", ("solder", "answer"))]),
        (
            FollowUpRule("r", when="item-below", value=26),
            [("ACME", ("solder",)), ("CORE", ("solder", "answer"))],
        ),
        (FollowUpRule("r", when="item-below", value=60, item="price"), [("CORE", ("price",))]),
        (FollowUpRule("r", when="lowest-item"), [("ACME", ("solder",)), ("CORE", ("solder", "answer"))]),
        (FollowUpRule("r", when="lowest-item", value=25), [("CORE", ("solder", "answer"))]),
    ],
)
def test_a_rule_picks_out_who_is_dissatisfied_with_what(
    rule: FollowUpRule, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert found(rule) == expected


def test_what_does_not_apply_or_was_not_answered_makes_nobody_act() -> None:
    silent = survey(
        Response("ACME", {"solder": NOT_APPLICABLE, "answer": NOT_APPLICABLE, "price": NOT_APPLICABLE}),
        Response("BOLT", {}),
    )
    rules = [
        FollowUpRule("total", when="below", value=100),
        FollowUpRule("item", when="item-below", value=100),
        FollowUpRule("lowest", when="lowest-item"),
        FollowUpRule("last", when="below-last-time"),
    ]
    assert follow_ups(silent, rules, previous=NOW) == ()


def test_answers_too_few_for_a_total_still_say_what_is_wrong() -> None:
    few = survey(Response("ACME", {"solder": 1}))
    assert few.by_customer["ACME"].total is None
    assert found(FollowUpRule("r", when="below", value=60), few) == []
    assert found(FollowUpRule("r", when="item-below", value=60), few) == [("ACME", ("solder",))]


LAST = survey(
    Response("ACME", {"solder": 3, "answer": 4, "price": 10}),  # 50, 75, 100 → 75
    Response("CORE", {"solder": 1, "answer": 1, "price": 5}),
    id_="2025",
)


@pytest.mark.parametrize(
    ("value", "of", "customers"),
    [
        (None, "score", ["ACME"]),  # 75 → 66.67; CORE is as before; BOLT has no last time
        (8, "score", ["ACME"]),
        (9, "score", []),
        (25, "quality", ["ACME"]),  # 50 → 25: 25 points or more
        (26, "quality", []),
    ],
)
def test_less_than_last_time_by_so_many_points(value: int | None, of: str, customers: list[str]) -> None:
    rule = FollowUpRule("r", when="below-last-time", value=value, of=of)
    assert [customer for customer, _ in found(rule, previous=LAST)] == customers
    assert found(rule) == []  # without a survey before there is no last time


COMPLAINTS = [
    Complained("DORN", "C-3", on=date(2026, 3, 1)),
    Complained("ACME", "C-2", on=date(2026, 2, 28)),
    Complained("ACME", "C-1"),
    Complained("ACME", "C-1"),
    Complained("BOLT", "C-4", on=date(2026, 2, 1), written=False),
]


def test_a_written_complaint_in_the_period_is_followed_whoever_answered() -> None:
    rule = FollowUpRule("wrote", when="written-complaint", opens="improvement", clause="4.5.3")
    every = follow_ups(NOW, [rule], complaints=COMPLAINTS)
    assert [(one.customer, one.complaints) for one in every] == [("ACME", ("C-1", "C-2")), ("DORN", ("C-3",))]
    year = follow_ups(NOW, [rule], complaints=COMPLAINTS, period=(date(2026, 3, 1), date(2026, 4, 1)))
    assert [(one.customer, one.complaints) for one in year] == [("ACME", ("C-1",)), ("DORN", ("C-3",))]
    assert str(every[0]) == "ACME complained in writing: C-1, C-2. [4.5.3]"


def test_a_follow_up_says_why_in_both_languages() -> None:
    rules = [
        FollowUpRule("a", when="below", value=20, clause="4.5.3", label={"en": "Low", "zh": "低"}),
        FollowUpRule("b", when="item-below", value=26, item="solder"),
        FollowUpRule("c", when="lowest-item"),
        FollowUpRule("d", when="below-last-time", of="quality"),
    ]
    said = [
        (str(one), one.text("zh")) for one in follow_ups(NOW, rules, previous=LAST) if one.customer != "CORE"
    ]
    assert said == [
        ("ACME is dissatisfied with Solderability 25, below 26.", "ACME 对 可焊性 25 不满意，低于 26。"),
        ("ACME is least satisfied with Solderability 25.", "ACME 最不满意的是 可焊性 25。"),
        (
            "ACME is less satisfied than last time: Quality 25, before 50.",
            "ACME 的满意度低于上次：质量 25，上次 50。",
        ),
    ]
    core = follow_ups(NOW, rules[:1])[0]
    assert core.text("zh") == "CORE 对 得分 16.6667 不满意，低于 20。 [4.5.3]"
    assert [rule.text("zh") for rule in rules[:2]] == ["低", "b"]
    assert (core.finding.code, core.finding.severity) == ("follow-up.below", "warning")


def test_an_improvement_is_opened_from_the_facts_of_a_follow_up() -> None:
    rule = FollowUpRule("poor", when="item-below", value=26, opens="improvement", clause="4.5.3")
    one = follow_ups(NOW, [rule])[0]
    facts = one.subject("zh")
    assert facts == {
        "customer": "ACME",
        "source": "survey",
        "origin": "2026",
        "items": ("可焊性",),
        "reason": "ACME 对 可焊性 25 不满意，低于 26。 [4.5.3]",
    }
    assert one.rule.opens == "improvement"
    subject = qms.Subject(
        "improvement", number=one.key, opened_at=datetime(2026, 3, 2, tzinfo=UTC), facts=facts
    )
    case = qms.load_rulebook("pcb-maker").open(subject)
    assert case.subject.facts["items"] == ("可焊性",)


@pytest.mark.parametrize(
    ("customer", "rule", "key"),
    [
        ("ACME", "low", "survey/2026/ACME/low"),
        ("A/B", "low", "survey/2026/A%2FB/low"),
        ("A%2FB", "low", "survey/2026/A%252FB/low"),
        ("客户甲", "低", "survey/2026/客户甲/低"),
    ],
)
def test_a_key_is_of_the_survey_the_customer_and_the_rule_alone(customer: str, rule: str, key: str) -> None:
    assert FollowUp(survey="2026", customer=customer, rule=FollowUpRule(rule, when="lowest-item")).key == key


@given(
    names=st.lists(
        st.tuples(st.text("a/%2F", min_size=1), st.text("a/%2F", min_size=1)),
        min_size=2,
        max_size=6,
        unique=True,
    )
)
def test_no_two_follow_ups_have_one_key(names: list[tuple[str, str]]) -> None:
    keys = [
        FollowUp(survey="s", customer=customer, rule=FollowUpRule(rule, when="lowest-item")).key
        for customer, rule in names
    ]
    assert len({*keys}) == len(keys)


@given(order=st.permutations(NOW.survey.responses))
def test_the_order_of_the_answers_does_not_matter(order: Sequence[Response]) -> None:
    rules = [FollowUpRule("low", when="below", value=70), FollowUpRule("least", when="lowest-item")]
    assert follow_ups(survey(*order), rules) == follow_ups(NOW, rules)


UNTYPED: dict[str, Any] = {
    "follow_ups": follow_ups,
    "FollowUpRule": FollowUpRule,
}  # what a type checker refuses before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: UNTYPED["FollowUpRule"]("r", when="bellow", value=1), "did you mean below"),
        (lambda: UNTYPED["FollowUpRule"]("", when="lowest-item"), "id is a name"),
        (lambda: UNTYPED["FollowUpRule"]("r", when="below"), "needs a value"),
        (lambda: UNTYPED["FollowUpRule"]("r", when="item-below", value="60"), "value: got '60'"),
        (lambda: UNTYPED["FollowUpRule"]("r", when="below", value=-1), "from 0 on"),
        (lambda: UNTYPED["FollowUpRule"]("r", when="written-complaint", value=1), "may not have one"),
        (
            lambda: UNTYPED["FollowUpRule"]("r", when="below", value=1, item="solder"),
            "only item-below names an item",
        ),
        (lambda: UNTYPED["FollowUpRule"]("r", when="lowest-item", of="quality"), "look at a dimension"),
        (lambda: UNTYPED["FollowUpRule"]("r", when="lowest-item", opens=""), "opens is a name"),
        (lambda: Complained("", "C-1"), "customer is a name"),
        (
            lambda: follow_ups(NOW, [UNTYPED["FollowUpRule"]("r", when="lowest-item")] * 2),
            "Two rules have one name",
        ),
        (lambda: UNTYPED["follow_ups"](NOW, ["low"]), "rules is of the kind FollowUpRule; got 'low'"),
        (lambda: UNTYPED["follow_ups"](NOW, [], complaints=["C-1"]), "complaints is of the kind Complained"),
    ],
)
def test_a_rule_that_cannot_be_says_what_can(make: Any, said: str) -> None:  # noqa: ANN401  # a lambda
    with pytest.raises(ScoreError) as refused:
        make()
    assert said in str(refused.value)
    assert refused.value.text("zh") != str(refused.value)


@pytest.mark.parametrize(
    "rule",
    [
        FollowUpRule("r", when="item-below", value=1, item="soldering"),
        FollowUpRule("r", when="below", value=1, of="qualities"),
    ],
)
def test_a_rule_on_what_the_questionnaire_does_not_ask_is_refused(rule: FollowUpRule) -> None:
    with pytest.raises(UnknownNameError):
        follow_ups(NOW, [rule])
