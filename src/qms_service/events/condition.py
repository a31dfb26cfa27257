"""Condition (条件): facts that must have a value, decided true, decided false, or not yet known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs


def _tests(
    given: Mapping[str, object] | Iterable[tuple[str, object]],
) -> tuple[tuple[str, tuple[object, ...]], ...]:
    pairs = given.items() if isinstance(given, Mapping) else given
    return tuple((path, tuple(v) if isinstance(v, list | tuple) else (v,)) for path, v in pairs)


@attrs.frozen
class Condition:
    """All of the tests hold; each names a fact by its path and the values that satisfy it.

    >>> ours = Condition({"analysed.established": True, "analysed.ours": True})
    >>> ours.holds({"analysed.established": False}.get), ours.holds({"analysed.established": True}.get)
    (False, None)
    """

    tests: tuple[tuple[str, tuple[object, ...]], ...] = attrs.field(default=(), converter=_tests)

    def holds(self, fact: Callable[[str], object]) -> bool | None:
        """True, False, or None while a fact that would decide is not on record."""
        verdict: bool | None = True
        for path, allowed in self.tests:
            value = fact(path)
            if value is None:
                verdict = None
            elif value not in allowed:
                return False
        return verdict

    def missing(self, fact: Callable[[str], object]) -> tuple[str, ...]:
        """The facts not on record that would decide; none where the condition is decided already."""
        if self.holds(fact) is not None:
            return ()
        return tuple(path for path, _ in self.tests if fact(path) is None)

    @property
    def paths(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return tuple(path for path, _ in self.tests)


ALWAYS = Condition()
