"""ValueType: of what type the values of a form's field are, and what people call its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

import attrs

from qms_service.errors import FactValueError
from qms_service.facts import Facts, FactType
from qms_service.labels import Label
from qms_service.texts import SHIPPED, render

if TYPE_CHECKING:
    from qms_service.rulebooks.model import Department

ValueKind = Literal[
    "bool",
    "int",
    "decimal",
    "text",
    "choice",
    "date",
    "instant",
    "duration",
    "money",
    "quantity",
    "signature",
]
Choices = tuple[tuple[str, Label], ...]


@attrs.frozen(kw_only=True)
class ValueType:
    """The type of a field's values.

    Args:
        kind: Bool, number, text, one of some choices, a moment, an amount, or a signature.
        many: Whether the field holds a list of such values.
        choices: The values of a choice, each with its label.
        boxes: Whether a sheet shows the choices as boxes to tick.
        undetermined: Whether a quantity may be undetermined: there is one, and nobody can say yet how much.
    """

    kind: ValueKind = "text"
    many: bool = False
    choices: Choices = ()
    boxes: bool = False
    undetermined: bool = False

    def named(self, value: object, lang: str) -> object:
        """What people call a choice; any other value as it is."""
        label = dict(self.choices).get(value) if isinstance(value, str) else None
        return value if label is None else label.text(lang)

    def offers(self, value: object) -> bool:
        """Whether a value is one of the choices, or some of them; a text that was redacted is none."""
        offered = (True, False) if self.kind == "bool" else tuple(choice for choice, _ in self.choices)
        return all(one in offered for one in (value if isinstance(value, tuple) else (value,)))

    def read(self, name: str, value: object) -> object:
        """A value that was written by hand, as the field holds it.

        Raises:
            FactValueError: It is of another type.
        """
        if self.kind == "duration":
            return _duration(name, value)
        if self.kind == "signature":
            return _signature(name, value)
        values = tuple(choice for choice, _ in self.choices)
        kind = "values" if self.kind == "choice" else self.kind
        return FactType(kind=kind, values=values, many=self.many).read(name, value)


TEXT: Final = ValueType()
INSTANT: Final = ValueType(kind="instant")
DURATION: Final = ValueType(kind="duration")
SIGNATURE: Final = ValueType(kind="signature")
FIGURE: Final = ValueType(kind="quantity", undetermined=True)
_SIGNED: Final = {"by": FactType(kind="text"), "at": FactType(kind="instant")}


def _duration(name: str, value: object) -> timedelta:
    if not isinstance(value, timedelta):
        raise FactValueError(
            "fact-value", fact=name, got=repr(value), kind=type(value).__name__, allowed="timedelta"
        )
    return value


def _signature(name: str, value: object) -> Facts:
    """Who signed, and when: a table of the two, or of one of them."""
    if not isinstance(value, Mapping) or not value or set(value) - set(_SIGNED):
        raise FactValueError(
            "fact-value", fact=name, got=repr(value), kind=type(value).__name__, allowed="{by, at}"
        )
    return Facts({key: _SIGNED[key].read(f"{name}.{key}", one) for key, one in value.items()})


def type_of_fact(declared: FactType, departments: Mapping[str, Department]) -> ValueType:
    """The type of a fact as the rulebook declares it; departments are choices by their names."""
    if declared.kind == "department":
        return attrs.evolve(of_departments(departments), many=declared.many)
    if declared.kind == "values":
        choices = tuple((value, Label({"en": value})) for value in declared.values)
        return ValueType(kind="choice", many=declared.many, choices=choices)
    kind: ValueKind = declared.kind  # type: ignore[assignment]  # a table of facts is no field's
    return ValueType(kind=kind, many=declared.many, undetermined=declared.undetermined)


def of_departments(departments: Mapping[str, Department]) -> ValueType:
    """The choice of a department."""
    return ValueType(kind="choice", choices=tuple((name, one.label) for name, one in departments.items()))


def of_codes(group: str, codes: Iterable[str]) -> ValueType:
    """The choice of a code that the catalogues have words for, such as the state of a clock."""
    return ValueType(kind="choice", choices=tuple((code, in_words(f"{group}.{code}")) for code in codes))


def in_words(code: str) -> Label:
    """The text of a code in each language that ships."""
    return Label({lang: render(code, {}, lang) for lang in SHIPPED})
