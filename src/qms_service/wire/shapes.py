"""Shapes: lists, labels, and the few unions among the fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, get_args, get_origin

from cattrs import Converter

from qms_service.facts import UNDETERMINED, Amount, Facts, Quantity
from qms_service.labels import Label
from qms_service.routing.decision import Collected
from qms_service.wire.fault import as_object, each, unfit
from qms_service.wire.objects import Read, Write
from qms_service.wire.scalars import read_text
from qms_service.wire.values import Json, read_facts, read_value, write_facts, write_value

AMOUNT: Final = Amount
_AMOUNTS: Final = int | Decimal | Quantity | None
OUTPUTS: Final = Facts | Collected


def is_tuple(kind: object) -> bool:
    """Whether a type is a list of one type."""
    return get_origin(kind) is tuple


def tuple_writer(kind: object, made: Converter) -> Write:
    """Writes a list item by item."""
    write = made.get_unstructure_hook(get_args(kind)[0])
    return lambda value: each(enumerate(value), write)


def tuple_reader(kind: object, made: Converter) -> Read:
    """Reads a list item by item."""
    inner = get_args(kind)[0]
    read = made.get_structure_hook(inner)

    def structured(data: object, _: object) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            raise unfit(data, "list")
        return tuple(each(enumerate(data), lambda item: read(item, inner)))

    return structured


def write_amount(value: object) -> Json:
    """Writes a count, a measure or a quantity as a fact has it."""
    return write_value(_amount(value))


def read_amount(data: object) -> object:
    """Reads a count, a measure or a quantity as a fact has it."""
    return _amount(read_value(data))


def _amount(value: object) -> object:
    if isinstance(value, bool) or not (isinstance(value, _AMOUNTS) or value == UNDETERMINED):
        raise unfit(value, "amount")
    return value


def write_outputs(outputs: object) -> Json:
    """Writes the outputs of one rule as an object, those of a `collect` table as a list of objects."""
    return each(enumerate(outputs), write_facts) if isinstance(outputs, Collected) else write_facts(outputs)


def read_outputs(data: object) -> Facts | Collected:
    """Reads the outputs of one rule, or of every rule that hit."""
    if isinstance(data, list | tuple):
        return Collected(each(enumerate(data), read_facts))
    return read_facts(data)


def write_label(label: object) -> dict[str, str]:
    """Writes a label as an object, one name a language."""
    if not isinstance(label, Label):
        raise unfit(label, "label")
    return dict(label.names)


def read_label(data: object) -> Label:
    """Reads a label from an object of names."""
    names = as_object(data, "label")
    return Label(zip(names, each(names.items(), read_text), strict=True))
