"""From a value to JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

import attrs

from qms_service.errors import WireError
from qms_service.wire.converter import converter
from qms_service.wire.fault import Unfit, WireFault
from qms_service.wire.kinds import LIST, SCHEMA, name_of
from qms_service.wire.objects import fields_of
from qms_service.wire.shapes import is_tuple
from qms_service.wire.values import Json


def to_json(value: object, *, indent: int | None = None) -> str:
    """A value as JSON text, under the schema `qms/1` (JSON 输出).

    Every field is there, null where nothing is on record; texts are codes with operands and labels in all
    their languages, so that whoever reads it can show it in his own.

    Args:
        value: A case, an event, a deadline, an explanation, a finding, a step, an assignment, a decision, a
            status, a problem, a subject, an estimate, a comparison; or a list or tuple of values of one of these types, such as a checklist.
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
        name, kind = _common(value)
        items = _written(tuple(value), tuple[kind, ...], name, "items")  # type: ignore[valid-type]  # a type at run time
        return {"schema": SCHEMA, "type": LIST, "of": name, "items": items}
    name = name_of(type(value))
    return {"schema": SCHEMA, "type": name, **_written(value, type(value), name)}


def _common(values: Iterable[object]) -> tuple[str | None, type]:
    """The type that all items have, with its name; an empty list leaves it open."""
    kinds = {name_of(type(one)): type(one) for one in values}
    if len(kinds) > 1:
        raise WireError("wire-mixed", got=tuple(kinds))
    return next(iter(kinds.items()), (None, str))


def _written(value: object, kind: object, name: str | None, place: str = "") -> Json:
    try:
        return converter().unstructure(value, unstructure_as=kind)
    except Unfit as wrong:
        faults = _faults(value, kind, wrong)
        problems = tuple(fault.under(place) if place else fault for fault in faults)
        raise WireError("wire-unwritable", type=name, count=len(problems), problems=problems) from wrong


def _faults(value: object, kind: object, wrong: Unfit) -> Sequence[WireFault]:
    """The faults of a value with their places: its parts one by one, for cattrs stops at the first."""
    found: list[WireFault] = []
    for key, part, inner in _parts(value, kind):
        try:
            converter().unstructure(part, unstructure_as=inner)
        except Unfit as deeper:
            found += [fault.under(key) for fault in _faults(part, inner, deeper)]
    return found or wrong.faults


def _parts(value: object, kind: object) -> Iterator[tuple[str | int, object, Any]]:
    """The fields of an object, or the items of a list; nothing for what travels as a whole."""
    if is_tuple(kind) and isinstance(value, tuple):
        yield from ((index, item, get_args(kind)[0]) for index, item in enumerate(value))
    elif attrs.has(type(value)):
        yield from ((field.name, getattr(value, field.name), field.type) for field in fields_of(type(value)))
