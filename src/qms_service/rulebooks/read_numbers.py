"""Reads the number series of a rulebook: `[numbers.claim]`."""

from __future__ import annotations

from typing import Any

from qms_service.errors import SeriesError
from qms_service.numbering import NumberSeries
from qms_service.rulebooks.context import BookContext, label_of
from qms_service.rulebooks.section import Section


def read_series(id_: str, section: Section, book: BookContext, timezone: str | None) -> NumberSeries | None:
    """One series; None where it cannot be made of what the rulebook says, which is noted.

    Args:
        id_: Its name.
        section: Its table.
        book: The names of the rulebook.
        timezone: The rulebook's zone, which is the series' own where it names none; None where it cannot be read.
    """
    given: dict[str, Any] = {
        "pattern": section.text("pattern"),
        "reset": section.text("reset"),
        "timezone": section.text("timezone") if "timezone" in section.raw else timezone,
        "accepts": section.texts("accepts"),
        "overflow": section.text("overflow"),
        "fiscal_year_start": section.take("fiscal_year_start", int),
        "clause": book.clause(section),
        "label": label_of(section, id_, "label"),
    }
    section.finish()
    if given["pattern"] is None or given["timezone"] is None:
        return None
    try:
        return NumberSeries(id=id_, **{key: value for key, value in given.items() if value is not None})
    except SeriesError as error:
        for fault in error.problems:
            path = section.at(fault.field) if fault.field in section.raw else section.path
            section.problems.note("refused", path, en=fault.text("en"), zh=fault.text("zh"))
        return None
