"""Sight (个案所见): what a review sees of one case, read at once so that a case that fails leaves no half."""

from __future__ import annotations

import attrs
from pendulum import DateTime

from qms_service.cases import Case, CaseStatus, status_of
from qms_service.deadlines import Deadline
from qms_service.errors import PinnedElsewhereError
from qms_service.events import Event, Timeline
from qms_service.instants import Micros, micros
from qms_service.management.period import Period
from qms_service.quantities import Quantities
from qms_service.rulebooks import Procedure, Rulebook
from qms_service.rulebooks.model import KindRules
from qms_service.worktime.term import OnUnknown


@attrs.frozen(kw_only=True)
class Question:
    """What a review asks of every case.

    Args:
        book: The rulebook.
        period: The period.
        now: The moment of the knowledge: what is dated later is not seen.
        on_unknown: Whether clocks beyond what a calendar knows stay unknown, or are provisional.
        actions: The kinds of cases whose open ones are listed with their owner.
    """

    book: Rulebook
    period: Period
    now: DateTime
    on_unknown: OnUnknown
    actions: tuple[str, ...]
    _openings: dict[str, str] = attrs.field(init=False, eq=False, repr=False)

    @_openings.default
    def _by_kind(self) -> dict[str, str]:
        kinds = (kind for edition in self.book.editions for kind in edition.rules.kinds.values())
        return {kind.kind: kind.opening for kind in kinds}

    def opening(self, kind: str) -> str:
        """The event that opens a case of a kind; none has this name where the rulebook lacks the kind."""
        return self._openings.get(kind, "")


@attrs.frozen(kw_only=True, eq=False)
class CaseSight:
    """A case as a review of a period sees it.

    Args:
        case: The case.
        proc: The edition that it is pinned to; None where the rulebook does not have it.
        kind: The rules of its kind; None where the edition does not have it.
        known: All that is on record at the moment of the review.
        ended: What of it had happened when the period ended.
        opened: When it opened.
        received: Whether that was in the period.
        before: Where it stood when the period began; None where it was not open yet.
        after: Where it stood when the period ended.
        reopened: Whether it was over when the period began, and opened again in it.
        settled: When it was closed or withdrawn, where it was over when the period ended; never before it opened.
        events: What happened in the period.
        deadlines: Its clocks at the moment of the review, where anything happened in the period.
        quantities: What its quantities come to, where it was received in the period.
    """

    case: Case
    proc: Procedure | None
    kind: KindRules | None
    known: Timeline
    ended: Timeline
    opened: Micros
    received: bool
    before: CaseStatus | None
    after: CaseStatus
    reopened: bool
    settled: Micros | None
    events: tuple[Event, ...]
    deadlines: tuple[Deadline, ...]
    quantities: Quantities | None

    @property
    def now_over(self) -> bool:
        """Whether it is closed or withdrawn at the moment of the review."""
        return status_of(self.known) != "open"

    @property
    def alive(self) -> bool:
        """Whether it was open at some time of the period."""
        return self.before == "open" or self.received or self.reopened

    def fact(self, name: str) -> object:
        """A fact of its subject; None where it is not on record."""
        return self.case.subject.facts.get(name)

    def last(self, event: str) -> Event | None:
        """The last event of a name in any cycle; None where there is none."""
        return self.known.last(event, keeps=True)

    def last_fact(self, event: str, name: str) -> object:
        """A fact of the last event of a name in any cycle; None where it is not on record."""
        last = self.last(event)
        return None if last is None else last.facts.get(name)


def sight_of(case: Case, question: Question) -> CaseSight | None:
    """What a review sees of a case; None where it opened later and nothing of it happened in the period.

    Whatever is wrong with the case is raised here, before anything of it is counted.
    """
    period, known = question.period, case.timeline(question.now)
    opened = _opened(case, known, question)
    ended = _until(known, period.beyond)
    events = tuple(event for event in ended.events if period.has(event.us))
    if not events and (opened >= period.beyond or opened > micros(question.now)):
        return None
    proc = _edition(question.book, case)
    received = period.has(opened) and opened <= micros(question.now)
    before = status_of(_until(known, period.first)) if opened < period.first else None
    after = status_of(ended)
    return CaseSight(
        case=case,
        proc=proc,
        kind=proc.rules.kind(case.kind) if proc else None,
        known=known,
        ended=ended,
        opened=opened,
        received=received,
        before=before,
        after=after,
        reopened=before in ("closed", "withdrawn") and any(event.name == "reopened" for event in events),
        settled=None if after == "open" else max(opened, _last(ended, after)),
        events=events,
        deadlines=_deadlines(proc, case, question) if proc and (events or received) else (),
        quantities=proc.quantities(case, now=question.now) if proc and received else None,
    )


def _opened(case: Case, known: Timeline, question: Question) -> Micros:
    """When a case opened: by its opening event, which a correction may have moved, else by its subject."""
    name = question.opening(case.kind)
    event = next((one for one in known.events if one.name == name), None)
    return micros(case.subject.opened_at) if event is None else event.us


def _edition(book: Rulebook, case: Case) -> Procedure | None:
    try:
        return book.of(case)
    except PinnedElsewhereError:
        return None


def _until(known: Timeline, beyond: Micros) -> Timeline:
    """What is known now of what had happened before an instant."""
    if known.latest is not None and known.latest < beyond:
        return known
    return Timeline(tuple(event for event in known.events if event.us < beyond), known.known)


def _last(ended: Timeline, status: str) -> Micros:
    """When it came to the status that it has."""
    return ended.here[status][-1].us


def _deadlines(proc: Procedure, case: Case, question: Question) -> tuple[Deadline, ...]:
    return proc.deadlines(case, now=question.now, on_unknown=question.on_unknown)
