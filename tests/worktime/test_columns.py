"""Whole columns: every row is what the scalar says, and the first row that the scalar refuses is named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qms_service.worktime
from qms_service.errors import (
    CalendarHorizonError,
    ColumnError,
    InstantRangeError,
    MissingExtraError,
    NeverOpenError,
    QmsError,
    TermError,
)
from qms_service.worktime import Term, WorkCalendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
HOUR = 3_600_000_000
MANY = 600  # rows enough for arrays
TERMS = (
    "12 h", "90 min", "2 d", "1 week", "1 month", "13 months", "6 working h", "45 working min", "4 working d",
    "1 working d", "4 working d, end of day", "same day",
)  # fmt: skip
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def us(at: datetime) -> int:
    return (qms_service.utc(at) - EPOCH) // MICRO


def at_us(micros: int) -> datetime:
    return EPOCH + micros * MICRO


DAY = [("08:30", "12:00"), ("13:30", "17:30")]
SECOND = [("12:00:00", "12:00:01")]


@st.composite
def day_hours(draw: st.DrawFn) -> list[tuple[str, str]]:
    """No hours, plain ones, a night shift, one second, odd minutes."""
    return draw(
        st.sampled_from(
            (
                [],
                DAY,
                DAY,
                [("08:00", "12:00")],
                [("14:00", "18:00"), ("22:00", "06:00")],
                SECOND,
                [("07:13:07", "12:01"), ("12:01:01", "19:59:59")],
                [("06:00", "24:00")],
            )
        )
    )


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    known = draw(st.sampled_from((None, None, date(2026, 11, 2))))
    zone = draw(st.sampled_from(ZONES))
    week = draw(st.lists(day_hours(), min_size=7, max_size=7))
    if all(hours in ([], SECOND) for hours in week) and SECOND in week:
        week[0] = DAY  # an hour would be looked for over thousands of years
    dates = st.dates(date(2026, 1, 1), date(2026, 10, 31))
    exceptions = draw(st.dictionaries(dates, day_hours(), max_size=8))
    if draw(st.integers(0, 7)) == 0:
        week, exceptions = [[("00:00", "24:00")]] * 7, {}
    return WorkCalendar(
        timezone=zone,
        weekly=dict(zip(WEEKDAYS, week, strict=True)),
        exceptions=exceptions,
        known_until=known,
    )


# Around a year, an hour of which the clock changes included; on the grid, on an edge, a microsecond beside it.
INSTANTS = st.builds(
    lambda hour, quarter, fine: (
        us(datetime(2026, 1, 1, tzinfo=UTC)) + hour * HOUR + quarter * HOUR // 4 + fine
    ),
    st.one_of(st.integers(0, 8600), st.integers(2060, 2110), st.integers(7130, 7200)),
    st.integers(0, 3),
    st.sampled_from((0, 0, 1, -1, HOUR // 7)),
)
COLUMN = st.lists(INSTANTS, min_size=1, max_size=30)
AMOUNTS = st.one_of(
    st.integers(-300, 300).map(lambda half: half * HOUR // 2), st.integers(-90 * HOUR, 90 * HOUR)
)


def instants(micros: Iterable[int]) -> np.ndarray[Any, np.dtype[np.datetime64]]:
    return np.array(list(micros), np.int64).view("datetime64[us]")


def amounts(micros: Iterable[int]) -> np.ndarray[Any, np.dtype[np.timedelta64]]:
    return np.array(list(micros), np.int64).view("timedelta64[us]")


def outcome(ask: Callable[[], datetime | timedelta]) -> int | tuple[type, str]:
    """The scalar's answer in microseconds, or its error."""
    try:
        answer = ask()
    except QmsError as error:
        return type(error), error.code
    return us(answer) if isinstance(answer, datetime) else answer // MICRO


