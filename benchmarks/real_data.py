"""Years of real rows: the public data of docs/real-data.md, tiled, through `qms.analysis.deadlines_frame`.

    python -m benchmarks.real_data ../shared/data            once, and 20 and 50 times over
    python -m benchmarks.real_data ../shared/data 1 100

Prints the rows, the time for each (CPU), how many plain datetime64 adds of a whole column fit into it, and the most
memory beside the table given and the result. No row of the README's table: the data are not in the repository.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import process_time

import attrs
import numpy as np
import pandas as pd
from examples.boston_311 import boston
from examples.uci_498 import incidents

TIMES = (1, 20, 50)
MILLION = 1_000_000


@attrs.frozen(kw_only=True)
class Data:
    """A table, its column of the case, and the question asked of it."""

    name: str
    rows: pd.DataFrame
    case: str
    ask: Callable[[pd.DataFrame], pd.DataFrame]

    def tiled(self, times: int) -> pd.DataFrame:
        """The table so many times over, each time with cases of its own."""
        copies = [self.rows.assign(**{self.case: self.rows[self.case] + f"-{n}"}) for n in range(times)]
        return pd.concat(copies, ignore_index=True)


def requests(folder: Path) -> Data:
    """A row is a case: one clock."""
    rows = boston.requests(folder)[["case_id", "type", "opened_at", "closed_at"]]
    return Data(name="boston-311", rows=rows, case="case_id", ask=boston.deadlines)


def log(folder: Path) -> Data:
    """A row is an event: three clocks, pauses, reopenings."""
    rows = incidents.rows_of(folder)
    events = incidents.event_log(rows[~incidents.written_before_opened(rows)])
    return Data(name="servicenow-incidents", rows=events, case="number", ask=incidents.deadlines)


def add_seconds(rows: int) -> float:
    """What one plain add takes a row, of a column of a million."""
    at = np.zeros(MILLION, "datetime64[us]")
    amount = np.full(MILLION, 12, "timedelta64[h]").astype("timedelta64[us]")
    begun, rounds = process_time(), 50
    for _ in range(rounds):
        at + amount  # the add is what is timed
    return (process_time() - begun) / rounds / MILLION * rows


def seconds(data: Data, table: pd.DataFrame) -> float:
    """How long the question takes."""
    begun = process_time()
    data.ask(table)
    return process_time() - begun


def beside(data: Data, table: pd.DataFrame) -> int:
    """The most bytes taken at once, less those of the result."""
    tracemalloc.start()
    found = data.ask(table)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return max(0, peak - int(found.memory_usage(deep=False).sum()))


def main(folder: Path, times: tuple[int, ...]) -> None:
    """Prints a line for each table and size."""
    print(
        f"{'rulebook':22}{'times':>6}{'rows':>12}{'seconds':>9}{'µs a row':>10}{'adds a row':>12}{'MB beside':>11}"
    )
    for data in (requests(folder), log(folder)):
        for n in times:
            table = data.tiled(n)
            took, rows = seconds(data, table), len(table)
            print(
                f"{data.name:22}{n:6}{rows:12,}{took:9.2f}{took / rows * MILLION:10.2f}"
                f"{took / add_seconds(rows):12,.0f}{beside(data, table) / MILLION:11,.0f}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(map(int, sys.argv[2:])) or TIMES)
