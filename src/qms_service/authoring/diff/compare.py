"""Compares two procedures rule by rule, by their ids."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, cast

import attrs

from qms_service.authoring.diff.deviation import Change, Deviation, DeviationKind, Deviations
from qms_service.clauses import ClauseRef
from qms_service.errors import EntryError
from qms_service.facts import UNDETERMINED, Facts
from qms_service.labels import Label
from qms_service.routing.grid import read_grid
from qms_service.rulebooks import Origin, Procedure, Rulebook
from qms_service.rulebooks.context import LANGUAGE
from qms_service.rulebooks.digest import bare
from qms_service.rulebooks.figures import figures_in
from qms_service.rulebooks.origin import Parent
from qms_service.rulebooks.rename import renamed
from qms_service.rulebooks.rule_paths import groups_in, owner_of, owners_of, rules_of
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.standing_in import load_with_stand_ins

Compared = str | os.PathLike[str] | Rulebook | Procedure
_CITED: Final = ("set", "replaced", "added")  # the change itself names its clause
_NAMED: Final = (
    *(["departments"], ["roles"], ["subject"]),
    *(["indicators"], ["dimensions"], ["items"]),
)  # their names stand beside their rules


def diff(before: Compared, after: Compared) -> Deviations:
    """In which rules one procedure differs from another: the deviation list (偏差清单) that an auditor asks for.

    Rules are compared by their ids, those that `after` renames by their new ones. Wording is no rule: labels,
    titles, notes and the list of clauses are left out, and so is how tables are laid out. Where `after` extends
    `before`, each deviation has its clause and its reason.

    Args:
        before: What it is held against: a rulebook's id or path, a `Rulebook` (its newest edition), or one
            edition, a `Procedure`. A calendar that a path names and nobody supplies is taken as open round
            the clock: no rule depends on it.
        after: The procedure whose deviations are asked for.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        RulebookError: A rulebook cannot be read.
        EntryError: Something else is given.

    >>> print(diff("pcb-maker", "pcb-maker").text()[:9], len(diff("pcb-maker", "pcb-maker")))
    pcb-maker 0

    Limits: The order of the steps of a kind is not compared.
    """
    old, new = compared(before), compared(after)
    return Deviations(old.pin, new.pin, tuple(deviations(old, new)))


def from_parent(rules: Rules) -> Deviations | None:
    """In what an edition differs from the one that it extends; None where it extends nothing."""
    parent = rules.parent
    return None if parent is None else Deviations(parent.pin, rules.pin, tuple(deviations(parent, rules)))


def compared(given: Compared) -> Rules:
    """The rules of what is compared: of a rulebook its newest edition."""
    if isinstance(given, str | os.PathLike):
        given = load_with_stand_ins(given)[0]
    if isinstance(given, Rulebook):
        given = given.editions[-1]
    if not isinstance(given, Procedure):
        raise EntryError("diff-takes", got=repr(given))
    return given.rules


def deviations(old: Rules | Parent, new: Rules) -> Iterator[Deviation]:
    """Each rule in which the new one differs from the old one."""
    names = names_of(old, new)
    tree = renamed(old.raw, names)
    before, after = dict(rules_of(tree)), dict(rules_of(new.raw))
    scopes = {owner for raw in (tree, new.raw) for owner in owners_of(raw)}
    for key in ("timezone", "calendar"):
        one, other = tree.get(key, "continuous"), new.raw.get(key, "continuous")
        if one != other:
            yield Deviation(path=key, kind="changed", changes=(Change(key, one, other),))
    for path in dict.fromkeys((*before, *after)):
        was = _was(names, path)
        found = _deviation(path, before.get(path), after.get(path), new, was)
        if found is not None and not _within_removed(path, before, after):
            yield attrs.evolve(found, scope=_scope(path, scopes))


def names_of(old: Rules | Parent, new: Rules) -> dict[str, dict[str, str]]:
    """Of each group, the new id of each rule that one of the two says to have renamed."""
    before, after = ({path for path, _ in rules_of(one.raw)} for one in (old, new))
    names: dict[str, dict[str, str]] = {}
    for rules, others in ((new, before), (old, after)):
        for path, origin in rules.provenance.items():
            group, _, name = path.rpartition(".")
            was = f"{group}.{origin.was}"
            if origin.was and was in others and path not in others:
                one, other = (origin.was, name) if rules is new else (name, origin.was)
                names.setdefault(group, {})[one] = other
    return names


def _was(names: Mapping[str, Mapping[str, str]], path: str) -> str:
    group, _, name = path.rpartition(".")
    return next((old for old, new in names.get(group, {}).items() if new == name), "")


def _scope(path: str, owners: Collection[str]) -> str:
    """The kind of case, or the survey, to which a rule belongs, where there are several of these."""
    owner = owner_of(path)
    several = sum(groups_in(one) == groups_in(owner) for one in owners) > 1
    return owner.rpartition(".")[2] if several and owner in owners and owner != path else ""


def _within_removed(path: str, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether the whole kind of case, or survey, of a rule is gone: that is one deviation."""
    owner = owner_of(path)
    return path != owner and owner in before and owner not in after