def check(rows: list[int], column: Callable[[list[int]], Any], scalar: Callable[[int], Any]) -> None:
    """The rows by themselves and as a part of many: the first refusal by its row, the rest by their answers."""
    wanted = {row: outcome(partial(scalar, row)) for row in set(rows)}
    good = [row for row in rows if isinstance(wanted[row], int)]
    for times in (1, MANY // len(rows) + 1):
        refused = [n for n, row in enumerate(rows * times) if not isinstance(wanted[row], int)]
        if refused:
            with pytest.raises(QmsError) as raised:
                column(rows * times)
            assert (type(raised.value), raised.value.code) == wanted[(rows * times)[refused[0]]]
            assert raised.value.operands["row"] == refused[0]
    if good:
        for times in (1, MANY // len(good) + 1):
            assert column(good * times).astype(np.int64).tolist() == [wanted[row] for row in good] * times


@unhurried
@given(cal=calendars(), rows=COLUMN, amount=AMOUNTS)
def test_one_amount_is_added_to_each_row(cal: WorkCalendar, rows: list[int], amount: int) -> None:
    check(
        rows,
        lambda some: cal.add_many(instants(some), amount * MICRO),
        lambda row: cal.add(at_us(row), amount * MICRO),
    )


@unhurried
@given(cal=calendars(), rows=st.lists(st.tuples(INSTANTS, AMOUNTS), min_size=1, max_size=30))
def test_each_row_is_given_its_own_amount(cal: WorkCalendar, rows: list[tuple[int, int]]) -> None:
    check(
        list(range(len(rows))),
        lambda some: cal.add_many(instants(rows[n][0] for n in some), amounts(rows[n][1] for n in some)),
        lambda n: cal.add(at_us(rows[n][0]), rows[n][1] * MICRO),
    )


@unhurried
@given(cal=calendars(), rows=st.lists(st.tuples(INSTANTS, INSTANTS), min_size=1, max_size=30))
def test_elapsed_of_each_row_either_way(cal: WorkCalendar, rows: list[tuple[int, int]]) -> None:
    check(
        list(range(len(rows))),
        lambda some: cal.elapsed_many(instants(rows[n][0] for n in some), instants(rows[n][1] for n in some)),
        lambda n: cal.elapsed(at_us(rows[n][0]), at_us(rows[n][1])),
    )


@unhurried
@given(cal=calendars(), rows=COLUMN, end=INSTANTS)
def test_one_end_for_all_rows(cal: WorkCalendar, rows: list[int], end: int) -> None:
    check(
        rows,
        lambda some: cal.elapsed_many(instants(some), np.datetime64(end, "us")),
        lambda row: cal.elapsed(at_us(row), at_us(end)),
    )


@unhurried
@given(cal=calendars(), rows=COLUMN, n=st.integers(-12, 12))
def test_one_number_of_working_days_for_all_rows(cal: WorkCalendar, rows: list[int], n: int) -> None:
    check(rows, lambda some: cal.add_days_many(instants(some), n), lambda row: cal.add_days(at_us(row), n))


@unhurried
@given(cal=calendars(), rows=st.lists(st.tuples(INSTANTS, st.integers(-30, 30)), min_size=1, max_size=30))
def test_each_row_has_its_own_number_of_working_days(cal: WorkCalendar, rows: list[tuple[int, int]]) -> None:
    check(
        list(range(len(rows))),
        lambda some: cal.add_days_many(
            instants(rows[n][0] for n in some), np.array([rows[n][1] for n in some])
        ),
        lambda n: cal.add_days(at_us(rows[n][0]), rows[n][1]),
    )


@unhurried
@given(cal=calendars(), rows=COLUMN, text=st.sampled_from(TERMS), with_calendar=st.booleans())
def test_a_term_is_over_in_each_row(
    cal: WorkCalendar, rows: list[int], text: str, with_calendar: bool
) -> None:
    term = Term.parse(text)
    given_cal = cal if term.working or with_calendar else None
    check(
        rows,
        lambda some: term.after_many(instants(some), given_cal),
        lambda row: term.after(at_us(row), given_cal),
    )


FACTORY = WorkCalendar(
    timezone="Asia/Shanghai",
    weekly=dict.fromkeys(WEEKDAYS[:5], (("08:30", "12:00"), ("13:30", "17:30"))),
    known_until=date(2026, 12, 31),
)
OPEN = WorkCalendar.continuous("Europe/Berlin")
NEVER = WorkCalendar(timezone="UTC", weekly={})
ONCE = WorkCalendar(timezone="UTC", weekly={}, exceptions={date(2026, 3, 2): [("08:00", "09:00")]})
MONDAY = us(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
OBJECTS: Any = [datetime(2026, 3, 2, tzinfo=UTC), None]
NAT = np.iinfo(np.int64).min


@pytest.mark.parametrize("times", [1, MANY])
@pytest.mark.parametrize("cal", [FACTORY, OPEN], ids=["factory", "continuous"])
def test_what_is_missing_stays_missing(cal: WorkCalendar, times: int) -> None:
    rows = instants([MONDAY, NAT, MONDAY + 5 * HOUR] * times)
    missing = [False, True, False] * times
    assert np.isnat(cal.add_many(rows, timedelta(hours=3))).tolist() == missing
    assert np.isnat(cal.add_many(rows[::-1], -timedelta(hours=3))).tolist() == missing[::-1]
    assert np.isnat(cal.elapsed_many(rows, rows)).tolist() == missing
    assert np.isnat(cal.elapsed_many(rows, instants([MONDAY, MONDAY, NAT] * times))).tolist() == [
        False, True, True,
    ] * times  # fmt: skip
    assert np.isnat(cal.add_days_many(rows, -2)).tolist() == missing
    for text in TERMS:
        assert np.isnat(Term.parse(text).after_many(rows, cal)).tolist() == missing


@pytest.mark.parametrize("times", [1, MANY])
def test_nothing_but_missing_rows_ask_no_calendar(times: int) -> None:
    rows, some = instants([NAT] * times), instants([MONDAY] * times)
    for cal in (FACTORY, OPEN, NEVER):
        assert np.isnat(cal.add_many(rows, timedelta(hours=1))).all()
        assert np.isnat(cal.add_many(some, np.timedelta64("NaT", "us"))).all()
        assert np.isnat(cal.add_many(some, amounts([NAT] * times))).all()
        assert np.isnat(cal.elapsed_many(rows, some)).all()
        assert np.isnat(cal.elapsed_many(some, np.datetime64("NaT", "us"))).all()
        assert np.isnat(cal.add_days_many(rows, 3)).all()
        assert np.isnat(Term.parse("2 d").after_many(rows, cal)).all()
        assert np.isnat(Term.parse("same day").after_many(rows, cal)).all()


def test_no_rows_have_no_answers() -> None:
    none = instants([])
    assert FACTORY.add_many(none, timedelta(hours=1)).dtype == "datetime64[us]"
    assert FACTORY.elapsed_many(none, none).dtype == "timedelta64[us]"
    assert FACTORY.add_days_many(none, 3).size == 0
    assert Term.parse("4 working d").after_many(none, FACTORY).size == 0
    assert FACTORY.elapsed_many(np.datetime64(MONDAY, "us"), none).size == 0


def test_one_value_has_one_answer() -> None:
    answer = FACTORY.add_many(np.datetime64("2026-03-02T01:00"), timedelta(hours=6))
    assert (answer.shape, str(answer)) == ((), "2026-03-02T08:30:00.000000")
    ends = FACTORY.elapsed_many(np.datetime64("2026-03-02T01:00"), instants([MONDAY, MONDAY + HOUR]))
    assert ends.tolist() == [timedelta(), timedelta(hours=1)]


@pytest.mark.parametrize("unit", ["ns", "ms", "s", "m", "h", "D", "W", "M", "Y"])
def test_other_units_are_converted(unit: str) -> None:
    start = np.array(["2026-03-02T01:00"], "datetime64[ns]").astype(f"datetime64[{unit}]")
    assert FACTORY.add_many(start, timedelta(hours=6)) == FACTORY.add_many(
        start.astype("datetime64[us]"), timedelta(hours=6)
    )


def test_columns_of_another_byte_order_or_with_gaps_between_rows_are_read() -> None:
    rows = instants([MONDAY + n * HOUR for n in range(2 * MANY)])
    whole = FACTORY.add_many(rows, timedelta(hours=6))
    assert (FACTORY.add_many(rows.astype(">M8[us]"), timedelta(hours=6)) == whole).all()
    assert (FACTORY.add_many(rows[::-2], timedelta(hours=6)) == whole[::-2]).all()
    assert (FACTORY.add_days_many(rows[::3], np.arange(MANY * 2, dtype="uint16")[::3] % 5).size) == 400


def test_a_column_is_not_changed_by_asking() -> None:
    rows = instants([MONDAY, NAT] * MANY)
    before = rows.copy()
    answer = FACTORY.add_many(rows, timedelta(0))
    answer[:] = np.datetime64("2030-01-01")
    assert np.array_equal(rows, before, equal_nan=True)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: FACTORY.add_many(OBJECTS, timedelta(1)), "column-instants"),
        (lambda: FACTORY.add_many(np.array([1]), timedelta(1)), "column-instants"),
        (lambda: FACTORY.add_many(np.array(["2026"]), timedelta(1)), "column-instants"),
        (lambda: FACTORY.add_many(np.array(["NaT"], "datetime64"), timedelta(1)), "column-instants"),
        (lambda: FACTORY.elapsed_many(instants([0]), OBJECTS), "column-instants"),
        (lambda: FACTORY.add_many(instants([0]), 6), "column-amounts"),
        (lambda: FACTORY.add_many(instants([0]), np.timedelta64(1, "M")), "column-amounts"),
        (lambda: FACTORY.add_many(instants([0]), np.timedelta64(1)), "column-amounts"),
        (lambda: FACTORY.add_days_many(instants([0]), 1.5), "column-counts"),
        (lambda: FACTORY.add_days_many(instants([0]), True), "column-counts"),  # noqa: FBT003  # the wrong value
        (lambda: FACTORY.add_days_many(instants([0]), [2**63]), "column-counts"),
        (lambda: FACTORY.add_days_many(instants([0]), 10**30), "column-counts"),
        (lambda: FACTORY.add_many(instants([0]).reshape(1, 1), timedelta(1)), "column-shape"),
        (lambda: FACTORY.add_many(instants([0, 1]), amounts([1, 2, 3])), "column-lengths"),
        (lambda: FACTORY.add_many(np.array([0, 1], "M8[ns]"), timedelta(1)), "column-inexact"),
        (lambda: FACTORY.add_many(np.array(["400000"], "M8[Y]"), timedelta(1)), "column-inexact"),
    ],
)
def test_what_is_no_such_column_is_refused(ask: Callable[[], object], code: str) -> None:
    with pytest.raises(ColumnError) as raised:
        ask()
    assert raised.value.code == code
    assert raised.value.text() != raised.value.text("zh")


