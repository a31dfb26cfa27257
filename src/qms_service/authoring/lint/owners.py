"""Steps and duties with nobody responsible (无人负责), and routes that another one hides."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding, Severity
from qms_service.authoring.lint.sheet import Sheet
from qms_service.rulebooks.figures import figures_in
from qms_service.rulebooks.model import EventRule, KindRules, Route


def owners(sheet: Sheet) -> Iterator[LintFinding]:
    """Each step that neither a department does nor a route gives to one; of two routes the first counts."""
    for kind in sheet.rules.kinds.values():
        for name, rule in kind.events.items():
            routes = [route for route in kind.routes if name in route.steps]
            if rule.by is None and not any(map(_names_one, routes[:1])):
                yield _nobody(sheet, kind, rule)
            for route in routes[1:]:
                path = f"{kind.kind}.routes.{route.name}"
                yield sheet.find("warning", "route-hidden", path, name=name, first=routes[0].name)


def duties(sheet: Sheet) -> Iterator[LintFinding]:
    """Each duty that no department owes, that nothing can show done, or of which nobody knows how often."""
    for name, one in sheet.rules.duties.items():
        path = f"duties.{name}"
        if one.by is None:
            yield sheet.find("warning", "duty-nobody", path, clause=one.clause, name=name)
        if one.fulfilled_by is None:
            yield sheet.find("note", "duty-unshown", path, clause=one.clause, name=name)
        if one.irregular and not any(figures_in(sheet.rules.raw["duties"][name])):  # type: ignore[index]  # a table
            yield sheet.find("note", "duty-irregular", path, clause=one.clause, name=name)


def follow_ups(sheet: Sheet) -> Iterator[LintFinding]:
    """Each follow-up that opens a kind of case whose opening no department does."""
    rules = sheet.rules
    for survey in rules.surveys.values():
        for one in survey.follow_ups:
            kind = rules.kinds.get(one.opens) if one.opens else None
            if kind is not None and kind.events[kind.opening].by is None:
                path = f"surveys.{survey.questionnaire.id}.follow_ups.{one.id}"
                yield sheet.find(
                    "warning", "follow-up-nobody", path, clause=one.clause, name=one.id, kind=kind.kind
                )


def _names_one(route: Route) -> bool:
    return any(column.name == "responsible" for column in route.table.outputs)


def _nobody(sheet: Sheet, kind: KindRules, rule: EventRule) -> LintFinding:
    """An optional step may fall to whoever is there; a step that the procedure asks for may not."""
    severity: Severity = "note" if rule.optional else "warning"
    path = f"{kind.kind}.events.{rule.name}"
    return sheet.find(severity, "nobody-responsible", path, clause=rule.clause, name=rule.name)
