"""Shapes: how literals, enums, lists and the few unions among the fields travel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from cattrs import Converter

from qms_service.cases import Complaint, Subject
from qms_service.facts import Facts, Quantity
from qms_service.labels import Label
from qms_service.routing.decision import Collected
from qms_service.wire.fault import each, unfit, unfit_word
from qms_service.wire.objects import Read, Write
from qms_service.wire.scalars import read_text
from qms_service.wire.subjects import class_of
from qms_service.wire.values import Json, read_facts, read_value, write_facts, write_value

AMOUNT: Final = int | Decimal | Quantity | None
OUTPUTS: Final = Facts | Collected
SUBJECT: Final = Complaint | Subject


def is_literal(kind: object) -> bool:
    """Whether a type is one of a few words."""
    return get_origin(kind) is Literal


def literal_writer(kind: object, _: Converter) -> Write:
    """Writes one of a few words."""
    words = get_args(kind)

    def write(value: object) -> object:
        if not isinstance(value, str) or value not in words:
            raise unfit_word(value, words)
        return value

    return write


def literal_reader(kind: object, made: Converter) -> Read:
    """Reads one of a few words."""
    return as_hook(literal_writer(kind, made))


def enum_writer(enum: type[Enum]) -> Write:
    """Writes a member by its value."""

    def write(value: object) -> object:
        if not isinstance(value, enum):
            raise unfit_word(value, tuple(one.value for one in enum))
        return value.value

    return write


def enum_reader(enum: type[Enum]) -> Read:
    """Reads a member by its value."""
    members = {one.value: one for one in enum}

    def read(data: object, _: object) -> Enum:
        if not isinstance(data, str) or data not in members:
            raise unfit_word(data, tuple(members))
        return members[data]

    return read


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
    if isinstance(value, bool) or not isinstance(value, AMOUNT):
        raise unfit(value, "amount")
    return value


def write_outputs(outputs: object) -> Json:
    """Writes the outputs of one rule as an object, those of a `collect` table as a list of objects."""
    return each(enumerate(outputs), write_facts) if isinstance(outputs, Collected) else write_facts(outputs)


def read_outputs(data: object) -> Facts | Collected:
    """Reads the outputs of one rule, or of every rule that hit."""
    return (
        Collected(each(enumerate(data), read_facts)) if isinstance(data, list | tuple) else read_facts(data)
    )


def is_subject(kind: object) -> bool:
    """Whether a type is a subject of whichever class."""
    return kind == SUBJECT


def subject_writer(_: object, made: Converter) -> Write:
    """Writes a subject as its own class has it."""

    def write(value: object) -> object:
        if not isinstance(value, SUBJECT):
            raise unfit(value, "subject")
        return made.unstructure(value)

    return write


def subject_reader(_: object, made: Converter) -> Read:
    """Reads a subject as the class that its kind names."""
    return lambda data, _: made.structure(data, class_of(data))


def write_label(label: object) -> dict[str, str]:
    """Writes a label as an object, one name a language."""
    if not isinstance(label, Label):
        raise unfit(label, "label")
    return dict(label.names)


def read_label(data: object) -> Label:
    """Reads a label from an object of names."""
    if not isinstance(data, Mapping):
        raise unfit(data, "label")
    return Label(zip(data, each(data.items(), read_text), strict=True))


def as_hook(read: Callable[[Any], Any]) -> Read:
    """A reader as cattrs calls it, with the type besides."""
    return lambda data, _: read(data)
