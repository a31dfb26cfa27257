"""Speech: what the page of a review says in one language: figures with their base, dates, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.clauses import ClauseRef
from qms_service.labels import Label
from qms_service.markup import Table, Words, printable
from qms_service.satisfaction.figures import rounded
from qms_service.texts import render

NOTHING: Final = "–"
JOINED: Final = "\u00a0"  # a blank at which no line breaks


@attrs.frozen(kw_only=True)
class Speech(Words):
    """The words of a review in one language."""

    def say(self, code: str, **operands: object) -> str:
        """A text of the review."""
        return printable(render(f"review.{code}", operands, self.lang, self.catalogues))

    def label(self, label: Label | None) -> str:
        """A name; a dash for none."""
        return printable(label.text(self.lang)) if label else NOTHING

    def cite(self, *clauses: ClauseRef | None) -> str:
        """Clauses, each once; nothing for none."""
        known = dict.fromkeys(str(clause) for clause in clauses if clause is not None)
        return self.value(tuple(known)) if known else ""

    def moment(self, at: DateTime | None) -> str:
        """An instant by the clock on the wall, for the head of the page names its zone."""
        return NOTHING if at is None else at.strftime("%Y-%m-%d %H:%M")

    def share(self, count: int, base: int) -> str:
        """A share with its numerator and its base; a dash where the base is nothing."""
        if not base:
            return NOTHING
        return f"{rounded(Fraction(100 * count, base))}{JOINED}%{JOINED}({count}/{base})"

    def amount(self, amount: int | Decimal) -> str:
        """A sum as it is, in groups of three digits."""
        return f"{amount:,f}" if isinstance(amount, Decimal) else f"{amount:,}"

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
        """A table whose head is named by codes."""
        return Table(
            caption=self.say(f"table.{caption}"),
            head=tuple(self.say(f"head.{name}") if name else "" for name in head),
            rows=tuple(tuple(map(printable, row)) for row in rows),
        )
