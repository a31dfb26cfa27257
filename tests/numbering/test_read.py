"""What a number tells, in each spelling; what is none is refused with an example."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from typing import Any

import pytest

from qms_service.errors import NumberError
from qms_service.numbering import NumberSeries

CLAIM = NumberSeries(
    id="claim",
    pattern="MRKT-{YYYY}{MM}{seq:02}",
    accepts=["MRKT--{YYYY}{MM}{seq:02}", "MARKT-{YYYY}{MM}{seq:02}"],
    reset="month",
    timezone="Asia/Shanghai",
)


@pytest.mark.parametrize("text", ["MRKT-20110501", "MRKT--20110501", "MARKT-20110501"])
def test_three_spellings_are_one_number(text: str) -> None:
    parts = CLAIM.parse(text)
    assert (parts.year, parts.month, parts.day, parts.seq, parts.period) == (2011, 5, None, 1, "2011-05")
    assert parts.number == "MRKT-20110501"
    assert text.startswith(parts.spelling[:6].partition("{")[0])


def test_parts_have_every_token_by_name() -> None:
    series = NumberSeries(
        id="x", pattern="{plant}-{GGGG}W{WW}-{FY}-{seq:03}", timezone="UTC", fiscal_year_start=7
    )
    parts = series.parse("S1-2026W01-2025-012")
    assert [parts[name] for name in ("plant", "GGGG", "WW", "FY", "seq")] == ["S1", 2026, 1, 2025, 12]
    assert (parts.plant, parts.scope["plant"]) == ("S1", "S1")
    assert (parts.year, parts.month, parts.day, parts.period) == (None, None, None, "")
    assert parts.on == date(2025, 12, 29)
    assert dict(parts.shown) == {"GGGG": 2026, "WW": 1, "FY": 2025}
    with pytest.raises(KeyError):
        parts["MM"]
    with pytest.raises(AttributeError):
        parts.line  # noqa: B018  # the access is the test


def test_parts_can_be_copied_and_pickled() -> None:
    parts = CLAIM.parse("MRKT-20110501")
    assert copy.copy(parts) == copy.deepcopy(parts) == parts
    assert pickle.loads(pickle.dumps(parts)) == parts  # noqa: S301  # our own bytes
    assert pickle.loads(pickle.dumps(CLAIM)).parse("MRKT-20110501") == parts  # noqa: S301


def test_two_digits_of_a_year_are_of_this_century() -> None:
    series = NumberSeries(id="x", pattern="{YY}{MM}{DD}-{seq}", reset="day", timezone="UTC")
    parts = series.parse("991231-4")
    assert (parts.year, parts.month, parts.day, parts["YY"]) == (2099, 12, 31, 99)


def test_a_longer_spelling_of_the_year_cannot_lead_out_of_the_century() -> None:
    series = NumberSeries(
        id="x", pattern="{YY}-{seq}", accepts=["{YYYY}-{seq}"], reset="year", timezone="UTC"
    )
    assert series.parse("2011-3").number == "11-3"
    with pytest.raises(NumberError, match="no date shows these parts"):
        series.parse("1999-3")


def test_a_serial_of_nineteen_digits_is_none() -> None:
    series = NumberSeries(id="x", pattern="C-{seq}", timezone="UTC")
    assert series.parse("C-" + "9" * 18).seq == 10**18 - 1
    with pytest.raises(NumberError, match="is no number of series"):
        series.parse("C-1" + "0" * 18)


def test_digits_beyond_the_width_are_read_where_the_series_widens() -> None:
    wide = NumberSeries(id="x", pattern="C{YYYY}-{seq:02}", reset="year", timezone="UTC", overflow="widen")
    assert wide.parse("C2026-100").seq == 100
    for text in ("C2026-1", "C2026-0100", "C2026-1" + "0" * 18):
        with pytest.raises(NumberError):
            wide.parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("MRKT-2011051", "is no number of series"),
        ("MRKT-201105001", "is no number of series"),
        ("mrkt-20110501", "is no number of series"),
        ("XMRKT-20110501", "is no number of series"),
        (" MRKT-20110501", "is no number of series"),
        ("MRKT-20110501\n", "is no number of series"),
        ("MRKT-２０110501", "is no number of series"),
        ("MRKT-٢٠110501", "is no number of series"),
        ("", "is no number of series"),
        ("MRKT-20111301", "no date shows these parts"),
        ("MRKT-20110001", "no date shows these parts"),
        ("MRKT-00000101", "no date shows these parts"),
        ("MARKT-20110500", "counts from 1"),
        (20110501, "is a text such as MRKT-20260301"),
        (None, "is a text such as MRKT-20260301"),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(text: Any, why: str) -> None:  # noqa: ANN401
    with pytest.raises(NumberError, match=why) as caught:
        CLAIM.parse(text)
    assert "MRKT-20260301" in str(caught.value)
    assert "MRKT-20260301" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{YYYY}{MM}{DD}-{seq}", "20260230-1"),
        ("{YYYY}{MM}{DD}-{seq}", "20260100-1"),
        ("{YYYY}/{YY}-{seq}", "2026/25-1"),
        ("{GGGG}-{seq}", "0000-1"),
        ("{YYYY}/{YY}-{seq}", "1926/26-1"),
        ("{YYYY}-{MM}-Q{Q}-{seq}", "2026-04-Q1-1"),
        ("{YYYY}{MM}-{YYYY}-{seq}", "202604-2025-1"),
        ("{GGGG}W{WW}-{seq}", "2025W53-1"),
        ("{GGGG}W{WW}-{seq}", "2026W00-1"),
        ("{GGGG}W{WW}-{seq}", "9999W53-1"),
        ("{FY}-{YYYY}{MM}-{seq}", "2026-202603-1"),
        ("{WW}-{DD}-{MM}-{seq}", "01-15-01-1"),
        ("{Q}-{seq}", "5-1"),
    ],
)
def test_parts_that_no_date_shows_are_malformed(pattern: str, text: str) -> None:
    series = NumberSeries(id="x", pattern=pattern, timezone="UTC", fiscal_year_start=4)
    with pytest.raises(NumberError, match="no date shows these parts"):
        series.parse(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{YYYY}{MM}{DD}-{seq}", "20240229-1"),
        ("{MM}{DD}-{seq}", "0229-1"),
        ("{GGGG}W{WW}-{seq}", "2026W53-1"),
        ("{WW}-{seq}", "53-1"),
        ("{FY}-{YYYY}{MM}-{seq}", "2025-202603-1"),
        ("{FY}-{YYYY}{MM}-{seq}", "0000-000103-1"),
        ("{FY}-{seq}", "0000-1"),
        ("{GGGG}-{seq}", "0001-999999999999999999"),
        ("{YYYY}{MM}-{YYYY}-{seq}", "202604-2026-1"),
    ],
)
def test_parts_that_some_date_shows_are_read(pattern: str, text: str) -> None:
    series = NumberSeries(id="x", pattern=pattern, timezone="UTC", fiscal_year_start=4)
    parts = series.parse(text)
    assert parts.number == text == series.format(parts.on, parts.seq)
