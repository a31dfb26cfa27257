"""Whole columns of numbers: each row tells what the scalar reads, or why it reads nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qms_service.numbering
from qms_service.errors import ColumnError, MissingExtraError, NumberError
from qms_service.numbering import NumberSeries
from qms_service.numbering.batch import NumberColumns

from .oracle import SIGNS, WIDTHS, write
from .test_round_trip import declarations, made

MANY = 100  # rows enough for arrays
SCOPES = st.text(st.sampled_from(SIGNS), min_size=1, max_size=12)
JUNK: list[Any] = [None, float("nan"), 7, b"x", "", "\0", "٣", [1]]
unhurried = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORMS: list[Callable[[list[Any]], Any]] = [list, lambda rows: np.fromiter(rows, object, len(rows))]
TEXT_FORMS: list[Callable[[list[Any]], Any]] = [
    *FORMS,
    lambda rows: np.array(rows, "U"),
    lambda rows: np.array(rows, "T"),
]


@st.composite
def a_text(draw: st.DrawFn, series: NumberSeries) -> str:
    """A number of the series, or something near."""
    pattern = draw(st.sampled_from((series.pattern, *series.accepts)))
    on = draw(st.dates(date(1999, 1, 1), date(2101, 12, 31)) | st.dates(date(2024, 12, 1), date(2025, 1, 31)))
    scope = {name: draw(SCOPES) for name in ("plant", "line")}
    seq = draw(st.integers(0, 120) | st.integers(0, 10**18))
    text = write(pattern, on, seq, scope, series.fiscal_year_start)
    place, sign = (
        draw(st.integers(0, len(text))),
        draw(st.sampled_from(["", "0", "9", "A", "-", "年", "\0", "٣"])),
    )
    kept = draw(st.sampled_from([0, 0, 1]))
    return draw(st.sampled_from([text, text, text[:place] + sign + text[place + kept :], text + "\0"]))


def told(series: NumberSeries, cell: object) -> object:
    """What the scalar says of a cell."""
    if cell is None or str(cell) == "nan":
        return "number-missing"
    try:
        parts = series.parse(cell)  # type: ignore[arg-type]  # whatever stands in a table
    except NumberError as error:
        return error.code
    shown = tuple(parts.shown.get(name) for name in WIDTHS)
    scope = tuple(parts.scope.get(name) for name in ("plant", "line"))
    return parts.seq, parts.on, parts.year, parts.month, parts.day, parts.period, parts.spelling, shown, scope


def rows_of(series: NumberSeries, found: NumberColumns) -> list[object]:
    """The same of each row of the columns."""

    def told_by(column: Any) -> list[Any]:  # noqa: ANN401  # a part of the numbers
        return [None if value == -1 else value for value in column.tolist()]

    shown = zip(*(told_by(found[name]) for name in WIDTHS), strict=True)
    scopes = (
        found[name].tolist() if f"{{{name}}}" in series.pattern else [None] * len(found)
        for name in ("plant", "line")
    )
    parts = zip(
        found.seq.tolist(), found.on.tolist(), told_by(found.year), told_by(found.month), told_by(found.day),
        [found.periods[place] if place >= 0 else None for place in found.period],
        [found.spellings[place] if place >= 0 else None for place in found.spelling],
        shown, zip(*scopes, strict=True), strict=True,
    )  # fmt: skip
    return [
        found.reasons[reason] if reason >= 0 else row
        for reason, row in zip(found.reason.tolist(), parts, strict=True)
    ]


@unhurried
@given(data=st.data(), times=st.sampled_from([1, MANY]))
def test_each_row_is_what_the_scalar_reads(data: st.DataObject, times: int) -> None:
    series = made(data.draw(declarations(accepting=data.draw(st.integers(0, 1)))))
    rows: list[Any] = data.draw(st.lists(a_text(series), min_size=1, max_size=8))
    forms = TEXT_FORMS
    if data.draw(st.booleans()):
        rows, forms = rows + data.draw(st.lists(st.sampled_from(JUNK), max_size=4)), FORMS
    form = data.draw(st.sampled_from(forms))
    asked = form(rows * times)
    kept = (
        [str(row) for row in asked[: len(rows)]] if form in TEXT_FORMS[2:] else rows
    )  # numpy ends a text at "\0"
    found = series.parse_many(asked)
    assert len(found) == len(rows) * times
    assert rows_of(series, found) == [told(series, row) for row in kept] * times


CLAIMS = NumberSeries(
    id="claim",
    pattern="MRKT-{YYYY}{MM}{seq:02}",
    reset="month",
    timezone="UTC",
    accepts=["MARKT-{YYYY}{MM}{seq:02}"],
)


@pytest.mark.parametrize("times", [1, MANY])
def test_claims_as_the_procedure_numbers_them(times: int) -> None:
    rows = [
        "MRKT-20110501",
        "MARKT-20110502",
        "MRKT-20111301",
        "MRKT-20110500",
        "MRKT-2011501",
        None,
        20110501,
    ]
    found = CLAIMS.parse_many(rows * times)
    assert found.seq.tolist() == [1, 2, -1, -1, -1, -1, -1] * times
    assert [None if place < 0 else found.reasons[place] for place in found.reason.tolist()] == [
        None, None, "number-date", "number-zero", "number-form", "number-missing", "number-text",
    ] * times  # fmt: skip
    assert found.spelling.tolist() == [0, 1, -1, -1, -1, -1, -1] * times
    assert (found.periods, found.period.tolist()[:3]) == (("2011-05",), [0, 0, -1])
    assert found["seq"] is found.seq
    assert found["DD"].tolist() == [-1] * 7 * times


def test_a_scope_of_any_length_is_read() -> None:
    series = NumberSeries(id="rma", pattern="{plant}-{YYYY}-{seq:03}", reset="year", timezone="UTC")
    plants = ["S1", "Suzhou", "ABCDEFGHI", "ABCDEFGHIJ", "Z" * 400]
    found = series.parse_many([f"{plant}-2026-007" for plant in plants] * MANY)
    assert found["plant"].tolist() == plants * MANY
    with pytest.raises(KeyError):
        found["line"]


def test_more_date_tokens_than_one_number_can_hold_are_read_one_by_one() -> None:
    pattern = "{YYYY}{MM}{DD}/{GGGG}{WW}/{FY}{Q}{YY}-{seq}"
    series = NumberSeries(id="long", pattern=pattern, reset="day", timezone="UTC")
    found = series.parse_many([series.format(date(2026, 3, 2), seq) for seq in range(1, MANY + 1)])
    assert (found.seq.tolist(), {*found["WW"].tolist()}) == ([*range(1, MANY + 1)], {10})


def test_no_rows_tell_nothing() -> None:
    nothing: list[Any] = [[], np.array([], "U5")]
    for none in nothing:
        found = CLAIMS.parse_many(none)
        assert (len(found), found.year.tolist(), found.periods) == (0, [], ())
    assert CLAIMS.parse_many(np.zeros(MANY, [("text", "U0")])["text"]).reason.tolist() == [0] * MANY


def test_masked_rows_are_missing() -> None:
    rows = np.ma.MaskedArray(np.array(["MRKT-20110501"] * MANY), mask=[False, True] * (MANY // 2))
    assert CLAIMS.parse_many(rows).seq.tolist() == [1, -1] * (MANY // 2)


@pytest.mark.parametrize(
    ("texts", "code"), [("MRKT-20110501", "column-kind"), (np.array([["MRKT-20110501"]]), "column-shape")]
)
def test_what_is_no_column_is_refused(texts: Any, code: str) -> None:  # noqa: ANN401  # no column
    with pytest.raises(ColumnError) as raised:
        CLAIMS.parse_many(texts)
    assert raised.value.code == code


def test_without_numpy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("qms_service.numbering.batch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(qms_service.numbering, "batch")
    with pytest.raises(MissingExtraError, match=r'pip install "qms-service\[analysis\]"'):
        CLAIMS.parse_many([])
