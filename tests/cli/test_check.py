"""The command line: `python -m qms_service check FILE…`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from tests.authoring.lint.conftest import SOUND

from qms_service.__main__ import main


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound rulebook in the working directory."""
    monkeypatch.chdir(tmp_path)
    found = Path("pumps.toml")
    found.write_text(SOUND, encoding="utf-8")
    return found


def change(file: Path, old: str, new: str) -> None:
    file.write_text(SOUND.replace(old, new, 1), encoding="utf-8")


Said = pytest.CaptureFixture[str]
UNUSED = ("[departments]\n", '[departments]\nsales = { en = "Sales", zh = "业务部" }\n')
WRONG = ('by     = "service"', 'by     = "servce"')


def test_a_sound_rulebook_ends_with_0(file: Path, capsys: Said) -> None:
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out == "1 file(s): 0 error(s), 0 warning(s), 0 note(s).\n"


def test_a_warning_ends_with_0_and_when_strict_with_1(file: Path, capsys: Said) -> None:
    change(file, *UNUSED)
    assert (main(["check", str(file)]), main(["check", "--strict", str(file)])) == (0, 1)
    assert capsys.readouterr().out.startswith("pumps.toml\n  7: warning: departments.sales: no rule names")


def test_an_error_ends_with_1_and_is_told_with_its_line(file: Path, capsys: Said) -> None:
    change(file, *WRONG)
    assert main(["check", str(file)]) == 1
    said = capsys.readouterr().out
    assert "error: repair.events.reported.by: unknown department servce; did you mean service?" in said


def test_the_errors_of_all_files_come_at_once(file: Path, capsys: Said) -> None:
    change(file, *WRONG)
    Path("broken.toml").write_text("id = ", encoding="utf-8")
    Path("latin.toml").write_bytes("id = 'é'".encode("latin-1"))
    assert main(["check", str(file), "broken.toml", "latin.toml"]) == 1
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if not line.startswith(" ")] == [
        "pumps.toml",
        "broken.toml",
        "latin.toml",
        "3 file(s): 3 error(s), 0 warning(s), 0 note(s).",
    ]
    assert "(rulebook-syntax)" in said
    assert "(rulebook-encoding)" in said


def test_a_file_that_is_not_there_ends_with_2_and_the_others_are_checked(file: Path, capsys: Said) -> None:
    change(file, *UNUSED)
    assert main(["check", "pump.toml", str(file)]) == 2
    said = capsys.readouterr()
    assert "pump.toml is neither a shipped rulebook" in said.err
    assert "departments.sales" in said.out


@pytest.mark.parametrize("name", ["nowhere.toml", "", " "])
@pytest.mark.parametrize("command", ["check", "show", "cases", "diff"])
def test_a_rulebook_that_is_not_there_ends_every_command_with_2(
    capsys: Said, command: str, name: str
) -> None:
    more = ["pcb-maker"] if command == "diff" else []
    assert main([command, name, *more]) == 2
    assert "a TOML file or of a folder" in capsys.readouterr().err


@pytest.mark.parametrize("closed", [["stdout"], ["stdout", "stderr"]])
def test_a_screen_that_is_closed_is_no_crash(
    file: Path, monkeypatch: pytest.MonkeyPatch, closed: list[str]
) -> None:
    for name in closed:
        monkeypatch.setattr(sys, name, None)
    assert main(["check", str(file)]) == 0
    assert main(["show", str(file)]) == 0
    assert main(["check", "nowhere.toml"]) == 2


def test_without_a_file_the_usage_is_told(capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 2
    assert "FILE" in capsys.readouterr().err


def test_json_is_for_programs(file: Path, capsys: Said) -> None:
    change(file, "| normal | false  | 3 d       | 5.4    |\n", "")
    assert main(["check", "--json", str(file)]) == 1
    data = json.loads(capsys.readouterr().out)
    (gap,) = data.pop("findings")
    assert data == {"schema": "qms-lint/1", "files": ["pumps.toml"], "errors": 1, "warnings": 0, "notes": 0}
    assert gap == {
        "file": "pumps.toml",
        "line": SOUND[: SOUND.index("table = '''")].count("\n") + 1,
        "path": "repair.clocks.test.within.table",
        "severity": "error",
        "code": "term-gap",
        "clause": None,
        "facts": {"name": "test"},
        "witness": {"urgent": False},
        "text": "the clock test has no term for urgent = false. Add a row, or a default row with hit = first.",
    }


def test_the_operands_of_an_error_are_json_too(file: Path, capsys: Said) -> None:
    change(file, 'clause = "5.1"', "clause = 5.1")
    assert main(["check", "--json", "--lang", "zh", str(file)]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["code"], found["facts"]) == ("clause-number", {"got": "5.1"})
    assert "引号" in found["text"]


def test_the_shipped_rulebook_is_clean_even_when_strict(capsys: Said) -> None:
    assert main(["check", "--strict", "--lang", "zh", "pcb-maker"]) == 0
    assert "0 个错误，0 个警告" in capsys.readouterr().out


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def said_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a command writes to a terminal, whatever this machine's own is."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def said(*arguments: str) -> str:
        stream = Terminal()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", stream)
            main(arguments)
        return stream.getvalue()

    return said


def test_a_terminal_gets_colours(file: Path, said_to_a_terminal: Callable[..., str]) -> None:
    change(file, *UNUSED)
    assert "\x1b[33m  7: warning:" in said_to_a_terminal("check", str(file))


def test_without_the_package_for_colours_the_text_is_the_same(
    file: Path, said_to_a_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    change(file, *UNUSED)
    for name in ("rich.console", "rich.text"):
        monkeypatch.setitem(sys.modules, name, None)
    assert main(["check", str(file)]) == 0
    assert said_to_a_terminal("check", str(file)) == capsys.readouterr().out
