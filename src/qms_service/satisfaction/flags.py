"""Flags (数据质量提示): what in the answers of a survey should be looked at before anybody acts on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, Literal

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.satisfaction.counting import in_order, is_late, is_unasked
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.response import Response
from qms_service.satisfaction.survey import Survey
from qms_service.texts import Catalogue, render

FlagCode = Literal["straight-lining", "duplicate", "late", "not-asked", "undated"]
STRAIGHT_FROM: Final = 4  # below that the same answer to all is no rarity
_BY_DATE: Final = ("latest", "first")


@attrs.frozen(kw_only=True)
class Flag:
    """Something in the answers that should be looked at. It drops nothing: what counts, the questionnaire declares.

    Args:
        code: `"straight-lining"`: the same answer to all of four items or more; `"duplicate"`: several answers of
            one respondent; `"late"`: after the closing; `"not-asked"`: of a customer who was not asked;
            `"undated"`: without the date on which something depends.
        customer: Whose answer it is.
        respondent: Who answered.
        facts: The values that its text names, such as what the questionnaire does with it: `rule`.
    """

    code: FlagCode
    customer: str
    respondent: str | None = None
    facts: Facts = attrs.field(default=NO_FACTS, converter=as_facts)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The flag in the reader's language."""
        said = render(f"flag.{self.code}", {"who": self.who, **self.facts}, lang, catalogues)
        rule = self.facts.get("rule")
        return said if rule is None else said + render(f"flag.{self.code}.{rule}", {}, lang, catalogues)

    @property
    def who(self) -> str:
        """The customer, with the respondent where that is known."""
        return f"{self.customer} ({self.respondent})" if self.respondent else self.customer

    def __str__(self) -> str:
        return self.text()


def flags_of(survey: Survey) -> tuple[Flag, ...]:
    """Everything in the answers of a survey that should be looked at, by customer."""
    return tuple(_flags(survey))


def _flags(survey: Survey) -> Iterator[Flag]:
    rules = survey.questionnaire
    respondents = Counter(map(_respondent, survey.responses))
    customers = Counter(customer for customer, _ in respondents)
    twice = set[tuple[str, str | None]]()
    for one in in_order(survey.responses):
        key = _respondent(one)
        if is_unasked(survey, one):
            yield _flag("not-asked", one, rule=rules.unasked)
        if respondents[key] > 1 and key not in twice:
            twice.add(key)
            yield _flag("duplicate", one, rule=rules.duplicates, count=respondents[key])
        if is_late(survey, one):
            yield _flag("late", one, rule=rules.late, at=one.answered_at, closes_at=survey.closes_at)
        chosen = (respondents[key] > 1 and rules.duplicates != "all") or (
            customers[one.customer] > 1 and rules.respondents in _BY_DATE
        )
        if one.answered_at is None and (survey.closes_at is not None or chosen):
            yield _flag("undated", one)
        yield from _straight(one)


def _straight(response: Response) -> Iterator[Flag]:
    """Flags the same answer to every item; items that do not apply are no answers."""
    given = [one for one in response.answers.values() if isinstance(one, Fraction)]
    if len(given) >= STRAIGHT_FROM and len(set(given)) == 1:
        yield _flag("straight-lining", response, answer=figure(given[0]), count=len(given))


def _respondent(response: Response) -> tuple[str, str | None]:
    return response.customer, response.respondent


def _flag(code: FlagCode, response: Response, **facts: object) -> Flag:
    return Flag(code=code, customer=response.customer, respondent=response.respondent, facts=facts)
