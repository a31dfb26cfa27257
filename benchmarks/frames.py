"""Ten million cases on three clocks, `deadlines_frame`: time, its growth with the rows, and the memory beyond both frames.

A works on the calendar of `benchmarks.worktime_columns`: an answer within 12 hours round the clock, a repair within 16
working hours that waiting for parts pauses, the closing within four working days. A hundred thousand random cases are
tiled; a third of them waited, a twentieth is still open. The measure is `datetime64[us] + timedelta64[us]` over as many
rows as the result has. Before anything is timed the answers are compared with `Procedure.deadlines_of`.

Each run is a process of its own, because memory that one has taken is not given back: its peak, less what stood before
and less the result.

Run: python -m benchmarks.frames
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, Final

import numpy as np
from benchmarks.measured import Row, Words, best
from benchmarks.worktime_columns import FACTORY
from numpy.typing import NDArray
from pendulum import datetime

import qms_service as qms
from qms_service.instants import HOUR, from_micros, zone

TILE: Final = 100_000
SIZES: Final = (1_000_000, 2_500_000, 5_000_000, 10_000_000)
KINDS: Final = ("pandas", "polars", "pyarrow")
COMPARED: Final = 300
ROUNDS: Final = 15
NOW: Final = datetime(2026, 6, 1, tz="Asia/Shanghai")
EVENTS: Final = ("reported", "answered", "waiting", "delivered", "repaired", "closed")
NAT: Final = np.datetime64("NaT", "us")
RULES: Final = """
id = "works"
edition = "1"
timezone = "Asia/Shanghai"
calendar = "factory"
[repair]
opening = "reported"
[repair.events.reported]
[repair.events.answered]
[repair.events.waiting]
[repair.events.delivered]
[repair.events.repaired]
[repair.events.closed]
[repair.pauses.parts]
from = "waiting"
to = "delivered"
[repair.clocks.answer]
clause = "4.1"
from = "reported"
to = "answered"
within = "12 h"
[repair.clocks.repair]
clause = "4.2"
from = "reported"
to = "repaired"
within = "16 working h"
paused_by = ["parts"]
[repair.clocks.closing]
clause = "4.3"
from = "reported"
to = "closed"
within = "4 working d"
"""
CLOCKS: Final = 3


def rulebook() -> qms.Rulebook:
    """The works' rules."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "works.toml")
        file.write_text(RULES, encoding="utf-8")
        return qms.load_rulebook(file, calendars={"factory": FACTORY})


