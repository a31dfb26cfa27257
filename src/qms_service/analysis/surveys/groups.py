"""Groups (分组) of responses: which group each row belongs to, and who was asked in it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.analysis.distinct import distinct_of
from qms_service.analysis.measures.split import told_apart
from qms_service.analysis.read import Column, Table
from qms_service.analysis.surveys.read import Responses
from qms_service.errors import ColumnError
from qms_service.satisfaction.batch import Apart, Chosen
from qms_service.satisfaction.batch import told_apart as numbered

Places = NDArray[np.intp]


@attrs.frozen(kw_only=True, eq=False)
class Groups:
    """The groups of some responses.

    Args:
        keys: What each group is called, column by column.
        rows: For each response the place of its group.
        who: For each response the place of its customer.
        asked: The groups and customers that were asked, as the numbers of `pairs`, each once; None where nobody wrote
            them down.
        customers: By how much the numbers of two groups differ.
    """

    keys: list[tuple[object, ...]]
    rows: Places
    who: Places
    asked: Places | None
    customers: int

    @classmethod
    def of(cls, found: Responses, names: Sequence[str], asked: Table | None) -> Groups:
        """The groups by some columns, those in which nobody answered too.

        Raises:
            UnknownNameError: A frame has no such column.
            ColumnError: A column holds lists or the like, or text in one frame and none in the other, so that nobody who
                answered would have been asked.
        """
        size = len(found.rows)
        *shared, customer = (
            _Shared.of(told_apart(found.rows, name), None if asked is None else told_apart(asked, name))
            for name in (*names, found.columns.customer)
        )
        groups, customers = _combined(shared), len(customer.values) + 1
        sent = None
        if asked is not None:
            there = customer.places[size:] > 0
            sent = np.unique((groups.places[size:] * customers + customer.places[size:])[there])
        return cls(
            keys=_keys(groups, shared),
            rows=groups.places[:size],
            who=customer.places[:size],
            asked=sent,
            customers=customers,
        )

    @property
    def pairs(self) -> Places:
        """For each response its group and its customer as one number."""
        return self.rows * self.customers + self.who

    def asked_with(self, rows: Chosen) -> list[int | None]:
        """How many customers each group has that were asked, or count among these rows without; None: nobody knows."""
        if self.asked is None:
            return [None] * len(self.keys)
        pairs = np.union1d(self.asked, self.pairs[rows])
        return [*np.bincount(pairs // self.customers, minlength=len(self.keys)).tolist()]


@attrs.frozen(kw_only=True, eq=False)
class _Shared:
    """A column of the responses, and the same of who was asked behind it.

    Args:
        places: For each row the place of its value among those of both, counted from 1; 0 for none.
        values: The values of both.
    """

    places: Places
    values: list[object]

    @classmethod
    def of(cls, column: Column, other: Column | None) -> _Shared:
        places, values = distinct_of(column)
        places += 1
        if other is None:
            return cls(places=places, values=values)
        known = {value: place for place, value in enumerate(values)}
        own, others = distinct_of(other)
        are_texts = [{isinstance(one, str) for one in of} for of in (values, others)]
        if all(are_texts) and are_texts[0].isdisjoint(are_texts[1]):
            raise ColumnError("survey-asked", column=other.name, got=repr(others[0]), other=repr(values[0]))
        there = [known.setdefault(value, len(known)) + 1 for value in others]
        moved = np.array([*there, 0], np.intp)[own]
        return cls(places=np.concatenate((places, moved)), values=[*known])


def _combined(shared: Sequence[_Shared]) -> Apart:
    """The groups of several columns."""
    groups = numbered(None, shared[0].places)
    for one in shared[1:]:
        groups = numbered(groups.places, one.places)
    return groups


def _keys(groups: Apart, shared: Sequence[_Shared]) -> list[tuple[object, ...]]:
    """What each group is called."""
    named = [[[None, *one.values][place] for place in groups.first_of(one.places).tolist()] for one in shared]
    return [*zip(*named, strict=True)]
