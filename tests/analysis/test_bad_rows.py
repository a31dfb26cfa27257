"""One bad row never spoils a table: it is unknown in every clock, with its reason, and the others are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.analysis.workshop import BERLIN, CLOCKS, NOW, hours, lines

import qms_service as qms
from qms_service.analysis.reasons import Reasons

GOOD = datetime(2026, 3, 3, 9, tzinfo=BERLIN)
EventRows = qms.analysis.EventRows


def reasons(frame: Any) -> list[str | None]:  # noqa: ANN401  # of any kind
    """The reason of each case, which is the same in every clock of one that cannot be read."""
    found = lines(frame)
    cases = [found[at : at + len(CLOCKS)] for at in range(0, len(found), len(CLOCKS))]
    for own in cases:
        assert len({(line["state"], line["reason"]) for line in own}) == 1 or own[0]["state"] != "unknown"
    return [own[0]["reason"] if own[0]["state"] == "unknown" else None for own in cases]


def ask(book: qms.Rulebook, frame: Any, **more: Any) -> list[str | None]:  # noqa: ANN401  # of any kind
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "reported"}, "now": NOW, **more}
    return reasons(qms.analysis.deadlines_frame(frame, book, **asked))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2026-03-03 09:00", "A moment cannot be read"),
        (45_000, "A moment cannot be read"),
        (date(2026, 3, 3), "A moment cannot be read"),
        (object(), "A moment cannot be read"),
        (datetime(2026, 3, 3, 9), "A moment has no zone"),  # noqa: DTZ001  # what is refused
        (datetime(9999, 12, 31, tzinfo=UTC), "A moment lies outside the years that can be computed"),
        (datetime(1, 1, 1, tzinfo=UTC), "A moment lies outside the years that can be computed"),
        (datetime(2026, 1, 31, 22, tzinfo=UTC), "No edition was in force yet"),
        (None, "No event has a moment"),
        (pd.NaT, "No event has a moment"),
        (float("nan"), "No event has a moment"),
    ],
)
def test_a_cell_that_is_no_moment_makes_its_row_unknown(
    book: qms.Rulebook, cell: object, reason: str
) -> None:
    frame = pd.DataFrame({"no": ["a", "b", "c"], "reported": pd.Series([GOOD, cell, GOOD], dtype=object)})
    assert ask(book, frame) == [None, reason, None]
    assert ask(
        book,
        pl.DataFrame({"no": ["a", "b", "c"], "reported": pl.Series([GOOD, cell, GOOD], dtype=pl.Object)}),
    ) == [
        None,
        reason,
        None,
    ]


@pytest.mark.parametrize("zone", ["Europe/Berlin", None])
def test_a_wall_time_that_is_skipped_or_repeated_makes_its_row_unknown(
    book: qms.Rulebook, zone: str | None
) -> None:
    written = ["2026-03-29 01:59", "2026-03-29 02:30", "2026-03-29 03:00", "2025-10-26 02:30"]
    walls: Any = pd.to_datetime(written).astype("datetime64[us]")
    cells: Any = pd.Series(walls) if zone else pd.Series(list(walls.to_pydatetime()), dtype=object)
    for frame in (pd.DataFrame({"no": range(4), "reported": cells}),):
        assert ask(book, frame, timezone="Europe/Berlin") == [
            None,
            "A moment lies in an hour that the clock skipped",
            None,
            "A moment lies in an hour that came twice",
        ]
    result = qms.analysis.deadlines_frame(
        pd.DataFrame({"no": range(4), "reported": cells}),
        book,
        case="no",
        events={"reported": "reported"},
        now=NOW,
        timezone="Europe/Berlin",
    )
    started = lines(result)[0]["started_at"]
    assert started == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)


BAD_FACTS: list[tuple[str, object]] = [
    ("diagnosed.urgent", "yes"),
    ("diagnosed.urgent", 1),
    ("diagnosed.urgent", 1.0),
    ("diagnosed.cost", 12.5),
    ("diagnosed.cost", Decimal("Infinity")),
    ("diagnosed.remark", 7),
    ("diagnosed.promised", GOOD),
    ("subject.machine", "drill"),
    ("subject.number", "7"),
    ("subject.number", True),
    ("subject.number", [7]),
]


@pytest.mark.parametrize(("path", "cell"), BAD_FACTS)
def test_a_fact_that_is_not_of_its_type_makes_its_row_unknown(
    book: qms.Rulebook, path: str, cell: object
) -> None:
    frame = pd.DataFrame(
        {"no": range(3), "reported": [GOOD] * 3, "fact": pd.Series([None, cell, None], dtype=object)}
    )
    assert ask(book, frame, facts={path: "fact"}) == [None, f"The fact {path} cannot be read", None]
    assert ask(book, frame, facts={path: "fact"}, lang="zh") == [None, f"事实 {path} 无法读取", None]


GOOD_FACTS: list[tuple[str, list[object]]] = [
    ("diagnosed.urgent", [True, False, None]),
    ("diagnosed.cost", [Decimal("12.50"), 3, None]),
    ("diagnosed.remark", ["broken", "", None]),
    ("diagnosed.promised", [date(2026, 3, 9), date(2026, 3, 10), None]),
    ("subject.machine", ["press", "lathe", None]),
    ("subject.number", [7, 8, None]),
]


@pytest.mark.parametrize(("path", "cells"), GOOD_FACTS)
def test_a_fact_of_every_type_is_read_from_every_kind_of_frame(
    book: qms.Rulebook, path: str, cells: list[Any]
) -> None:
    same = [cell for cell in cells if type(cell) is type(cells[0])] + [None] * 2
    frames = [
        pd.DataFrame({"no": range(3), "reported": [GOOD] * 3, "fact": pd.Series(cells, dtype=object)}),
        pl.DataFrame({"no": range(3), "reported": [GOOD] * 3, "fact": same[:3]}),
        pa.table({"no": range(3), "reported": [GOOD] * 3, "fact": same[:3]}),
    ]
    for frame in frames:
        assert ask(book, frame, facts={path: "fact"}) == [None] * 3


@pytest.mark.parametrize("dtype", ["bool", "boolean", "bool[pyarrow]", "object"])
def test_a_bool_is_read_from_every_column_of_pandas_that_has_bools(book: qms.Rulebook, dtype: str) -> None:
    urgent = pd.Series([True, False], dtype=dtype)
    frame = pd.DataFrame({"no": [1, 2], "reported": [GOOD] * 2, "urgent": urgent})
    found = qms.analysis.deadlines_frame(
        frame, book, case="no", events={"reported": "reported"}, facts={"diagnosed.urgent": "urgent"}, now=NOW
    )
    states = [line["clause"] for line in lines(found) if line["clock"] == "repair"]
    assert states[0] == "workshop 4.2.1"


def test_numbers_of_which_pandas_made_floats_are_refused_as_the_scalar_refuses_them(
    book: qms.Rulebook,
) -> None:
    frame = pd.DataFrame({"no": range(3), "reported": [GOOD] * 3, "n": [7, None, 8]})
    assert ask(book, frame, facts={"subject.number": "n"}) == [
        "The fact subject.number cannot be read",
        None,
        "The fact subject.number cannot be read",
    ]
    assert ask(book, frame.astype({"n": "Int64"}), facts={"subject.number": "n"}) == [None] * 3


def test_an_event_or_a_fact_that_the_edition_does_not_know_makes_its_row_unknown(book: qms.Rulebook) -> None:
    later = datetime(2026, 3, 20, 9, tzinfo=BERLIN)
    frame = pd.DataFrame(
        {
            "no": range(4),
            "reported": [GOOD, GOOD, later, later],
            "checked": [None, later, later, None],
            "good": [None, None, True, True],
        }
    )
    events = {"reported": "reported", "checked": "checked"}
    assert ask(book, frame, events=events) == [
        None,
        "The edition does not know an event of the case",
        None,
        None,
    ]
    assert (
        ask(book, frame.assign(good=True), facts={"checked.good": "good"})
        == ["The edition does not know a fact of the case"] * 2 + [None] * 2
    )


def test_a_bad_moment_may_have_been_the_opening_so_its_row_has_no_edition(book: qms.Rulebook) -> None:
    frame = pd.DataFrame(
        {
            "no": range(3),
            "reported": pd.Series([GOOD, "?", None], dtype=object),
            "diagnosed": pd.Series(["?", GOOD, "?"], dtype=object),
            "repaired": [GOOD] * 3,
        }
    )
    events = {event: event for event in ("reported", "diagnosed", "repaired")}
    found = lines(qms.analysis.deadlines_frame(frame, book, case="no", events=events, now=NOW))
    assert [line["edition"] for line in found[:: len(CLOCKS)]] == ["1", None, None]
    assert [line["clause"] for line in found[:: len(CLOCKS)]] == ["workshop 4.1", None, None]
    one = qms.analysis.deadlines_frame(frame, book.editions[1], case="no", events=events, now=NOW)
    assert {line["edition"] for line in lines(one)} == {"2"}
    assert {line["state"] for line in lines(one)} == {"unknown"}


def log(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["no", "event", "at", "machine"])


ROW = "R-1", "reported", GOOD, None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("R-1", "repared", GOOD, None), "The name of an event is not known"),
        (("R-1", None, GOOD, None), "The name of an event is not known"),
        (("R-1", 7, GOOD, None), "The name of an event is not known"),
        (("R-1", "repaired", None, None), "An event has no moment"),
        (("R-1", "repaired", "soon", None), "A moment cannot be read"),
        (("R-1", "repaired", GOOD, "drill"), "The fact subject.machine cannot be read"),
        (("R-1", "checked", GOOD, None), "The edition does not know an event of the case"),
    ],
)
def test_one_bad_row_of_a_log_makes_its_case_unknown_and_no_other(
    book: qms.Rulebook, row: tuple[object, ...], reason: str
) -> None:
    frame = log(ROW, ("R-2", "reported", GOOD, "press"), row, ("R-2", "repaired", GOOD, "press"))
    found = ask(
        book,
        frame,
        events=EventRows(name="event", at="at"),
        facts={"subject.machine": "machine"},
        kind="repair",
    )
    assert found == [reason, None]


def test_rows_of_one_case_that_contradict_each_other_make_it_unknown(book: qms.Rulebook) -> None:
    frame = log(
        ("R-1", "reported", GOOD, "press"),
        ("R-2", "reported", GOOD, "press"),
        ("R-1", "repaired", GOOD, "lathe"),
    )
    found = ask(book, frame, events=EventRows(name="event", at="at"), facts={"subject.machine": "machine"})
    assert found == ["The rows of the case contradict each other", None]


def test_rows_without_a_case_number_are_one_unknown_case_at_the_end(book: qms.Rulebook) -> None:
    frame = log(
        ROW, (None, "reported", GOOD, None), (None, "repaired", GOOD, None), ("R-2", "reported", GOOD, None)
    )
    result = qms.analysis.deadlines_frame(
        frame, book, case="no", events=EventRows(name="event", at="at"), now=NOW
    )
    assert reasons(result) == [None, None, "The rows have no case number"]
    assert [line["case"] for line in lines(result)][:: len(CLOCKS)] == ["R-1", "R-2", None]


@pytest.mark.parametrize(
    "numbers",
    [
        pd.Series([[1], "R-2", [1], None], dtype=object),
        pd.Series([{"a": 1}, "R-2", {"a": 1}, float("nan")], dtype=object),
        pl.Series([[1], "R-2", [1], None], dtype=pl.Object),
        pa.array([{"a": 1}, {"a": 2}, {"a": 1}, None]),
    ],
)
def test_the_cases_of_a_log_are_told_apart_whatever_is_their_number(book: qms.Rulebook, numbers: Any) -> None:  # noqa: ANN401  # of any kind
    makers: dict[type, Any] = {pd.Series: pd.DataFrame, pl.Series: pl.DataFrame}
    cells: dict[str, Any] = {"no": numbers, "event": ["reported"] * 4, "at": [GOOD] * 4}
    frame = makers.get(type(numbers), pa.table)(cells)
    assert ask(book, frame, events=EventRows(name="event", at="at")) == [
        *(None, None),
        "The rows have no case number",
    ]


def test_a_case_of_which_every_row_is_passed_over_has_no_event(book: qms.Rulebook) -> None:
    frame = log(ROW, ("R-2", "printed", "soon", None))
    named = EventRows(name="event", at="at", names={"printed": None})
    assert ask(book, frame, events=named) == [None, "No event has a moment"]


def test_a_log_of_cases_older_than_the_rules_is_unknown(book: qms.Rulebook) -> None:
    frame = log(("R-1", "reported", datetime(2026, 1, 5, tzinfo=UTC), None), ("R-2", *ROW[1:]))
    assert ask(book, frame, events=EventRows(name="event", at="at")) == ["No edition was in force yet", None]


def test_a_calendar_that_ends_makes_a_clock_unknown_and_the_weekly_pattern_answers_it(
    book: qms.Rulebook,
) -> None:
    at = datetime(2026, 6, 30, 15, tzinfo=BERLIN)
    frame = pd.DataFrame({"no": range(20), "reported": [at] * 20})
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "reported"}, "now": at}
    found = lines(qms.analysis.deadlines_frame(frame, book, **asked))
    assert {(line["state"], line["reason"]) for line in found if line["clock"] == "diagnosis"} == {
        ("unknown", "The calendar is not known that far")
    }
    found = lines(qms.analysis.deadlines_frame(frame, book, on_unknown="provisional", **asked))
    assert {line["state"] for line in found if line["clock"] == "diagnosis"} == {"running"}


def test_every_reason_has_its_own_sentence_in_both_languages() -> None:
    for lang in ("en", "zh"):
        sentences = Reasons(("subject.machine",)).sentences(lang)
        assert len({*sentences}) == len(sentences)
        assert not [one for one in sentences if one.startswith(("row-", "calendar-", "void-", "clock-"))]


Make = Callable[[list[Any]], Any]


@pytest.mark.parametrize("make", [pd.Series, pl.Series, lambda cells: pa.chunked_array([cells])])
def test_a_column_without_a_single_moment_is_read_as_missing(book: qms.Rulebook, make: Make) -> None:
    started = hours(60, 61)
    for cells in ([None, None], []):
        frame: Any = {"no": range(len(cells)), "reported": started[: len(cells)], "repaired": make(cells)}
        table = (
            pa.table(frame)
            if make not in (pd.Series, pl.Series)
            else pd.DataFrame(frame)
            if make is pd.Series
            else pl.DataFrame(frame)
        )
        assert ask(book, table, events={"reported": "reported", "repaired": "repaired"}) == [None] * len(
            cells
        )
