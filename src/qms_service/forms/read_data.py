"""Reads what was typed into an input mask: the JSON data of a form, by the types of its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from qms_service.errors import FormError
from qms_service.facts import Facts
from qms_service.forms.sheet import Field, Sheet
from qms_service.forms.value_type import ValueType
from qms_service.wire.fault import Unfit, as_object, each, unfit, unfit_word, unknown_field
from qms_service.wire.scalars import (
    read_date,
    read_decimal,
    read_duration,
    read_flag,
    read_instant,
    read_text,
    read_whole,
)
from qms_service.wire.values import INTEGER, read_money, read_quantity

Read = Callable[[object], object]


def read_data(sheet: Sheet, data: object) -> dict[str, object]:
    """The values of the fields and tables that are filled in by hand.

    Raises:
        FormError: Data do not fit; all faults are in `problems`.
    """
    fields = [field for section in sheet.sections if section.rows_of is None for field in section.fields]
    tables = [section.id for section in sheet.sections if section.rows_of is not None]
    known = (*(field.id for field in fields), *tables)
    by_hand = {name: partial(_rows, table.fields) for name, table in sheet.tables_by_hand.items()}
    try:
        return _members(data, {**_of_fields(fields), **by_hand}, known)
    except Unfit as wrong:
        raise FormError("form-data", form=sheet.id, count=len(wrong.faults), problems=wrong.faults) from wrong


def _of_fields(fields: Iterable[Field]) -> dict[str, Read]:
    return {field.id: partial(_value, field.type) for field in fields if field.source is None}


def _members(data: object, readers: Mapping[str, Read], known: Iterable[str]) -> dict[str, object]:
    """What the readers make of the members of an object; those that are known and have no reader are left aside."""
    given = as_object(data)
    faults = [unknown_field(name, known) for name in given if name not in known]
    names = [name for name in given if name in readers]
    values: list[object] = []
    try:
        values = each([(name, name) for name in names], lambda name: readers[name](given[name]))
    except Unfit as wrong:
        faults += wrong.faults
    if faults:
        raise Unfit(*faults)
    return dict(zip(names, values, strict=True))


def _rows(columns: Iterable[Field], data: object) -> tuple[Facts, ...]:
    readers = _of_fields(columns)
    return tuple(each(enumerate(_list(data)), lambda row: Facts(_members(row, readers, readers))))


def _value(type_: ValueType, data: object) -> object:
    if type_.many:
        return tuple(each(enumerate(_list(data)), partial(_one, type_)))
    return _one(type_, data)


def _list(data: object) -> list[object] | tuple[object, ...]:
    if not isinstance(data, list | tuple):
        raise unfit(data, "list")
    return data


def _one(type_: ValueType, data: object) -> object:
    if type_.kind == "choice":
        offered = tuple(choice for choice, _ in type_.choices)
        if data not in offered:
            raise unfit_word(data, offered)
        return data
    return _READERS[type_.kind](data)


def _integer(data: object) -> int:
    """A whole number; its digits where a browser would round it."""
    return int(data) if isinstance(data, str) and re.fullmatch(INTEGER, data) else read_whole(data)


def _number(data: object) -> object:
    return read_decimal(data) if isinstance(data, str) else read_whole(data)


def _quantity(data: object) -> object:
    return read_quantity(data) if isinstance(data, Mapping) else _number(data)


def _signature(data: object) -> Facts:
    readers: dict[str, Read] = {"by": read_text, "at": read_instant}
    return Facts(_members(data, readers, readers))


_READERS: Final[Mapping[str, Callable[[Any], object]]] = {
    "bool": read_flag,
    "int": _integer,
    "decimal": _number,
    "text": read_text,
    "date": read_date,
    "instant": read_instant,
    "duration": read_duration,
    "money": read_money,
    "quantity": _quantity,
    "signature": _signature,
}
