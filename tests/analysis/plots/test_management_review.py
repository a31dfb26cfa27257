"""A management review on one sheet: four plots whose figures are those of the review."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from tests.management.story import CASES, complaint, review_of
from tests.management.test_surveys_and_duties import LAST, THIS

import qms_service as qms
from qms_service.errors import UnknownNameError
from qms_service.satisfaction import Estimate

from .drawing import HAS_CHINESE, bars, drawn, texts

YEAR = review_of(surveys=[LAST, THIS])


def heights(line: Line2D) -> list[float]:
    return [float(y) for y in np.asarray(line.get_ydata(), float)]


def panels(figure: Figure) -> tuple[Axes, ...]:
    """Satisfaction, deadlines, defects, months; the twin of the defects stands behind."""
    return tuple(figure.axes[:4])


def test_satisfaction_is_a_point_with_its_interval_and_its_base() -> None:
    surveys, *_ = panels(qms.analysis.plot_management_review(YEAR))
    line = surveys.lines[-1]
    assert [round(y, 1) for y in heights(line)] == [83.3, 60.0]
    assert [label.get_text() for label in surveys.get_xticklabels()] == ["2025\nn = 6 / 6", "2026\nn = 5 / 6"]
    assert [note.get_text() for note in surveys.texts] == ["83.3", "60.0"]
    low, high = THIS.score.interval or (0, 0)
    assert heights(surveys.lines[1]) == [float(low), float(high)]


def test_each_clock_has_the_parts_of_what_is_decided_and_its_base() -> None:
    _, clocks, *_ = panels(qms.analysis.plot_management_review(YEAR))
    assert [note.get_text() for note in clocks.texts] == [
        "60 % (3/5)",
        "0 % (0/2)",
        "0 % (0/1)",
        "50 % (1/2)",
    ]
    assert [round(bar.get_width(), 2) for bar in bars(clocks)[::4]] == [0.6, 0.2, 0.2]  # of the first clock


def test_defects_are_a_pareto_chart_of_the_ranking() -> None:
    _, _, defects, _ = panels(qms.analysis.plot_management_review(YEAR))
    assert [bar.get_height() for bar in bars(defects)] == [3, 1, 1]
    assert [label.get_text() for label in defects.get_xticklabels()] == ["open circuit", "short", "(missing)"]
    few = panels(qms.analysis.plot_management_review(review_of(top=1)))[2]
    assert [label.get_text() for label in few.get_xticklabels()] == ["open circuit", "others", "(missing)"]


def test_a_defect_told_in_a_sentence_and_a_long_name_leave_room_for_the_plots() -> None:
    told = complaint("C-1", "2026-02-01", "ACME", "solder mask blisters\nnear the connector J14 after reflow")
    review = review_of([told], surveys={f"survey of the customers in {year}": LAST for year in (2025, 2026)})
    surveys, _, defects, _ = panels(qms.analysis.plot_management_review(review))
    drawn(defects)
    assert [label.get_text() for label in defects.get_xticklabels()] == ["solder mask blisters ne…"]
    assert surveys.get_xticklabels()[0].get_text() == "survey of the customers…\nn = 6 / 6"
    assert min(ax.get_position().height for ax in (surveys, defects)) > 0.3  # of the sheet


def test_months_are_bars_of_what_was_received_and_ticks_of_what_was_settled() -> None:
    months = panels(qms.analysis.plot_management_review(YEAR))[3]
    assert sum(bar.get_height() for bar in bars(months)) == 5 + 3 + 4
    assert sum(sum(heights(line)) for line in months.lines) == 4 + 1 + 2
    assert len(months.get_xticklabels()) == 12
    short = review_of(CASES[3:4], end=YEAR.period.start.add(months=4))
    assert panels(qms.analysis.plot_management_review(short))[3].get_xticklabels()[0].get_rotation() == 0


def test_where_there_is_nothing_the_plot_says_so() -> None:
    figure = qms.analysis.plot_management_review(review_of([]))
    assert ["nothing to draw" in texts(ax) for ax in figure.axes] == [True] * 4
    nobody = Estimate(value=None, n=0, population=3)
    once = qms.analysis.plot_management_review(
        review_of([], surveys={"2025": Estimate(value=None, n=0), "2026": nobody})
    )
    assert "nothing to draw" in texts(once.axes[0])


def test_a_survey_without_an_interval_or_a_base_is_a_point() -> None:
    plain = review_of([], surveys={"2026": Estimate(value=THIS.score.value, n=5)})
    surveys = qms.analysis.plot_management_review(plain).axes[0]
    assert len(surveys.lines) == 1
    assert [label.get_text() for label in surveys.get_xticklabels()] == ["2026\nn = 5"]


@pytest.mark.skipif(not HAS_CHINESE, reason="no font with Chinese is installed")
def test_the_sheet_speaks_chinese() -> None:
    figure = qms.analysis.plot_management_review(YEAR, lang="zh")
    assert [ax.get_title() for ax in panels(figure)] == [
        "客户满意度",
        "时限达成",
        "按频次：不良项目",
        "逐月件数",
    ]
    assert drawn(figure.axes[0])


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        qms.analysis.plot_management_review(YEAR, lang="fr")
