"""Rules: one edition of a rulebook as a value: names, figures, and the rules of each kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs
from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from qms_service.cases import Pin
from qms_service.deadlines.duties import Duty
from qms_service.errors import unknown_name
from qms_service.instants import from_micros
from qms_service.labels import Label
from qms_service.numbering import NumberSeries
from qms_service.rulebooks.model import Department, EventRule, KindRules, ListedClause, Param, Role
from qms_service.rulebooks.origin import Origin, Parent
from qms_service.rulebooks.survey_rules import SurveyRules
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.satisfaction import Indicator
from qms_service.worktime import WorkCalendar, wall
from qms_service.worktime.wall import instant_of


def midnight(day: date, zone: Timezone) -> DateTime:
    """00:00 of a date in a zone: the first of two, and where it is skipped the moment of the change."""
    return from_micros(instant_of(wall.midnight(day.toordinal()), zone), zone)


@attrs.frozen(kw_only=True)
class Rules:
    """One edition of a rulebook; two are equal that have the same rules and count on the same calendar.

    Args:
        id: The rulebook's id.
        edition: The edition's name.
        digest: The digest over its rules, without labels and comments.
        title: What the procedure is called.
        effective_from: From when it is in force; None: always.
        zone: The zone of its dates.
        calendar: The working calendar that it names.
        departments, roles, params: Its names and figures.
        numbers: Its number series.
        kinds: The rules of each kind of case.
        surveys, indicators: What customers are asked, and what the factory counts itself.
        duties: What comes round again and again.
        clauses: The procedure's clauses by number, where the rulebook lists them.
        raw: The TOML tree that it was read from, with all that it takes from its parent; read it only.
        provenance: Where each rule comes from, by its path, such as `complaint.clocks.answer`; of a rule that
            was replaced, the keys that stayed too, and a rule that was removed under its old path.
        parent: The edition that it extends; None where it extends nothing.
    """

    id: str
    edition: str
    digest: str
    title: Label = attrs.field(eq=False)
    effective_from: DateTime | None = attrs.field(eq=False)
    zone: Timezone = attrs.field(eq=False)
    calendar: WorkCalendar
    departments: Mapping[str, Department] = attrs.field(eq=False)
    roles: Mapping[str, Role] = attrs.field(eq=False)
    params: Mapping[str, Param] = attrs.field(eq=False)
    numbers: Mapping[str, NumberSeries] = attrs.field(eq=False)
    kinds: Mapping[str, KindRules] = attrs.field(eq=False)
    surveys: Mapping[str, SurveyRules] = attrs.field(eq=False, factory=dict)
    indicators: Mapping[str, Indicator] = attrs.field(eq=False, factory=dict)
    duties: Mapping[str, Duty] = attrs.field(eq=False, factory=dict)
    raw: Mapping[str, object] = attrs.field(factory=dict, eq=False, repr=False)
    provenance: Mapping[str, Origin] = attrs.field(factory=dict, eq=False, repr=False)
    parent: Parent | None = attrs.field(default=None, eq=False, repr=False)
    clauses: Mapping[str, ListedClause] = attrs.field(eq=False, factory=dict)
    _aliases: Mapping[str, str] = attrs.field(init=False, eq=False, repr=False)
    _steps: Mapping[tuple[str, str], tuple[KindRules, EventRule]] = attrs.field(
        init=False, eq=False, repr=False
    )

    @_steps.default
    def _by_kind_and_name(self) -> Mapping[tuple[str, str], tuple[KindRules, EventRule]]:
        return {
            (name, rule.name): (kind, rule)
            for name, kind in self.kinds.items()
            for rule in (*SYSTEM_RULES.values(), *kind.events.values())
        }

    @_aliases.default
    def _other_names(self) -> Mapping[str, str]:
        departments = self.departments.values()
        labels = {name: one.id for one in departments for name in one.other_names}
        return labels | {alias: one.id for one in departments for alias in one.aliases}

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every other name of a department."""
        return tuple(self._aliases)

    @property
    def pin(self) -> Pin:
        """The pin of a case that this edition judges."""
        return Pin(rulebook=self.id, edition=self.edition, digest=self.digest)

    def department(self, name: str | None) -> str | None:
        """The id of a department by its id or one of its other names; a name that it does not know stays."""
        return name if name is None or name in self.departments else self._aliases.get(name, name)

    def step(self, kind: str, name: str) -> tuple[KindRules, EventRule]:
        """The rules of a kind of case and of one of its steps or system events.

        Raises:
            UnknownNameError: The rulebook has no such kind, or no such event for it.
        """
        found = self._steps.get((kind, name)) if type(name) is str else None
        if found is not None:
            return found
        rules = self.kind(kind)
        return rules, self.event(rules, name)

    def kind(self, name: str) -> KindRules:
        """The rules of a kind of case.

        Raises:
            UnknownNameError: The rulebook has no such kind.
        """
        found = self.kinds.get(name) if isinstance(name, str) else None
        if found is None:
            raise unknown_name("case-kind", name, self.kinds)
        return found

    def survey(self, name: str) -> SurveyRules:
        """The rules of a survey.

        Raises:
            UnknownNameError: The rulebook has no such survey.
        """
        found = self.surveys.get(name) if isinstance(name, str) else None
        if found is None:
            raise unknown_name("survey", name, self.surveys)
        return found

    def event(self, kind: KindRules, name: str) -> EventRule:
        """The rule of a step or system event.

        Raises:
            UnknownNameError: The rulebook has no such event for this kind.
        """
        rule = (kind.events.get(name) or SYSTEM_RULES.get(name)) if isinstance(name, str) else None
        if rule is None:
            raise unknown_name("event", name, (*kind.events, *SYSTEM_RULES))
        return rule
