"""Clocks and pauses whose events never come (起止事件到达不了的时限和暂停)."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.reach import selectable
from qms_service.authoring.lint.sheet import Sheet
from qms_service.clauses import ClauseRef
from qms_service.events import Selectors
from qms_service.rulebooks.model import KindRules

Side = tuple[str, str, str, Selectors, ClauseRef | None]


def clocks(sheet: Sheet) -> Iterator[LintFinding]:
    """Each side of a clock or a pause that no event can ever match, and each pause that no clock lists."""
    for kind in sheet.rules.kinds.values():
        for code, name, path, selectors, clause in _sides(kind):
            found = sheet.reach[kind.kind].ever
            if not any(selectable(kind, one, found) for one in selectors):
                events = tuple(one.event for one in selectors)
                yield sheet.find("error", code, path, clause=clause, name=name, events=events)
        yield from _unlisted(sheet, kind)


def _sides(kind: KindRules) -> Iterator[Side]:
    for name, clock in kind.clocks.items():
        path = f"{kind.kind}.clocks.{name}"
        yield "clock-never-starts", name, f"{path}.from", clock.start, clock.clause
        yield "clock-never-stops", name, f"{path}.to", clock.stop, clock.clause
    for name, pause in kind.pauses.items():
        path = f"{kind.kind}.pauses.{name}"
        yield "pause-never-starts", name, f"{path}.from", pause.starts, pause.clause
        yield "pause-never-ends", name, f"{path}.to", pause.ends, pause.clause


def _unlisted(sheet: Sheet, kind: KindRules) -> Iterator[LintFinding]:
    listed = {name for clock in kind.clocks.values() for name in clock.paused_by}
    for name, pause in kind.pauses.items():
        if name not in listed:
            path = f"{kind.kind}.pauses.{name}"
            yield sheet.find("warning", "pause-unused", path, clause=pause.clause, name=name)
