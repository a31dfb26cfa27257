"""Satisfaction over the surveys (历次满意度): each score with its interval and the answers that it rests on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from matplotlib.axes import Axes

from qms_service.analysis.plots.canvas import BLUE, GREY, PALE, nothing_to_draw, short, word
from qms_service.satisfaction.figures import rounded

if TYPE_CHECKING:
    from qms_service.management import ManagementReview
    from qms_service.satisfaction import Estimate

_ACROSS: Final = 48  # letters that stand beside each other below the plot
_SHORTEST: Final = 8


def draw_surveys(ax: Axes, review: ManagementReview, lang: str) -> None:
    """A point for each survey, a bar for its interval; nothing stands where nobody answered."""
    ax.set_title(word("satisfaction", lang))
    scores = [(place, one.score) for place, one in enumerate(review.satisfaction)]
    known = [(place, score) for place, score in scores if score.value is not None]
    if not known:
        nothing_to_draw(ax, lang)
        return
    for place, score in known:
        _interval(ax, place, score)
    ax.plot([place for place, _ in known], [_y(score) for _, score in known], color=BLUE, marker="o")
    for place, score in known:
        said = f"{rounded(score.value or Fraction(0)):f}"
        ax.annotate(said, (place, _y(score)), xytext=(8, 0), textcoords="offset points", va="center")
    longest = max(_ACROSS // len(scores), _SHORTEST)
    names = [
        f"{short(one.label.text(lang) if one.label else one.id, longest)}\n{_base(one.score)}"
        for one in review.satisfaction
    ]
    ax.set_xticks(range(len(names)), names, parse_math=False)
    ax.set_xlim(-0.5, len(names) - 0.5)
    bounds = known[-1][1].bounds
    ax.set_ylim(float(bounds.low), float(bounds.high) * 1.04)
    ax.set_ylabel(word("score", lang))
    ax.grid(axis="y", color=PALE)


def _interval(ax: Axes, place: int, score: Estimate) -> None:
    if score.interval is not None:
        low, high = (float(end) for end in score.interval)
        ax.plot([place, place], [low, high], color=GREY, linewidth=6, alpha=0.5, solid_capstyle="butt")


def _y(score: Estimate) -> float:
    return float(score.value or 0)


def _base(score: Estimate) -> str:
    return f"n = {score.n}" if score.population is None else f"n = {score.n} / {score.population}"
