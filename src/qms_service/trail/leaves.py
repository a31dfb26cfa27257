"""Leaves (叶值): the scalars of an entry's JSON, each with its path and its keyed digest."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

Json = Any
MARK: Final = "‹redacted›"  # what stands where a text was redacted
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(tree: Json) -> str:
    """A tree as the one text that the trail keeps of it.

    >>> canonical({"by": "李", "seq": 1})
    '{"by":"李","seq":1}'
    """
    return _ENCODER.encode(tree)


def parsed(text: str) -> Json:
    """The tree of a canonical text.

    Raises:
        ValueError: It is no JSON, or written otherwise: a blank put in, a key doubled.
    """
    try:
        tree = json.loads(text)
        same = canonical(tree) == text
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not same:
        msg = "not in the canonical form"
        raise ValueError(msg)
    return tree


def step(path: str, key: str | int) -> str:
    """The path one level deeper; as in a JSON Pointer, a name's own `~` reads `~0` and its own dot `~1`.

    >>> step(step("evidence", 0), "uri"), step("facts", "lot.no")
    ('evidence.0.uri', 'facts.lot~1no')
    """
    name = str(key).replace("~", "~0").replace(".", "~1")
    return f"{path}.{name}" if path else name


def leaves(tree: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every scalar of a tree with its path, in the order in which they are written."""
    if isinstance(tree, dict | list):
        for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(inner, step(path, key))
    else:
        yield path, tree


def replaced(tree: Json, value: Callable[[str, Json], Json], path: str = "") -> Json:
    """The tree with each scalar replaced by what a function of its path and value gives."""
    if isinstance(tree, dict):
        return {name: replaced(inner, value, step(path, name)) for name, inner in tree.items()}
    if isinstance(tree, list):
        return [replaced(inner, value, step(path, place)) for place, inner in enumerate(tree)]
    return value(path, tree)


def digest(text: str) -> str:
    """SHA-256 of a text, as hexadecimal digits."""
    return sha256(_bytes(text)).hexdigest()


def keyed(key: str, text: str) -> str:
    """HMAC-SHA-256 of a text under a key, as hexadecimal digits; a key is used as the digits it is written in."""
    return hmac.digest(_bytes(key), _bytes(text), "sha256").hex()


def _bytes(text: str) -> bytes:
    return text.encode(
        "utf-8", "surrogatepass"
    )  # half a pair, put in behind our back, is a finding and no error
