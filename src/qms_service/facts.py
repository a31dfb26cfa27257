"""Facts (事实): what is on record about an event or a subject, typed and unchangeable.

A rulebook declares each fact with a type; a value of another type is refused rather than bent: no
truthiness, no float.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, get_args

import attrs

from qms_service.errors import FactValueError, InstantRangeError, NaiveInstantError, nearest
from qms_service.instants import instant

FactKind = Literal[
    "bool", "int", "decimal", "text", "values", "date", "instant", "money", "quantity", "department", "facts"
]
KINDS: Final[tuple[str, ...]] = get_args(FactKind)
UNDETERMINED: Final = "undetermined"


class Facts(Mapping[str, object]):
    """An unchangeable mapping of fact names to values, hashable like every other value here."""

    __slots__ = ("_hash", "_values")

    def __init__(self, values: Mapping[str, object] | Iterable[tuple[str, object]] = ()) -> None:
        try:
            given = dict(values)
        except (TypeError, ValueError):
            raise FactValueError("facts-table", got=repr(values)) from None
        for name in given:
            if type(name) is not str and not isinstance(name, str):
                raise FactValueError("facts-table", got=repr(values))
        self._values = {
            name: value if type(value) in _ATOMS else _frozen(value) for name, value in given.items()
        }
        self._hash: int | None = None

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def items(self) -> ItemsView[str, object]:
        """The facts with their values."""
        return self._values.items()

    def get(self, name: str, default: object = None) -> object:
        """The value of a fact, or the default where it is not on record."""
        return self._values.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __reduce__(self) -> tuple[type[Facts], tuple[dict[str, object]]]:
        return Facts, (self._values,)  # a kept hash holds in its own process alone

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._values.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Facts):
            return self._values == other._values
        return (
            self._values == other
            if isinstance(other, dict)
            else (isinstance(other, Mapping) and self._values == dict(other))
        )

    def __repr__(self) -> str:
        return f"Facts({self._values!r})"


_ATOMS: Final = frozenset((bool, int, str, Decimal, type(None), date, Facts))
NO_FACTS: Final = Facts()


def as_row(given: object) -> Mapping[str, object]:
    """Values by name as a caller has them: a mapping as it is, or a row of a table that names its columns.

    Raises:
        FactValueError: It has no names.
    """
    if isinstance(given, Mapping):
        return given
    if not hasattr(given, "keys"):
        raise FactValueError("facts-shape", got=repr(given))
    return dict(given)  # type: ignore[call-overload, no-any-return]  # what has keys can be read by them


def as_facts(values: Mapping[str, object] | None) -> Facts:
    """A mapping as facts; facts stay as they are."""
    if isinstance(values, Facts):
        return values
    return Facts(values) if values else NO_FACTS


def _frozen(value: object) -> object:
    if isinstance(value, Mapping):
        return as_facts(value)
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(_frozen(item) for item in value)
    return value


def _exact(value: Money | Quantity, _field: attrs.Attribute[Any], amount: Any) -> None:  # noqa: ANN401  # whatever was given
    kinds = (Decimal,) if isinstance(value, Money) else (int, Decimal)
    finite = amount.is_finite() if isinstance(amount, Decimal) else not isinstance(amount, bool)
    if not (isinstance(amount, kinds) and finite):
        raise FactValueError(
            "fact-amount", got=repr(amount), allowed=" | ".join(kind.__name__ for kind in kinds)
        )


def _named(_value: Money | Quantity, field: attrs.Attribute[str], name: object) -> None:
    if not (isinstance(name, str) and name.strip()):
        raise FactValueError("fact-unit", field=field.name, got=repr(name))


@attrs.frozen(kw_only=True)
class Money:
    """An amount of money (金额) in one currency; never a float.

    >>> Money(amount=Decimal("12.50"), currency="CNY")
    Money(amount=Decimal('12.50'), currency='CNY')
    """

    amount: Decimal = attrs.field(validator=_exact)
    currency: str = attrs.field(validator=_named)


@attrs.frozen(kw_only=True)
class Quantity:
    """A counted or measured amount (数量) with its unit; units do not mix.

    >>> print(Quantity(amount=500, unit="pcs"))
    500 pcs
    """

    amount: int | Decimal = attrs.field(validator=_exact)
    unit: str = attrs.field(validator=_named)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


Amount = int | Decimal | Quantity | Literal["undetermined"] | None  # what a typed subject has for a quantity


@attrs.frozen(kw_only=True)
class FactType:
    """The declared type of one fact.

    Args:
        kind: One of `KINDS`; `facts` is a table of facts of its own (what a correction brings).
        values: The allowed values, for `values` and `department`.
        optional: Whether the fact may be absent (`?`).
        many: Whether it is a list of such values (`*`).
        aliases: Other spellings of an allowed value, as pairs (spelling, value).
        undetermined: Whether a quantity may be the text `undetermined` (未确定): there is one, and nobody can
            say yet how much, as while the customer still works on the goods.
    """

    kind: FactKind
    values: tuple[str, ...] = ()
    optional: bool = False
    many: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    undetermined: bool = False
    exact: type | None = attrs.field(init=False, eq=False, repr=False)

    @exact.default
    def _taken_as_it_is(self) -> type | None:
        """The class whose every value fits, where the kind has one."""
        return None if self.many else _EXACT.get(self.kind)

    def read(self, name: str, value: object) -> object:
        """The value as the fact holds it.

        Raises:
            FactValueError: It is of another type; the error says what was got and what is allowed.
        """
        if not self.many:
            return value if type(value) is self.exact else self._one(name, value)
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise self._refusal(name, value)
        return tuple(self._one(name, item) for item in value)

    def _one(self, name: str, value: object) -> object:
        if self.kind in ("values", "department"):
            found = dict(self.aliases).get(value, value) if isinstance(value, str) else value
            if found not in self.values:
                raise self._refusal(name, value)
            return found
        if self.kind == "instant":
            return self._instant(name, value)
        if not (_fits(self.kind, value) or (self.undetermined and value == UNDETERMINED)):
            raise self._refusal(name, value)
        return value

    def _instant(self, name: str, value: object) -> object:
        try:
            return instant(value)
        except (NaiveInstantError, InstantRangeError) as error:
            raise self._refusal(name, value) from error

    def _refusal(self, name: str, value: object) -> FactValueError:
        known = (*self.values, *(spelling for spelling, _ in self.aliases))
        known += (UNDETERMINED,) * self.undetermined
        guess = nearest(value, known) if isinstance(value, str) else None
        return FactValueError(
            f"fact-value{self._slip(value, guess)}",
            fact=name, got=repr(value), kind=type(value).__name__, allowed=str(self), nearest=guess,
        )  # fmt: skip

    def _slip(self, value: object, guess: str | None) -> str:
        """The usual slips have words of their own."""
        if guess is not None:
            return ".nearest"
        if isinstance(value, float) and self.kind in ("int", "decimal", "quantity"):
            return ".float"
        amount = value.amount if isinstance(value, Quantity) else value
        is_number = isinstance(amount, int) or (isinstance(amount, Decimal) and not amount.is_nan())
        return ".negative" if self.kind == "quantity" and is_number and amount < 0 else ""  # type: ignore[operator]

    def __str__(self) -> str:
        base = " | ".join(self.values or (self.kind, *(UNDETERMINED,) * self.undetermined))
        return base + ("*" if self.many else "") + ("?" if self.optional else "")


_EXACT: Final[Mapping[str, type]] = {"bool": bool, "int": int, "text": str, "date": date}
_CLASSES: Final[Mapping[str, tuple[type, ...]]] = {
    "bool": (bool,),
    "int": (int,),
    "decimal": (int, Decimal),
    "text": (str,),
    "date": (date,),
    "money": (Money,),
    "quantity": (int, Decimal, Quantity),
    "facts": (Mapping,),
}


def _fits(kind: str, value: object) -> bool:
    if isinstance(value, bool) and kind != "bool":
        return False
    if isinstance(value, datetime) and kind == "date":
        return False
    if not isinstance(value, _CLASSES[kind]):
        return False
    amount = value.amount if isinstance(value, Quantity | Money) else value
    if isinstance(amount, Decimal) and not amount.is_finite():
        return False
    return kind != "quantity" or amount >= 0  # type: ignore[operator]
