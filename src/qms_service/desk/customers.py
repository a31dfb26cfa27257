"""Customers (客户档案): the file of a customer read from a store, in one transaction."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from unicodedata import normalize

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.cases.customer_file import (
    FILE_KIND,
    CustomerFile,
    FiledDocument,
    FileEntry,
    FileFact,
    KindSum,
    Raised,
    documents_in,
    raised_in,
)
from qms_service.desk.judged import judged, read
from qms_service.desk.worklist import is_outdated
from qms_service.errors import EntryError
from qms_service.events import CLOSED
from qms_service.facts import Facts
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.ports import Cases, CaseView, customer_of
from qms_service.rulebooks import Rulebook, Status
from qms_service.rulebooks.model import KindRules

_TOLD: Final = frozenset(("bool", "int", "decimal", "values", "date", "money", "quantity", "department"))
_ENDED: Final = (CLOSED, "withdrawn")
Place = tuple[bool, float, float, str]


@attrs.frozen(kw_only=True)
class CustomerReading:
    """A customer's file to be read.

    Args:
        book: The rulebook.
        cases: The cases of a transaction.
        customer: The customer.
        now: The moment asked; not before the views were stored.
        raised: Where a customer's own words stand, by kind of case.
    """

    book: Rulebook
    cases: Cases
    customer: str
    now: DateTime
    raised: Mapping[str, Sequence[str]]

    def file(self, after: str | None, limit: int | None) -> CustomerFile:
        """The file with the page of entries behind a case.

        Raises:
            EntryError: `after` is no case of the customer.
        """
        views = sorted(self.cases.find(customer=self.customer), key=_place)
        listed = [view for view in views if view.kind != FILE_KIND]
        start = self._behind(listed, after)
        end = len(listed) if limit is None else min(start + limit, len(listed))
        entries, cases = self._read(listed[start:end])
        filed = [read(self.cases, view.id) for view in views if view.kind == FILE_KIND]
        return CustomerFile(
            customer=self.customer,
            now=self.now,
            entries=entries,
            linked=self._linked(entries),
            raised=self._raised(cases),
            documents=self._documents(one for one in filed if isinstance(one, Case)),
            findings=tuple(one for one in filed if isinstance(one, Finding)),
            sums=self._sums(listed),
            more=end < len(listed),
            alike=() if views else self._alike(),
        )

    def _behind(self, listed: list[CaseView], after: str | None) -> int:
        if after is None:
            return 0
        places = [place for place, view in enumerate(listed, 1) if view.id == after]
        if not places:
            raise EntryError("entry-after-case", got=repr(after), customer=self.customer)
        return places[0]

    def _read(self, views: Sequence[CaseView]) -> tuple[tuple[FileEntry, ...], list[Case]]:
        """The entries of a page, and the cases of those that can be read."""
        entries, cases = list[FileEntry](), list[Case]()
        for view in views:
            found = judged(self.book, self.cases, view.id, self.now)
            if isinstance(found, Finding):
                label = self._label(view.kind)
                entries.append(
                    FileEntry(case=view.id, kind=view.kind, label=label, status=None, finding=found)
                )
                continue
            cases.append(found[0])
            entries.append(self._entry(*found))
        return tuple(entries), cases

    def _entry(self, case: Case, status: Status, through: str | None = None) -> FileEntry:
        timeline = case.timeline(self.now)
        ended = [event.at for event in timeline.events if event.name in _ENDED]
        links = [str(link.facts["case"]) for link in timeline.all("linked", keeps=True)]
        return FileEntry(
            case=case.id,
            kind=case.kind,
            label=self._label(case.kind),
            status=status.status,
            opened_at=case.subject.opened_at,
            closed_at=None if status.status == "open" else ended[-1],
            due_at=status.first_due_at,
            overdue=status.overdue,
            about=Facts({name: told for name, told in case.subject.facts.items() if name != "customer"}),
            result=tuple(_results(case, self.book.of(case).rules.kind(case.kind), self.now)),
            linked=tuple(dict.fromkeys(links)),
            through=through,
        )

    def _linked(self, entries: Sequence[FileEntry]) -> tuple[FileEntry, ...]:
        """The cases that those of a page name, and that name no customer themselves."""
        through = {number: entry.case for entry in reversed(entries) for number in entry.linked}
        found = ((judged(self.book, self.cases, number, self.now), one) for number, one in through.items())
        read = [(one, by) for one, by in found if not isinstance(one, Finding)]
        return tuple(self._entry(*one, through=by) for one, by in read if customer_of(one[0]) is None)

    def _raised(self, cases: Sequence[Case]) -> tuple[Raised, ...]:
        said = [
            one
            for case in cases
            for one in raised_in(
                case, self.now, self._label(case.kind), tuple(self.raised.get(case.kind, ()))
            )
        ]
        return tuple(sorted(said, key=lambda one: (-micros(one.at), one.case)))

    def _documents(self, cases: Iterator[Case]) -> tuple[FiledDocument, ...]:
        found = [one for case in cases for one in documents_in(case, self.now)]
        return tuple(sorted(found, key=lambda one: (-micros(one.filed_at), one.document)))

    def _sums(self, views: Sequence[CaseView]) -> tuple[KindSum, ...]:
        statuses: dict[str, list[Status | None]] = {}
        for view in views:
            statuses.setdefault(view.kind, []).append(self._status(view))
        return tuple(
            KindSum(
                kind=kind,
                label=self._label(kind),
                total=len(found),
                open=sum(one is not None and one.status == "open" for one in found),
                late=sum(one is not None and one.status == "open" and bool(one.overdue) for one in found),
                unknown=found.count(None),
            )
            for kind, found in sorted(statuses.items())
        )

    def _status(self, view: CaseView) -> Status | None:
        """Where a case stands: as its view says, or told anew where that no longer holds."""
        if view.status is not None and not is_outdated(view.status, self.now):
            return view.status
        found = judged(self.book, self.cases, view.id, self.now)
        return None if isinstance(found, Finding) else found[1]

    def _label(self, kind: str) -> Label:
        """What the newest edition calls a kind of case; its name where that has none."""
        rules = self.book.editions[-1].rules.kinds.get(kind)
        return rules.label if rules is not None and rules.label.names else Label({"en": kind})

    def _alike(self) -> tuple[str, ...]:
        """Names of customers with cases: this one composed another way, in plain width or without needless spaces."""
        spaced = (self.customer, " ".join(self.customer.split()))
        tried = {normalize(form, name) for name in spaced for form in ("NFC", "NFD", "NFKC")}
        others = sorted(tried - {self.customer})
        return tuple(name for name in others if any(self.cases.find(customer=name, limit=1)))


def _results(case: Case, rules: KindRules, now: DateTime) -> Iterator[FileFact]:
    """What was decided and counted: of each step the facts of its last event that are no free text."""
    for name, events in case.timeline(now).here.items():
        for fact in rules.events[name].facts if name in rules.events else ():
            value = events[-1].facts.get(fact.name)
            if value is not None and fact.type.kind in _TOLD:
                yield FileFact(path=f"{name}.{fact.name}", label=fact.label, value=value)


def _place(view: CaseView) -> Place:
    """The open ones first by their due time, then those of which something happened last."""
    status = view.status
    is_open = status is None or status.status == "open"
    due = micros(status.first_due_at) if is_open and status and status.first_due_at else math.inf
    latest = math.inf if view.latest_us is None else view.latest_us
    return not is_open, due, -latest, view.id


def check_customer(customer: object) -> None:
    """Refuses what names no customer.

    Raises:
        EntryError: It is no text, or blank.
    """
    if not isinstance(customer, str) or not customer.strip():
        raise EntryError("entry-customer", got=repr(customer))


def check_raised(raised: object) -> None:
    """Refuses what does not say where a customer's words stand.

    Raises:
        EntryError: It is no mapping of kinds to paths `event.fact`.
    """
    kinds = raised.values() if isinstance(raised, Mapping) else (None,)
    for paths in kinds:
        one_each = paths if isinstance(paths, tuple | list) else (None,)
        if not all(isinstance(path, str) and "." in path.strip(".") for path in one_each):
            raise EntryError("entry-raised", got=repr(raised))
