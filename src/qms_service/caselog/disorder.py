"""Disorder (顺序颠倒): events of a log dated before what they must follow.

Such a case is read and judged all the same; a clock whose stop lies before its start does not see it and
runs on. The list tells where to look.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from pendulum import DateTime

from qms_service.caselog.logged import LoggedCase, LoggedEvent
from qms_service.rulebooks.model import KindRules
from qms_service.texts import render


@attrs.frozen(kw_only=True)
class Disorder:
    """An event dated before one that it must follow.

    Args:
        case: The number of the case.
        line: The line of the log on which the case begins.
        event: The event.
        at: When it happened, by the log.
        follows: The event that it must follow.
        follows_at: When that one happened, by the log.
    """

    case: str
    line: int
    event: str
    at: DateTime
    follows: str
    follows_at: DateTime

    def text(self, lang: str = "en") -> str:
        """The remark in the reader's language."""
        return render("report.disorder", attrs.asdict(self), lang)


def disorders(logged: LoggedCase, kind: KindRules) -> Iterator[Disorder]:
    """The events of a case that lie before its opening, and the stops of clocks that lie before their start."""
    by_name: dict[str, list[LoggedEvent]] = {}
    for event in logged.events:
        by_name.setdefault(event.name, []).append(event)
    for first, later in dict.fromkeys(_pairs(kind, by_name)):
        start = min(by_name[first], key=lambda event: event.span.earliest)
        last = max(by_name[later], key=lambda event: event.span.latest)
        if last.span.latest < start.span.earliest:
            yield Disorder(
                case=logged.number,
                line=logged.lines[0],
                event=later,
                at=last.span.starts_at,
                follows=first,
                follows_at=start.span.starts_at,
            )


def _pairs(kind: KindRules, there: dict[str, list[LoggedEvent]]) -> Iterator[tuple[str, str]]:
    """Each event of the case with one that it must follow: the opening, and the start of a clock that it stops."""
    if kind.opening in there:
        yield from ((kind.opening, name) for name in there if name != kind.opening)
    for clock in kind.clocks.values():
        for start in clock.start:
            for stop in clock.stop:
                if start.event in there and stop.event in there and start.event != stop.event:
                    yield start.event, stop.event
