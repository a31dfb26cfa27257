"""FollowUp (跟进事项): a customer, what it is dissatisfied with, and the rule that says to act."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from qms_service.findings import Finding
from qms_service.labels import Label
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.follow_ups.rule import FollowUpRule
from qms_service.texts import Catalogue, render


@attrs.frozen
class Dissatisfaction:
    """An item, or a dimension, that a customer is dissatisfied with.

    Args:
        id: The id of the item; `"score"` for the total.
        points: The customer's points for it.
        label: Its wording.
    """

    id: str
    points: Fraction
    label: Label | None = None

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """Its wording in a language; its id where it has none."""
        own = self.label.text(lang) if self.label else ""
        return own or render(f"judged.{self.id}", {}, lang, catalogues).removeprefix("judged.")


@attrs.frozen(kw_only=True)
class FollowUp:
    """A customer, what it is dissatisfied with, and the rule that says to act.

    Args:
        survey: The id of the survey.
        customer: The customer.
        rule: The rule, with its clause.
        items: What the customer is dissatisfied with; empty where it complained in writing.
        before: The points in the survey before; None where the rule does not look there.
        complaints: The numbers of the written complaints.
    """

    survey: str
    customer: str
    rule: FollowUpRule
    items: tuple[Dissatisfaction, ...] = ()
    before: Fraction | None = None
    complaints: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other one: opening a case from it twice under this key opens one.

        >>> from qms_service.satisfaction import FollowUp, FollowUpRule
        >>> rule = FollowUpRule("low", when="below", value=60)
        >>> FollowUp(survey="2026", customer="A/S Nord", rule=rule).key
        'survey/2026/A%2FS Nord/low'
        """
        parts = ("survey", self.survey, self.customer, self.rule.id)
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)

    @property
    def finding(self) -> Finding:
        """The reason as a finding, with the clause of the rule."""
        return Finding(
            code=f"follow-up.{self.rule.when}",
            severity="warning",
            subject=self.customer,
            clause=self.rule.clause,
            facts=self._operands("en"),
        )

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The reason in the reader's language, with the clause of the rule."""
        return attrs.evolve(self.finding, facts=self._operands(lang, catalogues)).text(lang, catalogues)

    def subject(
        self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None
    ) -> dict[str, object]:
        """The facts for a case of the kind that the rule opens, as `improvement` of pcb-maker has them.

        Args:
            lang: The language of what is written out: the items and the reason.
            catalogues: Further languages.
        """
        return {
            "customer": self.customer,
            "source": "survey",
            "origin": self.survey,
            "items": tuple(one.text(lang, catalogues) for one in self.items),
            "reason": self.text(lang, catalogues),
        }

    def __str__(self) -> str:
        return self.text()

    def _operands(self, lang: str, catalogues: Mapping[str, Catalogue] | None = None) -> dict[str, object]:
        value = self.rule.value
        return {
            "items": tuple(f"{one.text(lang, catalogues)} {figure(one.points)}" for one in self.items),
            "value": None if value is None else figure(value),
            "before": None if self.before is None else figure(self.before),
            "complaints": self.complaints,
        }
