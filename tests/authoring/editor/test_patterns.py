"""The patterns accept what the loader reads, as a rulebook writes it, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qms_service.authoring.editor import patterns
from qms_service.errors import QmsError
from qms_service.rulebooks.context import fact_type_of
from qms_service.worktime import Term, Urgency, parse_within

AMOUNTS = st.integers(0, 10**10).map(str) | st.sampled_from(["-1", "1.5", "01", "", "+2"])
SPACES = st.sampled_from(["", " ", "  "])
UNITS = st.sampled_from(
    ["min", "minutes", "m", "h", "hr", "hours", "hrz", "d", "day", "days", "week", "weeks", "month", "year"]
)
ENDS = st.sampled_from(["", ", end of day", ",end of day", " , end of day", ", end of the day"])
TEXTS = st.builds("{}{}{}{}{}".format, AMOUNTS, SPACES, st.sampled_from(["", "working "]), UNITS, ENDS)
WORDS = st.sampled_from(["same day", "at once", "in good time", "?", "soon", "", "$answer_within", "$"])


def reads(text: str) -> bool:
    try:
        parse_within(text)
    except QmsError:
        return False
    return True


@given(TEXTS | WORDS.filter(lambda word: not word.startswith("$")))
@example("4 working d, end of day")
@example("4 d, end of day")
@example("2 working weeks")
def test_what_fits_the_pattern_is_a_term(text: str) -> None:
    assert not re.search(patterns.WITHIN, text) or reads(text)


@given(TEXTS)
def test_a_term_with_single_spaces_and_a_plain_amount_fits(text: str) -> None:
    plain = "  " not in text and text[0] in "123456789"
    assert not (plain and reads(text)) or re.search(patterns.TERM, text)


@given(
    st.builds(
        Term, amount=st.integers(1, 999_999_999), unit=st.sampled_from(["min", "h", "d", "week", "month"])
    )
    | st.builds(
        Term,
        amount=st.integers(1, 999_999_999),
        unit=st.just("d"),
        working=st.just(True),  # noqa: FBT003  # a strategy's value
        end_of_day=st.booleans(),
    )
)
@example(Term.parse("same day"))
def test_every_term_as_it_is_written_fits(term: Term) -> None:
    assert re.search(patterns.TERM, str(term))
    assert re.search(patterns.WITHIN, str(term))


@pytest.mark.parametrize("word", list(Urgency))
def test_a_word_without_a_figure_stands_in_within_alone(word: Urgency) -> None:
    assert re.search(patterns.WITHIN, word)
    assert not re.search(patterns.TERM, word)


@pytest.mark.parametrize(("text", "fits"), [("$answer_within", True), ("$", False), ("answer_within", False)])
def test_a_figure_is_named_behind_a_sign(text: str, *, fits: bool) -> None:
    assert bool(re.search(patterns.TERM, text)) is fits


@given(
    st.text("boltexdaimncuqy?*[]", max_size=14)
    | st.sampled_from(["bool", "text*?", "department?*", "values"])
)
def test_a_type_of_a_fact_fits_exactly_when_it_is_read(word: str) -> None:
    try:
        fact_type_of(word, {})
    except QmsError:
        assert not re.search(patterns.FACT_TYPE, word)
    else:
        assert re.search(patterns.FACT_TYPE, word)
