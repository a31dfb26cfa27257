"""Recurrence (再发): the same defect once more although an action is in, told apart from goods made before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.errors import EntryError
from qms_service.findings import Finding
from qms_service.worktime import Term

Verdict = Literal["recurred", "made-before", "unknown"]


def _is_day(_: object, field: attrs.Attribute[Any], value: object) -> None:
    """Refuses a moment, too: which day it is on depends on a zone."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise EntryError("recurrence-date", name=field.name, got=str(value))


@attrs.frozen(kw_only=True)
class CutIn:
    """The day from which goods are made with a corrective action (切入).

    Args:
        action: The number of the corrective action.
        customer: The customer whose complaint it answers.
        family: The product family.
        defect: The defect that it is to keep from coming back.
        cut_in_on: The first day whose goods are all made with it.

    Raises:
        EntryError: The day is no date, or is a moment.
    """

    action: str
    customer: str
    family: str
    defect: str
    cut_in_on: date = attrs.field(validator=_is_day)


@attrs.frozen(kw_only=True)
class DefectComplaint:
    """One complaint about a defect.

    Args:
        case: The number of the complaint.
        customer: The customer.
        family: The product family.
        defect: The defect.
        came_on: The day on which the complaint came.
        made_on: The day on which the goods were made, by their date code or lot; None where nobody knows.

    Raises:
        EntryError: A day is no date, or is a moment.
    """

    case: str
    customer: str
    family: str
    defect: str
    came_on: date = attrs.field(validator=_is_day)
    made_on: date | None = attrs.field(default=None, validator=attrs.validators.optional(_is_day))


@attrs.frozen(kw_only=True)
class Recurrence:
    """A complaint after a cut-in, and what it says of the action.

    Args:
        cut_in: The cut-in.
        complaint: The complaint that came after it.
        verdict: `"recurred"`: the goods were made with the action, which did not hold; `"made-before"`: they
            were made before it and say nothing against it; `"unknown"`: nobody knows when they were made, or
            they came before that day.
    """

    cut_in: CutIn
    complaint: DefectComplaint
    verdict: Verdict

    def finding(self, clause: ClauseRef | str | None = None) -> Finding:
        """What it says, as a warning on the complaint.

        Args:
            clause: The clause that it rests on.
        """
        facts = {
            "action": self.cut_in.action,
            "cut_in_on": self.cut_in.cut_in_on,
            "defect": self.cut_in.defect,
            "came_on": self.complaint.came_on,
            "made_on": self.complaint.made_on,
        }
        return Finding(
            code=f"recurrence.{self.verdict}",
            severity="warning",
            subject=self.complaint.case,
            clause=clause_ref(clause),
            facts=facts,
        )


def recurrences(
    cut_ins: Iterable[CutIn], complaints: Iterable[DefectComplaint], *, within: str
) -> tuple[Recurrence, ...]:
    """The complaints of the same customer, product family and defect within a window after each cut-in.

    Names are compared as they are written. A complaint of the cut-in's own day, or of the window's last, is
    within it; one that came before the cut-in is what the action answers, and is left out.

    Args:
        cut_ins: Since when which action is in.
        complaints: The complaints.
        within: The window from the cut-in, a term of days, weeks or months such as `"90 d"`.

    Returns:
        One row for each pair, in the order of the cut-ins, then of the complaints.

    Raises:
        TermError: The window cannot be read, or counts working time.

    Source: IATF 16949 10.2.3 asks for verified effectiveness; the window is the customer's.

    >>> cut_in = CutIn(action="8D-1", customer="ACME", family="HDI", defect="open", cut_in_on=date(2026, 3, 10))
    >>> later = DefectComplaint(case="C-9", customer="ACME", family="HDI", defect="open", came_on=date(2026, 4, 1),
    ...                    made_on=date(2026, 3, 8))
    >>> [row.verdict for row in recurrences([cut_in], [later], within="90 d")]
    ['made-before']
    """
    term = Term.parse(within)
    came = tuple(complaints)
    return tuple(
        Recurrence(cut_in=cut_in, complaint=one, verdict=_verdict(cut_in, one))
        for cut_in in cut_ins
        for last in (_last_day(cut_in.cut_in_on, term),)
        for one in came
        if _same(cut_in, one) and cut_in.cut_in_on <= one.came_on <= last
    )


def _last_day(first: date, term: Term) -> date:
    return term.after(datetime(first.year, first.month, first.day, tzinfo=UTC)).date()


def _same(cut_in: CutIn, one: DefectComplaint) -> bool:
    return (cut_in.customer, cut_in.family, cut_in.defect) == (one.customer, one.family, one.defect)


def _verdict(cut_in: CutIn, one: DefectComplaint) -> Verdict:
    if one.made_on is None or one.made_on > one.came_on:
        return "unknown"
    return "recurred" if one.made_on >= cut_in.cut_in_on else "made-before"
