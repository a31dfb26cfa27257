"""The schema of what stands under a key, by what the key takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qms_service.authoring.editor import patterns
from qms_service.authoring.editor.said import said_of
from qms_service.rulebooks.form import Key, Takes
from qms_service.texts import SHIPPED, catalogue

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A reference to a definition; what stands beside one is ignored."""
    return {"$ref": f"#/definitions/{name}"}


def text(pattern: str | None = None) -> Schema:
    """A text; with a pattern, one that it fits."""
    return {"type": "string"} if pattern is None else {"type": "string", "pattern": pattern}


def listed(items: Schema, least: int = 0) -> Schema:
    """A list."""
    return {"type": "array", "items": items} | ({"minItems": least} if least else {})


def names() -> Schema:
    """Names in each language, under its code; `title` and `label` are such tables."""
    return {
        "properties": {
            lang: {"type": "string", "description": said_of(f"editor.{lang}")} for lang in SHIPPED
        },
        "patternProperties": {patterns.LANGUAGES: {"type": "string"}},
    }


def either(*schemas: Schema) -> Schema:
    """One of several types, each with what it asks: no `anyOf`, whose message would name neither."""
    types = [kind for schema in schemas for kind in _types(schema)]
    merged = {word: what for schema in schemas for word, what in schema.items()}
    return merged | {"type": types}


def _types(schema: Schema) -> list[str]:
    kinds = schema["type"]
    return [kinds] if isinstance(kinds, str) else kinds


def value_of(form: str, name: str, key: Key) -> Schema:
    """What may stand under a key of a form that is no table of its own.

    Args:
        form: The form's name.
        name: The key.
        key: What it takes.
    """
    if key.takes is Takes.CHOICE:
        return _choice(form, name, key)
    if key.takes is Takes.LABEL:
        return _label()
    if key.takes is Takes.REMARK:
        return either(text(patterns.SOMETHING), {**_label(), "minProperties": 1})
    if key.takes is Takes.TEXT and key.needed:
        return text(patterns.SOMETHING)
    return dict(_VALUES[key.takes])


def _label() -> Schema:
    offered = {"x-taplo": {"initKeys": list(SHIPPED)}}
    return {"type": "object", **names(), "additionalProperties": False, **offered}


def _choice(form: str, name: str, key: Key) -> Schema:
    """A word of a list, each with what it means."""
    codes = [f"editor.choice.{form}.{name}.{word}" for word in key.choices]
    meanings = [said_of(code) if code in catalogue("en") else None for code in codes]
    docs = {"x-taplo": {"docs": {"enumValues": meanings}}} if any(meanings) else {}
    return {"type": "string", "enum": list(key.choices), **docs}


_ATOM: Final[Schema] = {"type": ["string", "boolean", "number"]}
_VALUE: Final = either(_ATOM, listed(_ATOM))
_FACTS: Final[Schema] = {
    "type": "object",
    "propertyNames": {"pattern": patterns.FACT_PATH},
    "additionalProperties": _VALUE,
}
_VALUES: Final[Mapping[Takes, Schema]] = {
    Takes.TEXT: text(),
    Takes.TEXTS: listed(text()),
    Takes.FLAG: {"type": "boolean"},
    Takes.COUNT: {"type": "integer", "minimum": 1},
    Takes.WHOLE: {"type": "integer"},
    Takes.NUMBER: {"type": "number"},
    Takes.AMOUNT: either({"type": "number"}, text(patterns.PARAM)),
    Takes.NUMBERS: {"type": "object", "additionalProperties": {"type": "number"}},
    Takes.MONTH: {"type": "integer", "minimum": 1, "maximum": 12},
    Takes.DATE: text(patterns.DATE),
    Takes.DAY: text(patterns.DAY),
    Takes.ORIGIN: text(patterns.ORIGIN),
    Takes.CLAUSE: text(),
    Takes.FIGURE: {"type": ["string", "number", "boolean"]},
    Takes.DIGEST: text(patterns.DIGEST),
    Takes.TERM: text(patterns.TERM),
    Takes.WITHIN: text(patterns.WITHIN),
    Takes.FACT_TYPE: either(text(patterns.FACT_TYPE), listed(text(), 1)),
    Takes.COLUMN_TYPE: either(text(patterns.COLUMN_TYPE), listed(text(patterns.SOMETHING))),
    Takes.FACT_PATH: text(patterns.FACT_PATH),
    Takes.FACT_PATHS: listed(text(patterns.FACT_PATH)),
    Takes.EACH: either(text(patterns.FACT_PATH), listed(_ATOM, 1)),
    Takes.COUNTED_FACTS: listed(text(patterns.FACT_PATH), 1),
    Takes.CONDITION: either(_FACTS, listed(_FACTS, 1)),
    Takes.VALUES: {"type": "object", "additionalProperties": _VALUE},
    Takes.ASSUMED: {"type": "object", "additionalProperties": _ATOM},
    Takes.NEED_LIST: listed(ref("need"), 1),
    Takes.GATE_LIST: listed(ref("gate")),
    Takes.PATTERN: text(patterns.SERIES),
    Takes.GRID: text(patterns.GRID),
}
