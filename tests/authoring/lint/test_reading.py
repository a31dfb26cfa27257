"""What is checked: a file, a folder of editions, a shipped rulebook, one that is loaded; and what does not load."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.authoring.lint.conftest import SOUND

import qms_service as qms
from qms_service.authoring.lint import lint

LATER = SOUND.replace('edition  = "1"', 'edition  = "2"\neffective_from = 2026-01-01')
UNUSED = ("[departments]\n", '[departments]\nsales = { en = "Sales", zh = "业务部" }\n')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rulebook of two editions; in the later one a department has nothing to do."""
    (tmp_path / "1.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "2.toml").write_text(LATER.replace(*UNUSED, 1), encoding="utf-8")
    return tmp_path


def test_each_edition_of_a_folder_is_checked_in_its_own_file(folder: Path) -> None:
    report = lint(folder)
    assert report.files == (str(folder / "1.toml"), str(folder / "2.toml"))
    assert [(one.file, one.path, one.line) for one in report.findings] == [
        (str(folder / "2.toml"), "departments.sales", 8)
    ]


def test_the_errors_of_one_edition_leave_the_other_checked(folder: Path) -> None:
    (folder / "1.toml").write_text(
        SOUND.replace('by     = "service"', 'by     = "servce"', 1), encoding="utf-8"
    )
    assert [one.code for one in lint(folder).findings] == ["unknown-name.nearest", "department-unused"]


def test_what_is_wrong_between_the_editions_is_found(folder: Path) -> None:
    (folder / "2.toml").write_text(SOUND, encoding="utf-8")
    (found,) = lint(folder).findings
    assert (found.code, found.severity, found.path) == ("rulebook-same-edition", "error", "")
    assert "same edition" in str(found)


def test_a_rulebook_that_is_loaded_is_checked_without_lines(folder: Path) -> None:
    (found,) = lint(qms.load_rulebook(folder)).findings
    assert (found.file, found.path, found.line) == ("pumps 2", "departments.sales", None)


def test_a_shipped_rulebook_is_checked_by_its_id() -> None:
    report = lint("pcb-maker")
    assert (report.errors, report.warnings) == ((), ())
    assert [Path(file).parts for file in report.files] == [("pcb-maker", "1.toml")]
    nobody = [one.path.replace(".events.", " ") for one in report.notes if one.code == "nobody-responsible"]
    assert nobody == [
        "complaint passed_on",  # whoever it is that hears of the complaint
        "return handed_over",  # from whom to whom is what it says
        "property handed_over",
        "visit attended",  # each department for itself
        "visit absence_excused",
    ]
    assert [(one.code, one.path) for one in report.notes if one.code != "nobody-responsible"] == [
        ("param-unset", "params.notify_within"),
        ("param-unset", "params.call_every"),
        ("param-unset", "params.feedback_every"),
        ("each-empty", "visit.events.record_compiled.needs[1]"),  # a notice that names nobody
        ("clause-lost", "clauses.4.2.3/flow chart"),
        ("clause-lost", "clauses.4.2.4.4"),
        ("clause-lost", "clauses.4.3.2"),
        ("clause-lost", "clauses.4.4.1"),
    ]


def test_a_calendar_that_is_supplied_needs_no_note(tmp_path: Path) -> None:
    file = tmp_path / "pumps.toml"
    file.write_text(SOUND.replace("[departments]", 'calendar = "plant"\n[departments]', 1), encoding="utf-8")
    assert [one.code for one in lint(file).notes] == ["calendar-assumed"]
    plant = qms.WorkCalendar.continuous("Asia/Shanghai")
    assert lint(file, calendars={"plant": plant}).findings == ()


def test_a_missing_calendar_hides_no_other_error(tmp_path: Path) -> None:
    file = tmp_path / "pumps.toml"
    text = SOUND.replace("[departments]", 'calendar = "plant"\n[departments]', 1)
    file.write_text(text.replace('within = "$visit_within"', 'within = "6 hrz"'), encoding="utf-8")
    assert [(one.code, one.path) for one in lint(file).findings] == [
        ("refused", "repair.clocks.visit.within")
    ]


def test_a_file_that_is_not_there_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(qms.UnknownNameError, match="neither a shipped rulebook"):
        lint(tmp_path / "none.toml")


@pytest.mark.parametrize("source", [None, 5, ""])
def test_what_is_no_source_is_refused(source: object) -> None:
    with pytest.raises(qms.EntryError, match="is needed"):
        lint(source)  # type: ignore[arg-type]  # the mistake under test


def test_a_report_tells_its_findings_by_file_in_the_reader_s_language(folder: Path) -> None:
    report = lint(folder)
    head, line, end = report.text("zh").splitlines()
    assert head == str(folder / "2.toml")
    assert line.startswith("  8: 警告: departments.sales: 没有规则提到部门 sales")
    assert end == "2 个文件：0 个错误，1 个警告，0 个提示。"
    assert str(report) == report.text("en")


def test_a_language_of_the_caller_falls_back_to_english(folder: Path) -> None:
    vietnamese = {"vi": {"lint.department-unused": "{name}: không dùng"}}
    (found,) = lint(folder).findings
    assert found.text("vi", vietnamese) == "sales: không dùng"
    assert found.text("vi") == found.text("en")


CHILD = """\
id      = "plant"
edition = "1"
[extends]
rulebook = "pumps.toml"
edition  = "1"
digest   = "{digest}"

[set]
visit_within = {{ value = "?", clause = "2", reason = "under discussion" }}

[add.departments.lab]
en     = "Laboratory"
zh     = "实验室"
clause = "3"
reason = "we have one"

[replace.repair.clocks.visit]
to     = {{ event = "visited", after = "visited" }}
clause = "4"
reason = "a slip"
"""


def test_what_an_extending_rulebook_writes_has_its_line_there_and_what_it_inherits_has_none(
    tmp_path: Path,
) -> None:
    parent, child = tmp_path / "pumps.toml", tmp_path / "plant.toml"
    parent.write_text(
        SOUND.replace("[roles]", '[roles]\nidle = { en = "Idle", zh = "闲" }', 1), encoding="utf-8"
    )
    (edition,) = qms.load_rulebook(parent).editions
    child.write_text(CHILD.format(digest=edition.digest), encoding="utf-8")
    assert [(one.code, one.line, one.clause and str(one.clause)) for one in lint(child).findings] == [
        ("param-unset", 9, "plant 2"),
        ("department-unused", 11, None),
        ("clock-never-stops", 18, "plant 4"),
        ("role-unused", None, None),
    ]
