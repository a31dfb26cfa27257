"""Linear sums (线性算式): `counted - good - 2 * pairs`, and relations between two of them.

A tiny language, read and never evaluated as code: names, whole numbers, `+`, `-`, and a whole-number factor
before a name; one of `<=`, `>=`, `=` between two sums.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal

import attrs

from qms_service.errors import QuantityError
from qms_service.quantities.figure import Figure

Sign = Literal["<=", ">=", "="]
Term = tuple[int, str]
NAME: Final = re.compile(r"[^\W\d]\w*")
_WHOLE: Final = "[0-9]{1,18}"
_TERM: Final = re.compile(
    rf"\s*(?P<sign>[+-])?\s*(?:(?:(?P<factor>{_WHOLE})\s*\*\s*)?(?P<name>{NAME.pattern})|(?P<number>{_WHOLE}))\s*"
)
_SIGN: Final = re.compile(r"<=|>=|=")
_OTHER_SIGN: Final = re.compile(r"!=|[<>](?!=)")
_TYPED: Final = {
    "＋": "+", "－": "-", "−": "-", "–": "-", "—": "-", "＊": "*", "×": "*", "＝": "=", "≤": "<=", "≥": ">=",
    "≦": "<=", "≧": ">=", "＜": "<=", "＞": ">=",
}  # fmt: skip
_SIDES: Final = 2


@attrs.frozen
class LinearSum:
    """Quantities by name, each with a whole-number factor, and a number.

    >>> LinearSum.parse("counted - good - 2 * pairs + 1")
    LinearSum(terms=((1, 'counted'), (-1, 'good'), (-2, 'pairs')), number=1)
    """

    terms: tuple[Term, ...]
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> LinearSum:
        """Reads a sum.

        Raises:
            QuantityError: It is no linear sum of names.
        """
        _refuse_look_alikes(text)
        terms: list[Term] = []
        number = at = 0
        while at < len(text) or at == 0:
            found = _TERM.match(text, at)
            if found is None or (at > 0 and not found["sign"]):
                raise QuantityError("quantity-sum", got=text, rest=text[at:].strip())
            factor = -1 if found["sign"] == "-" else 1
            if found["name"]:
                terms.append((factor * int(found["factor"] or 1), found["name"]))
            else:
                number += factor * int(found["number"])
            at = found.end()
        return cls(tuple(terms), number)

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that it names."""
        return tuple(dict.fromkeys(name for _, name in self.terms))

    def __str__(self) -> str:
        parts = [
            (factor, name if abs(factor) == 1 else f"{abs(factor)} * {name}") for factor, name in self.terms
        ]
        if self.number or not parts:
            parts.append((self.number, str(abs(self.number))))
        said = " ".join(f"{'-' if factor < 0 else '+'} {part}" for factor, part in parts)
        return said[2:] if said.startswith("+") else f"-{said[2:]}"

    def over(self, figure: Callable[[str], Figure]) -> Figure:
        """What it comes to.

        Args:
            figure: The figure of a quantity by its name.
        """
        total = Figure(amount=self.number)
        for factor, name in self.terms:
            total = total.plus(figure(name).times(factor))
        return total


@attrs.frozen
class Relation:
    """Two sums and the sign between them.

    >>> Relation.parse("redelivered + credited = counted").names
    ('redelivered', 'credited', 'counted')
    """

    text: str
    left: LinearSum
    sign: Sign
    right: LinearSum

    @classmethod
    def parse(cls, text: str) -> Relation:
        """Reads a relation.

        Raises:
            QuantityError: It is none between two linear sums.
        """
        _refuse_look_alikes(text)
        sides = _SIGN.split(text)
        if len(sides) != _SIDES or _OTHER_SIGN.search(text):
            raise QuantityError("quantity-relation", got=text)
        left, right = (LinearSum.parse(side) for side in sides)
        if not (left.terms or right.terms):
            raise QuantityError("quantity-nothing", got=text)
        sign: Sign = _SIGN.search(text)[0]  # type: ignore[index, assignment]  # split at it
        return cls(" ".join(text.split()), left, sign, right)

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that it names."""
        return tuple(dict.fromkeys((*self.left.names, *self.right.names)))

    def holds(self, difference: Figure) -> bool:
        """Whether it holds where the left side less the right one comes to a known figure."""
        if self.sign == "=":
            return difference.amount == 0
        return difference.amount <= 0 if self.sign == "<=" else difference.amount >= 0


def _refuse_look_alikes(text: str) -> None:
    """Refuses what looks like a sign and is none, with the character to type."""
    for mark in text:
        if mark in _TYPED:
            raise QuantityError("quantity-typed", got=text, mark=mark, typed=_TYPED[mark])
