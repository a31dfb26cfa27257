"""Reads the cases of a case file that ask about a survey or a duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qms_service.authoring.cases.clause_case import DutyCase, SurveyCase
from qms_service.authoring.cases.read_events import read_history, read_moment
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Section
from qms_service.satisfaction import NOT_APPLICABLE, Complained, Questionnaire, Response, Survey
from qms_service.satisfaction.answer import NotApplicable
from qms_service.satisfaction.number import Number

Said = Mapping[str, Any]


def read_survey_case(section: Section, rules: Rules, said: Said) -> SurveyCase | None:
    """A case that asks what a survey comes to; None where it has a mistake, which was noted."""
    name = section.name("survey", "survey", rules.surveys, needed=True)
    asked = section.texts("asked") if "asked" in section.raw else None
    complaints = tuple(Complained(one, "?") for one in section.texts("complaints"))
    on = section.day("on")
    if name is None:
        return None
    questionnaire = rules.surveys[name].questionnaire
    survey = _survey(section, "responses", questionnaire, asked)
    before = _survey(section, "before", questionnaire) if "before" in section.raw else None
    if survey is None:
        return None
    beside: dict[str, Any] = {"survey": survey, "before": before, "complaints": complaints, "on": on}
    return SurveyCase(name=name, **beside, **said)


def _survey(
    section: Section, key: str, questionnaire: Questionnaire, asked: tuple[str, ...] | None = None
) -> Survey | None:
    read = [_response(one, questionnaire) for one in section.listed(key)]
    if None in read:
        return None
    told: dict[str, Any] = {"asked": asked, "responses": tuple(read)}
    return section.problems.reading(section.at(key), Survey, questionnaire.id, questionnaire, **told)


def _response(section: Section, questionnaire: Questionnaire) -> Response | None:
    customer, total = section.text("customer", needed=True), section.number("total")
    respondent, answers = section.text("respondent"), _answers(section.inner("answers"), questionnaire)
    section.finish()
    if customer is None:
        return None
    told: dict[str, Any] = {"respondent": respondent, "total": total}
    return section.problems.reading(section.path, Response, customer, answers, **told)


def _answers(section: Section, questionnaire: Questionnaire) -> dict[str, Number | NotApplicable]:
    """The answers by item: a number, or what a cell has where the item does not apply."""
    found: dict[str, Number | NotApplicable] = {}
    for id_, given in section.raw.items():
        item = questionnaire.item(id_)
        if isinstance(given, str) and item is not None and given in item.not_applicable:
            found[id_] = NOT_APPLICABLE
        elif (value := section.number(id_)) is not None:
            found[id_] = value
    return found


def read_duty_case(section: Section, rules: Rules, said: Said) -> DutyCase | None:
    """A case that asks when a duty is due, and how it stands; None where it has a mistake, which was noted."""
    name = section.name("duty", "duty", rules.duties, needed=True)
    start, end = (section.day(key, needed=True) for key in ("start", "end"))
    now, objects = read_moment(section, "now", rules), section.texts("objects")
    given = section.take("given", list)
    if name is None or start is None or end is None:
        return None
    shown = rules.duties[name].fulfilled_by
    kind = rules.kinds.get(shown.kind or "") if shown else None
    if given and kind is None:
        section.problems.note("cases-duty-unshown", section.at("given"), got=name)
        return None
    events = read_history(given or [], section.at("given"), kind, rules, section.problems) if kind else []
    told: dict[str, Any] = {
        "start": start,
        "end": end,
        "now": now,
        "objects": objects,
        "events": tuple(events),
    }
    return DutyCase(name=name, **told, **said)
