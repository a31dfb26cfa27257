"""The house keeps its arrows: rooms know only what stands below them, and doors open alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import qms_service

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "qms_service"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def modules_after(code: str) -> set[str]:
    done = run(sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_arrows_point_down_only() -> None:
    done = run(
        sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", [("check",), ("format", "--check")], ids=["lint", "format"])
def test_ruff_has_nothing_to_say(command: tuple[str, ...]) -> None:
    done = run(sys.executable, "-m", "ruff", *command, "--quiet", ".")
    assert done.returncode == 0, done.stdout


def test_types_are_strict() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout


DOOR_1 = """
import pendulum
import qms_service as qms
start = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
assert qms.Term.parse("4 working d").after(start, qms.WorkCalendar.continuous("Asia/Shanghai"))
"""
DOOR_2 = """
import pendulum
import qms_service as qms
sent = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
clock = qms.Clock("initial-analysis", start="forwarded", stop="analysed", within="12 h")
assert clock.deadline({"forwarded": sent}, now=sent).state == "running"
table = qms.DecisionTable(name="t", inputs={"a": "bool"}, outputs={"b": "text"},
                          rules=[{"id": "r", "when": {"a": True}, "then": {"b": "x"}}])
assert table.decide({"a": True}).outputs["b"] == "x"
series = qms.NumberSeries(id="c", pattern="{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
assert series.parse(series.format(sent.date(), 1)).seq == 1
assert qms.audit_numbers(series, ["2026-001", "2026-002"]).ok
"""
DOOR_3 = """
desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=lambda: sent)
desk.open(qms.Complaint(number="C-1", customer="ACME", received_at=sent))
assert desk.worklist()
"""
FRAMES = {"numpy", "pandas", "polars", "pyarrow", "narwhals", "matplotlib"}


@pytest.mark.parametrize("door", [DOOR_1, DOOR_2], ids=["calendars", "values"])
def test_the_first_two_doors_need_no_store_and_no_rulebook(door: str) -> None:
    rooms = {name.split(".")[1] for name in modules_after(door) if name.startswith("qms_service.")}
    above = {"rulebooks", "wire", "trail", "ports", "analysis", "authoring", "adapters", "desk", "caselog"}
    above |= {"forms", "testing", "commands", "__main__"}
    assert not rooms & above


@pytest.mark.parametrize(
    "heavy",
    [*sorted(FRAMES), "sqlite3", "sqlalchemy", "cattrs", "tomllib", "rich", "pendulum", "pytest"],
)
def test_importing_the_library_alone_loads_nothing_heavy(heavy: str) -> None:
    assert heavy not in modules_after("import qms_service")


def test_the_scalar_path_never_loads_a_frame_library() -> None:
    loaded = modules_after(DOOR_1 + DOOR_2 + DOOR_3)
    assert not loaded & {*FRAMES, "sqlite3", "sqlalchemy"}


def test_a_deadline_of_a_frame_loads_the_frame_library_that_its_caller_has_loaded_and_no_plot() -> None:
    asked = "import qms_service as qms\nqms.analysis.deadlines_frame"
    assert modules_after(asked) & FRAMES == {"numpy", "narwhals"}
    assert modules_after(f"import polars\n{asked}") & FRAMES == {"numpy", "narwhals", "polars"}


def test_every_public_name_is_there_and_the_list_is_sorted() -> None:
    assert list(qms_service.__all__) == sorted(qms_service.__all__)
    assert [name for name in qms_service.__all__ if not hasattr(qms_service, name)] == []
    assert set(qms_service.__all__) <= set(dir(qms_service))


def test_the_names_that_type_checkers_see_are_those_that_load() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(qms_service.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Complant"):
        qms_service.Complant  # noqa: B018  # the access is the test


def test_nothing_asks_the_machine_for_the_time() -> None:
    banned = ("pendulum.now", "datetime.now", "date.today", "time.time(", "utcnow")
    found = [
        (path.name, word)
        for path in SOURCE.rglob("*.py")
        for word in banned
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
