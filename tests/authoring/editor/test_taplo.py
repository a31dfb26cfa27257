"""taplo, the tool behind Even Better TOML, reads the schema that ships and says what an author would see."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from tests.authoring.editor.books import CHILD, WHOLE
from tests.authoring.editor.test_schema import BLOCKS, RULEBOOKS

from qms_service.rulebooks.digest import digest_of
from qms_service.rulebooks.load import toml

TAPLO = shutil.which("taplo", path=sysconfig.get_path("scripts")) or ""
SCHEMA = Path(str(files("qms_service.authoring.editor") / "rulebook.schema.json"))

pytestmark = pytest.mark.skipif(not TAPLO, reason="taplo has no wheel for this machine")

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def taplo(tmp_path: Path) -> Run:
    """Runs taplo in a folder of the test's own: its exit code, and what it says."""

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [TAPLO, "lint", "--colors", "never", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "RUST_LOG": "error"},
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def lint(taplo: Run, tmp_path: Path) -> Callable[[str], tuple[int, str]]:
    """What taplo says of a rulebook's text."""

    def run(text: str) -> tuple[int, str]:
        (tmp_path / "book.toml").write_text(text, "utf-8")
        return taplo("--no-auto-config", "--schema", SCHEMA.as_uri(), "book.toml")

    return run


def test_the_rulebooks_that_ship_are_clean(taplo: Run) -> None:
    done = taplo("--no-auto-config", "--schema", SCHEMA.as_uri(), *map(str, RULEBOOKS))
    assert done == (0, "")


def test_rulebooks_with_every_key_are_clean(lint: Callable[[str], tuple[int, str]]) -> None:
    assert lint(WHOLE) == (0, "")
    assert lint(CHILD.replace('digest   = ""\n', "")) == (0, "")


@pytest.mark.parametrize("name", [name for name in BLOCKS if "lake-plant" in name or "pump-maker" in name])
def test_the_rulebooks_of_the_pages_are_clean(name: str, lint: Callable[[str], tuple[int, str]]) -> None:
    assert lint(BLOCKS[name]) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('by     = "sales"', "by     = 3", "by     = 3", '3 is not of type "string"'),
        ('clause = "4.1"\nby', "clause = 4.10\nby", "clause = 4.10", '4.1 is not of type "string"'),
        ('on_reopen = "resume"', 'on_reopen = "resum"', 'on_reopen = "resum"', '"resum" is not one of ["resume","restart","new"]'),
        ("paused_by =", "pausd_by =", "pausd_by =", "('pausd_by' was unexpected)"),
        ('warn      = "1 d"', 'warn      = "1 day or so"', 'warn      = "1 day or so"', '"1 day or so" does not match'),
        ('within    = "$judge_within"', "", "[repair.clocks.judging]", '"within" is a required property'),
        ('urgent = "bool"', 'urgent = "boolean"', 'urgent = "boolean"', '"boolean" does not match'),
        ('{ event = "judged", count = 2, distinct', '{ event = "judged", count = 0, distinct', "count = 0", "0 is less than the minimum of 1"),
        ("{ all = [", "{ al = [", "{ al = [", "('al' was unexpected)"),
        ('id             = "whole"', "", "edition        =", '"id" is a required property'),
    ],
)  # fmt: skip
def test_a_mistake_is_underlined_in_its_line(
    old: str, new: str, line: str, said: str, lint: Callable[[str], tuple[int, str]]
) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    code, output = lint(text)
    number = text[: text.index(line)].count("\n") + 1
    assert code == 1
    assert said in output
    assert f"book.toml:{number}:" in output


def test_a_change_without_a_reason_is_underlined(lint: Callable[[str], tuple[int, str]]) -> None:
    code, output = lint(CHILD.replace(', reason = "faster"', ""))
    assert (code, '"reason" is a required property' in output) == (1, True)


def test_the_first_line_of_a_file_may_name_the_schema(taplo: Run, tmp_path: Path) -> None:
    shutil.copy(SCHEMA, tmp_path / "rulebook.schema.json")
    file = tmp_path / "book.toml"
    file.write_text(f"#:schema ./rulebook.schema.json\n{WHOLE}", "utf-8")
    assert taplo("--no-auto-config", "book.toml") == (0, "")
    file.write_text(f"#:schema ./rulebook.schema.json\n{WHOLE.replace('paused_by', 'pausd_by')}", "utf-8")
    code, output = taplo("--no-auto-config", "book.toml")
    assert (code, "('pausd_by' was unexpected)" in output) == (1, True)


PAGE = (Path(__file__).parents[3] / "docs" / "editor-help.md").read_text("utf-8")
SHOWN = re.findall(r"^\| (\d+) \| `(.+?)`", PAGE, re.MULTILINE)


def test_the_page_shows_what_the_editor_says(taplo: Run, tmp_path: Path) -> None:
    (text,) = re.findall(r"<!-- pumps.toml -->\n```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "pumps.toml").write_text(text, "utf-8")
    shutil.copy(SCHEMA, tmp_path / "rulebook.schema.json")
    _, output = taplo("--no-auto-config", "pumps.toml")
    assert len(SHOWN) == 4
    for line, said in SHOWN:
        assert re.search(rf"error: {re.escape(said)}.*\n.*pumps\.toml:{line}:", output), said
    assert "servce" not in re.sub(r"│.*", "", output)


def test_the_configuration_of_the_page_is_read(taplo: Run, tmp_path: Path) -> None:
    (text,) = re.findall(r"<!-- .taplo.toml -->\n```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / ".taplo.toml").write_text(text, "utf-8")
    shutil.copy(SCHEMA, tmp_path / "rulebook.schema.json")
    (tmp_path / "procedures" / "pumps").mkdir(parents=True)
    (tmp_path / "procedures" / "pumps" / "1.toml").write_text(WHOLE.replace("paused_by", "pausd_by"), "utf-8")
    code, output = taplo()
    assert (code, "('pausd_by' was unexpected)" in output) == (1, True)


def test_the_formatter_changes_no_rule(tmp_path: Path) -> None:
    for file in RULEBOOKS:
        formatted = tmp_path / "formatted.toml"
        shutil.copy(file, formatted)
        subprocess.run([TAPLO, "format", "--no-auto-config", "formatted.toml"], cwd=tmp_path, check=True)
        assert formatted.read_bytes() != file.read_bytes()
        assert digest_of(toml(formatted.read_text("utf-8"))) == digest_of(toml(file.read_text("utf-8")))


def test_a_file_outside_the_folder_is_left_alone(taplo: Run, tmp_path: Path) -> None:
    (text,) = re.findall(r"<!-- .taplo.toml -->\n```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / ".taplo.toml").write_text(text, "utf-8")
    shutil.copy(SCHEMA, tmp_path / "rulebook.schema.json")
    (tmp_path / "other.toml").write_text("id = 3\n", "utf-8")
    assert taplo() == (0, "")
