"""Subjects on the wire: `kind` tells a typed subject, such as `"complaint"`, from one of any other kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from cattrs import Converter

from qms_service.cases import AnySubject, Subject, TypedSubject
from qms_service.wire.fault import Unfit, as_object, each, missing_field, unfit, unfit_word
from qms_service.wire.objects import Read, Write

SUBJECT: Final = AnySubject
TYPED: Final[Mapping[str, type]] = {one.kind: one for one in get_args(TypedSubject)}


def kind_writer(kind: str, write: Write) -> Write:
    """Writes a typed subject with its kind."""
    return lambda value: {"kind": kind, **write(value)}


def kind_reader(kind: str, read: Read) -> Read:
    """Reads a typed subject, whose kind has to be its own."""

    def check(got: object) -> None:
        if got != kind:
            raise unfit_word(got, (kind,))

    def structured(data: object, asked: type) -> object:
        fields = dict(as_object(data))
        if "kind" not in fields:
            raise Unfit(missing_field("kind", ("kind",)))
        each([("kind", fields.pop("kind"))], check)
        return read(fields, asked)

    return structured


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
    return lambda data, _: made.structure(data, _class_of(data))


def _class_of(data: object) -> type:
    """The class that a subject's object is of; only one of any other kind has `opened_at`."""
    kind = data.get("kind") if isinstance(data, Mapping) and "opened_at" not in data else None
    return TYPED.get(kind, Subject) if isinstance(kind, str) else Subject
