"""Names that are missing in a language (缺译文的名称) which other names of the rulebook have."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.lint.finding import LintFinding, Severity
from qms_service.authoring.lint.sheet import Sheet
from qms_service.labels import Label
from qms_service.rulebooks.model import EventRule, KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.survey_rules import SurveyRules

Named = tuple[Severity, str, Label | None]


def languages(sheet: Sheet) -> Iterator[LintFinding]:
    """Each name that lacks a language; one without any is shown as its id in words, and has English alone."""
    named = [(severity, path, dict(label.names)) for severity, path, label in _names(sheet.rules) if label]
    spoken = dict.fromkeys(lang for _, _, names in named for lang in names)
    for severity, path, names in named:
        missing = tuple(lang for lang in spoken if lang not in names)
        if missing:
            said = next(iter(names.values()), "")
            yield sheet.find(severity, "text-missing", path, name=said, languages=missing)


def _names(rules: Rules) -> Iterator[Named]:
    yield "warning", "title", rules.title
    yield from (("warning", f"departments.{name}", one.label) for name, one in rules.departments.items())
    yield from (("warning", f"roles.{name}", one.label) for name, one in rules.roles.items())
    yield from (("warning", f"numbers.{name}", one.label) for name, one in rules.numbers.items())
    yield from (("note", f"clauses.{name}", one.label) for name, one in rules.clauses.items())
    for kind in rules.kinds.values():
        yield from _names_of(kind)
    for survey in rules.surveys.values():
        yield from _names_asked(survey)
    yield from (("warning", f"indicators.{name}", one.label) for name, one in rules.indicators.items())
    yield from (("warning", f"duties.{name}", one.label) for name, one in rules.duties.items())


def _names_asked(survey: SurveyRules) -> Iterator[Named]:
    asked = survey.questionnaire
    path = f"surveys.{asked.id}"
    yield "warning", f"{path}.label", asked.label
    yield from (("warning", f"{path}.dimensions.{one.id}", one.label) for one in asked.dimensions)
    yield from (("warning", f"{path}.items.{one.id}", one.label) for one in asked.items)
    yield from (("warning", f"{path}.follow_ups.{one.id}", one.label) for one in survey.follow_ups)


def _names_of(kind: KindRules) -> Iterator[Named]:
    yield "warning", f"{kind.kind}.label", kind.label
    yield from (("note", f"{kind.kind}.subject.{fact.name}", fact.label) for fact in kind.subject)
    for name, rule in kind.events.items():
        yield from _names_in(f"{kind.kind}.events.{name}", rule)
    yield from (("warning", f"{kind.kind}.clocks.{name}", one.label) for name, one in kind.clocks.items())
    yield from (
        ("note", f"{kind.kind}.quantities.{name}", one.label) for name, one in kind.quantities.items()
    )
    yield from (("note", f"{kind.kind}.balances.{name}", one.label) for name, one in kind.balances.items())


def _names_in(path: str, rule: EventRule) -> Iterator[Named]:
    """A fact without a name is common, and its id serves: no more than a note."""
    yield "warning", path, rule.label
    yield "warning", f"{path}.form", rule.form
    yield from (("note", f"{path}.facts.{fact.name}", fact.label) for fact in rule.facts)
