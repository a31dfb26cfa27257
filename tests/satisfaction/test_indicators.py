"""Indicators: twelve kinds, own and reported values side by side, apart from perception unless a blend says how."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qms_service.errors import ScoreError
from qms_service.satisfaction import Blend, BlendPart, Indicator, Reading, Scale, blended, mean_score
from qms_service.satisfaction.indicators import INFORMATION

START, END = date(2026, 1, 1), date(2026, 7, 1)
ON_TIME = Indicator("delivery", better="higher", unit="%", clause="4.5.1(2)")
RETURNS = Indicator(
    "returned", kind="returns", better="lower", unit="ppm", label={"en": "Returned", "zh": "退货率"}
)
BLAME = Indicator("blame", better="lower", unit="%")


def read(indicator: Indicator, **values: Any) -> Reading:  # noqa: ANN401  # numbers
    return indicator.reading(starts_on=START, ends_on=END, **values)


def test_the_clause_names_twelve_kinds_of_information() -> None:
    # pcb-maker 4.5.1 (1) to (12), in its order
    assert INFORMATION == (
        "quality", "delivery", "service", "cooperation", "price", "visits",
        "calls", "questionnaires", "complaints", "returns", "improvement", "other",
    )  # fmt: skip
    said = [Indicator(kind, better="higher", unit="%").text("zh") for kind in INFORMATION]
    assert said[0] == "产品的品质情况"
    assert said[9] == "客户退货情况"
    assert len({*said}) == 12
    assert [Indicator(kind, better="higher", unit="%").kind for kind in INFORMATION] == [*INFORMATION]


def test_an_indicator_of_a_name_of_its_own_is_other_information_until_it_says_which() -> None:
    assert (BLAME.kind, RETURNS.kind) == ("other", "returns")
    assert (BLAME.text(), RETURNS.text(), RETURNS.text("zh")) == ("Other information", "Returned", "退货率")


@pytest.mark.parametrize(
    ("indicator", "own", "reported", "difference", "flatters"),
    [
        (ON_TIME, Decimal("98.5"), 96, Fraction(-5, 2), True),
        (ON_TIME, 96, 98, 2, False),
        (RETURNS, 120, 300, 180, True),
        (RETURNS, 120, 120, 0, False),
        (ON_TIME, 96, None, None, None),
        (ON_TIME, None, 0, None, None),
    ],
)
def test_the_customers_count_stands_beside_ones_own(
    *,
    indicator: Indicator,
    own: int | None,
    reported: int | None,
    difference: int | None,
    flatters: bool | None,
) -> None:
    found = read(indicator, own=own, reported=reported)
    assert (found.difference, found.flatters) == (difference, flatters)


def test_a_value_that_nobody_counted_is_missing_and_never_zero() -> None:
    found = read(ON_TIME, own=96)
    assert str(found) == "Delivery, 2026-01-01 to 2026-06-30: own 96 %, by the customers –. [4.5.1(2)]"
    apart = read(RETURNS, own=120, reported=300)
    assert apart.text("zh") == "退货率，2026-01-01 至 2026-06-30：本厂 120 ppm，客户 300 ppm，相差 180 ppm。"


def blend(missing: Any = "refuse", *parts: BlendPart) -> Blend:  # noqa: ANN401  # a word
    own = parts or (
        BlendPart(ON_TIME, weight=3, side="own"),
        BlendPart(RETURNS, weight=2, side="reported", scale=Scale(0, 500, polarity="negative")),
    )
    return Blend(id="year", perception=5, parts=own, missing=missing, clause="5.2")


PERCEPTION = mean_score([80, 90])


def test_a_blend_is_the_weighed_mean_and_can_be_redone_by_hand() -> None:
    found = blended(
        blend(), PERCEPTION, [read(ON_TIME, own=96, reported=90), read(RETURNS, own=9, reported=100)]
    )
    # by hand: perception 85, delivery 96, returns (500 - 100) / 500 = 80; (5 x 85 + 3 x 96 + 2 x 80) / 10 = 87.3
    assert found.value == Fraction(873, 10)
    assert [str(line) for line in found.derivation] == [
        "perception: 5 × 85 = 425",
        "delivery: 3 × 96 = 288",
        "returned: 2 × 80 = 160",
        "873 / 10 = 87.3",
    ]
    assert found.perception == 85
    assert not found.missing
    assert str(found) == "Perception and indicators together: 87.3. [5.2]"


def test_of_a_percentage_of_which_less_is_better_the_rest_to_a_hundred_counts() -> None:
    part = BlendPart(BLAME, weight=1, side="own")
    found = blended(
        Blend(id="b", perception=1, parts=[part], missing="refuse"), PERCEPTION, [read(BLAME, own=3)]
    )
    assert found.value == Fraction(85 + 97, 2)
    assert str(found) == "Perception and indicators together: 91.0."


def test_a_missing_part_is_refused_or_its_weight_shared_as_the_blend_declares() -> None:
    readings = [read(ON_TIME, own=96), read(RETURNS, own=9)]  # what the customers count of returns is missing
    refused = blended(blend(), PERCEPTION, readings)
    assert (refused.value, refused.missing, refused.derivation) == (None, ("returned",), ())
    assert refused.text("zh") == "客户感受与内部指标综合：无法得出。缺：returned。 [5.2]"
    shared = blended(blend("reweight"), PERCEPTION, readings)
    assert shared.value == Fraction(5 * 85 + 3 * 96, 8)
    assert str(shared) == "Perception and indicators together: 89.1. Missing: returned. [5.2]"


@pytest.mark.parametrize("perception", [None, mean_score([])])
def test_where_nobody_answered_perception_is_what_is_missing(perception: Any) -> None:  # noqa: ANN401  # an estimate or none
    found = blended(blend("reweight"), perception, [read(ON_TIME, own=96)])
    assert found.value == 96
    assert found.missing == ("perception", "returned")
    nothing = blended(blend("reweight"), perception, [])
    assert (nothing.value, nothing.missing) == (None, ("perception", "delivery", "returned"))
    assert "Missing: Perception, Delivery, returned." in str(nothing)


UNTYPED: dict[str, Any] = {
    "Indicator": Indicator,
    "BlendPart": BlendPart,
    "Blend": Blend,
}  # what a type checker refuses before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: UNTYPED["Indicator"]("", better="higher", unit="%"), "id is a name"),
        (lambda: UNTYPED["Indicator"]("delivery", better="hihger", unit="%"), "did you mean higher"),
        (
            lambda: UNTYPED["Indicator"]("d", better="higher", unit="%", kind="deliveries"),
            "did you mean delivery",
        ),
        (lambda: read(ON_TIME, own="98"), "own: got '98'"),
        (lambda: read(ON_TIME, reported=float("nan")), "reported: got nan"),
        (lambda: ON_TIME.reading(starts_on=START, ends_on=START), "A period ends after it starts"),
        (
            lambda: ON_TIME.reading(starts_on=datetime(2026, 1, 1, tzinfo=UTC), ends_on=END),
            "starts_on is a date",
        ),
        (lambda: UNTYPED["BlendPart"](ON_TIME, weight=0, side="own"), "above zero"),
        (lambda: UNTYPED["BlendPart"](ON_TIME, weight="1", side="own"), "weight: got '1'"),
        (lambda: UNTYPED["BlendPart"](ON_TIME, weight=1, side="owns"), "did you mean own"),
        (lambda: UNTYPED["BlendPart"](RETURNS, weight=1, side="own"), "give the part a scale"),
        (
            lambda: UNTYPED["BlendPart"](RETURNS, weight=1, side="own", scale=Scale(0, 500)),
            "turn its polarity",
        ),
        (lambda: UNTYPED["Blend"](id="b", perception=1, parts=[], missing="refuse"), "has no parts"),
        (lambda: UNTYPED["Blend"](id="b", perception=1, parts=7, missing="refuse"), "parts is a series"),
        (
            lambda: UNTYPED["BlendPart"]("delivery", weight=1, side="own"),
            "indicator is of the kind Indicator",
        ),
        (
            lambda: blend("refuse", *[UNTYPED["BlendPart"](ON_TIME, weight=1, side="own")] * 2),
            "delivery more than once",
        ),
        (
            lambda: UNTYPED["Blend"](id="b", perception=-1, parts=blend().parts, missing="refuse"),
            "above zero",
        ),
        (lambda: blend("ignore"), "missing: got ignore"),
        (lambda: blended(blend(), PERCEPTION, [read(ON_TIME, own=1), read(ON_TIME, own=2)]), "came twice"),
        (lambda: blended(blend(), PERCEPTION, [read(RETURNS, reported=501)]), "outside the scale"),
    ],
)
def test_what_cannot_be_says_what_can(make: Any, said: str) -> None:  # noqa: ANN401  # a lambda
    with pytest.raises(ScoreError) as refused:
        make()
    assert said in str(refused.value)
    assert refused.value.text("zh") != str(refused.value)
