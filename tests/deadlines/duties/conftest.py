"""The working calendar of a factory in China over 2026, as the State Council's notice has it."""

from __future__ import annotations

import pytest

from qms_service import WorkCalendar, china_calendar

SHIFT = [("08:30", "12:00"), ("13:30", "17:30")]


@pytest.fixture(scope="session")
def factory() -> WorkCalendar:
    return china_calendar(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHIFT))
