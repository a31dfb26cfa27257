"""Reads what is to be checked: editions that load, and the errors of those that do not, as findings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet
from qms_service.errors import EntryError, RulebookError
from qms_service.rulebooks import Problem, Rulebook, shipped_rulebooks
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.load import rulebook_texts, toml
from qms_service.rulebooks.standing_in import load_with_stand_ins
from qms_service.worktime import WorkCalendar

Source = str | os.PathLike[str] | Rulebook
Calendars = Mapping[str, WorkCalendar]
_NO_CALENDARS: Final[Calendars] = {}


@attrs.frozen
class Read:
    """What was read.

    Args:
        files: The names of the files, or rulebook and edition where no file was read.
        sheets: The editions that load.
        findings: The errors of loading, and the calendars that stand in for missing ones.
    """

    files: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    findings: tuple[LintFinding, ...] = ()


def read(source: Source, calendars: Calendars = _NO_CALENDARS) -> Read:
    """Reads a rulebook; a calendar that is not supplied is taken to be open round the clock, and noted.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        EntryError: The source is none of these.
    """
    if isinstance(source, Rulebook):
        return _loaded(source)
    if not isinstance(source, str | os.PathLike) or not str(source).strip():
        raise EntryError("rulebook-source", got=repr(source), allowed=shipped_rulebooks())
    try:
        texts = _texts(source)
    except RulebookError as error:
        return _failed(error, str(source))
    try:
        return _read(source, texts, calendars)
    except RulebookError as error:
        return _failed(error, *texts) if len(texts) == 1 else _each(tuple(texts), calendars, error)


def _texts(source: str | os.PathLike[str]) -> dict[str, str]:
    """The text of each file by its path; of a shipped rulebook by its id and the file's name."""
    texts = dict(rulebook_texts(source))
    if texts.keys() == {Path(source).name}:
        return {str(source): text for text in texts.values()}
    return {str(Path(source) / file): text for file, text in texts.items()}


def _loaded(book: Rulebook) -> Read:
    sheets = tuple(Sheet(file=f"{book.id} {one.edition}", rules=one.rules) for one in book.editions)
    return Read(tuple(one.file for one in sheets), sheets)


def _read(source: str | os.PathLike[str], texts: Mapping[str, str], calendars: Calendars) -> Read:
    book, assumed = load_with_stand_ins(source, calendars)
    written = {toml(text).get("edition"): (file, Lines(text)) for file, text in texts.items()}
    sheets = []
    for one in book.editions:
        file, lines = written[one.edition]
        sheets.append(Sheet(file=file, rules=one.rules, lines=lines))
    notes = (
        sheet.find("note", "calendar-assumed", "calendar", name=name) for sheet in sheets for name in assumed
    )
    return Read(tuple(texts), tuple(sheets), tuple(notes))


def _each(files: tuple[str, ...], calendars: Calendars, error: RulebookError) -> Read:
    """Each edition of a folder by itself; where all load alone, the error lies between them."""
    alone = [read(file, calendars) for file in files]
    found = tuple(finding for one in alone for finding in one.findings)
    sheets = tuple(sheet for one in alone for sheet in one.sheets)
    if len(sheets) == len(files):
        found += tuple(findings_of(error, files[0]))
    return Read(files, sheets, found)


def _failed(error: RulebookError, file: str) -> Read:
    return Read((file,), (), tuple(findings_of(error, file)))


def findings_of(error: RulebookError, file: str) -> Iterator[LintFinding]:
    """What is wrong with a file: the problems of an error one by one; the error itself where it lists none."""
    if error.problems:
        yield from (_problem(one, file) for one in error.problems)
        return
    facts = {name: value for name, value in error.operands.items() if name not in ("problems", "line")}
    line = error.operands.get("line")
    yield LintFinding(
        code=error.code,
        severity="error",
        file=file,
        line=line if isinstance(line, int) else None,
        facts=facts,
        family="",
    )


def _problem(one: Problem, file: str) -> LintFinding:
    return LintFinding(
        code=one.code,
        severity="error",
        file=file,
        path=one.path,
        line=one.line,
        facts=one.operands,
        family="problem",
    )
