"""Descriptions: what a class's docstring says of it and of its fields, for readers of a JSON Schema."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Final

_FIELD: Final = re.compile(r"    (?P<names>\w+(?:, \w+)*): (?P<said>.*)")


def summary(kind: type) -> str:
    """The first line of a class's docstring; empty where it has none."""
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def fields_described(kind: type) -> Mapping[str, str]:
    """What the `Args` section of a class's docstring says of each field, on one line."""
    described: dict[str, str] = {}
    name = ""
    for line in _args(inspect.getdoc(kind) or ""):
        found = _FIELD.fullmatch(line)
        if found:
            name = found["names"]
            described[name] = found["said"]
        else:
            described[name] += f" {line.strip()}"
    return described


def _args(doc: str) -> list[str]:
    """The lines of the `Args` section, which ends at the first blank line."""
    section = doc.partition("Args:\n")[2].partition("\n\n")[0]
    return section.splitlines()
