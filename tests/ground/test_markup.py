"""Values are shown as small tables of HTML in which nothing but text comes from the value."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.shown_html import read_html

from qms_service.facts import Facts, Money, Quantity
from qms_service.markup import Html, Table, Words

NASTY = "<script>alert('x')</script>\"&amp;"


def test_no_text_of_a_table_becomes_a_tag() -> None:
    table = Table(caption=NASTY, head=(NASTY, "b"), rows=((NASTY, "1"),), foot=((NASTY, "2"),))
    shown = read_html(table.html(Words(lang='"><script>')))
    assert shown.tags == {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    assert shown.captions == [NASTY]
    assert shown.tables == [[[NASTY, "b"], [NASTY, "1"], [NASTY, "2"]]]
    assert shown.langs == ['"><script>']


def test_the_rows_of_a_table_without_a_head_are_named_by_their_first_cell() -> None:
    html = Table(caption="c", rows=(("due", "noon"),)).html(Words())
    assert '<th scope="row"' in html
    assert read_html(html).card() == {"due": "noon"}


def test_a_row_that_stands_back_is_fainter_than_the_others() -> None:
    html = Table(caption="c", rows=(("a", "1"), ("b", "2")), aside=[1]).html(Words())
    assert html.index("<tr>") < html.index("<tr style=") < html.index("b</th>")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (True, "yes", "是"),
        (False, "no", "否"),
        (None, "–", "–"),
        (Quantity(amount=500, unit="pcs"), "500 pcs", "500 pcs"),
        (Money(amount=Decimal("12.50"), currency="CNY"), "12.50 CNY", "12.50 CNY"),
        (timedelta(hours=12), "12:00 h", "12:00 h"),
        (("a", False), "a, no", "a、否"),
        (Facts({"customer": "ACME", "lot": "7"}), "customer: ACME\nlot: 7", "客户：ACME\nlot：7"),
    ],
)
def test_a_value_is_shown_in_the_reader_s_language(value: object, english: str, chinese: str) -> None:
    assert Words().value(value) == english
    assert Words(lang="zh").value(value) == chinese


def test_a_language_of_the_caller_is_taken() -> None:
    words = Words(lang="vi", catalogues={"vi": {"word.yes": "có"}})
    assert (words.value(value=True), words.value(value=False)) == ("có", "no")


def test_html_is_a_text_and_shows_itself_in_a_notebook() -> None:
    assert Html("<b>1</b>") == "<b>1</b>"
    assert Html("<b>1</b>")._repr_html_() == "<b>1</b>"
