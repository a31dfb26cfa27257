"""The command line: `python -m qms_service report RULEBOOK FILE --mapping MAPPING`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from runpy import run_module

import pytest

from qms_service.__main__ import main, run

FOLDER = Path(__file__).parents[2] / "examples" / "board_maker"
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def example(tmp_path: Path) -> list[str]:
    """The arguments of a report on a copy of the example."""
    for name in ("complaints.csv", "mapping.toml"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return [
        "report",
        "pcb-maker",
        str(tmp_path / "complaints.csv"),
        "--mapping",
        str(tmp_path / "mapping.toml"),
    ]


def test_the_report_goes_to_the_output_and_the_rejects_beside_the_log(
    example: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(example) == 0
    said = capsys.readouterr()
    assert said.out.startswith(
        "pcb-maker, edition 1: complaints.csv\n348 rows: 319 read as 319 cases, 29 rejected."
    )
    assert "complaints.rejects.csv" in said.err
    assert len((tmp_path / "complaints.rejects.csv").read_text(encoding="utf-8-sig").splitlines()) == 30


def test_json_is_for_programs(example: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*example, "--format", "json", "--lang", "zh"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], "type" in data) == ("qms-report/1", False)  # no value of the wire format qms/1
    assert (data["rows"], data["rows_read"], data["rows_rejected"]) == (348, 319, 29)
    worst = data["late"][0]
    assert (worst["clock"], worst["clock_name"], worst["owner_name"]) == (
        "initial-analysis",
        "初步分析",
        "品质部",
    )


def test_the_moment_asked_and_the_number_of_late_cases_are_options(
    example: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*example, "--now", "2025-08-01T00:00+08:00", "--late", "2"]) == 0
    out = capsys.readouterr().out
    assert "As of 2025-08-01 00:00 +08:00." in out
    assert "2 of them" in out
    assert main([*example, "--late", "-1"]) == 0
    assert len(capsys.readouterr().out) > len(out)


def test_chinese_is_an_option(example: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*example, "--lang", "zh"]) == 0
    assert "按时率" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_told_and_the_report_still_given(
    example: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (tmp_path / "nowhere" / "r.csv", tmp_path / ("x" * 300), tmp_path):
        assert main([*example, "--rejects", str(place)]) == 1
        said = capsys.readouterr()
        assert "348 rows" in said.out
        assert "--rejects" in said.err


def test_the_rejects_never_overwrite_the_log_or_its_mapping(
    example: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("complaints.csv", "mapping.toml"):
        assert main([*example, "--rejects", str(tmp_path / name)]) == 1
        assert "overwrite" in capsys.readouterr().err
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_another_name_of_the_log_is_the_log(
    example: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.csv").hardlink_to(tmp_path / "complaints.csv")
    assert main([*example, "--rejects", str(tmp_path / "other.csv")]) == 1
    assert "overwrite" in capsys.readouterr().err


@pytest.mark.parametrize("now", ["0001-01-01T00:00+08:00", "9999-12-31T23:59-08:00"])
def test_a_moment_at_the_end_of_time_is_told(
    example: list[str], capsys: pytest.CaptureFixture[str], now: str
) -> None:
    assert main([*example, "--now", now]) == 1
    assert "give one from 1900-01-01 to 2199-12-31" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lang", "now", "said"),
    [
        ("en", "2026-03-05T09:00", "2026-03-05T09:00+08:00 for China, 2026-03-05T09:00Z for UTC"),
        ("zh", "2026-03-05T09:00", "中国为 2026-03-05T09:00+08:00"),
        ("en", "2026-03-05", "2026-03-05T00:00+08:00 for China"),
        ("en", "yesterday", "yesterday is no moment. Type it as 2026-03-02T09:00+08:00"),
        ("zh", "yesterday", "不是时刻"),
    ],
)
def test_a_moment_without_its_offset_is_answered_with_what_to_type(
    example: list[str], capsys: pytest.CaptureFixture[str], lang: str, now: str, said: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*example, "--now", now, "--lang", lang])
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert said in err
    assert "pendulum" not in err


def test_a_sound_log_leaves_no_rejects_and_empties_those_of_an_earlier_run(
    example: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, rejects = tmp_path / "complaints.csv", tmp_path / "complaints.rejects.csv"
    log.write_text("\n".join(log.read_text(encoding="utf-8").splitlines()[:5]), encoding="utf-8")
    assert main(example) == 0
    assert not rejects.exists()
    rejects.write_text("of an earlier run", encoding="utf-8")
    assert main(example) == 0
    assert "0 rows" in capsys.readouterr().err
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ({2: "none.csv"}, "cannot be opened"),
        ({4: "none.toml"}, "cannot be opened"),
        ({4: "."}, "cannot be opened"),
        ({4: "x" * 300}, "cannot be opened"),
    ],
)
def test_what_cannot_be_used_is_told_without_a_traceback(
    example: list[str], capsys: pytest.CaptureFixture[str], spoil: dict[int, str], said: str
) -> None:
    assert main([spoil.get(at, word) for at, word in enumerate(example)]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_a_rulebook_that_is_not_there_ends_with_2(
    example: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([{1: "pcb-makre"}.get(at, word) for at, word in enumerate(example)]) == 2
    assert "Did you mean pcb-maker?" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["report"], [], ["repotr"], ["--now", "2025-08-01"], ["--lang", "fr"]])
def test_wrong_usage_exits_with_two(
    example: list[str], wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*example, *wrong] if wrong and wrong[0].startswith("--") else wrong)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def command(arguments: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "qms_service", *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "ascii"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_a_console_of_another_encoding_gets_utf_8_and_a_pipe_no_progress(example: list[str]) -> None:
    out, err = command([*example, "--lang", "zh"]).communicate()
    assert "按时率" in out
    assert err.splitlines()[0].startswith("29 行无法读取")
    assert "\r" not in out + err


def test_a_reader_that_leaves_early_causes_no_traceback(
    example: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as broken:
        monkeypatch.setattr(sys, "stdout", broken)
        monkeypatch.setattr(sys, "argv", ["qms_service", *example])
        assert run() == 1


def test_a_stream_that_is_no_console_is_left_alone(
    example: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", StringIO())
    monkeypatch.setattr(sys, "argv", ["qms_service", *example])
    assert run() == 0


def test_the_package_can_be_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "qms_service.__main__")
    monkeypatch.setattr(sys, "argv", ["qms_service", "--help"])
    with pytest.raises(SystemExit) as caught:
        run_module("qms_service", run_name="__main__")
    assert caught.value.code == 0
    assert "report" in capsys.readouterr().out
