"""The worklist (待办清单): the open cases in the order in which they break, read from the stored views.

A view says when its case is due first. That holds until somebody acts, unless a pause moves it: then it has
only moved later, so that the views come in an order that bounds the true one from below, and a heap over them
gives the true one without reading further than the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.deadlines.duties import Occurrence
from qms_service.desk.judged import judged
from qms_service.errors import EntryError
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.ports import Cases, CaseView, check_limit
from qms_service.rulebooks import Rulebook, Status

LONG_AGO: Final = datetime.min.replace(
    tzinfo=UTC
)  # nothing changes so early, so what moves on with now is left
Place = tuple[float, str]


@attrs.frozen(kw_only=True)
class WorklistItem:
    """A case of the worklist with where it stands.

    Args:
        case: The case as the store's view shows it, without its history.
        status: Where it stands; None where these rules cannot tell.
        finding: Why they cannot: it is pinned to an edition that the rulebook does not have, or unreadable.
        duty: The recurring duty in its period, where that stands here in place of a case. Its `case` is none of the
            store: it has the duty's own id, the kind `"duty"`, and where it is due.

    >>> import pendulum, qms_service as qms
    >>> now = qms.testing.FixedNow(pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai"))
    >>> desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=now)
    >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=now()))
    >>> case = desk.record("C-1", "forwarded")
    >>> [item] = desk.worklist(now=now().add(hours=13))
    >>> item.case.customer, "initial-analysis" in item.status.overdue, item.finding
    ('ACME', True, None)
    """

    case: CaseView
    status: Status | None
    finding: Finding | None = None
    duty: Occurrence | None = None


@attrs.frozen(kw_only=True)
class Worklist:
    """A worklist to be read.

    Args:
        book: The rulebook.
        cases: The cases of a transaction.
        now: The moment asked; not before the views were stored.
        kind, customer: Only cases of this kind, of this customer.
        chunk: How many views are read at once; None: all.
    """

    book: Rulebook
    cases: Cases
    now: DateTime
    kind: str | None
    customer: str | None
    chunk: int | None

    def items(self, after: WorklistItem | None) -> Iterator[WorklistItem]:
        """The items in order, all or those behind one; no more is read than is taken."""
        waiting = [(place_of_item(item), item) for item in self._moved_behind(after)] if after else []
        waiting.sort(key=_first)
        for view in self._views(after=_as_view(after) if after else None):
            stored = place_of(view.status, view.id)
            while waiting and waiting[0][0] < stored:
                yield heappop(waiting)[1]
            item = self._item(view)
            heappush(waiting, (place_of_item(item), item))
        while waiting:
            yield heappop(waiting)[1]

    def _moved_behind(self, after: WorklistItem) -> Iterator[WorklistItem]:
        """The items whose view stands on an earlier page, and whose due time has moved behind it since."""
        last = place_of_item(after)
        for view in self._views(changes_by=LONG_AGO):
            if place_of(view.status, view.id) > last:
                return
            item = self._item(view)
            if place_of_item(item) > last:
                yield item

    def _views(
        self, *, after: CaseView | None = None, changes_by: datetime | None = None
    ) -> Iterator[CaseView]:
        """The views of the open cases in their stored order, read piece by piece."""
        read: list[CaseView] | None = None
        while read is None or len(read) == self.chunk:
            read = list(
                self.cases.find(
                    kind=self.kind,
                    status="open",
                    customer=self.customer,
                    changes_by=changes_by,
                    after=read[-1] if read else after,
                    limit=self.chunk,
                )
            )
            yield from read

    def _item(self, view: CaseView) -> WorklistItem:
        """A case with its stored status, told anew where that no longer holds."""
        if view.status is not None and not is_outdated(view.status, self.now):
            return WorklistItem(case=view, status=view.status)
        found = judged(self.book, self.cases, view.id, self.now)
        if isinstance(found, Finding):
            return WorklistItem(case=view, status=None, finding=found)
        return WorklistItem(case=view, status=found[1])


def is_outdated(status: Status, now: DateTime) -> bool:
    """Whether a stored status may have changed by a moment though nobody acted."""
    change = status.next_change_at
    return status.moving or (change is not None and micros(change) <= micros(now))


def place_of(status: Status | None, case_id: str) -> Place:
    """Where a case stands in the order: by its first due time, then by id."""
    due = status.first_due_at if status else None
    return micros(due) if due else math.inf, case_id


def place_of_item(item: WorklistItem) -> Place:
    """By the stored due time, which pages agree on; by the present one where that moves."""
    told = item.status if item.status is not None and _moves(item.case) else item.case.status
    return place_of(told, item.case.id)


def _moves(view: CaseView) -> bool:
    return view.status is not None and view.status.moving


def _as_view(item: WorklistItem) -> CaseView:
    """The view that stands in the stored order where the item stands."""
    return attrs.evolve(item.case, status=item.status) if item.status and _moves(item.case) else item.case


def _first(waiting: tuple[Place, WorklistItem]) -> Place:
    return waiting[0]


def check_page(after: object, limit: object) -> None:
    """Refuses what marks no page.

    Raises:
        EntryError: `after` is no item of a worklist, or `limit` no number of items.
    """
    if after is not None and not isinstance(after, WorklistItem):
        raise EntryError("entry-after", got=repr(after))
    check_limit(limit)
