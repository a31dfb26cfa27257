"""Round (一期): one period of a duty for one object, before anybody has reckoned when it is due."""

from __future__ import annotations

from datetime import date

import attrs

from qms_service.deadlines.duties.course import Stretch
from qms_service.deadlines.duties.duty import Duty
from qms_service.deadlines.duties.objects import Owed
from qms_service.deadlines.duties.period import Period
from qms_service.deadlines.duties.reckoning import Reckoned
from qms_service.deadlines.duties.words import part_of


@attrs.frozen
class Round:
    """A period of a stretch by its number.

    Args:
        duty: The duty.
        owed: To whom.
        stretch: The stretch of equal periods.
        index: The number of the period.
        period: What it is about, as far as it lies in the stretch.
        window: The period in which it is due: its own, or the one after; uncut.
    """

    duty: Duty
    owed: Owed
    stretch: Stretch
    index: int

    period: Period = attrs.field(init=False, eq=False, repr=False)
    window: Period = attrs.field(init=False, eq=False, repr=False)

    @period.default
    def _period(self) -> Period:
        return self.stretch.period(self.index)

    @window.default
    def _window(self) -> Period:
        return self.stretch.grid.period(self.index + self.duty.ahead)

    def at(self, index: int) -> Round:
        """Another period of the stretch."""
        return Round(self.duty, self.owed, self.stretch, index)

    def is_asked(self, found: Reckoned) -> bool:
        """Whether the duty stands when the period is due: it has begun, and it has not ended.

        A period whose beginning is cut is asked for where it is due in what is left of it. What is due in the
        period after its own is asked for all the same when the duty ends in between: the last report.
        """
        due, period = date.fromordinal(found.due), self.period
        if self.owed.begins is not None and due < self.owed.begins:
            return False
        if self.duty.ahead:
            return True
        if period.starts_on > self.stretch.grid.begins(self.index) and due < period.starts_on:
            return False
        return self.owed.ends is None or date.fromordinal(found.said) < self.owed.ends

    def opens_and_closes(self, found: Reckoned) -> tuple[date, date]:
        """From when on it can be done, and from when on what is done counts for the next period.

        What is asked for before its period begins can be done in the period before.
        """
        due, window = date.fromordinal(found.due), self.window
        whole = window if self.duty.ahead else self.period
        opens = whole.starts_on
        if self.duty.due.place.whole_month:
            opens = max(opens, date.fromordinal(part_of(self.duty.due.place, window)[0]))
        if due < opens and (date.fromordinal(found.said) < opens or self.duty.due.working):
            return min(due, self.stretch.grid.begins(self.index + self.duty.ahead - 1)), opens
        return min(opens, due), whole.ends_on
