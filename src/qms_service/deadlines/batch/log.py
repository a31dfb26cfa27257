"""The runs of a clock over columns in which an event is a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs
import numpy as np

from qms_service.deadlines.batch.caps import capped
from qms_service.deadlines.batch.cycles import Course, course_from, ran_before, resumed
from qms_service.deadlines.batch.figures import Ground
from qms_service.deadlines.batch.happened import REOPENED, Happened, Window
from qms_service.deadlines.batch.kinds import Bools
from qms_service.deadlines.batch.outcomes import Verdicts
from qms_service.deadlines.batch.pairs import paired
from qms_service.deadlines.batch.rows import LogRows
from qms_service.deadlines.batch.runs import Runs
from qms_service.deadlines.batch.stretches import Stretches
from qms_service.deadlines.clock import Clock
from qms_service.deadlines.pause import PauseRule
from qms_service.events import ALWAYS, Selectors, selectors
from qms_service.worktime import Term, Urgency
from qms_service.worktime.wall import BEGIN

_AS_ONE: Final = Window(reopenings=False)
_PAUSED: Final = selectors("paused")
_RESUMED: Final = selectors("resumed")
_MOST: Final = 8  # reopenings of a case; each is a round


class Log:
    """The events of cases at a moment; each name is looked up once for all clocks."""

    def __init__(self, rows: LogRows, ground: Ground, verdicts: Verdicts) -> None:
        self.rows = rows
        self._ground = ground
        self._happened = happened = Happened.until(ground.now, rows, verdicts)
        reopened = happened.all(REOPENED)
        cycles = np.bincount(happened.case[reopened], minlength=rows.size)
        self._reopened = cycles > 0
        self._now = Window(low=happened.last(reopened)) if reopened.size else Window()
        self.odd = rows.odd | (cycles > _MOST)
        self.odd[happened.case[happened.all("corrected")]] = True
        self.odd[happened.case[happened.at[:-1] < BEGIN]] = True

    def runs(self, clock: Clock, rules: Sequence[PauseRule]) -> Runs:
        """Where a clock ran; in a case that was reopened, as its `on_reopen` says."""
        course, window, gaps = self._course(clock)
        pauses, odd = self._pauses(rules, window)
        if self._reopened.any() and _reads_facts(clock, rules):
            odd |= self._reopened  # what is on record holds in its own cycle
        at = self._happened.at
        return Runs(
            start=at[course.start],
            stop=at[course.stop],
            ended=course.ended,
            pauses=Stretches.together((pauses, gaps)) if gaps.row.size else pauses,
            odd=self.odd | odd,
        )

    def _course(self, clock: Clock) -> tuple[Course, Window, Stretches]:
        """Its course, the window in which its pauses are seen, and the gaps between cycles."""
        happened, again = self._happened, None if clock.keeps else clock.on_reopen
        window = _AS_ONE if clock.keeps or again == "resume" else self._now
        start = happened.first(happened.matches(clock.start, window))
        gaps = Stretches.together(())
        if again == "restart" and self._reopened.any():
            part, _ = happened.of_cases(self._reopened)
            ran = np.zeros(happened.size, np.bool_)
            ran[self._reopened] = ran_before(clock, part)
            start = np.where(ran, self._now.low, start)
        course = course_from(start, clock, happened, window, self._now)
        if again == "resume" and self._reopened.any():
            part, places = happened.of_cases(self._reopened)
            resumption, gaps = resumed(clock, part)
            course = course.among(self._reopened, resumption, places)
            gaps = attrs.evolve(gaps, row=np.flatnonzero(self._reopened)[gaps.row])
        return course, window, gaps

    def _pauses(self, rules: Iterable[PauseRule], window: Window) -> tuple[Stretches, Bools]:
        """The pauses by rule and by hand; and the cases of which a cap cannot be told."""
        parts, odd = [self._paired(_PAUSED, _RESUMED, window)], np.zeros(self.rows.size, np.bool_)
        for rule in rules:
            pauses = self._paired(rule.starts, rule.ends, window)
            if rule.at_most is not None:
                pauses, unknown = capped(pauses, rule.at_most, self._ground)
                odd[unknown] = True
            parts.append(pauses)
        return Stretches.together(parts), odd

    def _paired(self, begins: Selectors, ends: Selectors, window: Window) -> Stretches:
        happened = self._happened
        begin, over = paired(happened.matches(begins, window), happened.matches(ends, window), happened.case)
        return Stretches(row=happened.case[begin], begin=happened.at[begin], over=happened.at[over])


def _reads_facts(clock: Clock, rules: Iterable[PauseRule]) -> bool:
    chosen = [*clock.start, *clock.stop]
    chosen += [choice for rule in rules for choice in (*rule.starts, *rule.ends)]
    decides = clock.when != ALWAYS or not isinstance(clock.within, Term | Urgency)
    return decides or any(one.where for one in chosen)
