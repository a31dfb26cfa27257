"""Section: one table of a rulebook while it is read; it knows its path and notes every mistake.

Reading never stops at a mistake: a value that cannot be read is noted and stands as None, and what depends
on it is skipped, so that one run reports all problems of meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, ParamSpec, Protocol, TypeVar

from qms_service.errors import QmsError, nearest
from qms_service.rulebooks.as_written import as_written
from qms_service.rulebooks.form import Form
from qms_service.rulebooks.problem import Problem

P = ParamSpec("P")
T = TypeVar("T")


class Located(Protocol):
    """What tells the line of a path."""

    def of(self, path: str) -> int | None:
        """The line; None where it is not certain."""


class Problems:
    """The mistakes noted so far, each with its line where that is certain."""

    def __init__(self, lines: Located) -> None:
        self.noted: list[Problem] = []
        self._lines = lines

    def note(self, code: str, path: str, **operands: object) -> None:
        """Notes a mistake at a path."""
        line = self._lines.of(path)
        self.noted.append(Problem(code=code, path=path, line=line, operands=operands))

    def wrong(self, path: str, value: object, *kinds: type) -> None:
        """Notes a value that is of none of the kinds asked."""
        asked = [kind for kind in kinds if not (kind is int and Decimal in kinds)]
        words = [_WORDS.get(kind, (kind.__name__, kind.__name__)) for kind in asked]
        allowed, zh = " or ".join(en for en, _ in words), "或".join(zh for _, zh in words)
        self.note("wrong-type", path, got=as_written(value), allowed=allowed, en=allowed, zh=zh)

    def plain(self, name: str, path: str) -> None:
        """Notes a name of an event or fact with a dot: `event.fact` is how rules write a path."""
        if "." in name or not name.strip():
            self.note("dotted-name", path, got=repr(name))

    def known(self, kind: str, name: str, known: Iterable[str], path: str) -> bool:
        """Whether a name is known; notes it with the nearest known one where it is not."""
        allowed = tuple(known)
        if name in allowed:
            return True
        guess = nearest(name, allowed)
        code = "unknown-name.nearest" if guess else "unknown-name"
        self.note(code, path, kind=kind, got=name, allowed=allowed, nearest=guess)
        return False

    def reading(self, path: str, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `read` gives of its arguments; notes the error where it refuses."""
        try:
            return read(*args, **kwargs)
        except QmsError as error:
            self.note("refused", path, en=error.text("en"), zh=error.text("zh"))
            return None


class Section:
    """A table at a path of the rulebook.

    Args:
        raw: The table.
        path: Its path.
        problems: Where mistakes are noted.
        form: The keys that it may have; without one, those that are read.
    """

    def __init__(
        self, raw: Mapping[str, object], path: str, problems: Problems, form: Form | None = None
    ) -> None:
        self.raw = raw
        self.path = path
        self.problems = problems
        self.form = form
        self._taken: set[str] = set()

    def at(self, key: str) -> str:
        """The path of a key of this table."""
        return f"{self.path}.{key}" if self.path else key

    def take(self, key: str, *kinds: type, needed: bool = False) -> Any:  # noqa: ANN401  # one of the kinds, or None
        """The value of a key; None where it is absent or of another type, which is noted."""
        self._taken.add(key)
        if key not in self.raw:
            if needed or self._is_needed(key):
                self.problems.note("missing-key", self.at(key), key=key)
            return None
        value = self.raw[key]
        if isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool)):
            return value
        self.problems.wrong(self.at(key), value, *kinds)
        return None

    def text(self, key: str, *, needed: bool = False) -> str | None:
        """The text of a key."""
        found: str | None = self.take(key, str, needed=needed)
        return found

    def flag(self, key: str) -> bool:
        """The truth of a key; false where it is absent."""
        return self.take(key, bool) is True

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        items = self.take(key, list) or []
        for index, item in enumerate(items):
            if not isinstance(item, str):
                self.problems.wrong(f"{self.at(key)}[{index}]", item, str)
        return tuple(item for item in items if isinstance(item, str))

    def number(self, key: str) -> int | Decimal | None:
        """The number of a key, exact."""
        found: int | Decimal | None = self.take(key, int, Decimal)
        return found

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """The date of a key; a moment is none."""
        found: date | None = self.take(key, date, needed=needed)
        if isinstance(found, datetime):
            self.problems.wrong(self.at(key), found, date)
            return None
        return found

    def choice(self, key: str) -> Any:  # noqa: ANN401  # one of the words that its form declares, or None
        """The word of a key, one of those that may stand there."""
        return self.name(key, "choice", self.form.keys[key].choices if self.form else ())

    def inner(self, key: str) -> Section:
        """The table under a key; an empty one where it is absent."""
        declared = self.form and self.form.keys.get(key)
        form = declared.form if declared else None
        return Section(self.take(key, dict) or {}, self.at(key), self.problems, form)

    def listed(self, key: str) -> Iterator[Section]:
        """The tables of a list."""
        declared = self.form and self.form.keys.get(key)
        form = declared.form if declared else None
        for index, item in enumerate(self.take(key, list) or []):
            at = f"{self.at(key)}[{index}]"
            if isinstance(item, dict):
                yield Section(item, at, self.problems, form)
            else:
                self.problems.wrong(at, item, dict)

    def tables(self, *, having: str | None = None) -> Iterator[tuple[str, Section]]:
        """The tables under each key not taken yet, by key; with `having`, those alone that have that key."""
        members = self.form.members if self.form else None
        for key in [key for key in self.raw if key not in self._taken]:
            if having is not None and not _has(self.raw[key], having):
                continue
            table = self.take(key, dict)
            if table is not None:
                yield key, Section(table, self.at(key), self.problems, members)

    def name(self, key: str, kind: str, known: Iterable[str], *, needed: bool = False) -> str | None:
        """The text of a key that must be one of the known names."""
        got = self.text(key, needed=needed)
        return got if got is not None and self.problems.known(kind, got, known, self.at(key)) else None

    def names(self, key: str, kind: str, known: Iterable[str]) -> tuple[str, ...]:
        """The texts of a list that must all be known names."""
        allowed = tuple(known)
        path = self.at(key)
        return tuple(
            got
            for index, got in enumerate(self.texts(key))
            if self.problems.known(kind, got, allowed, f"{path}[{index}]")
        )

    def finish(self, code: str = "unknown-key") -> None:
        """Notes every key that may not stand here, with the nearest that may."""
        known = self._known()
        for key in self.raw:
            if key not in known:
                guess = nearest(key, known)
                said = "unknown-key.nearest" if guess else code
                allowed = tuple(sorted(known))
                self.problems.note(said, self.at(key), got=key, allowed=allowed, nearest=guess)

    def _is_needed(self, key: str) -> bool:
        declared = self.form and self.form.keys.get(key)
        if not declared or declared.needed_with is None:
            return bool(declared and declared.needed)
        beside, word = declared.needed_with
        return self.raw.get(beside) == word

    def _known(self) -> Collection[str]:
        """The keys that may stand here; with names of the author's own, those that were read."""
        if self.form is None:
            return self._taken
        if self.form.named or self.form.members:
            return {*self.form.keys, *self._taken}
        return self.form.keys


def _has(value: object, key: str) -> bool:
    return isinstance(value, Mapping) and key in value


_WORDS: Final[Mapping[type, tuple[str, str]]] = {
    str: ("text", "文字"),
    bool: ("true or false", "true 或 false"),
    int: ("a whole number", "整数"),
    Decimal: ("a number", "数"),
    dict: ("a table", "表"),
    list: ("a list", "列表"),
    date: ("a date", "日期"),
}
