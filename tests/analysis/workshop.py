"""A workshop's rulebook in two editions, its rows as people keep them, and what the scalar says of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa

import qms_service as qms

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = [("08:00", "12:00"), ("12:30", "16:30")]
CALENDAR = qms.WorkCalendar(
    timezone="Europe/Berlin",
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
    exceptions={date(2026, 4, 3): [], date(2026, 4, 6): []},
    known_until=date(2026, 6, 30),
)
HEAD = """
id = "workshop"
edition = "{edition}"
timezone = "Europe/Berlin"
calendar = "shop"
{start}
[repair]
opening = "reported"
[repair.subject]
machine = {{ type = ["press", "lathe"], optional = true }}
number  = {{ type = "int", optional = true }}
[repair.events.reported]
[repair.events.diagnosed]
facts = {{ urgent = "bool?", cost = "decimal?", remark = "text?", promised = "date?" }}
[repair.events.waiting]
[repair.events.delivered]
[repair.events.repaired]
[repair.events.closed]
[repair.pauses.parts]
from = "waiting"
to   = "delivered"
at_most = "5 d"
[repair.clocks.diagnosis]
clause = "4.1"
from = "reported"
to = "diagnosed"
within = "{diagnosis}"
[repair.clocks.repair]
clause = "4.2"
from = "reported"
to = "repaired"
paused_by = ["parts"]
[repair.clocks.repair.within]
table = '''
| id     | urgent | machine | -> within          | clause |
| urgent | true   | -       | 6 working h        | 4.2.1  |
| press  | false  | press   | 3 working d        | 4.2.2  |
| other  | false  | lathe   | 1 week             | 4.2.3  |
'''
"""
ONCE = """
[repair.clocks.estimate]
clause = "4.9"
from = "reported"
to = "diagnosed"
within = "2 d"
"""
LATER = """
[repair.events.checked]
facts = { good = "bool?" }
[repair.clocks.check]
clause = "4.3"
from = "repaired"
to = { event = "checked", where = { good = true } }
within = "1 working d, end of day"
when = { "diagnosed.urgent" = true }
"""


def workshop(folder: Path) -> qms.Rulebook:
    """The rulebook: from 10 March 2026 the diagnosis takes working hours, and urgent repairs are checked."""
    first = HEAD.format(edition="1", start="effective_from = 2026-02-01", diagnosis="12 h") + ONCE
    second = HEAD.format(edition="2", start="effective_from = 2026-03-10", diagnosis="6 working h") + LATER
    (folder / "1.toml").write_text(first, encoding="utf-8")
    (folder / "2.toml").write_text(second, encoding="utf-8")
    return qms.load_rulebook(folder, calendars={"shop": CALENDAR})


CLOCKS = ("diagnosis", "repair", "check", "estimate")
COLUMNS = (
    "case", "clock", "clause", "edition", "state", "reason", "started_at", "due_at", "stopped_at", "gross", "net",
    "paused", "original_due_at",
)  # fmt: skip
EVENTS = ("reported", "diagnosed", "waiting", "delivered", "repaired", "closed", "checked")
FACTS = ("diagnosed.urgent", "subject.machine", "checked.good")
NOW = datetime(2026, 4, 10, 15, tzinfo=BERLIN)

Row = Mapping[str, Any]


def as_pandas(rows: Sequence[Row], columns: Iterable[str]) -> pd.DataFrame:
    """The rows as pandas has them: instants as datetime64 with a zone, facts as objects."""
    made = {}
    for name in columns:
        cells: Any = [row.get(name) for row in rows]
        made[name] = (
            pd.Series(pd.to_datetime(cells, utc=True)).astype("datetime64[us, UTC]")
            if name in EVENTS or name == "at"
            else pd.Series(cells, dtype=object)
        )
    return pd.DataFrame(made)


def as_polars(rows: Sequence[Row], columns: Iterable[str]) -> pl.DataFrame:
    """The rows as polars has them."""
    kinds: dict[str, Any] = {"diagnosed.urgent": pl.Boolean, "checked.good": pl.Boolean}
    return pl.DataFrame(
        {
            name: pl.Series(
                [row.get(name) for row in rows],
                dtype=pl.Datetime("us", "UTC")
                if name in EVENTS or name == "at"
                else kinds.get(name, pl.String),
            )
            for name in columns
        }
    )


def as_pyarrow(rows: Sequence[Row], columns: Iterable[str]) -> pa.Table:
    """The rows as pyarrow has them."""
    kinds: dict[str, Any] = {"diagnosed.urgent": pa.bool_(), "checked.good": pa.bool_()}
    return pa.table(
        {
            name: pa.array(
                [row.get(name) for row in rows],
                type=pa.timestamp("us", "UTC")
                if name in EVENTS or name == "at"
                else kinds.get(name, pa.string()),
            )
            for name in columns
        }
    )


FRAMES = {"pandas": as_pandas, "polars": as_polars, "pyarrow": as_pyarrow}


def lines(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """The rows of a result as Python has them: None for what is missing, instants in UTC."""
    table = nw.from_native(frame, eager_only=True)
    columns = {name: [plain(cell) for cell in table[name].to_list()] for name in table.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def plain(cell: object) -> object:
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:  # noqa: PLR0124  # NaN
        return None
    if isinstance(cell, pd.Timestamp | pd.Timedelta):
        cell = cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell.to_pytimedelta()
    return cell.astimezone(UTC) if isinstance(cell, datetime) else cell


def told(deadline: qms.Deadline) -> dict[str, Any]:
    """What a line of a result says of a deadline, but for the sentence of its reason."""
    instants = ("started_at", "due_at", "stopped_at", "original_due_at")
    found: dict[str, Any] = {
        name: plain(getattr(deadline, name)) for name in (*instants, "gross", "net", "paused")
    }
    return {"clause": str(deadline.clause), "state": deadline.state.value, **found}


def without_reason(line: Row) -> dict[str, Any]:
    """What can be compared with `told`."""
    return {name: value for name, value in line.items() if name not in ("case", "clock", "edition", "reason")}


def hours(*numbers: float) -> list[datetime]:
    """Instants so many hours after the first of March 2026, 00:00 in Berlin."""
    return [
        datetime(2026, 3, 1, tzinfo=BERLIN).astimezone(UTC) + timedelta(hours=number) for number in numbers
    ]
