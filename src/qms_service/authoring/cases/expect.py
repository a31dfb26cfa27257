"""Reads the answer that a case expects: under which names, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, get_args

from qms_service.authoring.cases.answer import AMOUNTS, INSTANTS, LETTERS
from qms_service.authoring.cases.clause_case import Question
from qms_service.authoring.cases.moments import amount_of, moment_of
from qms_service.deadlines import DeadlineState
from qms_service.deadlines.duties import DutyState
from qms_service.facts import Facts
from qms_service.rulebooks import StepState
from qms_service.rulebooks.rules import Rules
from qms_service.rulebooks.section import Section

Reader = Callable[[Section, str, Rules], object]


def read_expect(section: Section, question: Question, rules: Rules) -> Facts:
    """The answer in a table; what it does not name is not compared, or stands for nothing.

    Args:
        section: The table.
        question: What the case asks.
        rules: The edition that it asks.
    """
    readers = _READERS[question]
    found = {key: read(section, key, rules) for key, read in readers.items()}
    if "state" in readers and "state" not in section.raw:
        section.take("state", str, needed=True)
    section.finish()
    return Facts({key: value for key, value in found.items() if key in section.raw})


def _texts(section: Section, key: str, _rules: Rules) -> object:
    return section.texts(key)


def _flag(section: Section, key: str, _rules: Rules) -> object:
    return section.take(key, bool)


def _moment(section: Section, key: str, rules: Rules) -> object:
    given = section.take(key, str, date)
    return None if given is None else section.problems.reading(section.at(key), moment_of, given, rules.zone)


def _amount(section: Section, key: str, _rules: Rules) -> object:
    given = section.text(key)
    return None if given is None else section.problems.reading(section.at(key), amount_of, given)


def _department(section: Section, key: str, rules: Rules) -> object:
    return rules.department(section.name(key, "department", (*rules.departments, *rules.spellings)))


def _departments(section: Section, key: str, rules: Rules) -> object:
    found = section.names(key, "department", (*rules.departments, *rules.spellings))
    return tuple(map(rules.department, found))


def _number(section: Section, key: str, _rules: Rules) -> object:
    return section.number(key)


def _days(section: Section, key: str, _rules: Rules) -> object:
    given = section.take(key, list) or []
    for index, day in enumerate(given):
        if not isinstance(day, date) or isinstance(day, datetime):
            section.problems.wrong(f"{section.at(key)}[{index}]", day, date)
    return tuple(given)


def _duty_states(section: Section, key: str, _rules: Rules) -> object:
    return section.names(key, "state", [one.value for one in DutyState])


def _clock_state(section: Section, key: str, _rules: Rules) -> object:
    return section.name(key, "state", [one.value for one in DeadlineState])


def _step_state(section: Section, key: str, _rules: Rules) -> object:
    return section.name(key, "state", get_args(StepState))


_READERS: Final[Mapping[Question, Mapping[str, Reader]]] = {
    "check": {"refused": _texts, "warned": _texts},
    "clock": {
        "state": _clock_state,
        **dict.fromkeys(INSTANTS, _moment),
        **dict.fromkeys(AMOUNTS, _amount),
    },
    "owner": {
        **dict.fromkeys(LETTERS, _department),
        **dict.fromkeys(("consulted", "informed"), _departments),
        "decided": _flag,
        "missing": _texts,
    },
    "step": {"state": _step_state},
    "survey": {
        "score": _number,
        **dict.fromkeys(("answered", "asked"), _number),
        **dict.fromkeys(("follow_ups", "targets"), _texts),
    },
    "duty": {"due": _days, "states": _duty_states},
}
