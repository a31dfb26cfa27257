"""The README keeps its word: its shell lines, its counts, its names, and its Chinese twin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

import qms_service as qms

READMES = ("README.md", "README.zh-CN.md")
ROUTE = re.compile(r"`pcb-maker`.*?(\d+) \D+?(\d+) \D+?(\d+) ")

Blocks = Callable[[str], list[Any]]


def _shell(blocks: list[Any]) -> list[str]:
    return [block.text.strip() for block in blocks if block.language == "sh"]


@pytest.mark.parametrize("page", READMES)
def test_the_first_shell_line_prints_what_stands_below_it(
    page: str, blocks_of: Blocks, root: Path, tmp_path: Path
) -> None:
    blocks = blocks_of(page)
    place = next(at for at, block in enumerate(blocks) if block.language == "sh")
    *_, main_job = blocks[place].text.strip().split(" && ")
    python, *arguments = main_job.split()
    assert python == ".venv/bin/python"
    copytree(root / "examples", tmp_path / "examples", ignore=lambda *_: ["complaints.rejects.csv"])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(qms.__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    printed = done.stdout.decode().replace("\r\n", "\n")
    assert OutputChecker().check_output(blocks[place + 1].text, printed, ELLIPSIS), printed


def test_the_first_shell_line_starts_from_nothing_but_python(blocks_of: Blocks) -> None:
    job, *_ = _shell(blocks_of("README.md"))
    assert job.startswith("python3 -m venv .venv && .venv/bin/pip install --quiet . && ")
    assert "\n" not in job


def test_the_second_shell_line_is_the_one_that_the_gate_runs(blocks_of: Blocks, root: Path) -> None:
    _, tests, *_ = _shell(blocks_of("README.md"))
    assert (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == tests


def test_both_readmes_have_the_same_code(blocks_of: Blocks) -> None:
    english, chinese = ([(block.language, block.text) for block in blocks_of(page)] for page in READMES)
    assert chinese == english


@pytest.mark.parametrize("page", READMES)
def test_the_counts_of_a_readme_are_those_of_the_code(page: str, root: Path) -> None:
    text = (root / page).read_text(encoding="utf-8")
    errors = [name for name in qms.__all__ if _is_error(name)]
    assert re.findall(r"^(\d+) (?:rulebook|本规则册|public|个公开)", text, re.MULTILINE) == [
        str(len(qms.shipped_rulebooks())),
        str(len(qms.__all__)),
    ]
    assert re.search(rf"\b{len(errors)} (?:are errors|个是错误)", text)
    for id_ in qms.shipped_rulebooks():
        assert f"[`{id_}`]" in text


@pytest.mark.parametrize("page", READMES)
def test_the_figures_of_a_procedure_are_those_of_its_rulebook(page: str, root: Path) -> None:
    found = ROUTE.search((root / page).read_text(encoding="utf-8"))
    complaint = qms.load_rulebook("pcb-maker").editions[-1].rules.kind("complaint")
    assert found is not None
    assert [int(figure) for figure in found.groups()] == [
        len(complaint.events),
        len(complaint.clocks),
        len(complaint.routes),
    ]


@pytest.mark.parametrize("page", READMES)
def test_the_count_of_clause_cases_is_that_of_their_file(page: str, root: Path) -> None:
    text = (root / page).read_text(encoding="utf-8")
    for id_ in qms.shipped_rulebooks():
        file = f"tests/procedures/{id_}.toml"
        cases = tomllib.loads((root / file).read_text(encoding="utf-8"))["case"]
        assert re.findall(rf"\[[^]\d]*(\d+)[^]]*\]\({re.escape(file)}\)", text) == [str(len(cases))]


@pytest.mark.parametrize("page", READMES)
def test_every_name_of_the_public_face_is_listed_and_no_other(page: str, root: Path) -> None:
    section = re.split(r"^## ", (root / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = next(part for part in section if part.startswith(("Names", "公开名称")))
    listed = {
        name for line in names.splitlines() if line.startswith("| ") for name in re.findall(r"`(\w+)`", line)
    }
    assert listed == {name for name in qms.__all__ if not _is_error(name)}


def _is_error(name: str) -> bool:
    value = getattr(qms, name)
    return isinstance(value, type) and issubclass(value, qms.QmsError)
