"""The rules of a rulebook by their paths: `departments.quality`, `complaint.clocks.answer`, `surveys.customer.items.price`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Final

SURVEYS: Final = "surveys"
BOOK_GROUPS: Final = ("departments", "roles", "params", "numbers", SURVEYS, "indicators", "duties")
KIND_GROUPS: Final = ("subject", "events", "pauses", "clocks", "routes", "quantities", "balances")
SURVEY_GROUPS: Final = ("scales", "dimensions", "items", "targets", "follow_ups")
HEADER: Final = ("id", "edition", "effective_from", "title", "source", "timezone", "calendar", "clauses")
CITING: Final = frozenset((
    "roles", "params", "numbers", SURVEYS, "indicators", "duties",
    "events", "pauses", "clocks", "balances", "items", "targets", "follow_ups",
))  # fmt: skip


def kinds_of(raw: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The kinds of case of a tree, with their tables."""
    for name, table in raw.items():
        if name not in (*BOOK_GROUPS, *HEADER) and isinstance(table, Mapping):
            yield name, table


def owners_of(raw: Mapping[str, object]) -> Iterator[str]:
    """What has groups of rules of its own in a tree: its kinds of case, and its surveys by their paths.

    >>> [*owners_of({"id": "a", "surveys": {"customer": {}}, "lease": {}})]
    ['lease', 'surveys.customer']
    """
    yield from (name for name, _ in kinds_of(raw))
    yield from (path for path, _ in _members(raw, SURVEYS, SURVEYS))


def groups_in(owner: str) -> tuple[str, ...]:
    """The groups of rules that a survey by its path, or a kind of case, may have."""
    return SURVEY_GROUPS if owner.startswith(f"{SURVEYS}.") else KIND_GROUPS


def owner_of(path: str) -> str:
    """The kind of case, or the survey by its path, to which a rule belongs.

    >>> owner_of("complaint.clocks.answer"), owner_of("surveys.customer.items.price")
    ('complaint', 'surveys.customer')
    """
    parts = path.split(".")
    return ".".join(parts[: 2 if parts[0] == SURVEYS else 1])


def parts_of(path: str) -> list[str]:
    """The groups in which a rule stands, and its id; a kind of case stands in none.

    >>> parts_of("complaint.clocks.answer.late"), parts_of("params.a.b"), parts_of("surveys.customer")
    (['complaint', 'clocks', 'answer.late'], ['params', 'a.b'], ['surveys', 'customer'])
    """
    first = path.partition(".")[0]
    return path.split(".", 3 if first == SURVEYS else 1 if first in BOOK_GROUPS else 2)


def is_place(path: str) -> bool:
    """Whether a rule may stand at a path.

    >>> is_place("surveys.customer.items.price"), is_place("surveys.customer.clocks.price")
    (True, False)
    """
    *groups, _ = parts_of(path)
    match groups:
        case []:
            return True
        case [group]:
            return group in BOOK_GROUPS
        case [kind, group]:
            return kind != SURVEYS and group in KIND_GROUPS
    return groups[-1] in SURVEY_GROUPS


def rules_of(raw: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Every rule of a tree with its path, in the order of the tree; a kind of case, or a survey, before its own rules.

    >>> [path for path, _ in rules_of({"id": "a", "lease": {"label": {}, "events": {"signed": {}}}})]
    ['lease', 'lease.events.signed']
    """
    for group in BOOK_GROUPS:
        for path, rule in _members(raw, group, group):
            yield path, rule
            if group == SURVEYS and isinstance(rule, Mapping):
                yield from _inner(rule, path)
    for name, table in kinds_of(raw):
        yield name, table
        yield from _inner(table, name)


def _inner(table: Mapping[str, object], owner: str) -> Iterator[tuple[str, object]]:
    for group in groups_in(owner):
        yield from _members(table, group, f"{owner}.{group}")


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
