"""Pareto chart (帕累托图): bars from the most frequent value on, and on the same scale their cumulative share."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from qms_service.analysis.plots.canvas import BLUE, GREY, RED, axes_for, check_lang, percent, word
from qms_service.analysis.plots.fonts import write_legibly
from qms_service.analysis.plots.measured import measured_rows

_FIGURES: Final = ("count", "share", "cumulative")
_TOP: Final = 1.08  # of both axes, so that all rows are as high as 100 %


def plot_pareto(
    measured: object, *, label: str | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """The values of a column by how often they occur, with the share that the first ones make up together.

    Args:
        measured: What `pareto` gives; with `top=` only the first ones, whose shares are still of all.
        label: What people call the column; None: its name.
        ax: Axes to draw on; None: those of a new figure.
        lang: `"en"` or `"zh"`.

    Returns:
        The axes of the bars; the line stands on their twin, whose 100 % are as high as all rows together. A missing
        value has a grey bar of its own.

    Raises:
        UnknownNameError: The frame is no such result.
        ColumnError: It is no frame.

    Warns:
        MissingFontWarning: No installed font can show a value or the labels.

    >>> import pandas as pd
    >>> from qms_service.analysis import pareto
    >>> ax = plot_pareto(pareto(pd.DataFrame({"cause": ["drill", "etch", "drill", None]}), "cause"))
    >>> [text.get_text() for text in ax.get_xticklabels()]
    ['drill', 'etch', '(missing)']
    """
    check_lang(lang)
    rows = measured_rows(measured, "pareto", _FIGURES)
    column = next((name for row in rows[:1] for name in row if name not in _FIGURES), "")
    names = [word("missing", lang) if row[column] is None else str(row[column]) for row in rows]
    ax = axes_for(ax, width=max(9, 0.5 * len(rows)), height=4 + 0.04 * max(map(len, names), default=0))
    return draw_pareto(ax, rows, names, label or column, lang)


def draw_pareto(ax: Axes, rows: list[dict[str, Any]], names: list[str], label: str, lang: str) -> Axes:
    """Draws rows with a count, a share and a cumulative share; one that is grey has a value that is None."""
    _bars(ax, rows, names, lang)
    twin = _line(ax, rows, lang)
    ax.set_title(word("pareto", lang, column=label), parse_math=False)
    write_legibly((ax, twin), lang=lang)
    return ax


def _bars(ax: Axes, rows: list[dict[str, Any]], names: list[str], lang: str) -> None:
    colours = [GREY if None in row.values() else RED for row in rows]
    bars = ax.bar(range(len(rows)), [row["count"] for row in rows], color=colours, alpha=0.6)
    ax.set_xticks(range(len(rows)), names, rotation=30, ha="right", parse_math=False)
    ax.bar_label(bars, fontsize="small")
    ax.set_ylabel(word("cases", lang))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    if rows:
        ax.set_ylim(0, _TOP * rows[0]["count"] / rows[0]["share"])


def _line(ax: Axes, rows: list[dict[str, Any]], lang: str) -> Axes:
    twin = ax.twinx()
    shares = [row["cumulative"] for row in rows]
    twin.plot(range(len(rows)), shares, color=BLUE, marker="o")
    twin.set_ylim(0, _TOP)
    twin.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    twin.yaxis.set_major_formatter(PercentFormatter(1))
    twin.set_ylabel(word("cumulative", lang))
    if shares:
        twin.annotate(
            percent(shares[-1]), (len(rows) - 1, shares[-1]), xytext=(0, -14), textcoords="offset points",
            ha="center", fontsize="small",
        )  # fmt: skip
    return twin
