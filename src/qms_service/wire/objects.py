"""Objects: attrs classes as JSON objects, one key a field, nothing missing and nothing unknown.

Every field is written, None as null, in the order of the class. On reading, a field with a default may be
absent; private fields do not travel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError, override
from cattrs.errors import AttributeValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from qms_service.wire.fault import Unfit, WireFault, as_object, missing_field, unfit, unknown_field

Read = Callable[[Any, Any], Any]
Write = Callable[[Any], Any]


def fields_of(kind: type) -> tuple[attrs.Attribute[Any], ...]:
    """The fields of a class that travel, with their types resolved."""
    attrs.resolve_types(kind)
    return tuple(field for field in attrs.fields(kind) if field.init and not field.name.startswith("_"))


def needed_of(kind: type) -> tuple[str, ...]:
    """The fields that have to be there: those without a default."""
    return tuple(field.name for field in fields_of(kind) if field.default is attrs.NOTHING)


def object_writer(kind: type, converter: Converter) -> Write:
    """A hook of cattrs that writes instances of a class."""
    write: Write = make_dict_unstructure_fn(kind, converter, **_private(kind))

    def written(value: object) -> dict[str, Any]:
        if not isinstance(value, kind):
            raise unfit(value, "object")
        made: dict[str, Any] = write(value)
        return made

    return written


def object_reader(kind: type, converter: Converter) -> Read:
    """A hook of cattrs that reads instances of a class; all faults of an object come at once."""
    read: Read = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **_private(kind))

    def structured(data: object, asked: type) -> object:
        fields = as_object(data)
        try:
            return read(fields, asked)
        except BaseValidationError as wrong:
            raise Unfit(*_faults(kind, wrong)) from wrong

    return structured


def _private(kind: type) -> dict[str, Any]:
    travelling = fields_of(kind)
    return {field.name: override(omit=True) for field in attrs.fields(kind) if field not in travelling}


def _faults(kind: type, wrong: BaseValidationError) -> Iterator[WireFault]:
    for error in wrong.exceptions:
        name = _field(error)
        if isinstance(error, ForbiddenExtraKeysError):
            known = [field.name for field in fields_of(kind)]
            yield from (unknown_field(extra, known) for extra in sorted(error.extra_fields, key=str))
        elif isinstance(error, Unfit):
            yield from (fault.under(name) for fault in error.faults)
        elif isinstance(error, KeyError):
            yield missing_field(name, needed_of(kind))
        elif name:
            raise error  # facts nested without end
        else:
            yield WireFault(code="refused", operands={"reason": str(error)})


def _field(error: Exception) -> str:
    """The field in which an error arose; empty where the class itself refuses."""
    notes = getattr(error, "__notes__", ())
    return next((note.name for note in notes if isinstance(note, AttributeValidationNote)), "")
