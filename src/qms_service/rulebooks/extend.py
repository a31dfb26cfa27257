"""Extending (扩展): a factory's rulebook says what it changes in another, each with clause and reason.

It is resolved on the TOML trees, before anything is read: what comes out is checked like any other rulebook.
The order is fixed, whatever the order of the file: rename, remove, set, replace, add.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from qms_service.errors import nearest
from qms_service.rulebooks.changes import BEFORE, RENAMED, RENAMED_TO, WITHOUT, Changes
from qms_service.rulebooks.digest import is_wording
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.origin import How, Origin, Parent, origin_at
from qms_service.rulebooks.rename import Tree, renamed
from qms_service.rulebooks.rule_paths import (
    CITING,
    groups_in,
    is_place,
    longest,
    owners_of,
    parts_of,
    rules_of,
)
from qms_service.rulebooks.section import Problems

_OWN: Final = ("id", "edition", "effective_from", "clauses")  # what no edition takes from another


@attrs.frozen(kw_only=True)
class Resolved:
    """The tree of an edition with all that it takes from its parent.

    Args:
        raw: The tree.
        origins: Where each rule comes from, by its path.
        places: For each path that the file itself writes, where it writes it; None where it does not.
        parent: What it extends.
    """

    raw: Mapping[str, Any]
    origins: Mapping[str, Origin]
    places: Mapping[str, str | None] | None = None
    parent: Parent | None = None


@attrs.frozen
class Placed:
    """The lines of an extending file, by the paths of the resolved tree."""

    lines: Lines
    places: Mapping[str, str | None]

    def of(self, path: str) -> int | None:
        """The line where the file itself writes what stands at a path; None where it is the parent's."""
        within = longest(path, self.places)
        place = self.places.get(within)
        return None if place is None else self.lines.of(place + path.removeprefix(within))


def own(raw: Mapping[str, Any]) -> Resolved:
    """The tree of an edition that extends nothing."""
    origin = Origin(document=str(raw.get("id", "")), edition=str(raw.get("edition", "")))
    return Resolved(raw=raw, origins=dict.fromkeys((path for path, _ in rules_of(raw)), origin))


def extended(raw: Mapping[str, Any], parent: Resolved, problems: Problems) -> Resolved:
    """The parent's tree with the changes that a child asks for; what cannot be done is noted.

    Args:
        raw: The child's tree.
        parent: The parent, resolved itself.
        problems: Where mistakes are noted, with the paths of the child's own file.
    """
    return _Extension(raw, parent, problems).resolved()


