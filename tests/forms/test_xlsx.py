"""A workbook that looks like the factory's own sheet: opened again and looked at cell by cell."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from tests.forms.conftest import MONDAY, Grown, Small

import qms_service as qms
from qms_service.forms import FilledForm, Forms

NOW = MONDAY + timedelta(hours=9)


def opened(filled: FilledForm, lang: str = "en") -> Worksheet:
    written = BytesIO()
    filled.to_xlsx(written, lang)
    book = load_workbook(written)
    (sheet,) = book.worksheets
    return sheet


def beside(sheet: Worksheet, label: str) -> Cell:
    """The cell to the right of a label."""
    (found,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == label]
    right = found.column + 1
    while not isinstance(sheet.cell(found.row, right), Cell):
        right += 1
    cell = sheet.cell(found.row, right)
    assert isinstance(cell, Cell)
    return cell


def texts(sheet: Worksheet) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_sheet_carries_the_title_the_labels_and_the_values(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(2), book, now=NOW), "zh")
    assert sheet.title == sheet["A1"].value == "客户投诉记录表"
    assert beside(sheet, "客户").value == "ACME"
    assert beside(sheet, "投诉成立").value == "☑ 是  ☐ 否"
    assert beside(sheet, "答复时间").value == "〔待补〕"
    assert beside(sheet, "转交部门").value is None


def test_figures_and_moments_are_figures_and_moments(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    case = grown(2, quantity=qms.Quantity(amount=500, unit="pcs"), defect_rate=Decimal("1.5"))
    sheet = opened(forms.form("complaint-record").fill(case, book, now=NOW))
    due = beside(sheet, "Analysis due")
    assert (due.value, due.number_format) == (datetime(2026, 3, 2, 22, 0), "yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert (beside(sheet, "Quantity").value, beside(sheet, "Quantity").number_format) == (500, '#,##0 "pcs"')
    assert beside(sheet, "Defect rate, %").value == 1.5


def test_the_title_is_merged_over_the_sheet_and_boxes_have_borders(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(2), book, now=NOW))
    assert "A1:L1" in {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["A1"].font.bold
    assert sheet["A1"].alignment.horizontal == "center"
    value = beside(sheet, "Customer")
    assert {side.style for side in (value.border.left, value.border.right, value.border.top)} == {"thin"}
    corner = sheet.cell(value.row, value.column + 3)  # the last part of the merged box
    assert corner.border.right.style == "thin"


def test_it_prints_on_a4_as_wide_as_the_page(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(2), book, now=NOW))
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.startswith("'Complaint record'!$A$1:$L$")
    foot = sheet.HeaderFooter.oddFooter
    assert foot
    assert foot.left
    assert foot.right
    assert (foot.left.text, foot.right.text) == ("Complaint record C-1", "&P / &N")
    assert 80 < sum(one.width for one in sheet.column_dimensions.values()) < 100


def test_a_list_prints_across_and_repeats_its_head(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    cases = [grown(2, number=f"C-{n}") for n in range(3)]
    sheet = opened(forms.form("follow-up-list").fill_list(cases, book, now=NOW))
    head = next(cell.row for (cell, *_) in sheet.iter_rows() if cell.value == "No.")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"$1:${head}"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert [sheet.cell(head + n, 1).value for n in (1, 2, 3)] == ["C-0", "C-1", "C-2"]


def test_what_is_missing_stands_out(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(2), book, now=NOW))
    missing, there = beside(sheet, "Answered"), beside(sheet, "Customer")
    assert missing.value == "[missing]"
    assert missing.fill.fgColor.rgb != there.fill.fgColor.rgb


def test_long_texts_wrap_and_their_row_grows(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    short = opened(forms.form("complaint-record").fill(grown(1), book, now=NOW))
    long = opened(forms.form("complaint-record").fill(grown(1, defect="过孔开路，" * 60), book, now=NOW))
    heights = [sheet.row_dimensions[beside(sheet, "Defect").row].height for sheet in (short, long)]
    assert beside(long, "Defect").alignment.wrap_text
    assert heights[1] > 2 * heights[0]


# Excel allows no row above 409 points.
def test_a_text_too_long_for_one_row_takes_several(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(1, defect="open\n" * 100), book, now=NOW))
    cell = beside(sheet, "Defect")
    (box,) = [
        one for one in sheet.merged_cells.ranges if one.min_row == cell.row and one.min_col == cell.column
    ]
    rows = range(box.min_row, box.max_row + 1)
    assert len(rows) > 1
    assert sum(sheet.row_dimensions[row].height for row in rows) > 100 * 12
    assert max(one.height or 0 for one in sheet.row_dimensions.values()) <= 409


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_a_text_never_becomes_a_formula(forms: Forms, book: qms.Rulebook, grown: Grown, text: str) -> None:
    cell = beside(
        opened(forms.form("complaint-record").fill(grown(1, customer=text), book, now=NOW)), "Customer"
    )
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x1fc", "a�b�c"),
        ("half \ud83d of a pair", "half � of a pair"),
        ("\ufffe\uffff", "��"),
        ("two\r\nlines", "two\nlines"),
        ("𠮷 😀", "𠮷 😀"),
    ],
)
def test_signs_that_excel_refuses_are_shown_as_such(
    forms: Forms, book: qms.Rulebook, grown: Grown, given: str, kept: str
) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(1, customer=given, number=given), book, now=NOW))
    assert beside(sheet, "Customer").value == kept


# ECMA-376, 22.9.2.19: _x0041_ in a text is the letter A, _x005F_ the low line; in a footer & opens a code.
def test_what_looks_like_a_code_of_excel_is_escaped(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    written = BytesIO()
    case = grown(1, customer="_x0041_", number="C&P1")
    forms.form("complaint-record").fill(case, book, now=NOW).to_xlsx(written)
    content = ZipFile(written).read("xl/worksheets/sheet1.xml")
    assert b">_x005F_x0041_<" in content
    assert b"&amp;LComplaint record C&amp;&amp;P1&amp;R" in content


def test_a_text_beyond_the_size_of_a_cell_is_cut_and_says_so(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = opened(forms.form("complaint-record").fill(grown(1, customer="x" * 40_000), book, now=NOW))
    value = str(beside(sheet, "Customer").value)
    assert (len(value), value[-1]) == (32_767, "…")


def test_a_title_that_excel_does_not_allow_as_a_name_is_shortened(small: Small) -> None:
    rules = '[lease]\nopening = "signed"\n[lease.events.signed]\n[lease.events.closed]\n'
    form = (
        '[forms.f]\nkind = "lease"\ntitle = { en = "%s" }\n[forms.f.sections.s]\nfields.number = "case.id"\n'
    )
    for title, name in [("a/b:c[d]*?" + "x" * 40, "a b c d   " + "x" * 21), ("'?'", "1")]:
        book, forms = small(rules, form % title)
        case = book.open(qms.Subject("lease", opened_at=MONDAY))
        assert opened(forms.form("f").fill(case, book, now=NOW)).title == name


RULES = """
[lease]
opening = "signed"
[lease.subject]
amount = { type = "quantity", optional = true }
count  = { type = "int", optional = true }
price  = { type = "money", optional = true }
share  = { type = "decimal", optional = true }
day    = { type = "date", optional = true }
moment = { type = "instant", optional = true }
[lease.events.signed]
[lease.events.closed]
"""
FORMS = """
[forms.f]
kind = "lease"
[forms.f.sections.s.fields]
amount = "subject.amount"
count  = "subject.count"
price  = "subject.price"
share  = "subject.share"
day    = "subject.day"
moment = "subject.moment"
took  = { en = "took", type = "duration" }
"""


@pytest.mark.parametrize(
    ("fact", "value", "kept", "shown_as"),
    [
        ("amount", 7, 7, "General"),
        ("amount", qms.Quantity(amount=Decimal("2.50"), unit="m²"), 2.5, '#,##0.00 "m²"'),
        ("amount", qms.Quantity(amount=7, unit='pcs"'), '7 pcs"', "General"),
        ("price", qms.Money(amount=Decimal("1200.00"), currency="CNY"), 1200, '#,##0.00 "CNY"'),
        ("price", qms.Money(amount=Decimal(1200), currency="[Red]"), "1200 [Red]", "General"),
        ("count", 123456789012345, 123456789012345, "General"),
        ("count", 1234567890123456, "1234567890123456", "General"),
        ("count", 10**20, "1" + "0" * 20, "General"),
        ("share", Decimal("0.1"), 0.1, "General"),
        ("share", Decimal("0.12345678901234567"), "0.12345678901234567", "General"),
        ("day", date(2026, 3, 2), datetime(2026, 3, 2), "yyyy-mm-dd"),  # noqa: DTZ001
        ("day", date(1899, 3, 2), "1899-03-02", "General"),
        ("moment", MONDAY, datetime(2026, 3, 2, 9), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
        ("moment", MONDAY.replace(year=1850), "1850-03-02 09:00", "General"),
    ],
)
def test_a_value_is_a_figure_where_excel_keeps_it_whole_and_a_text_else(
    small: Small, fact: str, value: object, kept: object, shown_as: str
) -> None:
    book, forms = small(RULES, FORMS)
    case = book.open(qms.Subject("lease", number="L-1", opened_at=MONDAY, facts={fact: value}))
    cell = beside(opened(forms.form("f").fill(case, book, now=NOW)), fact)
    assert (cell.value, cell.number_format) == (kept, shown_as)


def test_a_duration_is_one_unless_it_is_negative(small: Small) -> None:
    book, forms = small(RULES, FORMS)
    case = book.open(qms.Subject("lease", number="L-1", opened_at=MONDAY))
    long, back = (
        beside(opened(forms.form("f").fill(case, book, now=NOW, by_hand={"took": took})), "took")
        for took in (timedelta(hours=36), timedelta(hours=-1))
    )
    assert (long.value, long.number_format) == (timedelta(hours=36), "[h]:mm")
    assert back.value == "-1:00 h"


def test_the_same_form_gives_the_same_bytes(
    forms: Forms, book: qms.Rulebook, grown: Grown, tmp_path: Path
) -> None:
    filled = forms.form("complaint-record").fill(grown(2), book, now=NOW)
    filled.to_xlsx(tmp_path / "one.xlsx")
    filled.to_xlsx(str(tmp_path / "other.xlsx"))
    first, second = ((tmp_path / name).read_bytes() for name in ("one.xlsx", "other.xlsx"))
    assert first == second
    with ZipFile(tmp_path / "one.xlsx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert load_workbook(tmp_path / "one.xlsx").properties.modified == datetime(2026, 3, 2, 10)  # noqa: DTZ001


# A figure or date wider than its column is shown by Excel as #####.
def test_a_date_in_a_column_too_narrow_for_it_is_a_text(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    sheet = opened(
        forms.form("corrective-action-report").fill(grown(5), book, now=MONDAY + timedelta(hours=31))
    )
    reported = next(row for row in sheet.iter_rows() if row[0].value == "Reported")
    assert sheet.cell((reported[0].row or 0) + 1, 1).value == "2026-03-03 15:00"
