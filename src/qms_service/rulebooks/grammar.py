"""Grammar (语法): every table of the rulebook language with its keys; `writing-a-rulebook.md` in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from qms_service.deadlines.clock import AGREEMENTS, REOPENINGS
from qms_service.events import SYSTEM_EVENTS
from qms_service.numbering.period import Reset
from qms_service.numbering.series_check import OVERFLOWS
from qms_service.rulebooks.form import Form, Key, Takes
from qms_service.rulebooks.keys import (
    CLAUSE,
    CONDITION,
    FLAG,
    LABEL,
    NEEDED,
    SELECTORS,
    TERM,
    TEXT,
    TEXTS,
    choice,
    tables,
)
from qms_service.rulebooks.rule_paths import HEADER
from qms_service.rulebooks.section_grammar import DUTY, INDICATOR, SURVEY
from qms_service.rulebooks.system import RESERVED

HITS: Final = ("unique", "first")
STATUSES: Final = ("rule", "no-rule", "lost")

DEPARTMENT: Final = Form(name="department", named=True, keys={"aliases": TEXTS, "deputies": TEXTS})
ROLE: Final = Form(name="role", named=True, keys={"clause": CLAUSE, "deputies": TEXTS})
PARAM: Final = Form(
    name="param", keys={"value": Key(takes=Takes.FIGURE, needed=True), "clause": CLAUSE, "note": TEXT}
)
SERIES: Final = Form(
    name="series",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "pattern": Key(takes=Takes.PATTERN, needed=True),
        "reset": choice(*get_args(Reset)),
        "accepts": TEXTS,
        "overflow": choice(*OVERFLOWS),
        "fiscal_year_start": Key(takes=Takes.MONTH),
        "timezone": TEXT,
    },
)
LISTED_CLAUSE: Final = Form(
    name="listed-clause",
    named=True,
    keys={
        "status": choice(*STATUSES, needed=True),
        "because": Key(takes=Takes.REMARK, needed_with=("status", "no-rule")),
    },
)

FACT: Final = Form(
    name="fact",
    named=True,
    short=True,
    keys={"type": Key(takes=Takes.FACT_TYPE, needed=True), "optional": FLAG, "undetermined": FLAG},
)

SELECTOR: Final = Form(
    name="selector",
    keys={"event": NEEDED, "where": Key(takes=Takes.VALUES), "after": TEXT, "keeps": FLAG},
)
ALL: Final = Form(name="all", keys={"all": Key(takes=Takes.NEED_LIST, needed=True)})
ANY: Final = Form(name="any", keys={"any": Key(takes=Takes.NEED_LIST, needed=True)})
EACH: Final = Form(
    name="each",
    keys={"each": Key(takes=Takes.EACH, needed=True), "every": FLAG, "match": TEXT, "if_known": FLAG},
).having(SELECTOR)
EACH_OF_ANY: Final = Form(
    name="each-of-any",
    keys={**{key: EACH.keys[key] for key in ("each", "every", "match", "if_known")}, **ANY.keys},
)
COUNTED: Final = Form(
    name="counted", keys={"count": Key(takes=Takes.COUNT, needed=True), "distinct": TEXT}
).having(SELECTOR)
BALANCED: Final = Form(name="balanced", keys={"balance": NEEDED, "if_known": FLAG})
# The forms of a condition by the keys that tell them, in the order in which they are looked for.
NEEDS: Final[Mapping[tuple[str, ...], Form]] = {
    ("each", "any"): EACH_OF_ANY,
    ("all",): ALL,
    ("any",): ANY,
    ("each",): EACH,
    ("event", "count"): COUNTED,
    ("event",): SELECTOR,
    ("balance",): BALANCED,
}
NEED_WORDS: Final = ("event", "all", "any", "each", "balance", "settled")
GATE: Final = Form(
    name="gate",
    keys={
        "settled": TEXTS,
        "when": CONDITION,
        "clause": CLAUSE,
        "id": TEXT,
        "if_known": FLAG,
        "absolute": FLAG,
        "waivable": FLAG,
    },
)
GATES: Final[Mapping[tuple[str, ...], Form]] = {
    **{told: form.having(GATE) for told, form in NEEDS.items()},
    ("settled",): GATE,
}

STEP: Final = Form(
    name="step",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "form": LABEL,
        "by": TEXT,
        "accountable": TEXT,
        "consulted": TEXTS,
        "informed": TEXTS,
        "role": TEXT,
        "not_by": TEXTS,
        "when": CONDITION,
        "needs": Key(takes=Takes.GATE_LIST),
        "settled": TEXTS,
        "facts": tables("facts", FACT, reserved=RESERVED, plain=True),
        "optional": FLAG,
        "after_close": FLAG,
    },
)
PAUSE: Final = Form(
    name="pause",
    keys={"clause": CLAUSE, "label": LABEL, "from": SELECTORS, "to": SELECTORS, "at_most": TERM},
)

INPUT: Final = Form(
    name="input",
    short=True,
    keys={"type": Key(takes=Takes.COLUMN_TYPE), "from": Key(takes=Takes.FACT_PATHS)},
)
TABLE: Final = Form(
    name="table",
    keys={
        "inputs": tables("inputs", INPUT),
        "hit": choice(*HITS),
        "table": Key(takes=Takes.GRID, needed=True),
    },
)
CLOCK: Final = Form(
    name="clock",
    keys={
        "clause": CLAUSE,
        "label": LABEL,
        "from": SELECTORS,
        "to": SELECTORS,
        "within": Key(takes=Takes.WITHIN, needed=True, form=TABLE),
        "when": CONDITION,
        "warn": TERM,
        "paused_by": TEXTS,
        "on_reopen": choice(*REOPENINGS),
        "keeps": FLAG,
        "agreed": choice(*AGREEMENTS),
    },
)
_COUNTED: Final = {"per": TEXT, "keeps": FLAG, "label": LABEL}
# The forms of a quantity by the keys that tell them.
QUANTITIES: Final[Mapping[tuple[str, ...], Form]] = {
    ("last",): Form(name="last", keys={"last": Key(takes=Takes.COUNTED_FACTS), **_COUNTED}),
    ("sum",): Form(name="sum", keys={"sum": Key(takes=Takes.COUNTED_FACTS), **_COUNTED}),
    ("of",): Form(name="of", keys={"of": TEXT, "per": TEXT, "label": LABEL}),
}
QUANTITY: Final = Form(name="quantity").having(*QUANTITIES.values())
BALANCE: Final = Form(
    name="balance",
    keys={"clause": CLAUSE, "label": LABEL, "rule": NEEDED, "at": TEXTS, "per": TEXT},
)
ROUTE: Final = Form(name="route", keys={"steps": TEXTS, "unknown": Key(takes=Takes.ASSUMED)}).having(TABLE)
KIND: Final = Form(
    name="kind",
    keys={
        "label": LABEL,
        "opening": TEXT,
        "late_entry": TERM,
        "subject": tables("subject", FACT, plain=True),
        "events": tables("events", STEP, reserved=SYSTEM_EVENTS, plain=True, needed=True),
        "pauses": tables("pauses", PAUSE),
        "clocks": tables("clocks", CLOCK),
        "routes": tables("routes", ROUTE),
        "quantities": tables("quantities", QUANTITY),
        "balances": tables("balances", BALANCE),
    },
)
RULEBOOK: Final = Form(
    name="rulebook",
    keys={
        "id": NEEDED,
        "edition": NEEDED,
        "effective_from": Key(takes=Takes.DATE),
        "title": LABEL,
        "source": TEXT,
        "timezone": NEEDED,
        "calendar": TEXT,
        "departments": tables("departments", DEPARTMENT),
        "roles": tables("roles", ROLE),
        "params": tables("params", PARAM),
        "numbers": tables("numbers", SERIES),
        "surveys": tables("surveys", SURVEY, plain=True),
        "indicators": tables("indicators", INDICATOR),
        "duties": tables("duties", DUTY),
        "clauses": tables("clauses", LISTED_CLAUSE),
    },
    members=KIND,
)
EXTENDS: Final = Form(
    name="extends",
    keys={"rulebook": NEEDED, "edition": NEEDED, "digest": Key(takes=Takes.DIGEST)},
)
EXTENDING: Final = Form(
    name="extending",
    keys={
        **{key: RULEBOOK.keys[key] for key in HEADER},
        "timezone": TEXT,
        "extends": Key(takes=Takes.TABLE, form=EXTENDS, needed=True),
    },
)


def form_of(given: Mapping[str, object], forms: Mapping[tuple[str, ...], Form]) -> Form:
    """The form that a condition has by its keys; where none tells it, one with the keys of all."""
    for told, form in forms.items():
        if all(key in given for key in told):
            return form
    return any_of(forms)


def any_of(forms: Mapping[tuple[str, ...], Form]) -> Form:
    """One form with the keys of all."""
    first, *others = forms.values()
    return first.having(*others)
