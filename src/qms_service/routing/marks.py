"""Marks (符号): characters with a meaning in a cell, their quotes, their full-width look-alikes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from qms_service.routing.fault import Unreadable

RESERVED: Final = frozenset(',|()[]"')
SIGNS: Final = ("<", ">", "=", "!")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
_EVERYWHERE: Final = {
    "｜": "|", "，": ",", "、": ",", "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]",
    "＜": "<", "＞": ">", "＝": "=", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=", "≠": "not(…)",
    "“": '"', "”": '"', "＂": '"', "→": "->",
}  # fmt: skip
_DASHES: Final = {"－": "-", "—": "-", "–": "-", "−": "-"}
_IN_NUMBERS: Final = _DASHES | {"…": "..", "‥": "..", "～": "..", "。": "."}


def quoted(text: str) -> str:
    """The text as a cell states it: between double quotes where it could be misread without.

    >>> quoted("open circuit"), quoted("open, short"), quoted("-"), quoted('5" pipe')
    ('open circuit', '"open, short"', '"-"', '"5"" pipe"')
    """
    plain = (
        text == text.strip()
        and text.strip("-:") != ""
        and RESERVED.isdisjoint(text)
        and not text.startswith(SIGNS)
        and wide_mark(text) is None
    )
    return text if plain else '"' + text.replace('"', '""') + '"'


def has_line_break(text: str) -> bool:
    """Whether a text does not stand on one line, as a grid needs it."""
    return "\n" in text or "\r" in text


def is_title(text: object) -> bool:
    """Whether something can name a rule or a column: a text on one line, no blanks at its ends."""
    return isinstance(text, str) and text == text.strip() != "" and not has_line_break(text)


def unquoted(text: str) -> str | None:
    """The text between double quotes, or None where it does not stand in them."""
    found = _QUOTED.fullmatch(text)
    return found[1].replace('""', '"') if found else None


def outside_quotes(text: str) -> str:
    """The text with everything between double quotes blanked out, its length kept.

    Raises:
        Unreadable: The quotes do not pair.
    """
    if text.count('"') % 2:
        raise Unreadable("quotes", got=repr(text))
    return re.sub(r'"[^"]*"', lambda found: "_" * len(found[0]), text)


def split(text: str, at: str) -> list[str]:
    """The parts between the separators that stand outside quotes.

    >>> split('a, "b, c"', ",")
    ['a', '"b, c"']
    """
    bare = outside_quotes(text)
    ends = [place for place, char in enumerate(bare) if char == at]
    starts = [0, *(place + 1 for place in ends)]
    return [text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True)]


def refuse_wide(text: str, *, ordered: bool = False) -> None:
    """Refuse a full-width look-alike outside quotes, with the character to type.

    Args:
        text: A cell.
        ordered: Whether the cell is of numbers or days, where full-width digits are slips too.

    Raises:
        Unreadable: There is one.
    """
    found = wide_mark(outside_quotes(text), ordered=ordered)
    if found:
        raise Unreadable("full-width", got=found[0], typed=found[1])


def wide_mark(bare: str, *, ordered: bool = False) -> tuple[str, str] | None:
    """The first full-width look-alike, with what to type in its place.

    >>> wide_mark("operation，process")
    ('，', ',')
    """
    if bare.strip() in _DASHES:
        return bare.strip(), "-"
    for char in bare:
        typed = _EVERYWHERE.get(char) or (_plain(char) if ordered else None)
        if typed:
            return char, typed
    return None


def _plain(char: str) -> str | None:
    if char.isascii():
        return None
    folded = _IN_NUMBERS.get(char) or unicodedata.normalize("NFKC", char)
    return folded if folded.isascii() else None
