"""The form of a log (格式): encoding, delimiter, line of the header, zone and date formats.

What cannot stand is noted and its default taken, so that the columns can be compared all the same.
"""

from __future__ import annotations

import codecs
from itertools import combinations

import attrs

from qms_service.caselog.mapping import LogMapping, ZoneColumn
from qms_service.errors import ZoneError
from qms_service.instants import zone
from qms_service.rulebooks.section import Problems
from qms_service.sheets.formats import format_fault, read_differently
from qms_service.sheets.moments import MomentReader


def check_form(mapping: LogMapping, problems: Problems) -> LogMapping:
    """Notes what no log can be written in; the mapping with the default in its place."""
    return attrs.evolve(
        mapping,
        encoding=_encoding(mapping.encoding, problems),
        delimiter=_delimiter(mapping.delimiter, problems),
        header_line=_header_line(mapping.header_line, problems),
        timezone=_timezone(mapping.timezone, problems),
        moments=_moments(mapping.moments, problems),
    )


def _encoding(got: str, problems: Problems) -> str:
    try:
        "x".encode(got)  # a codec of bytes to bytes has a name too, and is no encoding of a text
        return codecs.lookup(got).name
    except (LookupError, ValueError):
        problems.note("encoding", "encoding", got=got)
        return "utf-8"


def _delimiter(got: str, problems: Problems) -> str:
    if len(got) == 1 and got not in '"\r\n':
        return got
    problems.note("delimiter", "delimiter", got=got)
    return ","


def _header_line(got: int, problems: Problems) -> int:
    if got >= 1:
        return got
    problems.note("header-line", "header_line", got=got)
    return 1


def _timezone(given: str | ZoneColumn, problems: Problems) -> str | ZoneColumn:
    if isinstance(given, str):
        return _zone(given, "timezone", problems)
    for spelling, name in given.names:
        _zone(name, f"timezone.names.{spelling}", problems)
    return given


def _zone(name: str, path: str, problems: Problems) -> str:
    try:
        return zone(name).name
    except ZoneError:
        problems.note("unknown-zone", path, got=name)
        return "UTC"


def _moments(moments: MomentReader, problems: Problems) -> MomentReader:
    for index, format_ in enumerate(moments.formats):
        fault = format_fault(format_)
        if fault:
            problems.note(f"date-format.{fault}", f"date_formats[{index}]", got=format_)
    sound = tuple(format_ for format_ in moments.formats if format_fault(format_) is None)
    for one, other in combinations(sound, 2):
        cell = read_differently(one, other)
        if cell:
            problems.note("date-formats.clash", "date_formats", got=cell, one=one, other=other)
    return attrs.evolve(moments, formats=sound)
