"""The digest of an edition: over its rules as written, without labels, notes, its list of clauses, and layout.

A released edition never changes. Two files with the same rules have the same digest, however they are worded
or laid out; a changed figure, gate or clause number changes it. It is taken over what the file says rather
than over the objects that this library makes of it, so that a later version of the library finds the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Final

from qms_service.rulebooks.context import LANGUAGE

_WORDING: Final = tuple(
    re.compile(path)
    for path in (
        r"title|source|clauses",
        r"params\.[^.]+\.note",
        r"(?!(departments|roles|params|numbers|surveys|indicators|duties)\.)[^.]+\.label",
        r"(numbers|surveys|indicators|duties)\.[^.]+\.label",
        r"surveys\.[^.]+\.(targets|follow_ups)\.[^.]+\.label",
        r"(?!surveys\.)[^.]+\.(events|pauses|clocks|quantities|balances)\.[^.]+\.label",
        r"[^.]+\.events\.[^.]+\.form",
    )
)
_NAMED: Final = re.compile(
    r"(departments|roles|indicators|surveys\.[^.]+\.(dimensions|items)|[^.]+\.subject|[^.]+\.events\.[^.]+\.facts)"
    r"\.[^.]+"
)


_ORDERED: Final = re.compile(r"[^.]+\.(events|routes)")  # the last event that has a fact, the first route


def digest_of(raw: Mapping[str, object]) -> str:
    """The SHA-256 of the rules, as hexadecimal digits."""
    text = json.dumps(bare(raw, ""), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def bare(value: object, path: str) -> object:
    """What stands at a path of a tree without its wording: two are the same rule that are the same here."""
    if isinstance(value, Mapping):
        inner = {key: f"{path}.{key}" if path else key for key in value}
        kept = {key: bare(value[key], at) for key, at in inner.items() if not is_wording(key, path, at)}
        return list(kept.items()) if _ORDERED.fullmatch(path) else kept
    if isinstance(value, list):
        return [bare(item, path) for item in value]
    if isinstance(value, str) and "|" in value:
        return _cells(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def is_wording(key: str, table: str, path: str) -> bool:
    """Whether a key gives a name, a remark or a source and no rule."""
    if LANGUAGE.fullmatch(key) and _NAMED.fullmatch(table):
        return True
    return any(wording.fullmatch(path) for wording in _WORDING)


def _cells(grid: str) -> list[list[str]]:
    """The cells of a grid, without its rule lines: how they are aligned means nothing."""
    lines = (line for line in grid.splitlines() if line.strip(" \t|-:"))
    return [[cell.strip() for cell in line.split("|")] for line in lines]
