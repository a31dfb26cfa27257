"""Clause 4.4.2.4 of pcb-maker: how claims are numbered, sentence by sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import qms_service as qms
from qms_service.errors import NumberError, NumberOverflowError
from qms_service.numbering import NumberSeries, audit_numbers

SERIES = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2)).series("claim")


def test_the_series_rests_on_its_clause() -> None:
    assert str(SERIES.clause) == "pcb-maker 4.4.2.4"
    assert SERIES.label is not None
    assert SERIES.label.text("zh") == "客户索赔"


def test_the_first_claim_of_may_2011_is_the_example_of_the_clause() -> None:
    assert SERIES.parse("MARKT-20110501").number == SERIES.format(date(2011, 5, 1), 1) == "MRKT-20110501"


@pytest.mark.parametrize("text", ["MRKT-20110501", "MRKT--20110501", "MARKT-20110501"])
def test_the_three_spellings_of_the_clause_are_read(text: str) -> None:
    parts = SERIES.parse(text)
    assert (parts.year, parts.month, parts.seq) == (2011, 5, 1)


def test_a_spelling_that_the_clause_does_not_have_is_not_read() -> None:
    with pytest.raises(NumberError, match="is no number of series claim"):
        SERIES.parse("MARKT--20110501")


def test_the_serial_starts_again_with_each_month() -> None:
    assert SERIES.period(date(2011, 5, 31)) != SERIES.period(date(2011, 6, 1))
    assert SERIES.slot(date(2011, 5, 1)).period == SERIES.slot(date(2011, 5, 31)).period


def test_the_month_is_that_of_shanghai() -> None:
    assert SERIES.format(datetime(2011, 4, 30, 16, tzinfo=UTC), 1) == "MRKT-20110501"


def test_one_serial_counts_the_claims_of_all_customers() -> None:
    assert SERIES.slot(date(2011, 5, 1)).scope == {}


def test_the_ninety_ninth_claim_of_a_month_has_the_last_number() -> None:
    assert SERIES.format(date(2011, 5, 31), 99) == "MRKT-20110599"


def test_the_hundredth_claim_of_a_month_has_no_number() -> None:
    with pytest.raises(NumberOverflowError, match="no number behind MRKT-20110599") as caught:
        SERIES.format(date(2011, 5, 31), 100)
    assert caught.value.last == 99


def test_a_factory_that_so_chooses_widens_the_serial() -> None:
    wide = NumberSeries(
        id="claim", pattern=SERIES.pattern, accepts=SERIES.accepts, reset="month", timezone="Asia/Shanghai",
        overflow="widen",
    )  # fmt: skip
    assert wide.format(date(2011, 5, 31), 100) == "MRKT-201105100"
    assert wide.parse("MARKT-201105100").seq == 100


def test_a_claim_in_two_spellings_is_one_claim_given_twice() -> None:
    found = audit_numbers(SERIES, ["MRKT-20110501", "MARKT-20110501", "MRKT--20110502"])
    assert [twice.row for twice in found.duplicates] == [1]
    assert not found.holes
