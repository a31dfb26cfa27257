"""From JSON to a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from qms_service.errors import WireError
from qms_service.wire.converter import converter
from qms_service.wire.fault import Unfit, each, quoted, unknown_field
from qms_service.wire.kinds import LIST, SCHEMA, item_of, name_of

T = TypeVar("T")
_ENVELOPE: Final = ("schema", "type")
_LIST: Final = (*_ENVELOPE, "of", "items")


def from_json(kind: type[T], data: str | bytes | Mapping[str, Any]) -> T:
    """The value of a JSON text that `to_json` wrote, or that others wrote by its schema (JSON 输入).

    Args:
        kind: The type of value asked for, such as `Case`, or `tuple[Step, ...]` for a list.
        data: The text, its bytes (UTF-8), or what a JSON parser made of it.

    Returns:
        A value equal to the one written.

    Raises:
        WireError: It is no JSON, of another schema version or another type, or fields are missing, unknown
            or mistyped, or the events of a case are not numbered 1, 2, 3 and on: `problems` names each with its
            path, what was got and what is allowed.

    >>> from qms_service.findings import Finding
    >>> late = Finding(code="late", severity="warning", subject="answer")
    >>> from qms_service.wire.writing import to_json
    >>> from_json(Finding, to_json(late)) == late
    True
    """
    tree = data if isinstance(data, Mapping) else _parsed(data)
    if not isinstance(tree, Mapping):
        raise WireError("wire-no-object", got=quoted(tree))
    inner = item_of(kind)
    name = name_of(inner or kind)
    _check_envelope(tree, name if inner is None else LIST)
    try:
        return _value(tree, kind) if inner is None else _list(tree, kind, name)
    except RecursionError as error:
        raise WireError("wire-too-deep") from error
    except Unfit as wrong:
        count = len(wrong.faults)
        raise WireError("wire-unreadable", type=name, count=count, problems=wrong.faults) from wrong


def _parsed(data: str | bytes) -> object:
    text = data.removeprefix("\ufeff") if isinstance(data, str) else data
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except WireError:
        raise
    except (TypeError, ValueError, RecursionError) as error:
        raise WireError("wire-malformed", reason=str(error)) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different; JSON alone would let the last one win in silence."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise WireError("wire-twice", got=tuple(twice))
    return made


def _check_envelope(tree: Mapping[str, Any], name: str) -> None:
    schema, kind = tree.get("schema"), tree.get("type")
    if schema is None:
        raise WireError("wire-no-schema", allowed=SCHEMA)
    if schema != SCHEMA:
        raise WireError("wire-schema", got=quoted(schema), allowed=SCHEMA)
    if kind != name:
        raise WireError("wire-type", got=quoted(kind), allowed=name)


def _value(tree: Mapping[str, Any], kind: type[T]) -> T:
    return converter().structure({key: value for key, value in tree.items() if key not in _ENVELOPE}, kind)


def _list(tree: Mapping[str, Any], kind: type[T], name: str) -> T:
    """A list of values; an empty one may leave open what it is of."""
    items = tree.get("items")
    if tree.get("of") != name and items != []:
        raise WireError("wire-type", got=quoted(tree.get("of")), allowed=name)
    unknown = [unknown_field(key, _LIST) for key in tree if key not in _LIST]
    if unknown:
        raise Unfit(*unknown)
    return each([("items", items)], lambda given: converter().structure(given, kind))[0]
