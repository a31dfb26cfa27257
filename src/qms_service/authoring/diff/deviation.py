"""Deviations (偏差): the rules in which one procedure differs from another, as values and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import attrs

from qms_service.authoring.diff.words import Catalogues, said
from qms_service.cases import Pin
from qms_service.clauses import ClauseRef
from qms_service.facts import Facts
from qms_service.labels import Label
from qms_service.texts import render

_PARTS: Final = re.compile(r"[.\[]")
DeviationKind = Literal["added", "removed", "changed", "renamed"]


@attrs.frozen
class Change:
    """One key of a rule (变更).

    Args:
        key: The key, such as `within`, `facts.cause`, or `table[other]` for a row.
        before: What it said; None where it was not there.
        after: What it says; None where it is gone.
    """

    key: str
    before: object
    after: object

    def text(self, lang: str = "en", catalogues: Catalogues = None, *, given: bool = False) -> str:
        """The change in words; with `given`, what is said alone."""
        form = ".given" if given else ".new" if self.before is None else ".gone" if self.after is None else ""
        key, *rest = _PARTS.split(self.key.removesuffix("]"), maxsplit=1)
        word = render(f"diff.key.{key}", {}, lang, catalogues).removeprefix("diff.key.")
        operands = {
            "key": " ".join((word, *rest)),
            "before": said(self.before, lang, catalogues),
            "after": said(self.after, lang, catalogues),
        }
        return render(f"diff.change{form}", operands, lang, catalogues)


@attrs.frozen(kw_only=True)
class Deviation:
    """A rule in which one procedure differs from another (偏差).

    Args:
        path: Where the rule stands, such as `complaint.clocks.answer`; a removed one, where it stood.
        kind: `"added"`, `"removed"`, `"changed"` or `"renamed"`.
        was: The rule's id before, where it was renamed.
        label: Its name for people.
        before: What it said; None where it was added.
        after: What it says; None where it was removed.
        changes: The keys that differ; of an added rule all of them.
        clause: The clause that asks for the change, where the rulebook names it.
        reason: Why, where the rulebook says so.
        used_by: The rules that a changed figure counts for.
        scope: The kind of case, where the procedures have several.
    """

    path: str
    kind: DeviationKind
    was: str = ""
    label: Label = attrs.field(factory=Label)
    before: Facts | None = None
    after: Facts | None = None
    changes: tuple[Change, ...] = ()
    clause: ClauseRef | None = None
    reason: str = ""
    used_by: tuple[str, ...] = ()
    scope: str = ""

    def text(self, lang: str = "en", catalogues: Catalogues = None) -> str:
        """The deviation as one sentence of a deviation list."""
        changes = (one.text(lang, catalogues, given=self.kind == "added") for one in self.changes)
        operands = {
            "what": self._what(lang, catalogues),
            "was": self.was,
            "changes": render("diff.and-then", {}, lang, catalogues).join(changes),
            "used": self._used(lang, catalogues),
            "why": self._why(lang, catalogues),
        }
        form = ".renamed" if self.kind == "changed" and self.was else ""
        bare = ".bare" if self.kind == "added" and not self.changes else ""
        return render(f"diff.{self.kind}{form}{bare}", operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()

    def _what(self, lang: str, catalogues: Catalogues) -> str:
        *groups, name = self.path.split(".")
        sort = render(f"diff.sort.{groups[-1] if groups else 'kind'}", {}, lang, catalogues)
        if not groups and name in ("timezone", "calendar"):
            return render("diff.sort.header", {}, lang, catalogues)
        label = self.label.text(lang)
        form = "diff.what" if label.casefold() in ("", name.replace("_", " ")) else "diff.what.labelled"
        scope = f"{self.scope}: " if self.scope else ""
        return scope + render(form, {"sort": sort, "id": name, "label": label}, lang, catalogues)

    def _used(self, lang: str, catalogues: Catalogues) -> str:
        if not self.used_by:
            return ""
        names = tuple(path.rpartition(".")[2] for path in self.used_by)
        return render("diff.used", {"used": names}, lang, catalogues)

    def _why(self, lang: str, catalogues: Catalogues) -> str:
        if self.clause is None:
            return ""
        code = "diff.why" if self.reason else "diff.why.clause"
        return render(code, {"clause": self.clause, "reason": self.reason}, lang, catalogues)


@attrs.frozen
class Deviations:
    """The deviation list (偏差清单) of one procedure against another.

    Args:
        before: The procedure that it is held against.
        after: The procedure whose deviations these are.
        items: The deviations, in the order of `before`; what was added comes last.
    """

    before: Pin
    after: Pin
    items: tuple[Deviation, ...]

    def __iter__(self) -> Iterator[Deviation]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def text(self, lang: str = "en", catalogues: Catalogues = None) -> str:
        """The list as an auditor reads it, a line each."""
        before, after = (said(pin, lang, catalogues) for pin in (self.before, self.after))
        operands = {"before": before, "after": after, "count": len(self.items)}
        title = render("diff.title" if self.items else "diff.none", operands, lang, catalogues)
        return "\n".join((title, *(f"  {one.text(lang, catalogues)}" for one in self.items)))

    def __str__(self) -> str:
        return self.text()

    def data(self, lang: str = "en") -> dict[str, Any]:
        """The list as programs read it: what `json.dumps` takes."""
        return {
            "before": attrs.asdict(self.before),
            "after": attrs.asdict(self.after),
            "deviations": [_data(one, lang) for one in self.items],
        }


def _data(one: Deviation, lang: str) -> dict[str, Any]:
    return {
        "path": one.path,
        "kind": one.kind,
        "was": one.was or None,
        "clause": str(one.clause) if one.clause else None,
        "reason": one.reason or None,
        "changes": [
            {"key": change.key, "before": _plain(change.before), "after": _plain(change.after)}
            for change in one.changes
        ],
        "text": one.text(lang),
    }


def _plain(value: object) -> object:
    """A value of TOML as JSON has it; a decimal and a date as text, so that nothing is lost."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, str | bool | int) else str(value)
