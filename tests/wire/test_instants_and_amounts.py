"""Instants, durations, dates and amounts as texts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pendulum
import pytest
from jsonschema import Draft202012Validator

from qms_service.cases import Complaint
from qms_service.errors import WireError
from qms_service.events import Event
from qms_service.facts import Facts, Money, Quantity
from qms_service.wire import from_json, json_schema, to_json

Json = Any
AT = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")


def written(value: object) -> Json:
    """What a fact's value becomes in JSON."""
    return json.loads(to_json(Event("analysed", AT, facts={"it": value})))["facts"]["it"]


def read(data: object) -> object:
    """What JSON becomes as a fact's value."""
    tree = {
        "schema": "qms/1",
        "type": "Event",
        "name": "x",
        "at": "2026-03-02T09:00:00Z",
        "facts": {"it": data},
    }
    return from_json(Event, tree).facts["it"]


def at(text: str) -> datetime:
    """The instant of an event whose JSON says so."""
    return from_json(Event, {"schema": "qms/1", "type": "Event", "name": "x", "at": text}).at


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (AT, "2026-03-02T09:00:00+08:00"),
        (datetime(2026, 3, 2, 1, 0, 0, 1, tzinfo=UTC), "2026-03-02T01:00:00.000001+00:00"),
        (
            datetime(2026, 3, 2, 9, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "2026-03-02T09:00:00-03:30",
        ),
    ],
)
def test_an_instant_is_rfc_3339_with_its_own_offset(value: datetime, text: str) -> None:
    assert json.loads(to_json(Event("x", value)))["at"] == text
    assert at(text) == value
    assert at(text).utcoffset() == value.utcoffset()


def test_an_instant_of_before_standard_time_is_written_in_utc() -> None:
    before = pendulum.datetime(1900, 1, 1, tz="Asia/Shanghai")  # +08:05:43
    assert json.loads(to_json(Event("x", before)))["at"] == "1899-12-31T15:54:17+00:00"


def test_both_passes_through_a_repeated_hour_stay_apart() -> None:
    first = Event("x", pendulum.datetime(2024, 10, 27, 2, 30, tz="Europe/Berlin", fold=0))
    second = Event("x", pendulum.datetime(2024, 10, 27, 2, 30, tz="Europe/Berlin", fold=1))
    assert second.us - first.us == 3_600_000_000
    assert [from_json(Event, to_json(one)).us for one in (first, second)] == [first.us, second.us]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-03-02T01:00:00Z", "2026-03-02T09:00:00+08:00"),
        ("2026-03-02T09:00:00.1234567000+08:00".replace("4567", "456"), "2026-03-02T09:00:00.123456+08:00"),
        ("2026-03-02T09:00:00.5+08:00", "2026-03-02T09:00:00.500000+08:00"),
    ],
)
def test_others_may_write_z_and_another_number_of_decimals(text: str, same: str) -> None:
    assert at(text) == datetime.fromisoformat(same)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "2026-03-02 09:00:00+08:00",
        "2026-03-02T09:00+08:00",
        "20260302T090000Z",
        "2026-02-30T09:00:00Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T09:00:00.1234567Z",
        "0001-01-01T00:00:00+08:00",
        "2026-03-02T09:00:00+25:00",
        "２026-03-02T09:00:00Z",
        1_772_413_200,
        None,
    ],
)
def test_what_is_no_instant_is_refused_with_an_example(text: Json) -> None:
    with pytest.raises(
        WireError, match=r"at: got .*, allowed is an instant .* \"2026-03-02T09:00:00\+08:00\""
    ):
        at(text)


def test_an_instant_without_offset_is_refused_on_the_way_in_and_out() -> None:
    with pytest.raises(
        WireError, match=r'at: "2026-03-02T09:00:00" has no offset, so it is no instant; write'
    ):
        at("2026-03-02T09:00:00")
    with pytest.raises(WireError, match=r"facts\.it: 2026-03-02T09:00:00 has no offset"):
        written(datetime(2026, 3, 2, 9))  # noqa: DTZ001  # the naive one is what is refused


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (timedelta(hours=12), "PT12H"),
        (timedelta(days=2, minutes=5), "PT48H5M"),
        (timedelta(seconds=-90), "-PT1M30S"),
        (timedelta(0), "PT0S"),
        (timedelta(microseconds=1), "PT0.000001S"),
        (-timedelta(hours=1, microseconds=500_000), "-PT1H0.5S"),
        (timedelta.max, "PT23999999999H59M59.999999S"),
        (timedelta.min, "-PT23999999976H"),
    ],
)
def test_a_duration_is_iso_8601_in_hours_minutes_and_seconds(amount: timedelta, text: str) -> None:
    assert written(amount) == {"duration": text}
    assert read({"duration": text}) == amount


