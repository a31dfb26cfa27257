"""Reads a mapping file: TOML in, a `LogMapping` out, every mistake noted and none guessed away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeVar

from qms_service.caselog.files import log_content
from qms_service.caselog.mapping import (
    MISSING,
    EventColumns,
    EventRows,
    FactColumn,
    LogMapping,
    Names,
    ZoneColumn,
)
from qms_service.errors import LogError
from qms_service.rulebooks.as_written import as_written
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.load import toml
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.syntax import TomlSyntaxError
from qms_service.sheets.formats import ISO_FORMATS
from qms_service.sheets.moments import MomentReader

T = TypeVar("T")
BESIDE: Final = ("recorded_at", "by", "department", "role", "note")


def read_mapping(path: Path) -> tuple[LogMapping, Problems]:
    """The mapping in a file, and the mistakes noted while it was read.

    A key that cannot be read stands as if it were absent, so that the names which remain can still be
    compared with the rulebook and the log.

    Raises:
        LogError: The file cannot be opened, or is no TOML in UTF-8; that is reported alone.
    """
    data = log_content(path)
    try:
        text = data.decode("utf-8-sig")
        raw = toml(text)
    except UnicodeDecodeError as error:
        raise LogError("log.mapping-encoding", file=path.name, reason=str(error)) from error
    except TomlSyntaxError as error:
        raise LogError("log.mapping-syntax", file=path.name, reason=error.said) from error
    problems = Problems(Lines(text))
    return _mapping(Section(raw, "", problems)), problems


def _mapping(section: Section) -> LogMapping:
    long = _choice(section, "layout", "wide", "long") == "long"
    mapping = LogMapping(
        kind=section.text("kind", needed=True) or "",
        layout="long" if long else "wide",
        encoding=_given(section.text("encoding"), "utf-8"),
        delimiter=_given(section.text("delimiter"), ","),
        header_line=_given(section.take("header_line", int), 1),
        timezone=_timezone(section),
        moments=_moments(section),
        missing=section.texts("missing") if "missing" in section.raw else MISSING,
        case=section.text("case", needed=True) or "",
        events=() if long else tuple(_events(section.inner("events"))),
        rows=_rows(section.inner("event")) if long else None,
        facts=(*_facts(section.inner("subject"), "subject"), *_event_facts(section.inner("facts"))),
        departments=_names(section, "departments"),
    )
    section.finish()
    return mapping


def _choice(section: Section, key: str, *allowed: str) -> str:
    """One of the words allowed; the first where the key is absent."""
    got = section.text(key)
    if got is None or got in allowed:
        return got or allowed[0]
    section.problems.note("choice", section.at(key), got=got, allowed=allowed)
    return allowed[0]


def _timezone(section: Section) -> str | ZoneColumn:
    got: str | dict[str, object] | None = section.take("timezone", str, dict, needed=True)
    if isinstance(got, dict):
        table = section.inner("timezone")
        column, names = table.text("column", needed=True) or "", _names(table, "names")
        table.finish()
        return ZoneColumn(column=column, names=names)
    return _given(got, "UTC")


def _given(got: T | None, otherwise: T) -> T:
    return otherwise if got is None else got


def _moments(section: Section) -> MomentReader:
    return MomentReader(
        formats=section.texts("date_formats") or ISO_FORMATS,
        bounds=_choice(section, "dates", "refuse", "bounds") == "bounds",
        midnight_is_day=_choice(section, "midnight", "time", "date") == "date",
        between=_between(section),
    )


def _between(section: Section) -> tuple[date, date] | None:
    got = section.take("between", list)
    if got is None:
        return None
    if len(got) == 2 and all(type(day) is date for day in got) and got[0] <= got[1]:  # noqa: PLR2004  # first and last
        return got[0], got[1]
    section.problems.note("between", section.at("between"), got=as_written(got))
    return None


def _events(section: Section) -> Iterator[tuple[str, EventColumns]]:
    for name in section.raw:
        given = section.take(name, str, dict)
        if isinstance(given, str):
            yield name, EventColumns(at=given)
        elif given is not None:
            table = section.inner(name)
            yield name, _columns(table)
            table.finish()


def _columns(section: Section) -> EventColumns:
    at = section.text("at", needed=True) or ""
    return EventColumns(at=at, **{name: section.text(name) for name in BESIDE})


def _rows(section: Section) -> EventRows:
    rows = EventRows(
        name=section.text("name", needed=True) or "",
        names=_names(section, "names"),
        ignore=section.texts("ignore"),
        columns=_columns(section),
    )
    section.finish()
    return rows


def _event_facts(section: Section) -> Iterator[FactColumn]:
    for event, table in section.tables():
        yield from _facts(table, event)


def _facts(section: Section, owner: str) -> Iterator[FactColumn]:
    for name in section.raw:
        given = section.take(name, str, dict)
        fact = f"{owner}.{name}"
        if isinstance(given, str):
            yield FactColumn(fact=fact, column=given)
        elif given is not None:
            yield _fact(section.inner(name), fact)


def _fact(section: Section, fact: str) -> FactColumn:
    limit = section.take("at_most", int)
    column = FactColumn(
        fact=fact,
        column=section.text("column", needed=True) or "",
        values=tuple((section.take("values", dict) or {}).items()),
        unit=section.text("unit"),
        currency=section.text("currency"),
        separator=section.text("separator") or ";",
        at_most=None if limit is None else Decimal(limit),
    )
    section.finish()
    return column


def _names(section: Section, key: str) -> Names:
    table = section.inner(key)
    pairs = ((spelling, table.text(spelling)) for spelling in table.raw)
    return tuple((spelling, name) for spelling, name in pairs if name is not None)
