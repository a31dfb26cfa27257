"""What a rulebook says of surveys, indicators and duties, as a procedure answers it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.rulebooks.surveys import GLAZIER

import qms_service as qms
from qms_service.satisfaction import Complained, Milestones, Response, Survey, Threshold, score


def load(folder: Path, text: str = GLAZIER) -> qms.Procedure:
    file = folder / "glazier.toml"
    file.write_text(text, encoding="utf-8")
    return qms.load_rulebook(file).editions[-1]


@pytest.fixture
def glazier(tmp_path: Path) -> qms.Procedure:
    return load(tmp_path)


def test_a_questionnaire_has_the_items_scales_and_clauses_of_its_survey(glazier: qms.Procedure) -> None:
    asked = glazier.questionnaire("yearly")
    glass, putty = asked.items
    assert (glass.dimension, glass.text()) == ("work", "Glass")
    assert glass.weight == 3
    assert (putty.dimension, str(putty.clause)) == (None, "glazier 7.1.2")
    assert glass.not_applicable == putty.not_applicable == ("does not apply",)
    assert dict(glass.words) == {"good": 4}
    assert asked.full_marks == 100  # where nothing is said
    assert (asked.base, asked.respondents) == (5, "mean")
    assert [one.text("zh") for one in asked.dimensions] == ["施工"]
    assert str(asked.clause) == "glazier 7.1"


def test_targets_have_their_figures_and_an_origin_that_nobody_set(glazier: qms.Procedure) -> None:
    targets = glazier.targets("yearly")
    steady, growth = targets["score"], targets["growth"]
    assert isinstance(steady, Threshold)
    assert isinstance(growth, Milestones)
    assert steady.bound.figure == 85
    assert (growth.of, growth.origin) == ("work", None)
    first, second = growth.milestones
    assert (first.months, second.months) == (12, 24)
    assert [one.bound.figure for one in (first, second)] == [Fraction(90), Fraction(191, 2)]
    assert (first.clause, str(second.clause)) == (None, "glazier 7.2.1")


def test_a_figure_that_the_source_lost_is_listed_and_its_rule_waits_for_it(
    glazier: qms.Procedure, tmp_path: Path
) -> None:
    assert glazier.unset == ("low", "call_every")
    assert [one.id for one in glazier.rules.survey("yearly").follow_ups] == ["poor"]
    assert glazier.duties["calls"].irregular
    known = GLAZIER.replace('low        = { value = "?"', "low        = { value = 62.5").replace(
        'call_every = { value = "?"', 'call_every = { value = "quarter"'
    )
    told = load(tmp_path, known)
    assert told.unset == ()
    assert told.rules.survey("yearly").follow_ups[1].value == Fraction(125, 2)
    assert str(told.duties["calls"].every) == "quarter"
    lost = load(tmp_path, GLAZIER.replace("goal       = { value = 85", 'goal       = { value = "?"'))
    assert list(lost.targets("yearly")) == ["growth"]


def test_follow_ups_are_found_by_the_rules_of_the_survey_that_was_scored(glazier: qms.Procedure) -> None:
    answers = [Response("ACME", {"glass": 2, "putty": 5}), Response("BOLT", {"glass": 5, "putty": 5})]
    found = score(Survey("2026", glazier.questionnaire("yearly"), responses=tuple(answers)))
    (one,) = glazier.follow_ups(found, previous=found, complaints=[Complained("BOLT", "C-1")])
    assert (one.customer, one.rule.opens, str(one.rule.clause)) == ("ACME", "upkeep", "glazier 7.3")
    assert [item.points for item in one.items] == [25]  # 2 on 1 to 5


def test_an_indicator_stands_beside_perception_until_the_rulebook_blends_them(glazier: qms.Procedure) -> None:
    delivery = glazier.indicators["delivery"]
    assert (delivery.kind, delivery.better, delivery.unit) == ("delivery", "higher", "%")
    blend = glazier.rules.survey("yearly").blend
    assert blend is not None
    (part,) = blend.parts
    assert part.indicator == delivery
    assert part.weight == 30
    assert blend.perception == 70
    assert blend.missing == "reweight"
    assert qms.load_rulebook("pcb-maker").editions[-1].rules.survey("customer").blend is None


def test_duties_come_round_on_the_calendar_of_the_rulebook(glazier: qms.Procedure) -> None:
    due = glazier.duties_between(
        date(2026, 1, 1), date(2026, 3, 1), objects={"customer": {"ACME": date(2026, 1, 1)}}
    )
    assert [(one.duty.id, one.due_on) for one in due] == [
        ("upkeep", date(2026, 1, 5)),
        ("care", date(2026, 1, 31)),
        ("upkeep", date(2026, 2, 5)),
        ("care", date(2026, 2, 28)),
    ]
    assert [one.duty.id for one in due.unplaced] == ["calls"]
    shown = glazier.duties["upkeep"].fulfilled_by
    assert shown is not None
    assert (shown.kind, shown.event, shown.period) == ("upkeep", "done", "month")
    assert shown.where == (("result", ("fit",)), ("checker", ("works",)))


def test_an_unknown_survey_names_the_nearest(glazier: qms.Procedure) -> None:
    with pytest.raises(qms.UnknownNameError, match="yearly"):
        glazier.questionnaire("yaerly")
    with pytest.raises(qms.UnknownNameError):
        glazier.targets(7)  # type: ignore[arg-type]  # what somebody may hand in


def test_what_the_source_of_pcb_maker_does_not_give_is_not_made_up() -> None:
    rules = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2))
    asked = rules.questionnaire("customer")
    assert asked.items == ()
    assert asked.full_marks == 100
    assert not rules.targets("customer")
    assert rules.rules.survey("customer").follow_ups == ()
    assert [str(one.clause) for one in rules.indicators.values()] == [
        f"pcb-maker 4.5.1({n})" for n in range(1, 13)
    ]
    assert {(one.unit, one.better) for one in rules.indicators.values()} == {(None, None)}
    owed = {
        one.id: (one.by, one.clause and one.clause.number, str(one.every)) for one in rules.duties.values()
    }
    assert owed == {
        "complaint-summary": ("quality", "4.2.4.10", "month"),
        "survey": ("marketing", "4.5.2", "year"),
        "survey-report": ("marketing", "4.5.5", "year"),
        "calls": ("marketing", "4.1②", "None"),
        "feedback": ("marketing", "4.1③", "None"),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight    = 3", "weight    = 4"),
        ("high           = 5", "high           = 6"),
        ("value  = 50", "value  = 51"),
        ('due          = "day 5"', 'due          = "day 6"'),
        ('unit   = "%"', 'unit   = "ppm"\n[params.more]\nvalue = 1'),
    ],
)
def test_a_changed_rule_changes_the_digest(
    old: str, new: str, tmp_path: Path, glazier: qms.Procedure
) -> None:
    changed = GLAZIER.replace(old, new)
    assert changed != GLAZIER
    if "ppm" in changed:  # a blend would need a scale for it
        changed = changed.replace('side = "own"', 'side = "own", scale = "five"')
    assert load(tmp_path, changed).digest != glazier.digest


def test_a_better_wording_does_not(tmp_path: Path, glazier: qms.Procedure) -> None:
    worded = (
        GLAZIER.replace('en = "Glass"', 'en = "Panes"\nzh = "玻璃"')
        .replace('zh = "施工"', 'zh = "安装"')
        .replace('label  = { en = "Yearly survey", zh = "年度调查" }', "")
        .replace('when   = "item-below"', 'when   = "item-below"\nlabel = { en = "Poor" }')
        .replace('unit   = "%"', 'unit   = "%"\nzh = "交货"')
        .replace("[duties.upkeep]", '[duties.upkeep]\nlabel = { en = "Upkeep" }')
    )
    assert load(tmp_path, worded).digest == glazier.digest
