"""From JSON to a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from qms_service.errors import WireError
from qms_service.wire.converter import converter
from qms_service.wire.fault import Unfit, quoted
from qms_service.wire.kinds import LIST, SCHEMA, item_of, name_of

T = TypeVar("T")
_ENVELOPE: Final = ("schema", "type")


def from_json(kind: type[T], data: str | bytes | Mapping[str, Any]) -> T:
    """The value of a JSON text that `to_json` wrote, or that others wrote by its schema (JSON 输入).

    Args:
        kind: The type of value asked for, such as `Case`, or `tuple[Step, ...]` for a list.
        data: The text, its bytes (UTF-8), or what a JSON parser made of it.

    Returns:
        A value equal to the one written.

    Raises:
        WireError: It is no JSON, of another schema version or another type, or fields are missing, unknown
            or mistyped: `problems` names each with its path, what was got and what is allowed.

    >>> from qms_service.findings import Finding
    >>> late = Finding(code="late", severity="warning", subject="answer")
    >>> from qms_service.wire.writing import to_json
    >>> from_json(Finding, to_json(late)) == late
    True
    """
    tree = data if isinstance(data, Mapping) else _parsed(data)
    if not isinstance(tree, Mapping):
        raise WireError("wire-no-object", got=quoted(tree), problems=())
    inner = item_of(kind)
    name = name_of(inner or kind)
    _check_envelope(tree, name if inner is None else LIST)
    content = _content(tree) if inner is None else _items(tree, name)
    try:
        return converter().structure(content, kind)
    except Unfit as wrong:
        problems = tuple(fault.under("items") if inner else fault for fault in wrong.faults)
        raise WireError("wire-unreadable", type=name, count=len(problems), problems=problems) from wrong


def _parsed(data: str | bytes) -> object:
    text = data.removeprefix("\ufeff") if isinstance(data, str) else data
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except WireError:
        raise
    except (TypeError, ValueError, RecursionError) as error:
        raise WireError("wire-malformed", reason=str(error), problems=()) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different; JSON alone would let the last one win in silence."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise WireError("wire-twice", got=tuple(twice), problems=())
    return made


def _check_envelope(tree: Mapping[str, Any], name: str) -> None:
    schema, kind = tree.get("schema"), tree.get("type")
    if schema is None:
        raise WireError("wire-no-schema", allowed=SCHEMA, problems=())
    if schema != SCHEMA:
        raise WireError("wire-schema", got=quoted(schema), allowed=SCHEMA, problems=())
    if kind != name:
        raise WireError("wire-type", got=quoted(kind), allowed=name, problems=())


def _content(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a value alone."""
    return {key: value for key, value in tree.items() if key not in _ENVELOPE}


def _items(tree: Mapping[str, Any], name: str) -> object:
    """The items of a list; an empty one may leave open what it is of."""
    items = tree.get("items")
    if tree.get("of") != name and items != []:
        raise WireError("wire-type", got=quoted(tree.get("of")), allowed=name, problems=())
    return items
