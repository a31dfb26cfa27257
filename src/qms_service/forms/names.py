"""Names: what the paths of a form can name in a rulebook, and of what types these things are."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.forms.sources import EVENT_COLUMNS
from qms_service.forms.value_type import (
    INSTANT,
    ValueType,
    in_words,
    of_departments,
    type_of_fact,
)
from qms_service.labels import Label
from qms_service.quantities import Tally
from qms_service.quantities.tally import SUBJECT
from qms_service.rulebooks.model import EventRule, FactRule, KindRules
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Problems
from qms_service.rulebooks.system import SYSTEM_RULES
from qms_service.texts import SHIPPED, render


@attrs.frozen(kw_only=True, eq=False)
class Names:
    """The names of one kind of case, as a form may use them.

    Args:
        rules: The edition that the form is read against.
        kind: The rules of the kind.
        problems: Where mistakes are noted.
        about: The events that a row of a table is about, where paths are those of its event; None elsewhere.
        caseless: Whether there is no single case: the part of a list that stands beside its rows.
        per: The fact whose value a row is about; None elsewhere.
        unsure: Whether what the paths are of is not known, which is noted already: none of them is checked.
    """

    rules: Rules
    kind: KindRules
    problems: Problems
    about: tuple[EventRule, ...] | None = None
    caseless: bool = False
    per: str | None = None
    unsure: bool = False

    @property
    def events(self) -> Mapping[str, EventRule]:
        """The steps of the kind, and the events that every rulebook has."""
        return {**self.kind.events, **SYSTEM_RULES}

    def event(self, name: str, at: str) -> EventRule | None:
        """The rule of an event; None where there is none, which is noted."""
        return self.events[name] if self.problems.known("event", name, self.events, at) else None

    def has_key(self, rule: EventRule, at: str) -> bool:
        """Whether an event says which key it is about, where the rows are about keys; else that is noted."""
        own = (*EVENT_COLUMNS, *facts_of(rule))
        return self.per is None or self.problems.known("column", self.per, own, at)

    def another(self, kind: str, at: str) -> Names | None:
        """The names of another kind of case; None where there is none, which is noted."""
        if not self.problems.known("case-kind", kind, self.rules.kinds, at):
            return None
        return attrs.evolve(self, kind=self.rules.kinds[kind], caseless=False)

    def fact_type(self, fact: FactRule) -> ValueType:
        """The type of a fact."""
        return type_of_fact(fact.type, self.rules.departments)

    @property
    def keys(self) -> dict[str, ValueType]:
        """The facts whose values can have a row each, with their types."""
        facts = [fact for rule in self.kind.events.values() for fact in facts_of(rule).values()]
        told = {fact.name: self.fact_type(fact) for fact in facts if not fact.type.many}
        counted = [one for one in self.kind.quantities.values() if isinstance(one, Tally)]
        return told | {
            one.per: self._key_type(event, one.per) for one in counted if one.per for event, _ in one.paths
        }

    def _key_type(self, event: str, per: str) -> ValueType:
        subject = {fact.name: fact for fact in self.kind.subject}
        facts = subject if event == SUBJECT else facts_of(self.events[event])
        return self.fact_type(facts[per]) if per in facts else self.column_type(per)

    def column_type(self, column: str) -> ValueType:
        """The type of a column that every event has."""
        if column in ("at", "recorded_at"):
            return INSTANT
        if column == "department":
            return of_departments(self.rules.departments)
        if column == "role":
            return ValueType(choices=tuple((name, one.label) for name, one in self.rules.roles.items()))
        if column == "event":
            return ValueType(
                kind="choice", choices=tuple((name, one.label) for name, one in self.events.items())
            )
        return ValueType(many=column == "evidence")


def facts_of(rule: EventRule) -> dict[str, FactRule]:
    """The facts of an event that a field can hold: a correction's own table of facts is none."""
    return {fact.name: fact for fact in rule.facts if fact.type.kind != "facts"}


def joined(label: Label, more: str | Label) -> Label:
    """Two names as one, in each language that ships."""
    second = in_words(more) if isinstance(more, str) else more
    return Label(
        {lang: f"{label.text(lang)}{render('word.colon', {}, lang)}{second.text(lang)}" for lang in SHIPPED}
    )
