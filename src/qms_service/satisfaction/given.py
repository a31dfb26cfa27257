"""What a caller gives (给定值): names, numbers in their range, choices and mappings, each taken or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar, cast

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.number import Number, exact, one_of

T = TypeVar("T")


def amount(given: Number, field: str) -> Fraction:
    """A number of 0 or more, exact."""
    value = exact(given, field)
    if value < 0:
        raise ScoreError("score-negative", field=field, got=given)
    return value


def fraction(given: Number, field: str) -> Fraction:
    """A number from 0 to 1, both ends among them, exact."""
    value = exact(given, field)
    if not 0 <= value <= 1:
        raise ScoreError("score-fraction", field=field, got=given)
    return value


def amount_or_none(given: Number | None, field: str) -> Fraction | None:
    """A number of 0 or more, exact, where there is one."""
    return None if given is None else amount(given, field)


def named(_value: object, field: attrs.Attribute[Any], given: object) -> None:
    """Refuses what is no name."""
    if not (isinstance(given, str) and given.strip()):
        raise ScoreError("score-name", field=field.name, got=repr(given))


def choice(*allowed: str) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """A validator that refuses what is not among the words allowed."""

    def check(_value: object, field: attrs.Attribute[Any], given: object) -> None:
        one_of(field.name, given, allowed)

    return check


def is_a(kind: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """A validator that refuses what is not of a kind."""

    def check(_value: object, field: attrs.Attribute[Any], given: object) -> None:
        must_be(kind, given, field.name)

    return check


def a_day(_value: object, field: attrs.Attribute[Any], given: object) -> None:
    """Refuses what is no date; an instant is none, because its day depends on a zone."""
    if not isinstance(given, date) or isinstance(given, datetime):
        raise ScoreError("indicator-day", field=field.name, got=repr(given))


def must_be(kind: type, given: object, field: str) -> None:
    """Refuses what is not of a kind."""
    if not isinstance(given, kind):
        raise ScoreError("score-kind", field=field, got=repr(given), allowed=kind.__name__)


def frozen(given: Any, field: str) -> FrozenMap[str, Any]:  # noqa: ANN401  # what it is not is refused
    """A mapping, or pairs, as a mapping that nobody changes."""
    try:
        return FrozenMap(() if given is None else given)
    except (TypeError, ValueError):
        raise ScoreError("score-mapping", field=field, got=repr(given)) from None


def texts(given: Iterable[str] | str) -> tuple[str, ...]:
    """One text, or several."""
    found = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    if isinstance(given, Iterable) and all(isinstance(one, str) for one in found):
        return found
    raise ScoreError("score-texts", got=repr(given))


def all_of(
    kind: type[T], given: Mapping[Any, T] | Iterable[T | str], field: str, *, by_name: bool = False
) -> tuple[T, ...]:
    """The values of a mapping, or the items of any series, all of one kind, as a tuple.

    Args:
        kind: The class.
        given: What a caller gives.
        field: What it is, for the error.
        by_name: Whether a text stands for the value that has nothing but this name.
    """
    series = given.values() if isinstance(given, Mapping) else given
    allowed, of_name = kind.__name__, cast("Callable[[str], T]", kind)
    if isinstance(series, str) or not isinstance(series, Iterable):
        raise ScoreError("score-series", field=field, got=repr(given), allowed=allowed)
    found = list[T]()
    for one in series:
        value = of_name(one) if by_name and isinstance(one, str) else one
        if not isinstance(value, kind):
            raise ScoreError("score-kind", field=field, got=repr(one), allowed=allowed)
        found.append(value)
    return tuple(found)
