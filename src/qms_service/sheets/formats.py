"""Formats (格式) in which cells state a moment: `strptime`'s, read sooner where they hold figures alone."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

import attrs

ISO_FORMATS: Final = (
    "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d",
)  # fmt: skip
_HALF_WIDTH: Final = {0x3000: " ", 0xA0: " ", **{0xFF01 + place: chr(0x21 + place) for place in range(94)}}
_SAMPLE: Final = {
    "Y": "2003", "y": "03", "m": "02", "b": "Feb", "B": "February", "d": "01", "H": "04", "I": "04",
    "p": "AM", "M": "05", "S": "06", "f": "070000", "z": "+0800", "%": "%",
}  # fmt: skip
_FIGURES: Final = "YmdHMS"  # the directives that are figures, from the year down
_NOT_LITERAL: Final = re.compile(r"[0-9\s]+")


@attrs.frozen
class _Figures:
    """A format of figures that other characters keep apart: each text of its pattern can be read in one way.

    Args:
        pattern: What a text of the format looks like, each figure a group.
        places: The groups of the year, month, day, and so on down.
        literal: The characters between the figures, without white space.
    """

    pattern: re.Pattern[str]
    places: tuple[int, ...]
    literal: str

    def read(self, text: str) -> datetime | None:
        """The wall time of a text; None where it is not of the pattern, or no such time."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        try:
            return datetime(*map(int, found.group(*self.places)))  # type: ignore[arg-type]  # noqa: DTZ001  # a wall time; three figures at least
        except ValueError:
            return None

    def is_ruled_out(self, text: str) -> bool:
        """Whether `strptime` would not read a text either: other characters stand between its figures."""
        return text.isascii() and _NOT_LITERAL.sub("", text).upper() != self.literal


def read_as(format_: str, text: str) -> datetime | None:
    """The wall time, or instant with `%z`, that a text states in a format, as `strptime` reads it.

    None where it does not fit.

    >>> read_as("%Y/%m/%d %H:%M", "2026/3/2 9:05")
    datetime.datetime(2026, 3, 2, 9, 5)
    """
    figures = _figures(format_)
    if figures is not None:
        found = figures.read(text)
        if found is not None or figures.is_ruled_out(text):
            return found
    try:
        return datetime.strptime(text, format_)  # noqa: DTZ007  # its zone is the log's, added by the caller
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _figures(format_: str) -> _Figures | None:
    """How a format is read by its figures; None where that would not be what `strptime` does."""
    parts = re.split(r"%(.)", format_)
    letters, between = parts[1::2], parts[0::2]
    kept_apart = all(between[1:-1]) and not any(char.isdigit() or char == "%" for char in "".join(between))
    if not kept_apart or sorted(letters) != sorted(_FIGURES[: max(3, len(letters))]):
        return None
    widths = {"Y": "([0-9]{4})"}
    pattern = "".join(
        re.escape(one) + widths.get(letter, "([0-9]{1,2})")
        for one, letter in zip(between[:-1], letters, strict=True)
    )
    places = tuple(letters.index(letter) + 1 for letter in _FIGURES[: len(letters)])
    literal = _NOT_LITERAL.sub("", "".join(between)).upper()
    return _Figures(re.compile(pattern + re.escape(between[-1])), places, literal)


def half_width(text: str) -> str:
    """The text with full-width digits, signs and spaces in their usual width; nothing else changes.

    >>> half_width("２０２６-０３-０２　09：00")
    '2026-03-02 09:00'
    """
    return text.translate(_HALF_WIDTH)


def has_time(format_: str) -> bool:
    """Whether a format states hours."""
    return re.search(r"%[HI]", format_) is not None


def format_fault(format_: str) -> str | None:
    """What is wrong with a format: `"unknown"` directive, `"incomplete"` date, or None."""
    letters = re.findall(r"%(.?)", format_)
    if any(letter not in _SAMPLE for letter in letters):
        return "unknown"
    has_date = {"Y", "y"} & {*letters} and {"m", "b", "B"} & {*letters} and "d" in letters
    return None if has_date else "incomplete"


def read_differently(one: str, other: str) -> str | None:
    """A cell that two formats both read, each as another moment; None where there is none.

    >>> read_differently("%d/%m/%Y", "%m/%d/%Y")
    '01/02/2003'
    """
    cell = re.sub(r"%(.)", lambda found: _SAMPLE[found[1]], one)
    try:
        meant, read = datetime.strptime(cell, one), datetime.strptime(cell, other)  # noqa: DTZ007  # compared, not kept
    except ValueError:
        return None
    return None if meant == read else cell
