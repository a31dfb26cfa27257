"""What comes back: the kind that came in, its columns and their types, and nothing of the input is changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.analysis.workshop import CLOCKS, COLUMNS, EVENTS, FACTS, FRAMES, NOW, hours, lines

import qms_service as qms
from qms_service.analysis import grouping, read
from qms_service.analysis.log_part import LogPart
from qms_service.analysis.wide import WidePart

INSTANTS = ("started_at", "due_at", "stopped_at", "original_due_at")
DURATIONS = ("gross", "net", "paused")
TEXTS = ("clock", "clause", "edition", "state", "reason")
ASKED: dict[str, Any] = {
    "case": "no",
    "events": {event: event for event in EVENTS},
    "facts": {path: path for path in FACTS},
    "now": NOW,
}


def cases(count: int) -> list[dict[str, Any]]:
    """Cases that differ: some open, some done, some late, some paused; every fourth has no fact."""
    found = []
    for place in range(count):
        start, done = hours(50 + 7 * place, 52 + 7 * place if place % 7 == 2 else 55 + 9 * place)
        found.append(
            {
                "no": f"R-{place}",
                "reported": start,
                "diagnosed": done if place % 3 or place % 7 == 2 else None,
                "repaired": done + timedelta(hours=40) if place % 5 == 1 else None,
                "waiting": start + timedelta(hours=3) if place % 7 == 2 else None,
                "diagnosed.urgent": (True, False, False, None)[place % 4],
                "subject.machine": ("press", "lathe")[place % 2],
            }
        )
    return found


def frame_of(kind: str, count: int) -> Any:  # noqa: ANN401  # of any kind
    return FRAMES[kind](cases(count), ("no", *EVENTS, *FACTS))


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("count", [0, 1, 40])
def test_the_kind_of_frame_that_came_in_comes_back(book: qms.Rulebook, kind: str, count: int) -> None:
    frame = frame_of(kind, count)
    for layout in ("long", "wide"):
        found = qms.analysis.deadlines_frame(frame, book, layout=layout, **ASKED)
        assert type(found) is type(frame)
        assert len(found) == (count * len(CLOCKS) if layout == "long" else count)


@pytest.mark.parametrize("count", [0, 40])
def test_the_columns_of_pandas(book: qms.Rulebook, count: int) -> None:
    found = qms.analysis.deadlines_frame(frame_of("pandas", count), book, **ASKED)
    assert tuple(found.columns) == COLUMNS
    types = {name: str(dtype) for name, dtype in found.dtypes.items()}
    assert {types[name] for name in INSTANTS} == {"datetime64[us, Europe/Berlin]"}
    assert {types[name] for name in DURATIONS} == {"timedelta64[us]"}
    assert {types[name] for name in TEXTS} == {"category"}
    assert list(found["clock"].cat.categories) == list(CLOCKS)
    assert list(found.index) == list(range(count * len(CLOCKS)))


@pytest.mark.parametrize("count", [0, 40])
def test_the_columns_of_polars(book: qms.Rulebook, count: int) -> None:
    found = qms.analysis.deadlines_frame(frame_of("polars", count), book, **ASKED)
    assert tuple(found.columns) == COLUMNS
    assert {found.schema[name] for name in INSTANTS} == {pl.Datetime("us", "Europe/Berlin")}
    assert {found.schema[name] for name in DURATIONS} == {pl.Duration("us")}
    assert {type(found.schema[name]) for name in TEXTS} == {pl.Enum}


def test_beneath_a_missing_instant_of_polars_there_lies_one_too(book: qms.Rulebook) -> None:
    found = qms.analysis.deadlines_frame(frame_of("polars", 40), book, **ASKED)
    for name in INSTANTS:
        assert found[name].null_count()
        for chunk in found[name].get_chunks():
            beneath = np.frombuffer(chunk.to_arrow().buffers()[1], np.int64)
            assert beneath.min() >= 0  # polars 1 panics at the year of what is no date, though it is null


@pytest.mark.parametrize("count", [0, 40])
def test_the_columns_of_pyarrow(book: qms.Rulebook, count: int) -> None:
    found = qms.analysis.deadlines_frame(frame_of("pyarrow", count), book, **ASKED)
    found.validate(full=True)
    assert tuple(found.column_names) == COLUMNS
    assert {found.schema.field(name).type for name in INSTANTS} == {pa.timestamp("us", "Europe/Berlin")}
    assert {found.schema.field(name).type for name in DURATIONS} == {pa.duration("us")}
    assert all(pa.types.is_dictionary(found.schema.field(name).type) for name in TEXTS)


def test_a_wide_result_has_the_columns_of_each_clock_after_one_another(book: qms.Rulebook) -> None:
    found = qms.analysis.deadlines_frame(frame_of("polars", 3), book, layout="wide", **ASKED)
    of_a_clock = [name for name in COLUMNS if name not in ("case", "clock", "edition")]
    assert found.columns == [
        "case",
        "edition",
        *(f"{clock}.{name}" for clock in CLOCKS for name in of_a_clock),
    ]


def test_all_kinds_of_frame_say_the_same(book: qms.Rulebook) -> None:
    pandas, polars, pyarrow = (
        lines(qms.analysis.deadlines_frame(frame_of(kind, 130), book, **ASKED)) for kind in FRAMES
    )
    assert pandas == polars == pyarrow
    assert {line["state"] for line in pandas} >= {
        "met",
        "met_late",
        "overdue",
        "running",
        "paused",
        "undecided",
    }


def test_two_results_of_one_rulebook_can_be_put_together(book: qms.Rulebook) -> None:
    one = qms.analysis.deadlines_frame(frame_of("pandas", 3), book, **ASKED)
    other = qms.analysis.deadlines_frame(frame_of("pandas", 30), book, **ASKED)
    assert list(pd.concat([one, other]).dtypes) == list(one.dtypes)
    first = qms.analysis.deadlines_frame(frame_of("polars", 3), book, **ASKED)
    assert len(
        pl.concat([first, qms.analysis.deadlines_frame(frame_of("polars", 30), book, **ASKED)])
    ) == 33 * len(CLOCKS)


def test_the_frame_that_came_in_is_not_changed(book: qms.Rulebook) -> None:
    frame = frame_of("pandas", 40)
    naive = frame.assign(**{event: frame[event].dt.tz_localize(None) for event in EVENTS})
    for given, more in ((frame, {}), (naive, dict[str, Any](timezone="UTC"))):
        before = given.copy(deep=True)
        for layout in ("long", "wide"):
            found = qms.analysis.deadlines_frame(given, book, layout=layout, **ASKED, **more)
            found["case"] = "none"
            found.iloc[0, found.columns.get_loc("edition")] = "2"
        pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize(
    "numbers",
    [
        pd.Series([7, 7, 8]),
        pd.Series(["a", "a", None]),
        pd.Series(["a", None, "a"], dtype=object),
        pd.Series(["a", "b", "b"], dtype="category"),
        pd.Series([1, None, 1], dtype="Int64"),
        pd.Series(["a", None, "b"], dtype=pd.ArrowDtype(pa.string())),
    ],
)
def test_case_numbers_come_back_as_they_are_twice_or_missing(book: qms.Rulebook, numbers: pd.Series) -> None:
    frame = pd.DataFrame({"no": numbers, "reported": hours(50, 60, 70)}, index=[5, 5, 9])
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "reported"}, "now": NOW}
    found = qms.analysis.deadlines_frame(frame, book, **asked)
    pd.testing.assert_series_equal(
        found["case"], frame["no"].repeat(len(CLOCKS)), check_names=False, check_index=False
    )
    wide = qms.analysis.deadlines_frame(frame, book, layout="wide", **asked)
    pd.testing.assert_series_equal(wide["case"], frame["no"], check_names=False, check_index=False)
    assert [line["started_at"] for line in lines(found)][:: len(CLOCKS)] == hours(50, 60, 70)


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_of_many_blocks_is_answered_like_one_of_one(
    book: qms.Rulebook, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = lines(qms.analysis.deadlines_frame(frame_of(kind, 40), book, **ASKED))
    log = FRAMES[kind](
        [
            {"no": f"R-{place % 11}", "event": EVENTS[place % 4], "at": at}
            for place, at in enumerate(hours(*range(44)))
        ],
        ("no", "event", "at"),
    )
    rows: dict[str, Any] = {"case": "no", "events": qms.analysis.EventRows(name="event", at="at"), "now": NOW}
    grouped = lines(qms.analysis.deadlines_frame(log, book, **rows))
    done: list[tuple[int, int]] = []
    monkeypatch.setattr(read.blocks_of, "__defaults__", (16,))
    monkeypatch.setattr(grouping.Groups.blocks, "__defaults__", (16,))
    found = qms.analysis.deadlines_frame(
        frame_of(kind, 40), book, progress=lambda *told: done.append(told), **ASKED
    )
    assert lines(found) == whole
    assert done == [(16, 40), (32, 40), (40, 40)]
    done.clear()
    found = qms.analysis.deadlines_frame(log, book, progress=lambda *told: done.append(told), **rows)
    assert lines(found) == grouped
    assert done == [(4, 11), (8, 11), (11, 11)]


def test_the_columns_are_really_taken_and_not_one_row_is_asked_of_the_scalar(
    book: qms.Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> None:
        pytest.fail("a row was asked of the scalar")

    monkeypatch.setattr(WidePart, "ask", ask)
    monkeypatch.setattr(LogPart, "ask", ask)
    found = qms.analysis.deadlines_frame(frame_of("polars", 100), book, **ASKED)
    assert len({line["state"] for line in lines(found)}) > 5


def test_reasons_are_in_the_language_asked(book: qms.Rulebook) -> None:
    frame = pd.DataFrame({"no": [1], "reported": [None], "repaired": hours(50)})
    events = {"reported": "reported", "repaired": "repaired"}
    found = qms.analysis.deadlines_frame(frame, book, case="no", events=events, now=NOW, lang="zh")
    assert [line["reason"] for line in lines(found)] == [None, None, "该版本没有此时限", None]
    found = qms.analysis.deadlines_frame(
        frame.assign(repaired="?"), book, case="no", events={"reported": "reported"}, now=NOW, lang="zh"
    )
    assert {line["reason"] for line in lines(found)} == {"没有一个事件有时刻"}
