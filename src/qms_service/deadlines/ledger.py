"""Ledger (账目): from the start to the due time, segment by segment, what counted and why the rest did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta, tzinfo
from itertools import pairwise

import attrs
from pendulum import DateTime

from qms_service.deadlines.amendment import Amended, Amendment
from qms_service.deadlines.pause import Pause
from qms_service.instants import Micros, from_micros
from qms_service.worktime.inside import CalendarInside

Row = tuple[Micros, Micros, Micros, str, str]


@attrs.frozen(kw_only=True)
class Segment:
    """A stretch [start, end) of an explanation.

    Args:
        counted: How much of the budget it used up; nothing where time did not count.
        total: What had counted by its end.
        code: Why it counted or not: `elapsed`, `working`, `pause`, `night`, `break`, `weekend`, `holiday`,
            `exception`, `run-to-close`, `reopened`.
        detail: The name of the holiday, or the reason of the pause.
    """

    start: DateTime
    end: DateTime
    counted: timedelta
    total: timedelta
    code: str
    detail: str = ""

    @property
    def reason(self) -> str:
        """Why it counted or not, such as `"night"`, `"pause: sample"` or `"holiday: Spring Festival"`."""
        return f"{self.code}: {self.detail}" if self.detail else self.code


@attrs.frozen(kw_only=True)
class Ledger:
    """What an explanation is drawn from, kept as whole numbers until somebody asks.

    Args:
        used_up: Where the budget is used up: from there to `due` nothing counts.
        ended: The stop or now, where an open pause is taken to end.
        pauses: The pauses, overlapping or not.
        calendar: The calendar that counted; None for real time.
        amended: What moved the due time, besides pauses.
    """

    start: Micros
    used_up: Micros
    due: Micros
    ended: Micros
    pauses: tuple[Pause, ...]
    calendar: CalendarInside | None
    zone: tzinfo
    amended: tuple[Amended, ...] = ()

    def amendments(self) -> tuple[Amendment, ...]:
        """What moved the due time, besides pauses: the last agreed date, then the extensions since."""
        return tuple(one.told(self.zone) for one in self.amended)

    def segments(self) -> tuple[Segment, ...]:
        """The segments from the start to the due time, in order and without a gap."""
        total = 0
        segments = []
        for begin, end, counted, code, detail in _joined(self._rows()):
            total += counted
            segments.append(
                Segment(
                    start=from_micros(begin, self.zone),
                    end=from_micros(end, self.zone),
                    counted=timedelta(microseconds=counted),
                    total=timedelta(microseconds=total),
                    code=code,
                    detail=detail,
                )
            )
        return tuple(segments)

    def _rows(self) -> Iterator[Row]:
        for begin, end in self._pieces():
            paused = [pause for pause in self.pauses if pause.begin <= begin < self._end(pause)]
            if paused:
                reasons = dict.fromkeys(pause.reason for pause in paused if pause.reason)
                yield begin, end, 0, paused[0].code, ", ".join(reasons)
            elif self.calendar is None:
                yield begin, end, end - begin, "elapsed", ""
            else:
                code = "working" if begin < self.used_up else "run-to-close"
                yield from _worked(self.calendar, begin, end, code)

    def _pieces(self) -> Iterator[tuple[Micros, Micros]]:
        """The way from the start to due, cut wherever a pause begins or ends."""
        edges = {self.start, self.used_up, self.due}
        for pause in self.pauses:
            edges |= {pause.begin, self._end(pause)}
        return pairwise(sorted(edge for edge in edges if self.start <= edge <= self.due))

    def _end(self, pause: Pause) -> Micros:
        return self.ended if pause.end is None else min(pause.end, self.ended)


def _worked(calendar: CalendarInside, begin: Micros, end: Micros, code: str) -> Iterator[Row]:
    """Open and closed stretches in order, each closed one with its reason."""
    rows: list[Row] = [
        (opens, closes, closes - opens if code == "working" else 0, code, "")
        for opens, closes in calendar.open_spans(begin, end)
    ]
    rows += [
        (closed.start_us, closed.end_us, 0, closed.reason.code, closed.reason.name)
        for closed in calendar.closed_stretches(begin, end)
    ]
    yield from sorted(rows)


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Neighbours with the same reason as one, save those that count."""
    held: Row | None = None
    for row in rows:
        if held is not None and held[3:] == row[3:] and held[1] == row[0]:
            held = (held[0], row[1], held[2] + row[2], *row[3:])
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held
