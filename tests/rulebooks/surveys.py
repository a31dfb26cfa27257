"""A glazier's rulebook with a survey, indicators and duties, for the tests of how these are read and used."""

from __future__ import annotations

GLAZIER = """\
id       = "glazier"
edition  = "1"
timezone = "Asia/Shanghai"
[departments]
office = { en = "Office", zh = "办公室" }
works  = { en = "Works", zh = "车间" }
[params]
goal       = { value = 85, clause = "7.2" }
low        = { value = "?", clause = "7.3" }
call_every = { value = "?", clause = "7.4" }
[upkeep.subject]
customer = "text"
month    = "text?"
[upkeep.events.opened]
clause = "6.1"
by     = "office"
[upkeep.events.done]
clause = "6.1"
by     = "works"
facts  = { result = ["fit", "unfit"], checker = "department" }
[surveys.yearly]
clause = "7.1"
label  = { en = "Yearly survey", zh = "年度调查" }
[surveys.yearly.scales.five]
low            = 1
high           = 5
words          = { "good" = 4 }
not_applicable = ["does not apply"]
[surveys.yearly.dimensions]
work = { en = "Work", zh = "施工" }
[surveys.yearly.items.glass]
scale     = "five"
dimension = "work"
weight    = 3
en        = "Glass"
[surveys.yearly.items.putty]
clause = "7.1.2"
scale  = "five"
weight = 1
[surveys.yearly.targets.score]
clause   = "7.2"
at_least = "$goal"
[surveys.yearly.targets.growth]
clause     = "7.2"
of         = "work"
origin     = "?"
milestones = [{ within = "1 year", at_least = 90 }, { within = "2 years", at_least = 95.5, clause = "7.2.1" }]
[surveys.yearly.follow_ups.poor]
clause = "7.3"
when   = "item-below"
value  = 50
opens  = "upkeep"
[surveys.yearly.follow_ups.low]
clause = "7.3"
when   = "below"
value  = "$low"
[surveys.yearly.blend]
clause     = "7.5"
perception = 70
missing    = "reweight"
parts      = [{ indicator = "delivery", weight = 30, side = "own" }]
[indicators.delivery]
clause = "7.5"
better = "higher"
unit   = "%"
[duties.upkeep]
clause       = "6.1"
by           = "works"
every        = "month"
due          = "day 5"
of           = "next"
fulfilled_by = { kind = "upkeep", event = "done", where = { result = "fit", checker = "works" }, period = "month" }
[duties.calls]
clause = "7.4"
by     = "office"
every  = "$call_every"
[duties.care]
clause = "6.2"
by     = "works"
per    = "customer"
ages   = [{ every = "month", up_to = "1 year" }, { every = "quarter" }]
"""
