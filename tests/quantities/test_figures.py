"""What figures add up to, and what stands against them."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import FactValueError
from qms_service.facts import FactType, Quantity
from qms_service.quantities import Figure
from qms_service.quantities.figure import ZERO, figure_of, sum_of


def pieces(amount: int) -> Figure:
    return figure_of(Quantity(amount=amount, unit="pcs"), "counted.quantity")


def test_amounts_of_one_unit_add_up() -> None:
    assert pieces(60).plus(pieces(40).times(-1)).value == Quantity(amount=20, unit="pcs")


def test_the_sum_of_nothing_fits_every_unit_and_is_zero_itself() -> None:
    assert ZERO.value == 0
    assert ZERO.plus(pieces(3)).value == pieces(3).plus(ZERO).value == Quantity(amount=3, unit="pcs")


def test_zero_of_a_unit_has_that_unit() -> None:
    assert pieces(0).value == Quantity(amount=0, unit="pcs")


def test_units_do_not_mix_and_a_plain_number_is_no_quantity_of_pieces() -> None:
    for other in (figure_of(Quantity(amount=1, unit="panel"), "a.b"), figure_of(1, "a.b")):
        mixed = pieces(1).plus(other)
        assert mixed.state == "units-differ"
        assert mixed.value is None
    assert str(pieces(1).plus(figure_of(1, "a.b"))) == "1 / pcs"


def test_a_decimal_sum_is_exact_whatever_the_caller_does_with_the_precision_of_decimals() -> None:
    fine = Decimal("0.0000000000000000000000000000000000001")
    with localcontext() as ambient:
        ambient.prec = 3
        total = figure_of(Decimal(12345), "a.b").plus(figure_of(fine, "a.b").times(3))
    assert total.value == Decimal("12345.0000000000000000000000000000000000003")


def test_an_amount_beyond_all_measure_is_added_and_compared_like_any_other() -> None:
    vast = figure_of(Decimal("9E+999999"), "a.b")
    assert vast.times(2).plus(vast).amount > vast.amount
    assert vast.plus(vast.times(-1)).amount == 0


def test_many_figures_add_up_to_what_they_add_up_to_one_by_one() -> None:
    values = [
        1,
        Quantity(amount=2, unit="pcs"),
        3,
        Decimal("0.5"),
        "undetermined",
        Quantity(amount=4, unit="kg"),
    ]
    facts = [(value, f"a.{place}") for place, value in enumerate(values)]
    for several in permutations(facts, 4):
        assert sum_of(several) == reduce(Figure.plus, [figure_of(*one) for one in several])


def test_a_sum_with_an_undetermined_part_is_undetermined() -> None:
    total = pieces(3).plus(figure_of("undetermined", "counted.quantity"))
    assert (total.state, total.value, total.undetermined) == (
        "undetermined",
        "undetermined",
        ("counted.quantity",),
    )
    assert str(total) == "undetermined"


def test_a_sum_with_a_missing_part_is_not_on_record() -> None:
    total = Figure(missing=("counted.quantity",)).plus(figure_of("undetermined", "returned.quantity"))
    assert (total.state, total.value, str(total)) == ("missing", None, "–")


figures = st.one_of(
    st.integers(-9, 9).map(lambda amount: Figure(amount=amount)),
    st.tuples(st.integers(0, 9), st.sampled_from(["pcs", "panel"])).map(
        lambda pair: figure_of(Quantity(amount=pair[0], unit=pair[1]), "a.b")
    ),
    st.sampled_from([figure_of(2, "a.b"), figure_of("undetermined", "a.c"), Figure(missing=("a.d",))]),
)


@given(st.lists(figures, min_size=1), st.randoms(use_true_random=False))
def test_figures_add_up_to_the_same_in_every_order(parts: list[Figure], shuffled: object) -> None:
    other = list(parts)
    shuffled.shuffle(other)  # type: ignore[attr-defined]  # a Random
    assert reduce(Figure.plus, parts) == reduce(Figure.plus, other)


def test_a_quantity_may_be_undetermined_where_its_declaration_says_so() -> None:
    type_ = FactType(kind="quantity", undetermined=True)
    assert type_.read("quantity", "undetermined") == "undetermined"
    assert type_.read("quantity", 5) == 5
    assert str(type_) == "quantity | undetermined"
    with pytest.raises(FactValueError, match="Did you mean undetermined"):
        type_.read("quantity", "undeterminded")
    with pytest.raises(FactValueError, match="allowed is quantity"):
        FactType(kind="quantity").read("quantity", "undetermined")
