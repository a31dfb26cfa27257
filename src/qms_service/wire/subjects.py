"""Subjects on the wire: `kind` tells a typed subject, such as `"complaint"`, from one of any other kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qms_service.cases import Complaint, Subject
from qms_service.wire.fault import Unfit, missing_field, unfit, unfit_word
from qms_service.wire.objects import Read, Write

TYPED: Final[Mapping[str, type]] = {Complaint.kind: Complaint}


def kind_writer(kind: str, write: Write) -> Write:
    """Writes a typed subject with its kind."""
    return lambda value: {"kind": kind, **write(value)}


def kind_reader(kind: str, read: Read) -> Read:
    """Reads a typed subject, whose kind has to be its own."""

    def structured(data: object, asked: type) -> object:
        if not isinstance(data, Mapping):
            raise unfit(data, "object")
        if "kind" not in data:
            raise Unfit(missing_field("kind", ("kind",)))
        if data["kind"] != kind:
            raise Unfit(*(fault.under("kind") for fault in unfit_word(data["kind"], (kind,)).faults))
        return read({name: value for name, value in data.items() if name != "kind"}, asked)

    return structured


def class_of(data: object) -> type:
    """The class that a subject's object is of; only one of any other kind has `opened_at`."""
    kind = data.get("kind") if isinstance(data, Mapping) and "opened_at" not in data else None
    return TYPED.get(kind, Subject) if isinstance(kind, str) else Subject
