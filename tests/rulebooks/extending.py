"""A group's rulebook, and the plants that extend it: each test writes what its plant changes."""

from __future__ import annotations

from pathlib import Path

import qms_service as qms

GROUP = """\
id       = "group"
edition  = "7"
timezone = "Asia/Shanghai"
title    = { en = "After-sales service of the group", zh = "集团售后服务" }
[departments]
quality = { en = "Quality", zh = "品质部", aliases = ["QA"] }
sales   = { en = "Sales", zh = "业务部", deputies = ["quality"] }
store   = { en = "Store", zh = "货仓" }
[roles]
head   = { en = "Head of quality", zh = "品质经理", clause = "3.1", deputies = ["deputy"] }
deputy = { en = "Deputy", zh = "副经理" }
[params]
judge_within  = { value = "2 d", clause = "4.2", note = "counted from the notice" }
answer_within = { value = "48 h", clause = "4.4" }
[numbers.repair]
clause  = "4.1"
pattern = "R-{YYYY}-{seq:04}"
reset   = "year"
[repair]
label      = { en = "Repair", zh = "维修" }
opening    = "reported"
late_entry = "$judge_within"
[repair.subject]
customer = "text"
model    = { type = "text", en = "Model", zh = "型号" }
[repair.events.reported]
clause = "4.1"
by     = "sales"
facts  = { keeper = "department?" }
[repair.events.judged]
clause      = "4.2"
by          = "quality"
accountable = "quality"
role        = "head"
needs       = ["reported"]
facts       = { cause = ["wear", "misuse"], ours = "bool" }
[repair.events.consented]
clause    = "4.3"
by        = "sales"
informed  = ["quality", "store"]
consulted = ["quality"]
not_by    = ["judged"]
when      = { "judged.ours" = false }
needs     = [{ event = "judged", where = { ours = false, role = "head" } }]
[repair.events.answered]
clause = "4.4"
needs  = [{ any = ["judged", { event = "consented", after = "judged" }], when = { "judged.ours" = true } }]
[repair.events.closed]
clause = "4.5"
by     = "quality"
[[repair.events.closed.needs]]
clause = "4.4.1"
all    = ["answered", { event = "reported", where = { keeper = ["quality", "store"] } }]
[[repair.events.closed.needs]]
event  = "judged"
[repair.pauses.parts]
clause = "4.6"
from   = "consented"
to     = "answered"
[repair.clocks.judging]
clause = "4.2"
from   = "reported"
to     = "judged"
within = "$judge_within"
[repair.clocks.answer]
clause    = "4.4"
label     = { en = "Answer", zh = "答复" }
from      = ["reported", { event = "judged", where = { ours = true } }]
to        = "answered"
within    = "$answer_within"
warn      = "36 h"
paused_by = ["parts"]
[repair.routes.answered]
table = \"\"\"
| id    | keeper                | -> responsible  | -> informed | clause |
| known | not(store)           | @reported.keeper | quality     | 4.4.2  |
| store | quality, store | quality         | sales       | 4.4.3  |
\"\"\"
hit = "first"
"""

HEAD = """\
id      = "plant"
edition = "1"
[extends]
rulebook = "group.toml"
edition  = "7"
digest   = "{digest}"
"""


def digest_in(folder: Path, group: str = GROUP) -> str:
    """The digest that the error about a missing one prints: how its author gets it."""
    try:
        load(folder, "", digest="", group=group)
    except qms.RulebookError as error:
        (problem,) = (one for one in error.problems if one.code == "extends-digest-missing")
        return str(problem.operands["allowed"])
    message = "a missing digest was not refused"
    raise AssertionError(message)


def load(folder: Path, changes: str, *, digest: str | None = None, group: str = GROUP) -> qms.Rulebook:
    """The plant's rulebook, its parent beside it."""
    (folder / "group.toml").write_text(group, encoding="utf-8")
    pinned = digest_in(folder, group) if digest is None else digest
    file = folder / "plant.toml"
    file.write_text(HEAD.format(digest=pinned) + changes, encoding="utf-8")
    return qms.load_rulebook(file)


def rules(folder: Path, changes: str) -> qms.Procedure:
    """The one edition of the plant's rulebook."""
    (edition,) = load(folder, changes).editions
    return edition
