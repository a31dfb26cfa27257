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
    from datetime import date

    from qms_service.findings import Finding


class QmsError(Exception):
    """The root of all errors raised by this library."""

    def __init__(self, code: str, /, **operands: object) -> None:
        super().__init__(code)
        self.code = code
        self.operands = operands
        self.__dict__.update(operands)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language, with the `row` of the column that it was met in."""
        said = render(self.code, self.operands, lang, catalogues)
        if "row" not in self.operands:
            return said
        return render("column-row", {"row": self.operands["row"], "said": said}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.code, self.operands)


def _again(kind: type[QmsError], code: str, operands: dict[str, object]) -> QmsError:
    return kind(code, **operands)


class ProblemsError(QmsError, ValueError):
    """Something read with mistakes: all of them at once, in `problems`."""

    problems: tuple[Any, ...] = ()

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language, each problem on a line of its own."""
        said = super().text(lang, catalogues)
        return "\n".join((said, *(f"  {problem.text(lang, catalogues)}" for problem in self.problems)))


class NaiveInstantError(QmsError, ValueError):
    """A datetime without a zone, or something that is no datetime, stands where an instant is needed: `got`."""

    got: object


class ZoneError(QmsError, ValueError):
    """A time zone that no IANA name stands for: `got`."""

    got: str


class TermError(QmsError, ValueError):
    """A term that cannot be read, or a working term without its calendar."""


class AmountError(QmsError, TypeError):
    """An amount of time that is no `timedelta`, or a count of days that is no whole number."""


class ColumnError(QmsError, TypeError, ValueError):
    """A column of another kind or length than the question needs: what was `got`."""

    got: object


class CalendarError(QmsError, ValueError):
    """A calendar that contradicts itself: overlapping spans, an unreadable time."""


class CalendarHorizonError(QmsError, LookupError):
    """The answer lies beyond the date to which the calendar is known, `known_until`."""

    known_until: date | None


class InstantRangeError(CalendarHorizonError, ValueError):
    """An instant outside the years that can be computed, `first` to `last`; no calendar knows them."""

    known_until: date | None = None
    first: int
    last: int


class NeverOpenError(QmsError, LookupError):
    """The calendar has no working time left in the direction asked."""


class ClauseError(QmsError, ValueError):
    """A clause that is no text: 5.10 as a number is 5.1."""


class SelectorError(QmsError, ValueError):
    """Something that points at no event."""


class FactValueError(QmsError, ValueError):
    """A value that is not of the type its fact was declared with."""


class EntryError(QmsError, ValueError):
    """An event or a subject that nobody could read again: a column of another kind than text, a broken list."""


class QuantityError(QmsError, ValueError):
    """A quantity, a sum or a relation of quantities, or a division of money, that cannot be read: what was `got`."""

    got: object


class ScoreError(QmsError, ValueError):
    """An answer, a scale or a question on scores that has no sense: what was `got`, and of which `customer`."""

    got: object

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The error in the reader's language, with the `customer` whose answer it was met in."""
        said = super().text(lang, catalogues)
        if "customer" not in self.operands:
            return said
        return render(
            "score-customer", {"customer": self.operands["customer"], "said": said}, lang, catalogues
        )


class SurveyError(ProblemsError):
    """A questionnaire, a survey or its answers that contradict themselves: everything at once, in `problems`."""


class ClockError(QmsError, ValueError):
    """A clock that contradicts itself, or instants that it cannot read."""


class DutyError(QmsError, ValueError):
    """A recurring duty that contradicts itself, or a question about duties that cannot be read."""


class TableError(ProblemsError):
    """A table that cannot be read: all its faults at once, in `problems`."""


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
    """A name that the rules do not know: `got`, the `allowed` ones, and the `nearest` of these."""

    kind: str
    got: object
    allowed: tuple[str, ...]
    nearest: str | None


class RulebookError(ProblemsError):
    """A rulebook with problems: all problems of meaning at once, in `problems`."""


class InvariantError(ProblemsError):
    """Invariants that do not fit a rulebook: all that is wrong with them at once, in `problems`."""


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
    """The store has no such `case`."""

    case: str


class CaseExistsError(QmsError, ValueError):
    """The store has a `case` of that number already."""

    case: str


class StaleCaseError(QmsError, RuntimeError):
    """The `case` has grown since it was read: read it again and repeat the step."""

    case: str


class TransactionError(QmsError, RuntimeError):
    """A transaction used for what it cannot do: begun inside another one, written in to read, or over already."""


class SeriesError(ProblemsError):
    """A number series that can repeat, cannot be read back, or is no series: every reason in `problems`."""


class NumberError(QmsError, ValueError):
    """A number that is none of its series, or that cannot be made, confirmed or voided."""


class NumberOverflowError(NumberError):
    """The period has no further number: `last` is the highest that the pattern can show."""

    last: int


class KeyReusedError(QmsError, ValueError):
    """A `key` that has answered one request comes with another one."""

    key: str


class StoreError(QmsError, RuntimeError):
    """A store that cannot be opened, read or written: no space, read-only, no tables, a newer schema."""


class StoreBusyError(StoreError):
    """Others held the store for longer than it waits; nothing was written, and trying again is safe."""


class MissingExtraError(QmsError, ImportError):
    """A part of the library needs a package that is not installed: `extra` names the group that brings it."""

    extra: str


class SheetError(QmsError, ValueError):
    """A file of rows that cannot be opened, decoded or cut into cells, or that lacks a column."""


class LogError(ProblemsError):
    """A case log or its mapping that cannot be read as a whole; `problems` holds every mistake of a mapping."""


class FormError(ProblemsError):
    """A form or its template that cannot be read: all its mistakes at once, in `problems`."""


class WireError(ProblemsError):
    """JSON that cannot be read as the value asked for, or a value that JSON cannot hold: `problems` has all faults."""


def nearest(name: object, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one most resembles, or None.

    >>> nearest("anlysed", ["received", "analysed"])
    'analysed'
    """
    texts = [one for one in known if isinstance(one, str)]  # a column of pandas may have a number for a name
    matches = get_close_matches(name, texts, n=1, cutoff=0.6) if isinstance(name, str) else []
    return matches[0] if matches else None


def misspelt(code: str, got: object, known: Iterable[str]) -> tuple[str, dict[str, object]]:
    """The code and the operands of a text on a name that is not known, with the nearest that is."""
    allowed = tuple(known)
    guess = nearest(got, allowed)
    shown = got if isinstance(got, str) else repr(got)
    return f"{code}.nearest" if guess else code, {"got": shown, "allowed": allowed, "nearest": guess}


def unknown_name(kind: str, got: object, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that is not among the known ones."""
    code, operands = misspelt("unknown-name", got, known)
    return UnknownNameError(code, kind=kind, **operands)
