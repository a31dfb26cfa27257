"""A plant changes the survey, the indicators and the duties of its group: add, replace, remove, rename."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebooks.surveys import GLAZIER

import qms_service as qms
from qms_service.authoring.diff import diff
from qms_service.satisfaction import Threshold

HEAD = """\
id      = "plant"
edition = "1"
[extends]
rulebook = "glazier.toml"
edition  = "1"
digest   = "{digest}"
"""
CHANGES = """
[add.surveys.yearly.items.price]
clause = "2"
reason = "customers ask for it"
scale  = "five"
en     = "Price"
[replace.surveys.yearly.items.glass]
clause = "2"
reason = "it counts more"
weight = 5
[replace.surveys.yearly]
clause      = "2"
reason      = "the worst voice counts"
respondents = "lowest"
[remove.surveys.yearly.targets]
growth = { clause = "2", reason = "one figure is enough" }
[add.surveys.visit]
clause     = "3"
reason     = "after each visit"
full_marks = 10
[add.surveys.visit.scales.two]
low  = 0
high = 1
[rename.departments]
works = "shop"
[rename.params]
goal = "aim"
[rename.upkeep.events]
done = "kept_up"
[rename.indicators]
delivery = "on-time"
[rename.surveys]
yearly = "annual"
[rename.duties]
calls = { to = "visits", clause = "4", reason = "our word" }
[set]
call_every = { value = "quarter", clause = "4", reason = "four times a year" }
[add.duties.report]
clause = "4"
reason = "asked by the group"
by     = "office"
every  = "year"
due    = "before month 4"
"""


def plant(folder: Path, changes: str) -> qms.Procedure:
    """The plant's rulebook, its parent beside it, pinned as the error about a missing digest says."""
    (folder / "glazier.toml").write_text(GLAZIER, encoding="utf-8")
    file = folder / "plant.toml"
    file.write_text(HEAD.format(digest="") + changes, encoding="utf-8")
    with pytest.raises(qms.RulebookError) as refused:
        qms.load_rulebook(file)
    digest = next(one for one in refused.value.problems if one.code == "extends-digest-missing").operands[
        "allowed"
    ]
    file.write_text(HEAD.format(digest=digest) + changes, encoding="utf-8")
    return qms.load_rulebook(file).editions[-1]


def renamed_survey(changes: str) -> str:
    """Changes after the renaming name the survey as it is called by then."""
    return changes.replace("surveys.yearly", "surveys.annual")


def test_a_plant_changes_what_it_says_and_takes_over_the_rest(tmp_path: Path) -> None:
    rules = plant(tmp_path, renamed_survey(CHANGES))
    asked = rules.questionnaire("annual")
    assert {one.id: one.weight for one in asked.items} == {"glass": 5, "putty": 1, "price": 1}
    assert asked.respondents == "lowest"
    assert list(rules.targets("annual")) == ["score"]
    steady = rules.targets("annual")["score"]
    assert isinstance(steady, Threshold)
    assert steady.bound.figure == 85  # by the figure's new name
    assert rules.questionnaire("visit").full_marks == 10
    assert str(rules.duties["visits"].every) == "quarter"
    assert [part.indicator.id for part in rules.rules.survey("annual").blend.parts] == ["on-time"]  # type: ignore[union-attr]  # it has one
    upkeep = rules.duties["upkeep"]
    assert upkeep.by == "shop"
    assert upkeep.fulfilled_by is not None
    assert upkeep.fulfilled_by.event == "kept_up"
    assert upkeep.fulfilled_by.where == (("result", ("fit",)), ("checker", ("shop",)))


def test_what_is_taken_over_cites_the_parent_and_what_is_added_the_plant(tmp_path: Path) -> None:
    rules = plant(tmp_path, renamed_survey(CHANGES))
    items = {one.id: str(one.clause) for one in rules.questionnaire("annual").items}
    assert items == {"glass": "plant 2", "putty": "glazier 7.1.2", "price": "plant 2"}
    assert str(rules.duties["upkeep"].clause) == "glazier 6.1"
    assert str(rules.duties["report"].clause) == "plant 4"


def test_the_parent_itself_is_left_as_it_was(tmp_path: Path) -> None:
    before = qms.load_rulebook(_written(tmp_path)).editions[-1].digest
    plant(tmp_path, renamed_survey(CHANGES))
    assert qms.load_rulebook(tmp_path / "glazier.toml").editions[-1].digest == before


def _written(folder: Path) -> Path:
    file = folder / "glazier.toml"
    file.write_text(GLAZIER, encoding="utf-8")
    return file


