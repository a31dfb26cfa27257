"""Numbers (数字格) as a clerk writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from qms_service.sheets.fault import CellError
from qms_service.sheets.formats import half_width

# Written out, because Decimal reads more than a clerk writes: NaN, 1_000, an exponent of nine digits.
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")


def read_number(text: str) -> Decimal:
    """The number in a cell, full-width digits too.

    Raises:
        CellError: It is none.

    >>> read_number("４.5")
    Decimal('4.5')
    """
    found = _NUMBER.fullmatch(half_width(text))
    if found is None:
        raise CellError("cell.number", got=text)
    return Decimal(found[0])
