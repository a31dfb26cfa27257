"""Loads rulebooks (规则册): shipped ones by id, a factory's own from a TOML file.

A syntax error is reported alone, with its line. All errors of meaning come at once.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import attrs

from qms_service.errors import EntryError, RulebookError, UnknownNameError, nearest
from qms_service.instants import micros
from qms_service.rulebooks.digest import digest_of
from qms_service.rulebooks.extend import Placed, Resolved, extended, own
from qms_service.rulebooks.grammar import EXTENDING, RULEBOOK
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.origin import Parent
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.read_edition import read_edition
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.sources import RulebookFile, files_of, shipped_rulebooks
from qms_service.rulebooks.syntax import TomlSyntaxError, toml_syntax_error
from qms_service.texts import Said
from qms_service.worktime import WorkCalendar

_ALWAYS: Final = -math.inf


def load_rulebook(
    source: str | os.PathLike[str], *, calendars: Mapping[str, WorkCalendar] | None = None
) -> Rulebook:
    """Loads a rulebook with all its editions.

    Args:
        source: The id of a shipped rulebook, the path of a TOML file, or of a folder with one file per edition.
        calendars: The working calendars that the rulebook names; `"continuous"` (24 × 7) is always there.

    Returns:
        The rulebook, its editions sorted by the date from which they are in force.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        RulebookError: The file is no TOML, or its rules are wrong; `problems` lists all mistakes.

    >>> load_rulebook("pcb-maker").id
    'pcb-maker'
    """
    if not isinstance(source, str | os.PathLike) or not str(source).strip():
        raise EntryError("rulebook-source", got=repr(source), allowed=shipped_rulebooks())
    for name, calendar in (calendars or {}).items():
        if not isinstance(calendar, WorkCalendar):
            raise EntryError("rulebook-calendars", name=name, got=repr(calendar))
    return as_one(Procedure(_edition(file, calendars or {})) for file in _found(source))


def as_one(editions: Iterable[Procedure]) -> Rulebook:
    """Editions as one rulebook, sorted by the date from which they are in force.

    Raises:
        RulebookError: They are of several rulebooks, or nobody could tell which of two is meant.
    """
    ordered = sorted(editions, key=lambda one: _start(one.rules))
    _same_book([one.rules for one in ordered])
    return Rulebook(ordered[0].rules.id, tuple(ordered))


def _start(rules: Rules) -> float:
    return micros(rules.effective_from) if rules.effective_from else _ALWAYS


def rulebook_texts(source: str | os.PathLike[str]) -> Iterator[tuple[str, str]]:
    """The files of a rulebook by name, with their text.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        RulebookError: A file cannot be read, or is no UTF-8 text.
    """
    yield from ((file.name, file.text) for file in _found(source))


def _found(source: str | os.PathLike[str]) -> tuple[RulebookFile, ...]:
    found = files_of(source)
    if not found:
        shipped = shipped_rulebooks()
        guess = nearest(str(source), shipped)
        code = "rulebook-not-found.nearest" if guess else "rulebook-not-found"
        raise UnknownNameError(code, got=str(source), allowed=shipped, nearest=guess)
    return found


def toml(text: str) -> dict[str, object]:
    """The tables of a TOML text; a number with a point is an exact decimal.

    Raises:
        TomlSyntaxError: The text is no TOML, or nobody could read it: thousands of brackets, a number without end.

    >>> toml("share = 0.1")
    {'share': Decimal('0.1')}
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise toml_syntax_error(text, str(error)) from error
    except (RecursionError, ArithmeticError, ValueError) as error:
        raise TomlSyntaxError(Said("syntax.deep")) from error


def _edition(file: RulebookFile, calendars: Mapping[str, WorkCalendar]) -> Rules:
    lines = Lines(file.text)
    mistakes = Problems(lines)
    tree = _resolved(file, tree_of(file), mistakes, ())
    if tree is None:
        raise _failure(file.name, mistakes.noted)
    problems = Problems(lines if tree.places is None else Placed(lines, tree.places))
    rules = read_edition(Section(tree.raw, "", problems, RULEBOOK), tree, calendars)
    noted = [*mistakes.noted, *problems.noted]
    if noted or rules is None:
        raise _failure(file.name, noted)
    return rules


