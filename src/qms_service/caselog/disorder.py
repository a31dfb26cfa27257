"""Disorder (顺序颠倒): events of a log dated before what they must follow.

Such a case is read and judged all the same; a clock whose stop lies before its start does not see it and
runs on. The list tells where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

import attrs
from pendulum import DateTime

from qms_service.caselog.logged import LoggedCase, LoggedEvent
from qms_service.caselog.outcomes import has_figure
from qms_service.deadlines import Clock
from qms_service.events import Selectors
from qms_service.facts import NO_FACTS
from qms_service.labels import Label
from qms_service.rulebooks.rules import Rules
from qms_service.texts import render

_Named = Mapping[str, Sequence[tuple[int, LoggedEvent]]]  # the events of each name, with their places


@attrs.frozen(kw_only=True)
class Disorder:
    """An event dated before one that it must follow.

    Args:
        case: The number of the case.
        line: The line of the log on which the case begins.
        event: The event.
        event_label: Its name for people.
        at: When it happened, by the log.
        follows: The event that it must follow.
        follows_label: Its name for people.
        follows_at: When that one happened, by the log.
    """

    case: str
    line: int
    event: str
    event_label: Label
    at: DateTime
    follows: str
    follows_label: Label
    follows_at: DateTime

    def text(self, lang: str = "en") -> str:
        """The remark in the reader's language."""
        names = {"event": self.event_label.text(lang), "follows": self.follows_label.text(lang)}
        return render("report.disorder", attrs.asdict(self, recurse=False) | names, lang)


def disorders(logged: LoggedCase, rules: Rules) -> Iterator[Disorder]:
    """The events of a case that lie before its opening, and the stops of clocks that lie before their start."""
    kind = rules.kind(logged.case.kind)
    named: dict[str, list[tuple[int, LoggedEvent]]] = {}
    for placed in enumerate(logged.events):
        named.setdefault(placed[1].name, []).append(placed)
    opening = [event for _, event in named.get(kind.opening, ())]
    pairs = [(opening, [event for event in logged.events if event.name != kind.opening])]
    pairs += [_start_and_stops(named, clock) for clock in kind.clocks.values() if has_figure(clock)]
    backwards = (
        (start, late)
        for starts, lates in pairs
        for start in starts[:1]
        for late in lates
        if late.moment.latest < start.moment.earliest
    )
    yield from dict.fromkeys(_disorder(logged, start, late, rules) for start, late in backwards)


def _start_and_stops(named: _Named, clock: Clock) -> tuple[list[LoggedEvent], list[LoggedEvent]]:
    """The starts of a clock, and its stops unless one of them lies where it should."""
    starts, stops = _matching(named, clock.start), _matching(named, clock.stop)
    seen = any(stop.moment.latest >= start.moment.earliest for start in starts for stop in stops)
    return starts, [] if seen else stops


def _matching(named: _Named, selectors: Selectors) -> list[LoggedEvent]:
    """The events that one of the selectors takes, in the order of the log."""
    found = [
        (place, event)
        for selector in selectors
        for place, event in named.get(selector.event, ())
        if not selector.where or selector.matches(event.event(place, event.moment.earliest), NO_FACTS)
    ]
    return [event for _, event in sorted(found, key=itemgetter(0))]


def _disorder(logged: LoggedCase, first: LoggedEvent, later: LoggedEvent, rules: Rules) -> Disorder:
    kind = rules.kind(logged.case.kind)
    return Disorder(
        case=logged.number,
        line=logged.lines[0],
        event=later.name,
        event_label=rules.event(kind, later.name).label,
        at=later.moment.starts_at,
        follows=first.name,
        follows_label=rules.event(kind, first.name).label,
        follows_at=first.moment.starts_at,
    )
