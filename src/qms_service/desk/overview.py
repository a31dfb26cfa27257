"""Overview (总览): what a desk shows over many cases: the worklist, duties, the file of a customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from pendulum import DateTime

from qms_service.cases import CustomerFile
from qms_service.cases.customer_file import RAISED
from qms_service.deadlines.duties import DutyCalendar
from qms_service.desk.customers import CustomerReading, check_customer, check_raised
from qms_service.desk.duties import DutyReading, bound, check_duties, merged, to_do
from qms_service.desk.refresh import Progress, Refresh, Refreshed
from qms_service.desk.worklist import Worklist, WorklistItem, check_page, place_of_item
from qms_service.instants import instant
from qms_service.ports import Cases, Store, check_limit
from qms_service.rulebooks import Rulebook
from qms_service.worktime.term import OnUnknown


class Overview:
    """What a `ServiceDesk` shows over many cases, and how it keeps their views."""

    def __init__(
        self,
        book: Rulebook,
        store: Store,
        *,
        now: Callable[[], datetime],
        duties_since: date | datetime | None = None,
    ) -> None:
        self._book = book
        self._store = store
        self._now = now
        self._duties_since = duties_since

    def worklist(
        self,
        *,
        now: datetime | None = None,
        kind: str | None = None,
        customer: str | None = None,
        after: WorklistItem | None = None,
        limit: int | None = None,
        duties: DutyCalendar | bool = False,
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
            duties: Whether recurring duties stand in the list too, each at its due time with `item.duty`: those
                that are due or overdue, and last those of which nobody knows a date. True: as `duties` tells them;
                or what it told. A list of one kind of case has none, and that of one customer those owed to it.

        Limits: a view tells nothing of moments before it was stored. A case that was saved without a view, past
        this desk, is not there until `refresh(every=True)` gives it one.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> case = desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
        >>> case = desk.record("C-1", "forwarded")
        >>> [(item.case.id, str(item.status.first_due_at)) for item in desk.worklist()]
        [('C-1', '2026-03-03 00:00:00+08:00')]
        """
        check_page(after, limit)
        check_duties(duties)
        moment = self._moment() if now is None else instant(now)
        # One beyond the page tells that its last item is in place.
        chunk = None if limit is None else limit + 1
        with self._store.transaction(read_only=True) as t:
            listed = Worklist(
                book=self._book, cases=t.cases, now=moment, kind=kind, customer=customer, chunk=chunk
            )
            items = listed.items(after)
            if duties is False or kind is not None:
                return tuple(islice(items, limit))
            told = self._duties(t.cases, moment) if duties is True else duties
            waiting = to_do(told, customer)
            if after is not None:
                waiting = [one for one in waiting if place_of_item(one) > place_of_item(after)]
            return tuple(islice(merged(items, waiting), limit))

    def duties(
        self,
        *,
        now: datetime | None = None,
        start: date | datetime | None = None,
        end: date | datetime | None = None,
        objects: Mapping[str, object] | None = None,
        on_unknown: OnUnknown = "refuse",
    ) -> DutyCalendar:
        """The recurring duties of the edition in force, each with its state and the case that shows it done.

        A duty counts since `start`; else since the desk's `duties_since`; else since the edition is in force; else
        since its own `starts_on`. Where nobody says since when, of each duty only the last period that was due is
        asked for, and what comes after it: nobody is told of twenty years.

        Args:
            now: The moment asked; the desk's own where none is given.
            start: From when on what was due is told: a date in the rulebook's zone, or an instant.
            end: Up to when. None: all that can be done by now, whenever it is due.
            objects: The objects of duties that are owed to each: `{"customer": ["ACME"]}`.
            on_unknown: Beyond what the calendar knows, `"refuse"` gives the state `unknown`, `"provisional"`
                answers by the weekly pattern.

        Returns:
            The periods in the order in which they are due; in `unplaced` the duties at irregular times: they are
            `unknown` and never overdue.

        Raises:
            DutyError: The range or the objects cannot be read.
            NotInForceError: No edition is in force yet.

        Limits: what was owed under an edition before the one in force is not told. A case that cannot be read shows
        nothing done.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
        >>> summaries = desk.duties().of("complaint-summary")
        >>> [(str(one.period), one.due_on.isoformat(), one.state.value) for one in summaries]
        [('2026-02', '2026-02-28', 'overdue'), ('2026-03', '2026-03-31', 'due')]
        """
        moment = self._moment() if now is None else instant(now)
        with self._store.transaction(read_only=True) as t:
            return self._duties(t.cases, moment, start=start, end=end, objects=objects, on_unknown=on_unknown)

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
        >>> desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: noon)
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
        >>> desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=now)
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

    def _duties(
        self,
        cases: Cases,
        now: DateTime,
        *,
        start: date | datetime | None = None,
        end: date | datetime | None = None,
        objects: Mapping[str, object] | None = None,
        on_unknown: OnUnknown = "refuse",
    ) -> DutyCalendar:
        rules = self._book.on(now)
        return DutyReading(
            rules=rules,
            cases=cases,
            now=now,
            start=bound(self._duties_since if start is None else start, rules),
            end=bound(end, rules),
            objects=objects,
            on_unknown=on_unknown,
        ).calendar()

    def _moment(self) -> DateTime:
        return instant(self._now())
