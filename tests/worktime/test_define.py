"""Defining a calendar: what is read, what is refused, and that it is a value."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pendulum
import pytest

from qms_service.errors import CalendarError, ZoneError
from qms_service.worktime import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = [("08:30", "12:00"), ("13:30", "17:30")]


def monday(*spans: tuple[str, str], **more: Any) -> WorkCalendar:  # noqa: ANN401  # any argument of the calendar
    return WorkCalendar(timezone="Asia/Shanghai", weekly={"mon": list(spans)}, **more)


def worked_on_monday(cal: WorkCalendar) -> timedelta:
    begin = datetime(2026, 3, 2, tzinfo=SHANGHAI)
    return cal.elapsed(begin, begin + timedelta(days=2))


def minutes(amount: float) -> timedelta:
    return timedelta(minutes=amount)


class TestHours:
    def test_seconds_are_read(self) -> None:
        assert worked_on_monday(monday(("08:00:30", "08:01:15"))) == timedelta(seconds=45)

    def test_the_day_may_end_at_twenty_four(self) -> None:
        assert worked_on_monday(monday(("23:00", "24:00"))) == minutes(60)

    def test_midnight_as_an_end_is_the_next_day(self) -> None:
        assert worked_on_monday(monday(("23:00", "00:00"))) == minutes(60)

    def test_spans_may_be_written_in_any_order(self) -> None:
        assert monday(*DAY) == monday(*reversed(DAY))

    def test_touching_spans_join(self) -> None:
        assert monday(("08:00", "12:00"), ("12:00", "16:00")) == monday(("08:00", "16:00"))
        assert monday(("20:00", "24:00"), ("08:00", "20:00")) == monday(("08:00", "24:00"))

    @pytest.mark.parametrize(
        "text",
        ["8:30", "24:01", "25:00", "08:60", "08.30", "08:30 am", "", "8", "08:30:60", "٠٨:٣٠", 830, None],
    )
    def test_an_unreadable_time_is_refused(self, text: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match=r'mon: .* is no time. Write "HH:MM"'):
            monday((text, "17:30"))

    def test_a_span_cannot_start_at_twenty_four(self) -> None:
        with pytest.raises(CalendarError, match="cannot start at 24:00"):
            monday(("24:00", "06:00"))

    @pytest.mark.parametrize(
        "spans", ["08:30-12:00", 8, [("08:30",)], [("08:30", "12:00", "13:00")], ("08:30", "12:00"), [8]]
    )
    def test_hours_are_pairs_of_times(self, spans: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match=r"mon: .*pairs of times"):
            WorkCalendar(timezone="Asia/Shanghai", weekly={"mon": spans})


class TestOverlaps:
    def test_two_spans_of_a_day(self) -> None:
        with pytest.raises(CalendarError, match="08:30–12:00 of mon and 11:30–17:30 of mon overlap"):
            monday(("08:30", "12:00"), ("11:30", "17:30"))

    def test_the_same_span_twice(self) -> None:
        with pytest.raises(CalendarError, match="overlap"):
            monday(("08:30", "12:00"), ("08:30", "12:00"))

    def test_a_night_shift_and_the_next_morning(self) -> None:
        with pytest.raises(CalendarError, match="22:00–30:00 of mon and 05:00–12:00 of tue overlap"):
            WorkCalendar(
                timezone="Asia/Shanghai", weekly={"mon": [("22:00", "06:00")], "tue": [("05:00", "12:00")]}
            )

    def test_sunday_night_and_monday_morning(self) -> None:
        with pytest.raises(CalendarError, match=r"of sun and .* of mon overlap"):
            WorkCalendar(
                timezone="Asia/Shanghai", weekly={"sun": [("22:00", "06:00")], "mon": [("05:00", "12:00")]}
            )

    def test_an_exception_and_the_night_before(self) -> None:
        with pytest.raises(
            CalendarError, match=r"2026-03-02 \(mon\) and 04:00–08:00 of 2026-03-03 \(tue\) overlap"
        ):
            monday(("22:00", "06:00"), exceptions={date(2026, 3, 3): [("04:00", "08:00")]})

    def test_an_exceptional_night_and_the_morning_after(self) -> None:
        with pytest.raises(
            CalendarError, match=r"2026-03-01 \(sun\) and 05:00–12:00 of 2026-03-02 \(mon\) overlap"
        ):
            monday(("05:00", "12:00"), exceptions={date(2026, 3, 1): [("22:00", "06:00")]})

    def test_touching_across_midnight_is_no_overlap(self) -> None:
        nights = monday(("22:00", "06:00"), exceptions={date(2026, 3, 3): [("06:00", "07:00")]})
        assert worked_on_monday(nights) == minutes(9 * 60)

    def test_closing_the_night_makes_room_for_the_morning(self) -> None:
        moved = monday(
            ("22:00", "06:00"), exceptions={date(2026, 3, 2): [], date(2026, 3, 3): [("04:00", "08:00")]}
        )
        assert worked_on_monday(moved) == minutes(4 * 60)


class TestWeekAndExceptions:
    def test_a_misspelt_weekday_is_refused_with_the_allowed_ones(self) -> None:
        with pytest.raises(CalendarError, match=r"'monday'. Did you mean mon") as refusal:
            WorkCalendar(timezone="Asia/Shanghai", weekly={"monday": DAY})
        assert refusal.value.operands["allowed"] == ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

    @pytest.mark.parametrize("key", [0, "X", None])
    def test_a_weekday_like_none_is_refused(self, key: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match="Unknown weekday"):
            WorkCalendar(timezone="Asia/Shanghai", weekly={key: DAY})

    @pytest.mark.parametrize("weekly", [None, [DAY], "mon", 5])
    def test_weekly_hours_are_a_mapping(self, weekly: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match="Weekly hours"):
            WorkCalendar(timezone="Asia/Shanghai", weekly=weekly)

    @pytest.mark.parametrize("exceptions", [None, [date(2026, 3, 2)], "2026-03-02"])
    def test_exceptions_are_a_mapping(self, exceptions: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match="Exceptions"):
            monday(*DAY, exceptions=exceptions)

    @pytest.mark.parametrize("day", ["2026-02-17", datetime(2026, 2, 17, tzinfo=SHANGHAI), 20260217, None])
    def test_an_exception_is_for_a_date(self, day: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match="is no date"):
            monday(*DAY, exceptions={day: []})

    def test_an_unreadable_exception_names_its_date(self) -> None:
        with pytest.raises(CalendarError, match=r"2026-02-17: .* is no time"):
            monday(*DAY, exceptions={date(2026, 2, 17): [("9", "12:00")]})

    def test_a_pendulum_date_is_a_date(self) -> None:
        assert monday(*DAY, exceptions={pendulum.date(2026, 2, 17): []}) == monday(
            *DAY, exceptions={date(2026, 2, 17): []}
        )

    @pytest.mark.parametrize("until", [datetime(2026, 12, 31, tzinfo=SHANGHAI), "2026-12-31", 2026])
    def test_known_until_is_a_date(self, until: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match="is no date"):
            monday(*DAY, known_until=until)

    def test_a_name_belongs_to_an_exception(self) -> None:
        with pytest.raises(CalendarError, match="2026-02-17 has the name Spring Festival but no exception"):
            monday(*DAY, exception_names={date(2026, 2, 17): "Spring Festival"})

    @pytest.mark.parametrize("names", [None, ["Spring Festival"], {date(2026, 2, 17): 5}])
    def test_names_are_a_mapping_of_texts(self, names: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(CalendarError, match="Names of exceptions"):
            monday(*DAY, exceptions={date(2026, 2, 17): []}, exception_names=names)

    @pytest.mark.parametrize(
        "zone", ["Asia/Beijing", "", "Asia", "../etc", "UTC+8", None, 8, timedelta(hours=8)]
    )
    def test_an_unknown_zone_is_refused(self, zone: Any) -> None:  # noqa: ANN401  # junk
        with pytest.raises(ZoneError, match="IANA name such as Asia/Shanghai"):
            WorkCalendar(timezone=zone, weekly={})

    @pytest.mark.parametrize("zone", [ZoneInfo("Asia/Shanghai"), pendulum.timezone("Asia/Shanghai")])
    def test_a_zone_of_the_standard_library_or_of_pendulum_is_taken(self, zone: Any) -> None:  # noqa: ANN401  # both
        assert WorkCalendar(timezone=zone, weekly={}) == WorkCalendar(timezone="Asia/Shanghai", weekly={})

    def test_the_first_date_of_all_may_be_an_exception(self) -> None:
        assert worked_on_monday(
            monday(*DAY, exceptions={date.min: [("09:00", "10:00")], date.max: []})
        ) == minutes(450)

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_a_date_without_neighbours_is_out_of_reach(self, day: date) -> None:
        with pytest.raises(LookupError, match="9997"):
            monday(*DAY).is_working_day(day)


class TestValue:
    FULL = monday(
        *DAY,
        exceptions={date(2026, 2, 17): [], date(2026, 2, 14): [("08:30", "12:00")]},
        exception_names={date(2026, 2, 17): "Spring Festival"},
        known_until=date(2026, 12, 31),
        name="factory",
        edition="2026",
    )

    def test_equal_definitions_are_equal_with_one_hash(self) -> None:
        again = attrs.evolve(self.FULL)
        assert again == self.FULL
        assert hash(again) == hash(self.FULL)
        assert len({again, self.FULL}) == 1
        assert monday(*DAY) != self.FULL

    def test_what_has_been_asked_does_not_change_it(self) -> None:
        asked = attrs.evolve(self.FULL)
        worked_on_monday(asked)
        assert asked == self.FULL
        assert repr(asked) == repr(self.FULL)

    def test_a_new_edition_is_the_old_one_with_more_dates(self) -> None:
        grown = attrs.evolve(
            self.FULL,
            exceptions={**dict(self.FULL.exceptions), date(2027, 2, 6): []},
            known_until=date(2027, 12, 31),
            edition="2027",
        )
        assert not grown.is_working_day(date(2026, 2, 17))
        assert not grown.is_working_day(date(2027, 2, 6))

    @pytest.mark.parametrize("cal", [FULL, WorkCalendar.continuous("Asia/Shanghai")])
    def test_it_survives_a_copy_and_a_pickle(self, cal: WorkCalendar) -> None:
        for again in (pickle.loads(pickle.dumps(cal)), copy.deepcopy(cal)):  # noqa: S301  # our own
            assert again == cal
            assert hash(again) == hash(cal)
            assert worked_on_monday(again) == worked_on_monday(cal)

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            self.FULL.timezone = "UTC"  # type: ignore[misc]  # the case


def test_the_calendar_has_its_definition_its_questions_and_one_inside() -> None:
    public = {name for name in dir(WorkCalendar) if not name.startswith("_")}
    definition = {"timezone", "weekly", "exceptions", "known_until", "name", "edition", "exception_names"}
    questions = {
        "add", "add_days", "add_days_many", "add_many", "continuous", "elapsed", "elapsed_many", "is_open",
        "is_working_day", "next_open", "previous_close", "spans",
    }  # fmt: skip
    assert public == definition | questions | {"zone", "inside"}
