"""The schema of a table, by its form."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.authoring.editor import patterns
from qms_service.authoring.editor.said import said_of_form, said_of_key
from qms_service.authoring.editor.values import Schema, either, listed, names, ref, text, value_of
from qms_service.rulebooks.form import Form, Key, Takes
from qms_service.rulebooks.grammar import SELECTOR, any_of


def table(form: Form) -> Schema:
    """The schema of a table; where a fact may give its type alone, of that too."""
    read: Schema = {"type": "object", **explained_as(form.name), **keys_of(form)}
    if form.needed:
        read["required"] = list(form.needed)
    read |= _asked_with(form)
    if form.short:
        shorthand = value_of(form.name, "type", form.keys["type"])
        return either(shorthand, read)
    return read


def explained_as(name: str) -> Schema:
    """What a table is.

    Of a kind of case it is a title, which taplo does not show: with a key that it knows, it shows what is said
    of tables under other names too.
    """
    return {"title" if name.endswith("kind") else "description": said_of_form(name)}


def _asked_with(form: Form) -> Schema:
    """What is needed beside a certain word alone."""
    for name, key in form.keys.items():
        if key.needed_with:
            beside, word = key.needed_with
            told = {"properties": {beside: {"const": word}}, "required": [beside]}
            return {"if": told, "then": {"required": [name]}}
    return {}


def keys_of(form: Form) -> Schema:
    """The keys that a table of a form may have, and no others."""
    own = {name: key_schema(form, name) for name in form.keys}
    given = names() if form.named else {}
    return {**given, "properties": {**own, **given.get("properties", {})}, "additionalProperties": False}


def key_schema(form: Form, name: str) -> Schema:
    """The schema of a key, with what it means."""
    key = form.keys[name]
    return {**_value(form, name, key), "description": said_of_key(form.name, name)}


def _value(form: Form, name: str, key: Key) -> Schema:
    if key.takes is Takes.SELECTORS:
        return either(selector(), listed(ref(SELECTOR.name), 1))
    if key.takes is Takes.WITHIN and key.form:
        return either(value_of(form.name, name, key), table(key.form))
    if key.takes is Takes.TABLES and key.form:
        return listed(table(key.form))
    if key.form and key.form.members:
        return group(key.form, ref(key.form.members.name))
    return table(key.form) if key.form else value_of(form.name, name, key)


def selector() -> Schema:
    """An event by its name, or a table that narrows it."""
    return either(text(patterns.SOMETHING), table(SELECTOR))


def map_of(member: Schema) -> Schema:
    """A table of tables under names that it refers to."""
    return {"type": "object", "additionalProperties": member}


def group(form: Form, member: Schema) -> Schema:
    """A table of tables under names of the author's own."""
    rules: Schema = {"pattern": patterns.PLAIN_NAME} if form.plain else {}
    if form.reserved:
        rules["not"] = {"enum": list(form.reserved)}
    return {**map_of(member), "propertyNames": rules} if rules else map_of(member)


def condition(name: str, forms: Mapping[tuple[str, ...], Form]) -> Schema:
    """A condition by the event alone, or a table in any of its forms: each form asks for its own keys."""
    whole = attrs.evolve(any_of(forms), name=name)
    last: Schema = {"required": ["event"]}
    chain = last
    for told, form in reversed(tuple(forms.items())):
        asked = {
            "required": list(form.needed or told),
            "propertyNames": {"enum": list(form.keys)},
            "properties": {key: {"minItems": 1} for key in told},
        }
        chain = {"if": {"required": list(told)}, "then": asked, "else": chain}
    bare = text(patterns.SOMETHING)
    return {**either(bare, {"type": "object", **keys_of(whole)}), **chain, "description": said_of_form(name)}
