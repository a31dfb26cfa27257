from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest

from qms_service.errors import CalendarError, CalendarHorizonError
from qms_service.instants import micros
from qms_service.worktime.calendar import WorkCalendar
from qms_service.worktime.china import china_calendar
from qms_service.worktime.china_days import HOLIDAYS
from qms_service.worktime.china_years import china_years

CHINA = ZoneInfo("Asia/Shanghai")
SHIFT = [("08:30", "12:00"), ("13:30", "17:30")]
MORNING = [("08:30", "12:00")]
MON_TO_FRI = ("mon", "tue", "wed", "thu", "fri")
OFFICE = dict.fromkeys(MON_TO_FRI, SHIFT)
SIX_DAYS = OFFICE | {"sat": MORNING}
SHORT_FRIDAY = OFFICE | {"fri": MORNING}


def hours_of(calendar: WorkCalendar, day: date) -> timedelta:
    start = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return calendar.elapsed(start, start + timedelta(days=1))


def test_every_day_from_2004_to_2026_is_worked_or_free_as_chinesecalendar_has_it() -> None:
    calendar = china_calendar(OFFICE)
    days = chinese_calendar.get_dates(date(2004, 1, 1), date(2026, 12, 31))
    assert len(days) == 8401
    differing = [day for day in days if calendar.is_working_day(day) != chinese_calendar.is_workday(day)]
    assert differing == []


# Each as the notice of its year says it.
@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2004, 5, 8), True),  # Saturday after the golden week
        (date(2006, 12, 31), True),  # by the notice for 2007
        (date(2007, 12, 31), False),  # Monday, by the notice for 2008
        (date(2008, 9, 29), False),  # National Day began on 29 September
        (date(2011, 12, 31), True),  # Saturday, by the notice for 2012
        (date(2014, 4, 7), False),  # Monday made up for Tomb-Sweeping Day
        (date(2015, 9, 3), False),  # Victory Day
        (date(2015, 9, 4), False),
        (date(2015, 9, 6), True),
        (date(2018, 12, 29), True),  # by the notice for 2019
        (date(2019, 5, 3), False),  # after the change of March 2019
        (date(2019, 5, 5), True),
        (date(2020, 1, 31), False),  # the extension of January 2020
        (date(2020, 2, 1), False),  # a make-up day before the extension
        (date(2020, 2, 3), True),
        (date(2024, 2, 4), True),
        (date(2024, 2, 9), True),  # New Year's Eve was left to the employers
        (date(2024, 2, 18), True),
        (date(2025, 1, 26), True),
        (date(2025, 10, 8), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2026, 10, 10), True),
    ],
    ids=lambda value: value.isoformat() if isinstance(value, date) else ("worked" if value else "off"),
)
def test_a_day_is_worked_or_off_as_its_notice_says(day: date, *, worked: bool) -> None:
    assert china_calendar(OFFICE).is_working_day(day) is worked


def test_a_make_up_day_has_the_hours_that_all_weekdays_have() -> None:
    assert hours_of(china_calendar(OFFICE), date(2026, 2, 14)) == timedelta(hours=7, minutes=30)


def test_hours_written_differently_but_equal_are_common_hours() -> None:
    joined = OFFICE | {"wed": [("13:30:00", "17:30"), ("08:30", "10:00"), ("10:00", "12:00")]}
    assert hours_of(china_calendar(joined), date(2026, 2, 14)) == timedelta(hours=7, minutes=30)


def test_weekdays_that_differ_need_the_make_up_hours() -> None:
    with pytest.raises(CalendarError) as refused:
        china_calendar(SHORT_FRIDAY)
    text = str(refused.value)
    assert "fri 08:30–12:00" in text
    assert 'makeup=[("08:30", "12:00"), ("13:30", "17:30")]' in text
    assert "makeup=[" in refused.value.text("zh")


@pytest.mark.parametrize("weekly", [dict.fromkeys(MON_TO_FRI[:4], SHIFT), {"sat": SHIFT, "sun": SHIFT}, {}])
def test_a_week_with_a_closed_weekday_needs_the_make_up_hours(
    weekly: dict[str, list[tuple[str, str]]],
) -> None:
    with pytest.raises(CalendarError, match=r"fri \[\]"):
        china_calendar(weekly)


