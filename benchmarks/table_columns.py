"""A million decisions on 20 rules and 4 inputs, against joins of polars.

Two tables, each for ours and the rival with the same keys. `equal`: four keys that are equal or not, which is what a
join does best; texts as numpy and polars have them, then as codes of categories (`Coded`, `polars.Enum`). `ranges`: two
keys and two bounds of a quantity, by `join_where`, and by `join_asof`, for which the rows have to be sorted first. Each
starts from columns in its own memory: ours from arrays of numpy, polars and `decide_frame` from a frame of polars, whose
making nobody pays for here. Ours takes one core, polars all, so it is the time on the wall that counts. All answers are
compared before anything is timed.

Run: python -m benchmarks.table_columns
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from time import perf_counter
from typing import Any, Final

import numpy as np
import polars as pl
from benchmarks.measured import Row, Words, best, table
from numpy.typing import NDArray

from qms_service.analysis import decide_frame
from qms_service.routing import DecisionTable
from qms_service.routing.batch import Coded

ROWS, ROUNDS, LIMIT, HIGHEST = 1_000_000, 7, 300, 1_200
CAUSES: Final = ("operation", "process", "material", "design", "tooling")
KINDS: Final = ("quality", "delivery")
Columns = dict[str, NDArray[Any]]
EQUAL: Final = Words(
    f"{ROWS:,} decisions, 20 rules × 4 equal keys, `decide_many`",
    f"{ROWS:,} 次判定，20 条规则 × 4 个相等条件，`decide_many`",
)
CODES: Final = Words("the same over codes of categories", "同上，用类别编码")
FRAME: Final = Words(
    "the same over a polars frame, with rules, clauses, reasons: `decide_frame`",
    "同上，用 polars 数据表，并给出规则、条款和原因：`decide_frame`",
)
RANGES: Final = Words(
    f"{ROWS:,} decisions with a range, `decide_many`", f"{ROWS:,} 次带区间的判定，`decide_many`"
)
FOUR_KEYS: Final = Words(" join on four keys", " 按四个键连接")


def columns() -> Columns:
    """Random facts, the same on every run."""
    draw = np.random.default_rng(20)
    return {
        "cause": np.array(CAUSES)[draw.integers(0, len(CAUSES), ROWS)],
        "kind": np.array(KINDS)[draw.integers(0, len(KINDS), ROWS)],
        "urgent": draw.integers(0, 2, ROWS).astype(np.bool_),
        "quantity": draw.integers(0, HIGHEST, ROWS),
        "grade": draw.integers(0, 2, ROWS),
    }


def keys() -> list[dict[str, Any]]:
    """What both tables tell apart: a cause, a kind, and one of two halves."""
    return [
        {"cause": cause, "kind": kind, "half": half} for cause in CAUSES for kind in KINDS for half in (0, 1)
    ]


def decision_table(name: str, cells: Callable[[int], Mapping[str, object]]) -> DecisionTable:
    """Twenty rules over four inputs."""
    inputs = {"cause": "text", "kind": [*KINDS], "urgent": "bool", name: "number"}
    rules = [
        {
            "id": f"r{place}",
            "when": {"cause": key["cause"], "kind": key["kind"], **cells(key["half"])},
            "then": {"responsible": f"department {place}"},
        }
        for place, key in enumerate(keys())
    ]
    return DecisionTable(name=name, inputs=inputs, outputs={"responsible": "text"}, rules=rules)


def rules_of(cells: Callable[[int], Mapping[str, object]]) -> pl.DataFrame:
    """The same rules as a frame to be joined."""
    return pl.DataFrame(
        [
            {
                "cause": key["cause"],
                "kind": key["kind"],
                **cells(key["half"]),
                "responsible": f"department {place}",
            }
            for place, key in enumerate(keys())
        ]
    )


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Compare the answers, then the times."""
    given, rounds = columns(), 1 if quick else ROUNDS
    yield from _equal(given, rounds)
    yield from _ranges(given, rounds)


