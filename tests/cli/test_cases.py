"""The command line: `python -m qms_service check RULEBOOK --cases FILE`, and `… cases RULEBOOK`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.authoring.cases.conftest import HEAD, LIFTS

from qms_service.__main__ import main

Said = pytest.CaptureFixture[str]
CASE = """\
[[case]]
clause   = "5.1"
sentence = "It is reported."
step     = "reported"
now      = "2026-03-02 09:00"
expect   = { state = "done" }
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rulebook and a file of cases in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("lifts.toml").write_text(LIFTS, encoding="utf-8")
    Path("cases.toml").write_text(HEAD + CASE, encoding="utf-8")


def check(*arguments: str) -> int:
    return main(["check", "lifts.toml", *arguments])


def test_cases_that_pass_end_with_0(capsys: Said) -> None:
    assert check("--cases", "cases.toml") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "1 case: 1 as the clause says."
    assert "  note: no case speaks of clause 5.2" in said


def test_a_case_that_fails_ends_with_1_and_is_told_with_its_line(capsys: Said) -> None:
    Path("cases.toml").write_text(HEAD + CASE.replace("done", "possible"), encoding="utf-8")
    assert check("--cases", "cases.toml", "--lang", "zh") == 1
    said = capsys.readouterr().out
    assert "  8: 与条款不一致: 5.1 It is reported.\n    状态：应为 possible，得到 done\n" in said


def test_an_unanswered_case_ends_with_0_and_when_strict_with_1(capsys: Said) -> None:
    Path("cases.toml").write_text(HEAD + CASE.replace("expect", "# expect"), encoding="utf-8")
    assert check("--cases", "cases.toml") == 0
    assert "1 case: 0 as the clause says, 1 to be answered." in capsys.readouterr().out
    assert check("--cases", "cases.toml", "--strict") == 1


def test_several_files_are_run(capsys: Said) -> None:
    Path("more.toml").write_text(HEAD + CASE + CASE, encoding="utf-8")
    assert check("pcb-maker", "--cases", "cases.toml", "--cases", "more.toml") == 0
    said = capsys.readouterr().out
    assert "1 case: 1 as" in said
    assert "2 cases: 2 as" in said


SECOND = LIFTS.replace('edition  = "1"', 'edition  = "2"\neffective_from = 2027-01-01')


def test_the_editions_of_one_id_are_put_together_in_whatever_order_their_files_come(capsys: Said) -> None:
    Path("second.toml").write_text(SECOND.replace('clause = "5.1"', 'clause = "7.1"'), encoding="utf-8")
    Path("newer.toml").write_text(HEAD + CASE.replace("5.1", "7.1"), encoding="utf-8")
    Path("older.toml").write_text('edition = "1"\n' + HEAD + CASE, encoding="utf-8")
    for files in (["lifts.toml", "second.toml"], ["second.toml", "lifts.toml"]):
        assert main(["check", *files, "--cases", "newer.toml", "--cases", "older.toml"]) == 0
        said = capsys.readouterr().out
        assert said.count("1 case: 1 as the clause says") == 2
        assert "no case speaks of clause 7.1" not in said  # so the newer file was put to the second edition


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "call themselves the same edition: 1"), ("zh", "同一版本名：1")]
)
def test_the_same_edition_from_two_files_is_refused_and_told(capsys: Said, lang: str, said: str) -> None:
    Path("copy.toml").write_text(LIFTS, encoding="utf-8")
    assert check("copy.toml", "--cases", "cases.toml", "--lang", lang) == 1
    assert said in capsys.readouterr().out


def test_json_is_for_programs(capsys: Said) -> None:
    assert check("--cases", "cases.toml", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "qms-lint/1"
    (cases,) = data["cases"]
    assert (cases["schema"], cases["file"], cases["passed"]) == ("qms-cases/1", "cases.toml", 1)


def test_a_file_of_cases_that_is_not_there_is_wrong_usage(capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        check("--cases", "none.toml")
    assert ended.value.code == 2
    assert "There is no file none.toml" in capsys.readouterr().err


def test_a_file_of_cases_with_mistakes_ends_with_1_and_the_others_are_run(capsys: Said) -> None:
    Path("bad.toml").write_text(HEAD + CASE.replace('"reported"', '"reportd"'), encoding="utf-8")
    assert check("--cases", "bad.toml", "--cases", "cases.toml") == 1
    said = capsys.readouterr().out
    assert "bad.toml\n  11: error: case[0].step: unknown event reportd" in said
    assert "1 case: 1 as" in said


def test_what_is_wrong_with_a_file_of_cases_is_in_the_json_as_the_errors_of_a_rulebook_are(
    capsys: Said,
) -> None:
    Path("bad.toml").write_text(HEAD + CASE.replace('"reported"', '"reportd"'), encoding="utf-8")
    Path("none.toml").write_text("case = ", encoding="utf-8")
    assert check("--json", "--cases", "bad.toml", "--cases", "none.toml", "--cases", "cases.toml") == 1
    data = json.loads(capsys.readouterr().out)
    bad, none = (one for one in data["findings"] if one["severity"] == "error")
    assert (bad["file"], bad["line"], bad["path"], bad["code"], bad["text"]) == (
        "bad.toml", 11, "case[0].step", "unknown-name.nearest",
        "unknown event reportd; did you mean reported? Known: reported, visited, tested, closed",
    )  # fmt: skip
    assert (none["file"], none["code"]) == ("none.toml", "rulebook-syntax")
    assert (data["errors"], data["files"]) == (2, ["lifts.toml", "bad.toml", "none.toml"])
    assert [one["file"] for one in data["cases"]] == ["cases.toml"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_cases_whose_rulebook_has_mistakes_say_which(capsys: Said, lang: str) -> None:
    Path("lifts.toml").write_text(
        LIFTS.replace('by     = "service"', 'by     = "servce"', 1), encoding="utf-8"
    )
    assert check("--json", "--cases", "cases.toml", "--lang", lang) == 1
    (found,) = (one for one in json.loads(capsys.readouterr().out)["findings"] if one["file"] == "cases.toml")
    assert found["code"] == "cases-rulebook"
    assert "lifts" in found["text"]
    assert "servce" in found["text"]


def test_cases_prints_a_file_that_check_takes(capsys: Said) -> None:
    assert main(["cases", "lifts.toml"]) == 0
    Path("new.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert check("--cases", "new.toml") == 0
    assert "0 as the clause says" in capsys.readouterr().out


def test_cases_of_no_rulebook_end_with_1(capsys: Said) -> None:
    assert main(["cases", "none.toml", "--lang", "zh"]) == 1
    assert "none.toml" in capsys.readouterr().err
