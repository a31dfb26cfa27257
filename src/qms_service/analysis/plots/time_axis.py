"""Time axis (时间轴): instants on the clock of a zone, in digits alone, the same in every language."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

from qms_service.analysis.plots.canvas import PALE
from qms_service.instants import utc

# for years, months, days, hours, minutes, seconds
_TICKS: Final = ["%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M", "%S.%f"]
_FIRST_TICKS: Final = ["", "%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M"]
_AT_THE_END: Final = ["", "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d %H:%M"]

_MARGIN: Final = 0.03
_WORDS: Final = 0.3  # of the width, for what is said behind the last bar
_DAYS: Final = 5  # from which on the marks are days


def place(at: datetime) -> float:
    """Where an instant stands on the axis."""
    return float(date2num(utc(at)))  # type: ignore[no-untyped-call]  # matplotlib types few of its dates


def tell_time(ax: Axes, zone: tzinfo) -> None:
    """Marks the axis with times on the clock of a zone, and names the zone."""
    ax.xaxis_date(tz=zone)
    ax.use_sticky_edges = False  # a bar would hold the axis at its end
    ax.margins(x=_MARGIN)
    first, last = ax.get_xlim()
    last += (last - first) * _WORDS
    ax.set_xlim(first, last)
    # hours at noon and midnight; days counted from the first, for a 31st and a 1st would stand side by side
    locator = AutoDateLocator(tz=zone, interval_multiples=last - first < _DAYS)  # type: ignore[no-untyped-call]  # the same
    formatter = ConciseDateFormatter(  # type: ignore[no-untyped-call]  # the same
        locator, tz=zone, formats=_TICKS, zero_formats=_FIRST_TICKS, offset_formats=_AT_THE_END
    )
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(formatter)
    ax.set_xlabel(str(zone))
    ax.grid(axis="x", color=PALE)
    ax.set_axisbelow(True)
