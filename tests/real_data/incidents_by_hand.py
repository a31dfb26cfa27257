"""How long the incidents took, worked out from the file alone: csv and datetime, nothing of the library."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]
NONE = timedelta()


class Took(NamedTuple):
    """One incident: from its opening to its pickup, and to the Resolved that ended its last cycle.

    `gross` is all of that time, `net` what was spent in New and Active. Both are None where it was closed
    without Resolved.
    """

    number: str
    pickup: timedelta
    gross: timedelta | None
    net: timedelta | None
    reopened: int


def histories(folder: Path) -> Iterator[list[Row]]:
    """The rows of each incident, in the order of the file."""
    file = folder / "uci498_servicenow_incidents.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        for _, rows in groupby(csv.DictReader(text), key=itemgetter("number")):
            yield list(rows)


def took(rows: Sequence[Row]) -> Took | None:
    """None for an incident of which a row is older than its opening."""
    opened = at(rows[0]["opened_at"])
    stays = [(row["incident_state"], at(row["sys_updated_at"])) for row in rows]
    if any(moment < opened for _, moment in stays):
        return None
    stays = [("New", opened), *((state, moment) for state, moment in stays if state != "-100")]
    pickup = next(moment for state, moment in stays if state != "New")
    end, reopened = last_resolution(stays)
    counted = sum(
        (
            (after - moment for (state, moment), (_, after) in pairwise(stays[: end + 1]) if counts(state))
            if end
            else ()
        ),
        NONE,
    )
    gross = stays[end][1] - opened if end else None
    return Took(rows[0]["number"], pickup - opened, gross, counted if end else None, reopened)


def last_resolution(stays: Sequence[tuple[str, datetime]]) -> tuple[int, int]:
    """Where the first Resolved of the last cycle stands (0: nowhere), and how often it was reopened."""
    place = reopened = 0
    closed = False
    for index, ((before, _), (state, _)) in enumerate(pairwise(stays), start=1):
        if before in ("Resolved", "Closed") and state not in ("Resolved", "Closed"):
            place, closed, reopened = 0, False, reopened + 1
        if state == "Resolved" and not place and not closed:
            place = index
        closed = closed or (state == "Closed" and not place)
    return place, reopened


def counts(state: str) -> bool:
    return not state.startswith("Awaiting") and state not in ("Resolved", "Closed")


@cache
def at(stamp: str) -> datetime:
    """A stamp of the file, day first."""
    return datetime.strptime(stamp, "%d/%m/%Y %H:%M")  # noqa: DTZ007  # one zone without clock changes


def marks(folder: Path) -> tuple[tuple[int, int], tuple[int, int]]:
    """How often made_sla is true: over all rows, and over the last row of each incident."""
    rows = [[row["made_sla"] == "true" for row in history] for history in histories(folder)]
    every = [mark for history in rows for mark in history]
    last = [history[-1] for history in rows]
    return (sum(every), len(every)), (sum(last), len(last))
