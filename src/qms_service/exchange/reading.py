"""Reading (读取): takes a document apart leaf by leaf, so that what nobody took can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from qms_service.exchange.lost import Lost
from qms_service.exchange.names import ASIDE
from qms_service.facts import Quantity
from qms_service.instants import FIRST_YEAR, LAST_YEAR

Read = TypeVar("Read")
NULLS: Final = ("null", "NULL")  # as the model's pattern of a date allows
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUANTITY: Final = re.compile(r"(?P<amount>\d+(?:\.\d+)?)(?: (?P<unit>\S.*))?")


class Reading:
    """A document while it is read.

    Args:
        document: The document as `json.loads` gives it.
    """

    def __init__(self, document: Mapping[str, object]) -> None:
        self.left: dict[str, object] = dict(_leaves(document, ""))
        self.lost: list[Lost] = []
        self._lengths = dict(_lists(document, ""))

    def length(self, path: str) -> int:
        """How many items a list has; 0 where there is none."""
        return self._lengths.get(path, 0)

    def has(self, path: str) -> bool:
        """Whether anything stands at a path or below it."""
        return any(leaf == path or leaf.startswith((f"{path}.", f"{path}[")) for leaf in self.left)

    def text(self, path: str) -> str | None:
        """The text at a path; None where there is none, or what stands there is no text, which is told."""
        value = self.left.pop(path, None)
        return self._told(path, value, value if isinstance(value, str) else None)

    def day(self, path: str) -> date | None:
        """The date at a path; None where there is none, or what stands there is no date, which is told."""
        value = self.left.pop(path, None)
        return None if value in NULLS else self._told(path, value, _date(value))

    def number(self, path: str) -> Decimal | None:
        """The number at a path, exactly as it was written."""
        value = self.left.pop(path, None)
        is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        return self._told(path, value, _number(str(value)) if is_number else None)

    def aside(self, step: str, key: str) -> str | None:
        """What stands under a key in a step's list of additional information; the first where there are several."""
        for place in range(self.length(f"{step}.{ASIDE}")):
            at = f"{step}.{ASIDE}[{place}]"
            if self.left.get(f"{at}.key") == key and isinstance(self.left.get(f"{at}.value"), str):
                del self.left[f"{at}.key"]
                return str(self.left.pop(f"{at}.value"))
        return None

    def aside_word(self, step: str, key: str, allowed: tuple[str, ...]) -> str | None:
        """One of some words in a step's list of additional information."""
        text = self.aside(step, key)
        return self._told_aside(step, key, text, text if text in allowed else None)

    def aside_day(self, step: str, key: str) -> date | None:
        """A date in a step's list of additional information."""
        text = self.aside(step, key)
        return self._told_aside(step, key, text, _date(text))

    def aside_number(self, step: str, key: str) -> Decimal | None:
        """A number in a step's list of additional information."""
        text = self.aside(step, key)
        return self._told_aside(step, key, text, None if text is None else _number(text))

    def aside_quantity(self, step: str, key: str) -> int | Decimal | Quantity | None:
        """A quantity in a step's list of additional information, as `500 pcs` or `500`."""
        text = self.aside(step, key)
        read = None if text is None else _quantity(text)
        self._told_aside(step, key, text, read)
        return read

    def agrees(self, path: str, value: object) -> None:
        """Takes what a document derives from the rest, where the rest says the same."""
        if self.left.get(path) == value:
            del self.left[path]

    def remaining(self) -> Iterator[Lost]:
        """What nobody took."""
        for path, value in self.left.items():
            yield Lost(code="no-place", path=path, values={path.rpartition(".")[2]: value})

    def _told(self, path: str, value: object, read: Read | None) -> Read | None:
        """What was read; what stands there and could not be read is told."""
        if read is None and value is not None:
            self.lost.append(Lost(code="unreadable", path=path, values={path.rpartition(".")[2]: value}))
        return read

    def _told_aside(self, step: str, key: str, text: str | None, read: Read | None) -> Read | None:
        if read is None and text is not None:
            self.lost.append(Lost(code="unreadable", path=f"{step}.{ASIDE}", values={key: text}))
        return read


def _number(text: str) -> Decimal | None:
    try:
        read = Decimal(text)
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


def _quantity(text: str) -> int | Decimal | Quantity | None:
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    amount = Decimal(found["amount"]) if "." in found["amount"] else int(found["amount"])
    return Quantity(amount=amount, unit=found["unit"]) if found["unit"] else amount


def _date(value: object) -> date | None:
    if not (isinstance(value, str) and _DATE.fullmatch(value)):
        return None
    try:
        read = date.fromisoformat(value)
    except ValueError:
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _leaves(item, f"{path}[{place}]")
    elif value is not None:
        yield path, value


def _lists(value: object, path: str) -> Iterator[tuple[str, int]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _lists(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        yield path, len(value)
        for place, item in enumerate(value):
            yield from _lists(item, f"{path}[{place}]")
