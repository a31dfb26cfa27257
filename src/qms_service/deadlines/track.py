"""Track (计时轨): how time counts for one run of a clock, in its measure and less its pauses.

The measure is real time for elapsed and calendar terms, working time for working terms. Pauses are taken
off the time that counts; they are never added to a due time, so a due time always lies where time counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

import attrs

from qms_service.deadlines.pause import Pause
from qms_service.instants import Micros
from qms_service.worktime.inside import CalendarInside
from qms_service.worktime.wall import in_range


class Measure(Protocol):
    """What counts as time: a working calendar, or every moment."""

    def work_between(self, start_us: Micros, end_us: Micros, /) -> Micros:
        """Time that counts in [start, end)."""
        ...

    def work_after(self, start_us: Micros, amount_us: Micros, /) -> Micros:
        """The earliest instant with so much time since the start."""
        ...


class _RealTime:
    """Every moment counts."""

    def work_between(self, start_us: Micros, end_us: Micros, /) -> Micros:
        return end_us - start_us

    def work_after(self, start_us: Micros, amount_us: Micros, /) -> Micros:
        return in_range(start_us + amount_us)


REAL_TIME: Final[Measure] = _RealTime()
Stretch = tuple[Micros, Micros]


@attrs.frozen
class Track:
    """The time of one run: from its start, in one measure, less disjoint pauses in ascending order."""

    start: Micros
    measure: Measure
    pauses: tuple[Stretch, ...] = ()

    def gross(self, end: Micros) -> Micros:
        """Time from the start to an instant, pauses included."""
        return self.measure.work_between(self.start, end)

    def net(self, end: Micros) -> Micros:
        """Time from the start to an instant, less the pauses."""
        net = self.gross(end)
        for begin, over in self.pauses:
            if begin >= end:
                break
            net -= self.measure.work_between(begin, min(over, end))
        return net

    def reach(self, amount: Micros) -> Micros:
        """The earliest instant with so much net time."""
        at = self.start
        for begin, over in self.pauses:
            chunk = self.measure.work_between(at, begin)
            if chunk >= amount:
                break
            amount -= chunk
            at = over
        return self.measure.work_after(at, amount)

    def resume(self, at: Micros, calendar: CalendarInside) -> Micros:
        """The next instant from which time counts: open, and not in a pause that began before or at the start."""
        opens = calendar.next_open(at)
        for begin, over in self.pauses:
            if opens < over and (begin < opens or begin == self.start):
                opens = calendar.next_open(over)
        return opens


def merged(pauses: Iterable[Pause], start: Micros, end: Micros) -> tuple[Stretch, ...]:
    """The pauses within [start, end) as disjoint stretches: where several overlap, time is lost once."""
    clipped = sorted(
        (max(pause.begin, start), end if pause.end is None else min(pause.end, end)) for pause in pauses
    )
    return tuple(_joined([(begin, over) for begin, over in clipped if begin < over]))


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for begin, over in stretches:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], over))
        else:
            joined.append((begin, over))
    return joined
