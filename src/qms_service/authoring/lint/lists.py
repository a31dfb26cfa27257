"""Gates that ask for one event for each of a list, and for none where the list is empty (空列表时敞开的关卡)."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding
from qms_service.authoring.lint.sheet import Sheet
from qms_service.authoring.lint.situations import type_of
from qms_service.rulebooks.each_of import EachOf
from qms_service.rulebooks.model import KindRules
from qms_service.rulebooks.need import AllOf, CountOf, EventNeed, Need


def lists(sheet: Sheet) -> Iterator[LintFinding]:
    """Each gate that an empty list opens; not where the gate asks for the event by itself, too."""
    for kind in sheet.rules.kinds.values():
        for name, rule in kind.events.items():
            for index, gate in enumerate(rule.gates):
                for one, path in _opening(kind, gate.need):
                    yield sheet.find(
                        "note",
                        "each-empty",
                        f"{kind.kind}.events.{name}.needs[{index}]",
                        clause=gate.clause,
                        witness={path: "[]"},
                        name=name,
                        event=" / ".join(one.events),
                        list=path,
                    )


def _opening(kind: KindRules, need: Need | None) -> Iterator[tuple[EachOf, str]]:
    asked = list(_all_of(need))
    needed = {one.selector.event for one in asked if isinstance(one, EventNeed | CountOf)}
    for one in asked:
        if isinstance(one, EachOf) and isinstance(one.each, str) and needed.isdisjoint(one.events):
            type_ = type_of(kind, one.each)
            if type_ is not None and type_.many:
                yield one, one.each


def _all_of(need: Need | None) -> Iterator[Need]:
    """The needs that must all be met."""
    if isinstance(need, AllOf):
        for one in need.needs:
            yield from _all_of(one)
    elif need is not None:
        yield need
