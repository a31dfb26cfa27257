"""Outcomes: what the facts decide, once for each different set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from qms_service.deadlines.applies import Applies, applies_to, decided_of
from qms_service.deadlines.batch.kinds import Bools, Indexes
from qms_service.deadlines.choice import Decided
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.run import Run
from qms_service.events import ALWAYS, Event, Selector, Timeline
from qms_service.instants import from_micros, zone
from qms_service.worktime import Term, Urgency


@attrs.frozen
class Outcome:
    """What facts decide of a clock: whether it applies, and which terms are possible."""

    applies: Applies
    decided: Decided


@attrs.frozen(kw_only=True, eq=False)
class Outcomes:
    """The different outcomes, and which of them each set of facts has; None where there is but one."""

    different: tuple[Outcome, ...]
    which: Indexes | None

    @classmethod
    def of(cls, clock: Clock, facts: Sequence[Mapping[str, object]]) -> Outcomes:
        """Those of a clock."""
        reads_none = clock.when == ALWAYS and isinstance(clock.within, Term | Urgency)
        found: dict[Outcome, int] = {}
        sets = ({},) if reads_none else facts
        which = [found.setdefault(_outcome(clock, known), len(found)) for known in sets]
        return cls(different=tuple(found), which=np.array(which, np.intp) if len(found) > 1 else None)


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


def _outcome(clock: Clock, known: Mapping[str, object]) -> Outcome:
    run = Run(seen=Timeline((), known))
    return Outcome(applies_to(clock, run), decided_of(clock, run))
