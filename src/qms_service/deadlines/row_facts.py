"""The facts of a caller's row, as a clock reads them: no rulebook declares their types, the clock's own values do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Final

from qms_service.deadlines.clock import Clock
from qms_service.errors import FactValueError, UnknownNameError
from qms_service.facts import as_row
from qms_service.instants import is_missing
from qms_service.worktime import Term, Urgency

_MISSPELT: Final = 0.85
_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "bool": (bool,),
    "number": (int, float, Decimal, Fraction),
    "text": (str,),
}


def facts_of_row(clock: Clock, given: object) -> Mapping[str, object]:
    """The facts on record by path, without those that are missing.

    Raises:
        FactValueError: There is no mapping, or a value is of another kind than all that the clock compares it with.
        UnknownNameError: A name that the clock does not read resembles one that it reads and that is not given.
    """
    row = as_row(given)
    if not row:
        return row
    known = {path: _plain(value) for path, value in row.items() if not is_missing(value)}
    asked = facts_compared(clock)
    for path in known.keys() & asked.keys():
        _check_kind(path, known[path], asked[path])
    if not row.keys() <= asked.keys():
        _check_names(row, (*asked, *_chosen_by(clock, known)))
    return known


def facts_compared(clock: Clock) -> Mapping[str, tuple[object, ...]]:
    """The paths that the condition and the selectors read, each with the values that they compare it with."""
    compared: dict[str, tuple[object, ...]] = {}
    tests = [test for tests in clock.when.alternatives for test in tests]
    for selector in (*clock.start, *clock.stop):
        tests += [(f"{selector.event}.{name}", allowed) for name, allowed in selector.where]
    for path, allowed in tests:
        compared[path] = (*compared.get(path, ()), *allowed)
    return compared


def _chosen_by(clock: Clock, known: Mapping[str, object]) -> tuple[str, ...]:
    """The paths that a choice of the term reads, as it reads them."""
    if isinstance(clock.within, Term | Urgency):
        return ()
    paths: list[str] = []

    def fact(path: str) -> object:
        paths.append(path)
        return known.get(path)

    for _ in clock.within.possible(fact):
        pass
    return tuple(dict.fromkeys(paths))


def _plain(value: object) -> object:
    """A value as Python has it: a scalar of numpy is one of a frame's ways to write it."""
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        plain: object = value.item()
        return plain
    return value


def _check_kind(path: str, value: object, allowed: tuple[object, ...]) -> None:
    kinds = {_kind(one) for one in allowed}
    if _kind(value) not in kinds:
        said = " | ".join(sorted(kinds))
        raise FactValueError(
            "fact-value", fact=path, got=repr(value), kind=type(value).__name__, allowed=said
        )


def _kind(value: object) -> str:
    return next((kind for kind, types in _KINDS.items() if isinstance(value, types)), type(value).__name__)


def _check_names(row: Mapping[str, object], read: tuple[str, ...]) -> None:
    absent = [path for path in read if path not in row]
    for name in row:
        path = next((path for path in absent if name not in read and _resembles(str(name), path)), None)
        if path is not None:
            raise UnknownNameError("unknown-name.nearest", kind="fact", got=name, allowed=read, nearest=path)


def _resembles(name: str, path: str) -> bool:
    """Whether one is the other misspelt, or the other without the name of its event."""
    if path.endswith(f".{name}") or name.endswith(f".{path}"):
        return True
    return SequenceMatcher(None, name.casefold(), path.casefold()).ratio() >= _MISSPELT
