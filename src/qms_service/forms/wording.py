"""Wording: what a filled form says in a language: values as people write them on paper, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.facts import UNDETERMINED
from qms_service.forms.filled import FilledField, FilledForm
from qms_service.forms.value_type import ValueType
from qms_service.labels import Label
from qms_service.markup import Words
from qms_service.texts import render, shown

TICKED: Final = "☑"
EMPTY: Final = "☐"
MOST_BOXES: Final = 8  # choices beyond that are written, not ticked


@attrs.frozen(kw_only=True)
class Wording(Words):
    """The words of a filled form in one language."""

    def cell(self, filled: FilledField) -> str:
        """What stands in the place of a field."""
        if filled.state in ("missing", "not_needed"):
            return self.text(f"form.{filled.state}")
        if filled.value is not None:
            return self.typed(filled.field.type, filled.value)
        return self._boxes(filled.field.type, None) if filled.state == "by_hand" else ""

    def typed(self, type_: ValueType, value: object) -> str:
        """A value as its type is written."""
        if ticks(type_) and type_.offers(value):
            return self._boxes(type_, value)
        if value == ():
            return self.text("form.none")
        if isinstance(value, tuple):
            return self.value(tuple(self.one(type_, item) for item in value))
        return self.one(type_, value)

    def one(self, type_: ValueType, value: object) -> str:
        """One value, without boxes; an instant by the clock on the wall, for the foot of a form names its zone."""
        if isinstance(value, datetime):
            return shown(value.replace(tzinfo=None), self.lang)
        if type_.kind == "signature" and isinstance(value, Mapping):
            return "  ".join(self.one(type_, part) for part in value.values())
        if type_.undetermined and value == UNDETERMINED:
            return self.text("form.undetermined")
        return self.value(type_.named(value, self.lang))

    def _boxes(self, type_: ValueType, value: object) -> str:
        """The choices with that which was made ticked; nothing for what is no choice."""
        if not ticks(type_):
            return ""
        yes_or_no = ((True, self.text("word.yes")), (False, self.text("word.no")))
        named = tuple((one, label.text(self.lang)) for one, label in type_.choices)
        choices: tuple[tuple[object, str], ...] = yes_or_no if type_.kind == "bool" else named
        made = value if isinstance(value, tuple) else (value,)
        return "  ".join(f"{TICKED if one in made else EMPTY} {name}" for one, name in choices)

    def said(self, label: Label | None) -> str:
        """A label in the language; nothing for none."""
        return "" if label is None else label.text(self.lang)

    def told(self, code: str, **operands: object) -> str:
        """A text of the catalogues."""
        return render(f"form.{code}", operands, self.lang, self.catalogues)

    def header(self, filled: FilledForm) -> str:
        """The number of the case, where the form is about one."""
        return self.told("case", case=filled.case) if filled.case else ""

    def citing(self, *clauses: ClauseRef | None) -> str:
        """Clauses, each once."""
        known = dict.fromkeys(str(clause) for clause in clauses if clause is not None)
        return self.value(tuple(known)) if known else ""

    def foot(self, filled: FilledForm) -> Iterable[str]:
        """When the form was filled and by which rules; then what is missing."""
        at = shown(filled.filled_at.replace(tzinfo=None), self.lang)
        if filled.pin is None:
            yield self.told("filled", at=at, zone=filled.zone)
        else:
            pin = f"{filled.pin.rulebook} {filled.pin.edition} ({filled.pin.digest[:12]})"
            yield self.told("filled.by", at=at, zone=filled.zone, rules=pin)
        if filled.missing:
            names = dict.fromkeys(self.said(one.field.label) for one in filled.missing)
            yield self.told("still-missing", fields=tuple(names))
        for finding in dict.fromkeys(one.finding for one in filled.missing if one.finding):
            yield finding.text(self.lang, self.catalogues)


def ticks(type_: ValueType) -> bool:
    """Whether a value is shown as boxes to tick."""
    return type_.kind == "bool" or (type_.boxes and len(type_.choices) <= MOST_BOXES)
