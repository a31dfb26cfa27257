"""Door 2: a clock and a table over rows of one's own. No rulebook, no case, no store of ours."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import qms_service as qms

ROWS = [  # number, sent to Quality, analysed, sample asked for, sample came, cause
    ("C-1", "2026-03-02T09:00+08:00", "2026-03-02T20:30+08:00", None, None, "operation"),
    ("C-2", "2026-03-03T14:00+08:00", None, "2026-03-03T15:00+08:00", "2026-03-04T10:00+08:00", "process"),
    ("C-3", "2026-03-03T20:00+08:00", None, None, None, None),
]
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLOCK = qms.Clock("initial-analysis", start="sent", stop="analysed", within="12 h", clause="4.2.4.2")
OWNERS = qms.DecisionTable.from_grid(
    """
    | id        | cause     | -> owner   | clause    |
    | operation | operation | production | 4.2.4.8.3 |
    | other     | -         | process    | 4.3.1.4   |
    """,
    name="owner", inputs={"cause": "text"}, outputs={"owner": "text"}, hit="first",
)  # fmt: skip


def main() -> None:
    """Reads the rows, writes their due times and owners back, and prints them."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE TABLE complaint (number PRIMARY KEY, sent, analysed, asked, came, cause, due_at, owner)"
    )
    db.executemany("INSERT INTO complaint VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)", ROWS)
    for number, *cells, cause in db.execute(
        "SELECT number, sent, analysed, asked, came, cause FROM complaint"
    ).fetchall():
        sent, analysed, asked, came = (cell and datetime.fromisoformat(cell) for cell in cells)
        deadline = CLOCK.deadline({"sent": sent, "analysed": analysed}, now=NOW, pauses=[(asked, came)])
        decision = OWNERS.decide({"cause": cause or "unknown"})
        owner = decision.outputs["owner"]
        due_at = qms.utc(deadline.due_at).isoformat()  # sqlite3 cannot bind a pendulum value
        db.execute("UPDATE complaint SET due_at = ?, owner = ? WHERE number = ?", (due_at, owner, number))
        print(number, deadline.text(), "→", owner, f"[{decision.clauses[0]}]")
    late = db.execute(
        "SELECT number FROM complaint WHERE analysed IS NULL AND due_at < ?",
        (NOW.astimezone(UTC).isoformat(),),
    )
    print("overdue by SQL:", *(number for (number,) in late))
    db.close()


if __name__ == "__main__":
    main()