def test_the_first_row_beyond_the_horizon_is_named() -> None:
    later = us(datetime(2027, 1, 4, 1, 0, tzinfo=UTC))
    with pytest.raises(
        CalendarHorizonError, match=r"^Row 2 \(the first is 0\): The answer reaches"
    ) as raised:
        FACTORY.add_many(instants([MONDAY, NAT, later, later]), timedelta(hours=6))
    assert raised.value.text("zh").startswith("第 2 行")
    rows = [MONDAY] * 40_000
    rows[33_001] = later
    for ask in (
        lambda: FACTORY.add_many(instants(rows), -timedelta(hours=6)),
        lambda: FACTORY.elapsed_many(instants([MONDAY]), instants(rows)),
        lambda: FACTORY.add_days_many(instants(rows), -1),
    ):
        with pytest.raises(CalendarHorizonError) as refused:
            ask()
        assert refused.value.operands["row"] == 33_001


def test_the_horizon_itself_is_the_close_of_the_last_known_hour_and_no_opening() -> None:
    cal = WorkCalendar(timezone="UTC", weekly={"thu": [("08:00", "24:00")]}, known_until=date(2026, 12, 31))
    start = us(datetime(2026, 12, 31, 20, 0, tzinfo=UTC))
    closing = cal.add_many(instants([start] * MANY), timedelta(hours=4))
    assert set(closing.tolist()) == {datetime(2027, 1, 1)}  # noqa: DTZ001  # numpy shows UTC so
    assert set(Term.parse("same day").after_many(instants([start] * MANY), cal).tolist()) == set(
        closing.tolist()
    )
    with pytest.raises(CalendarHorizonError):
        cal.add_days_many(closing, 0)