def test_given_make_up_hours_hold_on_every_make_up_day() -> None:
    calendar = china_calendar(SHORT_FRIDAY, makeup=MORNING)
    assert hours_of(calendar, date(2026, 2, 14)) == timedelta(hours=3, minutes=30)
    assert hours_of(calendar, date(2026, 2, 28)) == timedelta(hours=3, minutes=30)


def test_a_factory_that_works_no_make_up_days_says_so_with_empty_hours() -> None:
    assert not china_calendar(OFFICE, makeup=[]).is_working_day(date(2026, 2, 14))


def test_make_up_hours_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(CalendarError, match="makeup"):
        china_calendar(OFFICE, makeup=[("8.30", "12:00")])


def test_saturday_workers_are_closed_on_a_saturday_that_the_notice_lists_off() -> None:
    calendar = china_calendar(SIX_DAYS)
    assert calendar.is_working_day(date(2026, 2, 7))
    assert not calendar.is_working_day(date(2026, 2, 21))


def test_saturday_workers_work_a_saturday_that_only_adjoins_a_holiday() -> None:
    # 2024-06-10 (Monday) is off "joined with the weekend": the notice lists the Monday alone
    calendar = china_calendar(SIX_DAYS)
    assert calendar.is_working_day(date(2024, 6, 8))
    assert not calendar.is_working_day(date(2024, 6, 10))


def test_saturday_workers_have_the_make_up_hours_on_a_make_up_saturday() -> None:
    calendar = china_calendar(SIX_DAYS)
    assert hours_of(calendar, date(2026, 2, 7)) == timedelta(hours=3, minutes=30)
    assert hours_of(calendar, date(2026, 2, 14)) == timedelta(hours=7, minutes=30)


def test_a_night_shift_that_starts_on_a_holiday_is_off_with_all_of_it() -> None:
    nights = {day: [("22:00", "06:00")] for day in MON_TO_FRI}
    calendar = china_calendar(nights)
    assert hours_of(calendar, date(2026, 6, 18)) == timedelta(hours=8)  # Thursday: 0–6 and 22–24
    assert hours_of(calendar, date(2026, 6, 19)) == timedelta(
        hours=6
    )  # Dragon Boat Festival: Thursday's rest
    assert hours_of(calendar, date(2026, 6, 20)) == timedelta(0)


def test_a_term_across_spring_festival_counts_the_make_up_saturday() -> None:
    calendar = china_calendar(OFFICE)
    friday = datetime(2026, 2, 13, 16, 30, tzinfo=CHINA)
    assert calendar.add(friday, timedelta(hours=9)) == datetime(2026, 2, 24, 9, 0, tzinfo=CHINA)


def test_asking_beyond_the_last_published_year_is_refused() -> None:
    calendar = china_calendar(OFFICE)
    assert calendar.known_until == date(2026, 12, 31)
    with pytest.raises(CalendarHorizonError):
        calendar.is_working_day(date(2027, 1, 1))
    with pytest.raises(CalendarHorizonError):
        calendar.add(datetime(2026, 12, 31, 16, 0, tzinfo=CHINA), timedelta(hours=4))


def test_the_factory_adds_the_next_year_when_its_notice_is_out() -> None:
    calendar = china_calendar(
        OFFICE,
        exceptions={date(2027, 1, 1): [], date(2027, 1, 2): SHIFT},
        known_until=date(2027, 12, 31),
    )
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 2))
    assert calendar.known_until == date(2027, 12, 31)


def test_a_later_horizon_without_days_of_that_year_is_refused() -> None:
    with pytest.raises(CalendarError) as refused:
        china_calendar(OFFICE, known_until=date(2027, 12, 31))
    assert "2027" in str(refused.value)
    assert "exceptions" in str(refused.value)
    assert "2027" in refused.value.text("zh")


def test_a_later_horizon_needs_days_in_each_further_year() -> None:
    with pytest.raises(CalendarError, match="2028"):
        china_calendar(OFFICE, exceptions={date(2027, 1, 1): []}, known_until=date(2028, 12, 31))


def test_an_earlier_horizon_leaves_later_holidays_out() -> None:
    calendar = china_calendar(OFFICE, known_until=date(2025, 12, 31))
    with pytest.raises(CalendarHorizonError):
        calendar.is_working_day(date(2026, 1, 1))
    assert max(day for day, _ in calendar.exceptions).year == 2025


