"""What an audit of numbers finds (编号审查结果): each find a value with its place and its text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date

import attrs
from pendulum import DateTime

from qms_service.facts import Facts
from qms_service.numbering.ledger import NumberState
from qms_service.texts import Catalogue, render


@attrs.frozen(kw_only=True)
class AuditItem(ABC):
    """One find of an audit."""

    @property
    @abstractmethod
    def code(self) -> str:
        """What was found, a key of the text catalogues without its `audit.` prefix."""
        ...

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The find in the reader's language."""
        return render(f"audit.{self.code}", attrs.asdict(self, recurse=False), lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen
class Why:
    """A reason as a code with its operands (原因)."""

    code: str
    operands: Facts

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The reason in the reader's language."""
        return render(self.code, self.operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class MalformedNumber(AuditItem):
    """A cell that holds no number of the series, or a date that is none (不合格编号).

    Args:
        row: Its row, counted from 0.
        got: What the cell holds, as text; empty where it holds nothing.
        why: Why it is none, a code with its operands.
    """

    row: int
    got: str
    why: Why

    @property
    def code(self) -> str:
        """`"malformed"`."""
        return "malformed"

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The find in the reader's language."""
        operands = {"row": self.row, "why": self.why.text(lang, catalogues)}
        return render(f"audit.{self.code}", operands, lang, catalogues)


@attrs.frozen(kw_only=True)
class DuplicateNumber(AuditItem):
    """A serial that its counter gave before (重复编号).

    Args:
        row, number: The later of the two.
        first_row, first_number: The earlier one; its text may be another spelling, or show another day.
        period, scope, seq: The counter and the serial.
        same: Whether both are the same number, in whatever spelling.
    """

    row: int
    number: str
    first_row: int
    first_number: str
    period: str
    scope: Facts
    seq: int
    same: bool = True

    @property
    def code(self) -> str:
        """`"duplicate"`, or `"duplicate.serial"` where the texts differ beyond their spelling."""
        return "duplicate" if self.same else "duplicate.serial"


@attrs.frozen(kw_only=True)
class NumberHole(AuditItem):
    """A serial, or a long run of serials, that is not in the column (断号).

    Args:
        period, scope: The counter.
        seq: The serial; the first of a run.
        last: The last of a run; otherwise the serial itself.
        number: How it reads; None where the period does not tell it.
        state: What the ledger says of it last; None: nothing.
        reason: Why it is void.
        expires_at: Until when it is reserved.
    """

    period: str
    scope: Facts
    seq: int
    last: int
    number: str | None = None
    state: NumberState | None = None
    reason: str | None = None
    expires_at: DateTime | None = None

    @property
    def explained(self) -> bool:
        """Whether the ledger says why no document has it."""
        return self.state == "void"

    @property
    def code(self) -> str:
        """`"hole"` with what is known of it."""
        if self.state is not None:
            return {"void": "hole.void", "reserved": "hole.reserved"}.get(self.state, "hole.given")
        if self.last > self.seq:
            return "hole.range"
        return "hole" if self.number else "hole.serial"


@attrs.frozen(kw_only=True)
class NumberDisorder(AuditItem):
    """A number out of its order (次序颠倒): behind a higher one of its counter, or beside a date that it does not show.

    Args:
        row, number: The number.
        period, scope, seq: The counter and the serial.
        higher: The higher number before it; None where the date is what does not fit.
        on: The business date of its document, where that is what does not fit.
    """

    row: int
    number: str
    period: str
    scope: Facts
    seq: int
    higher: str | None = None
    on: date | None = None

    @property
    def code(self) -> str:
        """`"disorder"`, or `"disorder.date"`."""
        return "disorder" if self.on is None else "disorder.date"


@attrs.frozen(kw_only=True)
class VoidedNumber(AuditItem):
    """A number with a document, though the ledger says that it is void (作废号被用).

    Args:
        row, number: The number.
        period, scope, seq: The counter and the serial.
        reason: Why it is void.
    """

    row: int
    number: str
    period: str
    scope: Facts
    seq: int
    reason: str | None

    @property
    def code(self) -> str:
        """`"voided"`."""
        return "voided"
