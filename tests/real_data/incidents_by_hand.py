"""How long the incidents took, worked out from the file alone: csv and datetime, nothing of the library."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]
Stays = Sequence[tuple[str, datetime]]
DONE = ("Resolved", "Closed")


class Took(NamedTuple):
    """One incident up to a moment: to its pickup, and to the first Resolved of its last cycle, or so far.

    `gross` is all of that time, `net` what was spent in New and Active. Both are None where it was closed
    without Resolved.
    """

    number: str
    pickup: timedelta
    picked_up: bool
    gross: timedelta | None
    net: timedelta | None
    resolved: bool
    waits: bool
    reopened: int


def histories(folder: Path) -> Iterator[list[Row]]:
    """The rows of each incident, in the order of the file."""
    file = folder / "uci498_servicenow_incidents.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        for _, rows in groupby(csv.DictReader(text), key=itemgetter("number")):
            yield list(rows)


def written_before_opened(rows: Iterable[Row]) -> bool:
    return any(at(row["sys_updated_at"]) < at(row["opened_at"]) for row in rows)


def took(rows: Sequence[Row], until: datetime) -> Took | None:
    """The incident at a moment; None for one that was not open yet."""
    opened = at(rows[0]["opened_at"])
    if opened > until:
        return None
    written = [(row["incident_state"], at(row["sys_updated_at"])) for row in rows]
    stays = [("New", opened), *(one for one in written if one[0] != "-100" and one[1] <= until)]
    touched = [moment for state, moment in stays if state != "New"]
    cycle = last_cycle(stays)
    end = next((place for place in range(cycle, len(stays)) if stays[place][0] in DONE), None)
    void = end is not None and stays[end][0] == "Closed"
    lived = [*stays, ("", until)] if end is None else stays[: end + 1]
    return Took(
        rows[0]["number"],
        pickup=(touched[0] if touched else until) - opened,
        picked_up=bool(touched),
        gross=None if void else lived[-1][1] - opened,
        net=None if void else counted(lived),
        resolved=end is not None and not void,
        waits=stays[-1][0].startswith("Awaiting"),
        reopened=sum(is_reopening(before, state) for (before, _), (state, _) in pairwise(stays)),
    )


def last_cycle(stays: Stays) -> int:
    """Where the last cycle begins."""
    begins = [0, *(place + 1 for place, ((a, _), (b, _)) in enumerate(pairwise(stays)) if is_reopening(a, b))]
    return begins[-1]


def is_reopening(before: str, state: str) -> bool:
    return before in DONE and state not in DONE


def counted(stays: Stays) -> timedelta:
    """The time in a state in which the desk itself has to do something."""
    spent = (
        after - moment
        for (state, moment), (_, after) in pairwise(stays)
        if not state.startswith("Awaiting") and state not in DONE
    )
    return sum(spent, timedelta())


def state_by_hand(within: timedelta, one: Took) -> str:
    """Where the clock of a resolution stands."""
    if one.net is None:
        return "void"
    if one.resolved:
        return "met" if one.net <= within else "met_late"
    if one.net > within:
        return "overdue"
    return "paused" if one.waits else "running"


@cache
def at(stamp: str) -> datetime:
    """A stamp of the file, day first."""
    return datetime.strptime(stamp, "%d/%m/%Y %H:%M")  # noqa: DTZ007  # one zone without clock changes


def marks(histories: Iterable[Sequence[Row]]) -> list[list[bool]]:
    """Whether made_sla is true, row by row, for each incident."""
    return [[row["made_sla"] == "true" for row in rows] for rows in histories]
