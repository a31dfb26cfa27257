"""A filled form as Markdown: a table a section, and nothing on record changes its shape."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.forms.conftest import MONDAY, Grown

import qms_service as qms
from qms_service.forms import Forms

NOW = MONDAY + timedelta(hours=9)


def line(text: str, label: str) -> str:
    return next(one for one in text.splitlines() if one.startswith(f"| {label} |"))


def test_a_field_has_its_label_its_value_and_its_clause(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    text = forms.form("complaint-record").fill(grown(2), book, now=NOW).to_markdown()
    assert text.startswith(
        "# Complaint record\n\nNo. C-1 · pcb-maker 4.9.1\n\n## Receipt \\[pcb-maker 4.2.1\\]\n"
    )
    assert line(text, "Analysis due") == "| Analysis due | 2026-03-02 22:00 | pcb-maker 4.2.4.2 |"
    assert line(text, "Answered") == "| Answered | \\[missing\\] | pcb-maker 4.2.4.8.1 |"
    assert line(text, "Recorded by Marketing") == "| Recorded by Marketing | …… | pcb-maker 4.2.4.9 |"
    assert line(text, "Passed on by") == "| Passed on by |  | pcb-maker 4.2.1 |"


def test_a_table_names_its_rows_and_leaves_room_to_write(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    text = forms.form("disposition").fill(grown(2), book, now=NOW).to_markdown("zh")
    assert "|  | 可疑数量 | 已查数量 | 良品 | 不良 | MRB 报废 | 处置方式 |" in text
    assert line(text, "在线半成品") == "| 在线半成品 | …… | …… | …… | …… | …… | …… |"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("a|b", "a\\|b"),
        ("two\nlines", "two<br>lines"),
        ("two\r\nlines\u2028three\x0bfour", "two<br>lines<br>three<br>four"),
        ("<img src=x> &amp;", "&lt;img src=x&gt; &amp;amp;"),
        ("*a* _b_ `c` ~d~ $e$", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\$e\\$"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("\\|", "\\\\\\|"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("=", "\\="),
        ("1.", "1\\."),
        ("12.5", "12.5"),
    ],
)
def test_a_text_stays_the_text_that_it_is(
    forms: Forms, book: qms.Rulebook, grown: Grown, given: str, written: str
) -> None:
    text = forms.form("complaint-record").fill(grown(1, customer=given), book, now=NOW).to_markdown()
    assert line(text, "Customer") == f"| Customer | {written} | pcb-maker 4.2.1 |"


def test_the_note_and_the_remarks_of_a_form_are_there(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    text = forms.form("stop-notice").fill(grown(1), book, now=NOW).to_markdown("zh")
    assert "程序正文亦称停拉单。" in text
    assert "尚缺" not in text
