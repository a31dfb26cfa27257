"""From a value to JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import attrs

from qms_service.errors import WireError
from qms_service.wire.converter import LEAVES, converter
from qms_service.wire.fault import Unfit, WireFault
from qms_service.wire.objects import fields_of
from qms_service.wire.shapes import is_tuple
from qms_service.wire.kinds import LIST, SCHEMA, name_of


def to_json(value: object, *, indent: int | None = None) -> str:
    """A value as JSON text, under the schema `qms/1` (JSON 输出).

    Every field is there, null where nothing is on record; texts are codes with operands and labels in all
    their languages, so that whoever reads it can show it in his own.

    Args:
        value: A case, an event, a deadline, an explanation, a finding, a step, an assignment, a decision, a
            status, a problem, a subject; or a list or tuple of values of one of these types, such as a checklist.
        indent: Spaces a level; None for one line.

    Returns:
        The text; Chinese stays Chinese. `json_schema(type(value))` describes it.

    Raises:
        WireError: Values of that type do not travel, or a field holds what its type does not allow.

    >>> from qms_service.findings import Finding
    >>> to_json(Finding(code="late", severity="warning", subject="answer", clause="4.2.4.8.1"))
    '{"schema":"qms/1","type":"Finding","code":"late","severity":"warning","subject":"answer","clause":{"number":"4.2.4.8.1","document":"","edition":""},"facts":{},"absolute":false}'

    Limits:
        An instant keeps its offset and loses the name of its zone. A deadline leaves its ledger behind: one
        that was read back explains nothing, so send `deadline.explain()` beside it.
    """
    separators = (",", ":") if indent is None else None
    return json.dumps(_tree(value), ensure_ascii=False, indent=indent, separators=separators)


def _tree(value: object) -> dict[str, Any]:
    if isinstance(value, list | tuple):
        return {
            "schema": SCHEMA,
            "type": LIST,
            "of": _common_name(value),
            "items": [_fields(one) for one in value],
        }
    return {"schema": SCHEMA, "type": name_of(type(value)), **_fields(value)}


def _common_name(values: Iterable[object]) -> str | None:
    """The name of the type that all items have; None for an empty list."""
    names = tuple(dict.fromkeys(name_of(type(one)) for one in values))
    if len(names) > 1:
        raise WireError("wire-mixed", got=names, problems=())
    return names[0] if names else None


def _fields(value: object) -> dict[str, Any]:
    try:
        return converter().unstructure(value)  # type: ignore[no-any-return]  # an attrs class becomes a dict
    except Unfit as wrong:
        name, problems = name_of(type(value)), tuple(_faults(value, type(value), wrong))
        raise WireError("wire-unwritable", type=name, count=len(problems), problems=problems) from wrong


def _faults(value: object, kind: object, wrong: Unfit) -> Iterator[WireFault]:
    """The faults of a value with their places: the fields one by one, for cattrs stops at the first."""
    parts = list(_parts(value, kind))
    if not parts:
        yield from wrong.faults
    for key, part, inner in parts:
        try:
            converter().unstructure(part, unstructure_as=inner)
        except Unfit as deeper:
            yield from (fault.under(key) for fault in _faults(part, inner, deeper))


def _parts(value: object, kind: object) -> Iterator[tuple[str | int, object, Any]]:
    """The fields of an object, or the items of a list; nothing for what travels as a whole."""
    if is_tuple(kind) and isinstance(value, tuple):
        yield from ((index, item, get_args(kind)[0]) for index, item in enumerate(value))
    elif attrs.has(type(value)) and type(value) not in LEAVES:
        yield from ((field.name, getattr(value, field.name), field.type) for field in fields_of(type(value)))
