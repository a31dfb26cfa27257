"""The tables of surveys, indicators and duties (调查、指标与周期性工作) with their keys."""

from __future__ import annotations

from typing import Final, get_args

from qms_service.rulebooks.form import Form, Key, Takes
from qms_service.rulebooks.keys import CLAUSE, LABEL, NEEDED, TERM, TEXT, TEXTS, choice, tables
from qms_service.satisfaction import Polarity, Transform
from qms_service.satisfaction.questionnaire import Counted, Duplicates, Respondents
from qms_service.satisfaction.targets.bound import SENSES

_AMOUNT: Final = Key(takes=Takes.AMOUNT)
_LIMIT: Final = Key(takes=Takes.NUMBER, needed=True)
_BOUNDS: Final = dict.fromkeys(SENSES, _AMOUNT)

SCALE: Final = Form(
    name="scale",
    keys={
        "low": _LIMIT,
        "high": _LIMIT,
        "polarity": choice(*get_args(Polarity)),
        "transform": choice(*get_args(Transform)),
        "words": Key(takes=Takes.NUMBERS),
        "not_applicable": TEXTS,
        "missing": TEXTS,
    },
)
DIMENSION: Final = Form(name="dimension", named=True)
ITEM: Final = Form(
    name="item",
    named=True,
    keys={"clause": CLAUSE, "scale": NEEDED, "dimension": TEXT, "weight": _AMOUNT},
)
MILESTONE: Final = Form(name="milestone", keys={"within": NEEDED, **_BOUNDS, "clause": CLAUSE})
TARGET: Final = Form(
    name="target",
    keys={
        "clause": CLAUSE,
        "of": TEXT,
        **_BOUNDS,
        "milestones": Key(takes=Takes.TABLES, form=MILESTONE),
        "origin": Key(takes=Takes.ORIGIN),
    },
)
SURVEY: Final = Form(
    name="survey",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "full_marks": _AMOUNT,
        "respondents": choice(*get_args(Respondents)),
        "duplicates": choice(*get_args(Duplicates)),
        "late": choice(*get_args(Counted)),
        "unasked": choice(*get_args(Counted)),
        "answered_at_least": _AMOUNT,
        "base": _AMOUNT,
    },
)
