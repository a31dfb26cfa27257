"""A factory's own workbook is filled where its cells name the fields, and keeps its looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from tests.forms.conftest import MONDAY, Grown

import qms_service as qms
from qms_service.errors import FormError
from qms_service.forms import FilledForm, Forms

NOW = MONDAY + timedelta(hours=31)


def template(cells: Mapping[str, object], merged: str = "") -> BytesIO:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "own"
    for place, value in cells.items():
        sheet[place] = value  # type: ignore[assignment]  # a cell takes it
    if merged:
        sheet.merge_cells(merged)
    sheet["A1"].font = Font(bold=True, size=20)
    saved = BytesIO()
    book.save(saved)
    saved.seek(0)
    return saved


def written(filled: FilledForm, cells: Mapping[str, object], lang: str = "en", merged: str = "") -> Worksheet:
    file = BytesIO()
    filled.to_xlsx(file, lang, template=template(cells, merged))
    return load_workbook(file).worksheets[0]


@pytest.fixture
def report(forms: Forms, book: qms.Rulebook, grown: Grown) -> FilledForm:
    case = grown(5, customer="=1+1")
    case = book.of(case).record(
        case,
        "cause_reported",
        at=MONDAY + timedelta(hours=30.5),
        by="Zhao",
        department="process",
        cause="process",
    )
    return forms.form("corrective-action-report").fill(case, book, now=NOW)


def test_a_token_gives_way_to_the_value_and_the_rest_stays(report: FilledForm) -> None:
    sheet = written(
        report, {"A1": "Our company", "B2": "{customer}", "B3": "No. {number} / {product}", "C9": 5}
    )
    assert [sheet[place].value for place in ("A1", "B2", "B3", "C9")] == [
        "Our company",
        "=1+1",
        "No. C-1 / PCB-7781",
        5,
    ]
    assert (sheet["A1"].font.bold, sheet["A1"].font.size) == (True, 20)
    assert sheet["B2"].data_type == "s"


def test_a_token_alone_is_a_figure_or_a_moment_in_the_format_of_its_cell(report: FilledForm) -> None:
    sheet = written(
        report, {"A1": "{quantity}", "A2": "{answer_due}", "A3": "{verified_at}", "A4": "{effective}"}
    )
    assert sheet["A1"].value == 500
    assert (sheet["A2"].value, sheet["A2"].number_format) == (datetime(2026, 3, 4, 10), "yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert [sheet["A3"].value, sheet["A4"].value] == ["[missing]", "[missing]"]


def test_the_format_of_a_cell_goes_before_ours(report: FilledForm) -> None:
    book = load_workbook(template({"A1": "{answer_due}"}))
    book.worksheets[0]["A1"].number_format = "d.m.yyyy"
    own, file = BytesIO(), BytesIO()
    book.save(own)
    own.seek(0)
    report.to_xlsx(file, template=own)
    assert load_workbook(file).worksheets[0]["A1"].number_format == "d.m.yyyy"


def test_a_row_of_a_table_is_repeated_downwards_with_its_looks(report: FilledForm) -> None:
    sheet = written(report, {"A1": "{causes.department}", "B1": "{causes.cause} ({number})"}, "zh")
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in (1, 2)] == [
        ("生产部", "operation (C-1)"),
        ("工艺部", "process (C-1)"),
    ]
    assert sheet["A2"].font.bold
    assert sheet["A3"].value is None


def test_a_table_without_rows_empties_its_row(forms: Forms, book: qms.Rulebook) -> None:
    filled = forms.form("follow-up-list").fill_list([], book, now=NOW)
    assert written(filled, {"A1": "{complaints.number}"})["A1"].value is None


def test_every_sheet_of_a_template_is_filled_and_a_path_will_do(report: FilledForm, tmp_path: Path) -> None:
    own = Workbook()
    own.worksheets[0]["A1"] = "{number}"
    own.create_sheet("second")["B2"] = "{product}"
    own.save(tmp_path / "own.xlsx")
    report.to_xlsx(tmp_path / "filled.xlsx", template=tmp_path / "own.xlsx")
    first, second = load_workbook(tmp_path / "filled.xlsx").worksheets
    assert (first["A1"].value, second["B2"].value) == ("C-1", "PCB-7781")


def test_every_mistake_of_a_template_is_told_with_its_cell(report: FilledForm) -> None:
    cells = {
        "A1": "{custmer}",
        "A2": '=CONCATENATE("{customer}")',
        "A3": "{causes.cause} {actions.who}",
        "A5": "{causes.cause}",
        "A6": "in the way",
        "B5": "{causes.caus}",
    }
    with pytest.raises(FormError) as raised:
        written(report, cells)
    told = [str(problem) for problem in raised.value.problems]
    assert [one.partition(":")[0] for one in told] == ["own!A1", "own!A2", "own!A3", "own!A5", "own!B5"]
    assert "did you mean customer" in told[0]
    assert "is a formula" in told[1]
    assert "one cell names several tables: actions, causes" in told[2]
    assert "needs 2 rows" in told[3]
    assert "did you mean causes.cause" in told[4]
    assert "模板有 5 处问题" in raised.value.text("zh")


def test_a_table_does_not_grow_into_a_merged_cell(report: FilledForm) -> None:
    with pytest.raises(FormError, match="needs 2 rows"):
        written(report, {"B1": "{causes.cause}"}, merged="A2:B2")


def test_what_is_no_workbook_is_said(report: FilledForm, tmp_path: Path) -> None:
    (tmp_path / "own.xlsx").write_text("no workbook", encoding="utf-8")
    for file in (tmp_path / "own.xlsx", BytesIO(b"no workbook")):
        with pytest.raises(FormError, match="no Excel workbook"):
            report.to_xlsx(BytesIO(), template=file)
    (tmp_path / "own.ods").write_bytes(b"")
    with pytest.raises(FormError, match="no Excel workbook"):
        report.to_xlsx(BytesIO(), template=tmp_path / "own.ods")


def test_a_workbook_with_broken_parts_is_said(report: FilledForm) -> None:
    broken = BytesIO()
    with ZipFile(template({"A1": "{number}"})) as given, ZipFile(broken, "w") as kept:
        for name in given.namelist():
            kept.writestr(name, b"<workbook" if name == "xl/workbook.xml" else given.read(name))
    with pytest.raises(FormError, match="no Excel workbook"):
        report.to_xlsx(BytesIO(), template=broken)


def test_rows_to_write_in_ask_for_no_room(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    report = forms.form("corrective-action-report").fill(grown(5), book, now=NOW)
    cells = {"A1": "{causes.cause}", "A2": "a line of the sheet", "B1": "{actions.who}", "B2": "another"}
    sheet = written(report, cells)
    assert [sheet[place].value for place in ("A1", "A2", "B1", "B2")] == [
        "operation", "a line of the sheet", None, "another",
    ]  # fmt: skip


def test_a_template_that_is_not_there_is_the_systems_own_error(report: FilledForm, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        report.to_xlsx(BytesIO(), template=tmp_path / "none.xlsx")
