"""Surveys, indicators and duties in a shown rulebook: what is asked, what has to be reached, who owes what."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebooks.surveys import GLAZIER

from qms_service.authoring.showing import show

MORE = """
[surveys.yearly.targets.answers]
clause = "7.2"
of     = "response-rate"
below  = 90
[surveys.yearly.targets.dated]
clause     = "7.2"
origin     = 2026-01-01
milestones = [{ within = "1 month", more_than = 70 }, { within = "18 months", more_than = 80 }]
[surveys.yearly.follow_ups.glass]
clause = "7.3"
label  = { en = "Glass below half", zh = "玻璃低于一半" }
when   = "item-below"
value  = 50
item   = "glass"
[surveys.yearly.follow_ups.worse]
clause = "7.3"
when   = "below-last-time"
of     = "work"
[surveys.bare]
respondents = "latest"
[indicators.price]
en = "Price"
[duties.open]
clause    = "7.6"
every     = "week"
starts_on = 2026-01-01
ends_on   = 2027-01-01
"""


@pytest.fixture
def glazier(tmp_path: Path) -> Path:
    file = tmp_path / "glazier.toml"
    file.write_text(GLAZIER + MORE, encoding="utf-8")
    return file


def rows(text: str, title: str) -> list[list[str]]:
    """The rows of the first Markdown table below a title."""
    below = text.split(f"# {title}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_items_of_a_survey_stand_with_their_scale_and_weight(glazier: Path) -> None:
    glass, putty = rows(show(glazier), "Items")
    assert glass[:2] == ["Glass<br>`glass`", "Work"]
    assert glass[2].startswith("1–5<br>high is good")
    assert (glass[3], putty[3]) == ("3", "1")
    assert putty[4] == "7.1.2"


def test_each_target_says_what_has_to_be_reached_and_by_when(glazier: Path) -> None:
    found = {(row[0], row[2]): row[3] for row in rows(show(glazier), "Targets")}
    assert found == {
        ("score", "at least 85"): "7.2",
        ("growth", "at least 90 within 1 year<br>counted from: ?"): "7.2",
        ("growth", "at least 95.5 within 2 years<br>counted from: ?"): "7.2.1",
        ("answers", "below 90"): "7.2",
        ("dated", "more than 70 within 1 month<br>counted from 2026-01-01"): "7.2",
        ("dated", "more than 80 within 18 months<br>counted from 2026-01-01"): "7.2",
    }
    assert [row[1] for row in rows(show(glazier), "Targets")][:2] == ["score", "Work"]


def test_each_follow_up_says_when_and_what_it_opens(glazier: Path) -> None:
    found = {row[0].partition("<br>")[0]: row[1:] for row in rows(show(glazier), "Follow-ups")}
    assert found["poor"] == ["an item less than 50 points", "upkeep", "7.3"]
    assert found["Glass below half"] == ["an item less than 50 points: glass", "", "7.3"]
    assert found["worse"][0] == "less than the last time: work"
    assert "low" not in found  # its figure is not set


def test_indicators_stand_apart_and_a_blend_says_how_they_are_made_one(glazier: Path) -> None:
    text = show(glazier)
    assert rows(text, "Perception and indicators as one figure") == [
        ["Score of the survey", "", "70", "7.5"],
        ["delivery<br>`delivery`", "what the factory counts", "30", "7.5"],
    ]
    delivery, price = rows(text, "Indicators")
    assert delivery[2:] == ["higher", "%", "7.5"]
    assert price[0] == "Price<br>`price`"


def test_each_duty_has_its_owner_its_frequency_and_what_shows_it_done(glazier: Path) -> None:
    found = {row[0].partition("`")[2].strip("`"): row[1:] for row in rows(show(glazier), "Duties")}
    assert found["upkeep"][0] == "Works"
    assert found["upkeep"][1].startswith("every month, due")
    assert "day 5 of the next period" in found["upkeep"][1]
    assert "done" in found["upkeep"][2]
    assert found["upkeep"][3] == "6.1"
    assert found["open"][0] == ""
    assert "from 2026-01-01" in found["open"][1]
    assert "until before 2027-01-01" in found["open"][1]


def test_the_clause_index_and_the_figures_name_surveys_and_duties(glazier: Path) -> None:
    text = show(glazier)
    index = {row[0]: row[1] for row in rows(text, "Clause index")}
    assert index["7.1"] == "survey Yearly survey"
    assert index["7.1.2"] == "item putty of Yearly survey"
    assert "target score of Yearly survey" in index["7.2"]
    assert "follow-up poor of Yearly survey" in index["7.3"]
    assert "indicator delivery" in index["7.5"]
    assert index["7.6"] == "duty open"
    used = {row[0]: row[2] for row in rows(text, "Figures")}
    assert (used["goal"], used["call_every"]) == ("Yearly survey", "calls")


def test_a_survey_without_items_takes_totals_alone(glazier: Path) -> None:
    assert "Totals alone: the rulebook lists no items." in show(glazier).split("# Survey: bare")[1]


def test_the_page_is_whole_in_chinese(glazier: Path) -> None:
    text = show(glazier, lang="zh")
    for title in ("调查：年度调查", "调查项目", "目标", "跟进", "内部指标", "定期义务"):
        assert f"# {title}\n" in text
    assert rows(text, "跟进")[2][1].startswith("低于上次")


def test_one_kind_of_case_is_shown_without_them(glazier: Path) -> None:
    text = show(glazier, kind="upkeep")
    assert "Yearly survey" not in text
    assert "# Duties" not in text
