"""JSON Schema (JSON 模式) of the values that travel, drawn from their classes (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any, Final, get_args

from pendulum import DateTime

from qms_service.facts import Facts, Money
from qms_service.labels import Label
from qms_service.routing.decision import Collected
from qms_service.satisfaction import Interval
from qms_service.wire.definitions import Schema, define, ref
from qms_service.wire.descriptions import fields_described, summary
from qms_service.wire.kinds import LIST, SCHEMA, item_of, name_of
from qms_service.wire.objects import fields_of, needed_of
from qms_service.wire.shapes import AMOUNT, is_tuple
from qms_service.wire.subjects import TYPED
from qms_service.wire.words import is_literal

_NATIVE: Final[Mapping[Any, str]] = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}
_DEFINED: Final[Mapping[Any, str]] = {
    AMOUNT: "Amount",
    Collected: "Collected",
    DateTime: "Instant",
    Decimal: "Decimal",
    Facts: "Facts",
    Fraction: "Fraction",
    Interval: "Interval",
    Label: "Label",
    Money: "Money",
    date: "Date",
    timedelta: "Duration",
}


def json_schema(kind: type) -> Schema:
    """The JSON Schema of a type that travels; whatever `to_json` writes fits it.

    Args:
        kind: The type, such as `Case`, or `tuple[Step, ...]` for a list.

    Raises:
        WireError: Values of that type do not travel.

    >>> from qms_service.findings import Finding
    >>> schema = json_schema(Finding)
    >>> schema["$id"], schema["properties"]["severity"]["enum"]
    ('qms/1/Finding', ['refusal', 'warning'])
    """
    inner = item_of(kind)
    name = name_of(inner or kind)
    defs: dict[str, Schema] = {}
    described = _object(kind, defs) if inner is None else _list(inner, name, defs)
    envelope = {"schema": {"const": SCHEMA}, "type": {"const": name if inner is None else LIST}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{SCHEMA}/{name}" if inner is None else f"{SCHEMA}/{name}-{LIST}",
        **described,
        "properties": {**envelope, **described["properties"]},
        "required": [*envelope, *described["required"]],
        "$defs": dict(sorted(defs.items())),
    }


def _list(inner: type, name: str, defs: dict[str, Schema]) -> Schema:
    """A list of values; an empty one leaves open what it is of."""
    properties = {"of": {"enum": [name, None]}, "items": {"type": "array", "items": _schema(inner, defs)}}
    return {
        "title": f"{name} list",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _object(kind: type, defs: dict[str, Schema]) -> Schema:
    """An attrs class: its fields, of which those without a default are required."""
    said = fields_described(kind)
    own = next((name for name, typed in TYPED.items() if typed is kind), None)
    properties: dict[str, Schema] = {"kind": {"const": own}} if own else {}
    required = [*properties, *needed_of(kind)]
    for field in fields_of(kind):
        described = {"description": said[field.name]} if field.name in said else {}
        properties[field.name] = {**_schema(field.type, defs), **described}
    return {
        "title": kind.__name__,
        "description": summary(kind),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _schema(kind: object, defs: dict[str, Schema]) -> Schema:
    """The schema of a field's type; what has a name of its own goes to the definitions."""
    if kind in _NATIVE:
        return {"type": _NATIVE[kind]}
    if kind in _DEFINED:
        return define(_DEFINED[kind], defs)
    if is_literal(kind):
        return {"enum": list(get_args(kind))}
    if is_tuple(kind):
        return {"type": "array", "items": _schema(get_args(kind)[0], defs)}
    if not isinstance(kind, type):
        return {"anyOf": [_schema(one, defs) for one in get_args(kind)]}
    if kind.__name__ not in defs:
        defs[kind.__name__] = _enum(kind) if issubclass(kind, Enum) else _object(kind, defs)
    return ref(kind.__name__)


def _enum(kind: type[Enum]) -> Schema:
    return {"title": kind.__name__, "description": summary(kind), "enum": [one.value for one in kind]}
