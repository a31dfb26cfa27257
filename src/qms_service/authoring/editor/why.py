"""The clause and the reason that every change of an extending rulebook has, beside what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from qms_service.authoring.editor import patterns
from qms_service.authoring.editor.said import said_of
from qms_service.authoring.editor.tables import explained_as
from qms_service.authoring.editor.values import Schema, text
from qms_service.rulebooks.changes import WHY

# Who gives one of the two gives both.
BOTH: Final[Mapping[str, list[str]]] = {key: [other for other in WHY if other != key] for key in WHY}


def said_why(key: str, value: Schema) -> Schema:
    """A key of a change, with what it means."""
    return {**value, "description": said_of(f"editor.why.{key}")}


def explained(
    name: str, schema: Mapping[str, Any], *, needed: Sequence[str] = (), blank: bool = False
) -> Schema:
    """A table with the clause and the reason of a change, and no other keys than its own.

    Args:
        name: What the table is called.
        schema: Its keys.
        needed: The keys without which it is refused.
        blank: Whether the clause and the reason may be empty.
    """
    given = text() if blank else text(patterns.SOMETHING)
    why = {key: said_why(key, given) for key in WHY}
    return {
        **schema,
        "type": "object",
        **explained_as(name),
        "properties": {**schema["properties"], **why},
        "additionalProperties": False,
        **({"required": list(needed)} if needed else {}),
    }
