"""The live case of a row explains its figures, and an unreadable row says exactly what is the matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.analysis.workshop import BERLIN, EVENTS, FRAMES, NOW, hours, lines, plain, told, without_reason

import qms_service as qms

AT = datetime(2026, 3, 3, 9, tzinfo=BERLIN)
WALL = AT.replace(tzinfo=None)
EventRows = qms.analysis.EventRows
FACTS = {"diagnosed.urgent": "diagnosed.urgent", "subject.machine": "subject.machine"}
ASKED: dict[str, Any] = {"case": "no", "events": {event: event for event in EVENTS}, "facts": FACTS}
ROW = {
    "no": "R-1", **dict.fromkeys(EVENTS), "reported": AT, "diagnosed": hours(60)[0], "waiting": hours(58)[0],
    "delivered": hours(59)[0], "diagnosed.urgent": True, "subject.machine": "press",
}  # fmt: skip


@pytest.mark.parametrize("kind", FRAMES)
def test_the_live_case_has_the_figures_of_the_frame_and_explains_them(book: qms.Rulebook, kind: str) -> None:
    frame = FRAMES[kind]([ROW], ("no", *EVENTS, *FACTS))
    case = qms.analysis.case_of(frame, book, **ASKED)
    assert (case.id, case.kind, case.pin.edition, case.status) == ("R-1", "repair", "1", "open")
    proc = book.of(case)
    found = lines(qms.analysis.deadlines_frame(frame, book, now=NOW, **ASKED))
    known = [without_reason(line) for line in found if line["clock"] in proc.rules.kind("repair").clocks]
    assert [told(one) for one in proc.deadlines(case, now=NOW)] == known
    explained = proc.deadline(case, "repair", now=NOW).explain()
    assert sum(segment.counted.total_seconds() for segment in explained.segments) == 6 * 3600
    assert "parts" in str(explained)


Shape = Callable[[dict[str, Any]], object]
SHAPES: dict[str, Shape] = {
    "mapping": dict,
    "series": pd.Series,
    "row of pandas": lambda row: pd.DataFrame([row]).iloc[0],
    "named tuple": lambda row: next(
        pd.DataFrame([{name.replace(".", "_"): cell for name, cell in row.items()}]).itertuples()
    ),
    "frame of pandas": lambda row: pd.DataFrame([row]),
    "frame of polars": lambda row: pl.DataFrame([row]),
    "table of pyarrow": lambda row: pa.Table.from_pylist([row]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_is_taken_in_every_shape_that_it_comes_in(book: qms.Rulebook, shape: str) -> None:
    asked = ASKED | (
        {"facts": {path: path.replace(".", "_") for path in FACTS}} if shape == "named tuple" else {}
    )
    case = qms.analysis.case_of(SHAPES[shape](ROW), book, **asked)
    assert [(event.name, plain(event.at)) for event in case.history] == [
        (event, plain(ROW[event])) for event in ("reported", "diagnosed", "waiting", "delivered")
    ]
    assert case.history[1].facts == {"urgent": True}
    assert case.subject.facts == {"machine": "press"}


def test_cells_of_numpy_are_read(book: qms.Rulebook) -> None:
    row = {**ROW, "reported": np.datetime64("2026-03-03T09:00"), "diagnosed.urgent": np.True_}
    case = qms.analysis.case_of(row, book, timezone="Europe/Berlin", **ASKED)
    assert plain(case.history[0].at) == plain(AT)
    assert case.history[1].facts == {"urgent": True}


def test_an_instant_beyond_the_years_of_python_says_so(book: qms.Rulebook) -> None:
    beyond = pa.table({"no": ["R-1"], "reported": pa.array([2**62], pa.timestamp("us", "UTC"))})
    with pytest.raises(qms.ColumnError, match="of the column reported lies outside the years"):
        qms.analysis.case_of(beyond, book, case="no", events={"reported": "reported"})


def test_a_row_of_a_frame_whose_columns_have_numbers_for_names(book: qms.Rulebook) -> None:
    frame = pd.DataFrame({0: ["R-1"], 1: [AT]})
    assert qms.analysis.case_of(frame, book, case=0, events={"reported": 1}).id == "R-1"  # type: ignore[arg-type, dict-item]  # as pandas has it


def test_a_case_without_a_number_has_an_empty_one(book: qms.Rulebook) -> None:
    assert qms.analysis.case_of({**ROW, "no": None}, book, **ASKED).id == ""


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"repaired": "soon"}, qms.ColumnError, "The column repaired has 'soon' where an instant is needed"),
        ({"repaired": WALL}, qms.NaiveInstantError, "of the column repaired has no zone"),
        ({"repaired": datetime(9999, 12, 31, tzinfo=BERLIN)}, qms.ColumnError, "outside the years"),
        ({"diagnosed.urgent": "yes"}, qms.FactValueError, "Fact diagnosed.urgent: got 'yes'"),
        ({"subject.machine": "prss"}, qms.FactValueError, "Did you mean press"),
        ({"checked": AT}, qms.UnknownNameError, "Unknown event checked"),
        ({"reported": datetime(2026, 1, 5, tzinfo=BERLIN)}, qms.NotInForceError, "in force"),
        (dict.fromkeys(EVENTS), qms.EntryError, "No event has a moment"),
        (
            {"diagnosed": None},
            qms.EntryError,
            "a value of the fact diagnosed.urgent, but no moment of diagnosed",
        ),
    ],
)
def test_an_unreadable_row_says_exactly_what_is_the_matter(
    book: qms.Rulebook, change: dict[str, Any], kind: type[qms.QmsError], said: str
) -> None:
    with pytest.raises(kind, match=said) as caught:
        qms.analysis.case_of({**ROW, **change}, book, **ASKED)
    assert caught.value.text("zh") != caught.value.text()


@pytest.mark.parametrize(
    ("wall", "said"),
    [
        ("2026-03-29T02:30", "does not exist in Europe/Berlin"),
        ("2025-10-26T02:30", "came twice"),
    ],
)
def test_a_wall_time_that_is_none_or_two_says_so(book: qms.Rulebook, wall: str, said: str) -> None:
    with pytest.raises(qms.ColumnError, match=said):
        qms.analysis.case_of(
            {**ROW, "repaired": datetime.fromisoformat(wall)}, book, timezone="Europe/Berlin", **ASKED
        )


def test_a_fact_of_a_later_edition_is_named_with_those_of_its_own(book: qms.Rulebook) -> None:
    asked = ASKED | {"facts": {"checked.good": "good"}}
    with pytest.raises(qms.ColumnError, match=r"Edition 1 does not know the fact checked.good"):
        qms.analysis.case_of({**ROW, "checked": None, "good": True, "x": 1}, book, **asked)


def test_what_is_no_row_is_refused(book: qms.Rulebook) -> None:
    for wrong in (None, 7, "R-1"):
        with pytest.raises(qms.ColumnError, match="which is no row"):
            qms.analysis.case_of(wrong, book, **ASKED)
    with pytest.raises(qms.ColumnError, match="Got 2 rows"):
        qms.analysis.case_of(pd.DataFrame([ROW, ROW]), book, **ASKED)
    with pytest.raises(qms.UnknownNameError, match=r"Unknown column reported. Known: no"):
        qms.analysis.case_of({"no": "R-1"}, book, **ASKED)


LOG = EventRows(name="event", at="at", names={"printed": None})


def rows(*events: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(events), columns=["no", "event", "at", "urgent", "machine"])


OF_LOG: dict[str, Any] = {
    "case": "no",
    "events": LOG,
    "facts": {"diagnosed.urgent": "urgent", "subject.machine": "machine"},
}


def test_the_rows_of_one_case_of_a_log_are_its_history(book: qms.Rulebook) -> None:
    late, early = hours(90, 60)
    frame = rows(
        ("R-1", "repaired", late, None, None),
        ("R-1", "printed", None, None, "press"),
        ("R-1", "diagnosed", early, True, None),
    )
    case = qms.analysis.case_of(frame, book, **OF_LOG)
    assert [event.name for event in case.history] == ["reported", "diagnosed", "repaired"]
    assert case.history[0].at == case.history[1].at
    assert case.history[1].facts == {"urgent": True}
    assert case.subject.facts == {"machine": "press"}
    assert qms.analysis.case_of(frame.to_dict("records"), book, **OF_LOG).history == case.history


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("R-1", "repared", AT, None, None), "has 'repared', which is no event"),
        (("R-1", None, AT, None, None), "which is no event"),
        (("R-1", "repaired", None, None, None), "The event repaired has no moment in the column at"),
        (("R-1", "repaired", AT, None, "lathe"), "differ in the fact machine: press and lathe"),
        (("R-2", "repaired", AT, None, None), "of several cases: R-1, R-2"),
    ],
)
def test_a_row_of_a_log_that_cannot_be_read_says_why(
    book: qms.Rulebook, row: tuple[object, ...], said: str
) -> None:
    with pytest.raises(qms.ColumnError, match=said) as caught:
        qms.analysis.case_of(rows(("R-1", "reported", AT, None, "press"), row), book, **OF_LOG)
    assert caught.value.text("zh") != caught.value.text()
