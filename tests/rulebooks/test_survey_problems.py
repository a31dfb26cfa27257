"""Mistakes in surveys, indicators and duties: all at once, each in its place, with what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rulebooks.surveys import GLAZIER

import qms_service as qms
from qms_service.rulebooks import Problem

WRONG = """
[surveys.exit]
full_marks = 0
[surveys.leaving]
respondents = "meen"
[surveys.leaving.scales.upside]
low  = 5
high = 1
[surveys.leaving.dimensions.price]
en = "Price"
[surveys.leaving.items.speed]
scale     = "five"
dimension = "prise"
[surveys.leaving.targets.twice]
at_least   = 80
milestones = [{ within = "1 year", at_least = 80 }]
[surveys.leaving.targets.dated]
at_least = "$gaol"
origin   = 2026-01-01
[surveys.leaving.targets.nothing]
of = "scor"
[surveys.leaving.targets.soon]
milestones = [{ within = "soon", at_least = 1 }, 7]
[surveys.leaving.targets.noted]
at_least = "$call_evry"
[surveys.leaving.follow_ups.lost]
when  = "below"
opens = "upkep"
[surveys.leaving.follow_ups.one]
when  = "item-below"
value = "$word"
item  = "sped"
[surveys.leaving.blend]
perception = 1
missing    = "refuse"
parts      = [{ indicator = "delivry", weight = 1, side = "own" }]
[indicators.speed]
better = "hihger"
[duties.sweeping]
by    = "wroks"
every = "fortnight"
due   = "day 5th"
[duties.dusting]
clause = 6.3
[duties.airing]
every        = "week"
due          = "day 5"
fulfilled_by = { kind = "upkep", event = "done" }
[duties.washing]
every        = "week"
fulfilled_by = { kind = "upkeep", event = "dnoe" }
[duties.polishing]
every        = "week"
starts_on    = 2026-01-01T08:00:00Z
fulfilled_by = { kind = "upkeep", event = "done", where = { reslt = "fit", checker = "wrks" }, period = "mnth" }
[duties.waxing]
every = "$evry"
ages  = [{ every = "moon", up_to = "1 year" }, { every = "$evry" }]
"""

# Where, what for, and the word that was meant.
EXPECTED = {
    "surveys.exit": "refused",
    "surveys.leaving.respondents": "mean",
    "surveys.leaving.scales.upside": "refused",
    "surveys.leaving.dimensions.price": "dimension-empty",
    "surveys.leaving.items.speed.scale": "unknown-name",
    "surveys.leaving.items.speed.dimension": "price",
    "surveys.leaving.targets.twice": "target-both",
    "surveys.leaving.targets.dated.at_least": "goal",
    "surveys.leaving.targets.dated.origin": "target-origin",
    "surveys.leaving.targets.nothing.of": "score",
    "surveys.leaving.targets.nothing": "refused",
    "surveys.leaving.targets.soon.milestones[0]": "refused",
    "surveys.leaving.targets.soon.milestones[1]": "wrong-type",
    "surveys.leaving.targets.noted.at_least": "call_every",
    "surveys.leaving.follow_ups.lost": "refused",
    "surveys.leaving.follow_ups.lost.opens": "upkeep",
    "surveys.leaving.follow_ups.one.value": "figure-number",
    "surveys.leaving.follow_ups.one.item": "speed",
    "surveys.leaving.blend.parts[0].indicator": "delivery",
    "indicators.speed.better": "higher",
    "duties.sweeping.by": "works",
    "duties.sweeping.every": "refused",
    "duties.sweeping.due": "refused",
    "duties.dusting": "duty-every",
    "duties.dusting.clause": "clause-number",
    "duties.airing.fulfilled_by.kind": "upkeep",
    "duties.washing.fulfilled_by.event": "done",
    "duties.polishing.starts_on": "wrong-type",
    "duties.polishing.fulfilled_by.where.reslt": "result",
    "duties.polishing.fulfilled_by.where.checker": "refused",
    "duties.polishing.fulfilled_by.period": "month",
    "duties.waxing.every": "unknown-name",
    "duties.waxing.ages[0]": "refused",
    "duties.waxing.ages[1].every": "unknown-name",
}


def problems_of(text: str, folder: Path) -> tuple[Problem, ...]:
    file = folder / "glazier.toml"
    file.write_text(text, encoding="utf-8")
    try:
        qms.load_rulebook(file)
    except qms.RulebookError as error:
        return error.problems
    return ()


def told(problems: tuple[Problem, ...]) -> Iterator[tuple[str, str]]:
    for one in problems:
        yield one.path, str(one.operands.get("nearest") or one.code.removesuffix(".nearest"))


def test_all_mistakes_come_at_once_each_in_its_place(tmp_path: Path) -> None:
    text = GLAZIER.replace("[params]\n", '[params]\nword = { value = "soon", clause = "9" }\n') + WRONG
    problems = problems_of(text, tmp_path)
    assert dict(told(problems)) == EXPECTED
    assert len(problems) == len(EXPECTED)
    for one in problems:
        assert one.text("en") != one.text("zh")
        assert one.line, one.path


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("weight    = 3", "weight    = -1", "surveys.yearly.items.glass"),
        ('"good" = 4', '"good" = 6', "surveys.yearly.items.glass"),
        ("weight    = 3", 'weight    = 0\n[surveys.other.scales.s]\nlow = 1\nhigh = 2\n[surveys.other.items.x]\nscale = "s"\nweight = 0', "surveys.other"),
        ("[surveys.yearly]", '[surveys."a.b"]\n[surveys.yearly]', "surveys.a.b"),
        ('side = "own" }', 'side = "own" }, 7', "surveys.yearly.blend.parts[1]"),
        ("weight = 30", "weight = 0", "surveys.yearly.blend.parts[0]"),
        ('unit   = "%"', 'unit   = "ppm"', "surveys.yearly.blend.parts[0]"),
        ('kind = "upkeep", event = "done", ', 'kind = "upkeep", event = "done", counts_for = "odlest", ', "duties.upkeep.fulfilled_by.counts_for"),
        ('due          = "day 5"', 'due          = "friday"', "duties.upkeep"),
        ("perception = 70", 'perception = "much"', "surveys.yearly.blend.perception"),
        ("low            = 1", 'low            = "one"', "surveys.yearly.scales.five.low"),
        ('indicator = "delivery", weight = 30', 'indicator = "delivery"', "surveys.yearly.blend.parts[0].weight"),
        ('at_least = "$goal"', "at_least = true", "surveys.yearly.targets.score.at_least"),
        ('at_least = "$goal"', 'at_least = "85"', "surveys.yearly.targets.score.at_least"),
        ('within = "1 year", ', "", "surveys.yearly.targets.growth.milestones[0].within"),
        ('when   = "item-below"', 'when   = "item-blow"', "surveys.yearly.follow_ups.poor.when"),
        ('every = "month", up_to', "up_to", "duties.care.ages[0].every"),
        ('per    = "customer"', 'per    = "customr"\nfulfilled_by = { kind = "upkeep", event = "done" }', "duties.care.per"),
        ('per    = "customer"', 'per    = "customer"\nfulfilled_by = {}', "duties.care.fulfilled_by.kind"),
        ('per    = "customer"', 'per    = "customer"\nfulfilled_by = "done"', "duties.care.fulfilled_by"),
        ('per    = "customer"', 'per    = "customer"\nfulfilled_by = { kind = "x", zzq = 1 }', "duties.care.fulfilled_by.zzq"),
        ("[surveys.yearly.scales.five]", "[surveys.bare]\nblend = {}\n[surveys.yearly.scales.five]", "surveys.bare.blend.perception"),
        ("[surveys.yearly.scales.five]", "[surveys.bare]\nblend = 7\n[surveys.yearly.scales.five]", "surveys.bare.blend"),
    ],
)  # fmt: skip
def test_one_mistake_is_told_where_it_stands(old: str, new: str, path: str, tmp_path: Path) -> None:
    changed = GLAZIER.replace(old, new, 1)
    assert changed != GLAZIER
    assert path in {one.path for one in problems_of(changed, tmp_path)}
