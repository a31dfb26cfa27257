"""Canvas (画布): axes to draw on, one's own or new ones, and the words on them."""

from __future__ import annotations

from typing import Final

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from qms_service.errors import ColumnError, unknown_name
from qms_service.markup import printable
from qms_service.texts import SHIPPED, render

# Colours that people tell apart who do not see red and green (Okabe and Ito).
GREEN: Final = "#009E73"
ORANGE: Final = "#E69F00"
RED: Final = "#D55E00"
BLUE: Final = "#0072B2"
GREY: Final = "#999999"
PALE: Final = "#DDDDDD"


def axes_for(ax: Axes | None, width: float = 9, height: float = 4) -> Axes:
    """The caller's axes, or those of a new figure of so many inches.

    Raises:
        ColumnError: It is neither None nor axes.
    """
    if ax is None:
        return plt.subplots(figsize=(width, height), layout="constrained")[1]
    if not isinstance(ax, Axes):
        raise ColumnError("plot-axes", got=type(ax).__name__)
    return ax


def check_lang(lang: str) -> None:
    """Raises `UnknownNameError` for a language in which no plot speaks."""
    if lang not in SHIPPED:
        raise unknown_name("language", lang, SHIPPED)


def word(code: str, lang: str, **operands: object) -> str:
    """A text of a plot."""
    return render(f"plot.{code}", operands, lang)


def short(name: str, longest: int) -> str:
    """A name for a label: what a case says may be a sentence, which leaves no room for the plot.

    >>> short("solder mask blisters near J14", 12), short(" open  circuit", 12)
    ('solder mask…', 'open circuit')
    """
    line = printable(" ".join(name.split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def percent(share: float) -> str:
    """A share from 0 to 1 for a label.

    >>> percent(2 / 3)
    '67 %'
    """
    return f"{100 * share:.0f} %"


def nothing_to_draw(ax: Axes, lang: str) -> None:
    """Says on the axes that there is nothing to draw."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.annotate(word("nothing", lang), (0.5, 0.5), xycoords="axes fraction", ha="center", color="#666666")
