"""On time (按时率图): the share of each month, above the number of cases that it rests on."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from qms_service.analysis.plots.canvas import BLUE, GREEN, ORANGE, RED, axes_for, check_lang, percent, word
from qms_service.analysis.plots.fonts import write_legibly
from qms_service.analysis.plots.measured import measured_rows
from qms_service.errors import unknown_name

_PARTS: Final = {"met": GREEN, "met_late": ORANGE, "overdue": RED}
_NEEDED: Final = ("clock", "month", *_PARTS, "decided", "rate")
_NAMES: Final = 9  # months whose names stand side by side
_SHARES: Final = 16  # and whose shares do


def plot_on_time(
    measured: object,
    *,
    clock: str | None = None,
    label: str | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """The share on time of each month as a line, above bars of the decided cases that it rests on.

    A month of few cases has a low bar, so that its share is seen to rest on few. A month in which nothing is
    decided is marked as unknown and has no point.

    Args:
        measured: What `on_time(..., by="month")` gives.
        clock: The clock to draw; None where the frame has only one.
        label: What people call it; None: its id.
        ax: Axes to draw on; None: those of a new figure.
        lang: `"en"` or `"zh"`.

    Returns:
        The axes of the bars; the line stands on their twin, `ax.figure.axes[-1]` of a new figure.

    Raises:
        UnknownNameError: The frame is no such result, has no such clock, or has several and none is named.
        ColumnError: It is no frame.

    Warns:
        MissingFontWarning: No installed font can show Chinese.

    >>> import pandas as pd
    >>> rates = pd.DataFrame({"clock": "answer", "month": ["2026-01", "2026-02"], "met": [2, 0], "met_late": [1, 0],
    ...                       "overdue": 0, "decided": [3, 0], "rate": [2 / 3, None]})
    >>> plot_on_time(rates).get_title()
    'On time: answer'
    """
    check_lang(lang)
    rows = measured_rows(measured, "on_time", _NEEDED)
    clock = _the_clock(rows, clock)
    mine = _every_month([row for row in rows if row["clock"] == clock and row["month"] is not None])
    ax = axes_for(ax, width=max(9, 0.3 * len(mine)))
    _bars(ax, mine, lang)
    twin = _line(ax, mine, lang)
    ax.set_title(word("on-time", lang, clock=label or clock), parse_math=False)
    write_legibly((ax, twin), lang=lang)
    return ax


def _the_clock(rows: list[dict[str, Any]], clock: str | None) -> str:
    clocks = tuple(dict.fromkeys(row["clock"] for row in rows))
    if clock is None and len(clocks) == 1:
        return str(clocks[0])
    if clock not in clocks:
        raise unknown_name("clock", clock, clocks)
    return str(clock)


def _every_month(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months from the first to the last, also those in which no clock started."""
    there = {row["month"]: row for row in rows}
    nothing = {**dict.fromkeys(_PARTS, 0), "decided": 0, "rate": None}
    if not there:
        return []
    year, month = (int(part) for part in min(there).split("-"))
    months: list[str] = []
    while not months or months[-1] != max(there):
        months.append(f"{year:04}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004  # December
    return [there.get(one, {"month": one, **nothing}) for one in months]


def _bars(ax: Axes, rows: list[dict[str, Any]], lang: str) -> None:
    places = range(len(rows))
    below = [0] * len(rows)
    for part, colour in _PARTS.items():
        heights = [row[part] for row in rows]
        ax.bar(places, heights, bottom=below, color=colour, alpha=0.45, label=word(f"part.{part}", lang))
        below = [low + height for low, height in zip(below, heights, strict=True)]
    ax.set_xticks(places, [row["month"] for row in rows], rotation=0 if len(rows) <= _NAMES else 90)
    ax.set_ylabel(word("cases", lang))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.set_ylim(0, max([1, *below]) * 1.25)  # room for the legend


def _line(ax: Axes, rows: list[dict[str, Any]], lang: str) -> Axes:
    twin = ax.twinx()
    rates = [float("nan") if row["rate"] is None else row["rate"] for row in rows]
    twin.plot(range(len(rows)), rates, color=BLUE, marker="o", label=word("rate", lang))
    twin.set_ylim(0, 1.25)
    twin.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    twin.yaxis.set_major_formatter(PercentFormatter(1))
    twin.set_ylabel(word("rate", lang))
    for place, row in enumerate(rows):
        rate = row["rate"]
        said = word("unknown", lang) if rate is None else percent(rate)
        twin.annotate(
            said, (place, rate or 0), xytext=(0, 6), textcoords="offset points", ha="center", rotation=0 if len(rows) <= _SHARES else 90,
            fontsize="small",
        )  # fmt: skip
    bars, names = ax.get_legend_handles_labels()
    lines, line_names = twin.get_legend_handles_labels()
    twin.legend(
        [*bars, *lines], [*names, *line_names], loc="upper center", ncols=4, fontsize="small", frameon=False
    )
    return twin
