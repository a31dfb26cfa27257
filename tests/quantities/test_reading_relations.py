"""Which sums and relations can be read, and what is said of those that cannot."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import QuantityError
from qms_service.quantities import Figure, LinearSum, Relation

Side = list[tuple[int, str] | tuple[int, None]]
NAMES = ("counted", "good", "报废", "x1")


def test_a_sum_is_read_with_its_factors_and_its_number() -> None:
    read = LinearSum.parse("-counted+2*good - 3 * x1 + 4 - 1")
    assert read == LinearSum(((-1, "counted"), (2, "good"), (-3, "x1")), 3)


def test_a_sum_is_shown_as_it_would_be_written() -> None:
    assert str(LinearSum.parse("- 1*a+2 * b -3*c -4")) == "-a + 2 * b - 3 * c - 4"
    assert [str(LinearSum.parse(text)) for text in ("0", "-3", "a")] == ["0", "-3", "a"]


def test_a_relation_names_its_quantities_once_each_from_left_to_right() -> None:
    assert Relation.parse("good + x1 = counted + good").names == ("good", "x1", "counted")


def test_a_relation_is_kept_as_it_was_written_but_for_its_blanks() -> None:
    assert Relation.parse(" redelivered  +\n credited = counted").text == "redelivered + credited = counted"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("", ""),
        ("counted good", "good"),
        ("counted - ", "-"),
        ("counted + - good", "+ - good"),
        ("counted * 2", "* 2"),
        ("counted * good", "* good"),
        ("0.5 * counted", ".5 * counted"),
        ("counted / 2", "/ 2"),
        ("(counted)", "(counted)"),
        ("2counted", "counted"),
        ("counted.quantity", ".quantity"),
        ("9" * 5000, "9" * 4982),
        ("__import__('os')", "('os')"),
    ],
)
def test_what_is_no_linear_sum_is_refused_from_where_it_goes_wrong(text: str, rest: str) -> None:
    with pytest.raises(QuantityError, match="cannot be read as a sum") as refused:
        LinearSum.parse(text)
    assert refused.value.operands == {"got": text, "rest": rest}


@pytest.mark.parametrize(
    "text", ["counted", "a < b", "a > b", "a == b", "a != b", "a <> b", "a => b", "a =< b", "a <= b <= c"]
)
def test_a_relation_has_one_of_three_signs_once(text: str) -> None:
    with pytest.raises(QuantityError, match="<=, >=, ="):
        Relation.parse(text)


def test_a_relation_without_a_quantity_says_nothing() -> None:
    with pytest.raises(QuantityError, match="names no quantity"):
        Relation.parse("1 <= 2")


@pytest.mark.parametrize(
    ("text", "mark", "typed"), [("open ≥ 0", "≥", ">="), ("a − b = 0", "−", "-"), ("a ＝ b", "＝", "=")]
)
def test_a_look_alike_is_refused_with_the_character_to_type(text: str, mark: str, typed: str) -> None:
    for parse in (Relation.parse, LinearSum.parse):
        with pytest.raises(QuantityError) as refused:
            parse(text)
        assert str(refused.value) == f"{text}: instead of {mark} type {typed}"
        assert refused.value.text("zh") == f"{text}：请将 {mark} 改写为 {typed}"


terms = st.lists(
    st.one_of(
        st.tuples(st.integers(-5, 5), st.sampled_from(NAMES)), st.tuples(st.integers(-50, 50), st.none())
    ),
    min_size=1,
    max_size=6,
)
amounts = st.one_of(
    st.integers(-1000, 1000), st.decimals(-1000, 1000, places=3), st.just(Decimal("1E+40")), st.just(10**40)
)
blanks = st.sampled_from(["", " ", "  "])


def written(draw: st.DrawFn, side: Side) -> str:
    text = ""
    for number, name in side:
        sign = "-" if number < 0 else "+" if text or draw(st.booleans()) else ""
        bare = name is not None and abs(number) == 1 and draw(st.booleans())
        gap = draw(blanks)
        factor = str(abs(number)) if name is None else "" if bare else f"{abs(number)}{gap}*{gap}"
        text += f"{gap}{sign}{draw(blanks)}{factor}{name or ''}{draw(blanks)}"
    return text


@st.composite
def relations(draw: st.DrawFn) -> tuple[str, list[Side], str]:
    sides = [draw(terms), draw(terms)]
    sides[0].append((1, "good"))
    sign = draw(st.sampled_from(["<=", ">=", "="]))
    return sign.join(written(draw, side) for side in sides), sides, sign


@given(relations(), st.fixed_dictionaries(dict.fromkeys(NAMES, amounts)))
def test_a_relation_of_numbers_holds_where_it_holds_in_exact_arithmetic(
    relation: tuple[str, list[Side], str], values: dict[str, int | Decimal]
) -> None:
    text, sides, sign = relation
    left, right = (
        sum((Fraction(number) * (Fraction(values[name]) if name else 1) for number, name in side), Fraction())
        for side in sides
    )
    read = Relation.parse(text)
    figures = {name: Figure(amount=value) for name, value in values.items()}
    assert LinearSum.parse(str(read.left)).over(figures.__getitem__) == read.left.over(figures.__getitem__)
    difference = read.left.over(figures.__getitem__).plus(read.right.over(figures.__getitem__).times(-1))
    assert Fraction(difference.amount) == left - right
    assert read.holds(difference) is {"<=": left <= right, ">=": left >= right, "=": left == right}[sign]
