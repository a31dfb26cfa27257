"""Outcomes: what the facts decide, once for each different set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import attrs
import numpy as np

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.deadlines.answer import lacking
from qms_service.deadlines.applies import Applies, applies_to, decided_of
from qms_service.deadlines.batch.kinds import Bools, Indexes
from qms_service.deadlines.choice import Within
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.run import Run
from qms_service.events import ALWAYS, Event, Selector, Timeline
from qms_service.instants import from_micros, zone
from qms_service.worktime import Term, Urgency


@attrs.frozen(kw_only=True)
class Outcome:
    """What facts decide of a clock.

    Args:
        never: Whether it does not apply.
        is_open: Whether a fact that decides is not on record yet.
        possible: The terms still possible.
        lacks: Why there is no term to reckon with.
        first: Whether a term is decided, so that its own due time is the original one.
    """

    never: bool
    is_open: bool
    possible: tuple[Within, ...]
    lacks: str | None
    first: bool


@attrs.frozen(kw_only=True, eq=False)
class Outcomes:
    """The different outcomes, and what each set of facts comes to.

    Args:
        different: The outcomes.
        which: Which of them each set has; None where there is but one.
        clauses: The clause that each set makes a run rest on; one for all where there is but one.
    """

    different: tuple[Outcome, ...]
    which: Indexes | None
    clauses: tuple[ClauseRef | None, ...]

    @classmethod
    def of(cls, clock: Clock, facts: Sequence[Mapping[str, object]]) -> Outcomes:
        """Those of a clock."""
        reads_none = clock.when == ALWAYS and isinstance(clock.within, Term | Urgency)
        told = _told(clock, ({},) if reads_none else facts)
        places: dict[Outcome, int] = {}
        which = [places.setdefault(outcome, len(places)) for outcome, _ in told]
        clauses = tuple(clause for _, clause in told)
        return cls(
            different=tuple(places),
            which=np.array(which, np.intp) if len(places) > 1 else None,
            clauses=clauses if len({*clauses}) > 1 else clauses[:1],
        )


class Verdicts:
    """Whether selectors take the event of their name, for each set of facts."""

    def __init__(self, facts: Sequence[Mapping[str, object]]) -> None:
        self._facts = facts
        self._found: dict[Selector, Bools] = {}

    def of(self, choice: Selector) -> Bools:
        """Those of a selector."""
        if choice not in self._found:
            event = Event(choice.event, from_micros(0, zone("UTC")))
            self._found[choice] = np.array([choice.matches(event, known) is True for known in self._facts])
        return self._found[choice]


def _told(clock: Clock, facts: Sequence[Mapping[str, object]]) -> list[tuple[Outcome, ClauseRef | None]]:
    """The outcomes of sets of facts; those of the last few sets are kept, for the next block of rows has them too."""
    same = _Same(clock)
    return [_outcome(same, tuple((path, type(value), value) for path, value in one.items())) for one in facts]


def _outcome(same: _Same, facts: tuple[tuple[str, type, object], ...]) -> tuple[Outcome, ClauseRef | None]:
    try:
        return _kept(same, facts)
    except TypeError:  # a value that cannot be kept, such as a list
        return _kept.__wrapped__(same, facts)


@attrs.frozen(eq=False)
class _Same:
    """A clock that is equal to itself alone: to compare the tables of two would take longer than to ask one."""

    clock: Clock

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.clock is self.clock

    def __hash__(self) -> int:
        return id(self.clock)


@lru_cache(maxsize=4096)
def _kept(same: _Same, facts: tuple[tuple[str, type, object], ...]) -> tuple[Outcome, ClauseRef | None]:
    """What a set of facts decides, and the clause that a run then rests on."""
    clock = same.clock
    run = Run(seen=Timeline((), {path: value for path, _, value in facts}))
    applies, decided = applies_to(clock, run), decided_of(clock, run)
    own = clause_ref(decided.variants[0][1]) if len(decided.variants) == 1 else None
    outcome = Outcome(
        never=applies is Applies.NEVER,
        is_open=decided.is_open or applies is Applies.UNDECIDED,
        possible=tuple(within for within, _ in decided.variants),
        lacks=lacking(decided.variants),
        first=decided.first is not None and isinstance(decided.first[0], Term),
    )
    return outcome, own or clock.clause
