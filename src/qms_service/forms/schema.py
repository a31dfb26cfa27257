"""JSON Schema of a form (表单的 JSON 模式): its fields with their types, choices and labels, draft 2020-12."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from qms_service.facts import UNDETERMINED
from qms_service.forms.sheet import Field, Section, Sheet
from qms_service.forms.value_type import ValueType
from qms_service.trail import MARK
from qms_service.wire.definitions import Schema, define
from qms_service.wire.values import INTEGER

_DEFINED: Final[Mapping[str, str]] = {
    "date": "Date",
    "instant": "Instant",
    "duration": "Duration",
    "money": "Money",
}


def schema_of(sheet: Sheet, lang: str) -> Schema:
    """The schema of the data of a form."""
    defs: dict[str, Schema] = {}
    properties: dict[str, Schema] = {}
    for section in sheet.sections:
        if section.rows_of is None:
            properties |= {field.id: _field(field, lang, defs) for field in section.fields}
        else:
            properties[section.id] = _table(section, lang, defs)
    about = {"description": str(sheet.clause)} if sheet.clause else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": sheet.title.text(lang),
        **about,
        **_object(properties),
        "$defs": dict(sorted(defs.items())),
    }


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _table(section: Section, lang: str, defs: dict[str, Schema]) -> Schema:
    rows = _object({field.id: _field(field, lang, defs) for field in section.fields})
    cited = {"description": str(section.clause)} if section.clause else {}
    return {"title": section.title.text(lang), **cited, "type": "array", "items": rows}


def _field(field: Field, lang: str, defs: dict[str, Schema]) -> Schema:
    """The schema of a field; what comes from the record is read-only, and names its source."""
    told: Schema = {"title": field.label.text(lang)}
    if field.clause is not None:
        told["description"] = str(field.clause)
    one = _typed(field.type, lang, defs)
    if field.source is not None and field.type.kind == "choice":
        one["oneOf"].append({"const": MARK})  # a text of the record may have been redacted
    typed = {"type": "array", "items": one} if field.type.many else one
    read = {"readOnly": True, "$comment": field.source.path} if field.source is not None else {}
    return {**told, **typed, **read}


def _typed(type_: ValueType, lang: str, defs: dict[str, Schema]) -> Schema:
    if type_.kind in _DEFINED:
        return define(_DEFINED[type_.kind], defs)
    if type_.kind == "choice":
        return {"oneOf": [{"const": value, "title": label.text(lang)} for value, label in type_.choices]}
    described = _SCHEMAS[type_.kind](defs)
    return {"anyOf": [described, {"const": UNDETERMINED}]} if type_.undetermined else described


def _signature(defs: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {"by": {"type": "string"}, "at": define("Instant", defs)},
        "additionalProperties": False,
    }


def _decimal(defs: dict[str, Schema]) -> Schema:
    return {"anyOf": [_WHOLE, define("Decimal", defs)]}


def _quantity(defs: dict[str, Schema]) -> Schema:
    return {"anyOf": [_WHOLE, define("Decimal", defs), define("Quantity", defs)]}


_WHOLE: Final[Schema] = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{INTEGER}$"}]}
_SCHEMAS: Final[Mapping[str, Callable[[dict[str, Schema]], Schema]]] = {
    "bool": lambda _: {"type": "boolean"},
    "int": lambda _: _WHOLE,
    "decimal": _decimal,
    "text": lambda _: {"type": "string"},
    "quantity": _quantity,
    "signature": _signature,
}
