"""Columns (列): the inputs and outputs of a table and their types."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final, Literal

import attrs

from qms_service.errors import FactValueError, nearest
from qms_service.routing.exact import exact, read_number
from qms_service.routing.fault import Unreadable, unknown
from qms_service.routing.marks import is_title, quoted
from qms_service.routing.span import Point, RangeText, Span

Word = Literal["number", "text", "bool", "date", "values"]
WORDS: Final[tuple[Word, ...]] = ("number", "text", "bool", "date")
EVERYWHERE: Final = Span()
_BOUNDED: Final = re.compile(r"(number|date)\s*(\W.*)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@attrs.frozen(kw_only=True)
class ColumnType:
    """The type of a column: numbers or days (within a range), text, bool, or a list of values.

    >>> str(ColumnType.parse("number[0..100]")), str(ColumnType.parse(["urgent", "normal"]))
    ('number[0..100]', 'urgent | normal')
    """

    word: Word
    span: Span = EVERYWHERE
    values: tuple[str, ...] = ()

    @classmethod
    def parse(cls, declared: object) -> ColumnType:
        """The type that a word, a word with a range, or a list of texts declares.

        Raises:
            Unreadable: It declares none.
        """
        if isinstance(declared, ColumnType):
            return declared
        if isinstance(declared, list | tuple):
            return cls(word="values", values=_value_list(declared))
        word = declared.strip() if isinstance(declared, str) else declared
        for known in WORDS:
            if word == known:
                return cls(word=known)
        return _bounded(word)

    @property
    def is_ordered(self) -> bool:
        """Whether its values can be compared."""
        return self.word in ("number", "date")

    def read(self, value: object) -> object:
        """A value as the table compares it.

        Raises:
            Unreadable: It is of another type, or outside the range or the list.
        """
        found = _READERS[self.word](value)
        if found is None or (self.is_ordered and not self.span.holds(found)):
            code = "float" if isinstance(value, float) else "value"
            raise Unreadable(code, got=repr(value), allowed=str(self))
        if self.values and found not in self.values:
            raise unknown("value", value, self.values)
        return found

    def read_text(self, text: str) -> object:
        """A value as a cell states it.

        Raises:
            Unreadable: The text states no such value.
        """
        found = _TEXT_READERS[self.word](text)
        if found is None:
            guess = nearest(text.lower(), _BOOLS) if self.word == "bool" else None
            raise Unreadable("value", got=repr(text), allowed=str(self), nearest=guess)
        return self.read(found)

    def point(self, text: str) -> Point:
        """The end of a range, which may lie outside the range of the type.

        Raises:
            Unreadable: The text is no number, or no day.
        """
        found: Point | None = _TEXT_READERS[self.word](text)
        if found is None:
            raise Unreadable("value", got=repr(text), allowed=self.word)
        return found

    def fact(self, name: str, value: object) -> object:
        """A fact as the table compares it.

        Raises:
            FactValueError: It is of another type, or outside the range or the list.
        """
        try:
            return self.read(value)
        except Unreadable as why:
            raise _refuse_fact(name, value, self, why) from None

    def __str__(self) -> str:
        if self.values:
            return " | ".join(quoted(value) for value in self.values)
        return self.word if self.span == EVERYWHERE else self.word + self.span.bracketed


@attrs.frozen
class Column:
    """An input or an output of a table: its name and its type."""

    name: str
    type: ColumnType


def _value_list(values: list[object] | tuple[object, ...]) -> tuple[str, ...]:
    texts = tuple(value for value in values if isinstance(value, str) and is_title(value))
    if not texts or len(set(texts)) != len(values):
        raise Unreadable("type-values", got=repr(values))
    return texts


def _bounded(word: object) -> ColumnType:
    found = _BOUNDED.fullmatch(word) if isinstance(word, str) else None
    ends = RangeText.parse(found[2]) if found else None
    if found is None or ends is None:
        raise unknown("type", word, (*WORDS, "number[0..100]"))
    plain = ColumnType(word="number" if found[1] == "number" else "date")
    low = plain.point(ends.low) if ends.low else None
    high = plain.point(ends.high) if ends.high else None
    span = Span(low=low, high=high, low_open=ends.low_open, high_open=ends.high_open)
    if span.is_empty:
        raise Unreadable("type-empty", got=repr(word))
    return ColumnType(word=plain.word, span=span)


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return date(value.year, value.month, value.day)
    return None


def _day_text(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return str.__str__(value) if isinstance(value, str) else None


def _bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


_BOOLS: Final = {"true": True, "false": False}
_READERS: Final[dict[str, Any]] = {
    "number": exact,
    "date": _day,
    "text": _text,
    "values": _text,
    "bool": _bool,
}
_TEXT_READERS: Final[dict[str, Any]] = {
    "number": read_number,
    "date": _day_text,
    "text": _text,
    "values": _text,
    "bool": _BOOLS.get,
}


def _refuse_fact(name: str, value: object, kind: ColumnType, why: Unreadable) -> FactValueError:
    guess = why.operands.get("nearest")
    code = "fact-value.float" if why.code == "float" else "fact-value.nearest" if guess else "fact-value"
    got = {"got": repr(value), "kind": type(value).__name__}
    return FactValueError(code, fact=name, allowed=str(kind), nearest=guess, **got)
