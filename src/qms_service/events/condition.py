"""Condition (条件): facts that must have a value; decided true, decided false, or not yet known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs

Test = tuple[str, tuple[object, ...]]


def tests_of(given: Mapping[str, object] | Iterable[Test]) -> tuple[Test, ...]:
    """Pairs of a name and the values that satisfy it; a single value stands for a list of one."""
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((name, tuple(v) if isinstance(v, list | tuple) else (v,)) for name, v in pairs)


def among(value: object, allowed: Iterable[object]) -> bool:
    """Whether a value is one of those allowed; True is not 1, although Python calls them equal.

    >>> among(True, (True,)), among(1, (True,)), among(1, (1, 2))
    (True, False, True)
    """
    for one in allowed:  # noqa: SIM110  # `any` would cost five times as much
        if value == one and isinstance(value, bool) is isinstance(one, bool):
            return True
    return False


def _alternatives(
    given: Mapping[str, object] | Iterable[Mapping[str, object]],
) -> tuple[tuple[Test, ...], ...]:
    if isinstance(given, Mapping):
        given = (given,)
    return tuple(tests_of(one) for one in given)


@attrs.frozen
class Condition:
    """A fact by its path and the values that satisfy it; several in one table must all hold.

    A list of tables means that one of them must hold. No truthiness: True is not 1, and not "yes".

    >>> ours = Condition({"analysed.established": True, "analysed.ours": True})
    >>> ours.holds({"analysed.established": False}.get), ours.holds({"analysed.established": True}.get)
    (False, None)
    """

    alternatives: tuple[tuple[Test, ...], ...] = attrs.field(default=((),), converter=_alternatives)

    def holds(self, fact: Callable[[str], object]) -> bool | None:
        """True, False, or None while a fact that would decide is not on record."""
        if len(self.alternatives) == 1:
            return _all(self.alternatives[0], fact)
        verdict: bool | None = False
        for tests in self.alternatives:
            one = _all(tests, fact)
            if one:
                return True
            if one is None:
                verdict = None
        return verdict

    def missing(self, fact: Callable[[str], object]) -> tuple[str, ...]:
        """The facts not on record that would decide; none where the condition is decided already."""
        if self.holds(fact) is not None:
            return ()
        open_tests = [tests for tests in self.alternatives if _all(tests, fact) is None]
        return tuple(dict.fromkeys(path for tests in open_tests for path, _ in tests if fact(path) is None))

    @property
    def paths(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return tuple(dict.fromkeys(path for tests in self.alternatives for path, _ in tests))


def _all(tests: tuple[Test, ...], fact: Callable[[str], object]) -> bool | None:
    verdict: bool | None = True
    for path, allowed in tests:
        value = fact(path)
        if value is None:
            verdict = None
        elif not allowed or (value is not allowed[0] and not among(value, allowed)):
            return False
    return verdict


ALWAYS: Final = Condition()
