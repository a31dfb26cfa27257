"""Whatever text is on record: a sheet keeps its shape, and shows the text as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.forms.conftest import MONDAY, Grown
from tests.shown_html import read_html

import qms_service as qms
from qms_service.forms import FilledForm, Forms

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="|\\`*_[]<>&#~$=+-@'\"\n\r{}.)1 ", max_size=20),
    st.text(alphabet=st.characters(categories=["Cc", "Cs", "Zl", "Zp"]), max_size=5),
).filter(str.strip)  # a customer has a name
Fill = Callable[[str], FilledForm]


@pytest.fixture(scope="module")
def fill(forms: Forms, book: qms.Rulebook, grown: Grown) -> Fill:
    form = forms.form("stop-notice")
    return lambda text: form.fill(grown(1, customer=text), book, now=MONDAY + timedelta(hours=2))


def as_shown(text: str) -> str:
    """The text with a mark for each sign that no file of text can hold, by the code points of XML and UTF-8."""
    kept = {0x9, 0xA, 0xB, 0xC, 0xD}
    return "".join(
        "�" if (ord(sign) < 0x20 and ord(sign) not in kept) or ord(sign) in (0x7F, 0xFFFE, 0xFFFF)
        or 0xD800 <= ord(sign) < 0xE000 else sign
        for sign in text
    )  # fmt: skip


@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_page_shows_the_text_and_nothing_else_changes(fill: Fill, text: str) -> None:
    html = fill(text).to_html()
    shown = read_html(re.sub(r"<!doctype html>|<meta[^>]*>|<colgroup>.*</colgroup>", "", html))
    cells = [cell for row in shown.tables[0] for cell in row]
    assert cells[cells.index("Customer") + 1] == as_shown(text)
    assert shown.tags == {"html", "head", "title", "body", "style", "table", "tbody", "tr", "td", "th"}
    assert html.encode("utf-8")


@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_markdown_table_keeps_its_rows_and_columns(fill: Fill, text: str) -> None:
    written = fill(text).to_markdown()
    plain = fill("ACME").to_markdown()
    assert len(written.splitlines()) == len(plain.splitlines())
    (row,) = [line for line in written.split("\n") if line.startswith("| Customer |")]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 4
    assert "<" not in row.replace("<br>", "")


@given(text=TEXTS)
@settings(max_examples=15, deadline=None)
def test_a_workbook_opens_and_has_no_formula(fill: Fill, text: str) -> None:
    written = BytesIO()
    fill(text).to_xlsx(written)
    (sheet,) = load_workbook(written).worksheets
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
