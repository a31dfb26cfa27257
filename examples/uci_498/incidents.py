"""A year of an IT service desk's incidents, judged by the rulebook servicenow-incidents and by the desk's own mark.

    python examples/uci_498/incidents.py ../shared/data

The folder holds uci498_servicenow_incidents.csv.gz; docs/real-data.md says where it comes from.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

import qms_service as qms

HERE = Path(__file__).parent
ZONE = "UTC"  # the log names none
NOW = datetime(2017, 2, 19, tzinfo=UTC)  # the day after its last row
COLUMNS = ["number", "incident_state", "made_sla", "opened_at", "sys_updated_at", "reopen_count", "priority"]
DONE = ["Resolved", "Closed"]
BAD = "-100"


def rulebook() -> qms.Rulebook:
    """The rulebook servicenow-incidents."""
    return qms.load_rulebook(HERE / "rulebook")


def rows_of(folder: Path) -> pd.DataFrame:
    """The rows as the desk wrote them: one for each change of an incident, in the order of its changes."""
    file = folder / "uci498_servicenow_incidents.csv.gz"
    rows = pd.read_csv(file, dtype=str, usecols=COLUMNS, na_values="?", keep_default_na=False)[COLUMNS]
    for column in ("opened_at", "sys_updated_at"):
        rows[column] = pd.to_datetime(rows[column], format="%d/%m/%Y %H:%M")
    return rows


def written_before_opened(rows: pd.DataFrame) -> pd.Series[bool]:
    """The rows of incidents whose first row is older than their opening: no clock can be judged by them."""
    early = rows["sys_updated_at"] < rows["opened_at"]
    return early.groupby(rows["number"]).transform("any")


def event_log(rows: pd.DataFrame) -> pd.DataFrame:
    """What happened, one event a row, from the changes of state.

    A row without a readable state changes nothing. Events of one minute stay in the order of the rows.
    """
    rows = rows[rows["incident_state"] != BAD].reset_index(drop=True)
    number, state = rows["number"], rows["incident_state"]
    before = state.groupby(number).shift(fill_value="New")
    awaits, awaited = state.str.startswith("Awaiting"), before.str.startswith("Awaiting")
    touched = state != "New"
    happened = {  # in the order in which one row tells them
        "opened": ~number.duplicated(),
        "awaiting_over": awaited & ~awaits,
        "reopened": before.isin(DONE) & ~state.isin(DONE),
        "picked_up": touched & (touched.groupby(number).cumsum() == 1),
        "awaiting": awaits & ~awaited,
        "resolved": (state == "Resolved") & (before != "Resolved"),
        "closed": (state == "Closed") & (before != "Closed"),
    }
    parts = [
        pd.DataFrame(
            {
                "number": number[here],
                "event": event,
                "at": rows["opened_at" if event == "opened" else "sys_updated_at"][here],
            }
        )
        for event, here in happened.items()
    ]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