def columns(cases: int) -> dict[str, NDArray[Any]]:
    """The case numbers and the moments, in UTC."""
    random = np.random.default_rng(2026)
    at = np.datetime64("2017-01-03", "us") + np.zeros(TILE, "timedelta64[us]")
    found, most = {}, (9 * 365 * 24, 24, 24, 72, 72, 48)
    for event, hours in zip(EVENTS, most, strict=True):
        at = at + random.integers(0, hours * HOUR, TILE).astype("timedelta64[us]")
        found[event] = at.copy()
    smooth, open_ = random.random(TILE) < 2 / 3, random.random(TILE) < 1 / 20
    for event in ("waiting", "delivered"):
        found[event][smooth] = NAT
    for event in ("repaired", "closed"):
        found[event][open_] = NAT
    times = -(-cases // TILE)
    return {
        "no": np.arange(cases),
        **{event: np.tile(found.pop(event), times)[:cases] for event in EVENTS},
    }


def frame(kind: str, cases: int) -> Any:  # noqa: ANN401  # of any kind
    """The cases as a frame."""
    made = columns(cases)
    if kind == "pandas":
        import pandas as pd  # noqa: PLC0415  # only the library that is measured

        return pd.DataFrame({name: pd.Series(made.pop(name), copy=False) for name in list(made)}, copy=False)
    if kind == "polars":
        import polars as pl  # noqa: PLC0415  # the same

        return pl.DataFrame({name: made.pop(name) for name in list(made)})
    import pyarrow as pa  # noqa: PLC0415  # the same

    return pa.table({name: made.pop(name) for name in list(made)})


def ask(given: Any, book: qms.Rulebook) -> Any:  # noqa: ANN401  # of any kind
    """The question that is measured."""
    events = {event: event for event in EVENTS}
    return qms.analysis.deadlines_frame(given, book, case="no", events=events, now=NOW, timezone="UTC")


def check(kind: str, book: qms.Rulebook) -> None:
    """The first cases are what the scalar says."""
    found = ask(frame(kind, COMPARED), book)
    if kind != "pandas":
        found = found.to_pandas()
    made, utc, proc = columns(COMPARED), zone("UTC"), book.editions[0]
    for case in range(COMPARED):
        at = {event: made[event][case] for event in EVENTS if not np.isnat(made[event][case])}
        row = {event: from_micros(int(one.astype(np.int64)), utc) for event, one in at.items()}
        for clock, one in enumerate(proc.deadlines_of("repair", events=row, now=NOW)):
            line = found.iloc[case * CLOCKS + clock]
            assert (line["state"], line["due_at"]) == (one.state.value, one.due_at)
            assert (line["net"], line["paused"]) == (one.net, one.paused)


def plain(rows: int) -> float:
    """Seconds of a plain addition over so many rows, from the best of a million."""
    instants, amounts = np.zeros(1_000_000, "datetime64[us]"), np.ones(1_000_000, "timedelta64[us]")
    return best({"add": lambda: instants + amounts}, ROUNDS)["add"] * rows / 1e6


def memory(line: str) -> float:
    """A figure of this process that Linux tells, in MB: `VmRSS` what it has, `VmHWM` the most that it had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{line}:")[2].split()[0]) / 1e3


def size(kind: str, found: Any) -> float:  # noqa: ANN401  # of any kind
    """How much a frame takes, in MB."""
    if kind == "pandas":
        return float(found.memory_usage(deep=True).sum()) / 1e6
    return float(found.estimated_size() if kind == "polars" else found.nbytes) / 1e6


def timed(given: Any, book: qms.Rulebook) -> tuple[tuple[float, float], Any]:  # noqa: ANN401  # of any kind
    """Seconds by the clock and of the processors, and the answer."""
    begin, cpu = perf_counter(), process_time()
    found = ask(given, book)
    return (perf_counter() - begin, process_time() - cpu), found


def measure(kind: str, cases: int) -> dict[str, float]:
    """The better of two runs in this process; the memory is that of the first."""
    book = rulebook()
    check(kind, book)
    given = frame(kind, cases)
    gc.collect()
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the most is counted from here
    first, found = timed(given, book)
    own, most = size(kind, found), memory("VmHWM")
    del found  # what the first run has touched, the second gets at once: the machine's own price is not ours
    second, _ = timed(given, book)
    seconds, cpu = (min(pair) for pair in zip(first, second, strict=True))
    return {
        "seconds": seconds,
        "cpu": cpu,
        "plain": plain(cases * CLOCKS),
        "input": size(kind, given),
        "result": own,
        "beyond": most - before - own,
    }


def measured(kind: str, cases: int) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.frames", kind, str(cases)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # this file
    found: dict[str, float] = json.loads(done.stdout)
    return found


def rows(*, quick: bool = False) -> Iterator[Row]:
    """The time of each kind of frame, beside as many plain additions."""
    cases = SIZES[0] if quick else SIZES[-1]
    for kind in KINDS:
        found = measured(kind, cases)
        yield Row(
            what=Words(
                f"{cases:,} cases × {CLOCKS} clocks, `deadlines_frame`, {kind}; {found['beyond']:.0f} MB beyond both frames",
                f"{cases:,} 个个案 × {CLOCKS} 个时限，`deadlines_frame`，{kind}；除两张表外占 {found['beyond']:.0f} MB",
            ),
            ours=found["cpu"],
            theirs=found["plain"],
            packages=("numpy",),
            rival=Words(" `datetime64 + timedelta64`, as many rows", " `datetime64 + timedelta64`，同样行数"),
        )


def main() -> None:
    """Time and memory by the number of cases; or one run, for the process that asks."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
        return
    print("frame         cases  seconds    cpu  adds a result row  a case  input MB  result MB  beyond MB")
    for kind in KINDS:
        for cases in SIZES:
            one = measured(kind, cases)
            adds = one["cpu"] / one["plain"]
            print(
                f"{kind:8} {cases:10,} {one['seconds']:8.2f} {one['cpu']:6.2f} {adds:18.0f} {adds * CLOCKS:7.0f}"
                f" {one['input']:9.0f} {one['result']:10.0f} {one['beyond']:10.0f}"
            )


if __name__ == "__main__":
    main()