def tree_of(file: RulebookFile) -> dict[str, object]:
    """The tables of a file.

    Raises:
        RulebookError: It is no TOML.
    """
    try:
        return toml(file.text)
    except TomlSyntaxError as error:
        operands = {"file": file.name, "reason": error.said, "line": error.line}
        raise RulebookError("rulebook-syntax", **operands, problems=()) from error


def _resolved(
    file: RulebookFile, raw: Mapping[str, object], problems: Problems, children: tuple[str, ...]
) -> Resolved | None:
    """The tree of a file with all that it takes from its parents; None where there is no parent, which is noted."""
    if "extends" not in raw:
        return own(raw)
    section = Section(raw, "", problems, EXTENDING).inner("extends")
    source, edition = section.text("rulebook"), section.text("edition")
    digest = section.text("digest")
    section.finish()
    if source is None or edition is None:
        return None
    if not source.strip():
        problems.note("missing-key", "extends.rulebook", key="rulebook")
        return None
    parent = _parent(source, edition, file, problems, (*children, file.place))
    if parent is None:
        return None
    pinned = _pinned(parent, edition)
    if digest != pinned.digest:
        code = "extends-digest" if digest else "extends-digest-missing"
        told = {"got": digest, "parent": source, "edition": edition, "allowed": pinned.digest}
        problems.note(code, "extends.digest", **told)
    return attrs.evolve(extended(raw, parent, problems), parent=pinned)


def _pinned(tree: Resolved, edition: str) -> Parent:
    """A tree as the parent of another."""
    id_ = str(tree.raw.get("id", ""))
    return Parent(id=id_, edition=edition, digest=digest_of(tree.raw), raw=tree.raw, provenance=tree.origins)


def _parent(
    source: str, edition: str, child: RulebookFile, problems: Problems, children: tuple[str, ...]
) -> Resolved | None:
    """The parent that a file names: a shipped one, or a path beside the file; what is wrong with it is noted."""
    found = {
        str(raw.get("edition")): (file, raw)
        for file in files_of(source, child.folder)
        for raw in [tree_of(file)]
    }
    if not found:
        shipped = shipped_rulebooks()
        guess = nearest(source, shipped)
        code = "extends-not-found.nearest" if guess else "extends-not-found"
        problems.note(code, "extends.rulebook", got=source, allowed=shipped, nearest=guess)
    elif problems.known("edition", edition, found, "extends.edition"):
        file, raw = found[edition]
        if file.place not in children:
            mistakes = Problems(Lines(file.text))
            tree = _resolved(file, raw, mistakes, children)
            if mistakes.noted:
                raise _failure(file.name, mistakes.noted)
            return tree
        problems.note("extends-cycle", "extends.rulebook", got=source, edition=edition)
    return None


def _failure(file: str, noted: list[Problem]) -> RulebookError:
    problems = tuple(sorted(noted, key=lambda one: (one.line is None, one.line or 0, one.path)))
    return RulebookError("rulebook-problems", file=file, count=len(problems), problems=problems)


def _same_book(editions: list[Rules]) -> None:
    ids = {rules.id for rules in editions}
    if len(ids) > 1:
        raise RulebookError("rulebook-mixed", ids=tuple(sorted(ids)), problems=())
    names = [rules.edition for rules in editions]
    if len(set(names)) < len(names):
        raise RulebookError("rulebook-same-edition", id=editions[0].id, editions=tuple(names), problems=())
    starts = [rules.effective_from for rules in editions]
    if starts.count(None) > 1:
        undated = tuple(rules.edition for rules in editions if rules.effective_from is None)
        raise RulebookError("rulebook-undated", id=editions[0].id, editions=undated, problems=())
    if len(set(starts)) < len(starts):
        raise RulebookError("rulebook-same-start", id=editions[0].id, starts=tuple(starts), problems=())
