"""A series whose text can be two numbers is refused with that text; one that is taken has no such text."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from qms_service.errors import SeriesError
from qms_service.numbering import NumberSeries, SeriesFault

from .oracle import meanings

SERIALS = st.sampled_from(["{seq}", "{seq:01}", "{seq:02}"])
TEXTS = ["".join(signs) for length in range(1, 6) for signs in product("12A-", repeat=length)]


def series(*patterns: str, overflow: str = "error", reset: str = "never") -> NumberSeries:
    return NumberSeries(
        id="x", pattern=patterns[0], accepts=patterns[1:], reset=reset, timezone="UTC", overflow=overflow,  # type: ignore[arg-type]
    )  # fmt: skip


def refusal(*patterns: str, overflow: str = "error", reset: str = "never") -> SeriesFault:
    with pytest.raises(SeriesError) as caught:
        series(*patterns, overflow=overflow, reset=reset)
    (fault,) = caught.value.problems
    assert isinstance(fault, SeriesFault)
    return fault


@pytest.mark.parametrize(
    "patterns",
    [
        ("{plant}{seq}",),
        ("{seq}{plant}",),
        ("{plant}{line}-{seq}",),
        ("{plant}1{line}-{seq}",),
        ("{YYYY}{plant}{MM}-{seq}", "{YYYY}{MM}{plant}-{seq}"),
        ("{YYYY}{MM}{seq:02}", "{YY}{MM}{seq:04}"),
        ("{YYYY}-{MM}-{seq}", "{YYYY}-{seq}-{MM}"),
        ("{YYYY}{MM}{DD}{seq}", "{YYYY}{DD}{MM}{seq}"),
        ("{plant}-{line}-{seq}", "{line}-{plant}-{seq}"),
    ],
)
def test_a_text_that_could_be_two_numbers_is_the_reason(patterns: tuple[str, ...]) -> None:
    fault = refusal(*patterns)
    assert fault.code == "ambiguous"
    assert len(meanings(patterns, str(fault.operands["got"]))) > 1


def test_a_serial_that_may_grow_needs_a_sign_before_it() -> None:
    assert series("{plant}{seq:03}").format(date(2026, 3, 2), 7, {"plant": "S1"}) == "S1007"
    fault = refusal("{plant}{seq:03}", overflow="widen")
    assert len(meanings(("{plant}{seq:03}",), str(fault.operands["got"]), widen=True)) > 1
    assert series("{plant}-{seq:03}", overflow="widen").parse("S1-1007").seq == 1007


def test_a_serial_that_grows_never_begins_with_a_zero() -> None:
    grown = series("{seq:02}", "00{seq:02}", overflow="widen")
    assert (grown.parse("0012").seq, grown.parse("1200").seq) == (12, 1200)


@pytest.mark.parametrize(
    "patterns",
    [
        ("MRKT-{YYYY}{MM}{seq:02}", "MRKT--{YYYY}{MM}{seq:02}", "MARKT-{YYYY}{MM}{seq:02}"),
        ("{plant}{YYYY}{seq:03}",),
        ("{seq}{YYYY}{MM}",),
        ("20{YY}{MM}{seq}",),
        ("{plant}-{seq}", "{plant}/{seq}"),
        ("{YYYY}{MM}{seq:02}", "{YY}{MM}{seq:02}"),
        ("{YYYY}{Q}{MM}-{seq}", "{YYYY}{MM}-{seq}"),
        ("{seq:02}", "0{seq:01}"),
        ("{seq}", "{seq}"),
    ],
)
def test_spellings_that_lengths_or_signs_keep_apart_are_taken(patterns: tuple[str, ...]) -> None:
    assert series(*patterns).accepts == patterns[1:]


def test_spellings_of_the_same_texts_are_refused_where_nobody_can_go_through_them_all() -> None:
    fault = refusal("{YYYY}{plant}{seq:02}", "20{YY}{plant}{seq:02}")
    assert (fault.code, fault.operands["other"]) == ("overlap", "20{YY}{plant}{seq:02}")


@st.composite
def spelling(draw: st.DrawFn, tokens: frozenset[str]) -> str:
    """The tokens and a serial in any order, with a sign here and there."""
    pieces = draw(st.permutations([*sorted(tokens), draw(SERIALS)]))
    return "".join(draw(st.sampled_from(["", "", "1", "A", "-"])) + piece for piece in pieces)


def spellings(tokens: set[str]) -> st.SearchStrategy[tuple[str, ...]]:
    one = spelling(frozenset(tokens))
    return st.tuples(one) | st.tuples(one, one)


@settings(max_examples=80, deadline=None)
@given(
    patterns=st.sets(st.sampled_from(["{Q}", "{MM}", "{plant}"]), max_size=2).flatmap(spellings),
    widen=st.booleans(),
)
def test_what_is_taken_has_one_meaning_and_what_is_refused_two(
    patterns: tuple[str, ...], *, widen: bool
) -> None:
    try:
        series(*patterns, overflow="widen" if widen else "error")
    except SeriesError as error:
        for fault in error.problems:
            event(fault.code)
            if fault.code == "ambiguous":
                assert len(meanings(patterns, fault.operands["got"], widen=widen)) > 1
    else:
        event("taken")
        for text in TEXTS:
            assert len(meanings(patterns, text, widen=widen)) < 2, text
