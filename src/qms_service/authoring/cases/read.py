"""Reads a case file: all its mistakes at once, each with its path, its line, and what is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qms_service.authoring.cases.calendars import read_calendars
from qms_service.authoring.cases.clause_case import AnyCase, CaseFile, ClauseCase
from qms_service.authoring.cases.read_case import CaseReader
from qms_service.authoring.cases.stories import read_head, read_stories
from qms_service.errors import QmsError, RulebookError, UnknownNameError
from qms_service.rulebooks import Procedure, Rulebook, load_rulebook
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.load import as_one, toml
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.sources import file_at
from qms_service.rulebooks.syntax import TomlSyntaxError
from qms_service.worktime import WorkCalendar

Source = str | os.PathLike[str] | Rulebook


def read_cases(file: str | os.PathLike[str], rulebooks: Source | Iterable[Source]) -> CaseFile:
    """The cases of a file.

    Args:
        file: The path of the file.
        rulebooks: The rulebook whose clauses they word, or several of which the file names one: loaded already, or
            by id or path, and then with the calendars that the file brings. Editions of one id are put together.

    Raises:
        UnknownNameError: There is no such file, or no such rulebook.
        RulebookError: The file or the rulebook is no TOML, or it has mistakes; `problems` lists all of them.
            Or two of the rulebooks are the same edition.

    >>> from tempfile import TemporaryDirectory
    >>> text = '''
    ... rulebook = "pcb-maker"
    ... edition  = "1"
    ... kind     = "complaint"
    ... received = "2026-03-02 08:00"
    ... [subjects.complaint]
    ... customer = "ACME"
    ... [[case]]
    ... clause   = "4.2.1"
    ... sentence = "Marketing receives the complaint."
    ... owner    = "received"
    ... now      = "2026-03-02 09:00"
    ... expect   = { responsible = "marketing" }
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "cases.toml"
    ...     _ = file.write_text(text, encoding="utf-8")
    ...     cases = read_cases(file, "pcb-maker").cases
    >>> cases[0].title, cases[0].is_answered
    ('4.2.1 Marketing receives the complaint.', True)
    """
    text = _text(file)
    lines = Lines(text)
    problems = Problems(lines)
    root = Section(_parsed(text, str(file)), "", problems)
    procedure = _procedure(root, rulebooks, read_calendars(root))
    cases = () if procedure is None else _cases(root, procedure, lines)
    if procedure is None or problems.noted:
        noted = tuple(sorted(problems.noted, key=lambda one: (one.line is None, one.line or 0)))
        raise RulebookError("cases-problems", file=str(file), count=len(noted), problems=noted)
    return CaseFile(
        file=str(file),
        procedure=procedure,
        cases=tuple(one for one in cases if isinstance(one, ClauseCase)),
        beside=tuple(one for one in cases if not isinstance(one, ClauseCase)),
    )


def _text(file: str | os.PathLike[str]) -> str:
    named = bool(str(file).strip())
    found = file_at(Path(file)) if named else None
    if found is None:
        code = "cases-folder" if named and Path(file).is_dir() else "cases-not-found"
        raise UnknownNameError(code, got=str(file) if named else "''")
    return found.text


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return toml(text)
    except TomlSyntaxError as error:
        raise RulebookError("rulebook-syntax", file=file, reason=error.said, problems=()) from error


def _procedure(
    root: Section, rulebooks: Source | Iterable[Source], calendars: Mapping[str, WorkCalendar]
) -> Procedure | None:
    """The edition that the file names; the newest where it names none."""
    id_, edition = root.text("rulebook", needed=True), root.text("edition")
    sources = [rulebooks] if isinstance(rulebooks, str | os.PathLike | Rulebook) else rulebooks
    books, errors = _loaded(sources, calendars)
    if id_ not in books and errors:
        raise _unloaded(id_, errors[0])
    if id_ is None or not root.problems.known("rulebook", id_, books, "rulebook"):
        return None
    book = _as_one(books[id_])
    editions = {one.edition: one for one in book.editions}
    if "edition" not in root.raw:
        return book.editions[-1]
    if edition is None or not root.problems.known("edition", edition, editions, "edition"):
        return None
    return editions[edition]


def _loaded(
    sources: Iterable[Source], calendars: Mapping[str, WorkCalendar]
) -> tuple[dict[str, list[Rulebook]], list[QmsError]]:
    """The rulebooks by id, and the errors of those that cannot be loaded."""
    books, errors = dict[str, list[Rulebook]](), list[QmsError]()
    for source in sources:
        try:
            book = source if isinstance(source, Rulebook) else load_rulebook(source, calendars=calendars)
        except QmsError as error:
            errors.append(error)
        else:
            books.setdefault(book.id, []).append(book)
    return books, errors


def _unloaded(id_: str | None, error: QmsError) -> QmsError:
    """The error of a rulebook, as one of the file of cases; that a file is not there needs no more words."""
    if id_ is None or not isinstance(error, RulebookError):
        return error
    return RulebookError(
        "cases-rulebook", rulebook=id_, en=error.text("en"), zh=error.text("zh"), problems=()
    )


def _as_one(books: list[Rulebook]) -> Rulebook:
    """The editions of all sources that have the same id."""
    return books[0] if len(books) == 1 else as_one(edition for book in books for edition in book.editions)


def _cases(root: Section, procedure: Procedure, lines: Lines) -> tuple[AnyCase, ...]:
    head = read_head(root, procedure.rules)
    reader = CaseReader(procedure=procedure, head=head, stories=read_stories(root, head), lines=lines)
    items = root.take("case", list) or []
    if not items:
        root.problems.note("no-cases", "case")
    root.finish()
    read = (_item(item, f"case[{index}]", root.problems, reader) for index, item in enumerate(items))
    return tuple(one for one in read if one is not None)


def _item(given: object, at: str, problems: Problems, reader: CaseReader) -> AnyCase | None:
    if isinstance(given, dict):
        return reader.read(Section(given, at, problems))
    problems.wrong(at, given, dict)
    return None
