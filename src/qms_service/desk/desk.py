"""ServiceDesk (服务台): the use cases, one method each, over a rulebook and a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import attrs
from pendulum import DateTime

from qms_service.cases import AnySubject, Case, CustomerFile
from qms_service.cases.customer_file import RAISED
from qms_service.deadlines import Deadline
from qms_service.desk.answer import answered
from qms_service.desk.customers import CustomerReading, check_customer, check_raised
from qms_service.desk.links import is_linked, linked_cases, pairs
from qms_service.desk.opening import ahead, numbering_of, refuse, refuse_known, require_number
from qms_service.desk.refresh import Progress, Refresh, Refreshed
from qms_service.desk.step import StepRequest
from qms_service.desk.worklist import Worklist, WorklistItem, check_page
from qms_service.errors import EntryError
from qms_service.events import Event
from qms_service.findings import Finding
from qms_service.instants import instant
from qms_service.numbering import NumberSeries
from qms_service.ports import Store, Transaction, check_limit
from qms_service.rulebooks import Rulebook, Step
from qms_service.rulebooks.adopt import check_subject


class ServiceDesk:
    """The use cases of customer service over a store.

    What one call writes, it writes in one transaction: all of it or nothing. A call under a `key` that has been
    answered changes nothing and gives the case that it was about, as it stands now.

    Every call that writes may raise `StoreBusyError` (others wrote for longer than the store waits) and
    `StaleCaseError` (the case has grown meanwhile); nothing was written then, and calling again is safe.

    Args:
        book: The rulebook.
        store: Where cases and numbers are kept.
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

    def open(
        self,
        subject: AnySubject,
        *,
        facts: Mapping[str, object] | None = None,
        by: str | None = None,
        series: str | NumberSeries | None = None,
        scope: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Case:
        """Opens a case and keeps it, with its number where a series gives one.

        Args:
            subject: What the case is about; without a number where a series gives it.
            facts: What the opening event puts on record, where the rulebook declares facts for it.
            by: Who opens it; a step that another person has to do compares it.
            series: Where the number comes from: the id of a series of the edition in force, or a series. It is
                that of the moment at which the case opened, and nobody else gets it; a case that is refused
                takes none.
            scope: A value for each `{name}` of the series' pattern.
            key: The caller's key for the request; asked again under it, the case that is there comes back.

        Raises:
            CaseExistsError: There is a case of that number already.
            Refused: The subject has no number or is dated after now, or a fact of it cannot be taken.
            EntryError: A number and a series are given, or a scope without a series.
            UnknownNameError: The edition in force has no such series.
            KeyReusedError: The key has answered another request.
            NumberError: The series cannot give a number.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> series = qms.NumberSeries(id="cp", pattern="CP{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
        >>> desk.open(qms.Complaint(customer="ACME", received_at=noon), series=series, key="mail-17").id
        'CP2026-001'
        >>> desk.open(qms.Complaint(customer="ACME", received_at=noon), series=series, key="mail-17").id
        'CP2026-001'
        """
        check_subject(subject)
        now = self._moment()
        refuse(ahead(subject.kind, subject.opened_at, now))
        rules = self._book.on(subject.opened_at)
        numbering = numbering_of(subject, rules, series, scope)
        draft = rules.open(subject, recorded_at=now, facts=facts, by=by)
        view = rules.status(draft, now=now)
        with self._store.transaction() as t:
            known = answered(t.cases, key)
            if known is not None:
                return known.again(same=known.version == 1 and numbering.repeats(draft, known.case))
            case = numbering.number(t, draft)
            t.cases.save(case, view, key=key)
        return case

    def adopt(self, subject: AnySubject, events: Iterable[Event], *, key: str | None = None) -> Case:
        """Keeps a case with a history made elsewhere, under the edition in force at its opening.

        No gate stops it: what was done was done. `review` tells what the rules say of it.

        Args:
            subject: What the case is about, with its number.
            events: What happened, in any order.
            key: The caller's key for the request.

        Raises:
            CaseExistsError: There is a case of that number already.
            Refused: The subject has no number, an event is dated after now or unknown, or a fact cannot be read.
            KeyReusedError: The key has answered another request.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> old = qms.Complaint(number="C-1", customer="ACME", received_at=noon.subtract(days=9))
        >>> desk.adopt(old, [qms.Event("closed", noon.subtract(days=2))]).status
        'closed'
        """
        check_subject(subject)
        require_number(subject)
        now = self._moment()
        rules = self._book.on(subject.opened_at)
        case = rules.adopt(subject, events)
        refuse(found for event in case.history for found in ahead(event.name, event.at, now))
        view = rules.status(case, now=now)
        with self._store.transaction() as t:
            known = answered(t.cases, key)
            if known is not None:
                return known.again(same=known.brought(case))
            refuse_known(t.cases, case.id, "case-exists")
            t.cases.save(case, view, key=key)
        return case

    def record(
        self,
        case_id: str,
        name: str,
        /,
        *,
        at: datetime | None = None,
        key: str | None = None,
        **entry: Any,  # noqa: ANN401  # those of Procedure.record
    ) -> Case:
        """Records an event of a case and keeps it.

        Args:
            case_id: The case's number.
            name: The event's name.
            at: When it happened; now where none is given.
            key: The caller's key for the request; asked again under it, nothing is recorded a second time.
            entry: The further arguments of `Procedure.record`, but for `recorded_at`, which is now. The linked
                cases that the step waits for are read in the same transaction, unless `related` hands them in.

        Raises:
            CaseNotFoundError: There is no such case.
            Refused: The rules refuse it, or it is dated after now.
            KeyReusedError: The key has answered another request.
        """
        request = StepRequest(name=name, at=at, entry=entry)
        with self._store.transaction() as t:
            known = answered(t.cases, key)
            if known is not None:
                same = known.case.id == case_id and request.repeats(t.cases, self._book, known)
                return known.again(same=same)
            case = t.cases.load(case_id)
            now = self._moment()
            grown = request.recorded(t.cases, self._book.of(case), case, now)
            self._save(t, grown, now, key)
        return grown

    def link(
        self,
        case_id: str,
        other_id: str,
        /,
        *,
        at: datetime | None = None,
        **entry: Any,  # noqa: ANN401  # those of Procedure.record
    ) -> tuple[Case, Case]:
        """Links two cases (关联): each gets its `linked` event that names the other's kind and number, or neither.

        A case that names the other one already is left as it is, so that calling again changes nothing.

        Args:
            case_id: The one case's number.
            other_id: The other's.
            at: When they were linked; now where none is given.
            entry: What else `Procedure.record` takes: `by`, `department`, `reason`, and on.

        Returns:
            Both cases, in the order asked.

        Raises:
            CaseNotFoundError: There is no such case.
            Refused: It is dated after now.
            EntryError: A case is to be linked to itself.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> for number in ("C-1", "C-2"):
        ...     case = desk.open(qms.Complaint(number=number, customer="ACME", received_at=noon))
        >>> [dict(case.history[-1].facts) for case in desk.link("C-1", "C-2", by="Li")]
        [{'kind': 'complaint', 'case': 'C-2'}, {'kind': 'complaint', 'case': 'C-1'}]
        """
        if case_id == other_id:
            raise EntryError("link-itself", case=case_id)
        request = StepRequest(name="linked", at=at, entry=entry)
        with self._store.transaction() as t:
            found = {number: t.cases.load(number) for number in sorted((case_id, other_id), key=str)}
            now = self._moment()
            for case, other in pairs(found):
                if not is_linked(case, other):
                    named = attrs.evolve(request, entry=dict(kind=other.kind, case=other.id, **entry))
                    found[case.id] = named.recorded(t.cases, self._book.of(case), case, now)
                    self._save(t, found[case.id], now)
        return found[case_id], found[other_id]

    def change_edition(
        self,
        case_id: str,
        edition: str,
        *,
        reason: str,
        at: datetime | None = None,
        by: str | None = None,
        key: str | None = None,
    ) -> Case:
        """Has a case judged by another edition from now on, with the change on record.

        Args:
            case_id: The case's number.
            edition: The edition's name.
            reason: Why.
            at: When the change was decided; now where none is given.
            by: An opaque id of the person.
            key: The caller's key for the request.

        Raises:
            CaseNotFoundError: There is no such case.
            UnknownNameError: The rulebook has no such edition.
            Refused: The case is not open, is of that edition already, no reason is given, or it is dated after now.
            KeyReusedError: The key has answered another request.
        """
        with self._store.transaction() as t:
            known = answered(t.cases, key)
            if known is not None:
                facts = {name: known.event.facts.get(name) for name in ("edition", "reason")}
                asked = (case_id, "edition_changed", {"edition": edition, "reason": reason})
                return known.again(same=(known.case.id, known.event.name, facts) == asked)
            case = t.cases.load(case_id)
            now = self._moment()
            decided = now if at is None else instant(at)
            refuse(ahead("edition_changed", decided, now))
            grown = self._book.change_edition(
                case, edition, at=decided, reason=reason, by=by, recorded_at=now
            )
            self._save(t, grown, now, key)
        return grown

    def redact(self, case_id: str, seq: int, fields: Sequence[str], *, reason: str) -> None:
        """Replaces texts of an event by a mark (遮蔽); their digests stay, so that `verify` still holds.

        Args:
            case_id: The case's number.
            seq: The event; 0: the subject.
            fields: Their paths: `by`, `note`, `facts.contact`, `evidence.0.uri`.
            reason: Why; kept with the digests.

        Raises:
            CaseNotFoundError: There is no such case.
            EntryError: There is no such event or field, or it holds no text.
        """
        with self._store.transaction() as t:
            t.cases.redact(case_id, seq, fields, reason=reason)

    def verify(self, case_id: str, *, head: str | None = None) -> tuple[Finding, ...]:
        """What was changed in a case behind the library's back; nothing where its chain holds.

        Args:
            case_id: The case's number.
            head: The chain's last digest as it was noted elsewhere, to find a chain that was made anew.

        Raises:
            CaseNotFoundError: There is no such case.
        """
        with self._store.transaction(read_only=True) as t:
            return t.cases.verify(case_id, head=head)

    def check(
        self,
        case_id: str,
        name: str,
        /,
        *,
        at: datetime | None = None,
        **entry: Any,  # noqa: ANN401  # those of Procedure.check
    ) -> tuple[Finding, ...]:
        """What `record` would find in an event, without recording it."""
        request = StepRequest(name=name, at=at, entry=entry)
        with self._store.transaction(read_only=True) as t:
            case = t.cases.load(case_id)
            return request.findings(t.cases, self._book.of(case), case, self._moment())

    def case(self, case_id: str) -> Case:
        """A case as it stands."""
        with self._store.transaction(read_only=True) as t:
            return t.cases.load(case_id)

    def checklist(self, case_id: str) -> tuple[Step, ...]:
        """Every step of a case as it stands now."""
        case, linked = self._read(case_id)
        return self._book.of(case).checklist(case, now=self._moment(), related=linked)

    def deadlines(self, case_id: str) -> tuple[Deadline, ...]:
        """Every clock of a case as it stands now."""
        case = self.case(case_id)
        return self._book.of(case).deadlines(case, now=self._moment())

    def review(self, case_id: str) -> tuple[Finding, ...]:
        """All findings of a case recomputed from its history alone, as of now: the linter for old cases."""
        case, linked = self._read(case_id)
        return self._book.of(case).review(case, self._moment(), related=linked)

    def worklist(
        self,
        *,
        now: datetime | None = None,
        kind: str | None = None,
        customer: str | None = None,
        after: WorklistItem | None = None,
        limit: int | None = None,
    ) -> tuple[WorklistItem, ...]:
        """The open cases, what breaks first at the front, read from the stored views.

        The history of a case is read only where its view may no longer hold: a clock is paused, or something
        was due since. `refresh` keeps these few.

        Args:
            now: The moment asked, the present or later; the desk's own where none is given.
            kind: Only cases of this kind.
            customer: Only cases of this customer.
            after: Only those behind this one: the last of the page before.
            limit: No more than so many.

        Limits: a view tells nothing of moments before it was stored. A case that was saved without a view, past
        this desk, is not there until `refresh(every=True)` gives it one.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = desk.record("C-1", "forwarded")
        >>> [(item.case.id, str(item.status.first_due_at)) for item in desk.worklist()]
        [('C-1', '2026-03-03 00:00:00+08:00')]
        """
        check_page(after, limit)
        moment = self._moment() if now is None else instant(now)
        chunk = (
            None if limit is None else limit + 1
        )  # one beyond the page tells that its last item is in place
        with self._store.transaction(read_only=True) as t:
            listed = Worklist(
                book=self._book, cases=t.cases, now=moment, kind=kind, customer=customer, chunk=chunk
            )
            return tuple(islice(listed.items(after), limit))

    def customer_file(
        self,
        customer: str,
        *,
        now: datetime | None = None,
        after: str | None = None,
        limit: int | None = None,
        raised: Mapping[str, Sequence[str]] = RAISED,
    ) -> CustomerFile:
        """The file of a customer: all of its cases, what it said, and the documents filed for it.

        It is read in one transaction. The sums are over all cases and read from the stored views, as the worklist
        is; histories are read for the page alone. Nobody is unknown: a customer without a case has an empty file,
        which names those that are spelled nearly the same.

        Args:
            customer: The customer, letter by letter as its cases have it.
            now: The moment asked, the present or later; the desk's own where none is given.
            after: The number of the last case of the page before. The order is that of now: a case that was
                worked on meanwhile stands elsewhere.
            limit: No more than so many cases on the page.
            raised: Where a customer's own words stand, by kind of case: paths such as `"subject.defect"` or
                `"remark_recorded.statement"`.

        Raises:
            EntryError: The customer is no text or blank, or the page is none.

        Clause: pcb-maker 4.7.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", defect="open circuit", received_at=noon))
        >>> file = desk.customer_file("ACME")
        >>> file.total, file.open, [(one.case, one.text) for one in file.raised]
        (1, 1, [('C-1', 'open circuit')])
        """
        check_customer(customer)
        check_limit(limit)
        check_raised(raised)
        moment = self._moment() if now is None else instant(now)
        with self._store.transaction(read_only=True) as t:
            reading = CustomerReading(
                book=self._book, cases=t.cases, customer=customer, now=moment, raised=raised
            )
            return reading.file(after, limit)

    def refresh(
        self, *, now: datetime | None = None, every: bool = False, progress: Progress | None = None
    ) -> Refreshed:
        """Tells the stored views of open cases anew: from time to time, and when the rules know a new year.

        Each batch is a short transaction of its own; calling again after a failure is safe.

        Args:
            now: The moment for which they are told; the desk's own where none is given.
            every: Whether all are told anew, as after a new calendar, and those that a case lacks are told; else
                those that may no longer hold.
            progress: Called after each batch with the number of cases done and that of all.

        Returns:
            How many were checked and changed, and the findings on those that these rules cannot judge.

        >>> import pendulum, qms_service as qms
        >>> now = qms.testing.FixedNow(pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai"))
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=now)
        >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=now()))
        >>> case = desk.record("C-1", "forwarded")
        >>> now.move_to(now().add(hours=13))
        >>> desk.refresh()
        Refreshed(checked=1, changed=1, findings=())
        >>> desk.refresh().checked
        0
        """
        moment = self._moment() if now is None else instant(now)
        return Refresh(book=self._book, store=self._store, now=moment).run(every=every, progress=progress)

    def _read(self, case_id: str) -> tuple[Case, tuple[Case, ...]]:
        with self._store.transaction(read_only=True) as t:
            case = t.cases.load(case_id)
            return case, linked_cases(t.cases, case)

    def _save(self, transaction: Transaction, case: Case, now: DateTime, key: str | None = None) -> None:
        transaction.cases.save(case, self._book.of(case).status(case, now=now), key=key)

    def _moment(self) -> DateTime:
        return instant(self._now())
