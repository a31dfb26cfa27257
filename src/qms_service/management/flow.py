"""Flow (件数流转): how many cases of a kind came, were settled, and are open; the parts add up."""

from __future__ import annotations

from collections import Counter

import attrs

from qms_service.clauses import ClauseRef
from qms_service.labels import Label
from qms_service.management.period import Period
from qms_service.management.sight import CaseSight


@attrs.frozen(kw_only=True)
class Month:
    """The cases of one month of a period (月度件数).

    Args:
        name: The month, such as `"2026-03"`.
        received: How many opened in it.
        settled: How many were closed or withdrawn in it, and were still so when the period ended.
    """

    name: str
    received: int = 0
    settled: int = 0


@attrs.frozen(kw_only=True)
class Flow:
    """How the cases of a kind moved through a period (件数流转).

    Every case that was open at some time of the period is counted once: it was open before, received, or
    reopened; and it is closed, withdrawn or open at the end. So `base` is the sum of either three.

    Args:
        kind: The kind of case.
        label: Its name for people.
        clause: The clause of its opening event.
        before: Open when the period began.
        received: Opened in the period.
        reopened: Over when the period began, and opened again in it.
        closed: Closed when the period ended.
        withdrawn: Withdrawn when the period ended.
        open: Open when the period ended.
        months: Month by month.
    """

    kind: str
    label: Label
    clause: ClauseRef | None = None
    before: int = 0
    received: int = 0
    reopened: int = 0
    closed: int = 0
    withdrawn: int = 0
    open: int = 0
    months: tuple[Month, ...] = ()

    @property
    def base(self) -> int:
        """How many cases were open at some time of the period."""
        return self.before + self.received + self.reopened


@attrs.define
class FlowCount:
    """Counts the flow of one kind."""

    period: Period
    counted: Counter[str] = attrs.field(factory=Counter)
    received: Counter[str] = attrs.field(factory=Counter)
    settled: Counter[str] = attrs.field(factory=Counter)

    def add(self, seen: CaseSight) -> None:
        """Counts a case that was open at some time of the period."""
        came = "received" if seen.received else "reopened" if seen.reopened else "before"
        self.counted[came] += 1
        self.counted[seen.after] += 1
        if seen.received:
            self.received[self.period.month(seen.opened)] += 1
        if seen.settled is not None:
            self.settled[self.period.month(seen.settled)] += 1

    def flow(self, kind: str, label: Label, clause: ClauseRef | None) -> Flow:
        """What was counted."""
        months = (
            Month(name=name, received=self.received[name], settled=self.settled[name])
            for name, _ in self.period.months
        )
        return Flow(kind=kind, label=label, clause=clause, months=tuple(months), **self.counted)
