"""What a store promises of numbers: one after the other in each series, scope and period, each given once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any, Final

import attrs
import pendulum
import pytest

from qms_service.errors import EntryError, KeyReusedError, NumberError, NumberOverflowError, QmsError
from qms_service.numbering import NumberSeries
from qms_service.ports import Numbers, Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import (
    CLAIM,
    NOON,
    PLANT,
    SMALL,
    broken,
    entries,
    taken,
)

MARCH: Final = date(2026, 3, 31)
BAD_MOMENTS: Final[dict[str, Any]] = {
    "naive": datetime(2026, 3, 2, 12),  # noqa: DTZ001  # the mistake that is tested
    "text": "2026-03-02",
    "none": None,
    "number": 20260302,
    "endless date": date(9999, 12, 31),
    "endless instant": pendulum.datetime(9999, 12, 31, 23, 59, tz="UTC"),
    "the end of what every zone can show": pendulum.datetime(9997, 12, 31, 23, 59, tz="UTC"),
    "before all": date(1, 1, 1),
}
# Each as it is asked of a store that knows no rulebook, and so no series by its id.
WITH_A_SERIES: Final[dict[str, Callable[[Numbers, Any], object]]] = {
    "allocate": lambda n, series: n.allocate(series, at=NOON),
    "preview": lambda n, series: n.preview(series, at=NOON),
    "reserve": lambda n, series: n.reserve(series, at=NOON),
    "confirm": lambda n, series: n.confirm(series, "CL-202603-001", at=NOON),
    "void": lambda n, series: n.void(series, "CL-202603-001", reason="typed twice", at=NOON),
    "void expired": lambda n, series: n.void_expired(series, now=NOON),
    "adopt": lambda n, series: n.adopt(series, ["CL-202603-001"], at=NOON),
    "ledger": lambda n, series: list(n.ledger(series)),
}


def daily(zone: str) -> NumberSeries:
    """A series that starts again each day of a zone."""
    return NumberSeries(id=zone, pattern="{YYYY}{MM}{DD}-{seq:02}", reset="day", timezone=zone)


class AllocatingContract(StoreFixtures):
    """Numbers: allocate and preview."""

    def test_the_first_number_is_one_and_each_follows_on_the_one_before(self, store: Store) -> None:
        assert [taken(store, CLAIM) for _ in range(3)] == ["CL-202603-001", "CL-202603-002", "CL-202603-003"]

    def test_a_transaction_may_take_several_numbers_one_by_one(self, store: Store) -> None:
        with store.transaction() as t:
            numbers = [t.numbers.allocate(CLAIM, at=NOON) for _ in range(3)]
        assert numbers == ["CL-202603-001", "CL-202603-002", "CL-202603-003"]
        assert taken(store, CLAIM) == "CL-202603-004"

    def test_many_are_taken_at_one_go_and_follow_on_each_other(self, store: Store) -> None:
        taken(store, CLAIM)
        assert taken(store, CLAIM, count=3) == ("CL-202603-002", "CL-202603-003", "CL-202603-004")
        assert taken(store, CLAIM, count=1) == ("CL-202603-005",)
        assert taken(store, CLAIM) == "CL-202603-006"

    def test_many_are_each_in_the_ledger(self, store: Store) -> None:
        taken(store, CLAIM, count=700)
        taken(store, CLAIM, NOON.add(months=1))
        assert [entry.seq for entry in entries(store, CLAIM)] == [*range(1, 701), 1]
        assert [entry.seq for entry in entries(store, CLAIM, "2026-03")] == list(range(1, 701))

    @pytest.mark.parametrize("count", [0, -1])
    def test_fewer_than_one_are_not_to_be_had(self, store: Store, count: int) -> None:
        with store.transaction() as t:
            with pytest.raises(QmsError):
                t.numbers.allocate(CLAIM, at=NOON, count=count)
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"

    def test_series_count_apart(self, store: Store) -> None:
        other = attrs.evolve(CLAIM, id="other", pattern="OT-{YYYY}{MM}-{seq:03}")
        taken(store, CLAIM, count=2)
        assert taken(store, other) == "OT-202603-001"
        assert taken(store, CLAIM) == "CL-202603-003"

    def test_scopes_count_apart(self, store: Store) -> None:
        assert taken(store, PLANT, scope={"plant": "SZ"}) == "SZ-2026-0001"
        assert taken(store, PLANT, scope={"plant": "SZ"}) == "SZ-2026-0002"
        assert taken(store, PLANT, scope={"plant": "DG"}) == "DG-2026-0001"
        assert taken(store, PLANT, scope={"plant": "SZ"}) == "SZ-2026-0003"

    def test_the_order_in_which_a_scope_is_written_is_the_same_scope(self, store: Store) -> None:
        series = attrs.evolve(PLANT, pattern="{plant}-{line}-{YYYY}-{seq:02}")
        assert taken(store, series, scope={"plant": "SZ", "line": "A"}) == "SZ-A-2026-01"
        assert taken(store, series, scope={"line": "A", "plant": "SZ"}) == "SZ-A-2026-02"
        assert taken(store, series, scope={"line": "SZ", "plant": "A"}) == "A-SZ-2026-01"

    @pytest.mark.parametrize("scope", [None, {}, {"plant": "SZ", "line": "A"}, {"Plant": "SZ"}])
    def test_a_scope_that_does_not_fit_the_pattern_takes_nothing(
        self, store: Store, scope: dict[str, str] | None
    ) -> None:
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.allocate(PLANT, at=NOON, scope=scope)
            assert t.numbers.allocate(PLANT, at=NOON, scope={"plant": "SZ"}) == "SZ-2026-0001"
        assert len(entries(store, PLANT)) == 1

    def test_periods_count_apart_whatever_comes_first(self, store: Store) -> None:
        april, february = NOON.add(months=1), date(2026, 2, 28)
        assert taken(store, CLAIM, NOON) == "CL-202603-001"
        assert taken(store, CLAIM, april) == "CL-202604-001"
        assert taken(store, CLAIM, february) == "CL-202602-001"
        assert taken(store, CLAIM, NOON) == "CL-202603-002"
        assert taken(store, CLAIM, april) == "CL-202604-002"
        assert taken(store, CLAIM, february) == "CL-202602-002"

    def test_the_same_month_of_another_year_is_another_period(self, store: Store) -> None:
        taken(store, CLAIM, count=4)
        assert taken(store, CLAIM, NOON.add(years=1)) == "CL-202703-001"

    def test_a_series_that_never_starts_again_goes_on_over_the_years(self, store: Store) -> None:
        series = NumberSeries(id="long", pattern="N{seq:06}", timezone="Asia/Shanghai")
        assert taken(store, series, date(2025, 12, 31)) == "N000001"
        assert taken(store, series, date(2026, 1, 1)) == "N000002"
        assert taken(store, series, date(2020, 1, 1)) == "N000003"

    def test_the_month_ends_at_midnight_in_the_zone_of_the_series(self, store: Store) -> None:
        before = pendulum.datetime(2026, 3, 31, 15, 59, 59, 999_999, tz="UTC")
        assert taken(store, CLAIM, before) == "CL-202603-001"
        assert taken(store, CLAIM, before.add(microseconds=1)) == "CL-202604-001"
        assert taken(store, CLAIM, MARCH) == "CL-202603-002"

    @pytest.mark.parametrize(
        ("zone", "day"),
        [("Pacific/Kiritimati", "20260102"), ("America/Los_Angeles", "20251231"), ("UTC", "20260101")],
    )
    def test_the_day_is_that_of_the_zone_east_and_west(self, store: Store, zone: str, day: str) -> None:
        new_year = pendulum.datetime(2026, 1, 1, 7, 59, tz="UTC")
        at = new_year.add(hours=3) if zone == "Pacific/Kiritimati" else new_year
        assert taken(store, daily(zone), at) == f"{day}-01"

    def test_documents_of_any_date_in_any_order_get_each_number_once(self, store: Store) -> None:
        chance = Random(11)
        with store.transaction() as t:
            given = [
                t.numbers.allocate(CLAIM, at=date(2025 + chance.randrange(3), 1 + chance.randrange(12), 28))
                for _ in range(200)
            ]
        months = sorted({number[:-4] for number in given})
        counts = {month: sum(number.startswith(month) for number in given) for month in months}
        expected = [f"{month}-{seq:03}" for month in months for seq in range(1, counts[month] + 1)]
        assert sorted(given) == expected

    @pytest.mark.parametrize("what", BAD_MOMENTS)
    def test_a_moment_that_is_none_takes_nothing_and_the_transaction_goes_on(
        self, store: Store, what: str
    ) -> None:
        with store.transaction() as t:
            with pytest.raises(QmsError):
                t.numbers.allocate(CLAIM, at=BAD_MOMENTS[what])
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"
        assert [entry.number for entry in entries(store, CLAIM)] == ["CL-202603-001"]

    @pytest.mark.parametrize("what", WITH_A_SERIES)
    def test_the_id_of_a_series_is_no_series(self, store: Store, what: str) -> None:
        with store.transaction() as t:
            with pytest.raises(EntryError) as refused:
                WITH_A_SERIES[what](t.numbers, "claim")
            assert refused.value.code == "entry-series"
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"

    # ------------------------------------------------------------ the end of a period's numbers

    def test_over_the_highest_number_nothing_is_taken_and_the_transaction_goes_on(self, store: Store) -> None:
        taken(store, SMALL, count=8)
        with store.transaction() as t:
            with pytest.raises(NumberOverflowError) as refused:
                t.numbers.allocate(SMALL, at=NOON, count=2)
            assert t.numbers.allocate(SMALL, at=NOON) == "S-2026-9"
            with pytest.raises(NumberOverflowError):
                t.numbers.allocate(SMALL, at=NOON)
            assert t.numbers.allocate(SMALL, at=NOON.add(years=1)) == "S-2027-1"
        assert refused.value.operands["last"] == 9
        assert [entry.seq for entry in entries(store, SMALL, "2026")] == list(range(1, 10))

    def test_the_first_request_of_a_period_may_be_too_large(self, store: Store) -> None:
        with store.transaction() as t:
            with pytest.raises(NumberOverflowError):
                t.numbers.allocate(SMALL, at=NOON, count=10)
            assert len(t.numbers.allocate(SMALL, at=NOON, count=9)) == 9

    def test_a_key_that_met_the_end_is_free(self, store: Store) -> None:
        with store.transaction() as t:
            with pytest.raises(NumberOverflowError):
                t.numbers.allocate(SMALL, at=NOON, key="n-1", count=10)
            assert t.numbers.allocate(SMALL, at=NOON, key="n-1", count=2) == ("S-2026-1", "S-2026-2")

    def test_a_series_that_widens_goes_on_with_one_more_digit(self, store: Store) -> None:
        wide = attrs.evolve(SMALL, overflow="widen")
        taken(store, wide, count=8)
        assert taken(store, wide, count=3) == ("S-2026-9", "S-2026-10", "S-2026-11")

    def test_a_date_that_the_text_cannot_show_takes_nothing(self, store: Store) -> None:
        short = NumberSeries(id="short", pattern="N{YY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
        with store.transaction() as t:
            with pytest.raises(NumberError):
                t.numbers.allocate(short, at=date(1926, 3, 2))
            assert t.numbers.allocate(short, at=NOON) == "N26-001"
        assert len(entries(store, short)) == 1

    # ------------------------------------------------------------ keys

    def test_asked_again_under_its_key_the_same_number_comes_back(self, store: Store) -> None:
        assert taken(store, CLAIM, key="n-1") == "CL-202603-001"
        assert taken(store, CLAIM, key="n-2") == "CL-202603-002"
        assert taken(store, CLAIM, key="n-1") == "CL-202603-001"
        assert taken(store, CLAIM) == "CL-202603-003"
        assert len(entries(store, CLAIM)) == 3

    def test_asked_again_in_the_same_transaction_the_same_number_comes_back(self, store: Store) -> None:
        with store.transaction() as t:
            assert t.numbers.allocate(CLAIM, at=NOON, key="n-1") == "CL-202603-001"
            assert t.numbers.allocate(CLAIM, at=NOON, key="n-1") == "CL-202603-001"
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-002"

    def test_asked_again_under_its_key_the_same_many_come_back(self, store: Store) -> None:
        first = taken(store, CLAIM, key="n-1", count=3)
        taken(store, CLAIM)
        assert taken(store, CLAIM, key="n-1", count=3) == first
        assert first == ("CL-202603-001", "CL-202603-002", "CL-202603-003")

    def test_asked_again_after_the_period_has_ended_the_same_number_comes_back(self, store: Store) -> None:
        assert taken(store, CLAIM, NOON, key="n-1") == "CL-202603-001"
        assert taken(store, CLAIM, NOON.add(months=1), key="n-1") == "CL-202603-001"
        assert taken(store, CLAIM, NOON.add(months=1)) == "CL-202604-001"

    def test_a_key_is_answered_where_the_period_has_no_further_number(self, store: Store) -> None:
        last = taken(store, SMALL, key="n-1", count=9)
        assert taken(store, SMALL, key="n-1", count=9) == last

    @pytest.mark.parametrize(
        "other",
        [{"count": 3}, {"scope": {"plant": "DG"}}],
        ids=["of more", "of another scope"],
    )
    def test_a_key_does_not_answer_another_request(self, store: Store, other: dict[str, Any]) -> None:
        request: dict[str, Any] = {"scope": {"plant": "SZ"}, "count": 2, "key": "n-1"}
        taken(store, PLANT, **request)
        with store.transaction() as t:
            with pytest.raises(KeyReusedError) as refused:
                t.numbers.allocate(PLANT, at=NOON, **{**request, **other})
            assert t.numbers.allocate(PLANT, at=NOON, scope={"plant": "SZ"}) == "SZ-2026-0003"
            assert t.numbers.allocate(PLANT, at=NOON, scope={"plant": "DG"}) == "DG-2026-0001"
        assert refused.value.operands["key"] == "n-1"

    @pytest.mark.parametrize("key", ["", " ", 7])
    def test_a_key_that_is_no_text_is_refused(self, store: Store, key: Any) -> None:  # noqa: ANN401  # what a form leaves
        with store.transaction() as t:
            with pytest.raises(EntryError):
                t.numbers.allocate(CLAIM, at=NOON, key=key)
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"

    def test_each_series_has_keys_of_its_own(self, store: Store) -> None:
        assert taken(store, CLAIM, key="order-7") == "CL-202603-001"
        assert taken(store, SMALL, key="order-7") == "S-2026-1"

    def test_a_key_of_an_allocation_that_was_rolled_back_is_free(self, store: Store) -> None:
        with broken(store) as t:
            t.numbers.allocate(CLAIM, at=NOON, key="n-1", count=2)
        assert taken(store, CLAIM, key="n-1") == "CL-202603-001"

    # ------------------------------------------------------------ preview

    def test_a_preview_shows_what_would_come_and_takes_nothing(self, store: Store) -> None:
        with store.transaction(read_only=True) as t:
            assert t.numbers.preview(CLAIM, at=NOON) == "CL-202603-001"
            assert t.numbers.preview(CLAIM, at=NOON) == "CL-202603-001"
        with store.transaction() as t:
            assert t.numbers.preview(CLAIM, at=NOON) == "CL-202603-001"
            assert t.numbers.allocate(CLAIM, at=NOON) == "CL-202603-001"
            assert t.numbers.preview(CLAIM, at=NOON) == "CL-202603-002"
            assert t.numbers.preview(CLAIM, at=NOON.add(months=1)) == "CL-202604-001"
        assert len(entries(store, CLAIM)) == 1

    def test_a_preview_beyond_the_highest_number_says_so(self, store: Store) -> None:
        taken(store, SMALL, count=9)
        with store.transaction(read_only=True) as t, pytest.raises(NumberOverflowError):
            t.numbers.preview(SMALL, at=NOON)

    def test_a_preview_is_of_its_scope(self, store: Store) -> None:
        taken(store, PLANT, scope={"plant": "SZ"})
        with store.transaction(read_only=True) as t:
            assert t.numbers.preview(PLANT, at=NOON, scope={"plant": "SZ"}) == "SZ-2026-0002"
            assert t.numbers.preview(PLANT, at=NOON, scope={"plant": "DG"}) == "DG-2026-0001"
            with pytest.raises(NumberError):
                t.numbers.preview(PLANT, at=NOON)
