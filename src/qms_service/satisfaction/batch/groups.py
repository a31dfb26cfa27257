"""Groups (分组计分): the score of each group of responses, customer by customer, as a survey of its own has it."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, Final, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.instants import NAT
from qms_service.satisfaction.batch.exact_column import BLOCK, ExactColumn
from qms_service.satisfaction.questionnaire import Questionnaire

Places = NDArray[np.intp]
Ints = NDArray[np.int64]
Chosen = Places | slice
ALL: Final = slice(None)  # all rows, without a copy of them


@attrs.frozen(kw_only=True, eq=False)
class Rows:
    """The responses that count: those with a total.

    Args:
        points: Their totals.
        groups: For each the place of its group.
        customers: For each the place of its customer.
        respondents: For each the place of its respondent; None where every customer has one voice.
        at: When each was answered, in microseconds, `NAT` where nobody wrote it down; None where none is dated.
    """

    points: ExactColumn
    groups: Places
    customers: Places
    respondents: Places | None = None
    at: Ints | None = None


@attrs.frozen(kw_only=True, eq=False)
class GroupScores:
    """The score of each group.

    Args:
        sums: The sum of the customers' totals.
        n: How many customers it is of; the score is the sum divided by it.
    """

    sums: ExactColumn
    n: Ints

    def score(self, group: int) -> Fraction | None:
        """The score of a group, exact; None where nobody answered."""
        count = int(self.n[group])
        return self.sums[group] / count if count else None


def group_scores(rows: Rows, count: int, questionnaire: Questionnaire) -> GroupScores:
    """The score of each group: the sum of its customers' totals, and how many they are.

    Args:
        rows: The responses.
        count: How many groups there are.
        questionnaire: Which response of a respondent counts, and who speaks for a customer.
    """
    customers = told_apart(rows.groups, rows.customers)
    points, owners, at = _voices(rows, customers, questionnaire)
    points = _speaking(points, owners, at, customers.count, questionnaire)
    groups = customers.first_of(rows.groups)
    return GroupScores(sums=points.summed(groups, count), n=np.bincount(groups, minlength=count))


@attrs.frozen(kw_only=True, eq=False)
class Apart:
    """What rows belong to, numbered without gaps.

    Args:
        places: For each row the number of its owner.
        count: How many owners there are.
    """

    places: Places
    count: int

    def first_of(self, values: NDArray[Any]) -> NDArray[Any]:
        """For each owner the value of its rows, which have it in common."""
        found = np.zeros(self.count, values.dtype)
        found[self.places] = values
        return found


def told_apart(owners: Places | None, others: Places) -> Apart:
    """The pairs of two numbers, or the numbers alone, numbered anew."""
    pairs = others.copy()
    if owners is not None:
        size = int(others.max(initial=0)) + 1
        for begin in range(0, pairs.size, BLOCK):
            pairs[begin : begin + BLOCK] += owners[begin : begin + BLOCK] * size
    most = int(pairs.max(initial=0)) + 1
    if most > 4 * pairs.size + BLOCK:
        different, places = np.unique(pairs, return_inverse=True)
        return Apart(places=places.reshape(-1), count=different.size)
    occurs = np.zeros(most, np.bool_)
    occurs[pairs] = True
    numbers = np.cumsum(occurs) - 1
    for begin in range(0, pairs.size, BLOCK):
        block = pairs[begin : begin + BLOCK]
        block[:] = numbers.take(block)
    return Apart(places=pairs, count=int(occurs.sum()))


def _voices(
    rows: Rows, customers: Apart, questionnaire: Questionnaire
) -> tuple[ExactColumn, Places, Ints | None]:
    """What each respondent says, for which customer, and when."""
    if questionnaire.duplicates == "all":
        return rows.points, customers.places, rows.at
    voices = customers if rows.respondents is None else told_apart(customers.places, rows.respondents)
    if voices.count == rows.groups.size:
        return rows.points, customers.places, rows.at
    kept = _edge(rows.at, voices.places, voices.count, questionnaire.duplicates)
    points = _means(rows.points.take(kept), voices.places[kept], voices.count)
    at = (
        None
        if rows.at is None
        else Apart(places=voices.places[kept], count=voices.count).first_of(rows.at[kept])
    )
    return points, voices.first_of(customers.places), at


def _speaking(
    points: ExactColumn, owners: Places, at: Ints | None, count: int, questionnaire: Questionnaire
) -> ExactColumn:
    """What each customer says, by those who speak for it."""
    how = questionnaire.respondents
    if how == "mean":
        return _means(points, owners, count)
    if how == "lowest":
        lowest = np.full(count, points.most, points.counts.dtype)
        np.minimum.at(lowest, owners, points.counts)
        return attrs.evolve(points, counts=lowest)
    kept = _edge(at, owners, count, how)
    return _means(points.take(kept), owners[kept], count)


def _edge(at: Ints | None, owners: Places, count: int, how: Literal["latest", "first"]) -> Chosen:
    """The rows that are the latest of their owner, or the first; all of those that have no date where none has one."""
    if at is None:
        return ALL
    moments = at if how == "latest" else np.where(at == NAT, NAT, -at)
    edge = np.full(count, NAT, np.int64)
    np.maximum.at(edge, owners, moments)
    return np.flatnonzero(moments == edge[owners])


def _means(points: ExactColumn, owners: Places, count: int) -> ExactColumn:
    """The mean of each owner; every owner has a row."""
    sums, counts = points.summed(owners, count), np.bincount(owners, minlength=count)
    below = lcm(*(int(one) for one in np.unique(counts)))
    scaled = sums.times(below)
    return attrs.evolve(scaled, counts=scaled.counts // counts) if below > 1 else sums
