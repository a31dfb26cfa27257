"""Half a year of a city's service requests, judged by the rulebook boston-311 and by the city's own label.

    python examples/boston_311/boston.py ../shared/data

The folder holds boston311_2015H1.csv.gz; docs/real-data.md says where it comes from.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

import qms_service as qms

HERE = Path(__file__).parent
ZONE = "America/New_York"
NOW = datetime(2016, 1, 12, 14, 0, tzinfo=ZoneInfo(ZONE))  # just after the last stamp of the file
TOLERANCE = pd.Timedelta(seconds=60)  # one of the two stamps has often lost its seconds
STAMPS = ["opened_at", "target_at", "closed_at"]


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


def rulebook() -> qms.Rulebook:
    """The rulebook boston-311 with its two editions."""
    return qms.load_rulebook(HERE / "rulebook", calendars={"boston": calendar()})


def requests(folder: Path) -> pd.DataFrame:
    """The requests as the city has them, all stamps in local time without a zone."""
    return pd.read_csv(folder / "boston311_2015H1.csv.gz", dtype={"case_id": str}, parse_dates=STAMPS)


def closed_before_opened(rows: pd.DataFrame) -> pd.Series[bool]:
    """Requests whose two stamps come from two clocks that disagree; no clock can be judged by them."""
    return rows["closed_at"] < rows["opened_at"]


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """The deadline of each request by the edition in force when it opened, beside the columns of the city."""
    answers = qms.analysis.deadlines_frame(
        rows,
        rulebook(),
        case="case_id",
        events={"opened": "opened_at", "closed": "closed_at"},
        facts={"subject.type": "type"},
        now=NOW,
        timezone=ZONE,
    )
    return rows.merge(answers, left_on="case_id", right_on="case", validate="1:1")
