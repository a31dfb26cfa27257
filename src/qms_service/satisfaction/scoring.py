"""Scoring (计分): from the answers of a survey to its score and all its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from fractions import Fraction
from typing import Literal

import attrs

from qms_service.labels import Label
from qms_service.satisfaction.counting import LeftOut, counted
from qms_service.satisfaction.customer_score import customer_score
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.flags import flags_of
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.given import must_be
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.means import mean_score
from qms_service.satisfaction.questionnaire import Dimension
from qms_service.satisfaction.response_rate import coverage, response_rate
from qms_service.satisfaction.survey import Survey
from qms_service.satisfaction.survey_score import NOT_STATED, Coverage, Part, SurveyScore

Points = Mapping[str, Fraction]


def score(survey: Survey) -> SurveyScore:
    """The score of a survey (满意度得分), as a whole and in its parts, each redone by hand from its derivation.

    A customer's total is the weighted mean of the points of the items answered; of several respondents those
    speak whom the questionnaire says. The score is the sum of the customers' totals divided by the number of
    customers who have one; the number asked stands beside it. What is left out is listed with its reason.

    Args:
        survey: The questionnaire, who was asked, and what came back.

    Clause:
        pcb-maker 4.5.4 (survey score = sum of the totals / number of customers surveyed), read as those who
        answered.

    >>> from qms_service.satisfaction import NOT_APPLICABLE, Item, Questionnaire, Response, Scale
    >>> form = Questionnaire("customer", [Item("solder", Scale(1, 5), weight=3), Item("advice", Scale(1, 5))])
    >>> answers = [
    ...     Response("ACME", {"solder": 4, "advice": 2}),
    ...     Response("BOLT", {"solder": 5, "advice": NOT_APPLICABLE}),
    ... ]
    >>> found = score(Survey("2026", form, asked=["ACME", "BOLT", "CORE"], responses=answers))
    >>> found.by_customer["ACME"].total, found.score.value, found.answered, found.asked
    (Fraction(125, 2), Fraction(325, 4), 2, 3)
    >>> found.silent
    ('CORE',)

    Limits:
        Surveys are never pooled (4.5.4): two of them are compared, with `compare`.
    """
    must_be(Survey, survey, "survey")
    return _Scoring(survey).score()


class _Scoring:
    """One survey on its way to its score."""

    def __init__(self, survey: Survey) -> None:
        told = counted(survey)
        left_out = dict[str, list[LeftOut]]()
        for one in told.left_out:
            left_out.setdefault(one.response.customer, []).append(one)
        self._survey, self._form = survey, survey.questionnaire
        self._left_out = told.left_out
        self._customers = {
            name: customer_score(name, told.voices.get(name, ()), left_out.get(name, ()), self._form)
            for name in sorted({*told.voices, *left_out})
        }
        self._totals = {name: one.total for name, one in self._customers.items() if one.total is not None}
        # whoever counts without having been asked stands among those asked: no more can answer than were
        self._asked = None if survey.asked is None else sorted({*survey.names, *self._totals})

    def score(self) -> SurveyScore:
        """The score of the survey."""
        return SurveyScore(
            survey=self._survey,
            score=self._part("score", self._totals, self._asked),
            returned=len(self._customers),
            response_rate=None if self._asked is None else response_rate(self._totals, self._asked),
            coverage=self._coverage(),
            by_dimension=FrozenMap({one.id: self._of(one, "dimensions") for one in self._form.dimensions}),
            by_item=FrozenMap({one.id: self._of(one, "items") for one in self._form.items}),
            by_segment=self._segments(),
            by_customer=FrozenMap(self._customers),
            silent=tuple(name for name in self._asked or () if name not in self._totals),
            flags=flags_of(self._survey),
            left_out=self._left_out,
        )

    def _part(self, id_: str, points: Points, asked: Sized | None, label: Label | None = None) -> Part:
        found = mean_score(points, None if asked is None else len(asked))
        fields = {field.name: getattr(found, field.name) for field in attrs.fields(Estimate)}
        return Part(id=id_, label=label, base=self._form.base, **fields)

    def _of(self, one: Item | Dimension, kind: Literal["items", "dimensions"]) -> Part:
        """An item or a dimension, of the customers who gave points for it."""
        given = dict[str, Fraction]()
        for name in self._totals:
            points: Points = getattr(self._customers[name], kind)
            if one.id in points:
                given[name] = points[one.id]
        return self._part(one.id, given, self._asked, one.label)

    def _segments(self) -> FrozenMap[str, FrozenMap[str, Part]]:
        """Each division of the customers, its segments in the order of their names."""
        asked = {one.customer: one.segments for one in self._survey.asked or ()}
        divisions = dict.fromkeys(division for segments in asked.values() for division in segments)
        return FrozenMap({division: self._division(division, asked) for division in divisions})

    def _division(self, division: str, asked: Mapping[str, Mapping[str, str]]) -> FrozenMap[str, Part]:
        members = dict[str, list[str]]()
        for name in self._asked or ():
            members.setdefault(asked.get(name, {}).get(division, NOT_STATED), []).append(name)
        totals = {
            segment: {name: self._totals[name] for name in names if name in self._totals}
            for segment, names in members.items()
        }
        return FrozenMap(
            {segment: self._part(segment, totals[segment], members[segment]) for segment in sorted(members)}
        )

    def _coverage(self) -> Coverage | None:
        asked = self._survey.asked
        if asked is None:
            return None
        answered = [one.customer for one in asked if one.customer in self._totals]
        return Coverage(
            customers=coverage(answered, self._survey.names),
            revenue=coverage(answered, {one.customer: one.revenue for one in asked}),
        )
