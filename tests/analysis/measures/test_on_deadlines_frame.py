"""The measures read what `deadlines_frame` gives, in each kind of frame."""

from __future__ import annotations

from datetime import timedelta

import pytest

import qms_service as qms

from .frames import KINDS, NOW, at, rows_of

COMPLAINTS = [
    {"case": "C-1", "product": "P1", "started_at": at(1, 5), "stopped_at": at(1, 5, 15)},
    {"case": "C-2", "product": "P1", "started_at": at(1, 6), "stopped_at": at(1, 7, 15)},
    {"case": "C-3", "product": "P2", "started_at": at(2, 6), "stopped_at": None},
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_of_complaints_to_rates_times_and_stock(kind: str) -> None:
    frame = qms.analysis.deadlines_frame(
        KINDS[kind](COMPLAINTS),
        qms.load_rulebook("pcb-maker"),
        case="case",
        events={"forwarded": "started_at", "analysed": "stopped_at"},
        now=NOW,
    )
    rates = [
        row for row in rows_of(qms.analysis.on_time(frame, by="all")) if row["clock"] == "initial-analysis"
    ]
    assert [(row["met"], row["met_late"], row["overdue"], row["rate"]) for row in rates] == [(1, 1, 1, 1 / 3)]
    gross = qms.analysis.on_time(frame, by="all", counted="gross", now=NOW)
    assert [row["rate"] for row in rows_of(gross) if row["clock"] == "initial-analysis"] == [1 / 3]
    times = [row for row in rows_of(qms.analysis.time_to_step(frame)) if row["clock"] == "initial-analysis"]
    assert (times[0]["done"], times[0]["open"], times[0]["p50"]) == (2, 1, timedelta(hours=18))
    stock = [
        row
        for row in rows_of(qms.analysis.open_and_late(frame, now=NOW))
        if row["clock"] == "initial-analysis"
    ]
    assert [(row["month"], row["open"], row["late"]) for row in stock] == [
        ("2026-01", 0, 0), ("2026-02", 1, 1), ("2026-03", 1, 1), ("2026-04", 1, 1),
    ]  # fmt: skip
