"""Tokens (记号): the parts of a number's pattern, `MRKT-{YYYY}{MM}{seq:02}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final, Literal

import attrs

TokenKind = Literal["text", "date", "seq", "scope"]
_PIECE: Final = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_SEQ: Final = re.compile(r"seq(?::0([1-9][0-9]?))?")
_SCOPE: Final = re.compile(r"[a-z][a-z0-9_]*")


def fiscal_year(on: date, start: int) -> int:
    """The year in which the fiscal year of a date starts; `start` is its first month."""
    return on.year if on.month >= start else on.year - 1


# What a date reads as under each token; the second argument is the first month of the fiscal year.
DATES: Final[Mapping[str, Callable[[date, int], str]]] = {
    "YYYY": lambda on, _: f"{on.year:04}",
    "YY": lambda on, _: f"{on.year % 100:02}",
    "MM": lambda on, _: f"{on.month:02}",
    "DD": lambda on, _: f"{on.day:02}",
    "Q": lambda on, _: str((on.month + 2) // 3),
    "GGGG": lambda on, _: f"{on.isocalendar().year:04}",
    "WW": lambda on, _: f"{on.isocalendar().week:02}",
    "FY": lambda on, start: f"{fiscal_year(on, start):04}",
}


@attrs.frozen
class Token:
    """One part of a pattern.

    Args:
        kind: `"text"` as it stands, `"date"` a part of the business date, `"seq"` the serial, `"scope"` a
            value that the caller gives.
        name: The text itself, or the token's name.
        width: How many digits a serial has at least; 0: as many as it needs.
    """

    kind: TokenKind
    name: str
    width: int = 0


def tokens(pattern: str) -> Iterator[Token | str]:
    """The parts of a pattern in order; a part that is none comes as its bare text."""
    for piece in _PIECE.finditer(pattern):
        inner, text, _ = piece.groups()
        if text is not None:
            yield Token("text", text)
        elif inner in DATES:
            yield Token("date", inner)
        elif inner is not None and (seq := _SEQ.fullmatch(inner)):
            yield Token("seq", "seq", int(seq[1] or 0))
        elif inner is not None and _SCOPE.fullmatch(inner):
            yield Token("scope", inner)
        else:
            yield piece[0]
