"""Reads the working calendars that a case file brings for the rulebook's clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from qms_service.rulebooks.section import Section
from qms_service.worktime import WorkCalendar, china_calendar

NATIONS: Final = ("china",)


def read_calendars(root: Section) -> dict[str, WorkCalendar]:
    """The calendars under `calendars`, by the name that a rulebook calls them by."""
    read = {name: _calendar(section) for name, section in root.inner("calendars").tables()}
    return {name: calendar for name, calendar in read.items() if calendar is not None}


def _calendar(section: Section) -> WorkCalendar | None:
    national = section.name("national", "choice", NATIONS)
    zone = section.text("timezone", needed=national is None)
    options: dict[str, Any] = {
        "weekly": section.take("weekly", dict, needed=True) or {},
        "exceptions": _exceptions(section),
        "known_until": section.take("known_until", date),
    }
    if zone is not None:
        options["timezone"] = zone
    if national and "makeup" in section.raw:
        options["makeup"] = section.take("makeup", list)
    section.finish()
    if national is None and zone is None:
        return None
    make: Callable[..., WorkCalendar] = china_calendar if national else WorkCalendar
    return section.problems.reading(section.path, make, **options)


def _exceptions(section: Section) -> Mapping[date, object]:
    """Hours by date; TOML has a date for a key only as text."""
    given, found = section.inner("exceptions"), {}
    for text, hours in given.raw.items():
        try:
            found[date.fromisoformat(text)] = hours
        except ValueError:
            section.problems.note("cases-day", given.at(text), got=text)
    return found
