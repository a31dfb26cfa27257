"""Deadlines of a review (时限达成图): the decided ones of each clock as a bar, with the share on time and its base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.axes import Axes

from qms_service.analysis.plots.canvas import GREEN, ORANGE, RED, nothing_to_draw, percent, word

if TYPE_CHECKING:
    from qms_service.management import ClockFigures, ManagementReview

_PARTS: Final = {"met": GREEN, "met_late": ORANGE, "overdue": RED}


def draw_clocks(ax: Axes, review: ManagementReview, lang: str) -> None:
    """A bar for each clock with something decided; its parts are shares of the decided ones."""
    ax.set_title(word("deadlines", lang))
    clocks = [clock for clock in review.clocks if clock.decided]
    if not clocks:
        nothing_to_draw(ax, lang)
        return
    lanes = range(len(clocks))
    left = [0.0] * len(clocks)
    for part, colour in _PARTS.items():
        widths = [clock[part] / clock.decided for clock in clocks]
        ax.barh(lanes, widths, left=left, color=colour, alpha=0.6, label=word(f"part.{part}", lang))
        left = [begin + width for begin, width in zip(left, widths, strict=True)]
    for lane, clock in enumerate(clocks):
        ax.annotate(
            _said(clock), (1, lane), xytext=(4, 0), textcoords="offset points", va="center", fontsize="small"
        )
    ax.set_yticks(lanes, [clock.label.text(lang) for clock in clocks], parse_math=False)
    ax.set_ylim(len(clocks) - 0.4, -1.2)  # the first on top, below the legend
    ax.set_xlim(0, 1.3)
    ax.set_xticks([])
    ax.legend(loc="upper left", ncols=3, fontsize="small", frameon=False)


def _said(clock: ClockFigures) -> str:
    return f"{percent(clock['met'] / clock.decided)} ({clock['met']}/{clock.decided})"
