"""Writes rulebook/1.toml and rulebook/2.toml: the rulebook boston-311, from the rules file.

The rules file has one rule a line: so many working or calendar days for a type of request, with the moment
from or to which it held. A rule without an end holds in edition 2, a rule without a begin in edition 1. The
clause of a rule is its line in the rules file.

    python examples/boston_311/make_rulebook.py ../shared/data/boston311_2015H1_rules.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
ZONE = ZoneInfo("America/New_York")
UNITS = {"working_days": "working d", "calendar_days": "d"}
EDITIONS = {"1": "valid_from", "2": "valid_to"}  # a rule is in the edition for which this column is empty

HEAD = """\
# Service requests of the City of Boston, first half of 2015 (波士顿市 311 服务请求).
# Made by make_rulebook.py from {file}; a change is made there.
# The terms are fitted on the targets that the city's own system set; the city has not published them.

id       = "boston-311"
edition  = "{edition}"{effective_from}
title    = {{ en = "Service requests of the City of Boston", zh = "波士顿市 311 服务请求" }}
source   = "City of Boston 311 service requests, January to June 2015; a clause is a line of {file}"
timezone = "America/New_York"
calendar = "boston"                  # Monday to Friday 08:30 to 17:00, less the holidays of holidays.csv

[request]
label = {{ en = "Service request", zh = "服务请求" }}

[request.subject]
type = {{ type = "text", en = "Type of request", zh = "请求类型" }}

[request.events.opened]
label = {{ en = "Request opened", zh = "受理" }}

[request.events.closed]
label = {{ en = "Request closed", zh = "办结" }}

[request.clocks.target]
label = {{ en = "Target", zh = "办结期限" }}
from  = "opened"
to    = "closed"

[request.clocks.target.within]
table = \"\"\"
{table}
\"\"\"
"""


def main(rules: Path, folder: Path = HERE / "rulebook") -> None:
    """Reads the rules file and writes one file for each edition."""
    with rules.open(encoding="utf-8", newline="") as file:
        lines = list(enumerate(csv.DictReader(file), start=2))
    change = change_of([row for _, row in lines])
    for edition, column in EDITIONS.items():
        text = HEAD.format(
            file=rules.name,
            edition=edition,
            effective_from=f"\neffective_from = {change.isoformat()}" if edition == "2" else "",
            table=grid([cells(line, row) for line, row in lines if not row[column]]),
        )
        (folder / f"{edition}.toml").write_text(text, encoding="utf-8", newline="\n")


def change_of(rows: list[dict[str, str]]) -> datetime:
    """The one moment at which rules change, in the city's zone."""
    (moment,) = {row[column] for row in rows for column in EDITIONS.values() if row[column]}
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


def cells(line: int, row: dict[str, str]) -> tuple[str, ...]:
    """The row of the table for one line of the rules file."""
    return f"line-{line}", f'"{row["type"]}"', f"{row['n']} {UNITS[row['unit']]}", f"line {line}"


def grid(rows: list[tuple[str, ...]]) -> str:
    """The rows as an aligned pipe table."""
    table = [("id", "type", "-> within", "clause"), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(drawn(table, widths))


def drawn(table: list[tuple[str, ...]], widths: list[int]) -> Iterator[str]:
    """The lines of the table."""
    for row in table:
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
