"""Terms as procedures write them, read and written back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_service.errors import TermError
from qms_service.worktime import Term, Urgency, parse_within

CANONICAL = [
    "12 h",
    "90 min",
    "2 d",
    "1 week",
    "2 weeks",
    "1 month",
    "6 months",
    "6 working h",
    "30 working min",
    "4 working d",
    "4 working d, end of day",
    "same day",
]


@pytest.mark.parametrize("text", CANONICAL)
def test_a_term_is_written_as_it_was_read(text: str) -> None:
    assert str(Term.parse(text)) == text


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("12h", "12 h"),
        ("1 hour", "1 h"),
        ("36 Hours", "36 h"),
        ("1 hr", "1 h"),
        ("2 hrs", "2 h"),
        ("1 minute", "1 min"),
        ("45 mins", "45 min"),
        ("1 day", "1 d"),
        ("3 days", "3 d"),
        ("2 week", "2 weeks"),
        ("3 month", "3 months"),
        ("  4   Working\tDays ", "4 working d"),
        ("4 working days,end of day", "4 working d, end of day"),
        ("4 working d , End Of Day", "4 working d, end of day"),
        ("Same Day", "same day"),
        ("+2 d", "2 d"),
        ("007 d", "7 d"),
    ],
)
def test_plurals_and_spelled_out_units_are_read(spelling: str, canonical: str) -> None:
    assert str(Term.parse(spelling)) == canonical
    assert Term.parse(spelling) == Term.parse(canonical)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no term"),
        ("soon", "is no term"),
        ("4", "is no term"),
        ("h", "is no term"),
        ("four working d", "is no term"),
        ("4 working", "unknown unit working"),
        ("working 4 d", "is no term"),
        ("4 d working", "is no term"),
        ("1 h 30 min", "is no term"),
        ("4 working d end of day", "is no term"),
        ("4 working d, end of week", "is no term"),
        ("１２ h", "is no term"),
        ("12 小时", "is no term"),
        ("at once", "parse_within"),
        ("in good time", "parse_within"),
        ("?", "parse_within"),
        ("1.5 h", "90 min"),
        ("1,5 h", "90 min"),
        ("-2 h", "never negative"),
        ("−2 working d", "never negative"),
        ("0 h", "at once"),
        ("0 working d, end of day", "same day"),
        ("-0 h", "at once"),
        ("3 m", "minutes or months"),
        ("3 dayz", "Did you mean day"),
        ("3 years", "Allowed: min, h, d, week, month"),
        ("3 fortnights", "unknown unit fortnights"),
        ("3 working weeks", "working days"),
        ("1 working month", "working days"),
        ("2 d, end of day", "follows working days only"),
        ("6 working h, end of day", "follows working days only"),
        (None, "is no term"),
        (4, "is no term"),
    ],
)
def test_what_is_no_term_is_refused_with_what_is_allowed(text: Any, says: str) -> None:  # noqa: ANN401  # junk
    with pytest.raises(TermError, match=says) as refusal:
        Term.parse(text)
    assert refusal.value.text("zh") != refusal.value.text("en")


def test_a_term_may_be_built_by_hand() -> None:
    assert Term(amount=4, unit="d", working=True, end_of_day=True) == Term.parse("4 working d, end of day")


@pytest.mark.parametrize(("amount", "unit"), [(1, "year"), (1.5, "h"), (True, "h"), ("4", "d"), (0, "d")])
def test_a_term_built_by_hand_is_refused_like_a_written_one(amount: Any, unit: Any) -> None:  # noqa: ANN401  # junk
    with pytest.raises(TermError):
        Term(amount=amount, unit=unit)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"unit": None}, "1 None: unknown unit None"),
        ({"unit": pd.NA}, "unknown unit <NA>"),
        ({"amount": None, "unit": "week"}, "None week: an amount is a whole number"),
        ({"working": None}, "working and end_of_day are True or False"),
        ({"end_of_day": 1}, "got (False, 1)"),
    ],
)
def test_a_part_of_another_kind_is_refused(parts: dict[str, Any], says: str) -> None:
    with pytest.raises(TermError) as caught:
        Term(**{"amount": 1, "unit": "d", **parts})
    assert says in str(caught.value)
    assert caught.value.text("zh") != str(caught.value)


@settings(deadline=None)
@given(
    amount=st.integers(1, 10**6),
    unit=st.sampled_from(["min", "h", "d", "week", "month"]),
    working=st.booleans(),
    end=st.booleans(),
)
def test_every_term_survives_being_written(amount: int, unit: Any, *, working: bool, end: bool) -> None:  # noqa: ANN401  # a unit
    working = working and unit in ("min", "h", "d")
    term = Term(amount=amount, unit=unit, working=working, end_of_day=end and working and unit == "d")
    assert Term.parse(str(term)) == term


def test_a_term_says_what_it_measures() -> None:
    assert [Term.parse(text).measure for text in ("12 h", "2 d", "1 month")] == ["real"] * 3
    assert [Term.parse(text).measure for text in ("6 working h", "4 working d", "same day")] == [
        "working"
    ] * 3
    assert [
        Term.parse(text).end_of_day for text in ("4 working d", "4 working d, end of day", "same day")
    ] == [
        False,
        True,
        True,
    ]


class TestUrgency:
    @pytest.mark.parametrize(
        ("text", "urgency"),
        [
            ("at once", Urgency.AT_ONCE),
            ("At  Once", Urgency.AT_ONCE),
            ("in good time", Urgency.IN_GOOD_TIME),
            ("?", Urgency.UNSET),
        ],
    )
    def test_a_rule_may_give_no_figure(self, text: str, urgency: Urgency) -> None:
        assert parse_within(text) is urgency

    def test_else_it_gives_a_term(self) -> None:
        assert parse_within("12 h") == Term.parse("12 h")

    def test_what_has_been_read_stays_as_it_is(self) -> None:
        assert parse_within(Urgency.UNSET) is Urgency.UNSET
        assert parse_within(Term.parse("12 h")) == Term.parse("12 h")

    def test_it_is_written_as_it_was_read(self) -> None:
        assert [str(urgency) for urgency in Urgency] == ["at once", "in good time", "?"]

    @pytest.mark.parametrize("text", ["soon", "", None])
    def test_neither_is_refused(self, text: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(TermError):
            parse_within(text)
