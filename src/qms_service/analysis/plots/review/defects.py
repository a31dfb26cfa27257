"""Defects of a review (不良项目帕累托图): what complaints were about, by frequency."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from matplotlib.axes import Axes

from qms_service.analysis.plots.canvas import nothing_to_draw, short, word
from qms_service.analysis.plots.pareto import draw_pareto

if TYPE_CHECKING:
    from qms_service.management import ManagementReview

_LONGEST: Final = 24  # letters of a name


def draw_defects(ax: Axes, review: ManagementReview, lang: str) -> None:
    """The first defects and what is left, with the share that they make up together."""
    ranking = next((one for one in review.complaints.rankings if one.of == "defect"), None)
    label = word("defect", lang)
    if ranking is None or not ranking.base:
        ax.set_title(word("pareto", lang, column=label))
        nothing_to_draw(ax, lang)
        return
    counted: list[tuple[str | None, str, int]] = [
        (value, short(value, _LONGEST), number) for value, number in ranking.top
    ]
    counted.append(("", word("others", lang), ranking.others))
    counted.append((None, word("missing", lang), ranking.missing))
    counted = [one for one in counted if one[2]]
    shares = [number / ranking.base for _, _, number in counted]
    rows = [
        {"defect": value, "count": number, "share": share, "cumulative": min(1.0, up_to)}
        for (value, _, number), share, up_to in zip(counted, shares, accumulate(shares), strict=True)
    ]
    draw_pareto(ax, rows, [name for _, name, _ in counted], label, lang)
    highest = max(number for _, _, number in counted)
    # As high as the line: others may be more than the first.
    ax.set_ylim(0, max(ranking.base, highest) * 1.08)
