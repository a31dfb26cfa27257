"""Reads a pattern into a spelling, or tells everything that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from qms_service.errors import nearest
from qms_service.numbering.dates import DATES
from qms_service.numbering.fault import SeriesFault
from qms_service.numbering.spelling import Spelling
from qms_service.numbering.token import WIDEST, Token, tokens

_KNOWN: Final = (*(f"{{{name}}}" for name in DATES), "{seq}", "{seq:02}")
_LOWER: Final = {name.lower(): name for name in _KNOWN}  # a token is often right but for its capitals
# What a number's parts are called; a scope of that name would hide behind them.
RESERVED: Final = ("year", "month", "day", "period", "scope", "spelling", "number", "on")


def read_spelling(text: object, *, widen: bool) -> Spelling | tuple[SeriesFault, ...]:
    """The spelling that a pattern writes, or its faults."""
    if not isinstance(text, str) or not text.isprintable():
        return (SeriesFault("pattern-text", {"got": repr(text)}),)
    parts = tuple(tokens(text))
    faults = tuple(_faults(text, parts))
    return faults or Spelling(text, tuple(part for part in parts if isinstance(part, Token)), widen)


def _faults(pattern: str, parts: tuple[Token | str, ...]) -> Iterator[SeriesFault]:
    for part in parts:
        if isinstance(part, str):
            yield _unreadable(pattern, part)
        elif part.kind == "seq" and part.width > WIDEST:
            yield SeriesFault("serial-width", {"pattern": pattern, "got": part.width, "allowed": WIDEST})
        elif part.kind == "scope" and part.name in RESERVED:
            yield SeriesFault("scope-name", {"pattern": pattern, "got": part.name, "allowed": RESERVED})
    counts = Counter((part.kind, part.name) for part in parts if isinstance(part, Token))
    serials = counts["seq", "seq"]
    if serials != 1 and not any(_hides_a_serial(part) for part in parts):
        yield SeriesFault("serials" if serials else "no-serial", {"pattern": pattern, "count": serials})
    for (kind, name), count in counts.items():
        if kind == "scope" and count > 1:
            yield SeriesFault("scope-twice", {"pattern": pattern, "got": name})


def _hides_a_serial(part: Token | str) -> bool:
    """Whether a part that cannot be read may be meant as the serial."""
    return isinstance(part, str) and (len(part) == 1 or "seq" in part)


def _unreadable(pattern: str, part: str) -> SeriesFault:
    if len(part) == 1:
        return SeriesFault("lone-brace", {"pattern": pattern, "got": part})
    guess = _LOWER.get(nearest(part.lower(), _LOWER) or "")
    code = "unknown-token.nearest" if guess else "unknown-token"
    return SeriesFault(code, {"pattern": pattern, "got": part, "allowed": _KNOWN, "nearest": guess})
