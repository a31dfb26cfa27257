"""A rulebook in which every form of rule stands once, and few of its names are in Chinese."""

from __future__ import annotations

EVERYTHING = '''
id = "pumps"
edition = "3"
effective_from = 2026-04-01
timezone = "Europe/Berlin"
calendar = "works"
source = "QP 7 | second issue"
title = { en = "Pump repair <7>", zh = "水泵维修" }
[departments]
service = { en = "Service", zh = "服务部", aliases = ["SVC"], deputies = ["lab"] }
lab = { zh = "实验室" }
store = {}
[roles]
head = { en = "Head", zh = "主管", clause = "2.1", deputies = ["deputy"] }
deputy = { en = "Deputy", zh = "副主管" }
[params]
visit_within = { value = "1 week", clause = "3.2" }
lost = { value = "?", clause = "3.3" }
share = { value = 12 }
strict = { value = true }
fetch_within = { value = "2 working d" }
[numbers.note]
pattern = "N-{plant}-{FY}-{seq:03}"
reset = "fiscal-year"
fiscal_year_start = 4
timezone = "UTC"
overflow = "widen"
clause = "6.1"
[numbers.plain]
pattern = "P{seq}"
[repair]
label = { en = "Repair", zh = "维修" }
opening = "reported"
late_entry = "2 d"
[repair.subject]
grade = { type = ["urgent", "normal"], en = "Grade", zh = "等级" }
hours = "int?"
keepers = "department*"
[repair.events.reported]
clause = "1.1"
by = "service"
facts = { keeper = "department?", on = "date", at_site = "instant?", price = "money?", weight = "decimal?" }
[repair.events.judged]
clause = "1.2"
by = "service"
accountable = "lab"
role = "head"
form = { en = "report", zh = "报告" }
facts = { ours = "bool", cause = "text", keeper = "department?" }
[repair.events.visited]
clause = "1.3"
optional = true
needs = [{ any = [{ all = ["judged", "reported"] }, { event = "reported", keeps = true }] }]
[repair.events.agreed_by]
clause = "1.4"
by = "lab"
not_by = ["judged"]
informed = ["store"]
when = { "judged.ours" = true, "subject.grade" = ["urgent", "normal"] }
needs = [{ event = "judged", where = { ours = true, role = "head" } }]
[repair.events.signed]
clause = "1.5"
after_close = true
when = { "corrected.void" = true }
needs = [
  { event = "agreed_by", count = 2, distinct = "department" },
  { event = "visited", count = 3 },
  { event = "agreed_by", each = "subject.keepers", match = "department", id = "signing", waivable = true, clause = "9.9" },
  { each = ["lab", "store"], any = ["agreed_by", "visited"], match = "department" },
  { each = "judged.keeper", every = true, event = "agreed_by", match = "department" },
]
[repair.events.fetched]
clause = "1.6"
when = { "judged.keeper" = "lab" }
[repair.events.closed]
clause = "1.7"
settled = ["claim", "elsewhere"]
needs = ["judged", { event = "visited", after = "judged", when = { "judged.ours" = false } }, { all = ["judged", "visited"], when = { "judged.ours" = false } }]
[repair.pauses.parts]
from = "visited"
to = "judged"
at_most = "$visit_within"
clause = "4.9"
[repair.clocks.visit]
clause = "3.2"
from = [{ event = "judged", where = { keeper = ["lab", "service"] } }, "reported"]
to = "visited"
warn = "$fetch_within"
paused_by = ["parts"]
on_reopen = "restart"
[repair.clocks.visit.within]
table = """
| id     | grade  | hours     | -> within     | clause |
| urgent | urgent | not(1, 2) | $visit_within | 3.21   |
| soon   | urgent | [1..3)    | in good time  | 3.3    |
| other  | -      | -         | same day      |        |
"""
hit = "first"
[repair.clocks.lost]
label = { en = "Lost", zh = "缺" }
from = "reported"
to = "closed"
within = "$lost"
keeps = true
[repair.clocks.months]
from = "reported"
to = "closed"
within = "4 working d, end of day"
on_reopen = "resume"
agreed = "when-earlier"
[repair.routes.visited]
unknown = { ours = true, keeper = "lab" }
table = """
| id | ours  | keeper | -> responsible | -> accountable | -> consulted | -> delegate | clause |
| a1 | true  | -             | service        | lab            | @judged.keeper | store     | 5.1    |
| a2 | false | lab           | service        | lab            | @judged.keeper | store     | 5.1    |
| a3 | false | service       | @keeper        | lab            | store          | store     | 5.2    |
| a4 | false | store         | @keeper        | lab            | store          | store     | 5.2    |
"""
[claim]
label = { en = "Claim", zh = "索赔" }
[claim.events.closed]
[clauses]
"1.1" = { status = "rule", en = "Report", zh = "报修" }
"1.10" = { status = "no-rule", en = "Scope", zh = "范围", because = "a heading" }
"7" = { status = "lost", en = "Flow chart", zh = "流程图" }
'''
