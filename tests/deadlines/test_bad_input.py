"""Bad input over the plain door: each error says what was got, what is allowed, what to do next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pendulum
import pytest
from pendulum import DateTime

from qms_service.deadlines import Clock, PauseRule
from qms_service.errors import (
    ClauseError,
    ClockError,
    FactValueError,
    NaiveInstantError,
    QmsError,
    SelectorError,
    TermError,
    UnknownNameError,
)


def at(day: int, hour: int = 0) -> DateTime:
    return pendulum.datetime(2026, 3, day, hour, tz="Asia/Shanghai")


CLOCK = Clock("initial-analysis", start="forwarded", stop="analysed", within="12 h", clause="4.2.4.2")


@pytest.mark.parametrize("missing", [None, pd.NaT, float("nan"), pd.NA], ids=["None", "NaT", "nan", "NA"])
def test_a_missing_mark_is_not_yet(missing: Any) -> None:  # noqa: ANN401  # whatever a table holds
    d = CLOCK.deadline({"forwarded": at(2), "analysed": missing}, now=at(2, 1), pauses=[(missing, missing)])
    assert d.state == "running"
    paused = CLOCK.deadline(
        {"forwarded": at(2)},
        now=at(2, 2),
        pauses=[(at(2, 1), missing, missing)],
        agreed=missing,
        facts={"x": missing},
    )
    assert (paused.state, paused.explain().segments[1].reason) == ("paused", "pause")
    assert CLOCK.deadline({"forwarded": missing, "analysed": missing}, now=at(2)).state == "not_started"


def test_a_row_of_a_data_frame_is_read_as_it_is() -> None:
    frame = pd.DataFrame(
        {
            "forwarded": pd.to_datetime(["2026-03-02 09:00"]).tz_localize("Asia/Shanghai"),
            "analysed": pd.to_datetime(["2026-03-02 13:00:00.000001"]).tz_localize("UTC"),
        }
    )
    d = CLOCK.deadline({str(name): cell for name, cell in frame.iloc[0].items()}, now=at(9))
    assert (d.state, str(d.due_at)) == ("met_late", "2026-03-02 21:00:00+08:00")
    assert d.remaining is not None
    assert d.remaining.days < 0
    assert d.remaining.microseconds == 999_999


@pytest.mark.parametrize(
    "naive",
    [datetime(2026, 3, 2, 9), "2026-03-02 09:00", date(2026, 3, 2), pd.Timestamp("2026-03-02 09:00"), 5],  # noqa: DTZ001  # the mistake
    ids=["naive", "text", "date", "naive timestamp", "number"],
)  # fmt: skip
def test_an_instant_without_a_zone_is_refused_wherever_it_stands(naive: Any) -> None:  # noqa: ANN401  # junk
    with pytest.raises(NaiveInstantError, match="time zone"):
        CLOCK.deadline({"forwarded": naive, "analysed": None}, now=at(3))
    with pytest.raises(NaiveInstantError, match="time zone"):
        CLOCK.deadline({"forwarded": at(2), "analysed": None}, now=naive)
    with pytest.raises(NaiveInstantError, match="time zone"):
        CLOCK.deadline({"forwarded": at(2), "analysed": None}, now=at(3), pauses=[(naive, None)])
    with pytest.raises(NaiveInstantError, match="time zone"):
        CLOCK.deadline({"forwarded": at(2), "analysed": None}, now=at(3), agreed=naive)


def test_columns_that_mean_nothing_to_the_clock_are_passed_over_whatever_they_hold() -> None:
    events: Any = {"forwarded": at(2), "analysed": None, "product": "PCB-7781", "sent_on": date(2026, 3, 2)}
    assert CLOCK.deadline(events, now=at(2, 1)).state == "running"
    assert CLOCK.deadline(pd.Series(events), now=at(2, 1)).state == "running"  # type: ignore[arg-type]


@pytest.mark.parametrize("junk", [None, 5, "forwarded", [("forwarded", None)], {5: None}, {"": None}])
def test_events_that_are_no_mapping_of_names_are_refused(junk: Any) -> None:  # noqa: ANN401  # junk
    with pytest.raises(ClockError, match="Give a mapping of event names to instants") as caught:
        CLOCK.deadline(junk, now=at(3))
    assert "请给出事件名到时刻的映射" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"now": None}, NaiveInstantError, "None has no time zone"),
        ({"now": pd.NaT}, NaiveInstantError, "NaT has no time zone"),
        ({"pauses": None}, ClockError, "got None as pauses"),
        ({"pauses": "sample"}, ClockError, "got 'sample' as pauses"),
        ({"facts": None}, FactValueError, "Give a mapping of names to values"),
        ({"facts": ["ours"]}, FactValueError, "Give a mapping of names to values"),
        ({"calendar": "factory"}, ClockError, "got 'factory' as calendar. Give a WorkCalendar"),
        ({"on_unknown": None}, ClockError, "refuse, provisional"),
    ],
)
def test_what_a_clock_is_asked_with_is_of_its_kind(
    asked: dict[str, Any], error: type[QmsError], says: str
) -> None:
    with pytest.raises(error) as caught:
        CLOCK.deadline({"forwarded": at(2)}, **{"now": at(3), **asked})
    assert says in str(caught.value)
    assert caught.value.text("zh") != str(caught.value)


def test_events_that_the_clock_does_not_use_are_passed_over() -> None:
    events = {"received": at(1), "forwarded": at(2), "analysed": None, "contained": at(2, 3)}
    assert CLOCK.deadline(events, now=at(2, 1)).state == "running"


def test_pausing_and_resuming_in_the_row_of_a_table_stop_the_clock_as_in_a_case() -> None:
    events = {"forwarded": at(2), "analysed": None, "paused": at(2, 1), "resumed": at(2, 3)}
    assert CLOCK.deadline(events, now=at(2, 4)).due_at == at(2, 14)


def test_only_the_stop_in_the_mapping_is_not_started() -> None:
    assert CLOCK.deadline({"analysed": at(2)}, now=at(3)).state == "not_started"
    assert CLOCK.deadline({}, now=at(3)).state == "not_started"


def test_a_misspelt_start_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean forwarded") as caught:
        CLOCK.deadline({"forwared": at(2)}, now=at(3))
    assert caught.value.operands["got"] == "forwared"


def test_a_misspelt_stop_beside_a_right_start_is_named_too() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean analysed"):
        CLOCK.deadline({"forwarded": at(2), "anlysed": at(2, 3)}, now=at(3))


def test_a_column_name_for_an_event_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean forwarded"):
        CLOCK.deadline({"forwarded_at": at(2), "analysed_at": at(2, 3)}, now=at(3))


def test_a_mapping_of_another_table_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="none of the events of clock initial-analysis"):
        CLOCK.deadline({"price": at(2), "shipped": None}, now=at(3))


@pytest.mark.parametrize(
    ("pause", "says"),
    [
        ((at(3), at(2)), "before it begins"),
        ((None, at(2)), "no beginning"),
        ((at(2),), "from, to"),
        ((at(2), at(3), "sample", 4), "from, to"),
        (at(2), "from, to"),
    ],
    ids=["backwards", "no beginning", "too short", "too long", "no pair"],
)
def test_a_pause_that_cannot_be_one_is_refused(pause: Any, says: str) -> None:  # noqa: ANN401  # junk
    with pytest.raises(ClockError, match=says):
        CLOCK.deadline({"forwarded": at(2), "analysed": None}, now=at(4), pauses=[pause])


def test_a_pause_later_than_now_is_not_seen_and_one_that_ends_later_still_lasts() -> None:
    events = {"forwarded": at(2), "analysed": None}
    assert CLOCK.deadline(events, now=at(2, 1), pauses=[(at(3), None)]).state == "running"
    assert CLOCK.deadline(events, now=at(2, 1), pauses=[(at(2), at(3))]).state == "paused"


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"id": ""}, ClockError, "needs a name"),
        ({"id": 5}, ClockError, "needs a name"),
        ({"start": []}, ClockError, "no event in start"),
        ({"stop": ()}, ClockError, "no event in stop"),
        ({"start": 5}, SelectorError, "selector"),
        ({"start": {"name": "x"}}, SelectorError, "selector"),
        ({"start": ""}, SelectorError, "selector"),
        ({"stop": None}, SelectorError, "selector"),
        ({"within": 12}, ClockError, 'such as "12 h"'),
        ({"within": "12 hors"}, TermError, "12 hors"),
        ({"warn": 12}, ClockError, "warn"),
        ({"when": "ours"}, ClockError, "when"),
        ({"when": {1: True}}, ClockError, "when"),
        ({"paused_by": None}, ClockError, "paused_by is the id of a pause"),
        ({"paused_by": ["sample", 5]}, ClockError, "paused_by is the id of a pause"),
        ({"label": 5}, ClockError, "a label is a text"),
        ({"label": {}}, ClockError, "a label is a text"),
        ({"label": {"en": 5}}, ClockError, "a label is a text"),
        ({"clause": 5.10}, ClauseError, "Write it in quotes"),
        ({"on_reopen": None}, ClockError, "resume, restart, new"),
        ({"on_reopen": "again"}, ClockError, "resume, restart, new"),
    ],
)  # fmt: skip
def test_a_clock_that_contradicts_itself_is_refused(change: dict[str, Any], error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        Clock(**{"id": "x", "start": "a", "stop": "b", "within": "12 h", **change})


def test_a_pause_rule_with_a_cap_that_is_no_term_is_refused() -> None:
    with pytest.raises(TermError, match="5 is no term"):
        PauseRule("sample", starts="a", ends="b", at_most=5)


def test_a_pause_rule_reads_its_cap() -> None:
    assert str(PauseRule("sample", starts="a", ends="b", at_most="2 d").at_most) == "2 d"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_error_is_told_in_both_languages(lang: str) -> None:
    with pytest.raises(ClockError) as caught:
        CLOCK.deadline({"forwarded": at(2)}, now=at(4), pauses=[(at(3), at(2))])
    assert "initial-analysis" in caught.value.text(lang)
    assert "2026-03-03 00:00 +08:00" in caught.value.text(lang)