def test_a_horizon_before_the_first_published_year_is_refused() -> None:
    with pytest.raises(CalendarError, match="2004"):
        china_calendar(OFFICE, known_until=date(2003, 12, 31))


def test_days_of_a_year_not_yet_published_need_a_later_horizon() -> None:
    with pytest.raises(CalendarError, match="2027-01-01"):
        china_calendar(OFFICE, exceptions={date(2027, 1, 1): []})


def test_an_earlier_horizon_keeps_its_december_days_from_the_next_years_notice() -> None:
    calendar = china_calendar(OFFICE, known_until=date(2007, 12, 31))
    assert not calendar.is_working_day(date(2007, 12, 31))
    assert calendar.edition == "国办发明电〔2007〕52号"


def test_the_edition_is_the_last_notice_that_the_calendar_rests_on() -> None:
    assert china_calendar(OFFICE).edition == "国办发明电〔2025〕7号"
    assert china_calendar(OFFICE, known_until=date(2020, 12, 31)).edition == "国办发明电〔2020〕1号"


def test_equal_factories_have_equal_calendars() -> None:
    assert china_calendar(OFFICE) == china_calendar(weekly=OFFICE, makeup=SHIFT)
    assert hash(china_calendar(OFFICE)) == hash(china_calendar(weekly=OFFICE, makeup=SHIFT))


def test_a_date_carries_the_name_of_its_holiday_in_both_languages() -> None:
    names = dict(china_calendar(OFFICE).exception_names)
    assert names[date(2026, 2, 17)] == "Spring Festival 春节"
    assert names[date(2026, 2, 14)] == "Spring Festival make-up day 春节调休上班"
    assert names[date(2017, 10, 4)] == "National Day and Mid-Autumn Festival 国庆节、中秋节"


def test_an_explanation_of_a_closed_instant_names_the_holiday() -> None:
    noon = micros(datetime(2026, 2, 17, 11, 0, tzinfo=CHINA))
    (closed,) = china_calendar(OFFICE).inside.closed_stretches(noon, noon + 1)
    assert closed.reason.name == "Spring Festival 春节"


def test_the_factorys_own_exception_replaces_the_name_as_well() -> None:
    opened = date(2026, 2, 21)
    unnamed = china_calendar(OFFICE, exceptions={opened: MORNING})
    named = china_calendar(OFFICE, exceptions={opened: MORNING}, exception_names={opened: "stocktaking"})
    assert opened not in dict(unnamed.exception_names)
    assert dict(named.exception_names)[opened] == "stocktaking"


def test_the_factorys_own_exception_wins_over_the_notice() -> None:
    # the notice for 2006 has this Saturday worked, the package that the rows follow does not
    worked = china_calendar(OFFICE, exceptions={date(2005, 12, 31): SHIFT})
    assert not china_calendar(OFFICE).is_working_day(date(2005, 12, 31))
    assert worked.is_working_day(date(2005, 12, 31))


def test_every_year_from_2004_names_its_notice_and_ends_on_31_december() -> None:
    years = china_years()
    assert [year.year for year in years] == list(range(2004, 2027))
    assert all(year.known_until == date(year.year, 12, 31) for year in years)
    assert all(year.notice.startswith(f"国办发明电〔{year.issued_on.year}〕") for year in years)
    assert all(year.issued_on.year == year.year - 1 for year in years)
    assert len({year.notice for year in years}) == len(years)


def test_a_date_names_the_notice_that_decided_it() -> None:
    days = {day.on: day for year in china_years() for day in year.days}
    assert days[date(2020, 1, 30)].notice == "国办发明电〔2019〕16号"
    assert days[date(2020, 2, 1)].notice == "国办发明电〔2020〕1号"
    assert days[date(2015, 9, 3)].notice == "国发明电〔2015〕1号"
    assert days[date(2019, 5, 1)].notice == "国办发明电〔2019〕3号"
    assert days[date(2007, 12, 29)].notice == "国办发明电〔2007〕52号"


def test_make_up_days_are_weekend_days_and_no_date_is_arranged_by_two_years() -> None:
    days = [day for year in china_years() for day in year.days]
    assert len({day.on for day in days}) == len(days)
    assert {day.on.weekday() for day in days if day.worked} == {5, 6}
    assert {day.holiday for day in days} == set(HOLIDAYS)
