"""Fact values (事实值) on the wire: what JSON lacks carries a tag, `{"decimal": "12.50"}`.

Text, true, false, null and whole numbers stand as they are, lists as lists. Every object is a tag with one
key, a nested table of facts too (`{"facts": {...}}`), so that no fact of a user is ever taken for a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import attrs

from qms_service.facts import Facts, Money, Quantity
from qms_service.wire.fault import Unfit, as_object, each, missing_field, unfit, unknown_field
from qms_service.wire.scalars import (
    read_date,
    read_decimal,
    read_duration,
    read_instant,
    read_text,
    read_whole,
    write_decimal,
    write_duration,
    write_instant,
    write_text,
    write_whole,
)

Json = Any
INTEGER: Final = r"-?[0-9]{1,4000}"  # Python itself refuses digits by the thousand, so as not to be kept busy
SAFE: Final = 2**53 - 1  # beyond it JavaScript rounds a number, and a lot number would change in a browser


def write_facts(facts: object) -> dict[str, Json]:
    """Facts as an object of their values."""
    given = as_object(facts)
    names = each(((str(name), name) for name in given), write_text)
    return dict(zip(names, each(given.items(), write_value), strict=True))


def read_facts(data: object) -> Facts:
    """Facts from an object of their values."""
    given = as_object(data)
    names = each(((str(name), name) for name in given), read_text)
    return Facts(zip(names, each(given.items(), read_value), strict=True))


def write_value(value: object) -> Json:
    """One value of a fact.

    >>> write_value((True, Decimal("12.50")))
    [True, {'decimal': '12.50'}]
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return write_text(value)
    if isinstance(value, int):
        return value if abs(value) <= SAFE else {"integer": str(value)}
    if isinstance(value, list | tuple):
        return each(enumerate(value), write_value)
    for kind, tag, write in _WRITERS:
        if isinstance(value, kind):
            return {tag: write(value)}
    raise unfit(value, "fact")


def read_value(data: object) -> object:
    """One value of a fact.

    >>> read_value([True, {"decimal": "12.50"}])
    (True, Decimal('12.50'))
    """
    if data is None or isinstance(data, bool | int):
        return data
    if isinstance(data, str):
        return read_text(data)
    if isinstance(data, list | tuple):
        return tuple(each(enumerate(data), read_value))
    if isinstance(data, Mapping) and len(data) == 1:
        ((tag, content),) = data.items()
        if tag in READERS:
            return each([(tag, content)], READERS[tag])[0]
    raise unfit(data, "fact")


def write_money(money: Money) -> dict[str, Json]:
    """An amount of money: `{"amount": "12.50", "currency": "CNY"}`."""
    return _members(attrs.asdict(money), {"amount": write_decimal, "currency": write_text})


def read_money(data: object) -> Money:
    """An amount of money from its object."""
    return Money(**_members(data, {"amount": read_decimal, "currency": read_text}))


def write_quantity(quantity: Quantity) -> dict[str, Json]:
    """A quantity: `{"amount": 500, "unit": "pcs"}`, a decimal amount as its digits."""
    return _members(attrs.asdict(quantity), {"amount": _write_amount, "unit": write_text})


def read_quantity(data: object) -> Quantity:
    """A quantity from its object."""
    return Quantity(**_members(data, {"amount": _read_amount, "unit": read_text}))


def _write_amount(amount: object) -> int | str:
    return write_decimal(amount) if isinstance(amount, Decimal) else write_whole(amount)


def _read_amount(data: object) -> int | Decimal:
    return read_decimal(data) if isinstance(data, str) else read_whole(data)


def _read_integer(data: object) -> int:
    if not isinstance(data, str) or not re.fullmatch(INTEGER, data):
        raise unfit(data, "integer")
    return int(data)


def _members(data: object, steps: Mapping[str, Callable[[object], object]]) -> dict[str, Any]:
    """What the steps make of the fields of an object: these fields and no others."""
    given = as_object(data)
    faults = [unknown_field(name, steps) for name in given if name not in steps]
    faults += [missing_field(name, steps) for name in steps if name not in given]
    if faults:
        raise Unfit(*faults)
    made = each(((name, name) for name in steps), lambda name: steps[name](given[name]))
    return dict(zip(steps, made, strict=True))


_WRITERS: Final[tuple[tuple[type, str, Callable[[Any], Json]], ...]] = (
    (Decimal, "decimal", write_decimal),
    (datetime, "instant", write_instant),
    (date, "date", date.isoformat),
    (timedelta, "duration", write_duration),
    (Money, "money", write_money),
    (Quantity, "quantity", write_quantity),
    (Mapping, "facts", write_facts),
)
READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "integer": _read_integer,
    "decimal": read_decimal,
    "date": read_date,
    "instant": read_instant,
    "duration": read_duration,
    "money": read_money,
    "quantity": read_quantity,
    "facts": read_facts,
}
