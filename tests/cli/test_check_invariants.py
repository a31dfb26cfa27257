"""The command line: `python -m qms_service check FILE… --invariants FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qms_service.__main__ import main

PUMPS = """
id = "pumps"
edition = "1"
timezone = "Asia/Shanghai"
calendar = "day shift"
[departments]
service = { en = "Service", zh = "客服部" }
[repair]
label = { en = "Repair", zh = "维修" }
opening = "reported"
[repair.events.reported]
clause = "5.1"
label = { en = "Reported", zh = "报修" }
by = "service"
[repair.events.fixed]
clause = "5.2"
label = { en = "Fixed", zh = "修复" }
by = "service"
facts = { tested = { type = "bool", en = "Tested", zh = "已试运行" } }
[repair.events.closed]
clause = "5.3"
label = { en = "Closed", zh = "关闭" }
by = "service"
needs = ["fixed"]
"""
KEPT = """
rulebook = "pumps"
[invariants.unfixed]
kind = "repair"
clause = "5.3"
en = "Nothing is closed that was not fixed."
zh = "未修复不得关闭。"
never = "closed"
unless = ["fixed"]
"""
BROKEN = (
    KEPT
    + """
[invariants.untested]
kind = "repair"
clause = "5.3"
en = "Nothing is closed that was not tested."
zh = "未试运行不得关闭。"
never = "closed"
unless = [{ event = "fixed", where = { tested = true } }]
"""
)
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rulebook and two files of invariants in the working directory."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("pumps", PUMPS), ("kept", KEPT), ("broken", BROKEN)):
        Path(f"{name}.toml").write_text(text, encoding="utf-8")


def test_sentences_that_hold_end_with_0(capsys: Said) -> None:
    assert main(["check", "pumps.toml", "--invariants", "kept.toml"]) == 0
    said = capsys.readouterr().out
    assert (
        "pumps edition 1\n  unfixed: proven by its gate. Nothing is closed that was not fixed. [pumps 5.3]"
        in said
    )
    assert said.endswith("1 sentence(s): 1 proven, 0 refuted, 0 open.\n")


def test_one_that_does_not_hold_ends_with_1_and_tells_the_steps_with_their_clauses(capsys: Said) -> None:
    assert main(["check", "pumps.toml", "--invariants", "broken.toml"]) == 1
    said = capsys.readouterr().out
    assert said.split("in 3 lines:\n")[1] == (
        "     1. reported (Reported) [pumps 5.1]\n"
        "     2. fixed (Fixed) tested = false [pumps 5.2]\n"
        "     3. closed (Closed) [pumps 5.3]\n"
        "2 sentence(s): 1 proven, 1 refuted, 0 open.\n"
    )


def test_the_proof_speaks_chinese(capsys: Said) -> None:
    assert main(["check", "pumps.toml", "--invariants", "broken.toml", "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "pumps 第 1 版\n" in said
    assert "     2. fixed（修复）tested = false [pumps 5.2]\n" in said
    assert said.endswith("2 条：1 条已证明，1 条已推翻，0 条未定。\n")


def test_json_has_the_history_as_events(capsys: Said) -> None:
    assert main(["check", "--json", "pumps.toml", "--invariants", "broken.toml"]) == 1
    data = json.loads(capsys.readouterr().out)
    kept, broken = data["proofs"]
    assert (kept["rulebook"], kept["edition"], kept["id"], kept["outcome"], kept["history"]) == (
        "pumps", "1", "unfixed", "proven", [],
    )  # fmt: skip
    assert (broken["outcome"], broken["by_gate"], broken["clause"]) == ("refuted", False, "pumps 5.3")
    fixed = broken["history"][1]
    assert (fixed["text"], fixed["clause"]) == ("2. fixed (Fixed) tested = false [pumps 5.2]", "pumps 5.2")
    assert (fixed["event"]["name"], fixed["event"]["facts"]) == ("fixed", {"tested": False})


def test_without_invariants_json_has_no_proofs(capsys: Said) -> None:
    assert main(["check", "--json", "pumps.toml"]) == 0
    assert "proofs" not in json.loads(capsys.readouterr().out)


def test_several_files_of_invariants_are_proven_together(capsys: Said) -> None:
    told = ["check", "pumps.toml", "--invariants", "kept.toml", "--invariants", "broken.toml"]
    assert main(told) == 1
    assert capsys.readouterr().out.endswith("3 sentence(s): 2 proven, 1 refuted, 0 open.\n")


def test_a_rulebook_that_cannot_be_read_is_not_proven(capsys: Said) -> None:
    Path("pumps.toml").write_text(PUMPS.replace('["fixed"]', '["fxed"]'), encoding="utf-8")
    assert main(["check", "pumps.toml", "--invariants", "kept.toml"]) == 1
    said = capsys.readouterr().out
    assert "did you mean fixed?" in said
    assert said.endswith("0 sentence(s): 0 proven, 0 refuted, 0 open.\n")


def test_invariants_of_another_procedure_end_with_1(capsys: Said) -> None:
    assert main(["check", "pumps.toml", "--invariants", "pcb-maker"]) == 1
    said = capsys.readouterr().out
    assert said.count(": this does not fit pumps edition 1: Unknown kind of case complaint") == 11
    assert "error: invariants.closed-undecided.kind: this does not fit" in said
    assert "pumps.toml\n  5: note: calendar" in said


UNFIT = """
[invariants.fitting]
kind = "repair"
never = "closed"
unless = ["fixed"]
[invariants.unfit]
kind = "repair"
never = "clozed"
where = { "fixed.testd" = true }
unless = [{ event = "fixt" }, { event = "fixed", where = { tested = "maybe" }, after = "reportd" }]
leaves_aside = ["corrections"]
[invariants.spread]
kind = "repair"
never = "closed"
unless = [
    "fixd",
]
"""


def test_all_names_that_do_not_fit_are_told_with_file_and_line_and_the_others_are_proven(
    capsys: Said,
) -> None:
    Path("own.toml").write_text(UNFIT, encoding="utf-8")
    assert main(["check", "pumps.toml", "--json", "--invariants", "own.toml"]) == 1
    data = json.loads(capsys.readouterr().out)
    found = [one for one in data["findings"] if one["file"] == "own.toml"]
    assert [(one["line"], one["path"].removeprefix("invariants.")) for one in found] == [
        (8, "unfit.never"),
        (9, "unfit.where.fixed.testd"),
        (10, "unfit.unless[0].event"),
        (10, "unfit.unless[1].after"),
        (10, "unfit.unless[1].where.tested"),
        (12, "spread.unless[0].event"),  # a list over several lines has no line of its own
    ]
    assert {one["code"] for one in found} == {"invariant-unfit"}
    assert "Unknown event clozed. Did you mean closed?" in found[0]["text"]
    assert data["files"] == ["pumps.toml", "own.toml"]
    assert [(one["id"], one["outcome"]) for one in data["proofs"]] == [("fitting", "proven")]


def test_what_does_not_fit_is_told_in_chinese(capsys: Said) -> None:
    Path("own.toml").write_text(UNFIT, encoding="utf-8")
    assert main(["check", "pumps.toml", "--lang", "zh", "--invariants", "own.toml"]) == 1
    assert "  8: 错误: invariants.unfit.never: 与 pumps 第 1 版不符：" in capsys.readouterr().out


def test_a_folder_of_invariants_tells_which_file_is_wrong(capsys: Said) -> None:
    Path("all").mkdir()
    Path("all/kept.toml").write_text(KEPT, encoding="utf-8")
    Path("all/own.toml").write_text("[invariants.a]\nkind = 3\nnever = 'x'", encoding="utf-8")
    assert main(["check", "pumps.toml", "--invariants", "all"]) == 1
    said = capsys.readouterr().out
    assert f"{Path('all', 'own.toml')}\n  2: error: invariants.a.kind: got 3" in said
    assert said.endswith("1 sentence(s): 1 proven, 0 refuted, 0 open.\n")
    Path("all/latin.toml").write_bytes("en = 'é'".encode("latin-1"))
    assert main(["check", "pumps.toml", "--invariants", "all"]) == 1
    assert "latin.toml" in capsys.readouterr().out


def test_invariants_that_cannot_be_read_end_with_1(capsys: Said) -> None:
    Path("kept.toml").write_text("[invariants", encoding="utf-8")
    assert main(["check", "pumps.toml", "--invariants", "kept.toml"]) == 1
    assert "kept.toml\n  1: error: " in capsys.readouterr().out


def test_invariants_that_are_not_there_are_wrong_usage(capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "pumps.toml", "--invariants", "kapt.toml"])
    assert ended.value.code == 2
    assert "There are no invariants kapt.toml" in capsys.readouterr().err


def test_a_rulebook_that_is_not_there_ends_with_2_and_the_others_are_proven(capsys: Said) -> None:
    assert main(["check", "nowhere.toml", "pumps.toml", "--invariants", "kept.toml"]) == 2
    said = capsys.readouterr()
    assert "nowhere.toml" in said.err
    assert said.out.endswith("1 sentence(s): 1 proven, 0 refuted, 0 open.\n")
