"""A measure as a table to read: shares in percent, and what nobody can know by its word."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from tests.shown_html import read_html

from qms_service.analysis import measure_html, on_time, pareto, time_to_step
from qms_service.errors import ColumnError

from .frames import KINDS, Row, as_pandas, at

NASTY = "<script>alert(1)</script>"


def rows() -> list[Row]:
    met = {
        "clock": "answer",
        "state": "met",
        "started_at": at(1, 5),
        "due_at": at(1, 7),
        "original_due_at": at(1, 7),
    }
    return [
        met | {"net": timedelta(hours=3, microseconds=600_000)},
        met | {"state": "overdue"},
        met | {"state": "overdue"},
        met | {"state": "running", "clock": "visit"},
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_rate_is_in_percent_and_one_without_a_denominator_unknown(kind: str) -> None:
    shown = read_html(measure_html(on_time(KINDS[kind](rows())), caption="On time"))
    assert shown.captions == ["On time"]
    assert shown.tables == [
        [
            [
                "clock",
                "month",
                "met",
                "met late",
                "overdue",
                "decided",
                "open",
                "in no rate",
                "unknown",
                "share",
            ],
            ["answer", "2026-01", "1", "0", "2", "3", "0", "0", "0", "33.3 %"],
            ["visit", "2026-01", "0", "0", "0", "0", "1", "0", "0", "unknown"],
        ]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_in_chinese_with_the_names_of_clocks_and_durations_to_the_second(kind: str) -> None:
    measured = time_to_step(KINDS[kind](rows()), percentiles=[50])
    shown = read_html(measure_html(measured, "zh", labels={"answer": "答复客户"}))
    assert shown.langs == ["zh"]
    assert shown.tables == [
        [
            ["时限", "已完成", "未完成", "中位数"],
            ["答复客户", "1", "2", "3:00:01 h"],
            ["visit", "0", "1", "未知"],
        ]
    ]


def test_a_missing_value_is_no_unknown_figure_and_a_script_stays_a_text() -> None:
    measured = pareto(pd.DataFrame({"cause": [NASTY, NASTY, None]}), "cause")
    shown = read_html(measure_html(measured))
    assert "script" not in shown.tags
    assert [row[0] for row in shown.tables[0]] == ["cause", NASTY, "(missing)"]


def test_a_number_without_a_share_is_shown_as_it_is() -> None:
    shown = read_html(measure_html(as_pandas([]).assign(line=[])))
    assert shown.tables[0][0][-1] == "line"
    with pytest.raises(ColumnError):
        measure_html([1])
