"""The parent has a new edition: what comes with it, what clashes with the plant's changes, what became void."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.rulebooks.extending import GROUP, load

import qms_service as qms
from qms_service.__main__ import main
from qms_service.authoring.diff import Upgrade, upgrade

PLANT = """
[rename.departments]
store = "stock"
[set]
answer_within = { value = "36 h", clause = "5.3", reason = "our customers ask for it" }
judge_within  = { value = "1 d", clause = "5.2", reason = "judged the next day" }
[replace.repair.events.judged]
clause = "5.2"
reason = "sales judge with us"
consulted = ["sales"]
[remove.repair.pauses]
parts = { clause = "5.4", reason = "parts are on the shelf" }
[replace.repair.clocks]
answer = { clause = "5.3", reason = "two shifts", warn = "24 h", without = ["paused_by"] }
[add.repair.events.paid]
clause = "5.6"
reason = "not all is free"
[add.repair.events.fetched]
clause = "5.7"
reason = "customers do not bring it"
"""
NEWER = [
    ('edition  = "7"', 'edition  = "8"\neffective_from = 2027-01-01'),
    ('judge_within  = { value = "2 d"', 'judge_within  = { value = "1 d"'),  # what the plant says: void
    ('answer_within = { value = "48 h"', 'answer_within = { value = "40 h"'),  # the plant says 36 h: conflict
    ('accountable = "quality"\n', ""),  # another key of a step that the plant changes: combined
    (
        'to     = "answered"\n[repair.clocks',
        'to     = "answered"\nat_most = "5 d"\n[repair.clocks',
    ),  # removed here
    ('by     = "quality"\n[[repair', 'by     = "store"\n[[repair'),  # taken over, by the plant's name
    (
        "[repair.pauses.parts]",
        '[repair.events.paid]\nclause = "4.9"\n[repair.events.fetched]\nby = "sales"\n[repair.pauses.parts]',
    ),
]

EXPECTED = {
    "params.judge_within": "void",
    "params.answer_within": "conflict",
    "repair.events.judged": "combined",
    "repair.pauses.parts": "conflict",
    "repair.events.closed": "taken",
    "repair.events.paid": "void",
    "repair.events.fetched": "conflict",
}


def newer(folder: Path) -> Path:
    text = GROUP
    for old, new in NEWER:
        assert text.count(old) == 1
        text = text.replace(old, new)
    file = folder / "newer.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def found(tmp_path: Path) -> Upgrade:
    plant = load(tmp_path, PLANT)
    return upgrade(tmp_path / "group.toml", newer(tmp_path), plant)


def test_each_change_of_the_parent_is_taken_combined_to_decide_or_makes_one_void(found: Upgrade) -> None:
    assert {one.path: one.kind for one in found} == EXPECTED
    assert len(found) == len(EXPECTED)


def test_a_change_that_is_taken_over_is_told_by_the_names_of_the_plant(found: Upgrade) -> None:
    closed = next(one for one in found if one.path == "repair.events.closed")
    assert str(closed) == "Taken over: Step closed: by quality → stock [group 4.5]"
    assert closed.own is None


def test_a_conflict_tells_both_sides(found: Upgrade) -> None:
    figure = next(one for one in found if one.path == "params.answer_within")
    assert figure.text() == (
        "To decide: Figure answer_within: value 48 h → 40 h (counts for answer) [group 4.4] | here: "
        "Figure answer_within: value 48 h → 36 h (counts for answer) [plant 5.3], because: our customers ask for it"
    )
    assert figure.text("zh").startswith("须决定：参数 answer_within：数值 48 h → 40 h")


def test_the_list_opens_with_the_three_editions(found: Upgrade) -> None:
    editions = ["plant 第 1 版 (", "group 第 7 版 (", "group 第 8 版 ("]
    title, *_ = found.text("zh").splitlines()
    assert [edition for edition in editions if edition in title] == editions


def test_the_list_ends_with_what_to_pin(found: Upgrade, tmp_path: Path) -> None:
    digest = qms.load_rulebook(tmp_path / "newer.toml").editions[0].digest
    title, *lines, last = str(found).splitlines()
    assert title.endswith(": 7 change(s) of the parent")
    assert len(lines) == 7
    assert last == f'When all is decided, write: edition = "8", digest = "{digest}"'


def test_the_command_tells_what_a_new_edition_means(
    found: Upgrade, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / name) for name in ("group.toml", "newer.toml", "plant.toml")]
    assert main(["diff", files[0], files[1], "--for", files[2]]) == 0
    assert capsys.readouterr().out.strip() == found.text()
    assert main(["diff", files[0], files[1], "--for", files[2], "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {one["path"]: one["kind"] for one in data["items"]} == EXPECTED
    assert data["after"]["edition"] == "8"


def test_a_rulebook_that_does_not_extend_the_old_edition_is_refused(
    found: Upgrade, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    group, newer, plant = (str(tmp_path / name) for name in ("group.toml", "newer.toml", "plant.toml"))
    assert main(["diff", newer, group, "--for", plant]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        f"plant edition 1 ({found.child.digest[:12]}) extends group edition 7 ({found.before.digest[:12]}), not group edition 8 ("
    )
    assert main(["diff", group, newer, "--for", "pcb-maker", "--lang", "zh"]) == 1
    assert "没有上级规则册" in capsys.readouterr().err
