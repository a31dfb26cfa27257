"""The pre-commit hook for rulebooks in other repositories: its manifest is valid, and its command finds a mistake."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.authoring.lint.conftest import SOUND

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
KEYS = dict(re.findall(r"^  (\w+): (.*)$", MANIFEST.read_text(encoding="utf-8"), re.MULTILINE))


def test_pre_commit_takes_the_manifest() -> None:
    asked = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    assert subprocess.run(asked, check=False, capture_output=True, text=True).returncode == 0


@pytest.mark.parametrize(
    ("text", "code"), [(SOUND, 0), (SOUND.replace('["reported"]', '["reporte"]'), 1), ("id = ", 1)]
)
def test_the_command_of_the_hook_fails_on_a_mistake_alone(text: str, code: int, tmp_path: Path) -> None:
    sound, file = tmp_path / "sound.toml", tmp_path / "a rulebook.toml"
    sound.write_text(SOUND, encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    python, *command = KEYS["entry"].split()
    assert python == "python"
    asked = [sys.executable, *command, str(sound), str(file)]
    assert subprocess.run(asked, check=False, capture_output=True).returncode == code


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("rulebooks/pumps.toml", True),
        ("quality/rulebook/pumps/2.toml", True),
        ("pyproject.toml", False),
        ("old-rulebooks/pumps.toml", False),
        ("rulebooks/pumps.md", False),
    ],
)
def test_without_a_choice_the_hook_looks_into_folders_of_rulebooks(path: str, fits: bool) -> None:
    assert bool(re.search(KEYS["files"], path)) is fits
