"""The files that a page has its reader type, table by table.

A block below `<!-- name.toml -->` is typed into that file: a table that the file has already is replaced, a
new one goes to its end, with an empty line between two. A file with lists of tables (`[[case]]`), and one
that is no TOML, is written as a whole.
"""

from __future__ import annotations

import re
from pathlib import Path

MARK = re.compile(r"<!-- ([\w.-]+\.\w+) -->\s*\Z")
TABLE = re.compile(r"^(?=\[)", re.MULTILINE)


def typed(before: str, text: str, folder: Path) -> Path | None:
    """Types a block into the file named by the mark that ends `before`; None where there is no mark."""
    mark = MARK.search(before)
    if mark is None:
        return None
    file = folder / mark[1]
    if file.suffix == ".toml" and file.exists() and "\n[[" not in text:
        text = _joined(file.read_text(encoding="utf-8"), text)
    file.write_text(text, encoding="utf-8")
    return file


def _joined(there: str, new: str) -> str:
    tables = {**_tables(there), **_tables(new)}
    return "\n".join(f"{text.strip()}\n" for text in tables.values())


def _tables(text: str) -> dict[str, str]:
    """The tables of a TOML file by their first line; what stands before the first one is at the empty line."""
    parts = [part for part in TABLE.split(text) if part.strip()]
    return {part.splitlines()[0] if part.startswith("[") else "": part for part in parts}
