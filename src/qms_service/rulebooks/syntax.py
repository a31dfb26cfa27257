"""What is wrong with a text that is no TOML (语法错误), in the words of people who write one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

import attrs

from qms_service.texts import Said

_PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_OPEN: Final = ("Invalid value", "Unclosed", "Unterminated", 'Expected "')
_QUOTES: Final = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "、": ",", "。": "."}
_HEADER: Final = re.compile(r"\s*(\[.*\])")
_KEY: Final = re.compile(r"\s*([^=\[\]{}]+?)\s*(?==|$)")
_WORD: Final = re.compile(r"[^\s,\]}#]*")


class TomlSyntaxError(ValueError):
    """A text is no TOML: `said` tells why in each language, `line` where, if that is known."""

    def __init__(self, said: Said, line: int | None = None) -> None:
        super().__init__(str(said))
        self.said = said
        self.line = line


def toml_syntax_error(text: str, reason: str) -> TomlSyntaxError:
    """The error for a text that tomllib refuses.

    Args:
        text: The text.
        reason: What tomllib says, with the place.

    >>> print(toml_syntax_error("by = quality", "Invalid value (at line 1, column 6)"))
    line 1: quality is no value; a text stands between quotation marks
    """
    place = _PLACE.search(reason)
    if place is None:
        return TomlSyntaxError(Said("syntax.other", {"reason": reason}))
    lines = text.split("\n") if place["line"] else text.rstrip().split("\n")
    if place["line"] is None and reason.startswith(_OPEN) and not lines[-1].endswith("="):
        return TomlSyntaxError(Said("syntax.end"))
    line = int(place["line"] or len(lines))
    column = int(place["column"]) - 1 if place["column"] else len(lines[-1])
    fault = _Fault(reason=reason[: place.start()], line=lines[line - 1], column=column)
    return TomlSyntaxError(Said("syntax.at", {"line": line, "said": fault.said()}), line)


@attrs.frozen(kw_only=True)
class _Fault:
    """What tomllib says of a place."""

    reason: str
    line: str
    column: int

    def said(self) -> Said:
        typed = _typed(self.rest[:1])
        if typed:
            return Said("syntax.wide", {"got": self.rest[0], "typed": typed})
        for pattern, code, got in _KNOWN:
            if re.match(pattern, self.reason):
                found = got(self)
                return Said(f"syntax.{code}" if found else f"syntax.{code}.missing", {"got": found})
        return Said("syntax.other", {"reason": self.reason})

    @property
    def rest(self) -> str:
        """The line from the place on."""
        return self.line[self.column :]

    def name(self) -> str:
        """The table or the key of the line."""
        found = _HEADER.match(self.line) or _KEY.match(self.line)
        return found[1] if found else ""

    def word(self) -> str:
        found = _WORD.match(self.rest)
        return found[0] if found else ""


def _typed(char: str) -> str | None:
    """What to type in place of a look-alike; None for any other character."""
    if not char or char.isascii():
        return None
    folded = _QUOTES.get(char) or unicodedata.normalize("NFKC", char)
    return folded if folded.isascii() and not folded.isalnum() else None


def _nothing(_fault: _Fault) -> str:
    return "–"


_KNOWN: Final[tuple[tuple[str, str, Callable[[_Fault], str]], ...]] = (
    (r"Cannot (declare|overwrite|mutate|redefine)|Duplicate inline", "twice", _Fault.name),
    (r"Invalid value", "value", _Fault.word),
    (r"Invalid statement|Invalid initial character", "key", _nothing),
    (r"Illegal character '\\[rn]", "quote", _nothing),
    (r"Expected newline", "rest", lambda fault: fault.rest.strip() or "–"),
    (r"Expected '='", "equals", _Fault.name),
    (r"Expected '\]", "header", _nothing),
    (r"Unclosed array", "list", _nothing),
    (r"Unclosed inline table", "braces", _nothing),
    (r"Unescaped '\\'", "backslash", _nothing),
)
