"""Lines: on which line of a TOML file a path stands; None wherever that is not certain.

tomllib keeps no positions. This locator reads only what is beyond doubt: headers, and keys at the start of a
line. A path inside a value that spans several lines has no line, rather than a wrong one.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\s]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=\s*(.*)$")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_PART = re.compile(r"\.|\[\d+\]")


class Lines:
    """The lines of the paths of one file."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        self._open: set[str] = set()
        self._read(text.splitlines())

    def of(self, path: str) -> int | None:
        """The line on which the value at a path stands, or its nearest enclosing key on one line."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[: max((match.start() for match in _PART.finditer(path)), default=0)]
            if path in self._open:
                return None
        return None

    def _read(self, lines: list[str]) -> None:
        table, counts, waiting = "", dict[str, int](), ""
        for number, line in enumerate(lines, start=1):
            if waiting:
                waiting = _still_open(waiting, line)
            elif header := _HEADER.match(line):
                table = _plain(header[2])
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = f"{table}[{counts[table]}]"
                self._lines[table] = number
            elif key := _KEY.match(line):
                path = ".".join(filter(None, (table, _plain(key[1]))))
                self._lines[path] = number
                waiting = _left_open(key[2])
                if waiting:
                    self._open.add(path)


def _plain(dotted: str) -> str:
    return re.sub(r"\s*\.\s*", ".", dotted.strip())


def _left_open(value: str) -> str:
    """What a value that does not end on its line waits for: a closing quote, or so many brackets."""
    for quote in ('"""', "'''"):
        if value.startswith(quote):
            return "" if quote in value[3:] else quote
    bare = _QUOTED.sub("", value).split("#")[0]
    depth = bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return "[" * depth


def _still_open(waiting: str, line: str) -> str:
    if waiting in ('"""', "'''"):
        return "" if waiting in line else waiting
    bare = _QUOTED.sub("", line).split("#")[0]
    depth = len(waiting) + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return "[" * max(depth, 0)
