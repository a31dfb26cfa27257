"""Every sign on a plot has a font, or a warning says that it has none."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from qms_service.analysis.plots import MissingFontWarning
from qms_service.analysis.plots.fonts import write_legibly

from .drawing import HAS_CHINESE, drawn


def test_without_a_font_a_warning_names_the_signs_and_what_to_install() -> None:
    _, ax = plt.subplots()
    ax.set_title("Answer 答复")
    with pytest.warns(MissingFontWarning, match="has the signs 答复, .* fonts-noto-cjk"):
        write_legibly([ax], candidates=("No Such Font",))
    with pytest.warns(MissingFontWarning, match="没有 答复 这些字"):
        write_legibly([ax], candidates=(), lang="zh")


@pytest.mark.skipif(not HAS_CHINESE, reason="no font with Chinese is installed")
def test_the_font_of_a_text_stays_first_and_a_text_that_lacks_nothing_is_left_alone() -> None:
    _, ax = plt.subplots()
    title = ax.set_title("Answer 答复")
    label = ax.set_ylabel("cases → all")
    own = list(title.get_fontfamily())
    write_legibly([ax])
    assert title.get_fontfamily()[: len(own)] == own
    assert len(title.get_fontfamily()) == len(own) + 1
    assert label.get_fontfamily() == own
    assert drawn(ax)
