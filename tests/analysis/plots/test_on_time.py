"""On time by month: a line for the share above bars for the cases that it rests on."""

from __future__ import annotations

import math
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from qms_service.analysis import plot_on_time
from qms_service.errors import ColumnError, UnknownNameError

from .drawing import HAS_CHINESE, bars, drawn, texts, twin_of

MEASURED: dict[str, Any] = {
    "clock": ["answer"] * 4 + ["visit"],
    "month": ["2025-11", "2025-12", "2026-02", None, "2026-01"],
    "met": [3, 0, 1, 0, 1],
    "met_late": [1, 0, 1, 0, 0],
    "overdue": [0, 0, 1, 0, 0],
    "decided": [4, 0, 3, 0, 1],
    "rate": [0.75, None, 1 / 3, None, 1],
}
FRAMES: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}


@pytest.mark.parametrize("kind", FRAMES)
def test_bars_are_the_decided_cases_and_the_line_is_their_share(kind: str) -> None:
    ax = plot_on_time(FRAMES[kind](MEASURED), clock="answer")
    months = [text.get_text() for text in ax.get_xticklabels()]
    assert months == ["2025-11", "2025-12", "2026-01", "2026-02"]  # a month without a case is there too
    met, late, overdue = (bars(ax)[first : first + 4] for first in (0, 4, 8))
    assert [bar.get_height() for bar in met] == [3, 0, 0, 1]
    assert [(bar.get_y(), bar.get_height()) for bar in late] == [(3, 1), (0, 0), (0, 0), (1, 1)]
    assert [(bar.get_y(), bar.get_height()) for bar in overdue] == [(4, 0), (0, 0), (0, 0), (2, 1)]
    (line,) = twin_of(ax).lines
    shares = np.asarray(line.get_ydata(), float)
    assert (shares[0], shares[3]) == (0.75, 1 / 3)
    assert math.isnan(shares[1])
    assert math.isnan(shares[2])


def test_what_nobody_can_know_says_so_and_the_others_their_share() -> None:
    ax = plot_on_time(pd.DataFrame(MEASURED), clock="answer")
    said = [note.get_text() for note in twin_of(ax).texts]
    assert said == ["75 %", "unknown", "unknown", "33 %"]
    assert texts(twin_of(ax)).count("met late") == 1
    assert drawn(ax)


@pytest.mark.skipif(not HAS_CHINESE, reason="no font with Chinese is installed")
def test_the_labels_in_chinese_have_their_glyphs() -> None:
    ax = plot_on_time(pd.DataFrame(MEASURED), clock="answer", label="答复客户", lang="zh")
    assert ax.get_title() == "按时率：答复客户"
    assert ax.get_ylabel() == "件数"
    assert [note.get_text() for note in twin_of(ax).texts][1] == "未知"
    assert drawn(ax)


def test_it_draws_on_one_s_own_axes_and_gives_them_back() -> None:
    _, ax = plt.subplots()
    assert plot_on_time(pd.DataFrame(MEASURED), clock="visit", ax=ax) is ax


def test_the_only_clock_need_not_be_named() -> None:
    only = pd.DataFrame(MEASURED).query("clock == 'visit'")
    assert plot_on_time(only).get_title() == "On time: visit"
    with pytest.raises(UnknownNameError, match="Known: answer, visit"):
        plot_on_time(pd.DataFrame(MEASURED))


def test_many_months_have_their_labels_turned() -> None:
    months = [f"2025-{month:02}" for month in range(1, 13)]
    frame = pd.DataFrame(
        {"clock": "a", "month": months, "met": 1, "met_late": 0, "overdue": 0, "decided": 1, "rate": 1.0}
    )
    assert {label.get_rotation() for label in plot_on_time(frame).get_xticklabels()} == {90}


def test_a_clock_of_which_no_month_is_known_is_an_empty_plot() -> None:
    frame = pd.DataFrame(
        {
            "clock": ["a"],
            "month": pd.Series([None], dtype="str"),
            "met": 0,
            "met_late": 0,
            "overdue": 0,
            "decided": 0,
            "rate": np.nan,
        }
    )
    ax = plot_on_time(frame)
    assert bars(ax) == []
    assert drawn(ax)


def test_a_name_with_dollars_is_no_formula() -> None:
    ax = plot_on_time(pd.DataFrame(MEASURED), clock="visit", label="$x^2$ <b>")
    assert not ax.title.get_parse_math()
    assert drawn(ax)


def test_bad_input_is_named() -> None:
    frame = pd.DataFrame(MEASURED)
    with pytest.raises(UnknownNameError, match="no column month: it is no result of on_time"):
        plot_on_time(frame.drop(columns="month"))
    with pytest.raises(UnknownNameError, match="Unknown clock repair"):
        plot_on_time(frame, clock="repair")
    with pytest.raises(UnknownNameError, match="Unknown language de"):
        plot_on_time(frame, clock="answer", lang="de")
    bad: Any = "axes"
    with pytest.raises(ColumnError, match=r"plt\.gca"):
        plot_on_time(frame, clock="answer", ax=bad)
    with pytest.raises(ColumnError):
        plot_on_time([1])
