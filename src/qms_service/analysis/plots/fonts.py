"""Fonts (字体): every sign of a plot gets a font that has it, or a warning says that none does.

A plot that lacks the glyphs of a text draws a box for each; matplotlib's own font has no Chinese.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from qms_service.texts import render

CHINESE: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
    "SimHei", "DengXian", "SimSun", "Noto Sans CJK JP", "Noto Serif CJK SC", "Arial Unicode MS",
    "Droid Sans Fallback",
)  # fmt: skip
_FILES: Final = ("cjk", "wqy", "sourcehan", "notosanssc", "simhei", "msyh", "droidsansfallback")


class MissingFontWarning(UserWarning):
    """No installed font has the signs of a text, so a plot would show boxes in their place."""


def write_legibly(drawn: Iterable[Artist], candidates: Sequence[str] = CHINESE, lang: str = "en") -> None:
    """Gives every text of what was drawn a font for the signs that its own font lacks.

    The text's own fonts stay first, so that whoever has set one keeps it.

    Args:
        drawn: The axes.
        candidates: Families to try, the best first.
        lang: The language of the warning.

    Warns:
        MissingFontWarning: No candidate is installed that has the signs.
    """
    lacking: dict[str, None] = {}
    for text in (one for artist in drawn for one in artist.findobj(Text) if isinstance(one, Text)):
        signs = _lacking(text.get_text(), tuple(text.get_fontfamily()))
        if not signs:
            continue
        family = next((one for one in _installed(tuple(candidates)) if not _lacking(signs, (one,))), None)
        if family is None:
            lacking |= dict.fromkeys(signs)
        else:
            text.set_fontfamily([*text.get_fontfamily(), family])
    if lacking:
        said = render("plot.no-font", {"signs": "".join(lacking), "fonts": tuple(candidates[:3])}, lang)
        warnings.warn(said, MissingFontWarning, stacklevel=3)


def _lacking(text: str, families: tuple[str, ...]) -> str:
    """The signs of a text that none of the families has."""
    wanted = {sign for sign in text if not sign.isascii()}
    for family in families:
        wanted -= {sign for sign in wanted if _has(family, sign)}
        if not wanted:
            break
    return "".join(sign for sign in dict.fromkeys(text) if sign in wanted)


def _has(family: str, sign: str) -> bool:
    return ord(sign) in _signs(font_manager.findfont(FontProperties(family=[family])))


@lru_cache(maxsize=8)
def _signs(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


@lru_cache(maxsize=8)
def _installed(candidates: tuple[str, ...]) -> tuple[str, ...]:
    """The candidates that matplotlib knows; else those that were installed since it last looked."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    if not known.intersection(candidates):
        for path in font_manager.findSystemFonts():
            if any(word in path.lower().replace("-", "") for word in _FILES):
                font_manager.fontManager.addfont(path)
        known = {font.name for font in font_manager.fontManager.ttflist}
    return tuple(family for family in candidates if family in known)
