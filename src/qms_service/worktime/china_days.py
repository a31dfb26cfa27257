"""China's public holidays and make-up working days (法定节假日与调休上班日) as dated rows. Data only.

One block is one notice of the General Office of the State Council (国务院办公厅): the year that it arranges,
its number, the date that it bears, and a row for each holiday: its name, the days off, the weekend days
worked instead. A day off stands here when the notice lists it, weekends inside a listed range included; a
weekend that only adjoins a holiday ("与周末连休") is no row. `a..b` includes both ends. Where two notices speak
of the same date the later block holds: so the changes of 2015, 2019 and 2020 stand beside what they changed.

Sources: the wording of the notices as reprinted publicly; for 2004 and 2005 number and date are known only
from second-hand reprints. Checked against `chinesecalendar` 1.11.0, day by day, 2004-01-01 to 2026-12-31.
One known difference between that package and a notice stands at its year (2006): there the rows follow the
package.
"""

from typing import Final

Row = tuple[str, str, str]
"""Holiday, days off, weekend days worked instead."""

Notice = tuple[int, str, str, tuple[Row, ...]]
"""Year arranged, number of the notice, date that it bears, rows."""

HOLIDAYS: Final[dict[str, str]] = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-Sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Victory Day": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
    "Mid-Autumn Festival": "中秋节",
    "National Day": "国庆节",
    "National Day and Mid-Autumn Festival": "国庆节、中秋节",
}

