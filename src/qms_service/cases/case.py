"""Case (个案): a subject, the edition of the rules it is judged by, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from qms_service.cases.subject import CaseSubject
from qms_service.cases.subjects import AnySubject
from qms_service.events import CLOSED, Event, History, Timeline, as_history, timeline
from qms_service.facts import Facts
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.texts import Catalogue

CaseStatus = Literal["open", "closed", "withdrawn"]


@attrs.frozen(kw_only=True)
class Pin:
    """The edition of a rulebook that a case was opened under, and is judged by ever after."""

    rulebook: str
    edition: str
    digest: str

    def __str__(self) -> str:
        return f"{self.rulebook} edition {self.edition} ({self.digest[:12]})"


@attrs.frozen(kw_only=True)
class Case:
    """A case and all that was written about it. The history only grows.

    Args:
        subject: What it is about.
        pin: The edition of the rulebook that it is judged by.
        history: The events as they were written, in the order of `seq`.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> complaint = qms.Complaint(number="C-1", customer="ACME", received_at=noon)
    >>> case = qms.load_rulebook("pcb-maker").open(complaint)
    >>> case.id, case.kind, case.status, case.version
    ('C-1', 'complaint', 'open', 1)
    """

    subject: AnySubject
    pin: Pin
    history: History = attrs.field(default=(), converter=as_history)
    _whole: Timeline | None = attrs.field(default=None, init=False, eq=False, repr=False)

    @property
    def id(self) -> str:
        """The number of its subject."""
        return self.subject.number

    @property
    def kind(self) -> str:
        """The kind of its subject: the section of the rulebook that it follows."""
        return self.subject.kind

    @property
    def version(self) -> int:
        """How many events it has; a save names the version that it read."""
        return len(self.history)

    @property
    def status(self) -> CaseStatus:
        """Whether it is open, closed or withdrawn, by its effective history."""
        return status_of(self.timeline())

    def event(self, seq: object) -> Event | None:
        """The event of a place in the history, as it was written; None where there is none."""
        return next((event for event in self.history if event.seq == seq), None)

    def timeline(self, until: datetime | None = None) -> Timeline:
        """What rules see of the case at a moment; None: all of it."""
        whole = self._whole
        if whole is None:
            whole = timeline(self.history, None, _paths(self.subject))
            object.__setattr__(self, "_whole", whole)
        if until is None or whole.latest is None or whole.latest <= micros(until):
            return whole
        return timeline(self.history, until, whole.known)

    def timeline_before(self, event: Event) -> Timeline:
        """What rules see at the moment of an event that is offered and not yet recorded."""
        whole = self._whole or self.timeline()
        if whole.latest is None or whole.latest <= event.us:
            return whole
        return timeline(self.history, event.at, whole.known)

    def with_event(self, event: Event) -> Case:
        """The case with one more event, whose `seq` is the case's next version."""
        grown = Case(subject=self.subject, pin=self.pin, history=(*self.history, event))
        if self._whole is not None:
            object.__setattr__(grown, "_whole", self._whole.with_event(event))
        return grown

    def to_html(
        self,
        lang: str = "en",
        catalogues: Mapping[str, Catalogue] | None = None,
        *,
        labels: Mapping[str, Label | str] | None = None,
    ) -> str:
        """The case with its history as tables of HTML, which a notebook shows; every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
            labels: What people call the events, by name; `proc.rules.kind(case.kind).events` has the label of
                each. Without them an event shows the name that it has in the rulebook.
        """
        from qms_service.cases.html import case_html  # noqa: PLC0415  # only for who looks
        from qms_service.markup import Words  # noqa: PLC0415  # the same

        return case_html(self, Words(lang=lang, catalogues=catalogues), labels or {})

    def _repr_html_(self) -> str:
        return self.to_html()


def _paths(subject: CaseSubject) -> Facts:
    return Facts({f"subject.{name}": value for name, value in subject.facts.items()})


def status_of(timeline: Timeline) -> CaseStatus:
    """The status that a timeline shows: what the last closing or withdrawal of the cycle left."""
    here = timeline.here
    if "withdrawn" not in here:
        return "closed" if CLOSED in here else "open"
    after = CLOSED in here and here[CLOSED][-1].place > here["withdrawn"][-1].place
    return "closed" if after else "withdrawn"
