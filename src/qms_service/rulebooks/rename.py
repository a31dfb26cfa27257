"""Renaming in a tree: a rule gets another id, and whatever refers to it follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from qms_service.quantities import NAME
from qms_service.rulebooks.rule_paths import kinds_of

Names = Mapping[str, str]
Tree = dict[str, Any]

_DEPARTMENTS: Final = ("by", "accountable", "consulted", "informed")
_TOKEN: Final = re.compile(r"[^,()|\"]+")


def renamed(raw: Mapping[str, Any], names: Mapping[str, Names]) -> Tree:
    """The tree with other ids, in its old order.

    Args:
        raw: The tree.
        names: Of each group, such as `departments` or `complaint.events`, the new id by the old one.
    """
    tree = {key: _keys(value, names.get(key, {})) for key, value in raw.items()}
    for group in ("departments", "roles"):
        for _, rule in _tables(tree, group):
            _swap(rule, "deputies", names.get(group, {}))
    figures = {f"${old}": f"${new}" for old, new in names.get("params", {}).items()}
    for id_, rule in _tables(tree, "surveys"):
        tree["surveys"][id_] = _survey(_copied(rule, figures), names)
    for id_, rule in _tables(tree, "duties"):
        tree["duties"][id_] = _duty(_copied(rule, figures), raw, names)
    for kind, table in kinds_of(raw):
        own = {group: _keys(rules, names.get(f"{kind}.{group}", {})) for group, rules in table.items()}
        tree[kind] = _Kind(kind, table, names).read(own)
    return tree


def _keys(table: Any, names: Names) -> Any:  # noqa: ANN401  # any value of TOML
    if not isinstance(table, Mapping):
        return table
    return {
        names.get(key, key): dict(value) if isinstance(value, Mapping) else value
        for key, value in table.items()
    }


def _new(value: Any, names: Names) -> Any:  # noqa: ANN401  # any value of TOML
    """A text or a list of texts with the new names; another value as it is."""
    if isinstance(value, list):
        return [_new(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def _copied(value: Any, names: Names) -> Any:  # noqa: ANN401  # any value of TOML
    """A copy all the way down, with the new names of texts."""
    if isinstance(value, Mapping):
        return {key: _copied(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_copied(one, names) for one in value]
    return _new(value, names)


def _survey(rule: Tree, names: Mapping[str, Names]) -> Tree:
    for part in _as_list(_inner(rule, "blend", "parts")):
        _swap(part, "indicator", names.get("indicators", {}))
    return rule


def _duty(rule: Tree, raw: Mapping[str, Any], names: Mapping[str, Names]) -> Tree:
    """A duty with the new names of its department, and of the event that fulfils it."""
    _swap(rule, "by", names.get("departments", {}))
    event = rule.get("fulfilled_by")
    if isinstance(event, Mapping):
        kind = str(event.get("kind"))
        rule["fulfilled_by"] = _Kind(kind, raw.get(kind, {}), names).fulfilled_by(event)
    return rule


def _swap(table: Any, key: str, names: Names) -> None:  # noqa: ANN401  # any value of TOML
    if isinstance(table, dict) and key in table:
        table[key] = _new(table[key], names)


def _as_list(value: Any) -> list[Any]:  # noqa: ANN401  # any value of TOML
    return value if isinstance(value, list) else [value]


@attrs.frozen
class _Kind:
    """The references within one kind of case; facts are looked up in the tree as it was."""

    name: str
    raw: Mapping[str, Any]
    names: Mapping[str, Names]

    def of(self, group: str) -> Names:
        return self.names.get(f"{self.name}.{group}", {})

    def book(self, group: str) -> Names:
        return self.names.get(group, {})

    @property
    def events(self) -> Names:
        return self.of("events")

    @property
    def figures(self) -> Names:
        return {f"${old}": f"${new}" for old, new in self.book("params").items()}

    def read(self, table: Tree) -> Tree:
        _swap(table, "opening", self.events)
        _swap(table, "late_entry", self.figures)
        for _, rule in _tables(table, "events"):
            self._event(rule)
        for group in ("pauses", "clocks"):
            for _, rule in _tables(table, group):
                self._timed(rule)
        for name, rule in _tables(table, "routes"):
            self._route(name, rule)
        for group in ("quantities", "balances"):
            for _, rule in _tables(table, group):
                self._quantity(rule)
        return table

    def fulfilled_by(self, given: Mapping[str, Any]) -> Tree:
        """An event of this kind with the values that its facts must have."""
        event = dict(given)
        self._where(event)
        _swap(event, "event", self.events)
        return event

    def _event(self, rule: Tree) -> None:
        for key in _DEPARTMENTS:
            _swap(rule, key, self.book("departments"))
        _swap(rule, "role", self.book("roles"))
        _swap(rule, "not_by", self.events)
        self._conditions(rule, ("when",))
        self._needs(rule, ("needs",))

    def _timed(self, rule: Tree) -> None:
        self._needs(rule, ("from", "to"))
        self._conditions(rule, ("when",))
        _swap(rule, "paused_by", self.of("pauses"))
        for key in ("within", "warn", "at_most"):
            _swap(rule, key, self.figures)
        if isinstance(rule.get("within"), Mapping):
            rule["within"] = self._table(dict(rule["within"]))

    def _route(self, name: str, rule: Tree) -> None:
        if "steps" not in rule and name in self.events:
            rule["steps"] = [name]
        _swap(rule, "steps", self.events)
        self._table(rule)

    def _quantity(self, rule: Tree) -> None:
        """A quantity or a balance: the facts that it counts, the steps that it binds, the names in its sums."""
        for key in ("last", "sum"):
            if isinstance(rule.get(key), list):
                rule[key] = [self._path(one) if isinstance(one, str) else one for one in rule[key]]
        for key in ("of", "rule"):
            if isinstance(rule.get(key), str):
                rule[key] = NAME.sub(lambda name: self.of("quantities").get(name[0], name[0]), rule[key])
        _swap(rule, "at", self.events)

    def _needs(self, rule: Tree, keys: tuple[str, ...]) -> None:
        for key in keys:
            if key in rule:
                given = rule[key]
                rule[key] = (
                    [self._need(one) for one in given] if isinstance(given, list) else self._need(given)
                )

    def _need(self, given: Any) -> Any:  # noqa: ANN401  # any value of TOML
        if not isinstance(given, Mapping):
            return _new(given, self.events)
        need = dict(given)
        self._where(need)
        self._conditions(need, ("when",))
        for key in ("event", "after"):
            _swap(need, key, self.events)
        _swap(need, "balance", self.of("balances"))
        if "each" in need:
            need["each"] = self._each(given)
        self._needs(need, ("all", "any"))
        return need

    def _where(self, need: Tree) -> None:
        """What a selector tests: the event's own columns, and its facts."""
        if isinstance(need.get("where"), Mapping):
            need["where"] = {
                fact: _new(values, self._carried(need.get("event"), fact))
                for fact, values in need["where"].items()
            }

    def _each(self, need: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any value of TOML
        """The path of a fact that lists values, or a list of these."""
        if isinstance(need["each"], str):
            return self._path(need["each"])
        match = need.get("match", "department")
        names: dict[str, str] = {}
        for one in _as_list(need["any"]) if "any" in need else [need]:
            event = one.get("event") if isinstance(one, Mapping) else one
            names |= self._carried(event, match)
        return _new(need["each"], names)

    def _carried(self, event: object, name: object) -> Names:
        """The names that the values of a column of an event, or of a fact of it, may have."""
        columns = {
            "department": self.book("departments"),
            "role": self.book("roles"),
            "on_behalf_of": {**self.book("departments"), **self.book("roles")},
        }
        return columns.get(str(name)) or self._values(f"{event}.{name}")

    def _conditions(self, rule: Tree, keys: tuple[str, ...]) -> None:
        for key in keys:
            if key in rule:
                read = [self._condition(one) for one in _as_list(rule[key])]
                rule[key] = read if isinstance(rule[key], list) else read[0]

    def _condition(self, given: Any) -> Any:  # noqa: ANN401  # any value of TOML
        if not isinstance(given, Mapping):
            return given
        return {self._path(path): _new(values, self._values(path)) for path, values in given.items()}

    def _path(self, path: str) -> str:
        event, dot, fact = path.partition(".")
        return f"{self.events.get(event, event)}{dot}{fact}"

    def _values(self, path: str) -> Names:
        """The names that the values of a fact may have."""
        event, _, fact = path.partition(".")
        facts = self.raw.get("subject") if event == "subject" else _inner(self.raw, "events", event, "facts")
        declared = _inner(facts, fact)
        word = declared.get("type") if isinstance(declared, Mapping) else declared
        is_department = isinstance(word, str) and word.rstrip("?*") == "department"
        return self.book("departments") if is_department else {}

    def _table(self, rule: Tree) -> Tree:
        """The inputs and the grid of a table."""
        sources = self._sources(rule)
        if isinstance(rule.get("inputs"), Mapping):
            rule["inputs"] = {name: self._input(given) for name, given in rule["inputs"].items()}
        if isinstance(rule.get("unknown"), Mapping):
            rule["unknown"] = {
                name: _new(value, self._column(name, sources)) for name, value in rule["unknown"].items()
            }
        if isinstance(rule.get("table"), str):
            rule["table"] = self._grid(rule["table"], sources)
        return rule

    def _input(self, given: Any) -> Any:  # noqa: ANN401  # any value of TOML
        if not isinstance(given, Mapping) or not isinstance(given.get("from"), list):
            return given
        return {**given, "from": [self._path(path) for path in given["from"]]}

    def _sources(self, rule: Tree) -> Mapping[str, list[str]]:
        """The facts that an input names itself."""
        declared = rule.get("inputs")
        inputs = declared if isinstance(declared, Mapping) else {}
        return {
            name: given["from"]
            for name, given in inputs.items()
            if isinstance(given, Mapping) and isinstance(given.get("from"), list)
        }

    def _column(self, name: str, sources: Mapping[str, list[str]]) -> Names:
        """The names that the cells of an input may have: those of the facts that give it."""
        events = self.raw.get("events")
        places = ["subject", *(events if isinstance(events, Mapping) else ())]
        paths = sources.get(name) or [f"{place}.{name}" for place in places]
        return next((names for path in paths if (names := self._values(path))), {})

    def _grid(self, grid: str, sources: Mapping[str, list[str]]) -> str:
        lines = grid.splitlines(keepends=True)
        header = next((line for line in lines if line.strip()), "")
        columns = [self._cells(cell.strip(), sources) for cell in header.split("|")]
        return "".join(
            line if line is header else "|".join(map(_cell, line.split("|"), columns)) + _rest(line, columns)
            for line in lines
        )

    def _cells(self, title: str, sources: Mapping[str, list[str]]) -> Names:
        """The names that stand in the cells under a title."""
        if not title.startswith("->"):
            return {} if title in ("", "id", "clause") else self._column(title, sources)
        if title.removeprefix("->").strip() == "within":
            return self.figures
        facts = {f"@{old}.": f"@{new}." for old, new in self.events.items()}
        return {**self.book("departments"), **facts}


def _cell(cell: str, names: Names) -> str:
    """A cell with the new names, each in the place of the old one."""

    def swap(found: re.Match[str]) -> str:
        token = found[0].strip()
        owner = token[: token.find(".") + 1]
        new = names.get(token) or (names[owner] + token.removeprefix(owner) if owner in names else token)
        return found[0].replace(token, new) if token else found[0]

    return _TOKEN.sub(swap, cell) if names else cell


def _rest(line: str, columns: list[Names]) -> str:
    """What a line has beyond the columns of its header: left to whoever reads the grid."""
    cells = line.split("|")[len(columns) :]
    return "".join(f"|{cell}" for cell in cells)


def _inner(table: Any, *keys: str) -> Any:  # noqa: ANN401  # any value of TOML
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table


def _tables(table: Tree, group: str) -> Iterator[tuple[str, Tree]]:
    found = table.get(group)
    for name, rule in found.items() if isinstance(found, Mapping) else ():
        if isinstance(rule, dict):
            yield name, rule
