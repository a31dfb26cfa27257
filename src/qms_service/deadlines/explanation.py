"""Explanation (说明): why a due time is what it is, as a ledger that a reader can redo by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Self

import attrs
from pendulum import DateTime

from qms_service.clauses import ClauseRef
from qms_service.deadlines.amendment import Amendment
from qms_service.deadlines.ledger import Segment
from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.texts import Catalogue, render, shown
from qms_service.worktime import Urgency

if TYPE_CHECKING:
    from qms_service.deadlines.deadline import Deadline


@attrs.frozen(kw_only=True)
class Explanation:
    """The ledger of a deadline (期限说明): from its start to its due time.

    Args:
        id: The clock.
        label: Its name for people.
        state: Where it stands.
        clause: The clause that it rests on.
        within: The term as the procedure writes it.
        budget: What the counted parts of the segments sum to, exactly.
        segments: What counted and what did not, in order and without a gap.
        amendments: What moved the due time, besides pauses: the last date agreed with the customer and the
            extensions since, oldest first. With them the budget is no longer the term's own.
        finding: Why there is no due time, where there is none.
        edition: The edition of the rules.
        calendar_edition: The edition of the calendar that counted.
    """

    id: str
    label: Label | None
    state: str
    clause: ClauseRef | None
    within: str
    budget: timedelta | None
    started_at: DateTime | None
    due_at: DateTime | None
    segments: tuple[Segment, ...]
    finding: Finding | None
    edition: str
    calendar_edition: str
    amendments: tuple[Amendment, ...] = ()

    @classmethod
    def of(
        cls, deadline: Deadline, segments: Iterable[Segment] = (), amendments: Iterable[Amendment] = ()
    ) -> Self:
        """The explanation of a deadline with its segments and what moved it."""
        return cls(
            id=deadline.id,
            label=deadline.label,
            state=deadline.state.value,
            clause=deadline.clause,
            within=deadline.within,
            budget=deadline.budget,
            started_at=deadline.started_at,
            due_at=deadline.due_at,
            segments=tuple(segments),
            finding=deadline.finding,
            edition=deadline.edition,
            calendar_edition=deadline.calendar_edition,
            amendments=tuple(amendments),
        )

    def headline(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """One line: the clock, its state, its due time and its clause."""
        state = render(f"state.{self.state}", {}, lang, catalogues)
        operands = {
            "clock": self.label.text(lang) if self.label else self.id,
            "state": state,
            "due_at": self.due_at,
            "within": within_text(self.within, lang, catalogues),
        }
        told = "due" if self.due_at else "no-due" if self.within else "no-term"
        said = render(f"explain.{told}", operands, lang, catalogues)
        return f"{said} [{self.clause}]" if self.clause else said

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The ledger as a table in the reader's language."""
        lines = [self.headline(lang, catalogues)]
        if self.finding:
            lines.append(self.finding.text(lang, catalogues))
        lines += [amendment.text(lang, catalogues) for amendment in self.amendments]
        lines += [self._line(segment, lang, catalogues) for segment in self.segments]
        if self.segments:
            lines.append(render("explain.sum", {"counted": self.segments[-1].total}, lang, catalogues))
        if self.calendar_edition:
            lines.append(render("explain.calendar", {"edition": self.calendar_edition}, lang, catalogues))
        return "\n".join(lines)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The ledger as a table of HTML, which a notebook shows; every text in it is escaped."""
        from qms_service.deadlines.html import explanation_html  # noqa: PLC0415  # only for who looks
        from qms_service.markup import Words  # noqa: PLC0415  # the same

        return explanation_html(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.text()

    def _line(self, segment: Segment, lang: str, catalogues: Mapping[str, Catalogue] | None) -> str:
        reason = render(f"explain.{segment.code}", {}, lang, catalogues)
        detail = f": {segment.detail}" if segment.detail else ""
        counted = shown(segment.counted) if segment.counted else "–"
        start, end = shown(segment.start), shown(segment.end)
        return f"  {start} → {end}  {counted:>9}  {shown(segment.total):>9}  {reason}{detail}"


def within_text(within: str, lang: str, catalogues: Mapping[str, Catalogue] | None) -> str:
    """The terms still possible as the procedure writes them; an urgency in the reader's language."""
    urgencies = {one.value: f"urgency.{one.name.lower()}" for one in Urgency}
    return " | ".join(
        render(urgencies[one], {}, lang, catalogues) if one in urgencies else one
        for one in within.split(" | ")
    )
