"""Changes (变更): what an extending rulebook asks for, table by table; what is no change is noted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from qms_service.errors import nearest
from qms_service.rulebooks.rule_paths import (
    BOOK_GROUPS,
    HEADER,
    KIND_GROUPS,
    SURVEY_GROUPS,
    SURVEYS,
    groups_in,
)
from qms_service.rulebooks.section import Problems

ACTIONS: Final = ("rename", "remove", "set", "replace", "add")
RENAMED: Final = (
    "departments", "roles", "params", "numbers", "surveys", "indicators", "duties",
    "events", "pauses", "clocks", "routes", "quantities", "balances",
)  # fmt: skip
WHY: Final = ("clause", "reason")
BEFORE: Final = "before"
WITHOUT: Final = "without"
RENAMED_TO: Final = "to"


@attrs.frozen(eq=False)
class Changes:
    """The changes of one file.

    Args:
        raw: The file's tree.
        owners: What its parent has that has rules of its own: kinds of case, and surveys by their paths.
        problems: Where mistakes are noted, with the paths of the file.
    """

    raw: Mapping[str, Any]
    owners: Collection[str]
    problems: Problems

    def header(self) -> Iterator[str]:
        """The keys of the header that the file gives; rules that stand by themselves are noted."""
        for key, value in self.raw.items():
            if key in HEADER:
                yield key
            elif key not in ("extends", *ACTIONS):
                rules = key in BOOK_GROUPS or (isinstance(value, Mapping) and "events" in value)
                guess = None if rules else nearest(key, (*HEADER, *ACTIONS))
                code = "unknown-key.nearest" if guess else "extends-own-rules"
                allowed = ("extends", *ACTIONS, *HEADER)
                self.problems.note(code, key, got=key, nearest=guess, allowed=allowed)

    def of(self, action: str) -> Iterator[tuple[str, Any, str]]:
        """The rules that an action names: the path of each, what is said of it, and where."""
        table = self.mapping(self.raw.get(action, {}), action)
        if action == "set":
            yield from ((f"params.{name}", value, f"set.{name}") for name, value in table.items())
        else:
            yield from ((path, value, f"{action}.{path}") for path, value in self._named(table, action))

    def renames(self) -> Iterator[tuple[str, Any]]:
        """The path of each rule that gets another id, and what is said of it."""
        for name, inner in self.mapping(self.raw.get("rename", {}), "rename").items():
            groups = self.mapping(inner, f"rename.{name}")
            if name not in BOOK_GROUPS and (name not in self.owners or "." in name):
                self.problems.note("extends-no-rename", f"rename.{name}", got=name, allowed=RENAMED)
                continue
            if name in BOOK_GROUPS:
                groups = {"": groups}
            for group, table in groups.items():
                path = f"{name}.{group}" if group else name
                for old, new in self.mapping(table, f"rename.{path}").items():
                    yield f"{path}.{old}", new

    def _named(self, table: Mapping[str, Any], action: str) -> Iterator[tuple[str, Any]]:
        for name, inner in table.items():
            if name == SURVEYS:
                for path, one in self._members(name, inner, action):
                    yield from self._whole_or_parts(path, one, action)
            elif name in BOOK_GROUPS:
                yield from self._members(name, inner, action)
            else:
                yield from self._whole_or_parts(name, inner, action)

    def _whole_or_parts(self, path: str, inner: Any, action: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # of TOML
        if path in self.owners and isinstance(inner, Mapping):
            yield from self._of_owner(path, inner, action)
        else:
            yield path, inner

    def _of_owner(self, name: str, inner: Mapping[str, Any], action: str) -> Iterator[tuple[str, Any]]:
        """What is said of a kind of case or a survey that the tree has: of its own settings, and of its rules."""
        said = {}
        for key, value in inner.items():
            if key in groups_in(name):
                yield from self._members(f"{name}.{key}", value, action)
            elif isinstance(value, Mapping) and key != "label":
                self.no_group(f"{name}.{key}", f"{action}.{name}.{key}")
            else:
                said[key] = value
        if said or not inner:
            yield name, said

    def no_group(self, path: str, at: str) -> None:
        """Notes a path at which no rule can stand."""
        self.problems.note(
            "extends-no-group", at, got=path, allowed=(*BOOK_GROUPS, *KIND_GROUPS, *SURVEY_GROUPS)
        )

    def _members(self, group: str, table: Any, action: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # of TOML
        for name, value in self.mapping(table, f"{action}.{group}").items():
            yield f"{group}.{name}", value

    def mapping(self, value: Any, at: str) -> Mapping[str, Any]:  # noqa: ANN401  # any value of TOML
        """A table; an empty one for anything else, which is noted."""
        if isinstance(value, Mapping):
            return value
        self.problems.wrong(at, value, dict)
        return {}

    def why(self, value: Any, at: str) -> tuple[str, str]:  # noqa: ANN401  # any value of TOML
        """The clause and the reason of a change; what is missing is noted."""
        if not isinstance(value, Mapping):
            self.problems.wrong(at, value, dict)
            return "", ""
        for key in WHY:
            self._said(value.get(key), f"{at}.{key}", key)
        return str(value.get("clause", "")), str(value.get("reason", ""))

    def _said(self, value: Any, at: str, key: str) -> None:  # noqa: ANN401  # any value of TOML
        if value is None or (isinstance(value, str) and not value.strip()):
            self.problems.note("extends-why", at, key=key)
        elif key == "clause" and isinstance(value, int | Decimal) and not isinstance(value, bool):
            self.problems.note("clause-number", at, got=value)
        elif not isinstance(value, str):
            self.problems.wrong(at, value, str)

    def only(self, value: Mapping[str, Any], at: str, *keys: str) -> None:
        """Notes what is said of a change beyond its clause, its reason, and the keys given."""
        allowed = (*keys, *WHY)
        for key in value.keys() - set(allowed):
            guess = nearest(key, allowed)
            code = "unknown-key.nearest" if guess else "unknown-key"
            self.problems.note(code, f"{at}.{key}", got=key, nearest=guess, allowed=allowed)
