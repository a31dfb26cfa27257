"""Flags: what in the answers should be looked at; none of them drops anything by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from qms_service.satisfaction import (
    NOT_APPLICABLE,
    Flag,
    Item,
    Questionnaire,
    Response,
    Scale,
    Survey,
    score,
)

FIVE = Scale(1, 5)
ITEMS = [Item(name, FIVE) for name in "abcde"]
CLOSING = datetime(2026, 3, 31, 18, tzinfo=UTC)
MIXED = {"a": 4, "b": 5, "c": 4, "d": 3, "e": 5}


def flags(*given: Response, asked: Any = None, closes_at: Any = None, **rules: Any) -> tuple[Flag, ...]:  # noqa: ANN401  # as the values take them
    form = Questionnaire("customer", ITEMS, **rules)
    return score(Survey("2026", form, asked=asked, responses=given, closes_at=closes_at)).flags


def said(*given: Response, **rules: Any) -> list[str]:  # noqa: ANN401  # the same
    return [str(one) for one in flags(*given, **rules)]


def test_answers_that_differ_in_time_and_of_those_asked_raise_no_flag() -> None:
    assert flags(Response("ACME", MIXED, answered_at=CLOSING), asked=["ACME"], closes_at=CLOSING) == ()


def test_the_same_answer_to_every_item_is_to_be_looked_at() -> None:
    straight = Response("ACME", dict.fromkeys("abcde", 5), respondent="Li")
    assert said(straight) == ["ACME (Li) gave the same answer, 5, to all 5 items. Ask whether it is meant."]
    found = flags(straight)[0]
    assert (found.code, found.customer, found.respondent) == ("straight-lining", "ACME", "Li")
    assert found.text("zh") == "ACME (Li) 对全部 5 个项目给出同一答案 5。请核实是否本意。"


def test_four_same_answers_are_enough_and_three_are_no_rarity() -> None:
    four = {**dict.fromkeys("abcd", 5), "e": NOT_APPLICABLE}
    assert len(said(Response("ACME", four))) == 1
    assert said(Response("ACME", dict.fromkeys("abc", 5))) == []


def test_an_answer_after_the_closing_is_late_and_one_at_the_closing_is_not() -> None:
    late = Response("ACME", MIXED, answered_at=CLOSING + timedelta(microseconds=1))
    assert said(late, closes_at=CLOSING, late="leave out")[0].endswith(
        "after the closing on 2026-03-31 18:00 +00:00. It is left out."
    )
    assert said(late, closes_at=CLOSING)[0].endswith(" It counts.")
    assert said(late) == []


def test_two_answers_of_one_respondent_are_flagged_once() -> None:
    twice = [Response("ACME", MIXED, answered_at=CLOSING - timedelta(hours=hour)) for hour in (1, 2)]
    assert said(*twice) == ["ACME answered 2 times. The latest counts."]
    assert said(*twice, duplicates="first") == ["ACME answered 2 times. The first counts."]
    assert said(*twice, duplicates="all") == ["ACME answered 2 times. All of them count."]
    assert said(twice[0], Response("ACME", MIXED, respondent="Li")) == []


def test_an_answer_of_a_customer_who_was_not_asked_is_flagged() -> None:
    assert said(Response("BOLT", MIXED), asked=["ACME"]) == [
        "BOLT answered and was not asked. It is left out."
    ]
    assert said(Response("BOLT", MIXED), asked=["ACME"], unasked="count") == [
        "BOLT answered and was not asked. It counts."
    ]
    assert said(Response("BOLT", MIXED)) == []


def test_a_missing_date_is_flagged_where_something_depends_on_it() -> None:
    undated, other = Response("ACME", MIXED), Response("ACME", MIXED, respondent="Li")
    assert [one.code for one in flags(undated, closes_at=CLOSING)] == ["undated"]
    assert [one.code for one in flags(undated, undated)] == ["duplicate", "undated", "undated"]
    assert [one.code for one in flags(undated, undated, duplicates="all")] == ["duplicate"]
    assert [one.code for one in flags(undated, other, respondents="latest")] == ["undated", "undated"]
    assert flags(undated, other) == ()
    assert flags(undated) == ()


def test_a_flag_drops_nothing() -> None:
    straight = Response("ACME", dict.fromkeys("abcde", 5), answered_at=CLOSING + timedelta(days=1))
    form = Questionnaire("customer", ITEMS)
    found = score(Survey("2026", form, responses=[straight], closes_at=CLOSING))
    assert len(found.flags) == 2
    assert found.left_out == ()
    assert found.score.value == 100
