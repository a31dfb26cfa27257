"""What is on a plot: its bars as numbers, its texts, and whether it can be drawn without a warning."""

from __future__ import annotations

import warnings
from datetime import datetime
from io import BytesIO

import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from qms_service.analysis.plots.fonts import CHINESE

HAS_CHINESE = bool({font.name for font in font_manager.fontManager.ttflist} & set(CHINESE))


def bars(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def twin_of(ax: Axes) -> Axes:
    """The other axes at the same place."""
    (twin,) = (one for one in ax.get_figure().axes if one is not ax)  # type: ignore[union-attr]  # a drawn one has its figure
    return twin


def day(at: datetime) -> float:
    """An instant as a time axis counts it: days since 1970."""
    return at.timestamp() / 86400


def ends(line: Line2D) -> tuple[float, float]:
    """Where a line begins and ends on the time axis."""
    places = np.asarray(line.get_xdata(), float)
    return float(places[0]), float(places[-1])


def texts(ax: Axes) -> list[str]:
    found = [one.get_text() for one in ax.findobj(Text) if isinstance(one, Text)]
    return [text for text in found if text]


def drawn(ax: Axes) -> bytes:
    """The picture; a sign without a glyph is an error here."""
    picture = BytesIO()
    figure = ax.get_figure()
    assert figure is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(picture, format="png")  # type: ignore[union-attr]
    return picture.getvalue()
