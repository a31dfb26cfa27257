"""Cells (单元格) of facts: the text of a log, as the type that the rulebook declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from pendulum.tz.timezone import Timezone

from qms_service.caselog.mapping import FactColumn
from qms_service.errors import nearest
from qms_service.facts import UNDETERMINED, FactType, Money, Quantity
from qms_service.instants import from_micros
from qms_service.sheets.fault import CellError
from qms_service.sheets.formats import half_width, read_as
from qms_service.sheets.moments import MomentReader
from qms_service.sheets.number import read_number

_BOOLS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def read_fact(
    text: str, column: FactColumn, declared: FactType, moments: MomentReader, zone: Timezone
) -> object:
    """The value of a cell, of the declared type.

    Args:
        text: The cell, which is not a missing mark.
        column: What the mapping says about its column: translations, unit, currency, limit.
        declared: The fact's type in the rulebook.
        moments: How the log states moments, for facts that are dates or instants.
        zone: The zone of the row.

    Raises:
        CellError: The text is no such value, or exceeds the limit of its column.
        FactValueError: The value is not one that the rulebook allows.
    """
    parts = [part.strip() for part in text.split(column.separator)] if declared.many else [text]
    values = [_value(part, column, declared, moments, zone) for part in parts]
    return declared.read(column.fact, values if declared.many else values[0])


def _value(
    text: str, column: FactColumn, declared: FactType, moments: MomentReader, zone: Timezone
) -> object:
    translated = dict(column.values).get(text, text)
    if not isinstance(translated, str):
        return translated
    if declared.kind == "date":
        return _date(translated, moments)
    if declared.kind == "instant":
        return _instant(translated, moments, zone)
    if declared.undetermined and translated == UNDETERMINED:
        return translated
    if declared.values:
        return one_of(translated, (*declared.values, *dict(declared.aliases)))
    return _KINDS.get(declared.kind, _text)(translated, column)


def one_of(text: str, known: Iterable[str]) -> str:
    """A cell that must be one of the words known.

    Raises:
        CellError: It is none of them; the nearest is offered.
    """
    allowed = tuple(dict.fromkeys(known))
    if text in allowed:
        return text
    raise _unknown(text, allowed)


def _unknown(text: str, allowed: tuple[str, ...]) -> CellError:
    guess = nearest(text, allowed)
    return CellError(
        "cell.value.nearest" if guess else "cell.value", got=text, nearest=guess, allowed=allowed
    )


def _date(text: str, moments: MomentReader) -> object:
    for format_ in moments.formats:
        wall = read_as(format_, half_width(text))
        if wall is not None:
            return wall.date()
    raise CellError("cell.date", got=text, allowed=moments.formats)


def _instant(text: str, moments: MomentReader, zone: Timezone) -> object:
    moment = moments.read(text, zone)
    if not moment.exact:
        raise CellError("cell.day-only", got=text, zone=zone.name)
    return from_micros(moment.earliest, zone)


def _bool(text: str, column: FactColumn) -> object:
    value = _BOOLS.get(text.lower())
    if value is None:
        raise _unknown(text, tuple(cell for cell, _ in column.values) or tuple(_BOOLS))
    return value


def _number(text: str, column: FactColumn) -> Decimal:
    amount = read_number(text)
    if column.at_most is not None and amount > column.at_most:
        raise CellError("cell.at-most", got=text, limit=column.at_most)
    return amount


def _whole_or_decimal(text: str, column: FactColumn) -> int | Decimal:
    amount = _number(text, column)
    return int(amount) if amount == amount.to_integral_value() else amount


def _int(text: str, column: FactColumn) -> object:
    amount = _whole_or_decimal(text, column)
    if isinstance(amount, Decimal):
        raise CellError("cell.whole", got=text)
    return amount


def _quantity(text: str, column: FactColumn) -> object:
    amount = _whole_or_decimal(text, column)
    if amount < 0:
        raise CellError("cell.negative", got=text)
    return Quantity(amount=amount, unit=column.unit) if column.unit else amount


def _money(text: str, column: FactColumn) -> object:
    return Money(amount=_number(text, column), currency=column.currency or "")


def _text(text: str, _: FactColumn) -> object:
    return text


_KINDS: Final[Mapping[str, Callable[[str, FactColumn], object]]] = {
    "bool": _bool,
    "int": _int,
    "decimal": _number,
    "quantity": _quantity,
    "money": _money,
}
