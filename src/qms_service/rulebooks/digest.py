"""The digest of an edition: over its rules as written, without labels, notes and the layout of tables.

A released edition never changes. Two files with the same rules have the same digest, however they are worded
or laid out; a changed figure, gate or clause number changes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Final

_WORDING: Final = frozenset({"label", "title", "form", "note", "source"})
_NAMED: Final = frozenset({"departments", "roles", "subject"})


def digest_of(raw: Mapping[str, object]) -> str:
    """The SHA-256 of the rules, as hexadecimal digits."""
    text = json.dumps(_rules(raw), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _rules(value: object, *, named: bool = False) -> object:
    if isinstance(value, Mapping):
        return {
            key: _rules(inner, named=key in _NAMED or (named and isinstance(inner, Mapping)))
            for key, inner in value.items()
            if key not in _WORDING and not (named and isinstance(inner, str) and len(key) == len("en"))
        }
    if isinstance(value, list):
        return [_rules(item) for item in value]
    if isinstance(value, str) and "|" in value:
        return [[cell.strip() for cell in line.split("|")] for line in value.splitlines() if line.strip()]
    return value.isoformat() if isinstance(value, date) else value
