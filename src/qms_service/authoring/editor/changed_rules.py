"""The rules of each form as an extending rulebook adds and replaces them: the keys of the form, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qms_service.authoring.editor import patterns
from qms_service.authoring.editor.said import said_of_key
from qms_service.authoring.editor.tables import group
from qms_service.authoring.editor.values import Schema, either, listed, names, ref, text
from qms_service.authoring.editor.why import BOTH, explained, said_why
from qms_service.rulebooks.changes import BEFORE, RENAMED, RENAMED_TO, WHY, WITHOUT
from qms_service.rulebooks.digest import is_wording
from qms_service.rulebooks.form import Form
from qms_service.rulebooks.grammar import KIND, PARAM, RULEBOOK
from qms_service.rulebooks.rule_paths import BOOK_GROUPS, KIND_GROUPS, SURVEY_GROUPS
from qms_service.rulebooks.section_grammar import SURVEY

# What has groups of rules of its own, with the path under which wording is looked for.
OWNERS: Final[Mapping[Form, tuple[tuple[str, ...], str]]] = {
    KIND: (KIND_GROUPS, "kind"),
    SURVEY: (SURVEY_GROUPS, "surveys.x"),
}

# Of each group, the form of its rules.
MEMBERS: Final[Mapping[str, Form]] = {
    name: table.members
    for form in (RULEBOOK, *OWNERS)
    for name, table in form.groups.items()
    if name in (*BOOK_GROUPS, *KIND_GROUPS, *SURVEY_GROUPS) and table.members
}


def changed_rules() -> Mapping[str, Schema]:
    """The definitions of what an extending rulebook says of a rule."""
    return {
        "why": explained("why", {"properties": {}}, needed=WHY),
        "set-param": explained("set-param", _keys(PARAM), needed=("value", *WHY)),
        "renamed": _renamed(),
        "renamed-kind": _renamed_kind(),
        **{f"added-{form.name}": _added(form) for form in MEMBERS.values() if form not in OWNERS},
        **{
            f"replaced-{form.name}": _replaced(name, form)
            for name, form in MEMBERS.items()
            if form not in OWNERS
        },
        **{f"added-{form.name}": _added_owner(form) for form in OWNERS},
        **{f"replaced-{form.name}": _replaced_owner(form) for form in OWNERS},
        **{f"removed-{form.name}": _removed_owner(form) for form in OWNERS},
    }


def asking(form: Form) -> Schema:
    """What a rule that is added needs."""
    said = {key: text(patterns.SOMETHING) for key in WHY}
    return {"required": list(dict.fromkeys((*form.needed, *WHY))), "properties": said}


def of_group(owner: Form, name: str, member: Schema) -> Schema:
    """What is said of the rules of a group, each under its id."""
    return {**group(owner.groups[name], member), "description": said_of_key(owner.name, name)}


def _keys(form: Form, *, aside: tuple[str, ...] = ()) -> Schema:
    """The keys of a rule, each as its own form describes it."""
    own = {key: ref(f"{form.name}/properties/{key}") for key in form.keys if key not in aside}
    given = names() if form.named else {}
    return {**given, "properties": {**own, **given.get("properties", {})}}


def _with(keys: Schema, **more: Schema) -> Schema:
    return {**keys, "properties": {**keys["properties"], **more}}


def _added(form: Form) -> Schema:
    """A rule that is added; what it needs is asked where it stands, for one of a kind that is new needs less."""
    before = said_why(BEFORE, text())
    return explained("added", _with(_keys(form), **{BEFORE: before}), blank=True)


def _replaced(name: str, form: Form) -> Schema:
    """A rule of which some keys are replaced: names alone need neither clause nor reason."""
    without = said_why(WITHOUT, listed(text()))
    table = explained("replaced", _with(_keys(form), **{WITHOUT: without}))
    asked = {"required": list(WHY)}
    worded = _wording(name, form)
    if not worded:
        return {**table, **asked}
    names_alone = {"minProperties": 1, "propertyNames": {"pattern": worded}}
    return {**table, "if": names_alone, "else": asked}


def _wording(name: str, form: Form) -> str:
    """The keys of a rule of a group that give names alone, as a pattern; an empty text where none does."""
    owner = next((path for groups, path in OWNERS.values() if name in groups), None)
    rule = f"{owner}.{name}.x" if owner else f"{name}.x"
    words = [key for key in form.keys if is_wording(key, rule, f"{rule}.{key}")]
    if form.named:
        words.append(patterns.LANGUAGES.strip("^$"))
    return f"^({'|'.join(words)})$" if words else ""


def _added_owner(form: Form) -> Schema:
    """A kind of case or a survey, new with all its rules, or one of the parent's with rules that are added to it."""
    own, _ = OWNERS[form]
    groups = {name: of_group(form, name, ref(f"added-{MEMBERS[name].name}")) for name in own}
    before = said_why(BEFORE, text())
    keys = _with(_keys(form, aside=own), **{BEFORE: before}, **groups)
    asked, whole = asking(form), {name: ref(f"{form.name}/properties/{name}") for name in own}
    new = {**asked, "properties": {**whole, **asked["properties"]}}
    old = {
        "properties": {name: {"additionalProperties": asking(MEMBERS[name])} for name in own},
        "propertyNames": {"enum": list(own)},
    }
    table = explained(f"added-{form.name}", keys, blank=True)
    return {**table, "minProperties": 1, "if": {"required": ["reason"]}, "then": new, "else": old}


def _replaced_owner(form: Form) -> Schema:
    own, path = OWNERS[form]
    groups = {name: of_group(form, name, ref(f"replaced-{MEMBERS[name].name}")) for name in own}
    without = said_why(WITHOUT, listed(text()))
    keys = _with(_keys(form, aside=own), **{WITHOUT: without}, **groups)
    rules = [key for key in form.keys if key not in own and not is_wording(key, path, f"{path}.{key}")]
    asked = {**{key: list(WHY) for key in (*rules, WITHOUT)}, **BOTH}
    return {**explained(f"replaced-{form.name}", keys), "minProperties": 1, "dependencies": asked}


def _removed_owner(form: Form) -> Schema:
    groups = {name: of_group(form, name, ref("why")) for name in OWNERS[form][0]}
    table = explained(f"removed-{form.name}", {"properties": groups})
    return {**table, "minProperties": 1, "dependencies": dict(BOTH)}


def _renamed() -> Schema:
    """A new name, or a table with it."""
    to = said_why(RENAMED_TO, text(patterns.PLAIN_NAME))
    table = explained("renamed", {"properties": {RENAMED_TO: to}}, needed=(RENAMED_TO,))
    return either(text(patterns.PLAIN_NAME), {**table, "dependencies": dict(BOTH)})


def _renamed_kind() -> Schema:
    groups = [name for name in KIND_GROUPS if name in RENAMED]
    return {
        "type": "object",
        "properties": {name: of_group(KIND, name, ref("renamed")) for name in groups},
        "additionalProperties": False,
    }
