"""What `import qms_service` costs, against importing its three dependencies alone.

The rooms load when a name of theirs is first used, so the bare import is not the whole truth: the last line
loads every public name.

Run: python -m benchmarks.imports
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.measured import Row, Words, table

RUNS = 15
PACKAGES = ("attrs", "cattrs", "pendulum")
CANDIDATES = {
    "import qms_service": Words("`import qms_service`", "`import qms_service`"),
    "import qms_service as q; q.WorkCalendar, q.Term": Words(
        "the same with door 1 in use: `WorkCalendar`, `Term`", "同上，用到第一扇门：`WorkCalendar`、`Term`"
    ),
    "import qms_service\nfor name in qms_service.__all__: getattr(qms_service, name)": Words(
        "the same with every public name", "同上，加载全部公开名称"
    ),
}


def seconds(code: str) -> float:
    """Wall seconds that the code takes in a fresh interpreter, its own start left out."""
    timed = f"from time import perf_counter\nbegin = perf_counter()\n{code}\nprint(perf_counter() - begin)"
    done = subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True)  # noqa: S603  # our own code
    return float(done.stdout)


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Imports in turn; the figures are the medians."""
    codes = (f"import {', '.join(PACKAGES)}", *CANDIDATES)
    times: dict[str, list[float]] = {code: [] for code in codes}
    for _ in range(1 if quick else RUNS):
        for code in codes:
            times[code].append(seconds(code))
    dependencies, *ours = (median(taken) for taken in times.values())
    for what, took in zip(CANDIDATES.values(), ours, strict=True):
        yield Row(
            what=what,
            ours=took,
            theirs=dependencies,
            packages=PACKAGES,
            rival=Words(", importing these alone", "，只导入它们"),
        )


if __name__ == "__main__":
    print(table(rows()))
