"""Case log (个案日志): historic cases from a CSV file, and the rows that could not be read.

Nothing is lost: the rows read and the rows rejected are the rows of the file.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import attrs
from pendulum import DateTime

from qms_service.caselog.files import log_sheet
from qms_service.caselog.logged import LoggedCase
from qms_service.caselog.mapping import LogMapping
from qms_service.caselog.mapping_check import check_columns, check_names
from qms_service.caselog.mapping_file import read_mapping
from qms_service.caselog.mapping_form import check_form
from qms_service.caselog.progress import Progress
from qms_service.caselog.reading import Reading
from qms_service.caselog.rejects import Reject
from qms_service.errors import LogError
from qms_service.instants import from_micros
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.rulebooks.section import Problems
from qms_service.sheets.sheet import DELIMITERS, TRIED, Sheet


@attrs.frozen(kw_only=True)
class CaseLog:
    """A case log, read (个案日志).

    Args:
        name: The name of the file.
        mapping: How it was read.
        header: Its columns.
        rows: How many rows it has below the header.
        cases: The cases read.
        rejects: The rows that could not be read, by line.
    """

    name: str
    mapping: LogMapping
    header: tuple[str, ...]
    rows: int
    cases: tuple[LoggedCase, ...]
    rejects: tuple[Reject, ...]

    @property
    def rows_read(self) -> int:
        """How many rows belong to the cases read."""
        return self.rows - len(self.rejects)

    @property
    def told(self) -> frozenset[str]:
        """The events of which the log tells: those that its mapping names, and those that occur."""
        rows = self.mapping.rows
        named = dict(self.mapping.events).keys() if rows is None else dict(rows.names).values()
        return frozenset((*named, *(event.name for case in self.cases for event in case.events)))

    @property
    def last_at(self) -> DateTime | None:
        """The last instant that the cases read can mean; None where there is none."""
        moments = [event.moment for case in self.cases for event in case.events]
        last = max(moments, key=lambda moment: moment.latest, default=None)
        return None if last is None else from_micros(last.latest, last.zone)


def read_log(
    path: str | Path, mapping: str | Path | LogMapping, book: Rulebook, *, progress: Progress | None = None
) -> CaseLog:
    """The cases in a CSV file.

    Args:
        path: The file.
        mapping: Which column holds what: a mapping file, or the mapping itself.
        book: The rulebook that the cases were handled under; its newest edition declares the types.
        progress: Called now and then with the number of rows done and the number of rows in all.

    Raises:
        LogError: The file or the mapping cannot be read as a whole. `problems` holds every mistake of the
            mapping at once: unknown keys, events, facts, values and columns, each with the nearest known one.
    """
    file = Path(path)
    given, problems = _mapping(mapping)
    mapped = check_form(given, problems)
    rules = book.editions[-1].rules
    check_names(mapped, rules, problems)
    sheet = _sheet(file, mapped, problems)
    if problems.noted:
        raise _unfit(mapping, file, problems)
    reading = Reading(mapped, book, sheet, progress)
    cases = tuple(reading.cases())
    rejects = tuple(sorted(reading.rejects, key=lambda reject: reject.line))
    return CaseLog(
        name=file.name,
        mapping=mapped,
        header=sheet.header,
        rows=len(sheet.records),
        cases=cases,
        rejects=rejects,
    )


def _mapping(given: str | Path | LogMapping) -> tuple[LogMapping, Problems]:
    if isinstance(given, LogMapping):
        return given, Problems(Lines(""))
    return read_mapping(Path(given))


def _unfit(mapping: str | Path | LogMapping, log: Path, problems: Problems) -> LogError:
    found = tuple(problems.noted)
    if isinstance(mapping, LogMapping):
        return LogError("log.mapping-given", file=log.name, count=len(found), problems=found)
    return LogError("log.mapping", file=Path(mapping).name, count=len(found), problems=found)


def _sheet(file: Path, mapping: LogMapping, problems: Problems) -> Sheet:
    """The sheet of a log; notes the columns that it lacks, or the encoding under which it has them all."""
    sheet = _read_as(mapping.encoding, file, mapping)
    if not mapping.fits(sheet.header):
        for encoding in TRIED:
            with suppress(LogError):
                other = _read_as(encoding, file, mapping)
                if mapping.fits(other.header):
                    problems.note("other-encoding", "encoding", got=mapping.encoding, allowed=encoding)
                    return other
        sheet = _cut(sheet, file, mapping, problems)
    check_columns(mapping, sheet.header, problems)
    return sheet


def _cut(sheet: Sheet, file: Path, mapping: LogMapping, problems: Problems) -> Sheet:
    """The sheet; cut at another delimiter, which is noted, where the log then has more of the columns."""
    others = [_read_as(mapping.encoding, file, attrs.evolve(mapping, delimiter=one)) for one in DELIMITERS]
    best = max((sheet, *others), key=lambda one: mapping.found_in(one.header))
    if best is not sheet:
        got, allowed = (json.dumps(one) for one in (mapping.delimiter, DELIMITERS[others.index(best)]))
        problems.note("other-delimiter", "delimiter", got=got, allowed=allowed)
    return best


def _read_as(encoding: str, file: Path, mapping: LogMapping) -> Sheet:
    return log_sheet(file, encoding=encoding, delimiter=mapping.delimiter, header_line=mapping.header_line)
