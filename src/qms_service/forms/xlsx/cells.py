"""Cells: values as Excel holds them; a text is always a text, never a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import singledispatch
from typing import Final

from openpyxl.cell.cell import Cell

from qms_service.facts import Money, Quantity
from qms_service.forms.filled import FilledField
from qms_service.forms.wording import ticks

INSTANT: Final = "yyyy-mm-dd hh:mm"
DATE: Final = "yyyy-mm-dd"
DURATION: Final = "[h]:mm"
LONGEST: Final = 32_767  # characters of a cell
DIGITS: Final = 15  # that Excel keeps of a number; a longer one is written as text
FIRST_YEAR: Final = 1901  # Excel counts days from 1900, and that year wrongly
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_OPENS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNIT: Final = re.compile(r"[\w%/°²³ ]{1,20}")

Number = int | Decimal
Held = tuple[int | Decimal | date | timedelta, str]


def put(cell: Cell, filled: FilledField | None, text: str) -> None:
    """Writes a field into a cell: a number, a date or an amount as such, all else as its text."""
    as_text = filled is None or ticks(filled.field.type)
    held = None if filled is None or as_text else _held(filled.value)
    if held is None:
        put_text(cell, text)
    else:
        cell.value, cell.number_format = held


def put_text(cell: Cell, text: str) -> None:
    """Writes a text as a text: what begins like a formula is none, not even when somebody edits it."""
    plain = _REFUSED.sub("�", text.replace("\r\n", "\n"))
    if len(plain) > LONGEST:
        plain = plain[: LONGEST - 1] + "…"
    cell.value = _ESCAPE.sub("_x005F_", plain)
    cell.data_type = "s"
    cell.quotePrefix = plain.startswith(_OPENS_FORMULA)


@singledispatch
def _held(_value: object) -> Held | None:
    """A value as Excel holds it, with the format that shows it; None for what it has no type for."""
    return None


@_held.register(int)
@_held.register(Decimal)
def _number(value: Number) -> Held | None:
    return (value, "General") if _fits(value) and not isinstance(value, bool) else None


@_held.register
def _instant(value: datetime) -> Held | None:
    return (value.replace(tzinfo=None), INSTANT) if value.year >= FIRST_YEAR else None


@_held.register
def _date(value: date) -> Held | None:
    return (value, DATE) if value.year >= FIRST_YEAR else None


@_held.register
def _duration(value: timedelta) -> Held | None:
    return (value, DURATION) if value >= timedelta(0) else None


@_held.register
def _quantity(value: Quantity) -> Held | None:
    return _amount(value.amount, value.unit)


@_held.register
def _money(value: Money) -> Held | None:
    return _amount(value.amount, value.currency)


def _amount(amount: Number, unit: str) -> Held | None:
    """A number that shows its unit; None where the unit has signs that Excel gives a meaning."""
    if not (_UNIT.fullmatch(unit) and _fits(amount)):
        return None
    places = max(0, -int(Decimal(amount).as_tuple().exponent))
    return amount, f'{"#,##0." + "0" * places if places else "#,##0"} "{unit}"'


def _fits(number: Number) -> bool:
    """Whether Excel keeps every digit of a number."""
    exact = Decimal(number)
    return len(exact.normalize().as_tuple().digits) <= DIGITS and abs(exact.adjusted()) < DIGITS
