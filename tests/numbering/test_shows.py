"""What tokens tell is exactly what they tell on every day of 28 years, each pair of neighbouring years among them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest

from qms_service.errors import SeriesError
from qms_service.numbering import NumberSeries
from qms_service.numbering.shows import NEEDED, told_by

DAYS = [date(2000, 1, 1) + timedelta(days=day) for day in range(29 * 366)]
PLAIN = {
    "YYYY": [day.year for day in DAYS],
    "MM": [day.month for day in DAYS],
    "DD": [day.day for day in DAYS],
    "Q": [int("111222333444"[day.month - 1]) for day in DAYS],
    "GGGG": [int(day.strftime("%G")) for day in DAYS],
    "WW": [int(day.strftime("%V")) for day in DAYS],
}
SUBSETS = [some for count in range(8) for some in combinations((*PLAIN, "FY"), count)]
PERIODS = {
    "never": (),
    "year": ("YYYY",),
    "fiscal-year": ("FY",),
    "quarter": ("YYYY", "Q"),
    "month": ("YYYY", "MM"),
    "week": ("GGGG", "WW"),
    "day": ("YYYY", "MM", "DD"),
}


@pytest.mark.parametrize("start", range(1, 13))
def test_tokens_tell_what_no_two_days_contradict(start: int) -> None:
    fiscal = [day.year - (day.month < start) for day in DAYS]
    columns = {name: np.array(values) for name, values in {**PLAIN, "FY": fiscal}.items()}
    for some in SUBSETS:
        shown = np.zeros(len(DAYS), dtype=np.int64)
        for name in some:
            shown = shown * 60 + columns[name] % 60  # 29 years, and all else, differ modulo 60
        order = np.argsort(shown, kind="stable")
        alike = np.diff(shown[order]) == 0
        told = {name for name, of in columns.items() if not np.diff(of[order])[alike].any()}
        assert told_by(some, start) - {"YY"} == told, some


def test_a_year_of_two_digits_tells_what_its_four_digits_tell() -> None:
    for some in SUBSETS:
        short = tuple("YY" if name == "YYYY" else name for name in some)
        assert told_by(short, 4) == told_by(some, 4)


def test_a_period_needs_what_its_name_says() -> None:
    assert PERIODS == NEEDED


@pytest.mark.parametrize("reset", PERIODS)
@pytest.mark.parametrize("start", [1, 4, 5])
def test_a_series_is_refused_where_its_text_does_not_tell_its_period(reset: str, start: int) -> None:
    for some in SUBSETS[::3]:
        pattern = "".join(f"{{{name}}}" for name in some) + "-{seq}"
        told = told_by(some, start).issuperset(PERIODS[reset])
        try:
            NumberSeries(id="x", pattern=pattern, reset=reset, timezone="UTC", fiscal_year_start=start)  # type: ignore[arg-type]
        except SeriesError as error:
            (fault,) = error.problems
            assert fault.code == "repeats"
            assert not told, some
        else:
            assert told, some
