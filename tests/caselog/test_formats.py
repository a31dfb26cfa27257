"""A format is read as `strptime` reads it, whatever stands in the cell."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qms_service.sheets.formats import ISO_FORMATS, read_as

FORMATS = (
    *ISO_FORMATS,
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y%m%d %H:%M",
    "%m/%d/%y",
    "%d %b %Y",
    "%H:%M %d-%m-%Y",
    "%Y-%m-%d %M",
    "%Y年%m月%d日 %H:%M",
    "on %d-%m-%Y",
    "%Y-%m-%d 1%H:%M",
    "%d-%m-%Y %%",
    "%Y-%m-%d ",
    "%Y-%m-%d %",
)


def by_strptime(format_: str, text: str) -> datetime | None:
    try:
        return datetime.strptime(text, format_)  # noqa: DTZ007  # a wall time
    except ValueError:
        return None


def cells() -> st.SearchStrategy[str]:
    """What stands in the cells of a log: moments in any of the formats, with slips of the pen."""
    moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))  # noqa: DTZ001  # wall times
    written = st.builds(lambda at, format_: at.strftime(format_), moments, st.sampled_from(FORMATS))
    figures = st.lists(st.integers(0, 70), min_size=5, max_size=5)
    loose = figures.map(lambda five: "{}-{}-{} {}:{}".format(2000 + five[0], *five[1:]))
    return st.one_of(written, loose, st.text("0123456789-/:. Tt\t٣", max_size=18))


@given(text=cells(), format_=st.sampled_from(FORMATS))
@example(text="2026-03-02t09:00", format_="%Y-%m-%dT%H:%M")
@example(text="2026-03- 2 09:00", format_="%Y-%m-%d %H:%M")
@example(text="2026-03-02  09:00", format_="%Y-%m-%d %H:%M")
@example(text="2026-3-2 9:5", format_="%Y-%m-%d %H:%M")
@example(text="2026-02-30 09:00", format_="%Y-%m-%d %H:%M")
@example(text="2026-03-02 24:00", format_="%Y-%m-%d %H:%M")
@example(text="٢٠٢٦-03-02", format_="%Y-%m-%d")
@example(text="0000-01-01", format_="%Y-%m-%d")
def test_a_cell_is_read_as_strptime_reads_it(text: str, format_: str) -> None:
    assert read_as(format_, text) == by_strptime(format_, text)


@pytest.mark.parametrize("format_", ["%Y-%m-%d %H:%M", "%d.%m.%y %H:%M", "%Y年%m月%d日 %H:%M", "%Y%m%d%H%M"])
def test_what_a_format_writes_it_reads(format_: str) -> None:
    at = datetime(2026, 3, 2, 9, 5)  # noqa: DTZ001  # a wall time
    assert read_as(format_, at.strftime(format_)) == at
