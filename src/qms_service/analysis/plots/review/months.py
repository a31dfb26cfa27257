"""Months of a review (逐月件数图): what was received and settled, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from qms_service.analysis.plots.canvas import BLUE, GREY, ORANGE, RED, nothing_to_draw, word

if TYPE_CHECKING:
    from qms_service.management import ManagementReview

_COLOURS: Final = {"complaint": RED, "return": ORANGE, "claim": BLUE}
_TICK: Final[dict[str, Any]] = {
    "linestyle": "", "marker": "_", "markersize": 9, "markeredgewidth": 2.5, "color": "black",
}  # fmt: skip
_NAMES: Final = 9  # months whose names stand side by side
_ROOM: Final = 0.8  # of a month's place, for its bars


def draw_months(ax: Axes, review: ManagementReview, lang: str) -> None:
    """Bars of what was received, a bar for each kind; a tick where as many were settled."""
    ax.set_title(word("months", lang))
    flows = [flow for flow in review.flows if flow.kind in _COLOURS and flow.base]
    if not flows:
        nothing_to_draw(ax, lang)
        return
    width = _ROOM / len(flows)
    for place, flow in enumerate(flows):
        xs = [month + (place + 0.5) * width - _ROOM / 2 for month in range(len(flow.months))]
        received = [month.received for month in flow.months]
        ax.bar(xs, received, width, color=_COLOURS[flow.kind], alpha=0.6, label=flow.label.text(lang))
        settled = [(x, month.settled) for x, month in zip(xs, flow.months, strict=True) if month.settled]
        ax.plot([x for x, _ in settled], [number for _, number in settled], **_TICK)
    ax.plot([], [], label=word("settled", lang), **_TICK)
    names = [month.name for month in flows[0].months]
    ax.set_xticks(range(len(names)), names, rotation=0 if len(names) <= _NAMES else 90)
    ax.set_ylabel(word("cases", lang))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.grid(axis="y", color=GREY, alpha=0.2)
    ax.legend(fontsize="small")
