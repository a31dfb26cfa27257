"""How events, corrections and reopening make the history that rules see."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qms_service.errors import NaiveInstantError
from qms_service.events import Event, effective, timeline

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour: int, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def names(events: tuple[Event, ...]) -> list[str]:
    return [event.name for event in events]


def corrected(seq: int, hour: int, **facts: object) -> Event:
    return Event("corrected", at(hour), seq=seq, facts={"reason": "typing error", **facts})


def test_events_are_seen_in_the_order_in_which_they_happened() -> None:
    history = (
        Event("received", at(9), seq=1),
        Event("answered", at(12), seq=2),
        Event("analysed", at(10), seq=3),
    )
    assert names(effective(history)) == ["received", "analysed", "answered"]


def test_events_of_one_moment_are_seen_in_the_order_of_their_entry() -> None:
    history = (
        Event("received", at(9), seq=1),
        Event("analysed", at(9), seq=3),
        Event("forwarded", at(9), seq=2),
    )
    assert names(effective(history)) == ["received", "forwarded", "analysed"]


def test_an_event_after_the_moment_asked_is_not_seen_one_at_that_moment_is() -> None:
    history = (Event("received", at(9), seq=1), Event("forwarded", at(10), seq=2))
    assert names(effective(history, at(9))) == ["received"]
    assert names(effective(history, at(10))) == ["received", "forwarded"]


def test_two_instants_of_one_zone_keep_their_order_through_a_repeated_hour() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = Event("received", datetime(2024, 10, 27, 2, 50, tzinfo=berlin, fold=0), seq=1)
    second = Event("forwarded", datetime(2024, 10, 27, 2, 10, tzinfo=berlin, fold=1), seq=2)
    assert names(effective((second, first))) == ["received", "forwarded"]
    assert names(effective((first, second), first.at)) == ["received"]


def test_a_correction_mends_the_facts_from_its_own_moment_on() -> None:
    history = (
        Event("analysed", at(9), seq=1, facts={"established": True, "ours": True}),
        corrected(2, 14, of=1, facts={"ours": False}),
    )
    assert timeline(history, at(13)).fact("analysed.ours") is True
    assert timeline(history, at(14)).fact("analysed.ours") is False
    assert timeline(history, at(14)).fact("analysed.established") is True
    assert history[0].facts == {"established": True, "ours": True}


def test_a_correction_of_the_time_moves_the_event() -> None:
    history = (
        Event("received", at(9), seq=1),
        Event("forwarded", at(12), seq=2),
        corrected(3, 13, of=2, at=at(10)),
    )
    seen = effective(history)
    assert [event.at for event in seen if event.name == "forwarded"] == [at(10)]
    assert names(seen) == ["received", "forwarded", "corrected"]


def test_a_correction_strikes_an_event_out() -> None:
    history = (
        Event("received", at(9), seq=1),
        Event("closed", at(12), seq=2),
        corrected(3, 13, of=2, void=True),
    )
    assert names(effective(history)) == ["received", "corrected"]


def test_a_correction_that_is_struck_out_changes_nothing() -> None:
    history = (
        Event("analysed", at(9), seq=1, facts={"ours": True}),
        corrected(2, 10, of=1, facts={"ours": False}),
        corrected(3, 11, of=2, void=True),
    )
    assert timeline(history, at(10)).fact("analysed.ours") is False
    assert timeline(history, at(11)).fact("analysed.ours") is True


def test_of_two_corrections_the_later_wins() -> None:
    history = (
        Event("analysed", at(9), seq=1, facts={"cause": "process"}),
        corrected(3, 12, of=1, facts={"cause": "operation"}),
        corrected(2, 10, of=1, facts={"cause": "unknown"}),
    )
    assert timeline(history).fact("analysed.cause") == "operation"


def test_a_correction_of_an_event_that_does_not_exist_changes_nothing() -> None:
    history = (Event("received", at(9), seq=1), corrected(2, 10, of=7, void=True))
    assert names(effective(history)) == ["received", "corrected"]


def test_reopening_begins_a_cycle_that_does_not_see_the_events_before() -> None:
    history = (
        Event("analysed", at(9), seq=1, facts={"established": True}),
        Event("closed", at(12), seq=2),
        Event("reopened", at(9, day=5), seq=3),
    )
    line = timeline(history)
    assert line.cycle == 1
    assert line.last("analysed") is None
    assert line.fact("analysed.established") is None
    assert line.last("analysed", keeps=True) == history[0]
    assert timeline(history, at(13)).last("analysed") == history[0]


def test_one_more_event_gives_the_same_timeline_as_the_whole_history() -> None:
    history = (Event("received", at(9), seq=1), Event("forwarded", at(10), seq=2))
    grown = timeline(history[:1]).with_event(history[1])
    assert grown is not None
    assert grown.events == timeline(history).events
    assert grown.last("forwarded") == timeline(history).last("forwarded")


@pytest.mark.parametrize("name", ["corrected", "reopened"])
def test_an_event_that_changes_what_was_seen_asks_for_a_new_timeline(name: str) -> None:
    assert timeline((Event("received", at(9), seq=1),)).with_event(Event(name, at(10), seq=2)) is None


def test_an_event_dated_back_asks_for_a_new_timeline() -> None:
    assert timeline((Event("received", at(9), seq=1),)).with_event(Event("forwarded", at(8), seq=2)) is None


def test_an_event_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError, match="no time zone"):
        Event("received", datetime(2026, 3, 2, 9))  # noqa: DTZ001  # the mistake under test