def _equal(given: Columns, rounds: int) -> Iterator[Row]:
    own = decision_table("grade", lambda half: {"grade": half, "urgent": half == 1})
    given = {name: column for name, column in given.items() if name != "quantity"}
    given["urgent"] = given["grade"] == 1
    frame, rules = pl.DataFrame(given), rules_of(lambda half: {"grade": half, "urgent": half == 1})
    kinds = {"cause": pl.Enum(CAUSES), "kind": pl.Enum(KINDS)}
    coded_frame, coded_rules = frame.cast(kinds), rules.cast(kinds)  # type: ignore[arg-type]  # names of columns
    coded = {**given, **{name: _coded(coded_frame[name]) for name in kinds}}
    on = [*given]
    answer = frame.join(rules, on=on, how="left", maintain_order="left")["responsible"].to_list()
    inputs = {name: name for name in on}
    assert own.decide_many(given).output("responsible").tolist() == answer
    assert own.decide_many(coded).output("responsible").tolist() == answer
    assert decide_frame(frame, own, inputs=inputs)["responsible"].to_list() == answer
    texts, codes, by_frame, join, coded_join = best(
        {
            "texts": lambda: own.decide_many(given),
            "codes": lambda: own.decide_many(coded),
            "frame": lambda: decide_frame(frame, own, inputs=inputs),
            "join": lambda: frame.join(rules, on=on, how="left"),
            "join of codes": lambda: coded_frame.join(coded_rules, on=on, how="left"),
        },
        rounds,
        perf_counter,
    ).values()
    yield _row(EQUAL, texts, join, FOUR_KEYS)
    yield _row(CODES, codes, coded_join, Words(" join on codes", " 按编码连接"))
    yield _row(FRAME, by_frame, join, FOUR_KEYS)


def _ranges(given: Columns, rounds: int) -> Iterator[Row]:
    own = decision_table("quantity", lambda half: {"quantity": f">{LIMIT}" if half else f"<={LIMIT}"})
    given = {name: column for name, column in given.items() if name != "grade"}
    bounds = rules_of(lambda half: {"low": LIMIT + 1 if half else 0, "high": HIGHEST if half else LIMIT})
    frame = pl.DataFrame(given).with_row_index()
    within = (
        pl.col("cause") == pl.col("cause_right"),
        pl.col("kind") == pl.col("kind_right"),
        pl.col("quantity") >= pl.col("low"),
        pl.col("quantity") <= pl.col("high"),
    )
    lows = bounds.with_columns(quantity=pl.col("low")).sort("quantity")

    def join_where() -> pl.DataFrame:
        return frame.join_where(bounds, *within)

    def join_asof() -> pl.DataFrame:
        return frame.sort("quantity").join_asof(
            lows, on="quantity", by=["cause", "kind"], check_sortedness=False
        )

    answer = own.decide_many(given).output("responsible").tolist()
    assert join_where().sort("index")["responsible"].to_list() == answer
    assert join_asof().sort("index")["responsible"].to_list() == answer
    ours, where, asof = best(
        {"own": lambda: own.decide_many(given), "where": join_where, "asof": join_asof}, rounds, perf_counter
    ).values()
    yield _row(RANGES, ours, where, Words(" `join_where`", " `join_where`"))
    yield _row(RANGES, ours, asof, Words(" `sort` and `join_asof`", " `sort` 与 `join_asof`"))


def _coded(column: pl.Series) -> Coded:
    kind = column.dtype
    assert isinstance(kind, pl.Enum)
    return Coded(codes=column.to_physical().to_numpy(), values=kind.categories.to_list())


def _row(what: Words, ours: float, theirs: float, rival: Words) -> Row:
    return Row(what=what, ours=ours, theirs=theirs, packages=("polars",), rival=rival)


if __name__ == "__main__":
    print(table(rows()))
