"""Upgrade (升版): what a new edition of the parent means for a rulebook that extends the old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import attrs

from qms_service.authoring.diff.compare import Compared, compared, deviations, names_of
from qms_service.authoring.diff.deviation import Deviation
from qms_service.authoring.diff.words import Catalogues, edition_of, said
from qms_service.cases import Pin
from qms_service.errors import EntryError
from qms_service.rulebooks.digest import bare
from qms_service.rulebooks.rename import renamed
from qms_service.rulebooks.rule_paths import rules_of
from qms_service.rulebooks.rules import Rules
from qms_service.texts import render

UpgradeKind = Literal["taken", "combined", "conflict", "void"]


@attrs.frozen(kw_only=True)
class UpgradeItem:
    """One rule that the new edition of the parent changes (升版事项).

    Args:
        path: Where the rule stands, by the ids of the child.
        kind: `"taken"`: the child says nothing of it and takes it over. `"combined"`: both change it, at
            different keys. `"conflict"`: both change the same, or one removes what the other changes: decide.
            `"void"`: the parent says now what the child says; the child's change can be dropped.
        parent: What the parent changes.
        own: What the child changes.
    """

    path: str
    kind: UpgradeKind
    parent: Deviation
    own: Deviation | None = None

    def text(self, lang: str = "en", catalogues: Catalogues = None) -> str:
        """The item in words."""
        own = self.own.text(lang, catalogues) if self.own else ""
        operands = {"parent": self.parent.text(lang, catalogues), "own": own}
        return render(f"upgrade.{self.kind}", operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen
class Upgrade:
    """What changes for a rulebook when its parent has a new edition (升版清单).

    Args:
        before: The parent that it extends.
        after: The parent's new edition: what it will pin.
        child: The rulebook.
        items: What the new edition changes, in the order of the old one.
    """

    before: Pin
    after: Pin
    child: Pin
    items: tuple[UpgradeItem, ...]

    def __iter__(self) -> Iterator[UpgradeItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def text(self, lang: str = "en", catalogues: Catalogues = None) -> str:
        """The list, a line each, and what to write into `[extends]` when all is decided."""
        pins = {"child": self.child, "before": self.before, "after": self.after}
        operands = {name: said(pin, lang, catalogues) for name, pin in pins.items()}
        pin = {"edition": self.after.edition, "digest": self.after.digest}
        return "\n".join(
            (
                render("upgrade.title", {**operands, "count": len(self.items)}, lang, catalogues),
                *(f"  {one.text(lang, catalogues)}" for one in self.items),
                render("upgrade.pin", pin, lang, catalogues),
            )
        )

    def __str__(self) -> str:
        return self.text()

    def data(self, lang: str = "en") -> dict[str, Any]:
        """The list as programs read it: what `json.dumps` takes."""
        return {
            "before": attrs.asdict(self.before),
            "after": attrs.asdict(self.after),
            "child": attrs.asdict(self.child),
            "items": [{"path": one.path, "kind": one.kind, "text": one.text(lang)} for one in self.items],
        }


def upgrade(before: Compared, after: Compared, child: Compared) -> Upgrade:
    """What a new edition of the parent means for a rulebook that extends the old one.

    Args:
        before: The parent's edition that the child extends; each as `diff` takes it.
        after: The parent's new edition.
        child: The rulebook that extends `before`.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        RulebookError: A rulebook cannot be read.
        EntryError: Something else is given, or `child` does not extend `before`.

    >>> upgrade("pcb-maker", "pcb-maker", "pcb-maker")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    qms_service.errors.EntryError: pcb-maker edition 1 (...) extends no rulebook, so that no new edition concerns it. ...

    Limits: A step that the new edition drops, and a rule that the child adds still asks for, shows when the
    child is loaded with its new pin.
    """
    old, new, mine = compared(before), compared(after), compared(child)
    _refuse_stranger(mine, old)
    names = names_of(old, mine)
    base, target = (attrs.evolve(one, raw=renamed(one.raw, names)) for one in (old, new))
    own = {one.path: one for one in deviations(base, mine)}
    items = (_item(one, own.get(one.path), target, mine) for one in deviations(base, target))
    return Upgrade(old.pin, new.pin, mine.pin, tuple(items))


def _refuse_stranger(mine: Rules, old: Rules) -> None:
    """What a rulebook did not extend, it cannot take over."""
    if mine.parent is None:
        raise EntryError("upgrade-extends-none", child=edition_of(mine.pin))
    if mine.parent.pin != old.pin:
        pins = {"child": mine.pin, "parent": mine.parent.pin, "before": old.pin}
        raise EntryError("upgrade-extends-other", **{name: edition_of(pin) for name, pin in pins.items()})


def _item(parent: Deviation, own: Deviation | None, target: Rules, mine: Rules) -> UpgradeItem:
    return UpgradeItem(path=parent.path, kind=_kind(parent, own, target, mine), parent=parent, own=own)


def _kind(parent: Deviation, own: Deviation | None, target: Rules, mine: Rules) -> UpgradeKind:
    if own is None:
        return "taken"
    if _rule(target, parent.path) == _rule(mine, parent.path):
        return "void"
    keys = [{change.key for change in one.changes} for one in (parent, own)]
    both_changed = parent.kind == own.kind == "changed"
    return "combined" if both_changed and not keys[0] & keys[1] - {"clause"} else "conflict"


def _rule(rules: Rules, path: str) -> object:
    """A rule without its wording and its clause, which each cites for itself; None where there is none."""
    found = dict(rules_of(rules.raw)).get(path)
    if not isinstance(found, Mapping):
        return found
    return bare({key: value for key, value in found.items() if key != "clause"}, path)
