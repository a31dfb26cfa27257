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


def test_several_files_of_invariants_and_those_that_ship_are_named_alike(capsys: Said) -> None:
    told = ["check", "pumps.toml", "--invariants", "kept.toml", "--invariants", "broken.toml"]
    assert main(told) == 1
    assert capsys.readouterr().out.endswith("3 sentence(s): 2 proven, 1 refuted, 0 open.\n")
    assert main(["check", "pcb-maker", "--strict", "--invariants", "pcb-maker"]) == 0
    assert ": 30 proven, 0 refuted, 0 open." in capsys.readouterr().out


def test_a_rulebook_that_cannot_be_read_is_not_proven(capsys: Said) -> None:
    Path("pumps.toml").write_text(PUMPS.replace('["fixed"]', '["fxed"]'), encoding="utf-8")
    assert main(["check", "pumps.toml", "--invariants", "kept.toml"]) == 1
    said = capsys.readouterr().out
    assert "did you mean fixed?" in said
    assert said.endswith("0 sentence(s): 0 proven, 0 refuted, 0 open.\n")


def test_invariants_of_another_procedure_end_with_1(capsys: Said) -> None:
    assert main(["check", "pumps.toml", "--invariants", "pcb-maker"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("The invariants do not fit pumps edition 1, 30 problem(s):")
    assert "invariants.closed-undecided: Unknown kind of case complaint" in said


def test_invariants_that_cannot_be_read_end_with_1(capsys: Said) -> None:
    Path("kept.toml").write_text("[invariants", encoding="utf-8")
    assert main(["check", "pumps.toml", "--invariants", "kept.toml"]) == 1
    assert "kept.toml" in capsys.readouterr().err


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
