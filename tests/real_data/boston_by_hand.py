"""The city's deadlines worked out from the files alone: csv and datetime, nothing of the library."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

OPENS, CLOSES = time(8, 30), time(17)
DAY = timedelta(days=1)
MINUTE = timedelta(seconds=60)
LAST = datetime(2016, 1, 12, 14)  # noqa: DTZ001  # wall times of one zone, as the files have them
HOLIDAYS = {
    date(2015, 1, 1), date(2015, 1, 19), date(2015, 2, 16), date(2015, 4, 20), date(2015, 5, 25),
    date(2015, 7, 4), date(2015, 9, 7), date(2015, 10, 12), date(2015, 11, 11), date(2015, 11, 26),
    date(2015, 12, 25),
}  # fmt: skip


class Rule(NamedTuple):
    """A line of the rules file."""

    type: str
    unit: str
    n: int
    valid_from: datetime
    valid_to: datetime
    fit_n: int
    fit_share: float


class Request(NamedTuple):
    """A request of the file; the wall times of one zone."""

    case: str
    type: str
    opened: datetime
    target: datetime | None
    closed: datetime | None
    label: str


def rules_in(folder: Path) -> list[Rule]:
    with (folder / "boston311_2015H1_rules.csv").open(encoding="utf-8", newline="") as file:
        return [
            Rule(
                row["type"],
                row["unit"],
                int(row["n"]),
                _at(row["valid_from"]) or datetime.min,  # noqa: DTZ901  # a wall time, as all of the file
                _at(row["valid_to"]) or datetime.max,  # noqa: DTZ901  # the same
                int(row["fit_n"]),
                float(row["fit_share"]),
            )
            for row in csv.DictReader(file)
        ]


def requests_in(folder: Path) -> Iterator[Request]:
    with gzip.open(folder / "boston311_2015H1.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Request(
                row["case_id"],
                row["type"],
                datetime.fromisoformat(row["opened_at"]),
                _at(row["target_at"]),
                _at(row["closed_at"]),
                row["on_time"],
            )


def _at(stamp: str) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def rule_for(request: Request, rules: Iterable[Rule]) -> Rule | None:
    """The one line for its type that held when it opened."""
    found = [
        rule
        for rule in rules
        if rule.type == request.type and rule.valid_from <= request.opened < rule.valid_to
    ]
    assert len(found) <= 1
    return found[0] if found else None


def due(opened: datetime, rule: Rule) -> datetime:
    """The wall time of the start, so many days later."""
    if rule.unit == "calendar_days":
        return opened + rule.n * DAY
    start = opened
    if _free(start.date()) or start.time() >= CLOSES:
        start = datetime.combine(_next(start.date()), OPENS)
    start = max(start, datetime.combine(start.date(), OPENS))
    day = start.date()
    for _ in range(rule.n):
        day = _next(day)
    return datetime.combine(day, start.time())


def _free(day: date) -> bool:
    return day.isoweekday() > 5 or day in HOLIDAYS


def _next(day: date) -> date:
    day += DAY
    while _free(day):
        day += DAY
    return day


def on_time_by_month(promises: Iterable[tuple[Request, datetime]]) -> dict[str, tuple[int, int]]:
    """Month of opening → how many were closed in time, how many are decided: closed, or overdue at the end."""
    met, decided = Counter[str](), Counter[str]()
    for request, promised in promises:
        month = f"{request.opened:%Y-%m}"
        if request.closed or promised < LAST:
            decided[month] += 1
        if request.closed and request.closed <= promised:
            met[month] += 1
    return {month: (met[month], decided[month]) for month in sorted(decided)}


def labels_by_month(requests: Iterable[Request]) -> dict[str, tuple[int, int]]:
    """Month of opening → how many the city calls ONTIME, how many it gives a label."""
    kind = Counter((f"{request.opened:%Y-%m}", request.label) for request in requests if request.label)
    months = sorted({month for month, _ in kind})
    return {
        month: (kind[month, "ONTIME"], kind[month, "ONTIME"] + kind[month, "OVERDUE"]) for month in months
    }
