"""Counted: the runs of a clock in running totals of what counts as time."""

from __future__ import annotations

from functools import cached_property

import attrs
import numpy as np

from qms_service.deadlines.batch.kinds import Indexes, Ints
from qms_service.deadlines.batch.stretches import Stretches
from qms_service.worktime.batch.measure import Measure


@attrs.frozen(kw_only=True, eq=False)
class Courses:
    """The runs of a clock in some rows.

    Args:
        start: When it started.
        end: When it stopped; now while it runs.
        pauses: Its pauses, disjoint, within the run and in order.
    """

    start: Ints
    end: Ints
    pauses: Stretches


@attrs.frozen(kw_only=True, eq=False)
class Counted:
    """The runs in a measure: running totals at their edges, and what each pause takes of them."""

    measure: Measure
    pauses: Stretches
    start: Ints
    end: Ints
    begin: Ints
    lost: Ints

    @classmethod
    def of(cls, measure: Measure, courses: Courses) -> Counted:
        """The runs in that measure."""
        begin = measure.total(courses.pauses.begin)
        return cls(
            measure=measure,
            pauses=courses.pauses,
            start=measure.total(courses.start),
            end=measure.total(courses.end),
            begin=begin,
            lost=measure.total(courses.pauses.over) - begin,
        )

    @property
    def rows(self) -> Indexes:
        """The rows that have pauses."""
        return self.pauses.row[self.pauses.first]

    def paused(self) -> Ints:
        """Time lost in each row."""
        lost = np.zeros(self.start.size, np.int64)
        first = self.pauses.first
        if first.size:
            lost[self.pauses.row[first]] = np.add.reduceat(self.lost, first)
        return lost

    def moved(self, goal: Ints) -> Ints:
        """Running totals of the rows with pauses, each moved on by what its pauses take before it is reached."""
        goal, first, count = goal.copy(), self.pauses.first, self._count
        on, k = np.arange(first.size), 0
        while on.size:
            index = first[on] + k
            before = self.begin[index] < goal[on]
            on, index = on[before], index[before]
            goal[on] += self.lost[index]
            k += 1
            on = on[count[on] > k]
        return goal

    def resumed(self, at: Ints, start: Ints, among: Indexes) -> Ints:
        """The next instants from which time counts: open, and not in a pause that began before or at the start.

        Args:
            at: From where, in some of the rows with pauses.
            start: Where these start.
            among: Their places among the rows with pauses.
        """
        opens = self.measure.opening(at)
        first, count = self.pauses.first[among], self._count[among]
        on, k = np.arange(among.size), 0
        while on.size:
            begin, over = self.pauses.begin[first[on] + k], self.pauses.over[first[on] + k]
            lasts = (opens[on] < over) & ((begin < opens[on]) | (begin == start[on]))
            opens[on[lasts]] = self.measure.opening(over[lasts])
            k += 1
            on = on[count[on] > k]
        return opens

    @cached_property
    def _count(self) -> Indexes:
        """How many pauses each of the rows with pauses has."""
        return np.diff(np.append(self.pauses.first, self.pauses.row.size))
