"""`--out`: a text for a file is written in UTF-8, whatever the screen has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from qms_service.__main__ import main

RULEBOOK = str(Path(__file__).parents[2] / "examples" / "small_factory" / "my-factory.toml")


@pytest.mark.parametrize("command", [["cases", "--lang", "zh", RULEBOOK], ["schema"]])
def test_a_text_goes_to_the_file_as_to_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    file = tmp_path / "told"
    assert main([*command, "--out", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert main(command) == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cases", RULEBOOK, "--out", str(tmp_path / "none" / "cases.toml")]) == 1
    assert "No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize("lang", [("en", "Cannot write stdout: "), ("zh", "无法写入 stdout")])
def test_a_screen_that_takes_nothing_is_told_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: tuple[str, str]
) -> None:
    (tmp_path / "full").touch()
    with os.fdopen(os.open(tmp_path / "full", os.O_RDONLY), "w") as screen:
        monkeypatch.setattr(sys, "stdout", screen)
        assert main(["show", "pcb-maker", "--lang", lang[0]]) == 1
    assert lang[1] in capsys.readouterr().err
