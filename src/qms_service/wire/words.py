"""Words: literals and enums, one of a few words each."""

from __future__ import annotations

from enum import Enum
from typing import Literal, get_args, get_origin

from cattrs import Converter

from qms_service.wire.fault import unfit_word
from qms_service.wire.objects import Read, Write


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
    read = literal_writer(kind, made)
    return lambda data, _: read(data)


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
