"""A series says at once, and all at once, why it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from qms_service.clauses import ClauseRef
from qms_service.errors import SeriesError
from qms_service.labels import Label
from qms_service.numbering import NumberSeries, SeriesFault

CLAIM: dict[str, Any] = {
    "id": "claim",
    "pattern": "MRKT-{YYYY}{MM}{seq:02}",
    "reset": "month",
    "timezone": "Asia/Shanghai",
}


def faults(**changes: object) -> tuple[SeriesFault, ...]:
    with pytest.raises(SeriesError) as caught:
        NumberSeries(**{**CLAIM, **changes})
    return caught.value.problems


def test_a_series_is_a_value() -> None:
    one, same = NumberSeries(**CLAIM), NumberSeries(**CLAIM)
    assert one == same
    assert hash(one) == hash(same)
    assert attrs.evolve(one, reset="year") != one


def test_one_accepted_spelling_may_stand_without_its_list() -> None:
    assert NumberSeries(**CLAIM, accepts="C{YYYY}{MM}{seq:02}").accepts == ("C{YYYY}{MM}{seq:02}",)


def test_clause_and_label_are_given_as_text() -> None:
    series = NumberSeries(**CLAIM, clause="4.4.2.4", label={"en": "Claim", "zh": "客户索赔"})
    assert series.clause == ClauseRef("4.4.2.4")
    assert series.label == Label({"en": "Claim", "zh": "客户索赔"})


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"id": " "}, "id", "id"),
        ({"id": 5}, "id", "id"),
        ({"label": 5}, "label", "label"),
        ({"reset": "monthly"}, "choice.nearest", "reset"),
        ({"reset": 1}, "choice", "reset"),
        ({"reset": ["month"]}, "choice", "reset"),
        ({"overflow": "grow"}, "choice", "overflow"),
        ({"timezone": "Asia/Shanghia"}, "zone", "timezone"),
        ({"timezone": None}, "zone", "timezone"),
        ({"fiscal_year_start": 0}, "fiscal-year-start", "fiscal_year_start"),
        ({"fiscal_year_start": 13}, "fiscal-year-start", "fiscal_year_start"),
        ({"fiscal_year_start": True}, "fiscal-year-start", "fiscal_year_start"),
        ({"fiscal_year_start": "7"}, "fiscal-year-start", "fiscal_year_start"),
        ({"pattern": 5}, "pattern-text", "pattern"),
        ({"pattern": "C{YYYY}{MM}\n{seq}"}, "pattern-text", "pattern"),
        ({"pattern": "C-{YYYY}{MM}"}, "no-serial", "pattern"),
        ({"pattern": ""}, "no-serial", "pattern"),
        ({"pattern": "C{YYYY}{MM}{seq}-{seq:02}"}, "serials", "pattern"),
        ({"pattern": "C{YYYY}{MM}{seq}-{seq}"}, "serials", "pattern"),
        ({"pattern": "C{YYYY}{MM}}{seq}"}, "lone-brace", "pattern"),
        ({"pattern": "C{YYYY}{MM}{seq"}, "lone-brace", "pattern"),
        ({"pattern": "C{YYYY}{MM}{seq:019}"}, "serial-width", "pattern"),
        ({"pattern": "C{YYYY}{MM}{seq:00}"}, "unknown-token.nearest", "pattern"),
        ({"pattern": "C{YYYY}{MM}{seq:2}"}, "unknown-token.nearest", "pattern"),
        ({"pattern": "C{YYYY}{mm}{seq:02}"}, "unknown-token.nearest", "pattern"),
        ({"pattern": "C{YYYYY}{MM}{seq:02}"}, "unknown-token.nearest", "pattern"),
        ({"pattern": "C{Plant no.}{YYYY}{MM}{seq:02}"}, "unknown-token", "pattern"),
        ({"pattern": "C{year}{YYYY}{MM}{seq:02}"}, "scope-name", "pattern"),
        ({"pattern": "{plant}-{plant}-{YYYY}{MM}{seq:02}"}, "scope-twice", "pattern"),
        ({"pattern": "C{YYYY}{seq:02}"}, "repeats", "pattern"),
        ({"accepts": ["C{YYYY}{MM}"]}, "no-serial", "accepts"),
        ({"accepts": [5]}, "pattern-text", "accepts"),
        ({"accepts": None}, "pattern-text", "accepts"),
        ({"accepts": ["C{YYYY}{seq:02}"]}, "spelling-parts", "accepts"),
        ({"accepts": ["C{YYYY}{MM}-{plant}-{seq:02}"]}, "spelling-scope", "accepts"),
        ({"pattern": "{plant}{line}-{YYYY}{MM}{seq}"}, "ambiguous", "pattern"),
        ({"accepts": ["MRKT-{YYYY}{seq:02}{MM}"]}, "ambiguous", "accepts"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(changes: dict[str, object], code: str, field: str) -> None:
    found = {(fault.code, fault.field): fault for fault in faults(**changes)}
    fault = found[code, field]
    assert fault.text("zh") != fault.text("en") == str(fault)


def test_a_token_in_small_letters_is_met_with_the_right_one() -> None:
    (fault,) = faults(pattern="C{yyyy}{MM}{seq:02}")
    assert fault.operands["nearest"] == "{YYYY}"
    assert "did you mean {YYYY}?" in str(fault)


def test_all_reasons_come_at_once() -> None:
    found = faults(
        id="", pattern="C{yyyy}{seq:099}", reset="yaer", timezone="Mars", accepts=["{"], overflow=1
    )
    assert [fault.code for fault in found] == [
        "id",
        "choice.nearest",
        "choice",
        "zone",
        "unknown-token.nearest",
        "serial-width",
        "lone-brace",
    ]
    with pytest.raises(SeriesError, match=r"(?s)claim is refused for 2 reason.*would repeat.*two numbers"):
        NumberSeries(**{**CLAIM, "pattern": "{plant}{YYYY}-{line}{seq}"})


def test_a_series_that_would_repeat_names_two_dates_that_read_alike() -> None:
    (fault,) = faults(pattern="C{YYYY}{WW}{seq:02}", reset="week")
    assert str(fault) == (
        "C{YYYY}{WW}{seq:02} would repeat: with reset week, 2024-01-01 and 2024-12-30 lie in different periods and "
        "both begin with C20240101; show the period with {GGGG}{WW}, or reset less often"
    )


@pytest.mark.parametrize(
    ("pattern", "reset"),
    [
        ("{GGGG}{seq}", "year"),
        ("{YYYY}-{WW}-{seq}", "week"),
        ("{GGGG}{WW}{seq}", "month"),
        ("{MM}{DD}{seq}", "day"),
        ("{YYYY}{DD}{seq}", "day"),
        ("{YYYY}{seq}", "fiscal-year"),
        ("{FY}{seq}", "year"),
        ("{MM}{seq}", "month"),
        ("{seq}", "year"),
    ],
)
def test_a_period_that_the_text_does_not_show_is_refused(pattern: str, reset: str) -> None:
    (fault,) = faults(pattern=pattern, reset=reset, fiscal_year_start=7)
    assert fault.code == "repeats"


@pytest.mark.parametrize(
    ("pattern", "reset"),
    [
        ("{GGGG}{WW}{seq}", "week"),
        ("{YY}{MM}{seq}", "month"),
        ("{YYYY}{MM}{seq}", "quarter"),
        ("{YYYY}{MM}{seq}", "fiscal-year"),
        ("{FY}{MM}{seq}", "year"),
        ("{FY}{MM}{seq}", "month"),
        ("{YYYY}{MM}{WW}{seq}", "week"),
        ("{YYYY}{MM}{DD}{seq}", "week"),
        ("{YYYY}{WW}{DD}-{seq}", "day"),
        ("{YYYY}{MM}{DD}{seq}", "never"),
        ("{seq}", "never"),
        ("{YYYY}-{YYYY}{MM}{seq}", "month"),
    ],
)
def test_a_period_that_follows_from_what_the_text_shows_is_enough(pattern: str, reset: str) -> None:
    changes = {"pattern": pattern, "reset": reset, "fiscal_year_start": 7}
    assert NumberSeries(**{**CLAIM, **changes}).pattern == pattern


def test_a_spelling_that_shows_less_names_two_dates_that_it_cannot_tell_apart() -> None:
    (fault,) = faults(accepts=["C{YYYY}Q{Q}-{seq:02}"])
    assert (fault.code, fault.operands["missing"]) == ("spelling-parts", "{MM}")
    first, second = fault.operands["first"], fault.operands["second"]
    assert isinstance(first, date)
    assert isinstance(second, date)
    assert (first.month - 1) // 3 == (second.month - 1) // 3
    assert first.month != second.month
