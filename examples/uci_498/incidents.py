"""A year of an IT service desk's incidents, judged by the rulebook servicenow-incidents and by the desk's own mark.

    python examples/uci_498/incidents.py ../shared/data

The folder holds uci498_servicenow_incidents.csv.gz; docs/real-data.md says where it comes from.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd

import qms_service as qms

HERE = Path(__file__).parent
ZONE = "UTC"  # the log names none
NOW = datetime(2017, 2, 19, tzinfo=UTC)  # the day after its last row
COLUMNS = ["number", "incident_state", "made_sla", "opened_at", "sys_updated_at", "reopen_count", "priority"]
DONE = ["Resolved", "Closed"]
BAD = "-100"
EVENTS = qms.analysis.EventRows(name="event", at="at")


@cache
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


def deadlines(log: pd.DataFrame, now: datetime = NOW) -> pd.DataFrame:
    """Three clocks for each incident."""
    return qms.analysis.deadlines_frame(log, rulebook(), case="number", events=EVENTS, now=now, timezone=ZONE)


def case_of(rows: pd.DataFrame) -> qms.Case:
    """The events of one incident as a live case, so that its deadlines can be explained."""
    return qms.analysis.case_of(rows, rulebook(), case="number", events=EVENTS, timezone=ZONE)


def on_time(found: pd.DataFrame) -> pd.DataFrame:
    """For each clock the share kept, by the time that counts for the desk (net) and by the time that passed (gross)."""
    net = qms.analysis.on_time(found, by="all").set_index("clock")
    gross = qms.analysis.on_time(found, by="all", counted="gross", now=NOW).set_index("clock")
    columns = {"decided": net["decided"], "net": net["rate"], "gross": gross["rate"], "void": net["outside"]}
    return pd.DataFrame(columns)


def made_sla(rows: pd.DataFrame) -> dict[str, float]:
    """The desk's own mark, averaged over all rows, and over the last row of each incident."""
    is_made = rows["made_sla"] == "true"
    return {"rows": is_made.mean(), "incidents": is_made[~rows["number"].duplicated(keep="last")].mean()}


def main(folder: Path) -> None:
    """Reads the log and prints what is in it, how the desk did, and why its own mark says something else."""
    rows = rows_of(folder)
    early = written_before_opened(rows)
    log = event_log(rows[~early])
    found = deadlines(log)
    reopened = log["number"][log["event"] == "reopened"]
    mark = made_sla(rows)
    print(f"{rows['number'].nunique():,} incidents in {len(rows):,} rows, asked on {NOW:%Y-%m-%d}")
    print(f"{rows['number'][early].nunique():7,}  written before they were opened: left out")
    print(f"{(rows['incident_state'] == BAD).sum():7,}  rows with the state {BAD}: they change nothing")
    print(f"{reopened.nunique():7,}  reopened, {len(reopened)} times in all")
    print("\nOn time, of the incidents that are decided")
    print(
        on_time(found)
        .rename_axis(None)
        .to_string(formatters={"net": "{:.1%}".format, "gross": "{:.1%}".format})
    )
    print("\nHow long it took, less the time in which others had to act")
    print(qms.analysis.time_to_step(found, percentiles=[50, 80, 95]).to_string(index=False))
    print(
        f"\nmade_sla: {mark['rows']:.1%} of the rows, {mark['incidents']:.1%} of the incidents at their last row."
    )
    print(WHY)


WHY = """\
The mark turns false when an incident is closed: all its rows before that say true, however late it was by then.
Only the last row of each tells how it ended. What the desk had promised is not in the log; the terms above
are ours: 12 h to pickup, 24 h and 48 h to the first Resolved of the last cycle."""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