def test_a_calendar_without_hours() -> None:
    rows = instants([MONDAY] * MANY)
    assert not FACTORY.elapsed_many(rows, rows).any()
    assert not NEVER.elapsed_many(rows, rows + np.timedelta64(9, "D")).any()
    assert (NEVER.add_many(rows, timedelta(0)) == rows).all()
    questions: tuple[Callable[[], object], ...] = (
        lambda: NEVER.add_many(rows, timedelta(hours=1)),
        lambda: ONCE.add_many(rows, timedelta(hours=2)),
        lambda: ONCE.add_days_many(rows, -1),
        lambda: NEVER.add_days_many(rows, 1),
        lambda: Term.parse("same day").after_many(rows, NEVER),
    )
    for ask in questions:
        with pytest.raises(NeverOpenError) as raised:
            ask()
        assert raised.value.operands["row"] == 0


@pytest.mark.parametrize("times", [1, MANY])
@pytest.mark.parametrize("big", [9 * 10**18, -9 * 10**18], ids=["far ahead", "long ago"])
def test_what_no_date_can_hold_is_refused(big: int, times: int) -> None:
    rows, far = instants([MONDAY] * times), instants([big] * times)
    questions: tuple[Callable[[WorkCalendar], object], ...] = (
        lambda cal: cal.add_many(far, timedelta(hours=1)),
        lambda cal: cal.add_many(far, timedelta(0)),
        lambda cal: cal.elapsed_many(far, rows),
        lambda cal: cal.elapsed_many(rows, far),
        lambda cal: cal.add_days_many(far, 1),
        lambda cal: Term.parse("2 d").after_many(far, cal),
        lambda cal: Term.parse("12 h").after_many(far, cal),
    )
    for ask in questions:
        for cal in (ONCE, OPEN):
            with pytest.raises(InstantRangeError):
                ask(cal)
    with pytest.raises(InstantRangeError):
        OPEN.add_many(rows, np.timedelta64(big, "us"))


