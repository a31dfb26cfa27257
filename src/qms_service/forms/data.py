"""Data: the values of a filled form as plain JSON, for an input mask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from qms_service.facts import Money, Quantity
from qms_service.forms.filled import FilledField, FilledForm
from qms_service.wire.scalars import write_decimal, write_duration, write_instant
from qms_service.wire.values import SAFE, write_money, write_quantity


def data_of(filled: FilledForm) -> dict[str, Any]:
    """The values by field, and the rows of each table; what has no value is left out."""
    data: dict[str, Any] = {}
    for section in filled.sections:
        if section.section.rows_of is None:
            data |= _values(section.fields)
        else:
            data[section.section.id] = [_values(row.fields) for row in section.rows if not row.spare]
    return data


def _values(fields: Iterable[FilledField]) -> dict[str, Any]:
    return {one.field.id: _plain(one.value) for one in fields if one.value is not None}


def _plain(value: object) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > SAFE:
        return str(value)
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value


_WRITERS: Final[tuple[tuple[type, Any], ...]] = (
    (Decimal, write_decimal),
    (datetime, write_instant),
    (date, date.isoformat),
    (timedelta, write_duration),
    (Money, write_money),
    (Quantity, write_quantity),
)
