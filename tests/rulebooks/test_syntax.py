"""A text that is no TOML is refused in the words of people who write one, in each language, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import qms_service as qms
from qms_service.__main__ import main
from qms_service.rulebooks.syntax import toml_syntax_error


def refused(text: str, tmp_path: Path) -> qms.RulebookError:
    file = tmp_path / "broken.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(qms.RulebookError) as error:
        qms.load_rulebook(file)
    return error.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by = quality", "line 1: quality is no value; a text stands between quotation marks"),
        ("a = 1\nby = \n\n", "line 2: a value is missing"),
        ("by =\na = 1", "line 1: a value is missing"),
        ("needs = [received, examined]", "line 1: received is no value"),
        ("by = “quality”", 'line 1: instead of “ type "'),
        ('by ＝ "quality"', "line 1: instead of ＝ type ="),
        ('needs = ["a"，"b"]', "line 1: instead of ， type ,"),
        ('a = 1\nby = "quality\nb = 2', "line 2: a text is not closed by a quotation mark"),
        ("needs = [\n  1,\n", "it ends too early"),
        ('table = """\n| id |\n', "it ends too early"),
        ("[t]\na = 1\n\n[t]\nb = 2", "line 4: [t] stands in the file already; keep one of the two"),
        ("a = 1\na = 2", "line 2: a stands in the file already"),
        ("a = [\n  1,\n]\na = [\n  1,\n]", "line 6: what ends here stands in the file already"),
        ("t = { a = 1 }\n[t]\nb = 2", "line 2: [t] stands in the file already"),
        ("t = { a = 1 }\n[t.u]\nb = 2", "line 2: [t.u] stands in the file already"),
        ('en = "The "big" one"', 'line 1: behind a value stands big" one"; a line has one key'),
        ('t = { en = "The "big" one" }', "line 1: in braces, a comma or the closing brace is missing"),
        ("t = { a = 1,\n b = 2 }", "line 1: a name is missing or cannot be read; what stands in braces"),
        ("[t\na = 1", "line 1: the name of a table is not closed by a bracket"),
        ("needs\na = 1", "line 1: behind needs an = is missing"),
        ("[t] = 1", "line 1: behind a value stands = 1"),
        ('needs = [\n  "a"\n  "b"\n]', "line 3: in a list, a comma or the closing bracket is missing"),
        ('path = "C:\\data"', "line 1: a backslash in a text is typed twice"),
        ("at = 2026-02-30T00:00:00Z", "line 1: Invalid date or datetime"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("a = " + "1" * 5000, "nested too deeply, or a number too large"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(tmp_path: Path, text: str, said: str) -> None:
    error = refused(text, tmp_path)
    assert str(error).startswith(f"broken.toml is no TOML: {said}")
    assert error.problems == ()


def test_a_syntax_error_in_chinese_is_chinese(tmp_path: Path) -> None:
    error = refused("by = “quality”", tmp_path)
    assert error.text("zh") == 'broken.toml 不是 TOML：第 1 行：请把 “ 改成 "。'


def test_a_check_tells_it_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("[t]\na = 1\n[t]\n", encoding="utf-8")
    (found,) = qms.lint(file).findings
    assert (found.line, found.severity, found.code) == (3, "error", "rulebook-syntax")
    assert "第 3 行：[t] 在文件中已经有了" in found.text("zh")


def test_what_another_reader_of_toml_says_is_told_as_it_is() -> None:
    error = toml_syntax_error("a = 1", "odd")
    assert (str(error), error.line) == ("odd", None)


@pytest.mark.parametrize("option", ["--cases", "--invariants"])
def test_the_files_beside_a_rulebook_are_refused_in_the_same_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    file = tmp_path / "beside.toml"
    file.write_text("a = “b”", encoding="utf-8")
    assert main(["check", "--lang", "zh", "pcb-maker", option, str(file)]) == 1
    assert "beside.toml 不是 TOML：第 1 行：请把 “ 改成" in capsys.readouterr().err
