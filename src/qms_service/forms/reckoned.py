"""Sources that the procedure works out from what is on record: clocks, owners, quantities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.deadlines import DeadlineState
from qms_service.findings import Finding
from qms_service.forms.sight import Sight
from qms_service.forms.sources import BLANK, MISSING, NOT_NEEDED, Found, Told, found_or


@attrs.frozen(kw_only=True)
class OfClock(Told):
    """A figure of a clock, such as when it is due."""

    clock: str
    figure: str

    def read(self, sight: Sight) -> Found:
        """The figure at the moment of filling."""
        deadline = sight.procedure.deadline(sight.case, self.clock, now=sight.now, replay=sight.replay)
        value = getattr(deadline, self.figure)
        if value is not None:
            return Found(value=value.value if isinstance(value, DeadlineState) else value)
        if deadline.state in (DeadlineState.NOT_APPLICABLE, DeadlineState.VOID):
            return attrs.evolve(NOT_NEEDED, finding=deadline.finding)
        expected = self.figure in ("started_at", "stopped_at", "due_at") and deadline.urgency is None
        return attrs.evolve(MISSING if expected else BLANK, finding=deadline.finding)


CLOCK_FIGURES: Final[Mapping[str, str]] = {
    "state": "choice", "within": "text", "started_at": "instant", "due_at": "instant",
    "original_due_at": "instant", "warn_at": "instant", "stopped_at": "instant", "net": "duration",
    "remaining": "duration", "late_by": "duration",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class OfOwner(Told):
    """Which department does a step."""

    step: str

    def read(self, sight: Sight) -> Found:
        """The department; while facts that decide are not on record, these instead of a guess."""
        owner = sight.procedure.owner(sight.case, self.step, now=sight.now, replay=sight.replay)
        if owner.decided:
            return found_or(owner.responsible, BLANK)
        facts = {"facts": owner.missing}
        finding = Finding(
            code="form-undecided", severity="warning", subject=self.step, clause=self.clause, facts=facts
        )
        return attrs.evolve(MISSING, finding=finding)


@attrs.frozen(kw_only=True)
class OfQuantity(Told):
    """What a quantity of the case comes to; of one that is kept apart, for the key that a row is about."""

    quantity: str
    apart: bool = False

    def read(self, sight: Sight) -> Found:
        """The figure; without one, the facts that are not on record, or the units that differ."""
        try:
            figure = sight.quantities.figure(self.quantity, sight.key if self.apart else None)
        except KeyError:  # nothing on record for the key
            return MISSING
        if figure.value is not None:
            return Found(value=figure.value)
        differ = figure.state == "units-differ"
        finding = Finding(
            code="form-units-differ" if differ else "form-figure-missing",
            severity="warning",
            subject=self.quantity,
            facts={"units": figure.units} if differ else {"facts": figure.missing},
        )
        return attrs.evolve(MISSING, finding=finding)
