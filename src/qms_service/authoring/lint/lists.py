"""Gates that ask for one event for each of a list, and for none where the list is empty (空列表时敞开的关卡)."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet
from qms_service.authoring.lint.situations import type_of
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.need import AllOf, CountOf, EachOf, EventNeed, Need


def lists(sheet: Sheet) -> Iterator[LintFinding]:
    """Each gate that an empty list opens; not where the gate asks for the event by itself, too."""
    for kind in sheet.rules.kinds.values():
        for name, rule in kind.events.items():
            for index, gate in enumerate(rule.gates):
                for one in _opening(kind, gate.need):
                    yield sheet.find(
                        "note",
                        "each-empty",
                        f"{kind.kind}.events.{name}.needs[{index}]",
                        clause=gate.clause,
                        witness={one.each: "[]"},
                        name=name,
                        event=one.selector.event,
                        list=one.each,
                    )


def _opening(kind: KindRules, need: Need | None) -> Iterator[EachOf]:
    asked = list(_all_of(need))
    needed = {one.selector.event for one in asked if isinstance(one, EventNeed | CountOf)}
    for one in asked:
        if isinstance(one, EachOf) and one.selector.event not in needed:
            type_ = type_of(kind, one.each)
            if type_ is not None and type_.many:
                yield one


def _all_of(need: Need | None) -> Iterator[Need]:
    """The needs that must all be met."""
    if isinstance(need, AllOf):
        for one in need.needs:
            yield from _all_of(one)
    elif need is not None:
        yield need
