"""The ledger of a deadline: what counted, what did not, and why, in two languages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pendulum
from pendulum import DateTime

from qms_service.clauses import ClauseRef
from qms_service.deadlines import Amendment, Clock, Deadline, deadline_of
from qms_service.events import Event, timeline
from qms_service.worktime import Term, Urgency, WorkCalendar

DAY = (("08:30", "12:00"), ("13:30", "17:30"))
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly={"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY},
    exceptions={date(2026, 3, 9): (), date(2026, 3, 10): (("08:30", "12:00"),)},
    exception_names={date(2026, 3, 9): "Founding day"},
    edition="2026-1",
)


def at(day: int, hour: int = 0, minute: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, minute, tz="Asia/Shanghai")  # 6 March 2026 is a Friday


PLAN = Clock(
    "plan", start="applied", stop="planned", within="2 working d", clause=ClauseRef("5.2", document="dealer")
)


def plan(*pauses: tuple[DateTime, DateTime | None, str], clock: Clock = PLAN) -> Deadline:
    return clock.deadline(
        {"applied": at(6, 11), "planned": None}, now=at(20), calendar=FACTORY, pauses=pauses
    )


def rows(deadline: Deadline) -> list[tuple[str, str, float, str]]:
    return [
        (
            segment.start.format("D HH:mm"),
            segment.end.format("D HH:mm"),
            segment.counted / timedelta(hours=1),
            segment.reason,
        )
        for segment in deadline.explain().segments
    ]


def test_every_stretch_from_start_to_due_is_told_with_its_reason() -> None:
    # The second working day, Tuesday the 10th and a half day, is Wednesday the 11th, 11:00.
    assert rows(plan()) == [
        ("6 11:00", "6 12:00", 1.0, "working"),
        ("6 12:00", "6 13:30", 0.0, "break"),
        ("6 13:30", "6 17:30", 4.0, "working"),
        ("6 17:30", "7 00:00", 0.0, "night"),
        ("7 00:00", "9 00:00", 0.0, "weekend"),
        ("9 00:00", "10 00:00", 0.0, "holiday: Founding day"),
        ("10 00:00", "10 08:30", 0.0, "night"),
        ("10 08:30", "10 12:00", 3.5, "working"),
        ("10 12:00", "10 17:30", 0.0, "exception"),
        ("10 17:30", "11 08:30", 0.0, "night"),
        ("11 08:30", "11 11:00", 2.5, "working"),
    ]


def test_the_counted_parts_sum_to_the_budget_and_the_total_runs_along() -> None:
    explanation = plan().explain()
    assert explanation.budget == timedelta(hours=11)
    assert sum((segment.counted for segment in explanation.segments), timedelta()) == timedelta(hours=11)
    assert [segment.total for segment in explanation.segments][-1] == timedelta(hours=11)
    assert explanation.segments[4].total == timedelta(hours=5)


def test_a_pause_shows_its_reason_and_overlapping_ones_show_both_and_count_once() -> None:
    d = plan((at(6, 14), at(6, 16), "sample"), (at(6, 15), at(6, 17), "parts"))
    assert rows(d)[2:7] == [
        ("6 13:30", "6 14:00", 0.5, "working"),
        ("6 14:00", "6 15:00", 0.0, "pause: sample"),
        ("6 15:00", "6 16:00", 0.0, "pause: sample, parts"),
        ("6 16:00", "6 17:00", 0.0, "pause: parts"),
        ("6 17:00", "6 17:30", 0.5, "working"),
    ]
    assert sum((segment.counted for segment in d.explain().segments), timedelta()) == d.budget
    assert d.due_at == at(11, 15, 30)


def test_pauses_for_the_same_reason_that_touch_or_overlap_are_told_as_one() -> None:
    d = plan((at(6, 14), at(6, 15), "sample"), (at(6, 14, 30), at(6, 16), "sample"))
    assert rows(d)[3] == ("6 14:00", "6 16:00", 0.0, "pause: sample")


def test_a_start_before_the_opening_waits_for_it() -> None:
    d = PLAN.deadline({"applied": at(11, 7), "planned": None}, now=at(12), calendar=FACTORY)
    assert rows(d)[0] == ("11 07:00", "11 08:30", 0.0, "night")


def test_the_last_run_to_the_close_is_told_and_not_counted() -> None:
    d = plan(clock=attrs.evolve(PLAN, within="2 working d, end of day"))
    assert rows(d)[-2:] == [
        ("11 12:00", "11 13:30", 0.0, "break"),
        ("11 13:30", "11 17:30", 0.0, "run-to-close"),
    ]
    assert (
        sum((segment.counted for segment in d.explain().segments), timedelta())
        == d.budget
        == timedelta(hours=11)
    )


def test_elapsed_time_is_one_stretch_cut_by_its_pauses() -> None:
    d = plan((at(6, 14), at(6, 16), ""), clock=attrs.evolve(PLAN, within="12 h"))
    assert rows(d) == [
        ("6 11:00", "6 14:00", 3.0, "elapsed"),
        ("6 14:00", "6 16:00", 0.0, "pause"),
        ("6 16:00", "7 01:00", 9.0, "elapsed"),
    ]


def test_a_pause_that_lasts_is_told_as_if_it_ended_now() -> None:
    clock = attrs.evolve(PLAN, within="12 h")
    d = clock.deadline({"applied": at(6, 11)}, now=at(6, 20), pauses=[(at(6, 14), None, "sample")])
    assert rows(d)[1] == ("6 14:00", "6 20:00", 0.0, "pause: sample")


def test_a_corrected_pause_before_an_extension_leaves_its_date() -> None:
    clock = attrs.evolve(PLAN, within="12 h")
    history = [
        Event("applied", at(6, 0), seq=1),
        Event("paused", at(6, 2), seq=2),
        Event("resumed", at(6, 4), seq=3),
        Event("extended", at(6, 8), facts={"clock": "plan", "until": at(7)}, seq=4),
        Event("corrected", at(6, 9), facts={"of": 3, "at": at(6, 3), "reason": "typo"}, seq=5),
    ]
    d = deadline_of(clock, timeline(history), now=at(6, 10))
    assert d.due_at == at(7)
    assert sum((segment.counted for segment in d.explain().segments), timedelta()) == d.budget


def test_the_text_is_a_table_with_clause_sum_and_calendar_edition() -> None:
    text = str(plan((at(6, 14), at(6, 16), "sample")).explain())
    lines = text.splitlines()
    assert lines[0] == "plan: overdue, due 2026-03-11 14:30 +08:00 (2 working d) [dealer 5.2]"
    assert (
        lines[1] == "  2026-03-06 11:00 +08:00 → 2026-03-06 12:00 +08:00     1:00 h     1:00 h  working time"
    )
    assert lines[2] == "  2026-03-06 12:00 +08:00 → 2026-03-06 13:30 +08:00          –     1:00 h  break"
    assert lines[4].endswith("pause: sample")
    assert lines[-2:] == ["  counted 11:00 h", "  calendar edition 2026-1"]


def test_the_text_speaks_chinese() -> None:
    lines = plan().explain().text("zh").splitlines()
    assert lines[0] == "plan：已逾期，到期 2026-03-11 11:00 +08:00（2 working d） [dealer 5.2]"
    assert lines[1].endswith("工作时间")
    assert lines[6].endswith("节假日: Founding day")


def test_a_reader_brings_further_languages() -> None:
    vi = {"explain.break": "nghỉ"}
    assert "nghỉ" in plan().explain().text("vi", {"vi": vi})


def test_without_a_due_time_the_explanation_says_why() -> None:
    lost = attrs.evolve(PLAN, within="?")
    text = plan(clock=lost).explain().text()
    assert text.splitlines() == [
        "plan: unknown (?) [dealer 5.2]",
        "plan: the source lost the figure; the factory has to set it. [dealer 5.2]",
    ]


def test_one_line_for_a_list_carries_the_clause() -> None:
    assert plan().text() == "plan: overdue, due 2026-03-11 11:00 +08:00 (2 working d) [dealer 5.2]"
    assert str(plan()) == plan().text()
    labelled = attrs.evolve(PLAN, label="Plan to the dealer", clause=None)
    assert plan(clock=labelled).text().startswith("Plan to the dealer: overdue, due ")


# 48 h from Monday 09:00 are due on Wednesday 09:00; each amendment below is redone by hand from there


Step = tuple[str, DateTime, dict[str, object]]


def answer(*more: Step, **asked: Any) -> Deadline:  # noqa: ANN401  # as of, warn
    clock = Clock(
        "answer", start="asked", stop="answered", within="48 h", warn=asked.get("warn"), clause="4.2.4.8.1"
    )
    history = [Event("asked", at(2, 9), seq=1)]
    history += [
        Event(name, moment, facts={"clock": "answer", **facts}, seq=seq)
        for seq, (name, moment, facts) in enumerate(more, 2)
    ]
    now = asked.get("now", at(3, 12))
    return deadline_of(clock, timeline(history, now), now=now)


BY_A_DAY: Step = ("extended", at(3, 8), {"within": "24 h", "reason": "parts late", "approved_by": "Wu"})
TO_FRIDAY: Step = ("extended", at(3, 10), {"until": at(6, 12)})
AGREED: Step = ("agreed", at(2, 12), {"due_at": at(4, 8)})


def test_an_extension_is_named_with_its_length_its_reason_and_who_approved_it() -> None:
    explanation = answer(BY_A_DAY).explain()
    assert explanation.amendments == (
        Amendment(
            kind="extended", at=at(3, 8), was_due_at=at(4, 9), due_at=at(5, 9), within="24 h",
            reason="parts late", approved_by="Wu",
        ),
    )  # fmt: skip
    assert str(explanation).splitlines() == [
        "answer: running, due 2026-03-05 09:00 +08:00 (48 h) [4.2.4.8.1]",
        (
            "  extended at 2026-03-03 08:00 +08:00 by 24 h: from 2026-03-04 09:00 +08:00 to 2026-03-05 09:00 +08:00"
            "; reason: parts late; approved by Wu"
        ),
        "  2026-03-02 09:00 +08:00 → 2026-03-05 09:00 +08:00    72:00 h    72:00 h  elapsed",
        "  counted 72:00 h",
    ]
    assert explanation.text("zh").splitlines()[1] == (
        "  2026-03-03 08:00 +08:00 延期 24 h：由 2026-03-04 09:00 +08:00 延至 2026-03-05 09:00 +08:00"
        "；原因：parts late；批准人：Wu"
    )


def test_an_agreed_date_is_named_and_so_is_the_extension_after_it() -> None:
    explanation = answer(BY_A_DAY, AGREED, TO_FRIDAY).explain()
    assert [(one.kind, one.was_due_at, one.due_at) for one in explanation.amendments] == [
        ("agreed", None, at(4, 8)),
        ("extended", at(4, 8), at(5, 8)),
        ("extended", at(5, 8), at(6, 12)),
    ]
    lines = str(explanation).splitlines()
    assert lines[1:4] == [
        "  agreed with the customer at 2026-03-02 12:00 +08:00: due 2026-03-04 08:00 +08:00; pauses do not move it",
        (
            "  extended at 2026-03-03 08:00 +08:00 by 24 h: from 2026-03-04 08:00 +08:00 to 2026-03-05 08:00 +08:00"
            "; reason: parts late; approved by Wu"
        ),
        "  extended at 2026-03-03 10:00 +08:00: from 2026-03-05 08:00 +08:00 to 2026-03-06 12:00 +08:00",
    ]
    assert "与客户约定：到期 2026-03-04 08:00" in explanation.text("zh")
    assert "延期：由 2026-03-05 08:00" in explanation.text("zh")


def test_what_an_agreed_date_overtook_and_what_was_refused_is_not_told() -> None:
    later: Step = ("agreed", at(3, 11), {"due_at": at(7, 8)})
    too_late: Step = ("extended", at(8), {"until": at(9)})
    assert [
        one.due_at for one in answer(BY_A_DAY, AGREED, later, too_late, now=at(9)).explain().amendments
    ] == [at(7, 8)]


def test_an_agreed_date_handed_in_beside_the_events_has_no_moment() -> None:
    clock = Clock("answer", start="asked", stop="answered", within="48 h")
    explanation = clock.deadline({"asked": at(2, 9)}, now=at(3), agreed=at(4, 8)).explain()
    assert explanation.amendments == (Amendment(kind="agreed", at=None, due_at=at(4, 8)),)
    assert str(explanation).splitlines()[1] == (
        "  agreed with the customer: due 2026-03-04 08:00 +08:00; pauses do not move it"
    )
    assert explanation.text("zh").splitlines()[1].startswith("  与客户约定：到期 2026-03-04")


def test_nothing_is_amended_where_nothing_moved() -> None:
    assert answer().explain().amendments == ()


def test_no_warning_comes_after_the_due_time() -> None:
    assert answer(warn="36 h").warn_at == at(3, 21)
    earlier = answer(("agreed", at(2, 12), {"due_at": at(3, 20)}), warn="36 h")
    assert (earlier.due_at, earlier.warn_at, earlier.next_change) == (at(3, 20), None, at(3, 20))
    assert answer(("agreed", at(2, 12), {"due_at": at(3, 21)}), warn="36 h").warn_at == at(3, 21)


def test_an_urgency_is_said_in_the_reader_s_language() -> None:
    events = {"applied": at(6, 11), "planned": None}
    for within, en, zh in (
        ("at once", "at once", "立即"),
        ("in good time", "in good time", "及时"),
        ("?", "?", "待定"),
    ):
        d = attrs.evolve(PLAN, within=within).deadline(events, now=at(7))
        assert f"({en})" in d.text()
        assert f"（{zh}）" in d.text("zh")


@attrs.frozen
class TermOrInGoodTime:
    def possible(self, _fact: object, /) -> list[tuple[Term | Urgency, None]]:
        return [(Term.parse("2 d"), None), (Urgency.IN_GOOD_TIME, None)]


def test_an_urgency_among_terms_is_said_so_too() -> None:
    d = attrs.evolve(PLAN, within=TermOrInGoodTime()).deadline(
        {"applied": at(6, 11), "planned": None}, now=at(7)
    )
    assert "（2 d | 及时）" in d.text("zh")
