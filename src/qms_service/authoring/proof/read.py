"""Reads invariants: those that ship with a rulebook by its id, a factory's own from a TOML file."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from qms_service.authoring.proof.fit import ASIDES
from qms_service.authoring.proof.invariant import Invariant, Wanted
from qms_service.clauses import ClauseRef
from qms_service.errors import EntryError, RulebookError, UnknownNameError, nearest
from qms_service.rulebooks.context import label_of
from qms_service.rulebooks.lines import Lines
from qms_service.rulebooks.load import tree_of
from qms_service.rulebooks.section import Problems, Section
from qms_service.rulebooks.sources import RulebookFile, files_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SUFFIX = ".toml"


def load_invariants(source: str | os.PathLike[str]) -> tuple[Invariant, ...]:
    """The invariants of a file, in its order.

    Args:
        source: The id of a shipped rulebook, or the path of a TOML file, or of a folder of them.

    Raises:
        UnknownNameError: There is neither.
        RulebookError: The file is no TOML, or its sentences are wrong; `problems` lists all mistakes.

    >>> [one.id for one in load_invariants("pcb-maker")][:2]
    ['closed-without-analysis', 'closed-undecided']
    """
    return tuple(one for file in found(source) for one in read_file(file))


def _folder() -> Traversable:
    return resources.files("qms_service.authoring.proof") / "shipped"


def _shipped() -> tuple[str, ...]:
    return tuple(sorted(one.name.removesuffix(SUFFIX) for one in _folder().iterdir()))


def found(source: str | os.PathLike[str]) -> tuple[RulebookFile, ...]:
    """The files of invariants.

    Raises:
        UnknownNameError: There are none.
        RulebookError: One cannot be read.
    """
    shipped = _shipped()
    if not isinstance(source, str | os.PathLike) or not str(source).strip():
        raise EntryError("invariants-source", got=repr(source), allowed=shipped)
    if source in shipped:
        return files_of(f"{source}{SUFFIX}", _folder())
    files = files_of(Path(source))
    if not files:
        guess = nearest(str(source), shipped)
        code = "invariants-not-found.nearest" if guess else "invariants-not-found"
        raise UnknownNameError(code, got=str(source), allowed=shipped, nearest=guess)
    return files


def read_file(file: RulebookFile) -> tuple[Invariant, ...]:
    """The invariants of one file.

    Raises:
        RulebookError: It is no TOML, or its sentences are wrong; `problems` lists all mistakes.
    """
    problems = Problems(Lines(file.text))
    read = _invariants(Section(tree_of(file), "", problems))
    if problems.noted:
        noted = tuple(problems.noted)
        raise RulebookError("invariants-problems", file=file.name, count=len(noted), problems=noted)
    return read


def _invariants(root: Section) -> tuple[Invariant, ...]:
    document = root.text("rulebook") or ""
    read = tuple(_invariant(name, one, document) for name, one in root.inner("invariants").tables())
    root.finish()
    if not read:
        root.problems.note("no-invariants", "invariants")
    return read


def _invariant(name: str, section: Section, document: str) -> Invariant:
    clause = section.text("clause")
    aside = section.texts("leaves_aside")
    for index, one in enumerate(aside):
        section.problems.known("aside", one, ASIDES, f"{section.at('leaves_aside')}[{index}]")
    invariant = Invariant(
        id=name,
        sentence=label_of(section, name),
        kind=section.text("kind", needed=True) or "",
        never=section.text("never", needed=True) or "",
        where=section.take("where", dict) or {},
        unless=_all_wanted(section),
        clause=None if clause is None else ClauseRef(clause, document=document),
        leaves_aside=tuple(one for one in ASIDES if one in aside),
    )
    section.finish()
    return invariant


def _all_wanted(section: Section) -> tuple[Wanted, ...]:
    given = section.take("unless", list) or []
    read = (
        _wanted(item, f"{section.at('unless')}[{index}]", section.problems)
        for index, item in enumerate(given)
    )
    return tuple(one for one in read if one is not None)


def _wanted(given: object, at: str, problems: Problems) -> Wanted | None:
    if isinstance(given, str):
        return Wanted(event=given)
    if not isinstance(given, dict):
        problems.wrong(at, given, str, dict)
        return None
    section = Section(given, at, problems)
    wanted = Wanted(
        event=section.text("event", needed=True) or "",
        where=section.take("where", dict) or {},
        after=section.text("after"),
    )
    section.finish()
    return wanted
