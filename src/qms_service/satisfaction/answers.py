"""Answers (作答): what customers answered, as points; who did not answer is in neither sum nor number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.number import Number, summed

_PLAIN: Final = (int, float)
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

    @cached_property
    def n(self) -> int:
        """How many answered."""
        return sum(times for _, _, times in self.given)

    @cached_property
    def total(self) -> Fraction:
        """The sum of the points."""
        return summed(points * times for _, points, times in self.given)

    @property
    def mean(self) -> Fraction | None:
        """The mean of the points; None where nobody answered."""
        return self.total / self.n if self.n else None

    @cached_property
    def variance(self) -> Fraction | None:
        """The variance of the points with the divisor n - 1; None below two answers."""
        squares = summed(points * points * times for _, points, times in self.given)
        return (squares - self.total * self.total / self.n) / (self.n - 1) if self.n > 1 else None

    @property
    def points(self) -> tuple[tuple[Fraction, int], ...]:
        """Each number of points with how often it came, from low to high."""
        return _points(self.given)


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
    named = isinstance(given, Mapping)
    read, absent = _read(given, answer, "customer" if named else "row")
    tally = Counter(one for _, one in read)
    rows = tuple((one, points(one), times) for one, times in sorted(tally.items()))
    if not named:
        values = tuple(worth for worth, times in _points(rows) for _ in range(times))
        return Answers(given=rows, values=values, absent=absent)
    read.sort(key=itemgetter(0))
    worth = {one: points for one, points, _ in rows}
    return Answers(
        given=rows,
        values=tuple(worth[one] for _, one in read),
        customers=_once([customer for customer, _ in read]),
        absent=absent,
    )


def _read(
    given: Given, answer: Callable[[Number], Fraction], place_is: str
) -> tuple[list[tuple[str, Fraction]], int]:
    """Every answer with its place, and how many there are not."""
    read, absent = list[tuple[str, Fraction]](), 0
    known = dict[tuple[type, Number], Fraction]()
    for place, one in _items(given):
        if one is None:
            absent += 1
            continue
        plain = (type(one), one) if type(one) in _PLAIN else None  # most surveys repeat a few numbers
        if plain not in known:
            try:
                exact = answer(one)
            except ScoreError as error:
                raise ScoreError(error.code, **error.operands, **{place_is: place}) from None
            if plain is not None:
                known[plain] = exact
        else:
            exact = known[plain]
        read.append((str(place), exact))
    return read, absent


def _points(rows: Iterable[tuple[Fraction, Fraction, int]]) -> tuple[tuple[Fraction, int], ...]:
    counted = Counter[Fraction]()
    for _, points, times in rows:
        counted[points] += times
    return tuple(sorted(counted.items()))


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
