"""Sight: what a form looks at while it is filled: a case at a moment, under the edition that judges it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
from pendulum import DateTime

from qms_service.cases import Case
from qms_service.errors import EntryError, PinnedElsewhereError
from qms_service.events import Event, Timeline
from qms_service.quantities import Quantities
from qms_service.rulebooks import Procedure, Rulebook
from qms_service.rulebooks.model import KindRules

Rulings = Procedure | Rulebook


@attrs.frozen(kw_only=True, eq=False)
class Sight:
    """One case as a form sees it.

    Args:
        rulings: What was handed in: one edition, or a rulebook that has the edition of each case.
        procedure: The edition that the case is read by.
        kind: Its rules for the kind of the case.
        case: The case.
        timeline: What rules see of the case at the moment.
        now: The moment.
        related: The cases handed in beside it.
        replay: Whether a case of another edition is read by this one.
        line: The event that a row of a table is about.
        per: The fact by whose values the rows of a table are kept apart; empty elsewhere.
        key: The value of it that a row is about.
    """

    rulings: Rulings
    procedure: Procedure
    kind: KindRules
    case: Case
    timeline: Timeline
    now: DateTime
    related: tuple[Case, ...] = ()
    replay: bool = False
    line: Event | None = None
    per: str = ""
    key: object = None

    @property
    def quantities(self) -> Quantities:
        """What the quantities of the case come to."""
        return self.procedure.quantities(self.case, now=self.now, replay=self.replay)

    def on(self, event: Event) -> Sight:
        """The same case, looked at for a row about one event."""
        return attrs.evolve(self, line=event)

    def of_key(self, per: str, key: object) -> Sight:
        """The same case, looked at for a row about one value of a fact."""
        return attrs.evolve(self, per=per, key=key)

    def all(self, event: str) -> Sequence[Event]:
        """The events of a name in the cycle; those with its key, in a row about one."""
        found = self.timeline.all(event)
        return [one for one in found if one.value(self.per) == self.key] if self.per else found

    def last(self, event: str) -> Event | None:
        """The last of these events."""
        return next(reversed(self.all(event)), None)

    def newer(self, event: Event, names: Iterable[str]) -> str:
        """The first of some other names of which an event, or a correction of it, is newer; empty: none."""
        others = (name for name in names if name != event.name)
        return next((name for name in others if not self._follows(event, self.all(name))), "")

    def _follows(self, event: Event, others: Sequence[Event]) -> bool:
        return all(event.place > one.place for one in (*others, *self.timeline.changes_of(others)))

    def beside(self, other: Case) -> Sight:
        """Another case at the same moment."""
        return sight_of(other, self.rulings, self.now, (self.case,), replay=self.replay)


def sight_of(
    case: Case, rulings: Rulings, now: DateTime, related: Sequence[Case] = (), *, replay: bool = False
) -> Sight:
    """What there is to see of a case.

    Raises:
        EntryError: It is no case.
        PinnedElsewhereError: The case is pinned to an edition that was not handed in.
        UnknownNameError: The edition has no such kind of case.
    """
    procedure = _edition(case, rulings, replay=replay)
    return Sight(
        rulings=rulings,
        procedure=procedure,
        kind=procedure.rules.kind(case.kind),
        case=case,
        timeline=case.timeline(now),
        now=now,
        related=tuple(related),
        replay=replay,
    )


def _edition(case: Case, rulings: Rulings, *, replay: bool) -> Procedure:
    if not isinstance(case, Case):
        raise EntryError("entry-case", got=repr(case))
    if isinstance(rulings, Rulebook):
        return rulings.of(case)
    if not replay and case.pin.digest != rulings.digest:
        raise PinnedElsewhereError("pinned-elsewhere", case=case.id, pin=case.pin, asked=rulings.rules.pin)
    return rulings
