"""Half a year of a city's service requests, judged by the rulebook boston-311 and by the city's own label.

    python examples/boston_311/boston.py ../shared/data

The folder holds boston311_2015H1.csv.gz; docs/real-data.md says where it comes from.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd

import qms_service as qms

HERE = Path(__file__).parent
ZONE = "America/New_York"
NOW = datetime(2016, 1, 12, 14, 0, tzinfo=ZoneInfo(ZONE))  # just after the last stamp of the file
TOLERANCE = pd.Timedelta(seconds=60)  # one of the two stamps has often lost its seconds
STAMPS = ["opened_at", "target_at", "closed_at"]
EVENTS = {"opened": "opened_at", "closed": "closed_at"}
FACTS = {"subject.type": "type"}


def calendar() -> qms.WorkCalendar:
    """Monday to Friday from 08:30 to 17:00, less the days of holidays.csv."""
    with (HERE / "holidays.csv").open(encoding="utf-8", newline="") as file:
        holidays = {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(file)}
    return qms.WorkCalendar(
        timezone=ZONE,
        weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:30", "17:00"),)),
        exceptions=dict.fromkeys(holidays, ()),
        exception_names=holidays,
        known_until=date(2015, 12, 31),
        name="boston",
        edition="2015",
    )


@cache
def rulebook() -> qms.Rulebook:
    """The rulebook boston-311 with its two editions."""
    return qms.load_rulebook(HERE / "rulebook", calendars={"boston": calendar()})


def requests(folder: Path) -> pd.DataFrame:
    """The requests as the city has them, all stamps in local time without a zone."""
    return pd.read_csv(folder / "boston311_2015H1.csv.gz", dtype={"case_id": str}, parse_dates=STAMPS)


def closed_before_opened(rows: pd.DataFrame) -> pd.Series[bool]:
    """Requests whose two stamps come from two clocks that disagree; what they took cannot be told."""
    return rows["closed_at"] < rows["opened_at"]


def deadlines(rows: pd.DataFrame) -> pd.DataFrame:
    """The deadline of each request by the edition in force when it opened, row by row as in `rows`."""
    return qms.analysis.deadlines_frame(
        rows, rulebook(), case="case_id", events=EVENTS, facts=FACTS, now=NOW, timezone=ZONE
    )


def case_of(row: pd.Series) -> qms.Case:
    """One request as a live case, so that its deadline can be explained."""
    return qms.analysis.case_of(row, rulebook(), case="case_id", events=EVENTS, facts=FACTS, timezone=ZONE)


def is_reproduced(rows: pd.DataFrame, found: pd.DataFrame) -> pd.Series[bool]:
    """Of the requests with a target and a rule, whether the two agree to a minute."""
    due, target = found["due_at"].dt.tz_localize(None).array, rows["target_at"].array
    both = pd.DataFrame({"due": due, "target": target}, index=rows.index).dropna()
    return (both["due"] - both["target"]).abs() <= TOLERANCE


def on_time(rows: pd.DataFrame, found: pd.DataFrame, by: Literal["month", "all"] = "month") -> pd.DataFrame:
    """Three shares that are all called on time, each with what it is a share of; by month of opening, or of all.

    `label`: the city's mark, of all requests that have one. `target`: closed by the city's target, of those that
    were closed or whose target is over. `rule`: the same by the due time of the rulebook.
    """
    group = rows["opened_at"].dt.strftime("%Y-%m") if by == "month" else pd.Series("all", index=rows.index)
    is_over = rows["closed_at"].notna() | (rows["target_at"] < NOW.replace(tzinfo=None))
    kept = {
        "label": (rows["on_time"] == "ONTIME")[rows["on_time"].notna()],
        "target": (rows["closed_at"] <= rows["target_at"])[rows["target_at"].notna() & is_over],
    }
    shares: dict[str, pd.DataFrame] = {
        name: pd.DataFrame({"share": of.groupby(group).mean(), "of": of.groupby(group).size()})
        for name, of in kept.items()
    }
    rule = qms.analysis.on_time(found, by=by)
    rule.index = pd.Index(rule["month"] if by == "month" else ["all"])
    shares["rule"] = rule[["rate", "decided"]].set_axis(["share", "of"], axis=1)
    return pd.concat(shares, axis=1)


def called_on_time(rows: pd.DataFrame) -> dict[str, int]:
    """What the label ONTIME covers."""
    on_time = rows["on_time"] == "ONTIME"
    has_target, is_closed = rows["target_at"].notna(), rows["closed_at"].notna()
    return {
        "closed by the target": (on_time & has_target & is_closed).sum(),
        "open, the target not yet over": (on_time & has_target & ~is_closed).sum(),
        "without a target": (on_time & ~has_target).sum(),
    }


def main(folder: Path) -> None:
    """Reads the requests and prints what is in them, whose targets are reproduced, and three ways to be on time."""
    everything = requests(folder)
    found = deadlines(everything)
    is_dirt = closed_before_opened(everything)
    is_unknown = found["state"] == "unknown"
    near = is_reproduced(everything, found)
    print(f"{len(everything):,} requests opened January to June 2015, asked on {NOW:%Y-%m-%d}")
    print(f"{is_dirt.sum():7,}  closed up to 32 s before they were opened: left out")
    print(f"{is_unknown.sum():7,}  without a rule when they were opened: unknown, in no rate")
    print(f"{everything['target_at'].isna().sum():7,}  without a target of the city")
    print(f"{everything['on_time'].isna().sum():7,}  without a label of the city")
    print(f"\n{near.sum():,} of {len(near):,} targets of the city are reproduced to a minute")
    print_shares(everything[~is_dirt], found[~is_dirt.to_numpy()])


def print_shares(rows: pd.DataFrame, found: pd.DataFrame) -> None:
    """Prints the three shares by month and of all, and why they differ."""
    print("\nOn time by month of opening")
    print("           by the label     by the target    by the rulebook")
    for month, row in pd.concat([on_time(rows, found), on_time(rows, found, by="all")]).iterrows():
        shares = ((row[name, "share"], row[name, "of"]) for name in ("label", "target", "rule"))
        print(f"{month:8}", *(f"{share:6.1%} of {of:6,.0f}" for share, of in shares))
    print("\nWhat the city calls ONTIME")
    for what, count in called_on_time(rows).items():
        print(f"{count:7,}  {what}")
    print(WHY)


WHY = """
A request without a target can never be late, and one whose target lies ahead is not late yet: both are called
ONTIME. The other two columns count what is decided: closed, or open beyond its due time."""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
