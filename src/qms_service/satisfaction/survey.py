"""Survey (满意度调查): one questionnaire, sent once to certain customers, with what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

import attrs
from pendulum import DateTime

from qms_service.errors import ScoreError, SurveyError, misspelt
from qms_service.instants import instant, is_missing
from qms_service.labels import Label, as_label
from qms_service.satisfaction.answer import NotApplicable
from qms_service.satisfaction.fault import SurveyFault
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.given import a_day, all_of, amount_or_none, frozen, is_a, named
from qms_service.satisfaction.number import Number
from qms_service.satisfaction.questionnaire import Questionnaire
from qms_service.satisfaction.response import Response

SEGMENT: Final = "segment"


def _segments(given: Mapping[str, str]) -> FrozenMap[str, str]:
    known = {division: one for division, one in frozen(given, "segments").items() if not is_missing(one)}
    for name in (*known, *known.values()):
        if not isinstance(name, str):
            raise ScoreError("score-name", field="segments", got=repr(name))
    return FrozenMap(known)


def _revenue(given: Number | None) -> Fraction | None:
    return amount_or_none(given, "revenue")


@attrs.frozen
class Asked:
    """A customer to whom a questionnaire was sent (被调查客户).

    Args:
        customer: Its id or name.
        segment: The segment it belongs to, where there is one division only: short for `{"segment": …}`.
        segments: The segment it belongs to in each division: `{"region": "east", "size": "key"}`; None where it is
            not known.
        revenue: Its share in the business, an exact number in the unit of all others; None where it is not known.

    Raises:
        ScoreError: A part of it cannot be; the text says what is allowed.

    >>> Asked("ACME", segment="key").segments["segment"]
    'key'
    """

    customer: str = attrs.field(validator=named)
    segment: str | None = attrs.field(default=None, validator=attrs.validators.optional(named))
    segments: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=_segments, kw_only=True)
    revenue: Fraction | None = attrs.field(default=None, converter=_revenue, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.segment is not None:
            segments = FrozenMap({SEGMENT: self.segment, **self.segments})
            object.__setattr__(self, "segments", segments)


def _asked(given: Iterable[Asked | str] | None) -> tuple[Asked, ...] | None:
    return None if given is None else all_of(Asked, given, "asked", by_name=True)


def _responses(given: Iterable[Response]) -> tuple[Response, ...]:
    return all_of(Response, given, "responses")


@attrs.frozen
class Survey:
    """One questionnaire, sent once to certain customers, with what came back; surveys are never pooled.

    Args:
        id: Its name, such as `"2026"`.
        questionnaire: What was asked.
        asked: The customers to whom it was sent, by name or as `Asked`; None where nobody wrote them down.
        responses: What came back, in any order.
        closes_at: When answers become late: one at this instant is in time.
        held_on: The day that the survey is dated; None where it has no date of its own.
        label: Its title.

    Raises:
        SurveyError: A customer was asked twice, an answer names an item that is not there or lies outside its
            scale, a total exceeds the full marks; all of it in `problems`.

    Clause:
        pcb-maker 4.5.4: the result of each survey stands for itself.

    >>> survey = Survey("2026", Questionnaire("customer"), asked=["ACME", "BOLT"], responses=[Response("ACME", total=90)])
    >>> [one.customer for one in survey.asked]
    ['ACME', 'BOLT']
    """

    id: str = attrs.field(validator=named)
    questionnaire: Questionnaire = attrs.field(validator=is_a(Questionnaire))
    asked: tuple[Asked, ...] | None = attrs.field(default=None, converter=_asked, kw_only=True)
    responses: tuple[Response, ...] = attrs.field(default=(), converter=_responses, kw_only=True)
    closes_at: DateTime | None = attrs.field(
        default=None, converter=attrs.converters.optional(instant), kw_only=True
    )
    held_on: date | None = attrs.field(default=None, validator=attrs.validators.optional(a_day), kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, kw_only=True)
    names: frozenset[str] = attrs.field(init=False, eq=False, repr=False)

    @names.default
    def _of_those_asked(self) -> frozenset[str]:
        return frozenset(one.customer for one in self.asked or ())

    def __attrs_post_init__(self) -> None:
        faults = (*self._asked_twice(), *self._unfit())
        if faults:
            raise SurveyError("survey-unfit", got=self.id, count=len(faults), problems=faults)

    def _asked_twice(self) -> Iterable[SurveyFault]:
        for customer, count in Counter(one.customer for one in self.asked or ()).items():
            if count > 1:
                yield SurveyFault("twice", {"got": customer, "count": count}, path="asked")

    def _unfit(self) -> Iterable[SurveyFault]:
        for place, response in enumerate(self.responses):
            yield from response_faults(response, self.questionnaire, f"responses[{place}]")


def response_faults(response: Response, questionnaire: Questionnaire, path: str) -> Iterable[SurveyFault]:
    """What of a response does not fit its questionnaire."""
    if response.total is not None and response.total > questionnaire.full_marks:
        operands: dict[str, object] = {"got": response.total, "allowed": questionnaire.full_marks}
        yield SurveyFault("total", operands, path=f"{path}.total")
    for id_, value in response.answers.items():
        item = questionnaire.item(id_)
        if item is None:
            code, operands = misspelt("item", id_, (one.id for one in questionnaire.items))
            yield SurveyFault(code, operands, path=f"{path}.answers")
        elif not isinstance(value, NotApplicable) and not item.scale.low <= value <= item.scale.high:
            operands = {"got": figure(value), "scale": str(item.scale), "customer": response.customer}
            yield SurveyFault("off-scale", operands, path=f"{path}.answers.{id_}")
