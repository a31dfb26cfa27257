"""The files of a rulebook (规则册文件): shipped by id, or a path; one file for each edition."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from qms_service.errors import RulebookError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@attrs.frozen(kw_only=True)
class RulebookFile:
    """One file of a rulebook.

    Args:
        name: Its name, for messages.
        text: What it says; a byte-order mark is dropped.
        folder: Where it lies: paths in it are relative to this.
        place: What tells it from every other file.
    """

    name: str
    text: str
    folder: Path | Traversable
    place: str


def shipped_rulebooks() -> tuple[str, ...]:
    """The ids of the rulebooks that ship with the library.

    >>> shipped_rulebooks()
    ('pcb-maker',)
    """
    return tuple(sorted(folder.name for folder in _shipped().iterdir() if folder.is_dir()))


def files_of(
    source: str | os.PathLike[str], beside: Path | Traversable | None = None
) -> tuple[RulebookFile, ...]:
    """The files of a rulebook, by name; none where there is neither a shipped rulebook nor a file.

    Args:
        source: The id of a shipped rulebook, or the path of a TOML file or of a folder of them.
        beside: The folder that a path is relative to; the working directory where none is given.

    Raises:
        RulebookError: What stands at the path cannot be read, or is no UTF-8.
    """
    if isinstance(source, str) and source in shipped_rulebooks():
        found: Path | Traversable = _shipped() / source
    else:
        found = Path(source) if beside is None else beside / os.fspath(source)
    try:
        return _files_at(found, beside)
    except OSError as error:  # a folder that may not be looked into; a name too long for a path
        raise RulebookError("rulebook-unreadable", file=found.name, reason=error.strerror) from error


def _files_at(found: Path | Traversable, beside: Path | Traversable | None) -> tuple[RulebookFile, ...]:
    if found.is_file():
        folder = found.parent if isinstance(found, Path) else beside
        return (_read(found, folder or Path()),)
    inner = found.iterdir() if found.is_dir() else ()
    editions = (one for one in inner if one.is_file() and one.name.endswith(".toml"))
    return tuple(_read(one, found) for one in sorted(editions, key=lambda one: one.name))


def _shipped() -> Traversable:
    return files("qms_service.rulebooks") / "shipped"


def _read(file: Path | Traversable, folder: Path | Traversable) -> RulebookFile:
    place = os.path.realpath(file) if isinstance(file, Path) else str(file)
    return RulebookFile(name=file.name, text=_decoded(file), folder=folder, place=place)


def _decoded(file: Path | Traversable) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RulebookError("rulebook-unreadable", file=file.name, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise RulebookError("rulebook-encoding", file=file.name, at=error.start, problems=()) from error
