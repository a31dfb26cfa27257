"""Outcomes: what the facts decide of a clock, once for each different set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from qms_service.deadlines.applies import Applies, applies_to, decided_of
from qms_service.deadlines.batch.kinds import Indexes
from qms_service.deadlines.choice import Decided
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.run import Run
from qms_service.events import ALWAYS, Timeline
from qms_service.worktime import Term, Urgency


@attrs.frozen
class Outcome:
    """What facts decide: whether the clock applies, and which terms are possible."""

    applies: Applies
    decided: Decided


def outcomes_of(
    clock: Clock, facts: Sequence[Mapping[str, object]], of: Indexes
) -> tuple[tuple[Outcome, ...], Indexes | None]:
    """The different outcomes, and which of them each row has; None where there is but one."""
    reads_none = clock.when == ALWAYS and isinstance(clock.within, Term | Urgency)
    found: dict[Outcome, int] = {}
    codes = [
        found.setdefault(_outcome(clock, known), len(found)) for known in (facts[:1] if reads_none else facts)
    ]
    return tuple(found), None if len(found) == 1 else np.array(codes, np.intp)[of]


def _outcome(clock: Clock, known: Mapping[str, object]) -> Outcome:
    run = Run(seen=Timeline((), known))
    return Outcome(applies_to(clock, run), decided_of(clock, run))
