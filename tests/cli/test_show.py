"""The command line: `python -m qms_service show RULEBOOK`."""

from __future__ import annotations

from pathlib import Path

import pytest

from qms_service.__main__ import main
from qms_service.authoring.showing import show

Said = pytest.CaptureFixture[str]


def test_a_document_is_printed_as_markdown_in_english(capsys: Said) -> None:
    assert main(["show", "pcb-maker"]) == 0
    assert capsys.readouterr().out == show("pcb-maker")


def test_language_format_edition_and_kind_are_options(capsys: Said) -> None:
    asked = ["--lang", "zh", "--format", "mermaid", "--edition", "1", "--kind", "complaint"]
    assert main(["show", "pcb-maker", *asked]) == 0
    assert capsys.readouterr().out == show("pcb-maker", lang="zh", form="mermaid", kind="complaint")


def test_a_page_is_written_to_a_file(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "procedure.html"
    assert main(["show", "pcb-maker", "--format", "html", "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert out.read_bytes().decode() == show("pcb-maker", form="html")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, capsys: Said) -> None:
    assert main(["show", "pcb-maker", "--lang", "zh", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"无法写入 {tmp_path}：")


def test_a_rulebook_or_an_edition_that_is_not_there_is_told(capsys: Said) -> None:
    assert main(["show", "pcb-make"]) == 1
    assert "Did you mean pcb-maker?" in capsys.readouterr().err
    assert main(["show", "pcb-maker", "--edition", "2"]) == 1
    assert "2" in capsys.readouterr().err
