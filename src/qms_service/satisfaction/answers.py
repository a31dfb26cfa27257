"""Answers (作答): what customers answered, as points; who did not answer is in neither sum nor number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from operator import itemgetter
from typing import Any

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.number import Number

Given = Mapping[Any, Number | None] | Iterable[Number | None]


@attrs.frozen(kw_only=True)
class Answers:
    """Answers that were given, in points.

    Args:
        given: Each answer as it was given, how many points it is, and how often it came; from low to high.
        values: The points: by customer, in the order of `customers`, or from low to high; empty where only
            their number is known.
        customers: Who gave which; empty where that is not known.
        absent: How many did not answer.
    """

    given: tuple[tuple[Fraction, Fraction, int], ...]
    values: tuple[Fraction, ...] = ()
    customers: tuple[str, ...] = ()
    absent: int = 0

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(times for _, _, times in self.given)

    @property
    def total(self) -> Fraction:
        """The sum of the points."""
        return sum((points * times for _, points, times in self.given), Fraction(0))

    @property
    def mean(self) -> Fraction | None:
        """The mean of the points; None where nobody answered."""
        return self.total / self.n if self.n else None

    @property
    def variance(self) -> Fraction | None:
        """The variance of the points with the divisor n - 1; None below two answers."""
        squares = sum((points * points * times for _, points, times in self.given), Fraction(0))
        return (squares - self.total * self.total / self.n) / (self.n - 1) if self.n > 1 else None

    @property
    def points(self) -> tuple[tuple[Fraction, int], ...]:
        """Each number of points with how often it came, from low to high."""
        counted = Counter[Fraction]()
        for _, points, times in self.given:
            counted[points] += times
        return tuple(sorted(counted.items()))


def answers_of(
    given: Given, answer: Callable[[Number], Fraction], points: Callable[[Fraction], Fraction]
) -> Answers:
    """The answers of a list, or of a mapping of customers to answers; None is none.

    Args:
        given: The answers.
        answer: Reads one, or refuses it.
        points: What one is worth.

    Raises:
        ScoreError: An answer is refused, with its customer or its place in the list; a customer comes twice.
    """
    read, absent = list[tuple[str, Fraction]](), 0
    named = isinstance(given, Mapping)
    for place, one in _items(given):
        if one is None:
            absent += 1
            continue
        try:
            read.append((str(place), answer(one)))
        except ScoreError as error:
            where = {"customer" if named else "row": place}
            raise ScoreError(error.code, **error.operands, **where) from None
    worth = {one: points(one) for _, one in read}
    tally = sorted(Counter(one for _, one in read).items())
    read.sort(key=itemgetter(0 if named else 1))
    return Answers(
        given=tuple((one, worth[one], times) for one, times in tally),
        values=tuple(worth[one] for _, one in read),
        customers=_once([customer for customer, _ in read]) if named else (),
        absent=absent,
    )


def _items(given: Given) -> Iterator[tuple[Any, Number | None]]:
    if isinstance(given, Mapping):
        return iter(given.items())
    if isinstance(given, AbstractSet | str | bytes) or not isinstance(given, Iterable):
        raise ScoreError("score-answers", got=repr(given))
    return enumerate(given)


def _once(customers: list[str]) -> tuple[str, ...]:
    """The customers, each once: 7 and "7" are one and the same."""
    twice = [customer for customer, times in Counter(customers).items() if times > 1]
    if twice:
        raise ScoreError("score-twice", got=tuple(twice))
    return tuple(customers)
