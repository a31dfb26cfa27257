"""Ten million responses of eight items over ten years: each one's total, and each year's score, against pandas by hand.

By hand is what an analyst writes: the weighted mean of the items with floats, rounded; the mean of each customer in
each year, and the mean of these. Ours are fractions over one denominator, rounded half up once, with a reason for each
row that has no total. Both are compared before anything is timed. A plain `groupby("year").mean()` of the items, which
answers neither question, stands below as the measure of the memory.

Run: python -m benchmarks.satisfaction
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd
from benchmarks.measured import Row, Words, best, table

from qms_service.analysis import satisfaction_by, satisfaction_frame
from qms_service.satisfaction import Item, Questionnaire, Scale

RESPONSES, QUICK, ROUNDS, YEARS, CUSTOMERS = 10_000_000, 1_000_000, 3, 10, 100_000
WEIGHTS: Final = (20, 20, 15, 15, 10, 10, 5, 5)
ITEMS: Final = tuple(f"q{place}" for place in range(len(WEIGHTS)))
FORM: Final = Questionnaire(
    "yearly", [Item(name, Scale(1, 5), weight=weight) for name, weight in zip(ITEMS, WEIGHTS, strict=True)]
)
COLUMNS: Final[dict[str, Any]] = {"customer": "customer", "items": {name: name for name in ITEMS}}
NEAR: Final = 0.0501  # half a unit of the last place shown


def responses(count: int) -> pd.DataFrame:
    """Random answers, the same on every run; every customer answers each year, some of them more than once."""
    draw = np.random.default_rng(45)
    made: dict[str, Any] = {
        "year": draw.integers(2017, 2017 + YEARS, count).astype(np.int16),
        "customer": draw.integers(0, CUSTOMERS, count),
    }
    return pd.DataFrame({**made, **{name: draw.integers(1, 6, count).astype(np.int8) for name in ITEMS}})


def totals_by_hand(frame: pd.DataFrame) -> pd.Series[float]:
    """The total of each response in points of 100."""
    points = (frame[[*ITEMS]] - 1) * 25 * (np.array(WEIGHTS) / sum(WEIGHTS))
    return points.sum(axis=1)


def years_by_hand(frame: pd.DataFrame) -> pd.Series[float]:
    """The score of each year: the mean of its customers' means."""
    totals = totals_by_hand(frame)
    return totals.groupby([frame["year"], frame["customer"]]).mean().groupby("year").mean()


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Compare the answers, then the times."""
    count = QUICK if quick else RESPONSES
    frame = responses(count)
    own = satisfaction_frame(frame, FORM, **COLUMNS)["total"]
    assert np.abs(own - totals_by_hand(frame)).max() < NEAR
    years = satisfaction_by(frame, FORM, by="year", **COLUMNS).set_index("year")["score"]
    assert np.abs(years - years_by_hand(frame)).max() < NEAR
    each, by_hand, by_year, years_hand, plain = best(
        {
            "each": lambda: satisfaction_frame(frame, FORM, **COLUMNS),
            "each by hand": lambda: totals_by_hand(frame).round(1),
            "by year": lambda: satisfaction_by(frame, FORM, by="year", **COLUMNS),
            "by year by hand": lambda: years_by_hand(frame),
            "plain": frame.groupby("year")[[*ITEMS]].mean,
        },
        1 if quick else ROUNDS,
    ).values()
    told = Words(f"{count:,} responses × {len(ITEMS)} items", f"{count:,} 份回复 × {len(ITEMS)} 个项目")
    floats = Words(" by hand, floats", " 手算，浮点数")
    yield _row(
        told,
        Words(", each total: `satisfaction_frame`", "，逐份总分：`satisfaction_frame`"),
        each,
        by_hand,
        floats,
    )
    score = Words(", each year's score: `satisfaction_by`", "，逐年得分：`satisfaction_by`")
    yield _row(told, score, by_year, years_hand, floats)
    yield _row(
        told, score, by_year, plain, Words(" `groupby().mean()` of the items", " 各项目 `groupby().mean()`")
    )


def _row(told: Words, asked: Words, ours: float, theirs: float, rival: Words) -> Row:
    what = Words(told.en + asked.en, told.zh + asked.zh)
    return Row(what=what, ours=ours, theirs=theirs, packages=("pandas",), rival=rival)


def main() -> None:
    """The table."""
    print(table(rows()))


if __name__ == "__main__":
    main()
