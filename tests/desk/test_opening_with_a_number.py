"""Opening a case under a series: the number and the case come together, or neither."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms
from qms_service.errors import NumberOverflowError
from qms_service.numbering import NumberSeries
from qms_service.ports import Store
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
YEARLY = NumberSeries(id="cp", pattern="CP{YYYY}-{seq:02}", reset="year", timezone="Asia/Shanghai")


def complaint(at: datetime = NINE, **fields: Any) -> qms.Complaint:  # noqa: ANN401  # any of a complaint's
    return qms.Complaint(**{"customer": "ACME", "received_at": at, **fields})


def given(store: Store, series: NumberSeries = YEARLY) -> list[str]:
    with store.transaction(read_only=True) as t:
        return [entry.number for entry in t.numbers.ledger(series)]


def test_a_series_gives_the_number_of_the_business_year_in_which_the_case_opened(
    desk: qms.ServiceDesk, store: Store
) -> None:
    new_year = datetime(2026, 1, 1, 0, 30, tzinfo=SHANGHAI)  # in UTC it is still 2025
    opened = [
        desk.open(complaint(at), series=YEARLY) for at in (NINE, new_year, new_year - timedelta(hours=1))
    ]
    assert [case.id for case in opened] == ["CP2026-01", "CP2026-02", "CP2025-01"]
    assert [desk.case(case.id) for case in opened] == opened
    assert given(store) == ["CP2026-01", "CP2026-02", "CP2025-01"]


def test_a_series_of_the_rules_is_named_by_its_id(desk: qms.ServiceDesk) -> None:
    """4.4.2.4: MRKT-, year, month, and two digits that begin again with each month."""
    february = datetime(2026, 2, 28, 23, tzinfo=SHANGHAI)
    opened = [desk.open(complaint(at), series="claim").id for at in (NINE, NINE, february)]
    assert opened == ["MRKT-20260301", "MRKT-20260302", "MRKT-20260201"]
    with pytest.raises(qms.UnknownNameError, match=r"clam.*claim"):
        desk.open(complaint(), series="clam")


def test_a_scope_has_its_own_numbers(desk: qms.ServiceDesk) -> None:
    plants = NumberSeries(id="plants", pattern="{plant}-{seq:03}", timezone="Asia/Shanghai")
    numbers = [desk.open(complaint(), series=plants, scope={"plant": one}).id for one in ("SZ", "HZ", "SZ")]
    assert numbers == ["SZ-001", "HZ-001", "SZ-002"]


def test_a_case_that_is_refused_takes_no_number(desk: qms.ServiceDesk, store: Store) -> None:
    with pytest.raises(qms.Refused, match="quantity"):
        desk.open(complaint(quantity=-1), series=YEARLY)
    with pytest.raises(qms.Refused, match="after now"):
        desk.open(complaint(NINE + timedelta(days=1)), series=YEARLY)
    assert given(store) == []
    assert desk.open(complaint(), series=YEARLY).id == "CP2026-01"


def test_a_subject_has_a_number_or_gets_one(desk: qms.ServiceDesk) -> None:
    with pytest.raises(qms.EntryError, match=r"has the number C-1.*Leave out either") as refused:
        desk.open(complaint(number="C-1"), series=YEARLY)
    assert "C-1" in refused.value.text("zh")
    with pytest.raises(qms.Refused, match=r"has no number.*Give number=, or have a series"):
        desk.open(complaint())
    with pytest.raises(qms.EntryError, match=r"scope belongs to a series, but C-1"):
        desk.open(complaint(number="C-1"), scope={"plant": "SZ"})
    with pytest.raises(qms.EntryError, match="A subject is needed"):
        desk.open("C-1", series=YEARLY)  # type: ignore[arg-type]


def test_a_number_that_stands_on_a_case_already_is_told_and_not_burned(
    desk: qms.ServiceDesk, store: Store
) -> None:
    desk.open(complaint(number="CP2026-01"))
    for _ in range(2):
        with pytest.raises(
            qms.CaseExistsError, match=r"series cp gives CP2026-01 next.*numbers\.adopt"
        ) as refused:
            desk.open(complaint(), series=YEARLY)
        assert "接管" in refused.value.text("zh")
    assert given(store) == []
    with store.transaction() as t:
        t.numbers.adopt(YEARLY, ["CP2026-01"], at=NINE)
    assert desk.open(complaint(), series=YEARLY).id == "CP2026-02"


def test_the_last_number_of_a_period_is_the_last(desk: qms.ServiceDesk, store: Store) -> None:
    nine = NumberSeries(id="nine", pattern="N{seq:01}", timezone="Asia/Shanghai")
    numbers = [desk.open(complaint(), series=nine).id for _ in range(9)]
    assert numbers[-1] == "N9"
    with pytest.raises(NumberOverflowError):
        desk.open(complaint(), series=nine)
    assert len(given(store, nine)) == 9


def test_the_case_and_its_number_commit_together(desk: qms.ServiceDesk, store: Store, now: FixedNow) -> None:
    """Whoever allocates in the transaction that fails gives the number back."""

    def fail() -> None:
        with store.transaction() as t:
            number = t.numbers.allocate(YEARLY, at=NINE)
            t.cases.save(qms.load_rulebook("pcb-maker").open(complaint(number=number)))
            raise RuntimeError(number)

    with pytest.raises(RuntimeError, match="CP2026-01"):
        fail()
    assert desk.open(complaint(now()), series=YEARLY).id == "CP2026-01"