def test_numbers_of_days_beyond_all_years_are_refused() -> None:
    rows = instants([MONDAY] * MANY)
    for n in (2**62, -(2**63), 2**40):
        with pytest.raises((InstantRangeError, NeverOpenError, OverflowError)):
            ONCE.add_days_many(rows, n)


def test_a_term_beyond_all_years_is_refused() -> None:
    with pytest.raises(InstantRangeError):
        Term(amount=10**8, unit="d").after_many(instants([MONDAY] * MANY))


def test_the_last_day_of_a_year_that_can_be_computed_keeps_its_answer() -> None:
    late = us(datetime(9997, 12, 20, tzinfo=UTC))
    rows = instants([late] * MANY)
    assert (OPEN.add_many(rows, timedelta(hours=1)) == rows + np.timedelta64(1, "h")).all()
    with pytest.raises(InstantRangeError):
        Term.parse("13 d").after_many(rows)


def test_a_working_term_needs_a_calendar_even_for_no_rows() -> None:
    with pytest.raises(TermError):
        Term.parse("4 working d").after_many(instants([]))
    with pytest.raises(TermError):
        Term.parse("4 working d").after_many(instants([]), "factory")  # type: ignore[arg-type]


def test_one_second_a_day_over_a_thousand_years_makes_no_table_of_seconds() -> None:
    cal = WorkCalendar(timezone="UTC", weekly={"mon": [("12:00:00", "12:00:01"), ("12:00:02", "12:00:03")]})
    rows = [MONDAY, us(datetime(2126, 3, 4, tzinfo=UTC))]
    check(rows, lambda some: cal.add_many(instants(some), timedelta(seconds=3)),
          lambda row: cal.add(at_us(row), timedelta(seconds=3)))  # fmt: skip


def test_a_span_closer_to_the_next_than_the_grid_is_searched() -> None:
    cal = WorkCalendar(
        timezone="UTC",
        weekly={"mon": [("08:00:00", "12:00:01"), ("12:00:02", "12:00:07"), ("13:00", "17:00:29")]},
    )
    rows = [MONDAY + n * HOUR // 7 for n in range(30)]
    check(rows, lambda some: cal.add_many(instants(some), timedelta(hours=9)),
          lambda row: cal.add(at_us(row), timedelta(hours=9)))  # fmt: skip


@pytest.mark.parametrize("close", ["12:00:01", "12:01"])
def test_closes_that_no_grid_has_are_compared(close: str) -> None:
    cal = WorkCalendar(
        timezone="UTC",
        weekly={"mon": [("08:00", close), ("12:30", "12:30:01")], "thu": [("00:00:07", "23:59:59")]},
    )
    rows = [MONDAY + n * 5 * HOUR for n in range(60)]
    for text in ("2 working d, end of day", "same day", "3 working d"):
        term = Term.parse(text)
        check(rows, lambda some, term=term: term.after_many(instants(some), cal),  # type: ignore[misc]  # bound
              lambda row, term=term: term.after(at_us(row), cal))  # type: ignore[misc]  # fmt: skip


def test_nothing_added_gives_any_start_back_that_a_datetime_can_hold() -> None:
    rows = instants([us(datetime(2, 5, 1, tzinfo=UTC))] * MANY)
    assert (FACTORY.add_many(rows, timedelta(0)) == rows).all()
    assert (OPEN.add_many(rows, timedelta(0)) == rows).all()


def test_without_numpy_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "qms_service.worktime.batch")
    monkeypatch.delattr(qms_service.worktime, "batch")
    with pytest.raises(MissingExtraError, match=r'pip install "qms-service\[analysis\]"'):
        OPEN.add_many([], timedelta(0))


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "Asia/Kathmandu"]
)  # whole half hours ahead of UTC, and quarters
def test_a_column_over_many_years_of_almost_only_open_hours(zone: str) -> None:
    hours = (("00:30", "11:00"), ("11:30", "24:00"))
    cal = WorkCalendar(timezone=zone, weekly=dict.fromkeys(WEEKDAYS, hours))
    rows = [
        us(datetime(year, 3, 2, hour, 10, tzinfo=UTC)) for year in (1972, 1999, 2026) for hour in range(24)
    ]
    check(rows, lambda some: cal.add_many(instants(some), timedelta(hours=30)),
          lambda row: cal.add(at_us(row), timedelta(hours=30)))  # fmt: skip
    check(rows, lambda some: cal.add_days_many(instants(some), 7), lambda row: cal.add_days(at_us(row), 7))


