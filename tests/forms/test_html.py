"""A filled form as a page: it prints on A4, loads nothing, and nothing on record can become a tag."""

from __future__ import annotations

from datetime import timedelta

from tests.forms.conftest import MONDAY, Grown
from tests.shown_html import Shown, read_html

import qms_service as qms
from qms_service.forms import Forms

NOW = MONDAY + timedelta(hours=9)


def page(html: str) -> Shown:
    """The parts of a page; what stands alone in HTML has no end."""
    for alone in ("<!doctype html>\n", '<meta charset="utf-8">\n'):
        assert html.count(alone) == 1
        html = html.replace(alone, "")
    start = html.index("<colgroup>")
    end = html.index("</colgroup>") + len("</colgroup>")
    return read_html(html[:start] + html[end:])


def cells(shown: Shown) -> list[str]:
    return [cell for row in shown.tables[0] for cell in row]


def test_labels_and_values_stand_side_by_side(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    shown = page(forms.form("complaint-record").fill(grown(2), book, now=NOW).to_html("zh"))
    texts = cells(shown)
    assert texts[:3] == ["客户投诉记录表", "编号：C-1", "pcb-maker 4.9.1"]
    assert texts[texts.index("客户") + 1] == "ACME"
    assert texts[texts.index("投诉成立") + 1] == "☑ 是  ☐ 否"
    assert texts[texts.index("反馈方式") + 1] == "☐ 邮件  ☐ 电话  ☐ 来访  ☐ 其他"
    assert texts[texts.index("答复时间") + 1] == "〔待补〕"
    assert texts[texts.index("客户书面确认") + 1] == "不适用"
    assert texts[texts.index("转交部门") + 1] == ""
    assert "初步分析  [pcb-maker 4.2.4.2]" in texts
    assert texts[-2].startswith("截至 2026-03-02 18:00（Asia/Shanghai）的记录，依据 pcb-maker 1 (")
    assert shown.langs == ["zh"]


def test_nothing_on_record_becomes_a_tag(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    evil = '<script>alert("x")</script>&lt;b&gt;'
    case = grown(1, customer=evil, product="' onload='x", defect='"><img src=x onerror=y>', number="<i>1")
    html = forms.form("complaint-record").fill(case, book, now=NOW).to_html('en"><b>')
    shown = page(html)
    assert shown.tags == {"html", "head", "title", "body", "style", "table", "tbody", "tr", "td", "th"}
    assert evil in cells(shown)
    assert "' onload='x" in cells(shown)


def test_it_loads_nothing_and_prints_on_a4(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    html = forms.form("complaint-record").fill(grown(1), book, now=NOW).to_html()
    assert not [word for word in ("http:", "https:", "src=", "@import", "url(") if word in html]
    assert "size: A4 portrait" in html
    listed = forms.form("follow-up-list").fill_list([grown(1)], book, now=NOW).to_html()
    assert "size: A4 landscape" in listed


def test_a_list_repeats_its_head_on_every_page(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    html = forms.form("follow-up-list").fill_list([grown(1)], book, now=NOW).to_html()
    head = html[html.index("<thead>") : html.index("</thead>")]
    assert "Answer due" in head
    assert "C-1" not in head


def test_each_row_fills_the_whole_sheet(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    for form in forms:
        if form.kind == "complaint" and not form.lists_cases:
            html = form.fill(grown(7), book, now=NOW).to_html()
            for row in html.split("<tr>")[1:]:
                assert sum(int(part.partition('"')[0]) for part in row.split('colspan="')[1:]) == 12, form.id


def test_a_notebook_shows_the_sheet_alone(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    filled = forms.form("complaint-record").fill(grown(1), book, now=NOW)
    shown = filled._repr_html_()
    assert "<html" not in shown
    assert shown in filled.to_html()


def test_a_language_of_the_callers_own_falls_back_to_english(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    filled = forms.form("complaint-record").fill(grown(1), book, now=NOW)
    shown = filled.to_html("vi", {"vi": {"form.missing": "[thiếu]"}})
    assert "[thiếu]" in shown
    assert "Complaint record" in shown


def test_an_empty_line_leaves_room_to_write_in(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    html = forms.form("complaint-record").fill(grown(1), book, now=NOW).to_html()
    rule = html[html.index(".qms-form td,") :].partition("}")[0]
    assert "height: 1.4em" in rule  # a line of the font of the sheet
