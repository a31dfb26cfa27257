"""Rulebooks with every key of the language, and how they are changed, written, loaded and put before the schema."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

import qms_service as qms
from qms_service.authoring.editor import rulebook_schema
from qms_service.rulebooks import Problem

Tree = dict[str, Any]
Place = tuple[str | int, ...]

WHOLE = """
id             = "whole"
edition        = "1"
effective_from = 2026-01-01
title          = { en = "Every key", zh = "全部的键", pt-BR = "Todas as chaves" }
source         = "made up"
timezone       = "Asia/Shanghai"
calendar       = "continuous"
[departments]
quality = { en = "Quality", zh = "品质部", aliases = ["QA"], deputies = ["sales"] }
sales   = { en = "Sales" }
[roles]
head   = { en = "Head", zh = "经理", clause = "3.1", deputies = ["deputy"] }
deputy = { en = "Deputy" }
[params]
judge_within = { value = "2 d", clause = "4.2", note = "counted from the notice" }
pieces       = { value = 3 }
signed       = { value = true }
goal         = { value = 92.5 }
often        = { value = "month" }
[numbers.repair]
clause            = "4.1"
label             = { en = "Repair" }
pattern           = "R-{FY}-{seq:04}"
reset             = "fiscal-year"
accepts           = ["R/{FY}/{seq:04}"]
overflow          = "error"
fiscal_year_start = 4
timezone          = "Asia/Shanghai"
[clauses]
"4.1" = { status = "rule", en = "Report" }
"4.9" = { status = "no-rule", because = { en = "a hope", zh = "愿望" }, en = "Hope" }
"5"   = { status = "no-rule", because = "the scope" }
"7"   = { status = "lost" }
[surveys.yearly]
clause            = "4.5"
label             = { en = "Survey" }
full_marks        = 100
respondents       = "lowest"
duplicates        = "all"
late              = "leave out"
unasked           = "count"
answered_at_least = 0.5
base              = 3
[surveys.yearly.scales.five]
low            = 1
high           = 5.0
polarity       = "positive"
transform      = "of_max"
words          = { "very good" = 5 }
not_applicable = ["N/A"]
missing        = ["", "-99"]
[surveys.yearly.dimensions]
work = { en = "Work", zh = "工作" }
[surveys.yearly.items.speed]
clause    = "4.5"
scale     = "five"
dimension = "work"
weight    = 20
en        = "Speed"
[surveys.yearly.targets.steady]
clause   = "4.5"
of       = "work"
at_least = "$goal"
[surveys.yearly.targets.more]
more_than = 80
[surveys.yearly.targets.less]
of      = "response-rate"
at_most = 99
[surveys.yearly.targets.under]
below = 99.5
[surveys.yearly.targets.growing]
origin     = 2026-01-01
milestones = [{ within = "1 year", at_least = 80, clause = "4.5" }, { within = "18 months", more_than = 85 }]
[surveys.yearly.follow_ups.low]
clause = "4.5"
label  = { en = "Low" }
when   = "below"
value  = "$goal"
of     = "work"
opens  = "repair"
[surveys.yearly.follow_ups.slow]
when  = "item-below"
value = 50
item  = "speed"
[surveys.yearly.blend]
clause     = "4.5"
perception = 70
missing    = "reweight"
parts      = [{ indicator = "speed", weight = 30, side = "own", scale = "five" }]
[indicators.speed]
clause = "4.5"
kind   = "service"
better = "higher"
unit   = "d"
source = "the log"
en     = "Speed"
[duties.summing-up]
clause       = "4.8"
label        = { en = "Summing up" }
by           = "quality"
every        = "$often"
due          = "first working day"
of           = "next"
shift        = "next"
counted_from = "calendar"
times        = 2
starts_on    = 2026-01-01
ends_on      = 2027-01-01
per          = "customer"
fulfilled_by = { kind = "repair", event = "judged", where = { ours = true }, period = "customer", counts_for = "oldest" }
[duties.visits]
per  = "customer"
ages = [{ every = "month", up_to = "1 year" }, { every = "quarter" }]
[repair]
label      = { en = "Repair", zh = "维修" }
opening    = "reported"
late_entry = "$judge_within"
[repair.subject]
customer = "text"
grade    = ["a", "b"]
model    = { type = "text", optional = true, en = "Model", zh = "型号" }
[repair.events.reported]
clause = "4.1"
by     = "sales"
facts  = { keepers = "department*", urgent = "bool", area = { type = ["in", "out"], en = "Area" }, pieces = { type = "quantity", undetermined = true } }
[repair.events.judged]
clause      = "4.2"
label       = { en = "Judged", zh = "判定" }
form        = { en = "Sheet", zh = "表" }
by          = "quality"
accountable = "quality"
consulted   = ["sales"]
informed    = ["sales"]
role        = "head"
not_by      = ["reported"]
when        = [{ "reported.urgent" = true, "subject.grade" = ["a", "b"] }, { "reported.area" = "in" }]
settled     = ["repair"]
optional    = true
after_close = true
facts       = { ours = "bool", hours = "decimal?" }
needs       = [
    "reported",
    { event = "reported", where = { urgent = true, by = ["Li", "Wu"] }, after = "judged", keeps = true },
    { all = ["reported", { any = ["reported", { event = "judged" }] }] },
    { event = "judged", count = 2, distinct = "by" },
    { each = "reported.keepers", event = "judged", match = "department" },
    { each = ["Li", "Wu"], event = "judged", match = "by" },
    { each = "reported.keepers", every = true, any = ["judged", { event = "closed" }], match = "department" },
    { balance = "handled" },
    { settled = ["repair"], when = { "judged.ours" = false } },
    { any = ["reported"], when = { "judged.ours" = true }, clause = "4.3", id = "gate", if_known = true, absolute = true, waivable = true },
]
[repair.events.closed]
needs = ["judged"]
[repair.pauses.parts]
clause  = "4.6"
label   = { en = "Parts" }
from    = "judged"
to      = ["reported", { event = "judged", where = { ours = true } }]
at_most = "10 working d, end of day"
[repair.clocks.judging]
clause    = "4.2"
label     = { en = "Judging" }
from      = { event = "reported", where = { urgent = true }, keeps = false }
to        = "judged"
within    = "$judge_within"
when      = { "reported.urgent" = true }
warn      = "1 d"
paused_by = ["parts"]
on_reopen = "resume"
agreed    = "when-earlier"
keeps     = true
[repair.clocks.closing]
from = "reported"
to   = "closed"
[repair.clocks.closing.within]
hit    = "first"
inputs = { urgent = "bool" }
table  = '''
| id  | urgent | -> within | clause |
| yes | true   | at once   | 4.4    |
| no  | -      | 2 weeks   | 4.4    |
'''
[repair.routes.judged]
steps   = ["judged"]
hit     = "unique"
unknown = { place = "in" }
inputs  = { place = { type = ["in", "out"], from = ["reported.area"] } }
table   = '''
| id  | place | -> responsible | clause |
| in  | in    | quality        | 4.4    |
| out | out   | sales          | 4.4    |
'''
[repair.quantities]
told = { last = ["reported.pieces"], per = "area", label = { en = "Told", zh = "报修数量" } }
done = { sum = ["reported.pieces"], per = "area", keeps = true }
left = { of = "told - done", per = "area" }
[repair.balances.handled]
clause = "4.7"
label  = { en = "Handled" }
rule   = "left <= 0"
at     = ["closed"]
per    = "area"
"""

CHILD = """
id             = "child"
edition        = "1"
effective_from = 2026-01-01
title          = { en = "A child" }
source         = "made up"
timezone       = "Asia/Shanghai"
calendar       = "continuous"
[clauses]
"9" = { status = "rule" }
[extends]
rulebook = "whole.toml"
edition  = "1"
digest   = ""
[rename.departments]
sales = "shop"
[rename.roles]
deputy = { to = "second", clause = "9", reason = "our word" }
[rename.repair.events]
closed = { to = "done" }
[set]
judge_within = { value = "1 d", clause = "9", reason = "faster", note = "agreed" }
[remove]
"repair.clocks.closing" = { clause = "9", reason = "not asked" }
[remove.params]
pieces = { clause = "9", reason = "no figure" }
[remove.repair.routes]
judged = { clause = "9", reason = "one department" }
[replace.departments]
quality = { en = "Quality and tests" }
[replace.repair]
clause     = "9"
reason     = "later"
label      = { en = "Repairs" }
late_entry = "3 d"
[replace.repair.events.judged]
clause  = "9"
reason  = "easier"
without = ["role"]
optional = false
[replace.repair.events.reported]
label = { en = "Told" }
[replace.repair.subject]
model = { type = "text", clause = "9", reason = "always known" }
[add.departments]
lab = { en = "Lab", clause = "9", reason = "we have one" }
[add]
"repair.subject.colour" = { type = "text?", clause = "9", reason = "asked" }
"surveys.yearly.targets.price" = { of = "price", at_least = 50, clause = "9", reason = "asked too" }
"surveys.leaving" = { full_marks = 10, clause = "9", reason = "we ask who leaves", scales = { two = { low = 0, high = 1 } } }
[add.numbers.visit]
clause  = "9"
reason  = "visits have numbers"
pattern = "V-{seq}"
[add.repair.events.called]
clause = "9"
reason = "we call"
before = "judged"
by     = "lab"
needs  = ["reported"]
[add.repair.clocks.call]
clause = "9"
reason = "we call soon"
from   = "reported"
to     = "called"
within = "same day"
[add.repair.quantities.all]
clause = "9"
reason = "counted as a whole too"
sum    = ["reported.pieces"]
[replace.repair.balances.handled]
clause = "9"
reason = "one piece may be missing"
rule   = "left <= 1"
[rename.repair.quantities]
done = "ready"
[rename.duties]
visits = "calls"
[remove.surveys.yearly.targets]
less = { clause = "9", reason = "not ours" }
[replace.surveys.yearly]
clause      = "9"
reason      = "the mean is fairer"
respondents = "mean"
[replace.surveys.yearly.items.speed]
clause = "9"
reason = "it counts more"
weight = 30
[remove.surveys.yearly.follow_ups]
slow = { clause = "9", reason = "too many" }
[replace.duties.summing-up]
label = { en = "Sums" }
[add.surveys.yearly.dimensions]
price = { en = "Price", clause = "9", reason = "asked too" }
[add.surveys.yearly.items.price]
clause    = "9"
reason    = "asked too"
scale     = "five"
dimension = "price"
[add.indicators.price]
clause = "9"
reason = "counted"
[add.duties.cleaning]
clause = "9"
reason = "every week"
by     = "lab"
every  = "week"
due    = "friday"
[add.lease]
clause = "9"
reason = "we lease too"
label  = { en = "Lease" }
[add.lease.events.signed]
clause = "9"
[add.lease.pauses.wait]
from = "signed"
to   = "signed"
"""


def plain(value: object) -> object:
    """A tree as an editor hands it to a schema: dates are texts, all numbers are JSON's."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def written(value: object) -> str:
    """A value in TOML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(one) for one in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def read(text: str) -> Tree:
    return tomllib.loads(text, parse_float=Decimal)


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(rulebook_schema())


def fits(tree: Tree) -> bool:
    """Whether the schema has nothing to say."""
    found: bool = validator().is_valid(plain(tree))
    return found


def problems_of(tree: Tree, folder: Path) -> tuple[Problem, ...]:
    """What the loader has to say."""
    file = folder / "changed.toml"
    file.write_text("".join(f"{json.dumps(key)} = {written(one)}\n" for key, one in tree.items()), "utf-8")
    try:
        qms.load_rulebook(file)
    except qms.RulebookError as error:
        return error.problems
    return ()


def child(folder: Path) -> Tree:
    """The tree of the child, its parent beside where it will be written."""
    (folder / "whole.toml").write_text(WHOLE, "utf-8")
    tree = read(CHILD)
    (missing,) = problems_of(tree, folder)
    tree["extends"]["digest"] = missing.operands["allowed"]
    return tree


def places(value: object, at: Place = ()) -> Iterator[tuple[Place, object]]:
    """Every value of a tree with its path."""
    yield at, value
    inner = dict(enumerate(value)) if isinstance(value, list) else value
    for key, one in inner.items() if isinstance(inner, Mapping) else ():
        yield from places(one, (*at, key))


def changed(tree: Tree, path: Place, change: Callable[[Any, Any], None]) -> Tree:
    """A copy of a tree in which the container of a path was changed."""
    copy = deepcopy(tree)
    *way, last = path
    container: Any = copy
    for key in way:
        container = container[key]
    change(container, last)
    return copy
