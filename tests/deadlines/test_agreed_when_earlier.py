"""A clock that takes a date agreed with the customer only when it is earlier: the earlier of the two counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import DateTime

from qms_service.deadlines import Clock, Deadline, deadline_of
from qms_service.errors import ClockError
from qms_service.events import Event, timeline
from qms_service.worktime import WorkCalendar

from .oracle import DAY, Plant, Span, counted, earliest, minute_of, moment
from .test_properties import PAUSES, PLANTS, STARTS

HOURS = (("08:30", "12:00"), ("13:30", "17:30"))
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
    known_until=date(2026, 3, 31),
)
REPLENISH = Clock(
    "replenish",
    start="asked",
    stop="sent",
    within="48 h",
    clause="4.3.4.3",
    warn="40 h",
    agreed="when-earlier",
)
Step = tuple[str, DateTime, dict[str, object]]
PAUSED: Step = ("paused", pendulum.datetime(2026, 3, 3, 9, tz="Asia/Shanghai"), {"reason": "no board"})


def at(day: int, hour: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")  # 2 March 2026 is a Monday


def of(*more: Step, now: DateTime, clock: Clock = REPLENISH) -> Deadline:
    history = [Event("asked", at(2, 9), seq=1)]
    history += [
        Event(name, moment, facts=facts, seq=seq) for seq, (name, moment, facts) in enumerate(more, 2)
    ]
    return deadline_of(clock, timeline(history, now), now=now, calendar=FACTORY)


def agreed(moment: DateTime, due: DateTime) -> Step:
    return ("agreed", moment, {"clock": "replenish", "due_at": due})


def extended(moment: DateTime, until: DateTime) -> Step:
    return ("extended", moment, {"clock": "replenish", "until": until, "reason": "no laminate"})


def test_an_earlier_date_is_the_due_time_and_pauses_do_not_move_it() -> None:
    d = of(agreed(at(2, 12), at(3, 12)), PAUSED, now=at(3, 10))
    assert (d.state, d.due_at, d.original_due_at, d.moving) == ("paused", at(3, 12), at(4, 9), False)
    assert "agreed with the customer at 2026-03-02 12:00 +08:00: due 2026-03-03 12:00 +08:00" in str(
        d.explain()
    )


def test_a_later_date_moves_nothing_and_the_explanation_says_so() -> None:
    d = of(agreed(at(2, 12), at(6, 12)), now=at(3))
    assert (d.due_at, d.budget, d.warn_at) == (at(4, 9), timedelta(hours=48), at(4, 1))
    (told,) = d.explain().amendments
    assert (told.kind, told.due_at, told.moved) == ("agreed", at(6, 12), False)
    assert str(d.explain()).splitlines()[1] == (
        "  agreed with the customer at 2026-03-02 12:00 +08:00: 2026-03-06 12:00 +08:00; "
        "this is later than the due time by the rules, which stays"
    )
    assert "晚于规则的到期时间" in d.explain().text("zh")


def test_a_later_date_binds_once_a_pause_moves_the_due_time_past_it() -> None:
    steps = (agreed(at(2, 12), at(4, 12)), PAUSED)
    before, after = of(*steps, now=at(3, 11)), of(*steps, now=at(3, 13))
    assert (before.due_at, before.moving, before.next_change) == (at(4, 11), True, at(4, 12))
    assert (after.due_at, after.moving, after.next_change) == (at(4, 12), False, at(4, 5))
    assert of(*steps, now=at(4, 13)).state == "overdue"
    assert [one.moved for d in (before, after) for one in d.explain().amendments] == [False, True]


def test_a_date_that_is_just_the_due_time_holds_it_there() -> None:
    d = of(agreed(at(2, 12), at(4, 9)), now=at(3))
    assert (d.due_at, d.explain().amendments[0].moved) == (at(4, 9), True)


def test_the_last_date_agreed_is_the_one_that_may_be_earlier() -> None:
    dates = (agreed(at(2, 12), at(3, 12)), agreed(at(2, 13), at(6)))
    d = of(*dates, now=at(3))
    assert (d.due_at, len(d.explain().amendments)) == (at(4, 9), 1)
    assert of(*dates, agreed(at(2, 14), at(4)), now=at(3)).due_at == at(4)


@pytest.mark.parametrize(("day", "moved"), [(3, True), (6, False)])
def test_an_extension_goes_on_from_what_is_in_force(day: int, moved: bool) -> None:
    d = of(agreed(at(2, 12), at(day, 12)), extended(at(3, 8), at(7)), now=at(4))
    assert d.due_at == at(7)
    told = d.explain().amendments
    assert [(one.kind, one.moved) for one in told] == [("agreed", moved), ("extended", True)]
    assert told[1].was_due_at == (at(3, 12) if moved else at(4, 9))


def test_an_extension_to_before_the_due_time_in_force_extends_nothing() -> None:
    assert of(agreed(at(2, 12), at(3, 12)), extended(at(3), at(3, 11)), now=at(3)).due_at == at(3, 12)
    assert of(extended(at(3), at(7)), agreed(at(3, 1), at(6)), now=at(4)).due_at == at(6)
    assert of(extended(at(3), at(7)), agreed(at(3, 1), at(8)), now=at(4)).due_at == at(7)


def test_a_date_beside_a_row_of_ones_own_counts_in_the_same_way() -> None:
    events: dict[str, datetime | None] = {"asked": at(2, 9), "sent": None}
    later = REPLENISH.deadline(events, now=at(3), agreed=at(6))
    assert (later.due_at, REPLENISH.deadline(events, now=at(3), agreed=at(3, 8)).due_at) == (
        at(4, 9),
        at(3, 8),
    )
    assert "  agreed with the customer: 2026-03-06 00:00 +08:00; this is later" in str(later.explain())


PLAN = Clock("replenish", start="asked", stop="sent", within="40 working d", agreed="when-earlier")


def test_beyond_what_the_calendar_knows_a_date_that_it_knows_is_the_earlier() -> None:
    assert of(agreed(at(2, 12), at(20)), now=at(3), clock=PLAN).due_at == at(20)
    assert of(agreed(at(2, 12), at(31).add(days=9)), now=at(3), clock=PLAN).state == "unknown"


def test_a_pause_that_moves_the_due_time_beyond_what_the_calendar_knows_leaves_the_agreed_date() -> None:
    plan = Clock("replenish", start="asked", stop="sent", within="20 working d", agreed="when-earlier")
    pause: Step = ("paused", at(3, 9), {"reason": "x"})
    assert of(agreed(at(2, 12), at(31, 12)), pause, now=at(16), clock=plan).due_at == at(31, 12)
    assert of(pause, now=at(16), clock=plan).state == "unknown"
    assert of(agreed(at(2, 12), at(31).add(days=9)), pause, now=at(16), clock=plan).state == "unknown"


def test_where_the_calendar_has_not_so_much_time_the_agreed_date_is_the_earlier() -> None:
    never = WorkCalendar(timezone="Asia/Shanghai", weekly={}, exceptions={date(2026, 3, 2): HOURS})
    plan = Clock("replenish", start="asked", stop="sent", within="6 working h", agreed="when-earlier")
    events: dict[str, datetime | None] = {"asked": at(2, 9), "sent": None}
    found = [
        plan.deadline(events, now=at(3), calendar=never, agreed=date_agreed, pauses=pauses)
        for date_agreed in (at(20), None)
        for pauses in ([], [(at(2, 9), at(2, 16))])
    ]
    assert [(d.state.value, d.due_at) for d in found] == [
        ("overdue", at(2, 16).add(minutes=30)),
        ("running", at(20)),
        ("overdue", at(2, 16).add(minutes=30)),
        ("unknown", None),
    ]


def test_another_word_for_when_it_counts_is_refused() -> None:
    with pytest.raises(ClockError, match=r"Clock c: agreed is 'earlier', allowed is always, when-earlier"):
        Clock("c", start="a", stop="b", within="1 h", agreed="earlier")  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(PLANTS, STARTS, st.integers(1, 1500), PAUSES, st.integers(DAY, 20 * DAY))
def test_the_due_time_is_the_earlier_of_the_two(
    plant: Plant, start: int, budget: int, pauses: list[Span], promised: int
) -> None:
    clock = Clock("c", start="a", stop="b", within=f"{budget} working min", agreed="when-earlier")
    counts = counted(plant.owners(), start, pauses)
    by_the_rules = earliest([*counts, *[True] * budget], start, budget)
    d = clock.deadline(
        {"a": moment(start)},
        now=moment(50 * DAY),
        calendar=plant.calendar,
        agreed=moment(promised),
        pauses=[(moment(begin), moment(end)) for begin, end in pauses],
    )
    assert minute_of(d.due_at) == min(by_the_rules, promised)
    assert [one.moved for one in d.explain().amendments] == [promised <= by_the_rules]
    assert sum((one.counted for one in d.explain().segments), timedelta()) == d.budget


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 3000),
    st.integers(0, 6000),
    st.integers(0, 4000),
    st.sampled_from(["48 h", "13 working h", "2 working d", "1 working d, end of day"]),
)
def test_nothing_changes_before_the_next_change(paused: int, promised: int, now: int, within: str) -> None:
    clock = Clock("c", start="a", stop="b", within=within, agreed="when-earlier")

    def asked(minute: int) -> Deadline:
        return clock.deadline(
            {"a": moment(DAY)},
            now=moment(DAY + minute),
            calendar=FACTORY,
            agreed=moment(DAY + promised),
            pauses=[(moment(DAY + paused), None)],
        )

    d = asked(now)
    ahead = 9000 if d.next_change is None else minute_of(d.next_change) - DAY
    if now > paused:
        assert {asked(minute).state for minute in (now, (now + ahead) // 2, ahead) if minute >= now} == {
            d.state
        }
