"""Instants are read from every column that has them, and what is wholly something else is refused with what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.workshop import BERLIN, NOW, lines

import qms_service as qms

AT = datetime(2026, 3, 3, 9, 30, tzinfo=BERLIN)
UTC_AT = AT.astimezone(UTC)
WALL = AT.replace(tzinfo=None)
ONE = [AT]


def started(book: qms.Rulebook | qms.Procedure, column: Any, **more: Any) -> list[datetime | None]:  # noqa: ANN401  # of any kind
    """When each case started that a column reports."""
    if isinstance(column, pa.ChunkedArray | pa.Array):
        frame: Any = pa.table({"no": pa.array(range(len(column))), "at": column})
    elif isinstance(column, pl.Series):
        frame = pl.DataFrame({"no": range(len(column)), "at": column})
    else:
        frame = pd.DataFrame({"no": range(len(column)), "at": column})
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "at"}, "now": NOW, **more}
    found = lines(qms.analysis.deadlines_frame(frame, book, **asked))
    return [line["started_at"] for line in found if line["clock"] == "diagnosis"]


UNITS = ("s", "ms", "us", "ns")
ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "+05:30")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("zone", ZONES)
def test_aware_instants_are_read_in_any_unit_and_zone(book: qms.Rulebook, unit: Any, zone: str) -> None:  # noqa: ANN401  # a literal
    kind: Any = f"datetime64[{unit}, UTC]"
    aware = pd.Series([UTC_AT, None]).astype(kind).dt.tz_convert(zone)
    assert started(book, aware) == [UTC_AT, None]
    assert started(book, pa.array([UTC_AT, None], pa.timestamp(unit, tz=zone))) == [UTC_AT, None]
    if unit != "s" and zone != "+05:30":
        assert started(book, pl.Series([UTC_AT, None], dtype=pl.Datetime(unit, zone))) == [UTC_AT, None]


@pytest.mark.parametrize("unit", UNITS)
def test_naive_instants_are_read_on_the_clock_of_the_zone_given(book: qms.Rulebook, unit: Any) -> None:  # noqa: ANN401  # a literal
    for column in (
        pd.Series([WALL, None]).astype(np.dtype(f"datetime64[{unit}]")),
        pd.Series([WALL, None], dtype=pd.ArrowDtype(pa.timestamp(unit))),
        pa.array([WALL, None], pa.timestamp(unit)),
        *([pl.Series([WALL, None], dtype=pl.Datetime(unit))] if unit != "s" else []),
    ):
        assert started(book, column, timezone="Europe/Berlin") == [UTC_AT, None]
        assert started(book, column, timezone="UTC") == [UTC_AT + timedelta(hours=1), None]
        with pytest.raises(qms.NaiveInstantError, match='timezone="Asia/Shanghai"'):
            started(book, column)


def test_what_is_finer_than_a_microsecond_is_cut_off(book: qms.Rulebook) -> None:
    fine = pd.Series(
        pd.to_datetime([UTC_AT.isoformat(), UTC_AT.isoformat()], utc=True).astype("datetime64[ns, UTC]")
    )
    fine.iloc[0] += pd.Timedelta(1_999, "ns")
    assert started(book, fine) == [UTC_AT + timedelta(microseconds=1), UTC_AT]


def test_moments_beyond_all_calendars_are_no_overflow(book: qms.Rulebook) -> None:
    far = pd.Series([0, 10**15, -(10**15)]).astype("datetime64[s]").dt.tz_localize("UTC")
    assert started(book, far, kind="repair") == [None, None, None]


def test_objects_are_read_cell_by_cell(book: qms.Rulebook) -> None:
    cells = [AT, pd.Timestamp(AT), UTC_AT, None, pd.NaT]
    assert started(book, pd.Series(cells, dtype=object)) == [UTC_AT, UTC_AT, UTC_AT, None, None]
    assert started(book, pd.Series([WALL, AT], dtype=object), timezone="Europe/Berlin") == [UTC_AT, UTC_AT]
    with pytest.raises(qms.NaiveInstantError, match="The instants of the column at have no zone"):
        started(book, pd.Series([WALL, "?"], dtype=object))


TEXT = ["2026-03-03 09:30", None]


@pytest.mark.parametrize(
    ("column", "advice"),
    [
        (pd.Series(TEXT), r"pandas\.to_datetime\(frame\[\"at\"\]\)"),
        (pd.Series(TEXT, dtype=object), r"pandas\.to_datetime\(frame\[\"at\"\]\)"),
        (pd.Series(TEXT, dtype="category"), r"pandas\.to_datetime\(frame\[\"at\"\]\)"),
        (pl.Series(TEXT), r"frame\[\"at\"\]\.str\.to_datetime\(\)"),
        (pa.array(TEXT), r"pyarrow\.compute\.strptime\(table\[\"at\"\]"),
    ],
)
def test_a_column_of_text_is_refused_with_how_to_read_it(
    book: qms.Rulebook, column: object, advice: str
) -> None:
    with pytest.raises(qms.ColumnError, match=f"holds text \\('2026-03-03 09:30'\\).*{advice}"):
        started(book, column)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([date(2026, 3, 3), None], dtype=object),
        pd.Series([date(2026, 3, 3), None], dtype=pd.ArrowDtype(pa.date32())),
        pl.Series([date(2026, 3, 3), None]),
        pa.array([date(2026, 3, 3), None]),
    ],
)
def test_a_column_of_dates_is_refused_for_a_date_is_a_day_of_uncertainty(
    book: qms.Rulebook, column: object
) -> None:
    with pytest.raises(qms.ColumnError, match=r"holds dates \(2026-03-03\).*a day of uncertainty"):
        started(book, column)


@pytest.mark.parametrize(
    "column", [pd.Series([1.5]), pl.Series([7]), pa.array([True]), pl.Series([timedelta(1)])]
)
def test_a_column_of_something_else_is_refused(book: qms.Rulebook, column: object) -> None:
    with pytest.raises(qms.ColumnError, match=r"The column at holds .*, not instants"):
        started(book, column)


@pytest.mark.parametrize(
    ("zone", "year"),
    [("Europe/Berlin", 2026), ("Pacific/Apia", 2011), ("Australia/Lord_Howe", 2025), ("Asia/Shanghai", 1990)],
)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_wall_time_is_the_instant_that_python_says_or_none(
    book: qms.Rulebook, zone: str, year: int, data: st.DataObject
) -> None:
    proc = book.editions[0]
    minutes = data.draw(st.lists(st.integers(0, 366 * 24 * 2), min_size=1, max_size=60))
    walls = [datetime(year, 1, 1) + timedelta(minutes=30 * at) for at in minutes]  # noqa: DTZ001  # a wall shows no zone
    instants = [_instant(wall, zone) for wall in walls]
    assert started(proc, pd.Series(walls), timezone=zone, now=datetime(2030, 1, 1, tzinfo=UTC)) == instants


def _instant(wall: datetime, zone: str) -> datetime | None:
    """The one instant of a wall time: it comes back to the same wall time, and both folds agree."""
    both = {wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    back = {at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for at in both}
    return both.pop() if len(both) == 1 and back == {wall} else None


Frame = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([UTC_AT, None]).astype("category"),
        pa.array([UTC_AT, None], pa.timestamp("us", "UTC")).dictionary_encode(),
    ],
)
def test_instants_kept_as_categories_are_read_cell_by_cell(book: qms.Rulebook, column: object) -> None:
    assert started(book, column) == [UTC_AT, None]


@pytest.mark.parametrize("names", [(0, 1), (("no", "x"), ("at", "y"))])
def test_columns_of_pandas_may_have_numbers_or_pairs_for_names(book: qms.Rulebook, names: Any) -> None:  # noqa: ANN401  # whatever pandas takes
    number, at = names
    columns = pd.MultiIndex.from_tuples(names) if isinstance(at, tuple) else pd.Index(names)
    frame = pd.DataFrame([[1, AT]], columns=columns)
    asked: dict[str, Any] = {"case": number, "events": {"reported": at}, "now": NOW}
    assert lines(qms.analysis.deadlines_frame(frame, book, **asked))[0]["started_at"] == UTC_AT
    with pytest.raises(qms.UnknownNameError, match="Unknown column no"):
        qms.analysis.deadlines_frame(frame, book, **{**asked, "case": "no"})


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_column_that_is_not_there_is_named_with_the_nearest(book: qms.Rulebook, make: Frame) -> None:
    frame = make({"no": [1], "reported_at": ONE, "urgent": [True]})
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "reported_at"}, "now": NOW}
    for wrong, near in (
        ({"case": "nos"}, "Unknown column nos. Did you mean no"),
        ({"events": {"reported": "reportet_at"}}, "Unknown column reportet_at. Did you mean reported_at"),
        ({"facts": {"diagnosed.urgent": "urgend"}}, "Unknown column urgend. Did you mean urgent"),
        (
            {"events": qms.analysis.EventRows(name="x", at="reported_at")},
            "Unknown column x. Known: no, reported_at, urgent",
        ),
        ({"events": qms.analysis.EventRows(name="no", at="y")}, "Unknown column y. Known"),
    ):
        with pytest.raises(qms.UnknownNameError, match=near):
            qms.analysis.deadlines_frame(frame, book, **{**asked, **wrong})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"events": {"reportet": "at"}}, "Unknown event reportet. Did you mean reported"),
        (
            {"facts": {"diagnosed.urgend": "no"}},
            "Unknown fact diagnosed.urgend. Did you mean diagnosed.urgent",
        ),
        ({"facts": {"urgent": "no"}}, "Unknown fact urgent"),
        ({"kind": "repairs"}, "Unknown kind of case repairs. Did you mean repair"),
        ({"events": {}}, "Give for each event its column"),
        ({"events": "reported"}, "Give for each event its column"),
        ({"facts": ["no"]}, "Give for each fact its column"),
        ({"layout": "tall"}, 'Allowed: "long", "wide"'),
        ({"on_unknown": "guess"}, 'Allowed: "refuse", "provisional"'),
        ({"timezone": "Berlin"}, "Unknown time zone"),
        ({"timezone": 1}, "Unknown time zone 1"),
        ({"now": WALL}, "no time zone"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_before_a_row_is_read(
    book: qms.Rulebook, wrong: dict[str, Any], said: str
) -> None:
    frame = pd.DataFrame({"no": [1], "at": ONE})
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "at"}, "now": NOW}
    with pytest.raises(qms.QmsError, match=said) as caught:
        qms.analysis.deadlines_frame(frame, book, **{**asked, **wrong})
    assert caught.value.text("zh")


def test_what_is_no_frame_is_refused(book: qms.Rulebook) -> None:
    asked: dict[str, Any] = {"case": "no", "events": {"reported": "at"}, "now": NOW}
    with pytest.raises(qms.ColumnError, match=r"lazy \(LazyFrame\). Collect it first: frame.collect\(\)"):
        qms.analysis.deadlines_frame(pl.LazyFrame({"no": [1]}), book, **asked)
    for wrong in ([{"no": 1}], None, pd.Series([1]), pa.RecordBatch.from_pydict({"no": [1]})):
        with pytest.raises(qms.ColumnError, match="no frame"):
            qms.analysis.deadlines_frame(wrong, book, **asked)
    with pytest.raises(qms.ColumnError, match="one name"):
        qms.analysis.deadlines_frame(pd.DataFrame([[1, 2]], columns=["no", "no"]), book, **asked)
    with pytest.raises(qms.ColumnError, match="Give a rulebook"):
        qms.analysis.deadlines_frame(pd.DataFrame({"no": [1]}), "workshop", **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [["reported"], {"Reported": 7}, {1: "reported"}])
def test_the_spellings_of_a_log_are_a_mapping_of_texts(names: Any) -> None:  # noqa: ANN401  # whatever was given
    with pytest.raises(qms.QmsError, match=r"names is|Facts"):
        qms.analysis.EventRows(name="event", at="at", names=names)


TWO_KINDS = """
id = "two"
edition = "1"
timezone = "UTC"
calendar = "continuous"
[lease]
opening = "opened"
[lease.events.opened]
[lease.events.signed]
[lease.events.closed]
[lease.clocks.signing]
from = "opened"
to = "signed"
within = "1 d"
[visit]
opening = "opened"
[visit.events.opened]
[visit.events.closed]
"""


def test_the_kind_of_case_is_the_first_that_knows_all_the_events(tmp_path: Any) -> None:  # noqa: ANN401
    (tmp_path / "two.toml").write_text(TWO_KINDS, encoding="utf-8")
    book = qms.load_rulebook(tmp_path / "two.toml")
    frame = pd.DataFrame({"no": [1], "opened": ONE, "signed": ONE})
    asked: dict[str, Any] = {"case": "no", "now": NOW}
    found = qms.analysis.deadlines_frame(
        frame, book, events={"opened": "opened", "signed": "signed"}, **asked
    )
    assert [line["clock"] for line in lines(found)] == ["signing"]
    both = qms.analysis.deadlines_frame(frame, book, events={"opened": "opened"}, **asked)
    assert [line["clock"] for line in lines(both)] == ["signing"]
    with pytest.raises(qms.ColumnError, match="No kind of case knows all of"):
        qms.analysis.deadlines_frame(frame, book, events={"opened": "opened", "sent": "signed"}, **asked)
    none = qms.analysis.deadlines_frame(frame, book, events={"opened": "opened"}, kind="visit", **asked)
    assert none.shape == (0, 13)
