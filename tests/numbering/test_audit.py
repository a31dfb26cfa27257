"""What a column of numbers shows: given twice, missing with its reason, out of order, malformed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_service.errors import NumberError
from qms_service.numbering import LedgerEntry, NumberSeries, audit_numbers

NOON = datetime(2011, 5, 2, 12, tzinfo=UTC)
CLAIM = NumberSeries(
    id="claim",
    pattern="MRKT-{YYYY}{MM}{seq:02}",
    accepts=["MRKT--{YYYY}{MM}{seq:02}", "MARKT-{YYYY}{MM}{seq:02}"],
    reset="month",
    timezone="Asia/Shanghai",
)
DAILY = NumberSeries(id="daily", pattern="{YYYY}{MM}{DD}-{seq:03}", reset="month", timezone="UTC")
PLANT = NumberSeries(id="rma", pattern="{plant}-{YYYY}-{seq}", reset="year", timezone="UTC")
MAY = [f"MRKT-201105{seq:02}" for seq in range(1, 6)]


def entry(seq: int, state: Any, **more: Any) -> LedgerEntry:  # noqa: ANN401
    number = f"MRKT-201105{seq:02}"
    return LedgerEntry(series="claim", period="2011-05", seq=seq, number=number, state=state, at=NOON, **more)


def test_a_whole_month_in_order_is_all_right() -> None:
    found = audit_numbers(CLAIM, MAY)
    assert found.ok
    assert found.count == 5
    assert audit_numbers(CLAIM, []).ok


@pytest.mark.parametrize("second", ["MRKT-20110502", "MARKT-20110502", "MRKT--20110502"])
def test_a_number_twice_in_whatever_spelling_is_a_duplicate(second: str) -> None:
    (twice,) = audit_numbers(CLAIM, [*MAY, second]).duplicates
    assert (twice.row, twice.number, twice.first_row, twice.first_number) == (5, second, 1, MAY[1])
    assert (twice.period, dict(twice.scope), twice.seq, twice.same) == ("2011-05", {}, 2, True)
    assert str(twice) == f"Row 5: {second} stands on row 1 too."
    assert "重复" in twice.text("zh")


def test_one_serial_on_two_days_of_its_month_was_given_twice_too() -> None:
    (twice,) = audit_numbers(DAILY, ["20260302-001", "20260303-001"]).duplicates
    assert not twice.same
    assert str(twice) == "Row 1: 20260303-001 has the serial 1, which 20260302-001 on row 0 has already."


def test_what_is_missing_between_one_and_the_highest_is_a_hole() -> None:
    found = audit_numbers(CLAIM, ["MRKT-20110502", "MRKT-20110505", "MRKT-20110601"])
    assert [(hole.period, hole.seq, hole.last, hole.number) for hole in found.holes] == [
        ("2011-05", 1, 1, "MRKT-20110501"),
        ("2011-05", 3, 3, "MRKT-20110503"),
        ("2011-05", 4, 4, "MRKT-20110504"),
    ]
    assert {(hole.state, hole.reason, hole.explained) for hole in found.holes} == {(None, None, False)}
    assert str(found.holes[0]) == "MRKT-20110501 is missing, and nothing says why."
    assert not found.ok


def test_a_hole_whose_day_nobody_knows_has_no_text() -> None:
    (hole,) = audit_numbers(DAILY, ["20260302-001", "20260303-003"]).holes
    assert (hole.seq, hole.number) == (2, None)
    assert str(hole) == "The serial 2 is missing, and nothing says why (period 2026-03)."


def test_a_leap_to_a_trillion_is_one_hole() -> None:
    found = audit_numbers(PLANT, ["A-2026-1", "A-2026-1000000000000", "A-2026-1000000000102"])
    assert [(hole.seq, hole.last) for hole in found.holes] == [(2, 10**12 - 1), (10**12 + 1, 10**12 + 101)]
    assert "2 to 999999999999" in str(found.holes[0])


def test_a_hundred_missing_are_told_one_by_one() -> None:
    assert len(audit_numbers(PLANT, ["A-2026-101"]).holes) == 100
    assert len(audit_numbers(PLANT, ["A-2026-102"]).holes) == 1


def test_the_ledger_says_what_became_of_a_missing_number() -> None:
    ledger = [
        entry(1, "allocated"),
        entry(2, "allocated"),
        entry(2, "void", reason="typed twice"),
        entry(3, "reserved", expires_at=datetime(2011, 5, 9, tzinfo=UTC)),
        entry(4, "allocated"),
        LedgerEntry(series="rma", period="2011-05", seq=6, number="x", state="allocated", at=NOON),
    ]
    found = audit_numbers(CLAIM, ["MRKT-20110501"], ledger=ledger)
    assert [(hole.seq, hole.state, hole.reason, hole.explained) for hole in found.holes] == [
        (2, "void", "typed twice", True),
        (3, "reserved", None, False),
        (4, "allocated", None, False),
    ]
    assert [str(hole) for hole in found.holes] == [
        "MRKT-20110502 is void: typed twice",
        "MRKT-20110503 is reserved, and nobody has said yet what became of it (until 2011-05-09 00:00 +00:00).",
        "MRKT-20110504 was given (allocated), and it is not in the column.",
    ]
    assert "作废" in found.holes[0].text("zh")


def test_a_document_under_a_number_that_the_ledger_voided_is_told() -> None:
    ledger = [entry(seq, "allocated") for seq in range(1, 6)] + [entry(4, "void", reason="typed twice")]
    found = audit_numbers(CLAIM, ["MARKT-20110501", *MAY[1:]], ledger=ledger)
    (voided,) = found.voided
    assert (voided.row, voided.number, voided.period, voided.seq) == (3, MAY[3], "2011-05", 4)
    assert (
        str(voided) == "Row 3: MRKT-20110504 has a document, yet the ledger says that it is void: typed twice"
    )
    assert "作废" in voided.text("zh")
    assert not found.ok
    assert not found.holes


def test_holes_that_are_all_void_are_in_order() -> None:
    ledger = [entry(1, "void", reason="the customer withdrew"), entry(2, "allocated")]
    assert audit_numbers(CLAIM, ["MRKT-20110502"], ledger=ledger).ok


def test_a_counter_that_the_ledger_alone_knows_is_looked_at_too() -> None:
    (first, second) = audit_numbers(CLAIM, [], ledger=[entry(2, "allocated")]).holes
    assert (first.seq, first.number, first.state) == (1, "MRKT-20110501", None)
    assert (second.seq, second.number, second.state) == (2, "MRKT-20110502", "allocated")


def test_a_ledger_of_an_older_pattern_still_tells_its_numbers() -> None:
    old = LedgerEntry(series="claim", period="2011-05", seq=2, number="C/2", state="allocated", at=NOON)
    first, second = audit_numbers(CLAIM, [], ledger=[old]).holes
    assert (first.number, second.number) == (None, "C/2")


def test_a_number_behind_a_higher_one_is_out_of_order() -> None:
    found = audit_numbers(CLAIM, [MAY[0], MAY[2], MAY[1], "MRKT-20110401", MAY[3]])
    (late,) = found.disorder
    assert (late.row, late.number, late.higher, late.seq, late.on) == (2, MAY[1], MAY[2], 2, None)
    assert str(late) == "Row 2: MRKT-20110502 comes after MRKT-20110503, which is higher."
    assert not found.ok


def test_a_number_shows_the_date_of_its_document() -> None:
    late = datetime(2011, 5, 31, 16, 30, tzinfo=UTC)  # June has begun in Shanghai
    dates = [date(2011, 5, 2), late, None, pd.NaT, pd.Timestamp("2011-05-04", tz="Asia/Shanghai")]
    found = audit_numbers(CLAIM, MAY, dates=dates)
    (wrong,) = found.disorder
    assert (wrong.row, wrong.number, wrong.on, wrong.higher) == (1, MAY[1], date(2011, 6, 1), None)
    assert str(wrong) == "Row 1: MRKT-20110502 does not fit the date 2011-06-01 of its document."


def test_a_date_that_cannot_be_read_is_noted_and_its_number_counts() -> None:
    found = audit_numbers(CLAIM, MAY[:2], dates=[pd.Timestamp("2011-05-04"), "2011-05-05"])
    assert [item.row for item in found.malformed] == [0, 1]
    assert "neither a date nor an instant" in str(found.malformed[0])
    assert not found.holes


@pytest.mark.parametrize("dates", [[], [date(2011, 5, 1)] * 6])
def test_each_number_has_its_date(dates: list[date]) -> None:
    with pytest.raises(NumberError, match="There are 5 numbers"):
        audit_numbers(CLAIM, MAY, dates=dates)


def test_a_bad_row_is_told_and_stops_nothing() -> None:
    column = [
        "MRKT-20110501",
        None,
        "MRKT-2011050",
        float("nan"),
        20110502,
        "MRKT-20110500",
        pd.NaT,
        "MRKT-20110502",
    ]
    found = audit_numbers(CLAIM, column)
    assert [(item.row, item.got) for item in found.malformed] == [
        (1, ""),
        (2, "MRKT-2011050"),
        (3, ""),
        (4, "20110502"),
        (5, "MRKT-20110500"),
        (6, ""),
    ]
    assert str(found.malformed[0]) == "Row 1: No number is given."
    assert "is no number of series claim" in found.malformed[1].text()
    assert "不是编号规则 claim 的编号" in found.malformed[1].text("zh")
    assert str(found.malformed[4].why).startswith("'MRKT-20110500': a serial counts from 1")
    assert (found.count, found.holes) == (8, ())


def test_a_column_of_a_frame_is_gone_through() -> None:
    column = pd.Series([*MAY, MAY[0], None], index=range(10, 17))
    found = audit_numbers(CLAIM, column)
    assert [item.row for item in found.duplicates] == [5]
    assert [item.row for item in found.malformed] == [6]
    assert audit_numbers(CLAIM, iter(MAY)).ok


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(2025, 2026), st.integers(1, 60)), max_size=40))
def test_an_audit_finds_what_counting_finds(given_numbers: list[tuple[str, int, int]]) -> None:
    found = audit_numbers(PLANT, [f"{plant}-{year}-{seq}" for plant, year, seq in given_numbers])
    counts = Counter(given_numbers)
    assert len(found.duplicates) == sum(counts.values()) - len(counts)
    missing = {
        (plant, year, seq)
        for plant, year in {one[:2] for one in given_numbers}
        for seq in range(1, max(one[2] for one in given_numbers if one[:2] == (plant, year)))
        if (plant, year, seq) not in counts
    }
    assert {(hole.scope["plant"], int(hole.period), hole.seq) for hole in found.holes} == missing
    assert all(hole.number == f"{hole.scope['plant']}-{hole.period}-{hole.seq}" for hole in found.holes)
    behind = {
        row
        for row, one in enumerate(given_numbers)
        if one not in given_numbers[:row]
        and any(two[:2] == one[:2] and two[2] > one[2] for two in given_numbers[:row])
    }
    assert {late.row for late in found.disorder} == behind


@pytest.mark.parametrize(
    "given",
    ["MRKT-20110501", b"MRKT-20110501", None, 7, pd.DataFrame({"number": MAY}), np.array("MRKT-20110501")],
)
def test_what_is_no_column_is_not_gone_through(given: Any) -> None:  # noqa: ANN401  # the mistake that is tested
    with pytest.raises(NumberError) as refused:
        audit_numbers(CLAIM, given)
    assert refused.value.code == "number-column"
    assert "['MRKT-20260301']" in str(refused.value)
    assert "列表" in refused.value.text("zh")


def test_timestamps_without_a_zone_are_told_how_they_become_dates() -> None:
    opened = pd.Series(pd.to_datetime(["2011-05-01", "2011-05-02"]))
    assert "column.dt.date" in str(audit_numbers(CLAIM, MAY[:2], dates=opened).malformed[0])
    assert audit_numbers(CLAIM, MAY[:2], dates=opened.dt.date).ok
