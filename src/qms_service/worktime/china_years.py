"""The published years (已公布的年度节假日安排): what each notice says of each date, read from the rows.

A year is known when its notice is out, and not before: the list ends with the last published one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import attrs

from qms_service.worktime.china_days import HOLIDAYS, NOTICES, Notice

_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class ChinaDay:
    """One date of a holiday arrangement (放假或调休上班的一天).

    Args:
        on: The date in China.
        holiday: The holiday's English name.
        worked: True on a make-up working day, False on a day off.
        notice: The number of the notice that decides the date.

    >>> day = china_years()[-1].days[4]
    >>> day.on.isoformat(), day.holiday, day.holiday_zh, day.worked, day.notice
    ('2026-02-14', 'Spring Festival', '春节', True, '国办发明电〔2025〕7号')
    """

    on: date
    holiday: str
    worked: bool
    notice: str

    @property
    def holiday_zh(self) -> str:
        """The holiday's Chinese name."""
        return HOLIDAYS[self.holiday]


@attrs.frozen(kw_only=True)
class ChinaYear:
    """The holiday arrangement of one year (年度节假日安排) and where it comes from.

    Args:
        year: The year arranged; its first or last days may lie in a neighbouring December or January.
        notice: The number of the General Office's annual notice.
        issued_on: The date that the notice bears; it was made public up to six days later.
        changed_by: The numbers of later notices that changed the year, in order.
        days: Every date the notices speak of, as finally arranged, in order.

    >>> [(y.year, y.notice, y.changed_by) for y in china_years() if y.changed_by]
    [(2015, '国办发明电〔2014〕28号', ('国发明电〔2015〕1号',)),
     (2019, '国办发明电〔2018〕15号', ('国办发明电〔2019〕3号',)),
     (2020, '国办发明电〔2019〕16号', ('国办发明电〔2020〕1号',))]
    """

    year: int
    notice: str
    issued_on: date
    changed_by: tuple[str, ...] = ()
    days: tuple[ChinaDay, ...]

    @property
    def notices(self) -> tuple[str, ...]:
        """The annual notice and those that changed it, in order."""
        return (self.notice, *self.changed_by)

    @property
    def known_until(self) -> date:
        """The last date that the notice makes known: 31 December of its year."""
        return date(self.year, 12, 31)


@cache
def china_years() -> tuple[ChinaYear, ...]:
    """All published years from 2004 on, oldest first.

    Returns:
        One `ChinaYear` a year without a gap; the last one's `known_until` is where the calendar ends.

    >>> first, *_, last = china_years()
    >>> first.year, first.notice, last.year, last.notice, last.issued_on.isoformat()
    (2004, '国办发明电〔2003〕53号', 2026, '国办发明电〔2025〕7号', '2025-11-04')
    """
    years = sorted({year for year, *_ in NOTICES})
    return tuple(_year([notice for notice in NOTICES if notice[0] == year]) for year in years)


def _year(notices: list[Notice]) -> ChinaYear:
    year, number, issued, _ = notices[0]
    days = {day.on: day for notice in notices for day in _days(notice)}
    return ChinaYear(
        year=year,
        notice=number,
        issued_on=date.fromisoformat(issued),
        changed_by=tuple(number for _, number, _, _ in notices[1:]),
        days=tuple(days[on] for on in sorted(days)),
    )


def _days(notice: Notice) -> Iterator[ChinaDay]:
    _, number, _, rows = notice
    for holiday, off, worked in rows:
        for text, is_worked in ((off, False), (worked, True)):
            for on in _dates(text):
                yield ChinaDay(on=on, holiday=holiday, worked=is_worked, notice=number)


def _dates(text: str) -> Iterator[date]:
    """`"2026-02-14 2026-02-16..2026-02-18"` → each date, both ends included."""
    for part in text.split():
        first, _, last = part.partition("..")
        on, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while on <= end:
            yield on
            on += _DAY
