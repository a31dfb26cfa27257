"""Redaction (遮蔽): a text of an entry gives way to a mark; its digest stays, so that the chain still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, get_args

import attrs

from qms_service.errors import EntryError, StoreError, misspelt
from qms_service.events import SYSTEM_EVENTS
from qms_service.trail.entry import Entry
from qms_service.trail.leaves import MARK, Json, canonical, parsed, replaced, step
from qms_service.trail.seal import Seal, read, written
from qms_service.wire.kinds import TYPES
from qms_service.wire.objects import fields_of

# Cases, steps and owners are found by these.
_FOUND_BY: Final = frozenset(("name", "number", "kind", "department", "role"))
# What a system event says in the words of whoever recorded it; its other facts steer clocks, gates and links.
_OWN_WORDS: Final = frozenset(("reason", "approved_by", "owner", "facts"))


def redacted(entry: Entry, fields: Sequence[str], *, reason: str) -> Entry:
    """The entry with texts replaced by `MARK`; whatever was redacted before stays so.

    Args:
        entry: The entry.
        fields: The paths of the texts: `by`, `note`, `facts.contact`, `evidence.0.uri`, `customer`.
        reason: Why; kept with the digests.

    Raises:
        EntryError: A field holds no text or has to stay, or there is no field or no reason.
        StoreError: The entry cannot be read: somebody changed it.
    """
    if isinstance(fields, str) or not fields:
        raise EntryError("redact-fields", got=repr(fields))
    if not isinstance(reason, str) or not reason.strip():
        raise EntryError("redact-reason", got=repr(reason))
    tree, seal, allowed = _read(entry)
    for field in fields:
        if field not in allowed:
            code, operands = misspelt("redact-field", field, allowed)
            raise EntryError(code, entry=entry.seq, **operands)
    new = tuple(dict.fromkeys(field for field in fields if field not in seal.digests))
    return _without(entry, tree, seal.redacted(tree, new, reason)) if new else entry


def _read(entry: Entry) -> tuple[Json, Seal, tuple[str, ...]]:
    """The body, its seal, and the paths of the texts that may be redacted."""
    try:
        tree, seal = parsed(entry.body), read(entry.seal, entry.hash)
        replaced(tree, seal.digest)  # each leaf has its key
        return tree, seal, tuple(_texts(tree))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("trail-unreadable", entry=entry.seq, reason=str(error)) from error


def _without(entry: Entry, tree: Json, seal: Seal) -> Entry:
    marked = replaced(tree, lambda path, leaf: MARK if path in seal.digests else leaf)
    return attrs.evolve(entry, body=canonical(marked), seal=written(seal, entry.hash))


def _texts(tree: Json) -> Iterator[str]:
    """The paths of the texts that may be redacted."""
    for field in fields_of(TYPES[tree["type"]]):
        is_text = field.type is str or str in get_args(field.type)
        if is_text and field.name not in _FOUND_BY and isinstance(tree[field.name], str):
            yield field.name
    steers = tree.get("name") in SYSTEM_EVENTS
    told = {name: value for name, value in tree.get("facts", {}).items() if not steers or name in _OWN_WORDS}
    yield from _in_facts(told, "facts")
    for place, _ in enumerate(tree.get("evidence", ())):
        yield f"evidence.{place}.uri"
    for place, finding in enumerate(tree.get("findings", ())):
        yield from _in_facts(finding["facts"], f"findings.{place}.facts")


def _in_facts(facts: Json, path: str) -> Iterator[str]:
    for name, value in facts.items():
        yield from _in_value(value, step(path, name))


def _in_value(value: Json, path: str) -> Iterator[str]:
    """The texts of one fact; what stands under a tag other than `facts` is a figure or a date."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _in_value(item, step(path, place))
    elif isinstance(value, dict) and "facts" in value:
        yield from _in_facts(value["facts"], step(path, "facts"))
