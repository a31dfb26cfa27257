"""Loads forms: those that ship with a rulebook by its id, a factory's own from a TOML file."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qms_service.errors import EntryError, FormError, UnknownNameError, nearest
from qms_service.forms.form import Form, Forms
from qms_service.forms.read import read_sheets
from qms_service.rulebooks import Procedure, Rulebook
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.load import toml
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.sources import RulebookFile, file_at, files_of
from qms_service.rulebooks.syntax import TomlSyntaxError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SUFFIX: Final = ".toml"


def load_forms(source: str | os.PathLike[str], rules: Procedure | Rulebook) -> Forms:
    """The forms of a file, checked against the rules that they are about.

    Args:
        source: The id of a shipped rulebook, or the path of a TOML file.
        rules: The edition whose events, facts and clocks the forms name; of a rulebook, its newest.

    Returns:
        The forms, in the order of the file.

    Raises:
        UnknownNameError: There is neither a shipped rulebook with forms nor a file of that name.
        FormError: The file is no TOML, or its forms are wrong; `problems` lists all mistakes.
        RulebookError: The file cannot be read, or is no UTF-8.

    >>> import qms_service as qms
    >>> forms = load_forms("pcb-maker", qms.load_rulebook("pcb-maker"))
    >>> forms.form("complaint-record").title.text("zh")
    '客户投诉记录表'
    """
    if not isinstance(source, str | os.PathLike) or not str(source).strip():
        raise EntryError("forms-source", got=repr(source), allowed=shipped_forms())
    if not isinstance(rules, Procedure | Rulebook):
        raise EntryError("form-rules", got=repr(rules))
    procedure = rules if isinstance(rules, Procedure) else rules.editions[-1]
    return _read(_found(source), procedure)


def shipped_forms() -> tuple[str, ...]:
    """The ids of the rulebooks whose forms ship with the library.

    >>> shipped_forms()
    ('pcb-maker',)
    """
    return tuple(sorted(one.name.removesuffix(SUFFIX) for one in _folder().iterdir()))


def _folder() -> Traversable:
    return files("qms_service.forms") / "shipped"


def _found(source: str | os.PathLike[str]) -> RulebookFile:
    shipped = shipped_forms()
    if source in shipped:
        return files_of(f"{source}{SUFFIX}", _folder())[0]
    found = file_at(Path(source))
    if found is None:
        guess = nearest(str(source), shipped)
        code = "forms-not-found.nearest" if guess else "forms-not-found"
        raise UnknownNameError(code, got=str(source), allowed=shipped, nearest=guess)
    return found


def _read(file: RulebookFile, procedure: Procedure) -> Forms:
    try:
        raw = toml(file.text)
    except TomlSyntaxError as error:
        operands = {"file": file.name, "reason": error.said, "line": error.line}
        raise FormError("rulebook-syntax", **operands, problems=()) from error
    problems = Problems(Lines(file.text))
    sheets = read_sheets(Section(raw, "", problems), procedure.rules)
    if problems.noted:
        noted = tuple(sorted(problems.noted, key=lambda one: (one.line is None, one.line or 0, one.path)))
        raise FormError("forms-problems", file=file.name, count=len(noted), problems=noted)
    return Forms(tuple(Form(sheet) for sheet in sheets))
