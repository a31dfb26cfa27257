"""ServiceDesk (服务台): the use cases, one method each, over a rulebook and a store."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs
from pendulum import DateTime

from qms_service.cases import Case, Complaint, Subject
from qms_service.deadlines import Deadline
from qms_service.errors import CaseExistsError, CaseNotFoundError, EntryError, PinnedElsewhereError, Refused
from qms_service.findings import Finding
from qms_service.instants import instant, micros
from qms_service.ports import Store, Transaction
from qms_service.rulebooks import Procedure, Rulebook, Status, Step


@attrs.frozen(kw_only=True)
class WorklistItem:
    """A case of the worklist with where it stands.

    Args:
        case: The case.
        status: Where it stands; None where these rules cannot tell.
        finding: Why they cannot: the case is pinned to an edition that the rulebook does not have.
    """

    case: Case
    status: Status | None
    finding: Finding | None = None


class ServiceDesk:
    """The use cases of customer service over a store.

    Args:
        book: The rulebook.
        store: Where cases are kept.
        now: Tells the moment; called once for each use case.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
    >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon.subtract(hours=1)))
    >>> desk.record("C-1", "forwarded", at=noon).version
    2
    """

    def __init__(self, book: Rulebook, store: Store, *, now: Callable[[], datetime]) -> None:
        self._book = book
        self._store = store
        self._now = now

    def open(self, subject: Complaint | Subject, *, facts: Mapping[str, object] | None = None) -> Case:
        """Opens a case and keeps it.

        Args:
            subject: What the case is about.
            facts: What the opening event puts on record, where the rulebook declares facts for it.

        Raises:
            CaseExistsError: There is a case of that number already.
            Refused: The subject has no number or is dated after now, or a fact of it cannot be taken.
        """
        if not subject.number.strip():
            finding = Finding(code="number-missing", severity="refusal", subject=subject.kind, absolute=True)
            raise Refused("refused", findings=(finding,))
        with self._store.transaction() as t:
            now = self._moment()
            _refuse(_ahead(subject.kind, subject.opened_at, now))
            case = self._book.open(subject, recorded_at=now, facts=facts)
            _not_there(t, case.id)
            self._save(t, case, now)
        return case

    def record(self, case_id: str, name: str, /, *, at: datetime | None = None, **entry: Any) -> Case:  # noqa: ANN401  # those of Procedure.record
        """Records an event of a case and keeps it.

        Args:
            case_id: The case's number.
            name: The event's name.
            at: When it happened; now where none is given.
            entry: The further arguments of `Procedure.record`, but for `recorded_at`, which is now. The linked cases that the store has are
                handed in as `related` where none are given.

        Raises:
            CaseNotFoundError: There is no such case.
            Refused: The rules refuse it, or it is dated after now.
        """
        if "recorded_at" in entry:
            raise EntryError("desk-recorded-at")
        with self._store.transaction() as t:
            now = self._moment()
            happened = now if at is None else instant(at)
            _refuse(_ahead(name, happened, now))
            case = t.cases.load(case_id)
            entry.setdefault("related", _linked(t, case))
            grown = self._book.of(case).record(case, name, at=happened, recorded_at=now, **entry)
            self._save(t, grown, now)
        return grown

    def check(
        self,
        case_id: str,
        name: str,
        /,
        *,
        at: datetime | None = None,
        **entry: Any,  # noqa: ANN401  # those of Procedure.check
    ) -> tuple[Finding, ...]:
        """What the rules would find in an event, without recording it."""
        case, rules, now, linked = self._read(case_id)
        happened = now if at is None else instant(at)
        entry.setdefault("related", linked)
        found = rules.check(case, name, at=happened, recorded_at=now, **entry)
        return (*_ahead(name, happened, now), *found)

    def case(self, case_id: str) -> Case:
        """A case as it stands."""
        return self._read(case_id)[0]

    def checklist(self, case_id: str) -> tuple[Step, ...]:
        """Every step of a case as it stands now."""
        case, rules, now, linked = self._read(case_id)
        return rules.checklist(case, now=now, related=linked)

    def deadlines(self, case_id: str) -> tuple[Deadline, ...]:
        """Every clock of a case as it stands now."""
        case, rules, now, _ = self._read(case_id)
        return rules.deadlines(case, now=now)

    def worklist(self, *, now: datetime | None = None) -> tuple[WorklistItem, ...]:
        """The open cases, what breaks first at the front.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = desk.record("C-1", "forwarded")
        >>> [(item.case.id, str(item.status.first_due_at)) for item in desk.worklist()]
        [('C-1', '2026-03-03 00:00:00+08:00')]
        """
        moment = self._moment() if now is None else instant(now)
        with self._store.transaction() as t:
            items = [self._item(case, moment) for case in t.cases.open_cases()]
        return tuple(sorted(items, key=_urgency))

    def _item(self, case: Case, now: DateTime) -> WorklistItem:
        """One case of many never raises for all."""
        try:
            return WorklistItem(case=case, status=self._book.of(case).status(case, now=now))
        except PinnedElsewhereError as error:
            facts = {**error.operands, "pin": str(case.pin)}
            finding = Finding(code=error.code, severity="warning", subject=case.id, facts=facts)
            return WorklistItem(case=case, status=None, finding=finding)

    def _read(self, case_id: str) -> tuple[Case, Procedure, DateTime, tuple[Case, ...]]:
        with self._store.transaction() as t:
            case = t.cases.load(case_id)
            linked = _linked(t, case)
        return case, self._book.of(case), self._moment(), linked

    def _save(self, transaction: Transaction, case: Case, now: DateTime) -> None:
        transaction.cases.save(case, view=self._book.of(case).status(case, now=now))

    def _moment(self) -> DateTime:
        return instant(self._now())


def _ahead(subject: str, at: DateTime, now: DateTime) -> tuple[Finding, ...]:
    """What a desk refuses beside the rules: an event that has not happened yet."""
    if micros(at) <= micros(now):
        return ()
    facts = {"at": at, "now": now}
    return (Finding(code="ahead-of-now", severity="refusal", subject=subject, facts=facts, absolute=True),)


def _refuse(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise Refused("refused", findings=findings)


def _linked(transaction: Transaction, case: Case) -> tuple[Case, ...]:
    """The linked cases that the store has; a gate that waits for one it has not says so."""
    found = (
        _loaded(transaction, str(link.facts["case"])) for link in case.timeline().all("linked", keeps=True)
    )
    return tuple(one for one in found if one is not None)


def _loaded(transaction: Transaction, number: str) -> Case | None:
    try:
        return transaction.cases.load(number)
    except CaseNotFoundError:
        return None


def _not_there(transaction: Transaction, number: str) -> None:
    there = _loaded(transaction, number)
    if there is not None:
        raise CaseExistsError("case-exists", case=number, opened_at=there.subject.opened_at)


def _urgency(item: WorklistItem) -> tuple[float, str]:
    due = item.status.first_due_at if item.status else None
    return micros(due) if due else math.inf, item.case.id
