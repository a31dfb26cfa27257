"""What may be written next of a number, and which numbers answer a key, whatever the store."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from qms_service.errors import EntryError, KeyReusedError, NaiveInstantError, NumberError
from qms_service.numbering import LedgerEntry, NumberSeries, NumberState, book

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TOMORROW = NOON + timedelta(days=1)
INSTANT = timedelta(microseconds=1)
SERIES = NumberSeries(id="claim", pattern="CL-{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")


def entry(state: NumberState = "reserved", seq: int = 1, **more: Any) -> LedgerEntry:  # noqa: ANN401  # a LedgerEntry's
    number = f"CL-2026-{seq:03}"
    return LedgerEntry(series="claim", period="2026", seq=seq, number=number, state=state, at=NOON, **more)


# ---------------------------------------------------------------- confirm


def test_a_reserved_number_is_confirmed_and_keeps_what_it_is() -> None:
    reserved = entry(key="order-7", scope={"plant": "SZ"})
    confirmed = book.confirmed(reserved, SERIES, "CL-2026-001", at=TOMORROW)
    assert confirmed == attrs.evolve(reserved, state="confirmed", at=TOMORROW)


def test_a_reservation_holds_at_its_very_end_and_no_longer() -> None:
    reserved = entry(expires_at=TOMORROW)
    assert book.confirmed(reserved, SERIES, "CL-2026-001", at=TOMORROW).state == "confirmed"
    with pytest.raises(NumberError, match=r"expired at 2026-03-03 12:00 \+08:00.*Reserve a new") as refused:
        book.confirmed(reserved, SERIES, "CL-2026-001", at=TOMORROW + INSTANT)
    assert "到期" in refused.value.text("zh")


@pytest.mark.parametrize("state", ["allocated", "adopted", "confirmed", "void"])
def test_what_is_not_reserved_cannot_be_confirmed(state: NumberState) -> None:
    with pytest.raises(NumberError, match=rf"CL-2026-001 of series claim is {state};.*reserved"):
        book.confirmed(entry(state), SERIES, "CL-2026-001", at=NOON)


def test_a_number_never_given_is_told_with_where_to_look() -> None:
    never = r"has not given the number CL-2026-009.*ledger"
    with pytest.raises(NumberError, match=never):
        book.confirmed(None, SERIES, "CL-2026-009", at=NOON)
    with pytest.raises(NumberError, match=never):
        book.voided(None, SERIES, "CL-2026-009", reason="typed twice", at=NOON)


def test_a_moment_without_a_zone_confirms_nothing() -> None:
    with pytest.raises(NaiveInstantError):
        book.confirmed(entry(), SERIES, "CL-2026-001", at=NOON.replace(tzinfo=None))


# ---------------------------------------------------------------- void


@pytest.mark.parametrize("state", ["allocated", "reserved", "adopted"])
def test_a_number_without_its_document_is_void_for_a_reason(state: NumberState) -> None:
    void = book.voided(entry(state, key="order-7"), SERIES, "CL-2026-001", reason="客户撤回", at=TOMORROW)
    assert (void.state, void.reason, void.at, void.key, void.seq) == (
        "void",
        "客户撤回",
        TOMORROW,
        "order-7",
        1,
    )


@pytest.mark.parametrize("state", ["confirmed", "void"])
def test_a_number_with_its_document_or_void_already_stays_so(state: NumberState) -> None:
    with pytest.raises(NumberError, match=f"is {state};.*allocated, reserved, adopted"):
        book.voided(entry(state), SERIES, "CL-2026-001", reason="typed twice", at=NOON)


@pytest.mark.parametrize("reason", ["", " \n", None, 7])
def test_a_number_is_not_void_without_a_reason(reason: str) -> None:
    with pytest.raises(NumberError, match="void for a reason"):
        book.voided(entry("allocated"), SERIES, "CL-2026-001", reason=reason, at=NOON)


def test_only_a_reservation_whose_time_is_over_has_lapsed() -> None:
    assert book.expired(entry(expires_at=NOON), now=NOON + INSTANT)
    assert not book.expired(entry(expires_at=NOON), now=NOON)
    assert not book.expired(entry(), now=TOMORROW)
    assert not book.expired(entry("confirmed", expires_at=NOON), now=TOMORROW)
    lapsed = book.lapsed(entry(expires_at=NOON), now=TOMORROW)
    assert (lapsed.state, lapsed.at, lapsed.reason) == ("void", TOMORROW, "expired")


# ---------------------------------------------------------------- keys

TWO = (entry(seq=1, key="order-7"), entry(seq=2, key="order-7"))
ASKED: dict[str, Any] = {"key": "order-7", "state": "reserved", "scope": None, "count": 2}


def test_a_key_answers_the_same_request_with_the_same_numbers() -> None:
    assert book.answer(TWO, **ASKED) == ("CL-2026-001", "CL-2026-002")
    assert book.answer(TWO, **{**ASKED, "scope": {}}) == ("CL-2026-001", "CL-2026-002")


def test_a_key_answers_after_its_number_was_confirmed_too() -> None:
    confirmed = book.confirmed(TWO[1], SERIES, "CL-2026-002", at=NOON)
    assert book.answer((*TWO, confirmed), **ASKED) == ("CL-2026-001", "CL-2026-002")


@pytest.mark.parametrize(
    "other", [{"count": 1}, {"count": 3}, {"state": "allocated"}, {"scope": {"plant": "SZ"}}]
)
def test_a_key_does_not_answer_another_request(other: dict[str, Any]) -> None:
    with pytest.raises(
        KeyReusedError, match=r"CL-2026-001, CL-2026-002, reserved.*Take a new key"
    ) as refused:
        book.answer(TWO, **{**ASKED, **other})
    assert (refused.value.key, refused.value.operands["series"]) == ("order-7", "claim")


def test_the_key_of_a_void_number_answers_nothing() -> None:
    void = book.voided(TWO[0], SERIES, "CL-2026-001", reason="typed twice", at=NOON)
    with pytest.raises(KeyReusedError, match="stands for CL-2026-001, and that is void") as refused:
        book.answer((*TWO, void), **ASKED)
    assert "作废" in refused.value.text("zh")


@pytest.mark.parametrize("key", ["", " \t", None, 7])
def test_a_blank_key_is_refused(key: str) -> None:
    with pytest.raises(EntryError, match="A key is a text"):
        book.check_key(key)


def test_any_other_text_is_a_key() -> None:
    book.check_key("订单 7")


# ---------------------------------------------------------------- requests


def test_a_counter_at_its_end_says_which_was_the_last() -> None:
    error = SERIES.slot(NOON).overflow()
    assert (error.last, error.operands["period"], error.operands["series"]) == (999, "2026", "claim")
    assert "999" in str(error)


def test_one_number_is_wanted_where_nobody_says_how_many() -> None:
    assert (book.wanted(None), book.wanted(1), book.wanted(500)) == (1, 1, 500)


@pytest.mark.parametrize("count", [0, -1, True, 1.0, "2"])
def test_a_count_that_is_none_is_refused(count: int) -> None:
    with pytest.raises(NumberError, match="whole number from 1 on"):
        book.wanted(count)


def test_a_business_date_begins_when_its_day_does_in_the_zone_of_the_series() -> None:
    assert book.moment(SERIES, date(2026, 3, 2)) == datetime(2026, 3, 1, 16, tzinfo=ZoneInfo("UTC"))
    assert book.moment(SERIES, NOON) == NOON


def test_a_business_date_whose_midnight_is_skipped_begins_at_the_change() -> None:
    santiago = attrs.evolve(SERIES, timezone="America/Santiago")
    assert str(book.moment(santiago, date(2025, 9, 7))) == "2025-09-07 01:00:00-03:00"