def _deviation(path: str, before: object, after: object, new: Rules, was: str) -> Deviation | None:
    old, now = _keys(path, before), _keys(path, after)
    changes = tuple(_changes(path, old or {}, now or {}))
    origin = new.provenance.get(path, Origin(document="", edition=""))
    rest = tuple(one for one in changes if one.key != "clause")
    if rest and (origin.how in _CITED or before is None):
        changes = rest
    if before is not None and after is not None and not changes and not was:
        return None
    return Deviation(
        path=path,
        kind=_kind(before, after, changes),
        was=was,
        label=_label(path, before if after is None else after),
        before=None if old is None else Facts(old),
        after=None if now is None else Facts(now),
        changes=changes if after is not None else (),
        clause=_clause(origin, now, new),
        reason=origin.reason,
        used_by=_used_by(path, new) if before is not None and changes else (),
    )


def _kind(before: object, after: object, changes: tuple[Change, ...]) -> DeviationKind:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "changed" if changes else "renamed"


def _clause(origin: Origin, now: Mapping[str, object] | None, new: Rules) -> ClauseRef | None:
    """The clause that asks for the change; without one, the clause that the rule itself cites."""
    if origin.clause:
        document, edition = origin.document, origin.edition
        if origin.how == "renamed":
            document, edition = new.id, new.edition
        return ClauseRef(origin.clause, document=document, edition=edition)
    number = (now or {}).get("clause")
    if not isinstance(number, str):
        return None
    return ClauseRef(number, document=origin.document or new.id, edition=origin.edition or new.edition)


def _keys(path: str, rule: object) -> dict[str, Any] | None:
    """The keys of a rule; of a kind of case its own settings alone."""
    if rule is None:
        return None
    if not isinstance(rule, Mapping):
        return {"type": rule}
    groups = groups_in(path) if path == owner_of(path) else ()
    return {key: value for key, value in rule.items() if key not in groups}


def _changes(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = (cast("dict[str, object]", bare(keys, path)) for keys in (old, new))
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield from _change(key, old.get(key), new.get(key))


def _change(key: str, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401  # any value of TOML
    """The change of a key; facts one by one, tables row by row."""
    parts = [_parts(key, value) for value in (before, after)]
    if parts[0] is None and parts[1] is None:
        yield Change(key, _frozen(before), _frozen(after))
        return
    old, new = (
        {key: value} if part is None else part for part, value in zip(parts, (before, after), strict=True)
    )
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Change(name, _frozen(old.get(name)), _frozen(new.get(name)))


def _parts(key: str, value: object) -> dict[str, object] | None:
    """The facts of a step by name, or the rows of a table by id; None where the value is of one piece."""
    if key == "facts" and isinstance(value, Mapping):
        return {f"facts.{name}": _type(given) for name, given in value.items()}
    grid = value.get("table") if key == "within" and isinstance(value, Mapping) else value
    if key in ("table", "within") and isinstance(grid, str) and "|" in grid:
        return {f"table[{rule['id']}]": _row(rule) for rule in read_grid(grid).rules}
    return None


def _type(given: object) -> object:
    """The type of a fact without its names."""
    if not isinstance(given, Mapping):
        return given
    type_ = given.get("type")
    if given.get("undetermined"):
        type_ = f"{type_} | {UNDETERMINED}"
    if not given.get("optional"):
        return type_
    return [*type_, "?"] if isinstance(type_, list) else f"{str(type_).removesuffix('?')}?"


def _row(rule: Mapping[str, Any]) -> str:
    """A row in words: its conditions, an arrow, its outputs."""
    when = [f"{name} {cell}" for name, cell in rule["when"].items() if cell != "-"]
    then = [f"{name} {value}" for name, value in rule["then"].items() if value]
    return f"{', '.join(when) or '-'} ⇒ {', '.join(then)}"


def _frozen(value: object) -> object:
    return Facts({"value": value}).get("value")


def _label(path: str, rule: object) -> Label:
    """The names of a rule; none where it has none."""
    if not isinstance(rule, Mapping):
        return Label()
    names = rule if path.split(".")[-2:-1] in _NAMED else rule.get("label")
    if not isinstance(names, Mapping):
        return Label()
    return Label(
        {key: text for key, text in names.items() if LANGUAGE.fullmatch(key) and isinstance(text, str)}
    )


def _used_by(path: str, new: Rules) -> tuple[str, ...]:
    """The rules in which a figure counts."""
    group, _, name = path.partition(".")
    if group != "params":
        return ()
    return tuple(one for one, rule in rules_of(new.raw) if "." in one and name in figures_in(rule))
