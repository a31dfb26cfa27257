"""Grammar (语法): every table of the rulebook language with its keys; `writing-a-rulebook.md` in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from qms_service.deadlines.clock import AGREEMENTS, REOPENINGS
from qms_service.events import SYSTEM_EVENTS
from qms_service.numbering.period import Reset
from qms_service.numbering.series_check import OVERFLOWS
from qms_service.rulebooks.form import Form, Key, Takes
from qms_service.rulebooks.rule_paths import HEADER
from qms_service.rulebooks.system import RESERVED

HITS: Final = ("unique", "first")
STATUSES: Final = ("rule", "no-rule", "lost")

_TEXT: Final = Key(takes=Takes.TEXT)
_NEEDED: Final = Key(takes=Takes.TEXT, needed=True)
_TEXTS: Final = Key(takes=Takes.TEXTS)
_FLAG: Final = Key(takes=Takes.FLAG)
_CLAUSE: Final = Key(takes=Takes.CLAUSE)
_LABEL: Final = Key(takes=Takes.LABEL)
_TERM: Final = Key(takes=Takes.TERM)
_CONDITION: Final = Key(takes=Takes.CONDITION)
_SELECTORS: Final = Key(takes=Takes.SELECTORS, needed=True)


def _choice(*words: str, needed: bool = False) -> Key:
    return Key(takes=Takes.CHOICE, choices=words, needed=needed)


def _tables(
    name: str, members: Form, *, reserved: tuple[str, ...] = (), plain: bool = False, needed: bool = False
) -> Key:
    """A group of tables under names of the author's own."""
    form = Form(name=name, members=members, reserved=reserved, plain=plain)
    return Key(takes=Takes.TABLE, form=form, needed=needed)


DEPARTMENT: Final = Form(name="department", named=True, keys={"aliases": _TEXTS, "deputies": _TEXTS})
ROLE: Final = Form(name="role", named=True, keys={"clause": _CLAUSE, "deputies": _TEXTS})
PARAM: Final = Form(
    name="param", keys={"value": Key(takes=Takes.FIGURE, needed=True), "clause": _CLAUSE, "note": _TEXT}
)
SERIES: Final = Form(
    name="series",
    keys={
        "clause": _CLAUSE,
        "label": _LABEL,
        "pattern": Key(takes=Takes.PATTERN, needed=True),
        "reset": _choice(*get_args(Reset)),
        "accepts": _TEXTS,
        "overflow": _choice(*OVERFLOWS),
        "fiscal_year_start": Key(takes=Takes.MONTH),
        "timezone": _TEXT,
    },
)
LISTED_CLAUSE: Final = Form(
    name="listed-clause",
    named=True,
    keys={
        "status": _choice(*STATUSES, needed=True),
        "because": Key(takes=Takes.REMARK, needed_with=("status", "no-rule")),
    },
)

FACT: Final = Form(
    name="fact",
    named=True,
    short=True,
    keys={"type": Key(takes=Takes.FACT_TYPE, needed=True), "optional": _FLAG, "undetermined": _FLAG},
)

SELECTOR: Final = Form(
    name="selector",
    keys={"event": _NEEDED, "where": Key(takes=Takes.VALUES), "after": _TEXT, "keeps": _FLAG},
)
ALL: Final = Form(name="all", keys={"all": Key(takes=Takes.NEED_LIST, needed=True)})
ANY: Final = Form(name="any", keys={"any": Key(takes=Takes.NEED_LIST, needed=True)})
EACH: Final = Form(
    name="each",
    keys={"each": Key(takes=Takes.EACH, needed=True), "every": _FLAG, "match": _TEXT, "if_known": _FLAG},
).having(SELECTOR)
EACH_OF_ANY: Final = Form(
    name="each-of-any",
    keys={**{key: EACH.keys[key] for key in ("each", "every", "match", "if_known")}, **ANY.keys},
)
COUNTED: Final = Form(
    name="counted", keys={"count": Key(takes=Takes.COUNT, needed=True), "distinct": _TEXT}
).having(SELECTOR)
BALANCED: Final = Form(name="balanced", keys={"balance": _NEEDED, "if_known": _FLAG})
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
        "settled": _TEXTS,
        "when": _CONDITION,
        "clause": _CLAUSE,
        "id": _TEXT,
        "if_known": _FLAG,
        "absolute": _FLAG,
        "waivable": _FLAG,
    },
)
GATES: Final[Mapping[tuple[str, ...], Form]] = {
    **{told: form.having(GATE) for told, form in NEEDS.items()},
    ("settled",): GATE,
}

