"""`Clock.deadline_many`: a clock over the columns of somebody's own table."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock, Deadline
from qms_service.deadlines.batch import NAT, WideRows
from qms_service.deadlines.choice import Fact
from qms_service.errors import (
    ClockError,
    ColumnError,
    FactValueError,
    InstantRangeError,
    MissingExtraError,
    NaiveInstantError,
    TermError,
    UnknownNameError,
)
from qms_service.instants import from_micros
from qms_service.worktime import Term, WorkCalendar

from .columns_oracle import AT, CLOCKS, HOUR, NOW, calendars, row_of, told, wide_rows

unhurried = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:30", "12:00"), ("13:30", "17:30"))),
    known_until=date(2026, 12, 31),
)
URGENCIES = (None, "urgent", "normal", "strange")
PAUSE = st.tuples(AT, st.integers(0, 60)).map(lambda pause: (pause[0], pause[0] + pause[1] * HOUR))
PAUSES = st.one_of(PAUSE, PAUSE, AT.map(lambda begin: (begin, NAT)), st.just((NAT, NAT)))
NOON = pendulum.datetime(2026, 3, 4, 12, tz="Asia/Shanghai")


@attrs.frozen
class ByBoth:
    """A term of so many hours as two facts say."""

    def possible(self, fact: Fact, /) -> list[tuple[Term, None]]:
        """The term."""
        one, other = fact("sent.a"), fact("sent.b")
        assert isinstance(one, int)
        assert isinstance(other, Decimal)
        return [(Term(amount=1 + int(one + other) % 5, unit="h"), None)]


@attrs.frozen
class ByLength:
    """A term of so many hours as a list is long."""

    def possible(self, fact: Fact, /) -> list[tuple[Term, None]]:
        """The term."""
        parts = fact("sent.parts")
        assert isinstance(parts, list)
        return [(Term(amount=len(parts), unit="h"), None)]


def instants(*texts: str | None) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    return np.array([text or "NaT" for text in texts], "datetime64[us]")


def at(us: np.int64) -> datetime | None:
    return None if us == NAT else from_micros(int(us), UTC)


@unhurried
@given(
    calendar=st.one_of(st.none(), calendars()),
    clock=CLOCKS,
    rows=wide_rows(),
    pauses=st.lists(st.lists(PAUSES, min_size=4, max_size=4), max_size=2),
    reopened=st.booleans(),
    now=NOW,
    data=st.data(),
)
def test_a_row_is_what_deadline_says_of_it(  # noqa: PLR0917  # hypothesis names them
    calendar: WorkCalendar | None,
    clock: Clock,
    rows: WideRows,
    pauses: list[list[tuple[int, int]]],
    reopened: bool,
    now: int,
    data: st.DataObject,
) -> None:
    moment, size = from_micros(now, UTC), rows.size
    few = data.draw(st.sampled_from((1, size)))
    events = {name: np.resize(column, few) for name, column in rows.events.items()}
    if reopened:
        events["reopened"] = np.where(events["applied"] == NAT, NAT, events["applied"] + HOUR)
    columns = [np.resize(np.array(pause, np.int64), (few, 2)) for pause in pauses]
    pairs = [(pair[:, 0].view("M8[us]"), pair[:, 1].view("M8[us]")) for pair in columns]
    facts: dict[str, list[object]] = {
        "applied.urgency": data.draw(st.lists(st.sampled_from(URGENCIES), min_size=few, max_size=few)),
        "applied.ours": data.draw(st.lists(st.sampled_from((None, True, False)), min_size=few, max_size=few)),
        "planned.ours": data.draw(st.lists(st.sampled_from((None, True, False)), min_size=few, max_size=few)),
    }

    def of_row(row: int) -> Deadline:
        return clock.deadline(
            {name: at(column[row]) for name, column in events.items()},
            now=moment, calendar=calendar, facts={path: column[row] for path, column in facts.items()},
            pauses=[(at(pair[row, 0]), at(pair[row, 1])) for pair in columns],
        )  # fmt: skip

    def ours() -> Any:  # noqa: ANN401  # what is asked
        return clock.deadline_many(
            {name: column.view("M8[us]") for name, column in events.items()},
            now=moment, calendar=calendar, pauses=pairs, facts=facts,
        )  # fmt: skip

    try:
        wanted = [told(of_row(row)) for row in range(few)]
    except (TermError, UnknownNameError) as error:  # no calendar, or neither start nor stop
        with pytest.raises(type(error)):
            ours()
        return
    found = ours()
    assert [row_of(found, row) for row in range(few)] == wanted


CLOCK = Clock("analysis", start="sent", stop="done", within="6 working h", clause="4.2")
SENT = instants(*(f"2026-03-{day:02}T01:00" for day in range(2, 2 + 20)), *[None] * 20)
DONE = instants(*("2026-03-04T03:00",) * 10, *[None] * 30)


def columns(clock: Clock = CLOCK, *, now: datetime = NOON, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """The arrays over the columns of a month."""
    asked = {"calendar": FACTORY, **more}
    return clock.deadline_many({"sent": SENT, "done": DONE}, now=now, **asked).arrays()


def test_the_arrays_have_texts_instants_and_amounts() -> None:
    found = columns()
    assert found["state"].tolist()[:4] == ["met_late", "met_late", "met", "not_started"]
    assert [found["clause"][0], found["reason"][0]] == ["4.2", ""]
    assert (found["due_at"][0], found["due_at"].dtype) == (np.datetime64("2026-03-02T08:30"), "M8[us]")
    assert (found["gross"][2], found["gross"].dtype) == (np.timedelta64(2, "h"), "m8[us]")
    assert np.isnat(found["due_at"][3])
    frame = pd.DataFrame(found)
    assert frame["state"].value_counts().to_dict() == {"not_started": 37, "met_late": 2, "met": 1}


def test_the_answer_knows_its_clock_its_edition_and_its_length() -> None:
    clock = Clock("analysis", start="sent", stop="done", within="12 h", clause=ClauseRef("4", edition="7"))
    found = clock.deadline_many({"sent": SENT, "done": None}, now=NOON)
    assert (found.id, found.edition, len(found)) == ("analysis", "7", 40)


def test_one_value_stands_for_all_rows() -> None:
    found = CLOCK.deadline_many(
        {"sent": SENT, "done": np.datetime64("2026-03-04", "us")}, now=NOON, calendar=FACTORY
    )
    assert [found.STATES[code] for code in found.state[:3]] == ["met_late", "met_late", "running"]
    only = CLOCK.deadline_many({"sent": np.datetime64("2026-03-02", "us")}, now=NOON, calendar=FACTORY)
    assert (len(only), only.arrays()["state"].tolist()) == (1, ["overdue"])


def test_no_rows_have_no_answers() -> None:
    assert len(CLOCK.deadline_many({"sent": instants()}, now=NOON, calendar=FACTORY)) == 0


def test_a_pause_moves_the_due_time_and_one_that_never_was_does_not() -> None:
    asked = instants(*["2026-03-02T01:00"] * 20, *[None] * 20)
    came = instants(*["2026-03-02T03:00"] * 10, *[None] * 30)
    found = columns(pauses=[(asked, came)])
    assert found["due_at"][0] == np.datetime64("2026-03-03T01:30")
    assert (found["paused"][0], found["gross"][0] - found["net"][0]) == (np.timedelta64(2, "h"),) * 2
    assert (columns(pauses=[(asked, came, "sample")])["due_at"] == found["due_at"])[:3].all()
    assert columns(pauses=[(asked, None)])["state"].tolist()[1] == "met"
    assert (columns(pauses=[(None, None)])["due_at"] == columns()["due_at"])[:3].all()


FACTS: tuple[object, ...] = (
    np.array([True, False] * 20),
    [True, False] * 20,
    pd.Series([True, False] * 20),
    np.array([True, False] * 20, np.object_),
    pd.array([True, False] * 20, dtype="boolean"),
)


@pytest.mark.parametrize("ours", FACTS, ids=lambda facts: type(facts).__name__)
def test_facts_are_arrays_lists_or_the_columns_of_a_frame(ours: object) -> None:
    clock = Clock("c", start="sent", stop="done", within="12 h", when={"analysed.ours": True})
    found = columns(clock, facts={"analysed.ours": ours})["state"].tolist()
    assert found[:4] == ["met_late", "not_applicable", "met", "not_applicable"]


@pytest.mark.parametrize("missing", [None, float("nan"), np.datetime64("NaT"), pd.NA])
def test_what_is_missing_is_not_on_record(missing: object) -> None:
    clock = Clock("c", start="sent", stop="done", within="12 h", when={"analysed.ours": True})
    mixed = [missing, True] * 20
    assert columns(clock, facts={"analysed.ours": mixed})["state"].tolist()[:2] == ["undecided", "met_late"]
    assert columns(clock, facts={"analysed.ours": missing})["state"].tolist()[0] == "undecided"
    assert columns(clock, facts={"analysed.ours": True})["state"].tolist()[0] == "met_late"


def test_facts_of_numbers_and_texts_are_told_apart_from_truths() -> None:
    clock = Clock("c", start="sent", stop="done", within="12 h", when={"analysed.grade": [1, 2]})
    grades = np.array([1.0, np.nan, 3.0, 2.0] * 10)
    assert columns(clock, facts={"analysed.grade": grades})["state"].tolist()[:3] == [
        "met_late", "undecided", "not_applicable",
    ]  # fmt: skip
    with pytest.raises(FactValueError) as raised:
        columns(clock, facts={"analysed.grade": [1, 1, True, 1] * 10})
    assert raised.value.row == 2  # type: ignore[attr-defined]  # the first row with a truth
    assert "Row 2" in str(raised.value)


def test_a_fact_that_no_dictionary_can_hold_is_a_fact_too() -> None:
    clock = Clock("c", start="sent", stop="done", within="12 h", when={"analysed.ours": True})
    with pytest.raises(FactValueError):
        columns(clock, facts={"analysed.ours": [[True]] * 40})


def test_a_choice_may_read_facts_that_no_dictionary_can_hold() -> None:
    clock = Clock("c", start="sent", stop="done", within=ByLength())
    found = columns(clock, facts={"sent.parts": [["a"], ["a", "b"]] * 20})
    assert (found["due_at"] - SENT)[:2].astype("m8[h]").astype(int).tolist() == [1, 2]


def test_many_different_sets_of_facts_are_told_apart() -> None:
    rows = 3000
    clock = Clock("c", start="sent", stop="done", within=ByBoth())
    facts = {"sent.a": np.arange(rows), "sent.b": [Decimal(n) for n in range(rows)], "other": np.arange(rows)}
    sent = np.full(rows, SENT[0])
    found = clock.deadline_many({"sent": sent}, now=NOON, facts=facts).arrays()
    hours = (found["due_at"] - sent) // np.timedelta64(1, "h")
    assert hours.tolist() == [1 + (2 * n) % 5 for n in range(rows)]


def test_a_fact_whose_name_is_misspelt_is_refused() -> None:
    clock = Clock("c", start="sent", stop="done", within="12 h", when={"analysed.ours": True})
    with pytest.raises(UnknownNameError) as raised:
        columns(clock, facts={"analysd.ours": [True] * 40})
    assert raised.value.nearest == "analysed.ours"


@pytest.mark.parametrize(
    "given",
    [["2026-03-02"], [NOON], np.array([1, 2]), np.array(["2026-03-02"]), np.array([NOON]), pd.Series([NOON])],
    ids=["text", "datetimes", "numbers", "texts", "objects", "zoned"],
)
def test_a_column_that_holds_no_instants_is_refused(given: Any) -> None:  # noqa: ANN401  # that is the test
    with pytest.raises(ColumnError, match=r"The column sent holds .*, not instants"):
        CLOCK.deadline_many({"sent": given}, now=NOON, calendar=FACTORY)


def test_columns_of_different_lengths_are_refused_by_their_names() -> None:
    with pytest.raises(ColumnError) as raised:
        CLOCK.deadline_many({"sent": SENT, "done": DONE[:-1]}, now=NOON, calendar=FACTORY)
    assert (raised.value.names, raised.value.got) == (("sent", "done"), (40, 39))  # type: ignore[attr-defined]
    with pytest.raises(ColumnError, match=r"events, analysed\.ours"):
        columns(Clock("c", start="sent", stop="done", within="12 h", when={"analysed.ours": True}),
                facts={"analysed.ours": [True]})  # fmt: skip
    with pytest.raises(ColumnError, match="shape"):
        columns(Clock("c", start="sent", stop="done", within="12 h", when={"analysed.ours": True}),
                facts={"analysed.ours": np.ones((40, 2), bool)})  # fmt: skip
    with pytest.raises(ColumnError, match=r"pauses\[0\]\.to"):
        columns(pauses=[(SENT, DONE[:-1])])


@pytest.mark.parametrize("events", [None, [SENT], "sent"])
def test_what_is_no_mapping_of_columns_is_refused(events: Any) -> None:  # noqa: ANN401  # that is the test
    with pytest.raises(ColumnError, match="not columns by name"):
        CLOCK.deadline_many(events, now=NOON)


@pytest.mark.parametrize("pauses", [None, "asked", [SENT], [(SENT,)], [(SENT, DONE, "sample", 4)]])
def test_what_is_no_pair_of_columns_is_refused(pauses: Any) -> None:  # noqa: ANN401  # that is the test
    with pytest.raises(ClockError):
        columns(pauses=pauses)


def test_a_pause_that_cannot_be_is_refused_with_its_row() -> None:
    later = SENT + np.timedelta64(1, "h")
    with pytest.raises(ClockError) as raised:
        columns(pauses=[(later, np.where(np.arange(40) == 7, SENT, later))])
    assert (raised.value.code, raised.value.row) == ("pause-backwards", 7)  # type: ignore[attr-defined]
    with pytest.raises(ClockError) as raised:
        columns(pauses=[(np.where(np.arange(40) == 5, np.datetime64("NaT"), later), later)])
    assert (raised.value.code, raised.value.row) == ("pause-without-begin", 5)  # type: ignore[attr-defined]


def test_an_instant_outside_the_years_is_refused_with_its_row() -> None:
    for year in ("0001", "9999", "20000"):
        ends = DONE.copy()
        ends[3] = np.datetime64(f"{year}-12-31", "us")
        with pytest.raises(InstantRangeError, match=rf"Row 3 .*{year}-12-31"):
            CLOCK.deadline_many({"sent": SENT, "done": ends}, now=NOON, calendar=FACTORY)


def test_an_instant_before_all_calendars_is_asked_one_by_one() -> None:
    begun = SENT.copy()
    begun[4] = np.datetime64("0003-01-01", "us")
    found = CLOCK.deadline_many({"sent": begun, "done": DONE}, now=NOON, calendar=FACTORY).arrays()
    assert (found["state"][4], found["reason"][4]) == ("unknown", "calendar-years")
    assert found["state"][0] == "met_late"


def test_a_mapping_without_the_events_of_the_clock_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        CLOCK.deadline_many({"arrived": SENT}, now=NOON, calendar=FACTORY)


def test_what_deadline_refuses_is_refused_here_too() -> None:
    with pytest.raises(TermError):
        columns(calendar=None)
    with pytest.raises(ClockError):
        columns(calendar="Shanghai")
    with pytest.raises(ClockError):
        columns(on_unknown="guess")
    for rows in (0, 3, 40):
        with pytest.raises(NaiveInstantError):
            CLOCK.deadline_many({"sent": SENT[:rows]}, now=datetime(2026, 3, 4), calendar=FACTORY)  # noqa: DTZ001  # that is the test


def test_beyond_the_horizon_a_row_is_unknown_or_provisional() -> None:
    late = SENT + np.timedelta64(300, "D")
    events, now = {"sent": late}, NOON.add(days=310)
    found = CLOCK.deadline_many(events, now=now, calendar=FACTORY).arrays()
    assert found["state"].tolist()[:6] == ["overdue"] * 5 + ["unknown"]
    assert found["reason"].tolist()[5] == "calendar-horizon"
    assert np.isnat(found["gross"][0])
    guessed = CLOCK.deadline_many(events, now=now, calendar=FACTORY, on_unknown="provisional").arrays()
    assert guessed["state"].tolist()[:6] == ["overdue"] * 6


def test_without_numpy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("qms_service.deadlines.batch")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(MissingExtraError, match="analysis"):
        columns()
