"""The schema of the tables by which a rulebook extends another: set, add, replace, remove, rename."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qms_service.authoring.editor import patterns
from qms_service.authoring.editor.changed_rules import MEMBERS, OWNERS, asking, of_group
from qms_service.authoring.editor.said import said_of_key
from qms_service.authoring.editor.tables import map_of
from qms_service.authoring.editor.values import Schema, ref
from qms_service.rulebooks.form import Form
from qms_service.rulebooks.grammar import RULEBOOK
from qms_service.rulebooks.rule_paths import BOOK_GROUPS, KIND_GROUPS, SURVEY_GROUPS, SURVEYS

# A path in quotes that leads to no group: an expression that taplo's validator reads, and its hover skips.
_FLAT: Final = tuple(name for name in BOOK_GROUPS if name != SURVEYS)
_OF_SURVEY: Final = rf"{SURVEYS}\.[^.]+(\.({'|'.join(SURVEY_GROUPS)})\..*)?$"
_OF_KIND: Final = rf"(?!{SURVEYS}\.)[^.]+\.({'|'.join(KIND_GROUPS)})\."
_ASTRAY: Final = rf"^(?!({'|'.join(_FLAT)})\.)(?!{_OF_SURVEY})(?!{_OF_KIND}).*\."


def changes() -> Mapping[str, Schema]:
    """What stands at the top of a rulebook that extends another, beside its header."""
    tables = {
        "set": map_of(ref("set-param")),
        "add": _paths(_added, ref("added-kind")),
        "replace": _paths(_replaced, ref("replaced-kind")),
        "remove": _paths(_removed, ref("removed-kind")),
        "rename": _renames(),
    }
    return {name: {**table, "description": said_of_key("extending", name)} for name, table in tables.items()}


def _added(form: Form) -> Schema:
    if form in OWNERS:
        return ref(f"added-{form.name}")
    return {"allOf": [ref(f"added-{form.name}"), asking(form)]}


def _replaced(form: Form) -> Schema:
    return ref(f"replaced-{form.name}")


def _removed(form: Form) -> Schema:
    return ref(f"removed-{form.name}" if form in OWNERS else "why")


def _paths(said_of: Callable[[Form], Schema], kind: Schema) -> Schema:
    """What is said of rules, each in its group, or under its whole path in quotes."""
    said = {name: said_of(form) for name, form in MEMBERS.items()}
    return {
        "type": "object",
        "properties": {name: of_group(RULEBOOK, name, said[name]) for name in BOOK_GROUPS},
        "patternProperties": {
            **{rf"^{name}\..": said[name] for name in _FLAT},
            rf"^{SURVEYS}\.[^.]+$": said[SURVEYS],
            **{rf"^{SURVEYS}\.[^.]+\.{name}\..": said[name] for name in SURVEY_GROUPS},
            **{rf"^[^.]+\.{name}\..": said[name] for name in KIND_GROUPS},
            _ASTRAY: False,
        },
        "additionalProperties": kind,
    }


def _renames() -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": patterns.PLAIN_NAME},
        "properties": {name: of_group(RULEBOOK, name, ref("renamed")) for name in BOOK_GROUPS},
        "additionalProperties": ref("renamed-kind"),
    }
