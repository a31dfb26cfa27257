"""Dates agreed with the customer in a log: each case as the scalar judges it, earlier dates and later ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.workshop import BERLIN, FRAMES, lines, told, without_reason

import qms_service as qms

BOOK = """
id = "shop"
edition = "1"
timezone = "Europe/Berlin"
[order]
opening = "asked"
[order.events.asked]
[order.events.sent]
[order.events.waiting]
[order.events.came]
[order.pauses.board]
from = "waiting"
to = "came"
[order.clocks.replenish]
clause = "4.3.4.3"
from = "asked"
to = "sent"
within = "48 h"
agreed = "when-earlier"
paused_by = ["board"]
[order.clocks.plan]
clause = "4.3.4.4"
from = "asked"
to = "sent"
within = "3 d"
"""
BEGIN = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
NOW = BEGIN + timedelta(days=6)
LOG = qms.analysis.EventRows(name="event", at="at")
FACTS = ("agreed.clock", "agreed.due_at")
hours = st.integers(0, 140).map(lambda count: BEGIN + timedelta(hours=count))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "no": st.integers(0, 19).map(str),
            "event": st.sampled_from(["asked", "sent", "waiting", "came", "agreed", "agreed"]),
            "at": hours,
            "agreed.clock": st.sampled_from(["replenish", "replenish", "plan"]),
            "agreed.due_at": hours,
        }
    ),
    min_size=30,
    max_size=80,
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> qms.Procedure:
    file = Path(tmp_path_factory.mktemp("shop")) / "shop.toml"
    file.write_text(BOOK, encoding="utf-8")
    return qms.load_rulebook(file).on(BEGIN)


@given(rows=rows)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_promised_date_moves_a_clock_in_a_log_as_it_does_in_a_case(
    shop: qms.Procedure, rows: list[dict[str, Any]]
) -> None:
    for row in rows:
        if row["event"] != "agreed":
            row.update(dict.fromkeys(FACTS))
    frame = FRAMES["pandas"](rows, ("no", "event", "at", *FACTS))
    found = lines(
        qms.analysis.deadlines_frame(
            frame, shop, case="no", events=LOG, facts={path: path for path in FACTS}, now=NOW
        )
    )
    numbers = list(dict.fromkeys(row["no"] for row in rows))
    for number, place in zip(numbers, range(0, len(found), 2), strict=True):
        events = [
            qms.Event(
                row["event"],
                row["at"],
                facts={path.partition(".")[2]: row[path] for path in FACTS if row[path] is not None},
            )
            for row in rows
            if row["no"] == number
        ]
        opened = min((one.at for one in events if one.name == "asked"), default=min(one.at for one in events))
        case = shop.adopt(qms.Subject("order", number=number, opened_at=opened), events)
        expected = [told(one) for one in shop.deadlines(case, now=NOW)]
        assert [without_reason(line) for line in found[place : place + 2]] == expected
