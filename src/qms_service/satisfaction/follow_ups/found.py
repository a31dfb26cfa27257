"""Finding follow-ups (识别不满意): the answers of each customer, held against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import attrs

from qms_service.errors import ScoreError, unknown_name
from qms_service.satisfaction.customer_score import CustomerScore
from qms_service.satisfaction.follow_ups.follow_up import Dissatisfaction, FollowUp
from qms_service.satisfaction.follow_ups.rule import SCORE, FollowUpRule
from qms_service.satisfaction.given import a_day, all_of, must_be, named
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.satisfaction.survey_score import SurveyScore


@attrs.frozen
class Complained:
    """A complaint of a customer, as far as follow-ups look at it.

    Args:
        customer: The customer, by the name that the survey has.
        number: The number of the complaint.
        on: The day it was received; None where nobody wrote it down.
        written: Whether it came in writing.
    """

    customer: str = attrs.field(validator=named)
    number: str = attrs.field(validator=named)
    on: date | None = attrs.field(default=None, validator=attrs.validators.optional(a_day), kw_only=True)
    written: bool = attrs.field(default=True, kw_only=True)


def follow_ups(
    score: SurveyScore,
    rules: Iterable[FollowUpRule],
    *,
    previous: SurveyScore | None = None,
    complaints: Iterable[Complained] = (),
    period: tuple[date, date] | None = None,
) -> tuple[FollowUp, ...]:
    """Who is dissatisfied with what, and which rule says to act (不满意项的跟进).

    What does not apply to a customer, and what it did not answer, makes nobody act; a customer whose answers are too
    few for a total is still heard on its items.

    Args:
        score: The score of the survey.
        rules: The rules.
        previous: The survey before, for `"below-last-time"`; a customer that was not in it has no last time.
        complaints: Complaints, for `"written-complaint"`, of customers who answered or were asked or neither.
        period: The days of the complaints that count, from the first to the one after the last; a complaint without a
            day counts. None: all.

    Returns:
        By the order of the rules, in each by customer; the same whatever order the answers came in.

    Raises:
        UnknownNameError: A rule names an item or a dimension that the questionnaire does not have.
        ScoreError: Two rules have one name, or an argument is of another kind.

    Clause: pcb-maker 4.5.3.

    >>> from qms_service.satisfaction import *
    >>> form = Questionnaire("customer", [Item("solder", Scale(1, 5)), Item("advice", Scale(1, 5))])
    >>> found = score(Survey("2026", form, responses=[Response("ACME", {"solder": 2, "advice": NOT_APPLICABLE})]))
    >>> rule = FollowUpRule("poor", when="item-below", value=50, opens="improvement", clause="4.5.3")
    >>> for one in follow_ups(found, [rule]):
    ...     print(one)
    ACME is dissatisfied with solder 25, below 50. [4.5.3]
    """
    must_be(SurveyScore, score, "score")
    if previous is not None:
        must_be(SurveyScore, previous, "previous")
    known = all_of(FollowUpRule, rules, "rules")
    if len({rule.id for rule in known}) < len(known):
        raise ScoreError("follow-up-twice", got=[rule.id for rule in known])
    last = {} if previous is None else previous.by_customer
    told = all_of(Complained, complaints, "complaints")
    days = None if period is None else _days(period)
    said = tuple(one for one in told if one.written and _within(one.on, days))
    found = _Found(score, last, said)
    return tuple(one for rule in known for one in found.by(rule))


def _days(period: object) -> tuple[date, date]:
    """The days of a period, from the first to the one after the last."""
    match period:
        case [datetime(), _] | [_, datetime()]:  # instants, which are dates too
            pass
        case [date() as first, date() as end]:
            return first, end
    raise ScoreError("follow-up-period", got=repr(period))


def _within(on: date | None, period: tuple[date, date] | None) -> bool:
    return on is None or period is None or period[0] <= on < period[1]


@attrs.frozen
class _Found:
    score: SurveyScore
    last: Mapping[str, CustomerScore]
    complaints: tuple[Complained, ...]

    def by(self, rule: FollowUpRule) -> Iterator[FollowUp]:
        """What one rule says."""
        form = self.score.survey.questionnaire
        _check(rule, form)
        if rule.when == "written-complaint":
            yield from self._complained(rule)
            return
        for customer, own in sorted(self.score.by_customer.items()):
            if rule.when in ("below", "below-last-time"):
                yield from self._whole(rule, customer)
            elif items := tuple(_items(rule, own, form)):
                yield self._made(rule, customer, items=items)

    def _made(self, rule: FollowUpRule, customer: str, **more: Any) -> FollowUp:  # noqa: ANN401  # its further fields
        return FollowUp(survey=self.score.survey.id, customer=customer, rule=rule, **more)

    def _complained(self, rule: FollowUpRule) -> Iterator[FollowUp]:
        numbers = dict[str, set[str]]()
        for one in self.complaints:
            numbers.setdefault(one.customer, set()).add(one.number)
        for customer in sorted(numbers):
            yield self._made(rule, customer, complaints=tuple(sorted(numbers[customer])))

    def _whole(self, rule: FollowUpRule, customer: str) -> Iterator[FollowUp]:
        """The total of a customer, or a dimension, against the value or against the last time."""
        points = _points(self.score.by_customer[customer], rule.of)
        before = _points(self.last.get(customer), rule.of) if rule.when == "below-last-time" else None
        if points is None:
            return
        if rule.when == "below":
            is_less = points < (rule.value or 0)
        else:
            is_less = before is not None and points < before and before - points >= (rule.value or 0)
        if is_less:
            label = self.score.by_dimension[rule.of].label if rule.of != SCORE else None
            yield self._made(rule, customer, items=(Dissatisfaction(rule.of, points, label),), before=before)


def _check(rule: FollowUpRule, form: Questionnaire) -> None:
    """Refuses a rule on what the questionnaire does not have."""
    items, dimensions = ([one.id for one in ones] for ones in (form.items, form.dimensions))
    if rule.item is not None and rule.item not in items:
        raise unknown_name("item", rule.item, items)
    if rule.of not in (SCORE, *dimensions):
        raise unknown_name("dimension", rule.of, dimensions)


def _points(own: CustomerScore | None, of: str) -> Fraction | None:
    if own is None:
        return None
    return own.total if of == SCORE else own.dimensions.get(of)


def _items(rule: FollowUpRule, own: CustomerScore, form: Questionnaire) -> Iterator[Dissatisfaction]:
    """The items of a customer that a rule picks out, in the order of the questionnaire."""
    least = min(own.items.values(), default=None)
    for item in form.items:
        points = own.items.get(item.id)
        if points is None or (rule.item is not None and rule.item != item.id):
            continue
        if rule.when == "lowest-item" and (points != least or points >= item.scale.bounds.high):
            continue
        if rule.value is None or points < rule.value:
            yield Dissatisfaction(item.id, points, item.label)
