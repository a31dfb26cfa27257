"""Which event a clock starts or stops at, and which a gate looks for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qms_service.errors import SelectorError
from qms_service.events import Event, Selector, Timeline, first_of, selectors, timeline

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=SHANGHAI)


def line(*events: Event) -> Timeline:
    return timeline(events)


VERIFIED = Selector(event="verified", where={"effective": True}, after="action_completed")


def test_a_clock_takes_the_first_match() -> None:
    seen = line(Event("forwarded", at(9), seq=1), Event("forwarded", at(11), seq=2))
    found = Selector(event="forwarded").first(seen)
    assert found is not None
    assert found.seq == 1


def test_a_clock_stops_at_the_first_match_not_before_its_start() -> None:
    early, start, stop = (
        Event("answered", at(8), seq=1),
        Event("forwarded", at(9), seq=2),
        Event("answered", at(9), seq=3),
    )
    assert Selector(event="answered").first(line(early, start, stop), start) == stop


def test_a_gate_looks_at_the_last_match_alone() -> None:
    done = Event("action_completed", at(9), seq=1)
    good = Event("verified", at(10), seq=2, facts={"effective": True})
    bad = Event("verified", at(11), seq=3, facts={"effective": False})
    assert VERIFIED.holds(line(done, good))
    assert not VERIFIED.holds(line(done, good, bad))


def test_an_approval_falls_when_a_newer_cause_is_reported() -> None:
    approved = Selector(event="approved", after="cause_reported")
    history = (
        Event("cause_reported", at(9), seq=1),
        Event("approved", at(10), seq=2),
        Event("cause_reported", at(11), seq=3),
    )
    assert approved.holds(line(*history[:2]))
    assert not approved.holds(line(*history))


def test_later_in_the_same_moment_is_decided_by_the_order_of_entry() -> None:
    approved = Selector(event="approved", after="cause_reported")
    assert approved.holds(line(Event("cause_reported", at(9), seq=1), Event("approved", at(9), seq=2)))
    assert not approved.holds(line(Event("cause_reported", at(9), seq=2), Event("approved", at(9), seq=1)))


def test_an_event_whose_fact_is_missing_is_not_decided() -> None:
    established = Selector(event="analysed", where={"established": True})
    event = Event("analysed", at(9), seq=1)
    assert established.matches(event, {}) is None
    assert established.matches(event, {"analysed.established": True}) is True


def test_a_selector_may_ask_for_the_department_of_the_event() -> None:
    by_quality = Selector(event="countersigned", where={"department": "quality"})
    assert by_quality.holds(line(Event("countersigned", at(9), seq=1, department="quality")))
    assert not by_quality.holds(line(Event("countersigned", at(9), seq=1, department="planning")))


def test_a_list_means_whichever_comes_first() -> None:
    either = selectors(["sheet_sent", {"event": "record_sent"}])
    seen = line(Event("sheet_sent", at(11), seq=1), Event("record_sent", at(9), seq=2))
    found = first_of(either, seen)
    assert found is not None
    assert found.name == "record_sent"
    assert first_of(either, line()) is None


@pytest.mark.parametrize("given", [7, {"even": "forwarded"}, {"event": "forwarded", "when": {}}, None, [1]])
def test_what_is_no_selector_is_refused(given: object) -> None:
    with pytest.raises(SelectorError, match="A selector is the name of an event"):
        selectors(given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "The event of a selector is the name of an event"),
        ({"event": " "}, "The event of a selector"),
        ({"event": 5}, "got 5"),
        ({"event": None}, "got None"),
        ({"event": "forwarded", "after": 5}, "The after of a selector"),
        ({"event": "forwarded", "after": ""}, "The after of a selector"),
        ({"event": "forwarded", "where": "ours"}, "The where of a selector is a table of facts"),
        ({"event": "forwarded", "where": None}, "got None"),
    ],
)
def test_a_selector_that_points_at_nothing_is_refused(given: object, said: str) -> None:
    with pytest.raises(SelectorError, match=said) as refused:
        selectors(given)
    assert "选择器的" in refused.value.text("zh")


def test_a_selector_tells_true_from_one() -> None:
    effective = Selector(event="verified", where={"effective": True})
    assert effective.matches(Event("verified", at(9), facts={"effective": True}), {})
    assert effective.matches(Event("verified", at(9), facts={"effective": 1}), {}) is False
