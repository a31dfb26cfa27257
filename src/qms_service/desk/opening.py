"""Opening (立案): the number of a new case, and what a desk refuses beside the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
from pendulum import DateTime

from qms_service.cases import AnySubject, Case
from qms_service.desk.links import loaded
from qms_service.errors import CaseExistsError, EntryError, NumberError, Refused
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.numbering import NumberSeries
from qms_service.ports import Cases, Transaction
from qms_service.rulebooks import Procedure


@attrs.frozen(kw_only=True)
class Numbering:
    """Where the number of a new case comes from.

    Args:
        series: The series; None: the subject has its number.
        scope: A value for each `{name}` of the series' pattern.
    """

    series: NumberSeries | None
    scope: Mapping[str, str] | None

    def number(self, transaction: Transaction, draft: Case) -> Case:
        """The case with the next number of the series, which nobody else gets.

        Raises:
            CaseExistsError: There is a case of that number already.
        """
        if self.series is None:
            refuse_known(transaction.cases, draft.id, "case-exists")
            return draft
        at = draft.subject.opened_at
        number = transaction.numbers.allocate(self.series, at=at, scope=self.scope)
        refuse_known(transaction.cases, number, "case-exists-series", series=self.series.id)
        return numbered(draft, number)

    def repeats(self, draft: Case, opened: Case) -> bool:
        """Whether a draft asks for the case that is there."""
        if self.series is not None:
            if not _reads(self.series, opened.id):
                return False
            draft = numbered(draft, opened.id)
        first = attrs.evolve(opened.history[0], recorded_at=draft.history[0].recorded_at)
        return draft.subject == opened.subject and draft.history[0] == first


def numbering_of(
    subject: AnySubject,
    rules: Procedure,
    series: str | NumberSeries | None,
    scope: Mapping[str, str] | None,
) -> Numbering:
    """Where the number of a subject comes from: its own, or a series by its id in the rules, or itself.

    Raises:
        Refused: There is neither.
        EntryError: There are both, or a scope without a series.
        UnknownNameError: The edition has no such series.
    """
    if series is None:
        require_number(subject)
        if scope is not None:
            raise EntryError("entry-scope", number=subject.number)
        return Numbering(series=None, scope=None)
    if subject.number.strip():
        raise EntryError("entry-number-and-series", number=subject.number)
    if isinstance(series, NumberSeries):
        return Numbering(series=series, scope=scope)
    return Numbering(series=rules.series(series), scope=scope)


def numbered(case: Case, number: str) -> Case:
    """A case under a number."""
    return attrs.evolve(case, subject=attrs.evolve(case.subject, number=number))


def _reads(series: NumberSeries, number: str) -> bool:
    try:
        series.parse(number)
    except NumberError:
        return False
    return True


def require_number(subject: AnySubject) -> None:
    """Refuses a subject without a number, for no store can keep it."""
    if not subject.number.strip():
        finding = Finding(code="number-missing", severity="refusal", subject=subject.kind, absolute=True)
        raise Refused("refused", findings=(finding,))


def refuse_known(cases: Cases, number: str, code: str, **operands: object) -> None:
    """Refuses a number under which there is a case."""
    there = loaded(cases, number)
    if there is not None:
        raise CaseExistsError(code, case=number, opened_at=there.subject.opened_at, **operands)


def ahead(subject: str, at: DateTime, now: DateTime) -> tuple[Finding, ...]:
    """What a desk refuses beside the rules: an event that has not happened yet."""
    if micros(at) <= micros(now):
        return ()
    facts = {"at": at, "now": now}
    return (Finding(code="ahead-of-now", severity="refusal", subject=subject, facts=facts, absolute=True),)


def refuse(findings: Iterable[Finding]) -> None:
    """Raises what was found, if anything."""
    found = tuple(findings)
    if found:
        raise Refused("refused", findings=found)
