"""A history made elsewhere: taken as it is, unless it cannot be read."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PROC = qms.load_rulebook("pcb-maker").on(NINE)
SUBJECT = qms.Complaint(number="C-1", customer="ACME", received_at=NINE)


def event(name: str, hours: float, **columns: object) -> qms.Event:
    return qms.Event(name, NINE + timedelta(hours=hours), **columns)  # type: ignore[arg-type]


def findings(*events: qms.Event, subject: qms.Complaint = SUBJECT) -> tuple[qms.Finding, ...]:
    with pytest.raises(qms.Refused) as refused:
        PROC.adopt(subject, events)
    for finding in refused.value.findings:
        assert finding.text("zh") != finding.text("en")
    return refused.value.findings


def test_no_gate_is_asked_what_was_done_was_done() -> None:
    case = PROC.adopt(SUBJECT, [event("closed", 5), event("answered", 3)])
    assert [one.name for one in case.history] == ["received", "answered", "closed"]
    assert case.status == "closed"


def test_the_opening_is_added_where_it_is_not_there() -> None:
    added = PROC.adopt(SUBJECT, [event("forwarded", 1)])
    first = added.history[0]
    assert (first.name, first.at, first.recorded_at) == ("received", NINE, None)
    there = PROC.adopt(SUBJECT, [event("forwarded", 1), event("received", 0.5)])
    assert [one.name for one in there.history] == ["received", "forwarded"]


def test_when_it_was_entered_stays_unknown() -> None:
    case = PROC.adopt(SUBJECT, [event("forwarded", 1)])
    assert {one.recorded_at for one in case.history} == {None}


def test_events_without_a_place_are_put_in_the_order_in_which_they_happened() -> None:
    case = PROC.adopt(
        SUBJECT,
        [event("contained", 9), event("forwarded", 1), event("analysed", 4, facts={"established": True})],
    )
    assert [(one.seq, one.name) for one in case.history] == [
        (1, "received"),
        (2, "forwarded"),
        (3, "analysed"),
        (4, "contained"),
    ]


def test_an_hour_that_the_wall_shows_twice_is_put_in_order_by_instants() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = qms.Event("forwarded", datetime(2026, 10, 25, 2, 50, tzinfo=berlin, fold=0))
    second = qms.Event("contained", datetime(2026, 10, 25, 2, 10, tzinfo=berlin, fold=1))
    assert [one.name for one in PROC.adopt(SUBJECT, [second, first]).history] == [
        "received",
        "forwarded",
        "contained",
    ]


def test_the_order_of_entry_is_kept_where_the_source_tells_it() -> None:
    entered = [event("received", 0, seq=1), event("contained", 9, seq=2), event("forwarded", 1, seq=3)]
    assert [one.name for one in PROC.adopt(SUBJECT, entered).history] == [
        "received",
        "contained",
        "forwarded",
    ]


def test_corrections_follow_their_events_to_their_new_places() -> None:
    entered = [
        event("forwarded", 1, seq=10),
        event("analysed", 4, seq=20, facts={"established": True}),
        event("corrected", 5, seq=30, facts={"of": 20, "facts": {"established": False}, "reason": "misread"}),
    ]
    case = PROC.adopt(SUBJECT, entered)
    assert case.history[-1].facts["of"] == 3
    assert case.timeline().fact("analysed.established") is False


def test_facts_and_departments_are_kept_as_the_rulebook_has_them() -> None:
    case = PROC.adopt(
        SUBJECT,
        [
            event("forwarded", 1, department="客户服务部"),
            event("analysed", 4, seq=0, facts={"established": True, "responsible": "PMC", "cause": None}),
            event("corrected", 5, facts={"of": 3, "facts": {"responsible": "货仓"}, "reason": "misread"}),
        ],
    )
    assert case.history[1].department == "marketing"
    assert case.history[2].facts == {"established": True, "responsible": "planning"}
    assert case.timeline().fact("analysed.responsible") == "warehouse"


def test_everything_that_cannot_be_read_is_told_at_once() -> None:
    found = findings(
        event("analised", 1),
        event("analysed", 2, facts={"established": "yes", "our": True}),
        event("verified", 3),
        event("forwarded", 4, department="Marketting"),
    )
    assert [(one.subject, one.code) for one in found] == [
        ("analised", "unknown-name.nearest"),
        ("analysed", "fact-value"),
        ("analysed", "unknown-fact.nearest"),
        ("verified", "missing-fact"),
        ("forwarded", "unknown-name.nearest"),
    ]
    assert "Did you mean analysed?" in found[0].text()
    assert "got 'yes' (str), allowed is bool" in found[1].text()
    assert "Did you mean ours?" in found[2].text()
    assert found[3].text() == "verified needs the fact effective (bool). [pcb-maker 4.2.4.9]"
    assert "unknown department Marketting. Did you mean marketing?" in found[4].text()


def test_a_correction_that_brings_what_its_event_cannot_hold_is_not_read() -> None:
    (found,) = findings(
        event("analysed", 2, facts={"established": True}),
        event("corrected", 3, facts={"of": 2, "facts": {"established": 1}, "reason": "x"}),
    )
    assert (found.code, found.facts["fact"]) == ("fact-value", "established")


def test_a_correction_of_nothing_is_read_and_found_in_review() -> None:
    case = PROC.adopt(SUBJECT, [event("corrected", 3, facts={"of": 9, "void": True, "reason": "x"})])
    assert "correction-target" in [one.code for one in PROC.review(case)]


def test_an_event_without_a_zone_never_gets_so_far() -> None:
    with pytest.raises(qms.NaiveInstantError, match="Give an aware datetime"):
        qms.Event("forwarded", datetime(2026, 3, 2, 9))  # noqa: DTZ001  # the mistake under test


def test_a_history_adopted_gives_the_deadlines_that_recording_it_gave() -> None:
    case = PROC.open(SUBJECT)
    case = PROC.record(case, "forwarded", at=NINE + timedelta(hours=1))
    case = PROC.record(case, "analysed", at=NINE + timedelta(hours=20), established=True, ours=True)
    adopted = PROC.adopt(SUBJECT, case.history)
    assert adopted == case
    now = NINE + timedelta(hours=30)
    assert PROC.deadlines(adopted, now=now) == PROC.deadlines(case, now=now)
