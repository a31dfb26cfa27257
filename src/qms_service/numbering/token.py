"""Tokens (记号): the parts of a number's pattern, `MRKT-{YYYY}{MM}{seq:02}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import attrs

from qms_service.numbering.dates import DATES

TokenKind = Literal["text", "date", "seq", "scope"]
WIDEST: Final = 18  # digits of a serial: what a 64-bit column holds whole
HIGHEST: Final = 10**WIDEST - 1
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS: Final = "0123456789"  # of all characters that are digits somewhere, these ten
SCOPE_VALUE: Final = re.compile("[A-Za-z0-9]+")
_PIECE: Final = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_SEQ: Final = re.compile("seq(?::0([0-9]{1,4}))?")
_SCOPE: Final = re.compile("[a-z][a-z0-9_]*")


@attrs.frozen
class Token:
    """One part of a pattern.

    Args:
        kind: `"text"` as it stands, `"date"` a part of the business date, `"seq"` the serial, `"scope"` a
            value that the caller gives.
        name: The text itself, or the token's name.
        width: How many digits a date part has, and a serial at least; 0: as many as it needs.
    """

    kind: TokenKind
    name: str
    width: int = 0


def tokens(pattern: str) -> Iterator[Token | str]:
    """The parts of a pattern in order; a part that is none comes as its bare text.

    >>> [str(part) if isinstance(part, str) else part.name for part in tokens("C-{YYYY}{mm}{seq:02}")]
    ['C-', 'YYYY', '{mm}', 'seq']
    """
    for piece in _PIECE.finditer(pattern):
        inner, text, _ = piece.groups()
        yield Token("text", text) if text is not None else _token(inner) or piece[0]


def _token(inner: str | None) -> Token | None:
    if inner is None:
        return None
    if inner in DATES:
        return Token("date", inner, DATES[inner].width)
    if serial := _SEQ.fullmatch(inner):
        width = int(serial[1] or 0)
        return Token("seq", "seq", width) if width or serial[1] is None else None
    return Token("scope", inner) if _SCOPE.fullmatch(inner) and inner.upper() not in DATES else None
