"""Whatever series is taken: what it writes, it reads, and writes again."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from qms_service.errors import SeriesError
from qms_service.numbering import NumberSeries

from .oracle import SIGNS, WIDTHS, meanings, write

RESETS = ("never", "year", "fiscal-year", "quarter", "month", "week", "day")
ENOUGH: dict[
    str, list[tuple[str, ...]]
] = {  # tokens of which one set shows the period, so that many of the series are taken
    "never": [()],
    "year": [("YYYY",), ("YY",), ("FY", "MM")],
    "fiscal-year": [("FY",), ("YYYY", "MM")],
    "quarter": [("YYYY", "Q"), ("YY", "MM")],
    "month": [("YYYY", "MM"), ("YY", "MM"), ("FY", "MM")],
    "week": [("GGGG", "WW"), ("YYYY", "MM", "WW"), ("YY", "WW", "DD")],
    "day": [("YYYY", "MM", "DD"), ("GGGG", "WW", "DD")],
}
LITERALS = st.text(st.sampled_from("-/ A1年"), max_size=2)
SCOPES = st.text(st.sampled_from(SIGNS), min_size=1, max_size=3)


@st.composite
def declarations(draw: st.DrawFn, *, accepting: int) -> dict[str, Any]:
    reset = draw(st.sampled_from(RESETS))
    needed = draw(st.sampled_from(ENOUGH[reset]) | st.just(()))
    more = draw(st.lists(st.sampled_from([*WIDTHS, "plant", "line"]), max_size=2))
    serial = draw(st.sampled_from(["seq", "seq:01", "seq:02", "seq:04", "seq:018"]))
    tokens = draw(st.permutations([*dict.fromkeys([*needed, *more]), serial]))
    patterns = ["".join(draw(LITERALS) + f"{{{name}}}" for name in tokens) for _ in range(1 + accepting)]
    return {
        "id": "x",
        "pattern": patterns[0],
        "accepts": patterns[1:],
        "reset": reset,
        "timezone": "UTC",
        "overflow": draw(st.sampled_from(["error", "widen"])),
        "fiscal_year_start": draw(st.integers(1, 12)),
    }


def made(declaration: dict[str, Any]) -> NumberSeries:
    try:
        series = NumberSeries(**declaration)
    except SeriesError:
        event("refused")
        assume(False)  # noqa: FBT003  # the signature of hypothesis
        raise
    event("taken")
    return series


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_number_gives_back_what_it_was_made_of(data: st.DataObject) -> None:
    series = made(data.draw(declarations(accepting=0)))
    on = data.draw(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    slot = series.slot(on, scope := {name: data.draw(SCOPES) for name in _names(series)})
    seq = data.draw(st.integers(1, min(slot.last, 2000)) | st.integers(1, slot.last))
    text = series.format(on, seq, scope)
    assert text == write(series.pattern, on, seq, scope, series.fiscal_year_start)
    parts = series.parse(text)
    assert (parts.seq, parts.period, dict(parts.scope)) == (seq, series.period(on), scope)
    assert parts.number == text == series.format(parts.on, parts.seq, parts.scope)  # type: ignore[arg-type]
    shown = {"YYYY": parts.year, "YY": parts.year, "MM": parts.month, "DD": parts.day}
    day = {"YYYY": on.year, "YY": on.year, "MM": on.month, "DD": on.day}
    for name, value in shown.items():
        assert value == day[name] or f"{{{name}}}" not in series.pattern


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_number_in_an_accepted_spelling_is_the_same_number(data: st.DataObject) -> None:
    series = made(data.draw(declarations(accepting=1)))
    on = data.draw(st.dates(date(2000, 1, 1), date(2027, 12, 31)))
    scope = {name: data.draw(SCOPES) for name in _names(series)}
    seq = data.draw(st.integers(1, min(series.slot(on, scope).last, 2000)))
    text = write(series.accepts[0], on, seq, scope, series.fiscal_year_start)
    parts = series.parse(text)
    assert parts.number == series.format(on, seq, scope)
    assert (parts.seq, parts.period, dict(parts.scope)) == (seq, series.period(on), scope)
    patterns = (series.pattern, *series.accepts)
    widen = series.overflow == "widen"
    assert len(meanings(patterns, text, widen=widen, start=series.fiscal_year_start)) == 1


def _names(series: NumberSeries) -> list[str]:
    return [name for name in ("plant", "line") if f"{{{name}}}" in series.pattern]
