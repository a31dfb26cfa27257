"""Lateness (按时与逾期) of a period: what became of each clock that started in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

import attrs

from qms_service.clauses import ClauseRef
from qms_service.deadlines import Clock, Deadline, DeadlineState
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.management.period import Period
from qms_service.management.sight import CaseSight
from qms_service.rulebooks import Rulebook
from qms_service.worktime import Urgency

Key = tuple[str, str]  # a kind of case and a clock
DECIDED: Final = (DeadlineState.MET, DeadlineState.MET_LATE, DeadlineState.OVERDUE)
WITHOUT_FIGURE: Final = (Urgency.AT_ONCE, Urgency.IN_GOOD_TIME)


@attrs.frozen(kw_only=True)
class ClockFigures:
    """How one clock was kept (时限达成情况). A case counts once for a clock, however many events it has.

    Args:
        kind: The kind of case.
        clock: The clock.
        label: Its name for people.
        within: Its term, as the procedure writes it; all that were chosen where facts choose it.
        clause: The clause that it rests on.
        states: The states of the clocks that started in the period, at the moment of the review, each with
            its number. An `unknown` one without a start counts where its case was received.
    """

    kind: str
    clock: str
    label: Label
    within: str = ""
    clause: ClauseRef | None = None
    states: tuple[tuple[DeadlineState, int], ...] = ()

    def __getitem__(self, state: DeadlineState | str) -> int:
        return dict(self.states).get(DeadlineState(state), 0)

    @property
    def base(self) -> int:
        """How many clocks were counted."""
        return sum(number for _, number in self.states)

    @property
    def decided(self) -> int:
        """How many are decided: met, met late, or overdue. The base of the share."""
        return sum(self[state] for state in DECIDED)

    @property
    def on_time(self) -> Fraction | None:
        """The share of the decided that was met in time; None where nothing is decided."""
        return Fraction(self[DeadlineState.MET], self.decided) if self.decided else None


@attrs.define
class ClockCount:
    """Counts what became of the clocks."""

    period: Period
    states: dict[Key, Counter[DeadlineState]] = attrs.field(factory=dict)
    within: dict[Key, set[str]] = attrs.field(factory=dict)

    def add(self, seen: CaseSight) -> None:
        """Counts the clocks of a case that started in the period."""
        for deadline in seen.deadlines:
            if is_counted(deadline, seen, self.period):
                key = (seen.case.kind, deadline.id)
                self.states.setdefault(key, Counter())[deadline.state] += 1
                self.within.setdefault(key, set()).add(deadline.within)

    def clocks(self, book: Rulebook) -> Iterator[ClockFigures]:
        """The clocks of the rulebook in its order, also those that never started."""
        for (kind, name), clock in _clocks(book).items():
            states = self.states.get((kind, name), Counter())
            terms = self.within.get((kind, name), set()) - {""}
            if isinstance(clock.within, Urgency) and clock.within in WITHOUT_FIGURE and not terms:
                continue
            yield ClockFigures(
                kind=kind,
                clock=name,
                label=clock.label or Label({"en": name}),
                within=" / ".join(sorted(terms)),
                clause=clock.clause,
                states=tuple((state, states[state]) for state in DeadlineState if states[state]),
            )


def is_counted(deadline: Deadline, seen: CaseSight, period: Period) -> bool:
    """Whether a clock counts in a period: it has a figure to keep, and started in it."""
    if deadline.urgency in WITHOUT_FIGURE:
        return False
    if deadline.started_at is None:
        return deadline.state == DeadlineState.UNKNOWN and seen.received
    return period.has(micros(deadline.started_at))


def _clocks(book: Rulebook) -> Mapping[Key, Clock]:
    """The clocks of all editions, of one in several the newest."""
    return {
        (kind.kind, name): clock
        for edition in book.editions
        for kind in edition.rules.kinds.values()
        for name, clock in kind.clocks.items()
    }
