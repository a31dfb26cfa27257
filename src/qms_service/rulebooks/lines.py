"""Lines: on which line of a TOML file a path stands; None wherever that is not certain.

tomllib keeps no positions. This locator reads only what is beyond doubt: headers, and keys at the start of a
line. A path inside a value that spans several lines has no line, rather than a wrong one. A key in quotes may
have dots of its own: it has its line, and what lies below it or beside it has none.
"""

from __future__ import annotations

import re

_NAME = r"[A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_NAME})\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(rf"^\s*({_NAME})\s*=\s*(.*)$")
_QUOTED_KEY = re.compile(r"""^\s*(?:"([^"\\]+)"|'([^']+)')\s*=""")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_PART = re.compile(r"\.|\[[^\[\]]*\]")
_BLOCKS = ('"""', "'''")


class Lines:
    """The lines of the paths of one file, which is read when a line is first asked for: mostly never."""

    def __init__(self, text: str) -> None:
        self._unread = text
        self._lines: dict[str, int | None] = {}
        self._quoted: dict[str, int | None] = {}
        self._vague: set[str] = set()
        self._arrays: dict[str, int] = {}

    def of(self, path: str) -> int | None:
        """The line on which the value at a path stands, or its nearest enclosing key on one line."""
        if self._unread:
            self._read(self._unread.replace("\r\n", "\n").split("\n"))
            self._unread = ""
        if path in self._quoted:
            return None if path in self._lines else self._quoted[path]
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[: max((match.start() for match in _PART.finditer(path)), default=0)]
            if path in self._vague:
                return None
        return None

    def _read(self, lines: list[str]) -> None:
        table: str | None = ""
        waiting = ""
        for number, line in enumerate(lines, start=1):
            if waiting:
                waiting = _still_open(waiting, line)
            elif line.lstrip().startswith("["):
                table = self._header(line, number)
            elif table is not None and line.strip() and not line.lstrip().startswith("#"):
                waiting = self._key(line, number, table)

    def _header(self, line: str, number: int) -> str | None:
        """The table that a header opens; None where its name is not certain."""
        header = _HEADER.match(line)
        if not header:
            return None
        table = self._in_arrays(_plain(header[2]))
        if header[1] == "[[":
            self._arrays[table] = self._arrays.get(table, -1) + 1
            table = f"{table}[{self._arrays[table]}]"
        self._note(table, number)
        return table

    def _in_arrays(self, table: str) -> str:
        """The path of a table, with the index of each array that it lies in: always the last item so far."""
        parts = table.split(".")
        for end in range(1, len(parts)):
            within = ".".join(parts[:end])
            if within in self._arrays:
                parts[end - 1] += f"[{self._arrays[within]}]"
        return ".".join(parts)

    def _key(self, line: str, number: int, table: str) -> str:
        """Notes the key of a line; what its value waits for, where it does not end there."""
        key = _KEY.match(line)
        if not key:
            self._vague.add(table)
            self._quoted_key(line, number, table)
            return _left_open(line.partition("=")[2].strip())
        path = ".".join(filter(None, (table, _plain(key[1]))))
        self._note(path, number)
        waiting = _left_open(key[2])
        if waiting:
            self._vague.add(path)
        return waiting

    def _quoted_key(self, line: str, number: int, table: str) -> None:
        key = _QUOTED_KEY.match(line)
        if key:
            path = ".".join(filter(None, (table, key[1] or key[2])))
            self._quoted[path] = None if path in self._quoted else number

    def _note(self, path: str, number: int) -> None:
        """A path that seems to stand twice was misread once: it has no line."""
        self._lines[path] = None if path in self._lines else number


def _plain(dotted: str) -> str:
    return re.sub(r"\s*\.\s*", ".", dotted.strip())


def _left_open(value: str) -> str:
    """What a value that does not end on its line waits for: a closing quote, or so many brackets."""
    for quote in _BLOCKS:
        if value.startswith(quote):
            return "" if quote in value[3:] else quote
    return "[" * max(_depth(value), 0)


def _still_open(waiting: str, line: str) -> str:
    if waiting in _BLOCKS:
        return "" if waiting in line else waiting
    return "[" * max(len(waiting) + _depth(line), 0)


def _depth(text: str) -> int:
    bare = _QUOTED.sub("", text).split("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
