"""Places (位置): for each row of a column the place of its value, and the class that each place has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import EPOCH_DAY, NAT
from qms_service.routing.batch.classes import FLOAT, MISSING, REFUSED, Classes
from qms_service.routing.batch.coded import Coded
from qms_service.routing.batch.given import Values, is_days
from qms_service.routing.batch.known import Known
from qms_service.routing.batch.texts import place_texts
from qms_service.routing.facet import Facet
from qms_service.routing.lookup import StepLookup, TextLookup

Place = Callable[[slice], NDArray[Any]]
_NAMED: Final = 256  # texts that a few letters still tell apart
_COMPARED: Final = 24  # steps that are sooner compared one by one than searched


@attrs.frozen(eq=False)
class Places:
    """The place of each row of a block, and the class of each place."""

    classes: NDArray[np.intp]
    of: Place

    @classmethod
    def over(cls, facet: Facet, column: Values | Coded) -> Places:
        """Those of a column for an input."""
        classes = Classes(facet)
        if isinstance(column, Coded):
            return _coded(classes, column)
        if isinstance(column, np.ma.MaskedArray):
            return _masked(cls.over(facet, column.data), np.ma.getmaskarray(column))
        lookup, kind = facet.lookup, column.dtype.kind
        many = isinstance(lookup, TextLookup) and len(lookup) > _NAMED
        if kind in "OT" or (kind == "U" and (many or not column.dtype.itemsize)):
            return _by_value(classes, column)
        if isinstance(lookup, StepLookup):
            return _ordered(classes, lookup, column) or _refused(column)
        return cls(*place_texts(classes, lookup, column)) if kind == "U" else _refused(column)


def _coded(classes: Classes, column: Coded) -> Places:
    """What is missing stands before all values; a place below the first is taken as the first."""
    own = [MISSING, *map(classes.of_value, column.values)]
    return Places(np.array(own, np.intp), lambda block: column.codes[block].astype(np.intp) + 1)


def _masked(places: Places, mask: NDArray[np.bool_]) -> Places:
    """What is masked has a place behind all others."""
    last = places.classes.size
    own = np.append(places.classes, MISSING)
    return Places(own, lambda block: np.where(mask[block], last, places.of(block)))


def _ordered(classes: Classes, lookup: StepLookup, column: Values) -> Places | None:
    """Numbers, days and bools; None where the column holds none."""
    word, kind, own = classes.facet.column.type.word, column.dtype.kind, classes.of_masks(lookup.masks)
    if word == "bool" and kind == "b":
        return Places(own, lambda block: column[block].view(np.uint8))
    if word == "number" and kind in "iu":
        return _stepped(column, [*lookup.steps], own)
    return _days(column, lookup.steps, own) if word == "date" and is_days(column) else None


def _stepped(column: Values, steps: list[int], classes: NDArray[np.intp]) -> Places:
    """How many steps are not above each value; those beyond what the column can hold tell nothing apart."""
    limits = np.iinfo(column.dtype)
    below = sum(step <= limits.min for step in steps)
    able = [step for step in steps if limits.min < step <= limits.max]
    ends, own = np.array(able, column.dtype), classes[below : below + len(able) + 1]
    if len(able) > _COMPARED:
        return Places(own, lambda block: ends.searchsorted(column[block], side="right"))

    def count(block: slice) -> NDArray[np.uint8]:
        values = column[block]
        found = np.zeros(values.size, np.uint8)
        for end in able:
            np.add(found, (values >= end).view(np.uint8), out=found)
        return found

    return Places(own, count)


def _days(column: Values, steps: tuple[date, ...], classes: NDArray[np.intp]) -> Places:
    """Days by their number; before the first and after the last that Python knows, they are refused."""
    ends = [NAT + 1, _number(date.min), *map(_number, steps), _number(date.max) + 1]
    own = np.array([MISSING, REFUSED, *classes.tolist(), REFUSED], np.intp)
    return _stepped(column.astype("M8[D]", copy=False).view(np.int64), ends, own)


def _number(day: date) -> int:
    return day.toordinal() - EPOCH_DAY


def _by_value(classes: Classes, column: Values) -> Places:
    known = Known(classes)
    ask = known.__getitem__ if isinstance(classes.facet.lookup, TextLookup) else known.exactly

    def place(block: slice) -> NDArray[np.intp]:
        values = column[block].tolist()
        try:
            return np.fromiter(map(ask, values), np.intp, len(values))
        except TypeError:  # a list among texts, which no mapping can hold
            return np.fromiter(map(known.exactly, values), np.intp, len(values))

    return Places(np.arange(classes.count), place)


def _refused(column: Values) -> Places:
    """No value of such a column is of the input's type."""
    own = np.array([FLOAT if column.dtype.kind == "f" else REFUSED, MISSING], np.intp)
    return Places(own, lambda block: (column[block] != column[block]).view(np.uint8))
