"""One tree of errors. Each says what was got, what is allowed and what to do next.

An error is a code with operands, like every other text: `str(error)` is English, `error.text("zh")`
Chinese, and each operand is an attribute (`error.got`, `error.allowed`). Below `QmsError` each error is
also the standard kind that a caller would catch without knowing this library.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qms_service.findings import Finding


class QmsError(Exception):
    """The root of all errors raised by this library."""

    def __init__(self, code: str, /, **operands: object) -> None:
        super().__init__(code)
        self.code = code
        self.operands = operands
        self.__dict__.update(operands)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language."""
        return render(self.code, self.operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.code, self.operands)


def _again(kind: type[QmsError], code: str, operands: dict[str, object]) -> QmsError:
    return kind(code, **operands)


class NaiveInstantError(QmsError, ValueError):
    """A datetime without a zone stands where an instant is needed."""


class TermError(QmsError, ValueError):
    """A term that cannot be read, or a working term without its calendar."""


class AmountError(QmsError, TypeError):
    """An amount of time that is no `timedelta`, or a count of days that is no whole number."""


class CalendarError(QmsError, ValueError):
    """A calendar that contradicts itself: overlapping spans, an unreadable time."""


class CalendarHorizonError(QmsError, LookupError):
    """The answer lies beyond the date to which the calendar is known."""


class NeverOpenError(QmsError, LookupError):
    """The calendar has no working time left in the direction asked."""


class ClockError(QmsError, ValueError):
    """A clock that contradicts itself, or instants that it cannot read."""


class TableError(QmsError, ValueError):
    """A table that cannot be read: all its faults at once, in `problems`."""

    problems: tuple[Any, ...]

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language, a line a fault."""
        faults = [f"  {fault.text(lang, catalogues)}" for fault in self.problems]
        return "\n".join([super().text(lang, catalogues), *faults])


class NoRouteError(QmsError, LookupError):
    """No rule of the table covers the facts."""


class AmbiguousRouteError(QmsError, LookupError):
    """More than one rule of a unique table covers the facts: `rule_ids`."""

    rule_ids: tuple[str, ...]


class UndecidedError(QmsError, LookupError):
    """The rules still possible differ, and the facts that would decide are `missing`."""

    missing: tuple[str, ...]
    rule_ids: tuple[str, ...]


class UnknownNameError(QmsError, LookupError):
    """A name that the rules do not know; the nearest known one is offered."""


class RulebookError(QmsError, ValueError):
    """A rulebook with problems: all problems of meaning at once, in `problems`."""

    problems: tuple[Any, ...]

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error with every problem on a line of its own."""
        said = super().text(lang, catalogues)
        return "\n  ".join((said, *(problem.text(lang, catalogues) for problem in self.problems)))


class NotInForceError(QmsError, LookupError):
    """No edition of the rulebook was in force at that moment."""


class PinnedElsewhereError(QmsError, ValueError):
    """The case is pinned to another edition of the rulebook."""


class Refused(QmsError, ValueError):  # noqa: N818  # the business "no" by its own word
    """The rules refuse the step; `findings` say why, each with its clause."""

    findings: tuple[Finding, ...]

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """Every finding in the reader's language."""
        said = super().text(lang, catalogues)
        return " ".join((said, *(finding.text(lang, catalogues) for finding in self.findings)))


class CaseNotFoundError(QmsError, LookupError):
    """The store has no case of that id."""


class CaseExistsError(QmsError, ValueError):
    """The store has a case of that number already."""


class StaleCaseError(QmsError, RuntimeError):
    """The case has grown since it was read: read it again and repeat the step."""


class TransactionError(QmsError, RuntimeError):
    """A transaction begun inside another one of the same store."""


class LogError(QmsError, ValueError):
    """A case log or its mapping that cannot be read as a whole; `problems` holds every mistake of a mapping."""

    problems: tuple[Any, ...] = ()

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language, each problem on a line of its own."""
        said = super().text(lang, catalogues)
        return "\n".join((said, *(f"  {problem.text(lang, catalogues)}" for problem in self.problems)))


class WireError(QmsError, ValueError):
    """JSON that cannot be read as the value asked for, or a value that JSON cannot hold: `problems` has all faults."""

    problems: tuple[Any, ...] = ()

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language, a line a fault."""
        said = super().text(lang, catalogues)
        return "\n".join((said, *(f"  {problem.text(lang, catalogues)}" for problem in self.problems)))


class MissingExtraError(QmsError, ImportError):
    """An optional part needs a package that is not installed."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one most resembles, or None.

    >>> nearest("anlysed", ["received", "analysed"])
    'analysed'
    """
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def unknown_name(kind: str, got: str, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that is not among the known ones."""
    allowed = tuple(known)
    guess = nearest(got, allowed)
    code = "unknown-name.nearest" if guess else "unknown-name"
    return UnknownNameError(code, kind=kind, got=got, allowed=allowed, nearest=guess)