class _Extension:
    """The tree while the changes are made."""

    def __init__(self, raw: Mapping[str, Any], parent: Resolved, problems: Problems) -> None:
        self.raw, self.problems = raw, problems
        self.base = str(parent.raw.get("id", ""))
        self.tree = renamed(parent.raw, {})
        self.changes = Changes(raw, [*owners_of(parent.raw)], problems)
        self.origins = {
            path: origin if origin.how == "removed" else attrs.evolve(origin, how="inherited")
            for path, origin in parent.origins.items()
        }
        self.places: dict[str, str | None] = {}

    def resolved(self) -> Resolved:
        self._header()
        self._rename()
        for action, change in (
            ("remove", self._remove),
            ("set", self._set),
            ("replace", self._replace),
            ("add", self._add),
        ):
            for path, value, at in self.changes.of(action):
                change(path, value, at)
        return Resolved(raw=self.tree, origins=self.origins, places=self.places)

    def _header(self) -> None:
        for key in _OWN:
            self.tree.pop(key, None)
        for key in self.changes.header():
            self.tree[key] = self.raw[key]
            self.places[key] = key

    def _rename(self) -> None:
        names: dict[str, dict[str, str]] = {}
        for path, value in self.changes.renames():
            group, _, old = path.rpartition(".")
            at = f"rename.{path}"
            new = value.get(RENAMED_TO) if isinstance(value, Mapping) else value
            if not isinstance(new, str) or not new.strip() or "." in new:
                self.problems.wrong(at, value, str)
            elif group.rpartition(".")[2] not in RENAMED:
                self.problems.note("extends-no-rename", at, got=path, allowed=RENAMED)
            elif self._known(path, at):
                if new in (*self._group(path), *names.get(group, {}).values()):
                    self.problems.note("extends-taken", at, got=f"{group}.{new}")
                else:
                    names.setdefault(group, {})[old] = new
                    self._note_rename(f"{group}.{new}", path, value)
        self.tree = renamed(self.tree, names)
        self.changes = attrs.evolve(self.changes, owners=[*owners_of(self.tree)])

    def _note_rename(self, new: str, old: str, said: Any) -> None:  # noqa: ANN401  # any value of TOML
        why = self._why_renamed(said, f"rename.{old}") if isinstance(said, Mapping) else {}
        moved = {
            new + path.removeprefix(old): origin
            for path, origin in self.origins.items()
            if path == old or path.startswith(f"{old}.")
        }
        for path in moved:
            self.origins.pop(old + path.removeprefix(new))
        was = old.rpartition(".")[2]
        self.origins |= moved
        self.origins[new] = attrs.evolve(moved[new], how="renamed", was=was, **why)

    def _why_renamed(self, said: Mapping[str, Any], at: str) -> dict[str, str]:
        """The clause and the reason of a rename, which needs neither; what gives one gives both."""
        self.changes.only(said, at, RENAMED_TO)
        if said.keys() == {RENAMED_TO}:
            return {}
        clause, reason = self.changes.why(said, at)
        return {"clause": clause, "reason": reason}

    def _remove(self, path: str, value: Any, at: str) -> None:  # noqa: ANN401  # any value of TOML
        why = self.changes.why(value, at)
        if isinstance(value, Mapping):
            self.changes.only(value, at)
        if self._known(path, at):
            group, key = self._container(path)
            del group[key]
            self._forget(path)
            self.origins[path] = self._origin("removed", why)

    def _set(self, path: str, value: Any, at: str) -> None:  # noqa: ANN401  # any value of TOML
        why = self.changes.why(value, at)
        if not self._known(path, at) or not isinstance(value, Mapping):
            return
        if "value" not in value:
            self.problems.note("missing-key", f"{at}.value", key="value")
            return
        group, key = self._container(path)
        group[key] = _rule(path, value)
        self.origins[path] = self._origin("set", why, self.origins.get(path))
        self.places[path] = at

    def _replace(self, path: str, value: Any, at: str) -> None:  # noqa: ANN401  # any value of TOML
        table = self.changes.mapping(value, at)
        said = {key: one for key, one in table.items() if key not in ("reason", WITHOUT)}
        free = bool(said) and all(is_wording(key, path, f"{path}.{key}") for key in said) and said == table
        why = ("", "") if free else self.changes.why(value, at)
        if not self._known(path, at):
            return
        group, key = self._container(path)
        old = group[key] if isinstance(group[key], Mapping) else {"type": group[key]}
        dropped = self._without(table, old, at)
        said = _rule(path, table, WITHOUT)
        group[key] = {one: it for one, it in old.items() if one not in dropped} | said
        if not free:
            self._note_replaced(path, why, [one for one in group[key] if one not in said])
        for one in group[key]:
            self.places.setdefault(f"{path}.{one}", f"{at}.{one}" if one in said else None)
        self.places[path] = at

    def _note_replaced(self, path: str, why: tuple[str, str], stayed: list[str]) -> None:
        """The rule is the child's from now on; the keys that stayed cite whom they cited."""
        kept = {f"{path}.{key}": origin_at(self.origins, f"{path}.{key}") for key in stayed}
        before = self.origins.get(path)
        if path in owners_of(self.tree):  # its rules are none of its keys
            groups = groups_in(path)
            kept = {key: origin for key, origin in kept.items() if key.rpartition(".")[2] not in groups}
        else:
            self._forget(path)
        self.origins |= {key: origin for key, origin in kept.items() if origin}
        self.origins[path] = self._origin("replaced", why, before)

    def _add(self, path: str, value: Any, at: str) -> None:  # noqa: ANN401  # any value of TOML
        why = self.changes.why(value, at)
        if not is_place(path):
            self.changes.no_group(path, at)
            return
        if not isinstance(value, Mapping):
            return
        group, key = self._container(path, make=True)
        if key in group:
            self.problems.note("extends-exists", at, got=path, parent=self.base)
            return
        group[key] = _rule(path, value, BEFORE)
        self._move(group, value.get(BEFORE), at)
        whole = path in owners_of(self.tree)
        paths = [one for one, _ in rules_of(self.tree) if whole and one.startswith(f"{path}.")]
        self.origins |= dict.fromkeys((path, *paths), self._origin("added", why))
        self.places[path] = at

    def _move(self, group: Tree, before: Any, at: str) -> None:  # noqa: ANN401  # any value of TOML
        """Puts the rule added last before another, where it names one."""
        if before is None or not self.problems.known("rule", str(before), group, f"{at}.{BEFORE}"):
            return
        after = list(group)[list(group).index(before) : -1]
        for one in after:
            group[one] = group.pop(one)

    def _without(self, table: Mapping[str, Any], old: Mapping[str, Any], at: str) -> tuple[str, ...]:
        """The keys of a rule that the child drops."""
        names, place = table.get(WITHOUT, []), f"{at}.{WITHOUT}"
        if not isinstance(names, list):
            self.problems.wrong(place, names, list)
            return ()
        return tuple(str(name) for name in names if self.problems.known("key", str(name), old, place))

    def _known(self, path: str, at: str) -> bool:
        """Whether there is such a rule; the nearest one is named where there is not, or its new name."""
        known = [one for one, _ in rules_of(self.tree)]
        if path in known:
            return True
        group = path.rpartition(".")[0]
        guess = self._renamed_from(path) or nearest(path, known)
        code = "extends-unknown.nearest" if guess else "extends-unknown"
        beside = tuple(one for one in known if one.rpartition(".")[0] == group)
        self.problems.note(code, at, got=path, parent=self.base, nearest=guess, allowed=beside)
        return False

    def _renamed_from(self, path: str) -> str | None:
        """The path of a rule that stood at a path before it was renamed."""
        for one, origin in self.origins.items():
            group = one.rpartition(".")[0]
            if origin.how == "renamed" and path == f"{group}.{origin.was}":
                return one
        return None

    def _group(self, path: str) -> Mapping[str, Any]:
        return self._container(path)[0]

    def _container(self, path: str, *, make: bool = False) -> tuple[Tree, str]:
        """The table that holds a rule, and the rule's key in it."""
        table, (*groups, key) = self.tree, parts_of(path)
        for group in groups:
            if make and not isinstance(table.get(group), dict):
                table[group] = {}
            table = table[group]
        return table, key

    def _forget(self, path: str) -> None:
        for one in [one for one in self.origins if one == path or one.startswith(f"{path}.")]:
            del self.origins[one]

    def _origin(self, how: How, why: tuple[str, str], before: Origin | None = None) -> Origin:
        clause, reason = why
        return Origin(
            document=str(self.raw.get("id", "")),
            edition=str(self.raw.get("edition", "")),
            how=how,
            clause=clause,
            reason=reason,
            was=before.was if before and before.how == "renamed" else "",
        )


def _rule(path: str, said: Mapping[str, Any], *aside: str) -> Tree:
    """The rule itself: what is said without the reason, and without the clause where its kind has none."""
    aside = ("reason", *aside) if CITING & set(parts_of(path)[-2:-1]) else ("reason", "clause", *aside)
    rule = {key: value for key, value in said.items() if key not in aside}
    if not isinstance(rule.get("clause", ""), str):
        del rule["clause"]  # noted already
    return rule
