"""A duty calendar as a calendar program reads it."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from importlib import import_module, util
from importlib.machinery import ModuleSpec
from typing import Any

import icalendar
import pytest

from qms_service import WorkCalendar
from qms_service.deadlines.duties import Duty, DutyCalendar, duties_between, fulfilment
from qms_service.deadlines.duties.ical import to_ical
from qms_service.errors import DutyError, MissingExtraError, NaiveInstantError
from qms_service.events import Event

NOW = datetime(2026, 1, 1, 8, tzinfo=UTC)
DUTIES = [
    Duty("collect-sheets", every="month", due="day 5", of="next", shift="next", clause="4.2", by="hr",
         label={"en": "Collect the sheets, last month's", "zh": "收集上月的服务质量巡检表；逾期须向人力资源部书面说明原因并附整改措施"}),
    Duty("meeting", every="week", due="friday, 17:00", shift="skip", by="service"),
    Duty("call", every="quarter", per="customer", fulfilled_by="called"),
    Duty("spot-check", every="?"),
]  # fmt: skip


@pytest.fixture(scope="module")
def year(factory: WorkCalendar) -> DutyCalendar:
    objects = {"customer": ["艾克米"]}
    return duties_between(DUTIES, date(2026, 1, 1), date(2027, 1, 1), calendar=factory, objects=objects)


def entries(content: bytes, kind: str = "VEVENT") -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk(kind))


def test_it_reads_back_with_the_date_the_name_the_clause_and_the_owner(year: DutyCalendar) -> None:
    found = entries(to_ical(year, now=NOW, lang="zh", name="品质部"))
    assert len(found) == len(year) == 12 + 46 + 4
    april = next(one for one in found if one["UID"] == "collect-sheets/2026-03@qms-service")
    assert april.decoded("DTSTART") == date(2026, 4, 7)
    assert april.decoded("DTEND") == date(2026, 4, 8)
    assert str(april["SUMMARY"]) == "收集上月的服务质量巡检表；逾期须向人力资源部书面说明原因并附整改措施"
    assert "[4.2]" in april["DESCRIPTION"]
    assert "清明节" in april["DESCRIPTION"]
    assert april["DESCRIPTION"].endswith("责任部门：hr")
    assert [str(one) for one in april["CATEGORIES"].cats] == ["hr", "collect-sheets"]
    assert april.decoded("DTSTAMP") == NOW


def test_a_time_of_the_day_is_a_moment_in_utc(year: DutyCalendar) -> None:
    meeting = next(
        one for one in entries(to_ical(year, now=NOW)) if one["UID"].startswith("meeting/2026-W02")
    )
    assert meeting.decoded("DTSTART") == datetime(2026, 1, 9, 9, tzinfo=UTC)
    assert "DTEND" not in meeting


def test_ids_are_unique_and_the_same_in_every_run(year: DutyCalendar, factory: WorkCalendar) -> None:
    ids = [one["UID"] for one in entries(to_ical(year, now=NOW))]
    assert len(set(ids)) == len(ids)
    some = duties_between(
        DUTIES, date(2026, 6, 1), date(2026, 7, 1), calendar=factory, objects={"customer": ["艾克米"]}
    )
    again = [one["UID"] for one in entries(to_ical(some, now=NOW + timedelta(30), lang="zh"))]
    assert set(again) < set(ids)
    assert to_ical(year, now=NOW) == to_ical(year, now=NOW)
    assert b"@acme.example" in to_ical(some, now=NOW, domain="acme.example")


def test_no_line_is_longer_than_75_octets_and_all_end_in_crlf(year: DutyCalendar) -> None:
    """RFC 5545, 3.1."""
    content = to_ical(year, now=NOW, lang="zh")
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    content.decode()


def test_tasks_tell_what_is_done(year: DutyCalendar) -> None:
    called = Event("called", datetime(2026, 2, 3, 4, 5, 6, 7, tzinfo=UTC), facts={"customer": "艾克米"})
    found = fulfilment(year, [called], now=datetime(2026, 6, 1, tzinfo=UTC))
    tasks = {one["UID"]: one for one in entries(to_ical(found, now=NOW, kind="todo"), "VTODO")}
    first, second = (tasks[f"call/艾克米/2026-{quarter}@qms-service"] for quarter in ("Q1", "Q2"))
    assert (str(first["STATUS"]), first.decoded("COMPLETED")) == (
        "COMPLETED",
        datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    )
    assert first.decoded("DUE") == date(2026, 3, 31)
    assert str(second["STATUS"]) == "NEEDS-ACTION"
    assert tasks["meeting/2026-W02@qms-service"].decoded("DUE") == datetime(2026, 1, 9, 9, tzinfo=UTC)


def test_a_provisional_date_is_tentative_and_an_unknown_one_is_left_out(factory: WorkCalendar) -> None:
    span = date(2027, 1, 1), date(2027, 2, 1)
    assert entries(to_ical(duties_between(DUTIES[:1], *span, calendar=factory), now=NOW)) == []
    provisional = duties_between(DUTIES[:1], *span, calendar=factory, on_unknown="provisional")
    assert [str(one["STATUS"]) for one in entries(to_ical(provisional, now=NOW))] == ["TENTATIVE"]


def test_bad_input_is_told(year: DutyCalendar) -> None:
    with pytest.raises(DutyError, match="allowed is event, todo"):
        to_ical(year, now=NOW, kind="journal")  # type: ignore[arg-type]
    with pytest.raises(NaiveInstantError):
        to_ical(year, now=datetime(2026, 1, 1))  # noqa: DTZ001  # that is the mistake
    with pytest.raises(DutyError, match="duties_between"):
        to_ical([3], now=NOW)  # type: ignore[list-item]
    with pytest.raises(DutyError, match="duties_between"):
        to_ical(None, now=NOW)  # type: ignore[arg-type]


def test_the_name_of_the_calendar_is_escaped_as_a_text(year: DutyCalendar) -> None:
    lines = to_ical(year, now=NOW, name="Quality; East,\r\nX-EVIL:1").split(b"\r\n")
    assert rb"X-WR-CALNAME:Quality\; East\,\nX-EVIL:1" in lines  # RFC 5545, 3.3.11


def test_without_the_library_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    real = util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "icalendar" else real(name, package)

    monkeypatch.setattr(util, "find_spec", without)
    monkeypatch.delitem(sys.modules, "qms_service.deadlines.duties.ical")
    with pytest.raises(MissingExtraError, match=r'pip install "qms-service\[ical\]"'):
        import_module("qms_service.deadlines.duties.ical")
