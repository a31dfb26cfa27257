"""The tables of surveys, indicators and duties (调查、指标与周期性工作) with their keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from qms_service.deadlines.duties.duty import CountedFrom, Of, Shift
from qms_service.deadlines.duties.fulfilled_by import CountsFor
from qms_service.rulebooks.form import Form, Key, Takes
from qms_service.rulebooks.keys import CLAUSE, LABEL, NEEDED, TEXT, TEXTS, choice, tables
from qms_service.satisfaction.follow_ups import When
from qms_service.satisfaction.indicators import INFORMATION, Better, Missing, Side
from qms_service.satisfaction.questionnaire import Counted, Duplicates, Respondents
from qms_service.satisfaction.scale import Polarity, Transform
from qms_service.satisfaction.targets.bound import SENSES

_AMOUNT: Final = Key(takes=Takes.AMOUNT)
_NUMBER: Final = Key(takes=Takes.NUMBER)
_LIMIT: Final = Key(takes=Takes.NUMBER, needed=True)
_BOUNDS: Final[Mapping[str, Key]] = dict.fromkeys(SENSES, _AMOUNT)

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
    keys={"clause": CLAUSE, "scale": NEEDED, "dimension": TEXT, "weight": _NUMBER},
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
FOLLOW_UP: Final = Form(
    name="follow-up",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "when": choice(*get_args(When), needed=True),
        "value": _AMOUNT,
        "of": TEXT,
        "item": TEXT,
        "opens": TEXT,
    },
)
PART: Final = Form(
    name="part",
    keys={
        "indicator": NEEDED,
        "weight": Key(takes=Takes.NUMBER, needed=True),
        "side": choice(*get_args(Side), needed=True),
        "scale": TEXT,
    },
)
BLEND: Final = Form(
    name="blend",
    keys={
        "clause": CLAUSE,
        "perception": Key(takes=Takes.NUMBER, needed=True),
        "missing": choice(*get_args(Missing), needed=True),
        "parts": Key(takes=Takes.TABLES, form=PART, needed=True),
    },
)
SURVEY: Final = Form(
    name="survey",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "full_marks": _NUMBER,
        "respondents": choice(*get_args(Respondents)),
        "duplicates": choice(*get_args(Duplicates)),
        "late": choice(*get_args(Counted)),
        "unasked": choice(*get_args(Counted)),
        "answered_at_least": _NUMBER,
        "base": Key(takes=Takes.WHOLE),
        "scales": tables("scales", SCALE),
        "dimensions": tables("dimensions", DIMENSION),
        "items": tables("items", ITEM),
        "targets": tables("targets", TARGET),
        "follow_ups": tables("follow_ups", FOLLOW_UP),
        "blend": Key(takes=Takes.TABLE, form=BLEND),
    },
)
INDICATOR: Final = Form(
    name="indicator",
    named=True,
    keys={
        "clause": CLAUSE,
        "kind": choice(*INFORMATION),
        "better": choice(*get_args(Better)),
        "unit": TEXT,
        "source": TEXT,
    },
)

AGE: Final = Form(name="age", keys={"every": NEEDED, "up_to": TEXT})
FULFILLED: Final = Form(
    name="fulfilled",
    keys={
        "kind": NEEDED,
        "event": NEEDED,
        "where": Key(takes=Takes.VALUES),
        "period": TEXT,
        "counts_for": choice(*get_args(CountsFor)),
    },
)
DUTY: Final = Form(
    name="duty",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "by": TEXT,
        "every": TEXT,
        "ages": Key(takes=Takes.TABLES, form=AGE),
        "due": TEXT,
        "of": choice(*get_args(Of)),
        "shift": choice(*get_args(Shift)),
        "counted_from": choice(*get_args(CountedFrom)),
        "times": Key(takes=Takes.COUNT),
        "starts_on": Key(takes=Takes.DAY),
        "ends_on": Key(takes=Takes.DAY),
        "per": TEXT,
        "fulfilled_by": Key(takes=Takes.TABLE, form=FULFILLED),
    },
)
