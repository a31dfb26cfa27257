"""The table of the benchmarks is well formed, and goes where it belongs; no time is asserted."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from shutil import copy

import pytest
from benchmarks.__main__ import NAMES, language, main, pages, write
from benchmarks.measured import Row, Words, amount, figure, table, times

from benchmarks import imports

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "benchmarks").glob("*.py"))
CELLS = re.compile(r"\| (.*) \| (\S+ (?:µs|ms|s)|) \| (.+) \| (\S+ (?:µs|ms|s)) \| (?:1/)?[\d.,]+ × \|")


def job(name: str, *, ours: float = 1e-6, theirs: float = 2e-6) -> Row:
    return Row(
        what=Words(name, f"{name}一"),
        ours=ours,
        theirs=theirs,
        packages=("attrs",),
        rival=Words(", x", "，x"),
    )


def test_the_table_of_a_cheap_benchmark_is_well_formed() -> None:
    rows = list(imports.rows(quick=True))
    header, rule, *lines = table(rows).splitlines()
    assert header == "| what | here | rival | takes | ratio |"
    assert rule == "|---|---|---|---|---|"
    *cells, empty, machine = lines
    assert len(cells) == len(rows)
    assert all(CELLS.fullmatch(line) for line in cells), cells
    assert empty == ""
    assert re.fullmatch(
        r"One machine, \d+ cores, \w+ 3\.\d+\.\S+; qms-service \S+, attrs \S+, cattrs .*\.", machine
    )


def test_a_job_with_several_rivals_is_named_once() -> None:
    lines = table([job("a"), job("a", theirs=3e-6), job("b")], "zh").splitlines()
    assert lines[0] == "| 内容 | 本库 | 对比对象 | 用时 | 倍数 |"
    assert [line.split(" | ")[0] for line in lines[2:5]] == ["| a一", "| ", "| b一"]
    assert lines[3].endswith(" | 3.0 µs | 3.0 × |")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3.5e-6, "3.5 µs"), (6.84e-5, "68 µs"), (0.788, "788 ms"), (70, "70 s"), (4e-8, "0.04 µs")],
)
def test_a_time_stands_in_the_unit_that_reads_best(seconds: float, said: str) -> None:
    assert amount(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.388, "0.39"), (3.51, "3.5"), (9.97, "10"), (226.4, "226"), (2_700, "2,700")]
)
def test_a_figure_has_no_more_digits_than_it_can_bear(value: float, said: str) -> None:
    assert figure(value) == said


@pytest.mark.parametrize(
    ("ratio", "said"), [(19.2, "19"), (0.83, "0.83"), (1 / 273, "1/273"), (0.08, "1/12")]
)
def test_a_small_ratio_is_a_part_of_one(ratio: float, said: str) -> None:
    assert times(ratio) == said


def test_a_table_replaces_only_what_stands_between_the_marks(tmp_path: Path) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        copy(ROOT / name, tmp_path)
    copies = pages(tmp_path / "README.md")
    assert [(page.name, language(page)) for page in copies] == [
        ("README.md", "en"),
        ("README.zh-CN.md", "zh"),
    ]
    for page in copies:
        write(page, "another table")
        before, after = ((folder / page.name).read_text(encoding="utf-8") for folder in (ROOT, tmp_path))
        outside = [re.split(r"<!-- measured.*?-->", text) for text in (before, after)]
        assert [len(parts) for parts in outside] == [3, 3]
        assert outside[0][::2] == outside[1][::2]
        assert outside[1][1].strip() == "another table"


@pytest.mark.parametrize("text", ["no marks", "<!-- measured -->\n<!-- measured: end -->\n" * 2])
def test_a_page_without_the_marks_is_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "README.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"README\.md: <!-- measured -->"):
        write(page, "another table")
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("more", [["--quick"], ["--only", "imports"]])
def test_a_part_of_the_table_is_never_written(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--write", "README.md", *more])
    assert "--write needs the whole table" in capsys.readouterr().err


def test_every_benchmark_stands_in_the_table() -> None:
    offering = [path.stem for path in SCRIPTS if "rows" in functions_of(path)]
    assert sorted(NAMES) == sorted(offering)


def test_no_benchmark_hides_a_module_of_the_standard_library() -> None:
    assert not sys.stdlib_module_names & {path.stem for path in SCRIPTS} - {"__main__"}


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
