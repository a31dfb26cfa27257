"""Clocks over whole columns, against plain numpy.

A million cases of the factory of `benchmarks.worktime_columns` over eight years, each with a start, most with a stop,
and in the second round half of them with a pause. A clock answers state, due time, gross, net and paused in each row.
The measure is `datetime64[us] + timedelta64[us]` of the same run: what the due time alone would cost on the wall.
Before anything is timed the first rows are compared with the scalar.

Run: python -m benchmarks.clock_columns
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

import numpy as np
import pendulum
from benchmarks.measured import Row, Words, best, table
from benchmarks.worktime_columns import FACTORY, PLAIN, Instants

from qms_service.deadlines import Clock
from qms_service.deadlines.batch import DeadlineColumns
from qms_service.instants import HOUR

ROWS: Final = 1_000_000
CHECKED: Final = 500
ROUNDS: Final = 7
NOW: Final = pendulum.datetime(2026, 1, 3)
CLOCKS: Final = {
    (within, paused): Clock("plan", start="applied", stop="planned", within=within)
    for within in ("12 h", "6 working h", "4 working d")
    for paused in (False, True)
}


def columns(size: int) -> dict[str, Instants]:
    """Starts of 2017 to 2025; a tenth without a stop, half without a pause."""
    random = np.random.default_rng(2026)

    def later(than: Instants, days: int, missing: float) -> Instants:
        at: Instants = than + random.integers(0, days * 24 * HOUR, size).astype("timedelta64[us]")
        at[random.random(size) < missing] = np.datetime64("NaT")
        return at

    applied = later(np.full(size, np.datetime64("2017-01-03", "us")), 9 * 365, 0)
    asked = later(applied, 3, 0.5)
    return {
        "applied": applied,
        "planned": later(applied, 14, 0.1),
        "asked": asked,
        "came": later(asked, 3, 0),
    }


def ask(clock: Clock, of: dict[str, Instants], *, paused: bool) -> DeadlineColumns:
    """Every row at once."""
    pauses = [(of["asked"], of["came"])] if paused else []
    return clock.deadline_many(of, now=NOW, calendar=FACTORY, pauses=pauses)


def check(clock: Clock, of: dict[str, Instants], *, paused: bool) -> None:
    """The first rows are what the scalar says."""
    few = {name: column[:CHECKED] for name, column in of.items()}
    found = ask(clock, few, paused=paused).arrays()
    for row in range(CHECKED):
        at = {name: _instant(column[row]) for name, column in few.items()}
        pauses = [(at["asked"], at["came"])] if paused else []
        d = clock.deadline(at, now=NOW, calendar=FACTORY, pauses=pauses)
        assert (found["state"][row], _instant(found["due_at"][row])) == (d.state, d.due_at)
        assert (found["gross"][row].item(), found["net"][row].item()) == (d.gross, d.net)


def _instant(at: Any) -> datetime | None:  # noqa: ANN401  # a scalar of numpy
    return None if np.isnat(at) else pendulum.instance(at.item(), tz="UTC")


def rows(*, quick: bool = False, terms: Sequence[str] = ("6 working h",)) -> Iterator[Row]:
    """Compare the answers, then the times, of the clocks of these terms."""
    clocks = {named: clock for named, clock in CLOCKS.items() if named[0] in terms}
    of = columns(ROWS // 10 if quick else ROWS)
    for (_, paused), clock in clocks.items():
        check(clock, of, paused=paused)
    amounts = np.full(of["applied"].size, np.timedelta64(12 * HOUR, "us"))
    actions: dict[str, Callable[[], object]] = {"plain": lambda: of["applied"] + amounts}
    for (within, paused), clock in clocks.items():
        actions[f"{within}, {paused}"] = partial(ask, clock, of, paused=paused)
    plain, *took = best(actions, 2 if quick else ROUNDS).values()
    for (within, paused), ours in zip(clocks, took, strict=True):
        yield Row(
            what=_words(within, of["applied"].size, paused=paused),
            ours=ours,
            theirs=plain,
            packages=("numpy",),
            rival=PLAIN,
        )


def _words(within: str, rows: int, *, paused: bool) -> Words:
    en, zh = ("half of them paused", "半数有暂停") if paused else ("no pauses", "无暂停")
    return Words(
        f"a clock of {within} over {rows:,} rows, {en}: state, due, gross, net",
        f"{rows:,} 行，时限 {within}，{zh}：状态、到期、毛用时、净用时",
    )


if __name__ == "__main__":
    measured = tuple(rows(terms=[term for term, _ in CLOCKS]))
    print(table(measured))
    for one in measured:
        print(f"  {one.what.en:80} {1 / one.ratio:6.1f} plain adds a row")
