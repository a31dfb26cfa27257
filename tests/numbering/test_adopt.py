"""What a store takes over of numbers given elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qms_service.errors import NaiveInstantError
from qms_service.numbering import LedgerEntry, NumberSeries, adoption

AT = datetime(2026, 3, 2, tzinfo=UTC)
PLANT = NumberSeries(
    id="rma",
    pattern="{plant}-{YYYY}-{seq:03}",
    accepts=["{plant}/{YYYY}/{seq:03}"],
    reset="year",
    timezone="UTC",
)


def test_each_counter_goes_on_behind_its_highest() -> None:
    taken = adoption(PLANT, ["A-2025-007", "B-2025-001", "A-2026-002", "A/2025/003"], at=AT)
    assert {(period, scope["plant"]): last for (period, scope), last in taken.highest.items()} == {
        ("2025", "A"): 7,
        ("2025", "B"): 1,
        ("2026", "A"): 2,
    }
    assert [(one.number, one.seq, one.state, one.at) for one in taken.entries][-1] == (
        "A/2025/003",
        3,
        "adopted",
        AT,
    )


def test_of_two_with_one_serial_the_first_is_taken_and_the_audit_tells_it() -> None:
    taken = adoption(PLANT, ["A-2025-007", "A/2025/007", "?", None], at=AT)
    assert [one.number for one in taken.entries] == ["A-2025-007"]
    assert len(taken.audit.duplicates) == 1
    assert [item.row for item in taken.audit.malformed] == [2, 3]


def test_what_the_ledger_has_is_not_taken_again() -> None:
    known = LedgerEntry(
        series="rma",
        period="2025",
        scope={"plant": "A"},
        seq=1,
        number="A-2025-001",
        state="void",
        at=AT,
        reason="x",
    )
    other = LedgerEntry(
        series="claim", period="2025", scope={"plant": "A"}, seq=2, number="y", state="void", at=AT
    )
    taken = adoption(PLANT, ["A-2025-001", "A-2025-002"], at=AT, ledger=[known, other])
    assert [one.seq for one in taken.entries] == [2]
    assert [one.number for one in taken.audit.voided] == ["A-2025-001"]


def test_nothing_is_taken_of_nothing() -> None:
    taken = adoption(PLANT, iter(()), at=AT)
    assert (taken.entries, taken.highest, taken.audit.count) == ((), {}, 0)


def test_the_moment_of_an_adoption_has_its_zone() -> None:
    with pytest.raises(NaiveInstantError):
        adoption(PLANT, ["A-2025-001"], at=datetime(2026, 3, 2))  # noqa: DTZ001