STEP: Final = Form(
    name="step",
    keys={
        "clause": _CLAUSE,
        "label": _LABEL,
        "form": _LABEL,
        "by": _TEXT,
        "accountable": _TEXT,
        "consulted": _TEXTS,
        "informed": _TEXTS,
        "role": _TEXT,
        "not_by": _TEXTS,
        "when": _CONDITION,
        "needs": Key(takes=Takes.GATE_LIST),
        "settled": _TEXTS,
        "facts": _tables("facts", FACT, reserved=RESERVED, plain=True),
        "optional": _FLAG,
        "after_close": _FLAG,
    },
)
PAUSE: Final = Form(
    name="pause",
    keys={"clause": _CLAUSE, "label": _LABEL, "from": _SELECTORS, "to": _SELECTORS, "at_most": _TERM},
)

INPUT: Final = Form(
    name="input",
    short=True,
    keys={"type": Key(takes=Takes.COLUMN_TYPE), "from": Key(takes=Takes.FACT_PATHS)},
)
TABLE: Final = Form(
    name="table",
    keys={
        "inputs": _tables("inputs", INPUT),
        "hit": _choice(*HITS),
        "table": Key(takes=Takes.GRID, needed=True),
    },
)
CLOCK: Final = Form(
    name="clock",
    keys={
        "clause": _CLAUSE,
        "label": _LABEL,
        "from": _SELECTORS,
        "to": _SELECTORS,
        "within": Key(takes=Takes.WITHIN, needed=True, form=TABLE),
        "when": _CONDITION,
        "warn": _TERM,
        "paused_by": _TEXTS,
        "on_reopen": _choice(*REOPENINGS),
        "keeps": _FLAG,
        "agreed": _choice(*AGREEMENTS),
    },
)
_COUNTED: Final = {"per": _TEXT, "keeps": _FLAG, "label": _LABEL}
# The forms of a quantity by the keys that tell them.
QUANTITIES: Final[Mapping[tuple[str, ...], Form]] = {
    ("last",): Form(name="last", keys={"last": Key(takes=Takes.COUNTED_FACTS), **_COUNTED}),
    ("sum",): Form(name="sum", keys={"sum": Key(takes=Takes.COUNTED_FACTS), **_COUNTED}),
    ("of",): Form(name="of", keys={"of": _TEXT, "per": _TEXT, "label": _LABEL}),
}
QUANTITY: Final = Form(name="quantity").having(*QUANTITIES.values())
BALANCE: Final = Form(
    name="balance",
    keys={"clause": _CLAUSE, "label": _LABEL, "rule": _NEEDED, "at": _TEXTS, "per": _TEXT},
)
ROUTE: Final = Form(name="route", keys={"steps": _TEXTS, "unknown": Key(takes=Takes.ASSUMED)}).having(TABLE)
KIND: Final = Form(
    name="kind",
    keys={
        "label": _LABEL,
        "opening": _TEXT,
        "late_entry": _TERM,
        "subject": _tables("subject", FACT, plain=True),
        "events": _tables("events", STEP, reserved=SYSTEM_EVENTS, plain=True, needed=True),
        "pauses": _tables("pauses", PAUSE),
        "clocks": _tables("clocks", CLOCK),
        "routes": _tables("routes", ROUTE),
        "quantities": _tables("quantities", QUANTITY),
        "balances": _tables("balances", BALANCE),
    },
)
RULEBOOK: Final = Form(
    name="rulebook",
    keys={
        "id": _NEEDED,
        "edition": _NEEDED,
        "effective_from": Key(takes=Takes.DATE),
        "title": _LABEL,
        "source": _TEXT,
        "timezone": _NEEDED,
        "calendar": _TEXT,
        "departments": _tables("departments", DEPARTMENT),
        "roles": _tables("roles", ROLE),
        "params": _tables("params", PARAM),
        "numbers": _tables("numbers", SERIES),
        "clauses": _tables("clauses", LISTED_CLAUSE),
    },
    members=KIND,
)
EXTENDS: Final = Form(
    name="extends",
    keys={"rulebook": _NEEDED, "edition": _NEEDED, "digest": Key(takes=Takes.DIGEST)},
)
EXTENDING: Final = Form(
    name="extending",
    keys={
        **{key: RULEBOOK.keys[key] for key in HEADER},
        "timezone": _TEXT,
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
