"""Procedure (程序): one edition of a rulebook, and the questions that it answers about a case.

Each method is a pure function of the rules, the case's history and a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from qms_service.cases import AnySubject, Case
from qms_service.deadlines import Deadline
from qms_service.errors import EntryError, PinnedElsewhereError, Refused, unknown_name
from qms_service.events import Event, Evidence
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.findings import Finding
from qms_service.instants import instant
from qms_service.numbering import NumberSeries
from qms_service.quantities import Quantities, quantities_of
from qms_service.routing import Assignment
from qms_service.rulebooks.adopt import adopted, opened
from qms_service.rulebooks.attempt import Attempt
from qms_service.rulebooks.balance_check import balance_findings
from qms_service.rulebooks.beside_cases import BesideCases
from qms_service.rulebooks.check import findings_on, refusals
from qms_service.rulebooks.checklist import Step, checklist_at, next_of
from qms_service.rulebooks.clocks import deadline_at, deadlines_at, row_timeline
from qms_service.rulebooks.fact_check import read_change, read_facts
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.owners import assignment
from qms_service.rulebooks.review import review_of
from qms_service.rulebooks.status import Status, status_at
from qms_service.worktime.term import OnUnknown


@attrs.frozen
class Procedure(BesideCases):
    """One edition of a rulebook in use.

    Reading functions refuse a case that is pinned to another edition unless `replay=True` asks what this
    edition would have said.

    Args:
        rules: The rules of the edition.
    """

    @property
    def id(self) -> str:
        """The rulebook's id."""
        return self.rules.id

    @property
    def edition(self) -> str:
        """The edition's name."""
        return self.rules.edition

    @property
    def digest(self) -> str:
        """The digest over the edition's rules."""
        return self.rules.digest

    @property
    def unset(self) -> tuple[str, ...]:
        """The parameters whose figure the source lost and the factory has not set."""
        return tuple(param.id for param in self.rules.params.values() if param.unset)

    def series(self, name: str) -> NumberSeries:
        """A number series of the rulebook.

        Raises:
            UnknownNameError: The rulebook has no such series.

        >>> from datetime import date
        >>> import qms_service as qms
        >>> qms.load_rulebook("pcb-maker").on(date(2026, 3, 2)).series("claim").format(date(2011, 5, 1), 1)
        'MRKT-20110501'
        """
        found = self.rules.numbers.get(name) if isinstance(name, str) else None
        if found is None:
            raise unknown_name("series", name, self.rules.numbers)
        return found

    def open(
        self,
        subject: AnySubject,
        *,
        recorded_at: datetime | None = None,
        facts: Mapping[str, object] | None = None,
        by: str | None = None,
    ) -> Case:
        """Opens a case under this edition.

        Args:
            subject: What the case is about.
            recorded_at: When it is entered; the moment of its opening where none is given.
            facts: What the opening event puts on record, where the rulebook declares facts for it.
            by: Who opens it; a step that another person has to do compares it.

        Raises:
            UnknownNameError: The rulebook has no such kind of case.
            Refused: A fact of the subject is missing, undeclared or mistyped.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case.status, case.version, str(case.pin)[:19]
        ('open', 1, 'pcb-maker edition 1')
        """
        return opened(self.rules, subject, recorded_at, facts, by)

    def adopt(self, subject: AnySubject, events: Iterable[Event]) -> Case:
        """Builds a case from a history made elsewhere.

        It refuses only what it cannot read, never a gate: what was done was done. `review` tells what the
        rules say of it.

        Args:
            subject: What the case is about.
            events: What happened, in any order; an opening event is added where there is none.

        Raises:
            Refused: An event is unknown, or a fact of it is undeclared, missing or mistyped.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> complaint = qms.Complaint(number="C-1", customer="ACME", received_at=noon)
        >>> case = rules.adopt(complaint, [qms.Event("closed", noon.add(hours=1))])  # no gate stops it
        >>> case.status, [event.name for event in case.history]
        ('closed', ['received', 'closed'])
        """
        return adopted(self.rules, subject, events)

    def check(
        self,
        case: Case,
        name: str,
        /,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        by: str | None = None,
        department: str | None = None,
        role: str | None = None,
        on_behalf_of: str | None = None,
        facts: Mapping[str, object] | None = None,
        note: str | None = None,  # noqa: ARG002  # check and record take the same arguments
        evidence: Sequence[Evidence] = (),  # noqa: ARG002  # the same
        despite: str | None = None,  # noqa: ARG002  # the same
        related: Sequence[Case] = (),
        **more_facts: object,
    ) -> tuple[Finding, ...]:
        """What the rules find in an event before it is recorded; nothing where all is in order.

        The arguments are those of `record`.

        Raises:
            UnknownNameError: The rulebook has no such event.
            NaiveInstantError: `at` has no zone.
            PinnedElsewhereError: The case is pinned to another edition.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> print(*rules.check(case, "answered", at=noon))
        answered needs approved (Cause and improvement approved) on record first. [pcb-maker 4.2.4.8.1]
        """
        self._mine(case)
        event = Event(
            name,
            at,
            recorded_at=recorded_at,
            by=by,
            department=department,
            role=role,
            on_behalf_of=on_behalf_of,
            seq=case.version + 1,
            facts=_merged(name, facts, more_facts),
        )
        return tuple(self._judged(case, event, related)[1])

    def record(
        self,
        case: Case,
        name: str,
        /,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        by: str | None = None,
        department: str | None = None,
        role: str | None = None,
        on_behalf_of: str | None = None,
        facts: Mapping[str, object] | None = None,
        note: str | None = None,
        evidence: Sequence[Evidence] = (),
        despite: str | None = None,
        related: Sequence[Case] = (),
        **more_facts: object,
    ) -> Case:
        """The case with one more event, where the rules allow it.

        What the rules remark, and what a concession overrides, stays with the event as its `findings`.

        Args:
            case: The case as it stands; it is not changed.
            name: The event's name.
            at: When it happened; aware.
            recorded_at: When it is entered; the same moment where none is given.
            by: An opaque id of the person.
            department: The department that acts, by its id or one of its other names.
            role: The role in which the person acts.
            on_behalf_of: The role or department stood in for.
            facts: What the event puts on record; `more_facts` are the same by keyword. In a correction that
                gives `of=` by keyword, they are the facts that it mends.
            note: A remark.
            evidence: Pointers to evidence.
            despite: A reason to keep the event against a gate (让步); it stays with the event where it was
                needed. Gates of `closed` and absolute ones do not yield to it.
            related: The linked cases that a gate asks for.
            more_facts: Facts by keyword.

        Raises:
            Refused: The rules refuse it; `findings` say why.
            UnknownNameError: The rulebook has no such event.
            NaiveInstantError: `at` has no zone.
            PinnedElsewhereError: The case is pinned to another edition.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = rules.record(case, "forwarded", at=noon, by="Li", department="市场部")
        >>> case.version, case.history[-1].department
        (2, 'marketing')
        """
        self._mine(case)
        event = Event(
            name,
            at,
            recorded_at=at if recorded_at is None else recorded_at,
            seq=case.version + 1,
            by=by,
            department=department,
            role=role,
            on_behalf_of=on_behalf_of,
            facts=_merged(name, facts, more_facts),
            note=note,
            evidence=evidence,
        )
        kept, found = self._judged(case, event, related)
        if found:
            stopping = refusals(found)
            reason = despite if stopping else None
            if stopping and (not (reason and reason.strip()) or any(one.absolute for one in stopping)):
                raise Refused("refused", findings=stopping)
            kept = attrs.evolve(kept, despite=reason, findings=found)
        return case.with_event(kept)

    def review(
        self,
        case: Case,
        now: datetime | None = None,
        *,
        related: Sequence[Case] = (),
        replay: bool = False,
    ) -> tuple[Finding, ...]:
        """All findings of a case recomputed from its history alone: the linter for old cases.

        Rules see the effective history: a correction, or an event entered late, judges again what was done
        before it.

        Args:
            case: The case.
            now: The moment by which a clock counts as overdue; the last event where none is given.
            related: The linked cases that its gates ask for.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: A case that is replayed is of a kind that the edition does not have.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> complaint = qms.Complaint(number="C-1", customer="ACME", received_at=noon)
        >>> case = rules.adopt(complaint, [qms.Event("analysed", noon, facts={"established": False})])
        >>> print(*rules.review(case))
        analysed needs forwarded (Complaint record or handling sheet with Quality) on record first. [pcb-maker 4.2.4.2]
        """
        kind = self._kind(case, replay=replay)
        return review_of(self.rules, kind, case, None if now is None else instant(now), related)

    def checklist(
        self, case: Case, *, now: datetime, related: Sequence[Case] = (), replay: bool = False
    ) -> tuple[Step, ...]:
        """Every step of the case with its state, owner, due time, and what is missing.

        Args:
            case: The case.
            now: The moment asked; aware.
            related: The linked cases that its gates ask for.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: A case that is replayed is of a kind that the edition does not have.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> steps = {step.event: step for step in rules.checklist(case, now=noon)}
        >>> steps["analysed"].state, str(steps["analysed"].clause), steps["analysed"].missing[0].facts["event"]
        ('blocked', 'pcb-maker 4.2.4.2', 'forwarded')
        """
        return checklist_at(self.rules, self._kind(case, replay=replay), case, instant(now), related)

    def next_steps(
        self, case: Case, *, now: datetime, related: Sequence[Case] = (), replay: bool = False
    ) -> tuple[Step, ...]:
        """The steps that are possible now, those due first at the front.

        Args:
            case: The case.
            now: The moment asked; aware.
            related: The linked cases that its gates ask for.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: A case that is replayed is of a kind that the edition does not have.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = rules.record(case, "forwarded", at=noon)
        >>> [(step.event, str(step.due_at)) for step in rules.next_steps(case, now=noon)[:1]]
        [('analysed', '2026-03-03 00:00:00+08:00')]
        """
        return next_of(self.checklist(case, now=now, related=related, replay=replay))

    def owner(
        self, case: Case, step: str, *, now: datetime | None = None, replay: bool = False
    ) -> Assignment:
        """Who does a step, as far as the facts on record (at `now`) decide it.

        Args:
            case: The case.
            step: The step, by the event that records it.
            now: The moment asked; aware. All that is on record where none is given.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: The edition has no such step, or a replayed case is of a kind it does not have.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> owner = rules.owner(case, "analysed")
        >>> owner.responsible, str(owner.clauses[0])
        ('quality', 'pcb-maker 4.2.4.2')
        """
        kind = self._kind(case, replay=replay)
        rule = self.rules.event(kind, step)
        return assignment(kind, rule, case.timeline(None if now is None else instant(now)))

    def deadline(
        self, case: Case, clock: str, *, now: datetime, on_unknown: OnUnknown = "refuse", replay: bool = False
    ) -> Deadline:
        """One clock of the case at a moment.

        Args:
            case: The case.
            clock: The id of the clock.
            now: The moment asked; aware.
            on_unknown: Beyond what the calendar knows, `"refuse"` gives the state `unknown`, `"provisional"`
                answers by the weekly pattern.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: The edition has no such clock, or a replayed case is of a kind it does not have.
            NaiveInstantError: `now` has no zone.
            ClockError: `on_unknown` is neither of the two.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = rules.record(case, "forwarded", at=noon)
        >>> print(rules.deadline(case, "initial-analysis", now=noon.add(hours=2)))
        Initial analysis: running, due 2026-03-03 00:00 +08:00 (12 h) [pcb-maker 4.2.4.2]
        """
        kind, moment = self._kind(case, replay=replay), instant(now)
        return deadline_at(self.rules, kind, clock, case.timeline(moment), moment, on_unknown=on_unknown)

    def deadlines(
        self, case: Case, *, now: datetime, on_unknown: OnUnknown = "refuse", replay: bool = False
    ) -> tuple[Deadline, ...]:
        """Every clock of the case at a moment, in the order of the rulebook.

        Args:
            case: The case.
            now: The moment asked; aware.
            on_unknown: Beyond what the calendar knows, `"refuse"` gives the state `unknown`, `"provisional"`
                answers by the weekly pattern.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: A case that is replayed is of a kind that the edition does not have.
            NaiveInstantError: `now` has no zone.
            ClockError: `on_unknown` is neither of the two.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = rules.record(case, "forwarded", at=noon)
        >>> [(one.id, one.state.value) for one in rules.deadlines(case, now=noon.add(hours=13))][:3]
        [('initial-analysis', 'overdue'), ('customer-response', 'overdue'), ('clarification', 'not_started')]
        """
        kind, moment = self._kind(case, replay=replay), instant(now)
        return deadlines_at(self.rules, kind, case.timeline(moment), moment, on_unknown=on_unknown)

    def deadlines_of(
        self,
        kind: str,
        *,
        events: Mapping[str, datetime | None],
        facts: Mapping[str, object] | None = None,
        now: datetime,
        on_unknown: OnUnknown = "refuse",
    ) -> tuple[Deadline, ...]:
        """The rulebook's clocks over a row of one's own: no case, no store.

        Args:
            kind: The kind of case.
            events: When each event happened; None, or an absent key, means not yet.
            facts: Facts by path, such as `{"analysed.ours": True}`.
            now: The moment asked.
            on_unknown: `"provisional"` answers beyond the calendar's horizon by the weekly pattern.

        Raises:
            UnknownNameError: The rulebook has no such kind, event or fact.
            NaiveInstantError: An instant has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> found = rules.deadlines_of("complaint", events={"forwarded": noon}, now=noon.add(hours=2))
        >>> print(found[0])
        Initial analysis: running, due 2026-03-03 00:00 +08:00 (12 h) [pcb-maker 4.2.4.2]
        """
        rules, moment = self.rules.kind(kind), instant(now)
        timeline = row_timeline(self.rules, rules, events, facts or {}, moment)
        return deadlines_at(self.rules, rules, timeline, moment, on_unknown=on_unknown)

    def status(self, case: Case, *, now: datetime, replay: bool = False) -> Status:
        """Where the case stands: what a worklist shows and a scheduler asks.

        Args:
            case: The case.
            now: The moment asked; aware.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: A case that is replayed is of a kind that the edition does not have.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = rules.record(case, "forwarded", at=noon)
        >>> rules.status(case, now=noon.add(hours=13)).overdue
        ('initial-analysis', 'customer-response')
        """
        kind, moment = self._kind(case, replay=replay), instant(now)
        return status_at(self.rules, kind, case, moment)

    def quantities(self, case: Case, *, now: datetime, replay: bool = False) -> Quantities:
        """What the quantities of the case come to at a moment, by their names in the rulebook.

        Args:
            case: The case.
            now: The moment asked; aware.
            replay: Whether a case of another edition is read by this one.

        Raises:
            PinnedElsewhereError: The case is pinned to another edition, and `replay` is not set.
            UnknownNameError: A case that is replayed is of a kind that the edition does not have.
            NaiveInstantError: `now` has no zone.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> rules = qms.load_rulebook("pcb-maker").on(noon)
        >>> case = rules.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> dict(rules.quantities(case, now=noon))
        {}
        """
        kind, moment = self._kind(case, replay=replay), instant(now)
        return quantities_of(kind.quantities, case.timeline(moment))

    def _kind(self, case: Case, *, replay: bool = False) -> KindRules:
        self._mine(case, replay=replay)
        return self.rules.kind(case.kind)

    def _mine(self, case: Case, *, replay: bool = False) -> None:
        """Raises where the case is none, or is pinned to another edition."""
        if not isinstance(case, Case):
            raise EntryError("entry-case", got=repr(case))
        if not replay and case.pin.digest != self.rules.digest:
            raise PinnedElsewhereError("pinned-elsewhere", case=case.id, pin=case.pin, asked=self.rules.pin)

    def _judged(self, case: Case, event: Event, related: Sequence[Case]) -> tuple[Event, list[Finding]]:
        """The event as it would be kept, and everything that the rules find in it."""
        kind, rule = self.rules.step(case.kind, event.name)
        given = event.facts
        facts, wrong = read_facts(rule, given) if rule.facts or given is not NO_FACTS else (given, [])
        department = event.department
        if department is not None and department not in self.rules.departments:
            department = self.rules.department(department)
        if facts is not given or department is not event.department:
            event = attrs.evolve(event, facts=facts, department=department)
        attempt = Attempt(self.rules, kind, rule, case, case.timeline_before(event), event, related)
        found = findings_on(attempt, wrong)
        if kind.balances and not wrong and not (event.name == "corrected" and refusals(found)):
            found += balance_findings(attempt)
        if event.name == "corrected" and not wrong:
            event = self._as_kept(kind, case, event)
        return event, found

    def _as_kept(self, kind: KindRules, case: Case, correction: Event) -> Event:
        """A correction with its facts as the event that it mends declares them."""
        target = case.event(correction.facts["of"])
        return (
            read_change(self.rules.event(kind, target.name), target, correction)[0] if target else correction
        )


def _merged(name: str, facts: Mapping[str, object] | None, more: Mapping[str, object]) -> Facts:
    """The facts given as a table and by keyword; beside `of=`, the table of a correction is what it mends.

    Unless it is the correction's own: `facts` and `at` are reserved, no event has facts of these names.
    """
    if not facts:
        return as_facts(more) if more else NO_FACTS
    if name == "corrected" and "of" in more and not as_facts(facts).keys() & {"facts", "at"}:
        return Facts({**more, "facts": facts})
    return as_facts({**as_facts(facts), **more} if more else facts)