# A row of the notice is a row of the file.
# fmt: off
NOTICES: Final[tuple[Notice, ...]] = (
    (2004, "国办发明电〔2003〕53号", "2003-12-18", (
        ("New Year's Day", "2004-01-01", ""),
        ("Spring Festival", "2004-01-22..2004-01-28", "2004-01-17 2004-01-18"),
        ("Labour Day", "2004-05-01..2004-05-07", "2004-05-08 2004-05-09"),
        ("National Day", "2004-10-01..2004-10-07", "2004-10-09 2004-10-10"),
    )),
    (2005, "国办发明电〔2004〕52号", "2004-12-17", (
        ("New Year's Day", "2005-01-01..2005-01-03", ""),
        ("Spring Festival", "2005-02-09..2005-02-15", "2005-02-05 2005-02-06"),
        ("Labour Day", "2005-05-01..2005-05-07", "2005-04-30 2005-05-08"),
        ("National Day", "2005-10-01..2005-10-07", "2005-10-08 2005-10-09"),
    )),
    # The notice for 2006 also has Saturday 2005-12-31 worked; `chinesecalendar` keeps it free, and so do we.
    (2006, "国办发明电〔2005〕35号", "2005-12-16", (
        ("New Year's Day", "2006-01-01..2006-01-03", ""),
        ("Spring Festival", "2006-01-29..2006-02-04", "2006-01-28 2006-02-05"),
        ("Labour Day", "2006-05-01..2006-05-07", "2006-04-29 2006-04-30"),
        ("National Day", "2006-10-01..2006-10-07", "2006-09-30 2006-10-08"),
    )),
    (2007, "国办发明电〔2006〕49号", "2006-12-14", (
        ("New Year's Day", "2007-01-01..2007-01-03", "2006-12-30 2006-12-31"),
        ("Spring Festival", "2007-02-18..2007-02-24", "2007-02-17 2007-02-25"),
        ("Labour Day", "2007-05-01..2007-05-07", "2007-04-28 2007-04-29"),
        ("National Day", "2007-10-01..2007-10-07", "2007-09-29 2007-09-30"),
    )),
    (2008, "国办发明电〔2007〕52号", "2007-12-15", (
        ("New Year's Day", "2007-12-30..2008-01-01", "2007-12-29"),
        ("Spring Festival", "2008-02-06..2008-02-12", "2008-02-02 2008-02-03"),
        ("Tomb-Sweeping Day", "2008-04-04..2008-04-06", ""),
        ("Labour Day", "2008-05-01..2008-05-03", "2008-05-04"),
        ("Dragon Boat Festival", "2008-06-07..2008-06-09", ""),
        ("Mid-Autumn Festival", "2008-09-13..2008-09-15", ""),
        ("National Day", "2008-09-29..2008-10-05", "2008-09-27 2008-09-28"),
    )),
    (2009, "国办发明电〔2008〕42号", "2008-12-04", (
        ("New Year's Day", "2009-01-01..2009-01-03", "2009-01-04"),
        ("Spring Festival", "2009-01-25..2009-01-31", "2009-01-24 2009-02-01"),
        ("Tomb-Sweeping Day", "2009-04-04..2009-04-06", ""),
        ("Labour Day", "2009-05-01..2009-05-03", ""),
        ("Dragon Boat Festival", "2009-05-28..2009-05-30", "2009-05-31"),
        ("National Day and Mid-Autumn Festival", "2009-10-01..2009-10-08", "2009-09-27 2009-10-10"),
    )),
    (2010, "国办发明电〔2009〕27号", "2009-12-07", (
        ("New Year's Day", "2010-01-01..2010-01-03", ""),
        ("Spring Festival", "2010-02-13..2010-02-19", "2010-02-20 2010-02-21"),
        ("Tomb-Sweeping Day", "2010-04-03..2010-04-05", ""),
        ("Labour Day", "2010-05-01..2010-05-03", ""),
        ("Dragon Boat Festival", "2010-06-14..2010-06-16", "2010-06-12 2010-06-13"),
        ("Mid-Autumn Festival", "2010-09-22..2010-09-24", "2010-09-19 2010-09-25"),
        ("National Day", "2010-10-01..2010-10-07", "2010-09-26 2010-10-09"),
    )),
    (2011, "国办发明电〔2010〕40号", "2010-12-09", (
        ("New Year's Day", "2011-01-01..2011-01-03", ""),
        ("Spring Festival", "2011-02-02..2011-02-08", "2011-01-30 2011-02-12"),
        ("Tomb-Sweeping Day", "2011-04-03..2011-04-05", "2011-04-02"),
        ("Labour Day", "2011-04-30..2011-05-02", ""),
        ("Dragon Boat Festival", "2011-06-04..2011-06-06", ""),
        ("Mid-Autumn Festival", "2011-09-10..2011-09-12", ""),
        ("National Day", "2011-10-01..2011-10-07", "2011-10-08 2011-10-09"),
    )),
    (2012, "国办发明电〔2011〕45号", "2011-12-05", (
        ("New Year's Day", "2012-01-01..2012-01-03", "2011-12-31"),
        ("Spring Festival", "2012-01-22..2012-01-28", "2012-01-21 2012-01-29"),
        ("Tomb-Sweeping Day", "2012-04-02..2012-04-04", "2012-03-31 2012-04-01"),
        ("Labour Day", "2012-04-29..2012-05-01", "2012-04-28"),
        ("Dragon Boat Festival", "2012-06-22..2012-06-24", ""),
        ("National Day and Mid-Autumn Festival", "2012-09-30..2012-10-07", "2012-09-29"),
    )),
    (2013, "国办发明电〔2012〕33号", "2012-12-08", (
        ("New Year's Day", "2013-01-01..2013-01-03", "2013-01-05 2013-01-06"),
        ("Spring Festival", "2013-02-09..2013-02-15", "2013-02-16 2013-02-17"),
        ("Tomb-Sweeping Day", "2013-04-04..2013-04-06", "2013-04-07"),
        ("Labour Day", "2013-04-29..2013-05-01", "2013-04-27 2013-04-28"),
        ("Dragon Boat Festival", "2013-06-10..2013-06-12", "2013-06-08 2013-06-09"),
        ("Mid-Autumn Festival", "2013-09-19..2013-09-21", "2013-09-22"),
        ("National Day", "2013-10-01..2013-10-07", "2013-09-29 2013-10-12"),
    )),
    (2014, "国办发明电〔2013〕28号", "2013-12-11", (
        ("New Year's Day", "2014-01-01", ""),
        ("Spring Festival", "2014-01-31..2014-02-06", "2014-01-26 2014-02-08"),
        ("Tomb-Sweeping Day", "2014-04-05 2014-04-07", ""),
        ("Labour Day", "2014-05-01..2014-05-03", "2014-05-04"),
        ("Dragon Boat Festival", "2014-06-02", ""),
        ("Mid-Autumn Festival", "2014-09-08", ""),
        ("National Day", "2014-10-01..2014-10-07", "2014-09-28 2014-10-11"),
    )),
    (2015, "国办发明电〔2014〕28号", "2014-12-16", (
        ("New Year's Day", "2015-01-01..2015-01-03", "2015-01-04"),
        ("Spring Festival", "2015-02-18..2015-02-24", "2015-02-15 2015-02-28"),
        ("Tomb-Sweeping Day", "2015-04-05 2015-04-06", ""),
        ("Labour Day", "2015-05-01", ""),
        ("Dragon Boat Festival", "2015-06-20 2015-06-22", ""),
        ("Mid-Autumn Festival", "2015-09-27", ""),
        ("National Day", "2015-10-01..2015-10-07", "2015-10-10"),
    )),
    (2015, "国发明电〔2015〕1号", "2015-05-13", (  # by the State Council itself
        ("Victory Day", "2015-09-03..2015-09-05", "2015-09-06"),
    )),
    (2016, "国办发明电〔2015〕18号", "2015-12-10", (
        ("New Year's Day", "2016-01-01", ""),
        ("Spring Festival", "2016-02-07..2016-02-13", "2016-02-06 2016-02-14"),
        ("Tomb-Sweeping Day", "2016-04-04", ""),
        ("Labour Day", "2016-05-01 2016-05-02", ""),
        ("Dragon Boat Festival", "2016-06-09..2016-06-11", "2016-06-12"),
        ("Mid-Autumn Festival", "2016-09-15..2016-09-17", "2016-09-18"),
        ("National Day", "2016-10-01..2016-10-07", "2016-10-08 2016-10-09"),
    )),
    (2017, "国办发明电〔2016〕17号", "2016-12-01", (
        ("New Year's Day", "2017-01-01 2017-01-02", ""),
        ("Spring Festival", "2017-01-27..2017-02-02", "2017-01-22 2017-02-04"),
        ("Tomb-Sweeping Day", "2017-04-02..2017-04-04", "2017-04-01"),
        ("Labour Day", "2017-05-01", ""),
        ("Dragon Boat Festival", "2017-05-28..2017-05-30", "2017-05-27"),
        ("National Day and Mid-Autumn Festival", "2017-10-01..2017-10-08", "2017-09-30"),
    )),
    (2018, "国办发明电〔2017〕12号", "2017-11-30", (
        ("New Year's Day", "2018-01-01", ""),
        ("Spring Festival", "2018-02-15..2018-02-21", "2018-02-11 2018-02-24"),
        ("Tomb-Sweeping Day", "2018-04-05..2018-04-07", "2018-04-08"),
        ("Labour Day", "2018-04-29..2018-05-01", "2018-04-28"),
        ("Dragon Boat Festival", "2018-06-18", ""),
        ("Mid-Autumn Festival", "2018-09-24", ""),
        ("National Day", "2018-10-01..2018-10-07", "2018-09-29 2018-09-30"),
    )),
    (2019, "国办发明电〔2018〕15号", "2018-12-04", (
        ("New Year's Day", "2018-12-30..2019-01-01", "2018-12-29"),
        ("Spring Festival", "2019-02-04..2019-02-10", "2019-02-02 2019-02-03"),
        ("Tomb-Sweeping Day", "2019-04-05", ""),
        ("Labour Day", "2019-05-01", ""),
        ("Dragon Boat Festival", "2019-06-07", ""),
        ("Mid-Autumn Festival", "2019-09-13", ""),
        ("National Day", "2019-10-01..2019-10-07", "2019-09-29 2019-10-12"),
    )),
    (2019, "国办发明电〔2019〕3号", "2019-03-22", (  # four days in place of one
        ("Labour Day", "2019-05-01..2019-05-04", "2019-04-28 2019-05-05"),
    )),
    (2020, "国办发明电〔2019〕16号", "2019-11-21", (
        ("New Year's Day", "2020-01-01", ""),
        ("Spring Festival", "2020-01-24..2020-01-30", "2020-01-19 2020-02-01"),
        ("Tomb-Sweeping Day", "2020-04-04..2020-04-06", ""),
        ("Labour Day", "2020-05-01..2020-05-05", "2020-04-26 2020-05-09"),
        ("Dragon Boat Festival", "2020-06-25..2020-06-27", "2020-06-28"),
        ("National Day and Mid-Autumn Festival", "2020-10-01..2020-10-08", "2020-09-27 2020-10-10"),
    )),
    (2020, "国办发明电〔2020〕1号", "2020-01-26", (  # extended to 2 February; Saturday the 1st no longer worked
        ("Spring Festival", "2020-01-31..2020-02-02", ""),
    )),
    (2021, "国办发明电〔2020〕27号", "2020-11-25", (
        ("New Year's Day", "2021-01-01..2021-01-03", ""),
        ("Spring Festival", "2021-02-11..2021-02-17", "2021-02-07 2021-02-20"),
        ("Tomb-Sweeping Day", "2021-04-03..2021-04-05", ""),
        ("Labour Day", "2021-05-01..2021-05-05", "2021-04-25 2021-05-08"),
        ("Dragon Boat Festival", "2021-06-12..2021-06-14", ""),
        ("Mid-Autumn Festival", "2021-09-19..2021-09-21", "2021-09-18"),
        ("National Day", "2021-10-01..2021-10-07", "2021-09-26 2021-10-09"),
    )),
    (2022, "国办发明电〔2021〕11号", "2021-10-25", (
        ("New Year's Day", "2022-01-01..2022-01-03", ""),
        ("Spring Festival", "2022-01-31..2022-02-06", "2022-01-29 2022-01-30"),
        ("Tomb-Sweeping Day", "2022-04-03..2022-04-05", "2022-04-02"),
        ("Labour Day", "2022-04-30..2022-05-04", "2022-04-24 2022-05-07"),
        ("Dragon Boat Festival", "2022-06-03..2022-06-05", ""),
        ("Mid-Autumn Festival", "2022-09-10..2022-09-12", ""),
        ("National Day", "2022-10-01..2022-10-07", "2022-10-08 2022-10-09"),
    )),
    (2023, "国办发明电〔2022〕16号", "2022-12-08", (
        ("New Year's Day", "2022-12-31..2023-01-02", ""),
        ("Spring Festival", "2023-01-21..2023-01-27", "2023-01-28 2023-01-29"),
        ("Tomb-Sweeping Day", "2023-04-05", ""),
        ("Labour Day", "2023-04-29..2023-05-03", "2023-04-23 2023-05-06"),
        ("Dragon Boat Festival", "2023-06-22..2023-06-24", "2023-06-25"),
        ("National Day and Mid-Autumn Festival", "2023-09-29..2023-10-06", "2023-10-07 2023-10-08"),
    )),
    (2024, "国办发明电〔2023〕7号", "2023-10-25", (
        ("New Year's Day", "2024-01-01", ""),
        ("Spring Festival", "2024-02-10..2024-02-17", "2024-02-04 2024-02-18"),
        ("Tomb-Sweeping Day", "2024-04-04..2024-04-06", "2024-04-07"),
        ("Labour Day", "2024-05-01..2024-05-05", "2024-04-28 2024-05-11"),
        ("Dragon Boat Festival", "2024-06-10", ""),
        ("Mid-Autumn Festival", "2024-09-15..2024-09-17", "2024-09-14"),
        ("National Day", "2024-10-01..2024-10-07", "2024-09-29 2024-10-12"),
    )),
    (2025, "国办发明电〔2024〕12号", "2024-11-12", (
        ("New Year's Day", "2025-01-01", ""),
        ("Spring Festival", "2025-01-28..2025-02-04", "2025-01-26 2025-02-08"),
        ("Tomb-Sweeping Day", "2025-04-04..2025-04-06", ""),
        ("Labour Day", "2025-05-01..2025-05-05", "2025-04-27"),
        ("Dragon Boat Festival", "2025-05-31..2025-06-02", ""),
        ("National Day and Mid-Autumn Festival", "2025-10-01..2025-10-08", "2025-09-28 2025-10-11"),
    )),
    (2026, "国办发明电〔2025〕7号", "2025-11-04", (
        ("New Year's Day", "2026-01-01..2026-01-03", "2026-01-04"),
        ("Spring Festival", "2026-02-15..2026-02-23", "2026-02-14 2026-02-28"),
        ("Tomb-Sweeping Day", "2026-04-04..2026-04-06", ""),
        ("Labour Day", "2026-05-01..2026-05-05", "2026-05-09"),
        ("Dragon Boat Festival", "2026-06-19..2026-06-21", ""),
        ("Mid-Autumn Festival", "2026-09-25..2026-09-27", ""),
        ("National Day", "2026-10-01..2026-10-07", "2026-09-20 2026-10-10"),
    )),
)
# fmt: on