@pytest.mark.parametrize("year", [1960, 2026])
def test_before_1970_time_is_counted_as_after_it(year: int) -> None:
    rows = [us(datetime(year, 3, 2, 1, tzinfo=UTC)) + n * HOUR // 3 for n in range(500)]
    cal = WorkCalendar(timezone="Asia/Shanghai", weekly=dict.fromkeys(WEEKDAYS[:6], (("08:20", "12:00"),)))
    check(rows, lambda some: cal.add_many(instants(some), timedelta(hours=6)),
          lambda row: cal.add(at_us(row), timedelta(hours=6)))  # fmt: skip
    check(rows, lambda some: cal.elapsed_many(instants(some), instants(rows[:1])),
          lambda row: cal.elapsed(at_us(row), at_us(rows[0])))  # fmt: skip
    for n in (*range(6), 0, 5, -3):
        check(rows, lambda some, n=n: cal.add_days_many(instants(some), n),  # type: ignore[misc]  # n is bound
              lambda row, n=n: cal.add_days(at_us(row), n))  # type: ignore[misc]  # fmt: skip


@pytest.mark.parametrize("counts", [range(-4, 9), range(9), range(-9, -2), range(-400, 400, 7)])
def test_numbers_of_days_for_each_of_many_rows(counts: range) -> None:
    rows = [(MONDAY + n * 7 * HOUR, counts[n % len(counts)]) for n in range(2 * MANY)]
    cal = WorkCalendar(
        timezone="Europe/Berlin",
        weekly=dict.fromkeys(WEEKDAYS[:5], (("22:00", "06:00"),)),
        exceptions={date(2026, 3, 25): [("12:00", "13:00")]},
    )
    answer = cal.add_days_many(instants(at for at, _ in rows), np.array([n for _, n in rows]))
    assert answer.astype(np.int64).tolist() == [us(cal.add_days(at_us(at), n)) for at, n in rows]


@pytest.mark.parametrize("text", ["3 d", "1 month"])
def test_days_on_the_wall_around_each_change_of_the_clock(text: str) -> None:
    term, cal = Term.parse(text), WorkCalendar.continuous("Europe/Berlin")
    spring, autumn = us(datetime(2026, 3, 1, tzinfo=UTC)), us(datetime(2026, 9, 25, tzinfo=UTC))
    rows = [first + n * HOUR // 2 for first in (spring, autumn) for n in range(1700)]
    answer = term.after_many(instants(rows), cal)
    assert answer.astype(np.int64).tolist() == [us(term.after(at_us(at), cal)) for at in rows]


def test_days_that_lead_out_of_the_years_between_the_others() -> None:
    rows = instants([MONDAY] * MANY)
    counts = np.array([3, -2, 10_000] * (MANY // 3))
    answer = OPEN.add_days_many(rows, counts)
    wanted = [us(OPEN.add_days(at_us(MONDAY), n)) for n in (3, -2, 10_000)]
    assert answer.astype(np.int64).tolist() == wanted * (MANY // 3)
    with pytest.raises((InstantRangeError, OverflowError)):
        OPEN.add_days_many(rows, np.array([3, 2**40] * (MANY // 2)))
