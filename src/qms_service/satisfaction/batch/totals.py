"""Totals (总分列): what many responses come to, exact, or why one has no total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final, get_args

import attrs
import numpy as np
from numpy.typing import NDArray

from qms_service.satisfaction.answer import NOT_APPLICABLE
from qms_service.satisfaction.batch.answer_column import AnswerColumn, Fault
from qms_service.satisfaction.batch.exact_column import BLOCK, ROOM, ExactColumn
from qms_service.satisfaction.batch.packing import Packing
from qms_service.satisfaction.total import Unscored, unscored

UNSCORED: Final[tuple[Unscored, ...]] = get_args(Unscored)
Problem = tuple[str, str | None]  # why, and of which item
_SCORED: Final = -1
_FAULTY: Final = -2


@attrs.frozen(kw_only=True, eq=False)
class Totals:
    """What many responses come to.

    Args:
        points: The total of each in points of 100; 0 where there is none.
        reasons: For each the place of why it has no total; -1 where it has one.
        problems: Why there is no total: what the questionnaire says, or what is wrong with which item.
    """

    points: ExactColumn
    reasons: NDArray[np.int16]
    problems: tuple[Problem, ...]

    @property
    def scored(self) -> NDArray[np.bool_]:
        """Which have a total."""
        return self.reasons < 0


def totals_of(columns: Sequence[AnswerColumn], rows: int, *, whole: Fraction, at_least: Fraction) -> Totals:
    """The totals of many responses, each as `score` has it.

    Args:
        columns: The answers, a column for each item that has one.
        rows: How many responses there are.
        whole: The weight of all items of the questionnaire.
        at_least: The share of the applicable weight that has to be answered.
    """
    packing = Packing.of(columns, whole)
    problems: list[Problem] = [(one, None) for one in UNSCORED]
    problems += [(fault, one.item) for one in columns for fault in get_args(Fault)]
    made = None if packing is None else _packed(packing, columns, rows, at_least)
    points, reasons = made or _one_by_one(columns, rows, whole, at_least)
    _name_faults(columns, reasons, {problem: number for number, problem in enumerate(problems)})
    return Totals(points=points, reasons=reasons, problems=tuple(problems))


def _packed(
    packing: Packing, columns: Sequence[AnswerColumn], rows: int, at_least: Fraction
) -> tuple[ExactColumn, NDArray[np.int16]] | None:
    """By lanes; None where the totals need a denominator beyond int64."""
    sums, reasons = np.zeros(rows, np.int64), np.full(rows, _SCORED, np.int16)
    pairs = np.zeros(1 << 2 * packing.lane, np.bool_)
    for begin in range(0, rows, BLOCK):
        block = sums[begin : begin + BLOCK]
        _sum(block, packing, columns, begin)
        faulty = block < 0
        if faulty.any():
            reasons[begin : begin + BLOCK][faulty] = _FAULTY
            block[faulty] = 0
        pairs[block >> packing.points] = True
    verdicts, factors, below = _verdicts(packing, np.flatnonzero(pairs), at_least)
    most = (1 << packing.points) * int(factors.max(initial=0)) if below < ROOM else ROOM
    if most >= ROOM:
        return None
    _told(sums, reasons, packing, verdicts, factors)
    return ExactColumn(counts=sums, unit=packing.unit / below, most=most), reasons


def _sum(block: NDArray[np.int64], packing: Packing, columns: Sequence[AnswerColumn], begin: int) -> None:
    """The packed answers of some rows, summed over the items."""
    for column, table in zip(columns, packing.tables, strict=True):
        places = column.places[begin : begin + BLOCK]
        block += table.take(np.subtract(places, column.first, dtype=np.intp), mode="clip")


def _verdicts(
    packing: Packing, pairs: NDArray[np.intp], at_least: Fraction
) -> tuple[NDArray[np.int16], NDArray[Any], int]:
    """For each pair of weights that occurs why there is no total, or what makes its points ones of one denominator."""
    answered = pairs & (1 << packing.lane) - 1
    applicable = packing.whole - (pairs >> packing.lane)
    weights: list[int] = answered.tolist()
    said = [_verdict(*pair, at_least) for pair in zip(weights, applicable.tolist(), strict=True)]
    told = [*zip(weights, said, strict=True)]
    below = lcm(*(weight for weight, one in told if one == _SCORED))
    verdicts = np.full(1 << 2 * packing.lane, _SCORED, np.int16)
    verdicts[pairs] = said
    factors = np.zeros(verdicts.size, np.int64 if below < ROOM else np.object_)
    factors[pairs] = [below // weight if one == _SCORED else 0 for weight, one in told]
    return verdicts, factors, below


def _verdict(answered: int, applicable: int, at_least: Fraction) -> int:
    reason = unscored(Fraction(answered, applicable) if applicable else None, at_least)
    return _SCORED if reason is None else UNSCORED.index(reason)


def _told(
    sums: NDArray[np.int64],
    reasons: NDArray[np.int16],
    packing: Packing,
    verdicts: NDArray[np.int16],
    factors: NDArray[np.int64],
) -> None:
    """Turns the sums into totals over one denominator, and says where there is none."""
    low = (1 << packing.points) - 1
    for begin in range(0, sums.size, BLOCK):
        block, told = sums[begin : begin + BLOCK], reasons[begin : begin + BLOCK]
        pairs = block >> packing.points
        block &= low
        block *= factors.take(pairs)
        np.copyto(told, verdicts.take(pairs), where=told == _SCORED)


def _one_by_one(
    columns: Sequence[AnswerColumn], rows: int, whole: Fraction, at_least: Fraction
) -> tuple[ExactColumn, NDArray[np.int16]]:
    """Without lanes: each different row once."""
    places = np.zeros((rows, len(columns)), np.intp)
    for number, column in enumerate(columns):
        np.subtract(column.places, column.first, out=places[:, number], dtype=np.intp)
    different, rows_of = np.unique(places, axis=0, return_inverse=True)
    told = [_row(columns, one, whole, at_least) for one in different.tolist()]
    below = lcm(*(points.denominator for points, _ in told))
    counts = np.array([int(points * below) for points, _ in told], np.object_)
    reasons = np.array([reason for _, reason in told], np.int16)
    most = max((int(one) for one in counts), default=0)
    kept = counts.astype(np.int64) if most < ROOM else counts
    return ExactColumn(counts=kept[rows_of], unit=Fraction(1, below), most=most), reasons[rows_of]


def _row(
    columns: Sequence[AnswerColumn], places: Sequence[int], whole: Fraction, at_least: Fraction
) -> tuple[Fraction, int]:
    said = [(one.weight, one.worth[place]) for one, place in zip(columns, places, strict=True)]
    if any(isinstance(worth, str) for _, worth in said):
        return Fraction(0), _FAULTY
    applicable = whole - sum(weight for weight, worth in said if worth is NOT_APPLICABLE)
    answered = [(weight, worth) for weight, worth in said if isinstance(worth, Fraction)]
    weight = sum((weight for weight, _ in answered), Fraction(0))
    reason = unscored(weight / applicable if applicable else None, at_least)
    if reason is not None:
        return Fraction(0), UNSCORED.index(reason)
    return sum((weight * worth for weight, worth in answered), Fraction(0)) / weight, _SCORED


def _name_faults(
    columns: Sequence[AnswerColumn], reasons: NDArray[np.int16], numbers: Mapping[Problem, int]
) -> None:
    """Says of each row with an answer that is none which is the first of these."""
    for column in columns:
        rows = np.flatnonzero(reasons == _FAULTY)
        if not rows.size:
            return
        said = [numbers[one, column.item] if isinstance(one, str) else _FAULTY for one in column.worth]
        reasons[rows] = np.array(said, np.int16)[column.places[rows].astype(np.intp) - column.first]