@pytest.mark.parametrize(
    "text",
    [
        "PT",
        "P1D",
        "12:00",
        "PT1.5H",
        "PT1H ",
        "PT99999999999999H",
        "PT" + "9" * 5000 + "H",
        "-",
        "",
        12,
        None,
    ],
)
def test_a_duration_in_days_or_fractions_of_hours_is_refused(text: Json) -> None:
    with pytest.raises(WireError, match=r"facts\.it\.duration: got .*PT36H"):
        read({"duration": text})


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (Decimal("12.50"), {"decimal": "12.50"}),
        (Decimal("1E+3"), {"decimal": "1E+3"}),
        (date(2026, 3, 2), {"date": "2026-03-02"}),
        (AT, {"instant": "2026-03-02T09:00:00+08:00"}),
        (Money(amount=Decimal("0.10"), currency="CNY"), {"money": {"amount": "0.10", "currency": "CNY"}}),
        (Quantity(amount=500, unit="pcs"), {"quantity": {"amount": 500, "unit": "pcs"}}),
        (Quantity(amount=Decimal("1.5"), unit="kg"), {"quantity": {"amount": "1.5", "unit": "kg"}}),
        (9_007_199_254_740_991, 9_007_199_254_740_991),
        (9_007_199_254_740_992, {"integer": "9007199254740992"}),
        (-9_007_199_254_740_992, {"integer": "-9007199254740992"}),
        ((1, "a", None, (True,)), [1, "a", None, [True]]),
        (Facts({"decimal": "12.50"}), {"facts": {"decimal": "12.50"}}),
        ({"facts": {"money": 1}}, {"facts": {"facts": {"facts": {"money": 1}}}}),
    ],
)
def test_what_json_lacks_stands_under_a_tag(value: object, data: object) -> None:
    assert written(value) == data
    assert read(data) == value


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (1.5, r"it: got 1\.5, allowed is"),
        ({"decimal": 12.5}, r"it\.decimal: got 12\.5, allowed is the digits"),
        ({"decimal": "NaN"}, r"it\.decimal: got \"NaN\""),
        ({"decimal": "1E+9999999999999999999"}, r"it\.decimal: got"),
        ({"date": "2026-02-30"}, r"it\.date: got \"2026-02-30\", allowed is a date"),
        ({"date": "20260302"}, r"it\.date: got"),
        ({"integer": 5}, r"it\.integer: got 5, allowed is the digits of a whole number"),
        ({"integer": "9" * 5000}, r"it\.integer: got \"9+…, allowed is the digits of a whole number"),
        ("\ud800", r"it: got \"\\ud800\", allowed is a text that UTF-8 can hold"),
        ({"facts": {"\udfff": 1}}, r"it\.facts\..*: got .*, allowed is a text that UTF-8"),
        ({"price": "12.50"}, r"it: got \{\"price\": \"12\.50\"\}, allowed is"),
        ({}, r"it: got \{\}, allowed is"),
        ({"date": "2026-03-02", "instant": 1}, r"it: got"),
        ([1, [{"date": 5}]], r"it\[1\]\[0\]\.date: got 5"),
        ({"facts": []}, r"it\.facts: got \[\], allowed is an object"),
        ({"facts": {"a": 1.0}}, r"it\.facts\.a: got 1\.0"),
        ({"money": "12"}, r"it\.money: got \"12\", allowed is an object"),
        (
            {"money": {"amount": "1"}},
            r"it\.money\.currency: this field is missing; needed are amount, currency",
        ),
        (
            {"money": {"amount": 1, "currency": 2}},
            r"amount: got 1, .*\n.*money\.currency: got 2, allowed is a text",
        ),
        ({"quantity": {"amount": 1, "units": "pcs"}}, r"it\.quantity\.units: .* did you mean unit\?"),
        (
            {"quantity": {"amount": True, "unit": "pcs"}},
            r"it\.quantity\.amount: got true, allowed is a whole",
        ),
    ],
)
def test_a_value_that_no_fact_can_hold_is_refused_at_its_place(data: object, place: str) -> None:
    with pytest.raises(WireError, match=place):
        read(data)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, r"it: got 1\.5, allowed is"),
        ("half a \udc00 pair", r"it: got \"half a \\udc00 pair\", allowed is a text that UTF-8 can hold"),
        (object, r"it: got <class 'object'> \(type\), allowed is"),
        (
            Decimal("Infinity"),
            r"it: got Decimal\('Infinity'\) \(Decimal\), allowed is the digits of a finite",
        ),
        ((1, (b"x",)), r"it\[1\]\[0\]: got b'x' \(bytes\)"),
    ],
)
def test_a_fact_that_json_cannot_hold_exactly_is_not_written(value: object, place: str) -> None:
    with pytest.raises(
        WireError, match=r"This Event cannot be written as JSON, 1 problem\(s\):\n  facts\." + place
    ):
        written(value)


def test_the_quantity_of_a_complaint_may_be_undetermined() -> None:
    complaint = Complaint(number="C-1", customer="ACME", quantity="undetermined", received_at=AT)
    assert json.loads(to_json(complaint))["quantity"] == "undetermined"
    assert from_json(Complaint, to_json(complaint)) == complaint
    fits = Draft202012Validator(json_schema(Complaint))
    assert fits.is_valid(json.loads(to_json(complaint)))
    assert not fits.is_valid(json.loads(to_json(complaint).replace("undetermined", "unknown")))


def test_the_quantity_of_a_complaint_is_a_count_a_measure_or_a_quantity() -> None:
    complaint = Complaint(number="C-1", customer="ACME", quantity=Decimal("1.5"), received_at=AT)
    assert json.loads(to_json(complaint))["quantity"] == {"decimal": "1.5"}
    for wrong in ('"many"', "true", '{"date": "2026-03-02"}'):
        text = to_json(complaint).replace('{"decimal":"1.5"}', wrong)
        with pytest.raises(
            WireError, match=r"quantity: got .*, allowed is a whole number, a decimal, a quantity"
        ):
            from_json(Complaint, text)


def test_a_whole_defect_rate_is_written_as_a_decimal() -> None:
    complaint = Complaint(number="C-1", customer="ACME", defect_rate=5, received_at=AT)  # type: ignore[arg-type]
    assert json.loads(to_json(complaint))["defect_rate"] == "5"
    with pytest.raises(WireError, match=r"defect_rate: got true, allowed is the digits"):
        to_json(Complaint(number="C-1", customer="ACME", defect_rate=True, received_at=AT))  # type: ignore[arg-type]
