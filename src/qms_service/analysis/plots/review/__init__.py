"""A management review in pictures (管理评审图): satisfaction, deadlines, defects, and month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from qms_service.analysis.plots.canvas import check_lang, word
from qms_service.analysis.plots.fonts import write_legibly
from qms_service.analysis.plots.review.clocks import draw_clocks
from qms_service.analysis.plots.review.defects import draw_defects
from qms_service.analysis.plots.review.months import draw_months
from qms_service.analysis.plots.review.surveys import draw_surveys

if TYPE_CHECKING:
    from qms_service.management import ManagementReview


def plot_management_review(review: ManagementReview, *, lang: str = "en") -> Figure:
    """A management review on one sheet, a figure of four plots.

    - the score of each survey with its interval, and the number of answers below it;
    - the decided deadlines of each clock, with the share on time and its base;
    - the defects complained of, by frequency;
    - what was received month by month, and what was settled.

    Where there is nothing to draw, the plot says so.

    Args:
        review: What `management_review` gives.
        lang: `"en"` or `"zh"`.

    Returns:
        The figure; `figure.axes` are its plots, `figure.savefig("review.png")` keeps it.

    Raises:
        UnknownNameError: No plot speaks that language.

    Warns:
        MissingFontWarning: No installed font can show a value or the labels.

    >>> import pendulum, qms_service as qms
    >>> january = pendulum.datetime(2026, 1, 1, tz="Asia/Shanghai")
    >>> april = january.add(months=3)
    >>> review = qms.management_review(qms.load_rulebook("pcb-maker"), [], start=january, end=april, now=april)
    >>> [ax.get_title() for ax in plot_management_review(review).axes]
    ['Satisfaction', 'Deadlines kept', 'By frequency: defect', 'Month by month']
    """
    check_lang(lang)
    figure, places = plt.subplots(2, 2, figsize=(13, 9), layout="constrained")
    draw_surveys(places[0][0], review, lang)
    draw_clocks(places[0][1], review, lang)
    draw_defects(places[1][0], review, lang)
    draw_months(places[1][1], review, lang)
    span = (f"{at:%Y-%m-%d}" for at in (review.period.start, review.period.end.subtract(microseconds=1)))
    figure.suptitle(word("review", lang, rulebook=review.rulebook, span=" – ".join(span)), parse_math=False)
    write_legibly((figure,), lang=lang)
    return figure
