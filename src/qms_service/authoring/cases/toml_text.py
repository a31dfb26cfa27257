"""Writes values as TOML, as a case file has them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import attrs
from pendulum.tz.timezone import Timezone

from qms_service.authoring.cases.moments import moment_text
from qms_service.facts import Money, Quantity

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key_text(name: str) -> str:
    """A key, in quotes where it must be."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def value_text(value: object, zone: Timezone) -> str:
    """A value of a fact or of an answer.

    >>> from qms_service.instants import zone
    >>> value_text({"ours": True, "by": ("Li", "Wu")}, zone("UTC"))
    '{ ours = true, by = ["Li", "Wu"] }'
    """
    if isinstance(value, Money | Quantity):
        value = attrs.asdict(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(name)} = {value_text(one, zone)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, tuple):
        return f"[{', '.join(value_text(one, zone) for one in value)}]"
    return _plain(value, zone)


def _plain(value: object, zone: Timezone) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text if "." in text else f"{text}.0"
    if isinstance(value, datetime):
        return f'"{moment_text(value, zone)}"'
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
