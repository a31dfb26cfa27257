"""Counting (计入): which responses of a survey count, and who speaks for a customer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import attrs

from qms_service.instants import Micros, micros
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.number import summed
from qms_service.satisfaction.questionnaire import Duplicates, Respondents
from qms_service.satisfaction.response import Response
from qms_service.satisfaction.survey import Survey
from qms_service.satisfaction.total import Total, Unscored, total_of
from qms_service.texts import Catalogue, Said, render

Reason = Literal["late", "not-asked", "duplicate", "another-respondent"] | Unscored


@attrs.frozen
class LeftOut:
    """A response that is in no figure (未计入的回复), and why: it is listed, and never counted as 0.

    Args:
        total: The response and what it comes to; without points where it has no total.
        reason: `"late"`, `"not-asked"`, `"duplicate"`, `"another-respondent"`, `"nothing-answered"`,
            `"nothing-applicable"` or `"too-little-answered"`.
    """

    total: Total
    reason: Reason

    @property
    def response(self) -> Response:
        """The response."""
        return self.total.response

    @property
    def said(self) -> Said:
        """The reason as a text that another text can name."""
        answered = self.total.answered
        operands = {"who": who(self.response), "percent": figure(100 * answered) if answered else "0"}
        return Said(f"left-out.{self.reason}", operands)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The reason in the reader's language, with the customer."""
        return render(self.said.code, self.said.operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


def who(response: Response) -> str:
    """The customer of a response, with its respondent where that is known."""
    return f"{response.customer} ({response.respondent})" if response.respondent else response.customer


@attrs.frozen
class Voice:
    """What one respondent says for a customer (发言人): one response, or several that no date tells apart.

    Args:
        totals: What the responses come to.
    """

    totals: tuple[Total, ...]

    @property
    def points(self) -> Fraction:
        """The total, exact, in points of 100: the mean where there are several."""
        return mean([one.points for one in self.totals if one.points is not None])

    @property
    def at(self) -> Micros | None:
        """When it was answered, in microseconds; None where nobody wrote it down."""
        return _at(self.totals[0].response)


@attrs.frozen
class Counted:
    """The responses of a survey, told apart.

    Args:
        voices: Those that speak for each customer, in an order that does not depend on how they came.
        left_out: All other responses, each with its reason.
    """

    voices: Mapping[str, tuple[Voice, ...]]
    left_out: tuple[LeftOut, ...]


def counted(survey: Survey) -> Counted:
    """Which responses count, by what the questionnaire declares.

    In turn leave: late answers and those of customers who were not asked, where they do not count; what has no
    total; all but one answer of the same respondent; all respondents who do not speak for their customer. So
    nothing that left stands in the way of another answer.
    """
    rules = survey.questionnaire
    totals = [total_of(one, rules) for one in in_order(survey.responses)]
    reasons = [_outside(survey, one) for one in totals]
    left_out = [LeftOut(one, reason) for one, reason in zip(totals, reasons, strict=True) if reason]
    inside = [one for one, reason in zip(totals, reasons, strict=True) if not reason]
    voices = dict[str, list[Voice]]()
    for (customer, _), same in _grouped(inside).items():
        voice, leave = _once(same, rules.duplicates)
        voices.setdefault(customer, []).extend(voice)
        left_out += [LeftOut(one, "duplicate") for one in leave]
    speaking = dict[str, tuple[Voice, ...]]()
    for customer, heard in voices.items():
        speaking[customer] = _speaking(heard, rules.respondents)
        silent = [one for one in heard if one not in speaking[customer]]
        left_out += [LeftOut(total, "another-respondent") for one in silent for total in one.totals]
    return Counted(speaking, tuple(sorted(left_out, key=lambda one: order(one.response))))


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean, exact."""
    return summed(values) / len(values) if len(values) > 1 else values[0]


def _grouped(totals: Iterable[Total]) -> dict[tuple[str, str | None], list[Total]]:
    """The totals of each respondent of each customer."""
    groups = dict[tuple[str, str | None], list[Total]]()
    for one in totals:
        groups.setdefault((one.response.customer, one.response.respondent), []).append(one)
    return groups


def in_order(responses: Iterable[Response]) -> list[Response]:
    """Responses in an order of their own, whatever order they came in."""
    return sorted(responses, key=order)


def order(response: Response) -> tuple[object, ...]:
    """Where a response stands: by customer, respondent, instant, and what it says."""
    said = tuple(sorted((item, str(answer)) for item, answer in response.answers.items()))
    return (
        response.customer,
        response.respondent or "",
        _at(response) or 0,
        said,
        str(response.total),
        response.comment or "",
    )


def is_late(survey: Survey, response: Response) -> bool:
    """Whether a response came after the closing; an undated one is not known to have."""
    at = _at(response)
    return survey.closes_at is not None and at is not None and at > micros(survey.closes_at)


def is_unasked(survey: Survey, response: Response) -> bool:
    """Whether a response is of a customer who is not among those asked; where these are not known it is not."""
    return survey.asked is not None and response.customer not in survey.names


def _outside(survey: Survey, total: Total) -> Reason | None:
    rules = survey.questionnaire
    if rules.unasked == "leave out" and is_unasked(survey, total.response):
        return "not-asked"
    if rules.late == "leave out" and is_late(survey, total.response):
        return "late"
    return total.reason


def _once(same: Sequence[Total], how: Duplicates) -> tuple[list[Voice], list[Total]]:
    """The answers of one respondent: what counts, and what leaves. A dated answer goes before an undated one."""
    if how == "all":
        return [Voice((one,)) for one in same], []
    places = _by_date([_at(one.response) for one in same], how)
    count = tuple(one for place, one in enumerate(same) if place in places)
    return [Voice(count)], [one for place, one in enumerate(same) if place not in places]


def _speaking(voices: Sequence[Voice], how: Respondents) -> tuple[Voice, ...]:
    """Those who speak for their customer; several where they are equal in what decides."""
    if how == "mean":
        return tuple(voices)
    if how == "lowest":
        worst = min(one.points for one in voices)
        return tuple(one for one in voices if one.points == worst)
    places = _by_date([one.at for one in voices], how)
    return tuple(one for place, one in enumerate(voices) if place in places)


def _by_date(moments: Sequence[Micros | None], how: Literal["latest", "first"]) -> frozenset[int]:
    """The places of the latest, or of the first; all of them where none has a date."""
    dated = {place: at for place, at in enumerate(moments) if at is not None}
    if not dated:
        return frozenset(range(len(moments)))
    edge = max(dated.values()) if how == "latest" else min(dated.values())
    return frozenset(place for place, at in dated.items() if at == edge)


def _at(response: Response) -> Micros | None:
    return None if response.answered_at is None else micros(response.answered_at)
