"""Clock bar (时限条): one clock from its start to its due time, with its pauses, its stop and what is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from matplotlib.axes import Axes

from qms_service.analysis.plots.canvas import BLUE, GREEN, GREY, ORANGE, RED
from qms_service.analysis.plots.time_axis import place
from qms_service.deadlines import Deadline
from qms_service.texts import render, shown_duration

_COLOURS: Final = {
    "met": GREEN, "met_late": ORANGE, "overdue": RED, "running": BLUE, "paused": BLUE, "undecided": BLUE,
}  # fmt: skip
_STANDING: Final = ("pause", "reopened")
_HEIGHT: Final = 0.5


def draw_clock(ax: Axes, lane: int, deadline: Deadline, now: datetime, lang: str) -> None:
    """Draws a clock that has started.

    Args:
        ax: The axes.
        lane: Its height on them.
        deadline: The clock at the moment asked.
        now: That moment.
        lang: The language of its state.
    """
    colour = _COLOURS.get(deadline.state, GREY)
    due, stopped = deadline.due_at, deadline.stopped_at
    last = deadline.started_at or now
    if due is not None:
        _bar(ax, lane, last, due, color=colour, alpha=0.45)
        _pauses(ax, lane, deadline, colour)
        last = due
    if due is not None and deadline.late_by is not None:
        last = stopped or now
        ax.plot([place(due), place(last)], [lane, lane], color=RED, linewidth=3, solid_capstyle="butt")
    if stopped is not None:
        ax.plot([place(stopped)], [lane], marker="|", markersize=16, markeredgewidth=2.5, color=colour)
    ax.annotate(
        _said(deadline, lang), (place(last), lane), xytext=(6, 0), textcoords="offset points", va="center",
        fontsize="small",
    )  # fmt: skip


def _pauses(ax: Axes, lane: int, deadline: Deadline, colour: str) -> None:
    for segment in deadline.explain().segments:
        if segment.code in _STANDING:
            _bar(ax, lane, segment.start, segment.end, facecolor="white", edgecolor=colour, hatch="///")


def _bar(ax: Axes, lane: int, start: datetime, end: datetime, **look: object) -> None:
    ax.barh(lane, place(end) - place(start), left=place(start), height=_HEIGHT, **look)  # type: ignore[arg-type]  # colours and hatches


def _said(deadline: Deadline, lang: str) -> str:
    """The state, with the lateness to the minute where it is a minute or more."""
    state, late, minute = render(f"state.{deadline.state}", {}, lang), deadline.late_by, timedelta(minutes=1)
    if late is None:
        return state
    return f"{state} +{shown_duration(late - late % minute if late >= minute else late)}"