def test_a_whole_path_in_quotes_says_the_same(tmp_path: Path) -> None:
    changes = """
[add]
"surveys.yearly.items.price" = { scale = "five", clause = "2", reason = "asked" }
"duties.report" = { every = "year", by = "office", clause = "2", reason = "asked" }
[remove]
"surveys.yearly.follow_ups.low" = { clause = "2", reason = "no figure" }
"""
    rules = plant(tmp_path, changes)
    assert [one.id for one in rules.questionnaire("yearly").items] == ["glass", "putty", "price"]
    assert "report" in rules.duties
    assert [one.id for one in rules.rules.survey("yearly").follow_ups] == ["poor"]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ('[add]\n"surveys.yearly.clocks.x" = {', "add.surveys.yearly.clocks.x", "extends-no-group"),
        ('[add]\n"surveys.items.x" = {', "add.surveys.items.x", "extends-no-group"),
        ("[add.surveys.yearly.clocks]\nx = {", "add.surveys.yearly.clocks", "extends-no-group"),
        ("[add.surveys]\nyearly = {", "add.surveys.yearly", "extends-exists"),
        ("[remove.surveys.yaerly.items]\nglass = {", "remove.surveys.yaerly", "extends-unknown.nearest"),
        ("[remove.surveys.yearly.items]\nglas = {", "remove.surveys.yearly.items.glas", "extends-unknown.nearest"),
        ("[remove.duties]\nupkep = {", "remove.duties.upkep", "extends-unknown.nearest"),
        ('[rename."surveys.yearly".items]\nglass = "pane"\n[remove.duties]\nupkeep = {', "rename.surveys.yearly", "extends-no-rename"),
        ("[surveys.own]\nlabel = {", "surveys", "extends-own-rules"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_told_where_it_stands(
    changes: str, path: str, code: str, tmp_path: Path
) -> None:
    with pytest.raises(qms.RulebookError) as refused:
        plant(tmp_path, changes + ' clause = "2", reason = "so" }')
    assert (path, code) in {(one.path, one.code) for one in refused.value.problems}


def test_the_deviation_list_names_each_change_with_its_survey(tmp_path: Path) -> None:
    rules = plant(tmp_path, CHANGES.replace('[rename.surveys]\nyearly = "annual"\n', ""))
    found = diff(tmp_path / "glazier.toml", tmp_path / "plant.toml")
    lines = {one.path: one.text() for one in found}
    assert lines["surveys.yearly.items.glass"].startswith("yearly: Item glass: weight ")
    assert "3" in lines["surveys.yearly.items.glass"]
    assert "it counts more" in lines["surveys.yearly.items.glass"]
    assert lines["surveys.yearly"].startswith("Survey yearly (Yearly survey): respondents")
    assert lines["surveys.yearly.targets.growth"].startswith("yearly: Target growth")
    assert lines["surveys.visit"].startswith("Survey visit")
    assert lines["surveys.visit.scales.two"].startswith("visit: Scale two")
    assert lines["duties.visits"].startswith("Duty visits")
    assert "before month 4" in lines["duties.report"]
    assert "upkeep.events.kept_up" in lines
    assert "duties.upkeep" not in lines  # what it names was renamed: it says the same
    assert "周期" in found.text("zh")
    assert rules.rules.parent is not None


def test_a_survey_that_is_gone_is_one_deviation(tmp_path: Path) -> None:
    plant(tmp_path, '[remove.surveys.yearly]\nclause = "2"\nreason = "nobody answers"\n')
    found = diff(tmp_path / "glazier.toml", tmp_path / "plant.toml")
    assert [(one.path, one.kind) for one in found] == [("surveys.yearly", "removed")]


def test_steps_and_ages_are_told_in_words(tmp_path: Path) -> None:
    changes = """
[replace.surveys.yearly.targets.growth]
clause     = "2"
reason     = "slower"
milestones = [{ within = "2 years", at_least = 90 }, { within = "3 years", at_least = 95 }]
[replace.duties.upkeep]
clause       = "2"
reason       = "anybody may check"
fulfilled_by = { kind = "upkeep", event = "done" }
"""
    plant(tmp_path, changes)
    lines = {one.path: one.text() for one in diff(tmp_path / "glazier.toml", tmp_path / "plant.toml")}
    growth = lines["surveys.yearly.targets.growth"]
    assert "within = 2 years, at_least = 90, within = 3 years" in growth.replace(
        " and at_least", ", at_least"
    )
    assert "upkeep.done" in lines["duties.upkeep"]
