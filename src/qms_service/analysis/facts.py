"""Facts of a column (事实列): its cells as the values that a rulebook declares, each distinct one read once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from pendulum.tz.timezone import Timezone

from qms_service.analysis.distinct import distinct_of
from qms_service.analysis.moments import instant_of
from qms_service.analysis.read import Column
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.errors import ColumnError, FactValueError, NaiveInstantError
from qms_service.facts import FactType
from qms_service.instants import from_micros, is_missing
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.system import SYSTEM_RULES

_TEXTS: Final = {str, float, type(None)}
UNREADABLE: Final = object()
_PLAIN: Final = nw.String | nw.Categorical | nw.Enum | nw.Boolean | nw.Date | nw.Decimal


def types_of(kind: KindRules, paths: Sequence[str]) -> dict[str, FactType]:
    """The declared type of each fact that the edition knows.

    >>> import qms_service as qms
    >>> rules = qms.load_rulebook("pcb-maker").editions[-1].rules
    >>> str(types_of(rules.kind("complaint"), ["analysed.ours"])["analysed.ours"])
    'bool?'
    """
    known = {f"subject.{rule.name}": rule.type for rule in kind.subject}
    for path in paths:
        owner, _, name = path.partition(".")
        rule = kind.events.get(owner) or SYSTEM_RULES.get(owner)
        if rule is not None and name in rule.fact_types:
            known[path] = rule.fact_types[name]
    return {path: known[path] for path in paths if path in known}


@attrs.frozen(kw_only=True, eq=False)
class Cells:
    """Some cells of a column of facts: for each row the place of its value among the distinct ones.

    Args:
        codes: The place of each row's value; 0 for none.
        values: The distinct values as the frame has them; None at place 0.
    """

    codes: Indexes
    values: tuple[object, ...]


def typed_values(
    path: str, declared: FactType, values: Sequence[object], zone: Timezone | None
) -> list[object]:
    """Each distinct value as its type holds it, or `UNREADABLE`; None at place 0."""
    return [None, *(_read(path, declared, value, zone) for value in values[1:])]


def _read(path: str, declared: FactType, value: object, zone: Timezone | None) -> object:
    try:
        return read_fact(path, declared, value, zone)
    except (FactValueError, ColumnError, NaiveInstantError):
        return UNREADABLE


def read_fact(path: str, declared: FactType, value: object, zone: Timezone | None) -> object:
    """One cell as the type of its fact holds it; None where it is missing.

    Raises:
        FactValueError: It is of another type.
        ColumnError: It is a wall time that the zone does not have, or has twice.
    """
    value = plain(value)
    if is_missing(value):
        return None
    if declared.kind == "instant" and isinstance(value, datetime) and zone is not None:
        return from_micros(instant_of(value, path, zone), zone)
    return declared.read(path, value)


def plain(value: object) -> object:
    """A value as Python has it: a scalar or a list of numpy is one of a frame's ways to write it."""
    if isinstance(value, np.ndarray):
        return tuple(value.tolist())
    return value.item() if isinstance(value, np.generic) else value


def cells_of(column: Column) -> Cells:
    """The distinct values of some cells."""
    dtype = column.dtype
    is_plain = isinstance(dtype, _PLAIN) or dtype.is_integer()
    if not is_plain or getattr(column.to_native(), "dtype", None) == np.object_:
        return _of_objects(column.to_list())
    if dtype.is_numeric() and not column.null_count():
        return _of_numbers(column.to_numpy())
    places, values = distinct_of(column)
    return Cells(codes=places + 1, values=(None, *values))


def _of_objects(given: list[object]) -> Cells:
    """Objects are told apart by their type too, where there are several."""
    alike = {*map(type, given)} <= _TEXTS
    keys: list[Any] = given if alike else [_key(value) for value in given]
    found = dict(zip(keys, given, strict=True))
    places: dict[Hashable, int] = {}
    values: list[object] = [None]
    for key, value in found.items():
        if is_missing(value):
            places[key] = 0
        else:
            places[key] = len(values)
            values.append(value)
    codes = np.fromiter((places[key] for key in keys), np.intp, len(keys))
    return Cells(codes=codes, values=tuple(values))


def _of_numbers(stored: NDArray[Any]) -> Cells:
    values, codes = np.unique(stored, return_inverse=True)
    return Cells(codes=codes + 1, values=(None, *values.tolist()))


def _key(value: object) -> Hashable:
    """What tells two values apart: True is not 1; a list is what stands in it."""
    if isinstance(value, list | np.ndarray):
        return list, tuple(_key(item) for item in value)
    try:
        hash(value)
    except TypeError:
        return type(value), repr(value)
    return type(value), value
