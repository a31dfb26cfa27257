"""Loads rulebooks (规则册): shipped ones by id, a factory's own from a TOML file.

A syntax error is reported alone, with its line. All errors of meaning come at once.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.errors import EntryError, RulebookError, UnknownNameError, ZoneError, nearest
from qms_service.instants import instant, micros, zone
from qms_service.rulebooks.context import BookContext, label_of
from qms_service.rulebooks.digest import digest_of
from qms_service.rulebooks.extend import Placed, Resolved, extended, own
from qms_service.rulebooks.grammar import EXTENDING, RULEBOOK
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.model import Param
from qms_service.rulebooks.origin import Parent
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.read_clauses import read_clauses
from qms_service.rulebooks.read_departments import read_departments, read_roles
from qms_service.rulebooks.read_kind import read_kind
from qms_service.rulebooks.read_numbers import read_series
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.rulebooks.rules import Rules, midnight
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.sources import RulebookFile, files_of, shipped_rulebooks
from qms_service.rulebooks.syntax import TomlSyntaxError, toml_syntax_error
from qms_service.texts import Said
from qms_service.worktime import WorkCalendar

CONTINUOUS: Final = "continuous"
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
    editions = [_edition(file, calendars or {}) for file in _found(source)]
    editions.sort(key=lambda one: micros(one.effective_from) if one.effective_from else _ALWAYS)
    _same_book(editions)
    return Rulebook(editions[0].id, tuple(Procedure(rules) for rules in editions))


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
    tree = _resolved(file, _parsed(file), mistakes, ())
    if tree is None:
        raise _failure(file.name, mistakes.noted)
    problems = Problems(lines if tree.places is None else Placed(lines, tree.places))
    rules = _rules(Section(tree.raw, "", problems, RULEBOOK), tree, calendars)
    noted = [*mistakes.noted, *problems.noted]
    if noted or rules is None:
        raise _failure(file.name, noted)
    return rules


def _parsed(file: RulebookFile) -> dict[str, object]:
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
    expected = digest_of(parent.raw)
    if digest != expected:
        code = "extends-digest" if digest else "extends-digest-missing"
        problems.note(code, "extends.digest", got=digest, parent=source, edition=edition, allowed=expected)
    pinned = Parent(
        id=str(parent.raw.get("id", "")),
        edition=edition,
        digest=expected,
        raw=parent.raw,
        provenance=parent.origins,
    )
    return attrs.evolve(extended(raw, parent, problems), parent=pinned)


def _parent(
    source: str, edition: str, child: RulebookFile, problems: Problems, children: tuple[str, ...]
) -> Resolved | None:
    """The parent that a file names: a shipped one, or a path beside the file; what is wrong with it is noted."""
    found = {
        str(raw.get("edition")): (file, raw)
        for file in files_of(source, child.folder)
        for raw in [_parsed(file)]
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


def _rules(root: Section, tree: Resolved, calendars: Mapping[str, WorkCalendar]) -> Rules | None:
    id_, edition = root.text("id"), root.text("edition")
    for key, value in (("id", id_), ("edition", edition)):
        if value is not None and not value.strip():
            root.problems.note("missing-key", key, key=key)
    zone_ = _zone(root)
    title = label_of(root, id_ or "", "title")
    effective_from = _effective_from(root, zone_)
    calendar = _calendar(root, zone_, calendars)
    departments = read_departments(root.inner("departments"))
    root.text("source")
    book = BookContext(
        document=id_ or "",
        edition=edition or "",
        departments=departments,
        roles={},
        params={},
        problems=root.problems,
        origins={} if tree.places is None else tree.origins,
    )
    roles = read_roles(root.inner("roles"), book)
    params = {name: _param(name, one, book) for name, one in root.inner("params").tables()}
    book = attrs.evolve(book, roles=roles, params=params)
    series = {
        name: read_series(name, one, book, zone_.name if zone_ else None)
        for name, one in root.inner("numbers").tables()
    }
    clauses = read_clauses(root.inner("clauses"))
    kinds = {name: read_kind(name, one, book) for name, one in root.tables(having="events")}
    root.finish("unknown-root-key")
    if not kinds:
        root.problems.note("no-kind", "")
    if id_ is None or edition is None or zone_ is None or calendar is None:
        return None
    return Rules(
        id=id_,
        edition=edition,
        digest=digest_of(tree.raw),
        title=title,
        effective_from=effective_from,
        zone=zone_,
        calendar=calendar,
        departments=departments,
        roles=roles,
        params=params,
        numbers={name: one for name, one in series.items() if one is not None},
        kinds=kinds,
        clauses=clauses,
        raw=tree.raw,
        provenance=tree.origins,
        parent=tree.parent,
    )


def _zone(root: Section) -> Timezone | None:
    name = root.text("timezone")
    if name is None:
        return None
    try:
        return zone(name)
    except ZoneError:
        root.problems.note("unknown-zone", "timezone", got=name)
        return None


def _effective_from(root: Section, zone_: Timezone | None) -> DateTime | None:
    given = root.take("effective_from", date)
    if given is None or zone_ is None:
        return None
    if not isinstance(given, datetime):
        return midnight(given, zone_)
    if given.tzinfo is None:
        root.problems.note("naive-effective-from", "effective_from", got=given.isoformat())
        return None
    return instant(given)


def _calendar(
    root: Section, zone_: Timezone | None, calendars: Mapping[str, WorkCalendar]
) -> WorkCalendar | None:
    name = root.text("calendar") or CONTINUOUS
    if name in calendars:
        return calendars[name]
    if name == CONTINUOUS:
        return WorkCalendar.continuous(zone_.name) if zone_ else None
    root.problems.note("calendar-not-supplied", "calendar", got=name, allowed=(CONTINUOUS, *calendars))
    return None


def _param(name: str, section: Section, book: BookContext) -> Param:
    value = section.take("value", str, int, bool)
    param = Param(id=name, value=value, clause=book.clause(section))
    section.text("note")
    section.finish()
    return param


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
