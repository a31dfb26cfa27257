"""A Pareto chart: bars from the most frequent value on, and what they make up together."""

from __future__ import annotations

import pandas as pd
import pytest

from qms_service.analysis import pareto, plot_pareto
from qms_service.errors import UnknownNameError

from .drawing import HAS_CHINESE, bars, drawn, twin_of

CAUSES = pd.DataFrame({"cause": ["drill", "etch", "drill", None, "drill"]})


def test_bars_are_the_counts_and_the_line_their_share_of_all() -> None:
    ax = plot_pareto(pareto(CAUSES, "cause"))
    assert [bar.get_height() for bar in bars(ax)] == [3, 1, 1]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["drill", "etch", "(missing)"]
    assert list(twin_of(ax).lines[0].get_ydata()) == [0.6, 0.8, 1]  # type: ignore[arg-type]
    assert ax.get_title() == "By frequency: cause"
    assert drawn(ax)


def test_the_line_starts_at_the_top_of_the_first_bar() -> None:
    ax = plot_pareto(pareto(CAUSES, "cause", top=2))
    assert ax.get_ylim()[1] / 5 == pytest.approx(twin_of(ax).get_ylim()[1])


def test_the_first_few_end_at_their_own_share() -> None:
    ax = plot_pareto(pareto(CAUSES, "cause", top=1))
    assert [note.get_text() for note in twin_of(ax).texts] == ["60 %"]


@pytest.mark.skipif(not HAS_CHINESE, reason="no font with Chinese is installed")
def test_values_in_chinese_have_their_glyphs_on_an_english_plot_too() -> None:
    assert drawn(plot_pareto(pareto(pd.DataFrame({"cause": ["钻孔偏移", "$x$"]}), "cause")))
    ax = plot_pareto(pareto(CAUSES, "cause"), label="原因", lang="zh")
    assert (ax.get_title(), ax.get_xticklabels()[2].get_text()) == ("按频次：原因", "（缺失）")
    assert drawn(ax)


def test_nothing_to_count_is_an_empty_plot() -> None:
    ax = plot_pareto(pareto(CAUSES.head(0), "cause"))
    assert bars(ax) == []
    assert drawn(ax)


def test_what_is_no_result_of_pareto_is_told() -> None:
    with pytest.raises(UnknownNameError, match="no column count: it is no result of pareto"):
        plot_pareto(CAUSES)
