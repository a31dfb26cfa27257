"""CustomerScore (客户得分): what a customer's answers come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from qms_service.satisfaction.counting import LeftOut, Voice, mean, who
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.questionnaire import Dimension, Questionnaire, Respondents

Points = Mapping[str, Fraction]


@attrs.frozen(kw_only=True)
class CustomerScore:
    """What the answers of one customer come to, in points of 100.

    Args:
        customer: The customer.
        total: The total, exact; None where no answer of the customer counts, which is never 0.
        items: The points of each item that was answered.
        dimensions: The points of each dimension with an item that was answered.
        rule: Who speaks for a customer with several respondents.
        voices: Those who do.
        left_out: The customer's answers that are in no figure, each with its reason.
    """

    customer: str
    total: Fraction | None
    items: FrozenMap[str, Fraction]
    dimensions: FrozenMap[str, Fraction]
    rule: Respondents
    voices: tuple[Voice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def derivation(self) -> tuple[Line, ...]:
        """How the total came about, line by line."""
        return tuple(_derivation(self.voices, self.left_out, self.rule))

    @property
    def comments(self) -> tuple[str, ...]:
        """What was written beside the answers, in those that are left out too."""
        totals = (
            *(one for voice in self.voices for one in voice.totals),
            *(one.total for one in self.left_out),
        )
        return tuple(one.response.comment for one in totals if one.response.comment)


def customer_score(
    customer: str, voices: Sequence[Voice], left_out: Sequence[LeftOut], questionnaire: Questionnaire
) -> CustomerScore:
    """The score of a customer, of those who speak for it.

    Where nobody does, the items of answers that are too few for a total stand alone: they are in no figure of the
    survey, and still say what the customer is dissatisfied with.
    """
    few = [(one.total,) for one in left_out if one.reason == "too-little-answered"]
    heard = [voice.totals for voice in voices] or few
    return CustomerScore(
        customer=customer,
        total=mean([one.points for one in voices]) if voices else None,
        items=_means([[one.items for one in totals] for totals in heard], questionnaire.items),
        dimensions=_means([[one.dimensions for one in totals] for totals in heard], questionnaire.dimensions),
        rule=questionnaire.respondents,
        voices=tuple(voices),
        left_out=tuple(left_out),
    )


def _means(
    heard: Sequence[Sequence[Points]], names: Sequence[Item] | Sequence[Dimension]
) -> FrozenMap[str, Fraction]:
    """The mean of each name over those who gave points for it: of each voice, and of the voices."""
    means = dict[str, Fraction]()
    for name in (one.id for one in names):
        voices = [[points[name] for points in voice if name in points] for voice in heard]
        given = [mean(points) for points in voices if points]
        if given:
            means[name] = mean(given)
    return FrozenMap(means)


def _derivation(voices: Sequence[Voice], left_out: Sequence[LeftOut], rule: Respondents) -> Iterator[Line]:
    for voice in voices:
        for total in voice.totals:
            at = total.response.answered_at
            yield Line("response" if at else "response.undated", {"who": who(total.response), "at": at})
            yield from total.derivation
        if len(voice.totals) > 1:
            yield _mean_line(
                "undated",
                [figure(one.points) for one in voice.totals if one.points is not None],
                voice.points,
            )
    if len(voices) > 1:
        points = [one.points for one in voices]
        yield _mean_line(f"respondents.{rule}", [figure(one) for one in points], mean(points))
    for one in left_out:
        yield Line("left-out", {"said": one.said})


def _mean_line(code: str, terms: Sequence[str], value: Fraction) -> Line:
    return Line(code, {"terms": " + ".join(terms), "n": len(terms), "value": figure(value)})
