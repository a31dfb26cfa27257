"""Which event fulfils which period, and what is overdue."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service import WorkCalendar
from qms_service.deadlines.duties import (
    Duty,
    DutyCalendar,
    FulfilledBy,
    Occurrence,
    duties_between,
    fulfilment,
)
from qms_service.errors import DutyError
from qms_service.events import Event

ZONE = ZoneInfo("Asia/Shanghai")
DONE = FulfilledBy("compiled", period="month")


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def first_half(duty: Duty, calendar: WorkCalendar | None = None, **objects: object) -> DutyCalendar:
    return duties_between(
        [duty],
        date(2026, 1, 1),
        date(2026, 7, 1),
        calendar=calendar,
        timezone="Asia/Shanghai",
        objects=objects,
    )


def states(found: DutyCalendar) -> list[str]:
    return [str(one.state) for one in found]


def test_each_month_is_met_met_late_overdue_due_or_upcoming() -> None:
    asked = first_half(Duty("summary", every="month", due="day 10", fulfilled_by="compiled"))
    found = fulfilment(
        asked, [Event("compiled", at(1, 10, 23)), Event("compiled", at(2, 11, 0))], now=at(4, 3)
    )
    assert states(found) == ["met", "met_late", "overdue", "due", "upcoming", "upcoming"]
    january, february, march, *_ = found
    assert january.done_at == at(1, 10, 23)
    assert january.late_by is None
    # The 11th begins one microsecond after the 10th ends.
    assert february.late_by == timedelta(microseconds=1)
    assert march.overdue_since == march.due_at
    assert february.overdue_since is None


def test_it_is_in_time_at_its_last_instant_and_overdue_after_it() -> None:
    asked = first_half(Duty("summary", every="month", due="day 10, 17:00", fulfilled_by="compiled"))
    assert states(fulfilment(asked, [Event("compiled", at(1, 10, 17))], now=at(1, 10, 17)))[0] == "met"
    assert states(fulfilment(asked, [], now=at(1, 10, 17)))[0] == "due"
    assert states(fulfilment(asked, [], now=at(1, 10, 17) + timedelta(microseconds=1)))[0] == "overdue"


def test_one_missed_month_does_not_make_all_later_ones_late() -> None:
    asked = first_half(Duty("call", every="month", fulfilled_by="compiled"))
    found = fulfilment(asked, [Event("compiled", at(month, 20)) for month in (2, 3)], now=at(4, 1))
    assert states(found)[:4] == ["overdue", "met", "met", "due"]


def test_what_is_handed_in_late_counts_for_the_oldest_where_the_rule_says_so() -> None:
    asked = first_half(
        Duty("call", every="month", fulfilled_by={"event": "compiled", "counts_for": "oldest"})
    )
    found = fulfilment(asked, [Event("compiled", at(month, 20)) for month in (2, 3)], now=at(4, 1))
    assert states(found)[:4] == ["met_late", "met_late", "overdue", "due"]


def test_an_event_that_names_its_period_counts_for_that_one_alone() -> None:
    asked = first_half(Duty("summary", every="month", fulfilled_by=DONE))
    named = [
        Event("compiled", at(3, 2), facts={"month": "2026-01"}),
        Event("compiled", at(3, 3), facts={"month": date(2026, 2, 14)}),
        Event("compiled", at(3, 4), facts={"month": "2025-11"}),  # none of these
        Event("compiled", at(3, 5), facts={"month": "2026-05-31"}),  # ahead of its time
        # April in Shanghai.
        Event("compiled", at(3, 6), facts={"month": datetime(2026, 3, 31, 16, tzinfo=UTC)}),
        Event("compiled", at(3, 7), facts={"month": 5}),
        Event("compiled", at(3, 8), facts={"month": "2026-13-45"}),
    ]
    found = fulfilment(asked, named, now=at(3, 31))
    assert states(found) == ["met_late", "met_late", "due", "met", "met", "upcoming"]
    assert [one.early for one in found] == [False, False, False, True, True, False]
    assert [done.event.facts["month"] for done in found.surplus] == ["2025-11", 5, "2026-13-45"]


def test_what_comes_late_passes_over_a_period_that_is_named_already() -> None:
    oldest = FulfilledBy("compiled", period="month", counts_for="oldest")
    asked = first_half(Duty("summary", every="month", fulfilled_by=oldest))
    made = [
        Event("compiled", at(3, 2), facts={"month": "2026-02"}),
        Event("compiled", at(3, 3)),
        Event("compiled", at(3, 4)),
    ]
    assert states(fulfilment(asked, made, now=at(3, 31)))[:3] == ["met_late", "met_late", "met"]


def test_a_report_on_last_month_counts_in_the_month_in_which_it_is_due() -> None:
    asked = first_half(Duty("sheets", every="month", due="day 5", of="next", fulfilled_by="compiled"))
    found = fulfilment(asked, [Event("compiled", at(1, 31)), Event("compiled", at(2, 5))], now=at(2, 6))
    assert [(str(one.period), str(one.state)) for one in found][:3] == [
        ("2025-12", "met_late"), ("2026-01", "met"), ("2026-02", "upcoming"),
    ]  # fmt: skip


def test_a_due_date_moved_into_the_next_month_is_still_open_there(factory: WorkCalendar) -> None:
    """31 January 2026 is a Saturday: due on Monday 2 February."""
    asked = first_half(Duty("summary", every="month", shift="next", fulfilled_by="compiled"), factory)
    two = [Event("compiled", at(2, 2)), Event("compiled", at(2, 2, 10))]
    assert states(fulfilment(asked, two[:1], now=at(2, 3)))[:2] == ["met", "due"]
    assert states(fulfilment(asked, two, now=at(2, 3)))[:2] == ["met", "met"]
    assert states(fulfilment(asked, [Event("compiled", at(2, 3))], now=at(2, 3)))[:2] == ["overdue", "met"]


def test_every_december_means_in_december() -> None:
    duty = Duty("greeting", every="year", due="december", fulfilled_by="compiled")
    asked = duties_between([duty], date(2026, 1, 1), date(2027, 1, 1), timezone="Asia/Shanghai")
    assert states(fulfilment(asked, [Event("compiled", at(6, 1))], now=at(7, 1))) == ["upcoming"]
    assert states(fulfilment(asked, [Event("compiled", at(12, 1, 0))], now=at(12, 2))) == ["met"]


def test_what_is_asked_for_ahead_of_its_period_is_done_in_the_one_before(factory: WorkCalendar) -> None:
    duty = Duty("plan", every="quarter", due="5 working d before start", fulfilled_by="compiled")
    asked = duties_between([duty], date(2026, 3, 1), date(2026, 7, 1), calendar=factory)
    assert [(str(one.period), one.opens_on, one.due_on) for one in asked] == [
        ("2026-Q2", date(2026, 1, 1), date(2026, 3, 25)),
        ("2026-Q3", date(2026, 4, 1), date(2026, 6, 24)),
    ]
    assert states(fulfilment(asked, [Event("compiled", at(3, 10))], now=at(3, 11))) == ["met", "upcoming"]


def test_three_times_a_day_takes_three_events_and_is_done_at_the_third() -> None:
    duty = Duty("check", every="day", times=3, fulfilled_by="checked")
    asked = duties_between([duty], date(2026, 3, 2), date(2026, 3, 4), timezone="Asia/Shanghai")
    checks = [Event("checked", at(3, 2, hour)) for hour in (8, 12, 16, 20)] + [Event("checked", at(3, 3))]
    found = fulfilment(asked, checks, now=at(3, 4))
    assert states(found) == ["met", "overdue"]
    assert found[0].done_at == at(3, 2, 16)
    assert [len(one.done_by) for one in found] == [3, 1]
    assert [done.event.at for done in found.surplus] == [at(3, 2, 20)]


def test_a_duty_owed_to_each_customer_is_done_for_each() -> None:
    duty = Duty("call", every="quarter", per="customer", fulfilled_by="called")
    asked = first_half(duty, customer={"ACME": None, "Bolt": date(2026, 2, 10)})
    calls = [
        Event("called", at(2, 1), facts={"customer": "ACME"}),
        Event("called", at(2, 1)),
        Event("called", at(2, 2), facts={"customer": "Core"}),
    ]
    found = fulfilment(asked, calls, now=at(4, 1))
    assert [(one.object, str(one.state)) for one in found] == [
        ("ACME", "met"), ("Bolt", "overdue"), ("ACME", "due"), ("Bolt", "due"),
    ]  # fmt: skip
    assert found.surplus == ()
    assert [one.object for one in found.of("call", "Bolt")] == ["Bolt", "Bolt"]


def test_nobody_can_say_for_whom_where_no_customer_is_given() -> None:
    duty = Duty("call", every="quarter", per="customer", fulfilled_by="called")
    found = fulfilment(first_half(duty), [Event("called", at(2, 1))], now=at(4, 1))
    assert states(found) == ["unknown", "unknown"]
    assert "each customer" in str(found[0].finding)


def test_nobody_can_say_what_no_event_shows() -> None:
    found = fulfilment(first_half(Duty("post-promises", every="month")), [], now=at(2, 15))
    assert states(found) == ["unknown", "due", "upcoming", "upcoming", "upcoming", "upcoming"]
    assert "no event" in str(found[0].finding)


def test_what_is_void_or_lies_ahead_is_not_seen_and_what_is_corrected_counts_as_corrected() -> None:
    asked = first_half(Duty("summary", every="month", fulfilled_by="compiled"))
    history = [
        Event("compiled", at(1, 20), seq=1),
        Event("compiled", at(2, 20), seq=2),
        Event("corrected", at(3, 1), seq=3, facts={"of": 1, "void": True, "reason": "wrong file"}),
        Event("corrected", at(3, 2), seq=4, facts={"of": 2, "at": at(3, 1), "reason": "dated wrongly"}),
        Event("compiled", at(5, 20), seq=5),
    ]
    assert states(fulfilment(asked, history, now=at(4, 1)))[:5] == [
        "overdue",
        "overdue",
        "met",
        "due",
        "upcoming",
    ]
    assert states(fulfilment(asked, history, now=at(2, 25)))[:2] == ["met", "met"]


def test_cases_of_the_kind_count_with_the_facts_of_their_subject() -> None:
    duty = Duty(
        "complaints-of-the-month", every="month", due="end", per="customer",
        fulfilled_by={"event": "compiled", "kind": "summary", "where": {"topic": "complaints"}, "period": "month"},
    )  # fmt: skip

    def case(number: str, kind: str, **facts: str) -> qms.Case:
        subject = qms.Subject(kind, number=number, opened_at=at(2, 1), facts={"customer": "ACME", **facts})
        return qms.Case(subject=subject, pin=PIN, history=(Event("compiled", at(2, 3), seq=1),))

    cases = [
        case("S-1", "summary", topic="complaints", month="2026-01"),
        case("S-2", "summary", topic="claims", month="2026-02"),
        case("X-1", "survey", topic="complaints", month="2026-02"),
    ]
    found = fulfilment(first_half(duty, customer=["ACME"]), cases, now=at(3, 1))
    assert states(found)[:3] == ["met_late", "overdue", "due"]
    assert found[0].done_by[0].case == "S-1"
    assert "done: compiled at 2026-02-03 09:00 +08:00 in S-1\n  late by" in str(found[0].explain())
    assert "已履行" in found[0].explain().text("zh")


PIN = qms.load_rulebook("pcb-maker").open(qms.Complaint(number="C-1", customer="A", received_at=at(1, 1))).pin


def test_what_is_unknown_stays_unknown_and_what_has_no_date_stays_beside() -> None:
    asked = first_half(Duty("spot-check", every="?", fulfilled_by="compiled"))
    found = fulfilment(asked, [Event("compiled", at(1, 5))], now=at(2, 1))
    assert [str(one.state) for one in found.unplaced] == ["unknown"]
    again = fulfilment([*asked.unplaced], [Event("compiled", at(1, 5))], now=at(2, 1))
    assert (len(again), len(again.unplaced)) == (0, 1)


def test_one_event_may_show_two_duties_done() -> None:
    two = [
        Duty("monthly", every="month", fulfilled_by="compiled"),
        Duty("yearly", every="quarter", fulfilled_by="compiled"),
    ]
    asked = duties_between(two, date(2026, 1, 1), date(2026, 4, 1), timezone="Asia/Shanghai")
    found = fulfilment(asked, [Event("compiled", at(1, 5)), Event("compiled", at(1, 6))], now=at(1, 7))
    assert states(found) == ["met", "upcoming", "upcoming", "met"]
    assert [done.event.at for done in found.surplus] == [at(1, 6)]


@pytest.mark.parametrize("wrong", ["compiled", 3, [3], ["compiled"]])
def test_events_are_cases_or_events(wrong: object) -> None:
    with pytest.raises(DutyError, match="cases, or events"):
        fulfilment(first_half(Duty("d", every="month")), wrong, now=at(1, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["compiled", 3, [3]])
def test_occurrences_are_those_of_duties_between(wrong: object) -> None:
    with pytest.raises(DutyError, match="duties_between"):
        fulfilment(wrong, [], now=at(1, 1))  # type: ignore[arg-type]


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 23),
        st.sampled_from((None, None, "2026-01", "2026-03", "2026-W07")),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(
    EVENTS,
    st.sampled_from(("own", "oldest")),
    st.integers(1, 3),
    st.sampled_from(
        [
            (every, due, of)
            for every, due in (("month", "end"), ("month", "day 5"), ("week", "friday"))
            for of in ("this", "next")
        ]
    ),
    st.integers(0, 220),
)
def test_no_event_counts_twice_and_every_state_follows_from_what_counts(
    made: list[tuple[int, int, str | None]],
    policy: str,
    times: int,
    rule: tuple[str, str, str],
    today: int,
) -> None:
    duty = Duty(
        "d", every=rule[0], due=rule[1], of=rule[2], times=times,  # type: ignore[arg-type]
        fulfilled_by={"event": "compiled", "period": "month", "counts_for": policy},
    )  # fmt: skip
    asked = first_half(duty)
    events = [
        Event(
            "compiled",
            at(1, 1, hour) + timedelta(days=day),
            seq=seq,
            facts={} if name is None else {"month": name},
        )
        for seq, (day, hour, name) in enumerate(made, 1)
    ]
    now = at(1, 1) + timedelta(days=today)
    found = fulfilment(asked, events, now=now)
    assert [one.id for one in found] == [one.id for one in asked]
    counted = Counter(done.event.seq for one in found for done in one.done_by)
    over = {done.event.seq for done in found.surplus}
    assert all(n == 1 for n in counted.values())
    assert not over & counted.keys()
    for one in found:
        check(one, times, now)


def check(one: Occurrence, times: int, now: datetime) -> None:
    assert one.due_at is not None
    assert one.period is not None
    assert one.opens_on is not None
    ats = [done.event.at for done in one.done_by]
    assert len(ats) <= times
    assert all(when <= now for when in ats)
    for done in one.done_by:
        named = done.event.facts.get("month")
        if named is None:
            assert done.event.at.astimezone(ZONE).date() >= one.opens_on
        else:
            assert named == one.period.name
    if len(ats) == times:
        assert one.state == ("met" if ats[-1] <= one.due_at else "met_late")
    elif now > one.due_at:
        assert one.state == "overdue"
    else:
        assert one.state == ("due" if now.astimezone(ZONE).date() >= one.opens_on else "upcoming")
