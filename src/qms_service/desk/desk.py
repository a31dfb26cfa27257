"""ServiceDesk (服务台): the use cases, one method each, over a rulebook and a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from pendulum import DateTime

from qms_service.cases import AnySubject, Case
from qms_service.deadlines import Deadline
from qms_service.desk.answer import answered
from qms_service.desk.follow_ups import FollowedUp, FollowUpOpening, asking_for_a_case
from qms_service.desk.links import is_linked, linked_cases, pairs
from qms_service.desk.opening import ahead, numbering_of, refuse, refuse_known, require_number
from qms_service.desk.overview import Overview
from qms_service.desk.step import StepRequest
from qms_service.errors import EntryError
from qms_service.events import Event
from qms_service.findings import Finding
from qms_service.instants import instant
from qms_service.numbering import NumberSeries
from qms_service.ports import Transaction
from qms_service.rulebooks import Step
from qms_service.rulebooks.adopt import check_subject
from qms_service.satisfaction import FollowUp


class ServiceDesk(Overview):
    """The use cases of customer service over a store.

    What one call writes, it writes in one transaction: all of it or nothing. A call under a `key` that has been
    answered changes nothing and gives the case that it was about, as it stands now.

    Every call that writes may raise `StoreBusyError` (others wrote for longer than the store waits) and
    `StaleCaseError` (the case has grown meanwhile); nothing was written then, and calling again is safe.

    Args:
        book: The rulebook.
        store: Where cases and numbers are kept.
        now: Tells the moment; called once for each use case.
        duties_since: Since when the recurring duties of the rulebook are kept here: a date in its zone, or an
            instant. None: since the edition is in force; where that is open too, see `duties`.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
    >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon.subtract(hours=1)))
    >>> desk.record("C-1", "forwarded", at=noon).version
    2
    """

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
            self._link(t, found, request, self._moment())
        return found[case_id], found[other_id]

    def open_follow_ups(
        self,
        follow_ups: Iterable[FollowUp],
        *,
        survey_case: str | None = None,
        series: str | NumberSeries | None = None,
        at: datetime | None = None,
        by: str | None = None,
        lang: str = "en",
    ) -> tuple[FollowedUp, ...]:
        """Opens a case for each follow-up of a survey (跟进立案), of the kind that its rule names.

        A follow-up is opened once, whenever and however often it is asked for: its key is kept with its case. All
        are opened in one transaction: all or, where one is refused, none. A follow-up whose rule opens no case is
        left out.

        Args:
            follow_ups: What `proc.follow_ups(score)` found.
            survey_case: The number of the survey's own case; each of them is linked to it.
            series: Where the numbers come from: the id of a series, or a series. Without it a case is known by the
                key of its follow-up, such as `survey/2026/ACME/low`.
            at: When the cases open; now where none is given.
            by: Who opens them.
            lang: The language in which items and reasons are written out.

        Returns:
            Each with its case, in the order given; `new` says whether it was opened now.

        Raises:
            EntryError: Something that is no follow-up.
            CaseNotFoundError: There is no such survey case.
            Refused: The rules refuse a case, as where its kind needs a fact that no follow-up has; or it is dated
                after now.
            KeyReusedError: A key has opened a case of another customer or kind.

        Clause: pcb-maker 4.5.3.

        >>> import pendulum, qms_service as qms
        >>> from qms_service.satisfaction import FollowUp, FollowUpRule
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> low = FollowUpRule("low", when="below", value=60, opens="improvement", clause="4.5.3")
        >>> found = [FollowUp(survey="2026", customer="ACME", rule=low)]
        >>> [(one.case.id, one.new) for one in desk.open_follow_ups(found)]
        [('survey/2026/ACME/low', True)]
        >>> [one.new for one in desk.open_follow_ups(found)]
        [False]
        """
        asked = asking_for_a_case(follow_ups)
        request = StepRequest(name="linked", at=at, entry={} if by is None else {"by": by})
        with self._store.transaction() as t:
            now = self._moment()
            opens_at = now if at is None else instant(at)
            refuse(ahead("opened", opens_at, now))
            survey = None if survey_case is None else t.cases.load(survey_case)
            opening = FollowUpOpening(
                book=self._book, transaction=t, at=opens_at, now=now, by=by, series=series, lang=lang
            )
            opened = [opening.opened(one, kind) for one, kind in asked]
            for place, one in enumerate(opened):
                if survey is not None:
                    found = {one.case.id: one.case, survey.id: survey}
                    self._link(t, found, request, now)
                    opened[place], survey = attrs.evolve(one, case=found[one.case.id]), found[survey.id]
        return tuple(opened)

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

    def _link(
        self, transaction: Transaction, found: dict[str, Case], request: StepRequest, now: DateTime
    ) -> None:
        """Has each of two cases name the other one, where it does not."""
        for case, other in pairs(found):
            if not is_linked(case, other):
                named = attrs.evolve(request, entry=dict(kind=other.kind, case=other.id, **request.entry))
                found[case.id] = named.recorded(transaction.cases, self._book.of(case), case, now)
                self._save(transaction, found[case.id], now)

    def _read(self, case_id: str) -> tuple[Case, tuple[Case, ...]]:
        with self._store.transaction(read_only=True) as t:
            case = t.cases.load(case_id)
            return case, linked_cases(t.cases, case)

    def _save(self, transaction: Transaction, case: Case, now: DateTime, key: str | None = None) -> None:
        transaction.cases.save(case, self._book.of(case).status(case, now=now), key=key)
