"""The rules of a rulebook by their paths: `departments.quality`, `complaint.clocks.answer`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Final

BOOK_GROUPS: Final = ("departments", "roles", "params", "numbers")
KIND_GROUPS: Final = ("subject", "events", "pauses", "clocks", "routes", "quantities", "balances")
HEADER: Final = ("id", "edition", "effective_from", "title", "source", "timezone", "calendar", "clauses")
CITING: Final = frozenset(("roles", "params", "numbers", "events", "pauses", "clocks", "balances"))


def kinds_of(raw: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The kinds of case of a tree, with their tables."""
    for name, table in raw.items():
        if name not in (*BOOK_GROUPS, *HEADER) and isinstance(table, Mapping):
            yield name, table


def rules_of(raw: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Every rule of a tree with its path, in the order of the tree; a kind of case before its own rules.

    >>> [path for path, _ in rules_of({"id": "a", "lease": {"label": {}, "events": {"signed": {}}}})]
    ['lease', 'lease.events.signed']
    """
    for group in BOOK_GROUPS:
        yield from _members(raw, group, group)
    for name, table in kinds_of(raw):
        yield name, table
        for group in KIND_GROUPS:
            yield from _members(table, group, f"{name}.{group}")


def _members(table: Mapping[str, object], group: str, path: str) -> Iterator[tuple[str, object]]:
    found = table.get(group)
    for name, rule in found.items() if isinstance(found, Mapping) else ():
        yield f"{path}.{name}", rule


def longest(path: str, known: Container[str]) -> str:
    """The longest part of a path that is known, cut at a dot or a bracket; an empty one where none is.

    >>> longest("lease.events.signed.needs[0].all", {"lease", "lease.events.signed"})
    'lease.events.signed'
    """
    while path and path not in known:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return path
