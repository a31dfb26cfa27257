"""Spelling (写法): a pattern in use: writes numbers and takes them apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import attrs

from qms_service.numbering.dates import CENTURY, DATES, Shown
from qms_service.numbering.token import WIDEST, Token

_PARTS: Final = {"date": "[0-9]{{{width}}}", "scope": "[A-Za-z0-9]+"}


@attrs.frozen
class Raw:
    """The parts of a text as one spelling takes it apart, not yet checked."""

    shown: Shown
    scope: tuple[tuple[str, str], ...]
    seq: int


@attrs.frozen(eq=False)
class Spelling:
    """One pattern of a series.

    Args:
        text: The pattern as it was given.
        parts: Its parts, one of them the serial.
        widen: Whether a serial may have more digits than its width.
        dates: The date tokens, in their order.
        scope: The names of the scope, in their order.
    """

    text: str
    parts: tuple[Token, ...]
    widen: bool
    dates: tuple[str, ...] = attrs.field(init=False, repr=False)
    scope: tuple[str, ...] = attrs.field(init=False, repr=False)
    _regex: re.Pattern[str] = attrs.field(init=False, repr=False)
    _cut: int = attrs.field(init=False, repr=False)

    @dates.default
    def _date_tokens(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts if part.kind == "date")

    @scope.default
    def _scope_names(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts if part.kind == "scope")

    @_cut.default
    def _place_of_the_serial(self) -> int:
        return next(place for place, part in enumerate(self.parts) if part.kind == "seq")

    @_regex.default
    def _expression(self) -> re.Pattern[str]:
        return re.compile("".join(_expression(part, widen=self.widen) for part in self.parts))

    @property
    def width(self) -> int:
        """How many digits a serial has at least."""
        return self.parts[self._cut].width

    def can_write(self, on: date) -> bool:
        """Whether a date lies in the years that the tokens can show."""
        return "YY" not in self.dates or on.year - CENTURY in DATES["YY"].values

    def around(self, on: date, scope: Mapping[str, str], start: int) -> tuple[str, str]:
        """What stands before and after the serial on a date."""
        written = _dated(self, on, start)
        if self.scope:
            pieces = zip(self.parts, written, strict=True)
            written = [scope[part.name] if part.kind == "scope" else piece for part, piece in pieces]
        return "".join(written[: self._cut]), "".join(written[self._cut + 1 :])

    def raw(self, text: str) -> Raw | None:
        """The parts of a text; None where it does not have this form."""
        found = self._regex.fullmatch(text)
        return self.of_pieces(found.groups()) if found else None

    def of_pieces(self, pieces: tuple[str, ...]) -> Raw:
        """The parts by the piece of text that each of them has."""
        dates, scope, seq = [], [], 0
        for part, piece in zip(self.parts, pieces, strict=True):
            if part.kind == "date":
                dates.append((part.name, int(piece)))
            elif part.kind == "scope":
                scope.append((part.name, piece))
            elif part.kind == "seq":
                seq = int(piece)
        return Raw(tuple(dates), tuple(sorted(scope)), seq)


@lru_cache(maxsize=1024)
def _dated(spelling: Spelling, on: date, start: int) -> list[str]:
    """What each part of a spelling is on a date; nothing for the serial and the scope."""
    return [
        f"{DATES[part.name].value(on, start):0{part.width}}"
        if part.kind == "date"
        else part.name
        if part.kind == "text"
        else ""
        for part in spelling.parts
    ]


def _expression(part: Token, *, widen: bool) -> str:
    if part.kind == "text":
        return f"({re.escape(part.name)})"
    if part.kind != "seq":
        return f"({_PARTS[part.kind].format(width=part.width)})"
    if part.width == 0:
        return f"([1-9][0-9]{{0,{WIDEST - 1}}})"
    wider = f"|[1-9][0-9]{{{part.width},{WIDEST - 1}}}" if widen and part.width < WIDEST else ""
    return f"([0-9]{{{part.width}}}{wider})"
