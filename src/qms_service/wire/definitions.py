"""Definitions: the schemas of what is no class with fields of its own: instants, amounts, facts and labels."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from qms_service.facts import UNDETERMINED
from qms_service.wire.scalars import DATE, DECIMAL, DURATION, INSTANT
from qms_service.wire.scores import FRACTION
from qms_service.wire.values import INTEGER

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def _exact(description: str, **properties: Schema) -> Schema:
    """An object with these fields, all of them and no others."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _written(description: str, pattern: str, **more: str) -> Schema:
    return {"description": description, "type": "string", "pattern": f"^{pattern}$", **more}


_WHOLE: Final = {"type": "integer"}
_TEXT: Final = {"type": "string"}
_TAGS: Final[Mapping[str, Schema]] = {
    "integer": _written("A whole number beyond 2^53, which a browser would round.", INTEGER),
    "decimal": ref("Decimal"),
    "date": ref("Date"),
    "instant": ref("Instant"),
    "duration": ref("Duration"),
    "money": ref("Money"),
    "quantity": ref("Quantity"),
    "facts": ref("Facts"),
}
DEFINITIONS: Final[Mapping[str, Schema]] = {
    "Instant": _written("An instant, RFC 3339 with its offset.", INSTANT, format="date-time"),
    "Duration": _written("An amount of time, ISO 8601 in hours, minutes and seconds.", DURATION),
    "Date": _written("A date.", DATE, format="date"),
    "Decimal": _written("An exact decimal, its digits.", DECIMAL),
    "Fraction": _written("An exact number, the digits of a fraction or a whole number.", FRACTION),
    "Interval": _exact(
        "From where to where a score may lie, in points.", low=ref("Fraction"), high=ref("Fraction")
    ),
    "Money": _exact("An amount of money in one currency.", amount=ref("Decimal"), currency=_TEXT),
    "Quantity": _exact(
        "A counted or measured amount with its unit.", amount={"anyOf": [_WHOLE, ref("Decimal")]}, unit=_TEXT
    ),
    "Amount": {
        "description": "A whole number, a decimal, a quantity, undetermined, or nothing.",
        "anyOf": [
            {"type": ["integer", "null"]},
            {"const": UNDETERMINED},
            *(_exact(f"A tagged {tag}.", **{tag: _TAGS[tag]}) for tag in ("integer", "decimal", "quantity")),
        ],
    },
    "Facts": {
        "description": "What is on record, by name.",
        "type": "object",
        "additionalProperties": ref("Value"),
    },
    "Value": {
        "description": "The value of a fact; what JSON lacks stands under a tag.",
        "anyOf": [
            {"type": ["string", "integer", "boolean", "null"]},
            {"type": "array", "items": ref("Value")},
            *(_exact(f"A tagged {tag}.", **{tag: schema}) for tag, schema in _TAGS.items()),
        ],
    },
    "Collected": {
        "description": "The outputs of every rule that hit, in rule order.",
        "type": "array",
        "items": ref("Facts"),
    },
    "Label": {
        "description": "A name in each language that the rulebook gives.",
        "type": "object",
        "additionalProperties": _TEXT,
    },
}


def define(name: str, defs: dict[str, Schema]) -> Schema:
    """A reference to one of these definitions, which it adds with all that it rests on."""
    if name not in defs:
        defs[name] = {"title": name, **DEFINITIONS[name]}
        for other in re.findall(r'"#/\$defs/(\w+)"', json.dumps(DEFINITIONS[name])):
            define(other, defs)
    return ref(name)
