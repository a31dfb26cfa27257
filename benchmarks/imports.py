"""What `import qms_service` costs, against importing its three dependencies alone.

The rooms load when a name of theirs is first used, so the bare import is not the whole truth: the second line
loads every public name.

Run: python benchmarks/imports.py
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from statistics import median
from time import perf_counter

RUNS = 15
DEPENDENCIES = "import attrs, cattrs, pendulum"
CANDIDATES = {
    "import qms_service": "import qms_service",
    "every public name": "import qms_service\nfor name in qms_service.__all__: getattr(qms_service, name)",
    "door 1 (WorkCalendar, Term)": "import qms_service as q; q.WorkCalendar, q.Term",
}


def seconds(code: str) -> float:
    """Wall seconds of a fresh interpreter that runs the code."""
    begin = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  # our own code
    return perf_counter() - begin


def main() -> None:
    """Imports in turn and prints the ratios of the medians, the bare interpreter taken off."""
    codes = {"bare": "pass", "dependencies": DEPENDENCIES, **CANDIDATES}
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(RUNS):
        for name, code in codes.items():
            times[name].append(seconds(code))
    bare = median(times["bare"])
    dependencies = median(times["dependencies"]) - bare
    versions = ", ".join(f"{name} {version(name)}" for name in ("attrs", "cattrs", "pendulum"))
    print(f"{versions}: {dependencies * 1e3:.0f} ms")
    for name in CANDIDATES:
        own = median(times[name]) - bare
        print(f"{name}: {own * 1e3:.0f} ms, ratio {own / dependencies:.2f}")


if __name__ == "__main__":
    main()
