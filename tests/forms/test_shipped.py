"""The forms of pcb-maker are those that its clauses name, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook
from tests.forms import (
    test_claim_forms,
    test_containment_sheet,
    test_eight_d_report,
    test_property_forms,
    test_return_forms,
    test_survey_forms,
    test_visit_forms,
)
from tests.forms.conftest import MONDAY, STEPS, Grown

import qms_service as qms
from qms_service.forms import FilledForm, Form, Forms, load_forms
from qms_service.labels import Label

# Clause 4.9 lists 4.9.1 to 4.9.5 of a complaint; 4.2.4.1 and 4.2.4.9 name a sheet and a notice that it does not list.
NAMED = {
    "complaint-record": ("4.9.1", "客户投诉记录表"),
    "handling-sheet": ("4.2.4.1", "客诉处置单"),
    "disposition": ("4.9.3", "不合格品处置单"),
    "stop-notice": ("4.9.5", "暂停通知单"),
    "corrective-action-report": ("4.9.2", "改善行动报告（CAR）"),
    "handling-notice": ("4.2.4.9", "客户投诉处理通知单"),
    "follow-up-list": ("4.9.4", "客户投诉记录跟进清单"),
}
# 4.9.6 and 4.9.2 list two more, 4.9.7 and 4.9.8 another two; the text names eight that 4.9 does not list: a record, two
# notes, a request and a memorial of returns and claims (4.3, 4.4), the notice of a visit (4.1①), the report of a survey
# (4.5.5), register and contact note (4.6). What is contained is checked place by place (4.2.4.6); a return has a
# disposition of its own (4.3.3/4.3.4). The card of a property is ours.
NAMED_ELSEWHERE = {
    "return-note": ("return", "4.3.3/4.3.1", "退货单"),
    "quality-record": ("return", "4.3", "品质投诉记录表"),
    "return-disposition": ("return", "4.9.3", "不合格品处置单（退货）"),
    "replenishment-request": ("return", "4.3.3/4.3.5", "补料申请单"),
    "claim-notice": ("claim", "4.9.6", "客户索赔通知单"),
    "deduction-memorial": ("claim", "4.4.2.3", "扣款签呈"),
    "containment-sheet": ("containment", "4.2.4.6", "围堵清单"),
    "eight-d-report": ("corrective_action", "4.9.2", "改善行动报告（8D）"),
    "debit-note": ("claim", "4.4.2.1", "扣款单"),
    "property-register": ("property", "4.6", "客户财产登记表"),
    "contact-note": ("property", "4.6", "内部联络单"),
    "property-card": ("property", "4.6", "客户财产卡"),
    "visit-notice": ("visit", "4.1①", "客户访厂通知"),
    "visit-record": ("visit", "4.9.7", "客户访厂记录"),
    "questionnaire": ("survey", "4.9.8", "客户满意度调查表"),
    "survey-report": ("survey", "4.5.5", "客户满意度调查总结报告"),
}
LINKED: dict[str, Callable[[qms.Rulebook], qms.Case]] = {
    "return": test_return_forms.grown,
    "claim": test_claim_forms.grown,
    "containment": test_containment_sheet.grown,
    "corrective_action": test_eight_d_report.grown,
    "property": test_property_forms.grown,
    "visit": test_visit_forms.grown,
    "survey": test_survey_forms.grown,
}
ACROSS = {"containment-sheet", "eight-d-report", "property-register", "property-card", "visit-record"}
IDS = sorted((*NAMED, *NAMED_ELSEWHERE))


def filled(form: Form, book: qms.Rulebook, case: qms.Case, hours: float) -> FilledForm:
    now = MONDAY + timedelta(hours=hours)
    return form.fill_list([case], book, now=now) if form.lists_cases else form.fill(case, book, now=now)


def labels(form: Form) -> list[Label]:
    sheet = form.sheet
    fields = [field for section in sheet.sections for field in section.fields]
    choices = [label for field in fields for _, label in field.type.choices]
    lines = [line for section in sheet.sections for line in section.lines]
    notes = [sheet.note] if sheet.note else []
    return [
        sheet.title, *notes, *(one.title for one in sheet.sections), *(one.label for one in fields), *choices, *lines,
    ]  # fmt: skip


def test_every_form_of_a_complaint_is_there_under_its_clause_and_title(forms: Forms) -> None:
    told = {form.id: (str(form.clause).partition(" ")[2], form.title.text("zh")) for form in forms}
    assert {name: told[name] for name in NAMED} == NAMED


def test_every_form_of_a_linked_case_is_there_for_its_kind(forms: Forms) -> None:
    told = {form.id: (form.kind, str(form.clause).partition(" ")[2], form.title.text("zh")) for form in forms}
    assert {name: told[name] for name in told if name not in NAMED} == NAMED_ELSEWHERE


@pytest.mark.parametrize("name", IDS)
def test_every_word_of_a_form_is_there_in_both_languages(forms: Forms, name: str) -> None:
    for label in labels(forms.form(name)):
        names = dict(label.names)
        assert names.get("en"), label
        assert any("\u4e00" <= sign <= "\u9fff" for sign in names.get("zh", "")), label


@pytest.mark.parametrize("name", IDS)
def test_every_clause_of_a_form_is_one_of_the_procedure(forms: Forms, book: qms.Rulebook, name: str) -> None:
    sheet = forms.form(name).sheet
    clauses = [sheet.clause, *(section.clause for section in sheet.sections)]
    clauses += [field.clause for section in sheet.sections for field in section.fields]
    cited = {clause.number for clause in clauses if clause}
    assert cited <= set(book.editions[0].rules.clauses)


@pytest.mark.parametrize("steps", range(len(STEPS) + 1))
def test_at_every_step_each_form_is_filled_drawn_and_fits_its_schema(
    forms: Forms, book: qms.Rulebook, grown: Grown, steps: int
) -> None:
    case = grown(steps)
    hours = STEPS[steps - 1][0] if steps else 0
    for form in forms:
        if form.kind == "complaint":
            sheet = filled(form, book, case, hours)
            jsonschema.Draft202012Validator(form.json_schema()).validate(sheet.data())
            assert form.title.text("zh") in sheet.to_html("zh")


@pytest.mark.parametrize("name", sorted(NAMED_ELSEWHERE))
def test_each_form_of_a_linked_case_is_a_sheet_on_a4(forms: Forms, book: qms.Rulebook, name: str) -> None:
    form, written = forms.form(name), BytesIO()
    case = LINKED[form.kind](book)
    filled(form, book, case, 40 * 24).to_xlsx(written, "zh")
    (sheet,) = load_workbook(written).worksheets
    assert sheet["A1"].value == form.title.text("zh")
    across = "landscape" if name in ACROSS else "portrait"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, across)
    assert case.id in {cell.value for row in sheet.iter_rows() for cell in row}


# 4.2.4.9: the answer is out, the action done, the people trained, its effect verified, the notice filed, the file closed.
def test_a_closed_complaint_misses_nothing_that_the_procedure_asks_for(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    for name in ("complaint-record", "handling-notice", "corrective-action-report", "follow-up-list"):
        assert [one.field.id for one in filled(forms.form(name), book, grown(12), 302).missing] == []
    (missing,) = filled(forms.form("handling-sheet"), book, grown(12), 302).missing
    assert missing.field.id == "defect_rate"  # 4.2.4.1 asks for it


def test_the_forms_fit_a_rulebook_that_extends_theirs_or_say_what_it_lacks(
    book: qms.Rulebook, tmp_path: Path
) -> None:
    head = (
        'id = "acme"\nedition = "1"\ntimezone = "Asia/Shanghai"\n[extends]\nrulebook = "pcb-maker"\nedition = "1"\n'
        f'digest = "{book.editions[0].digest}"\n'
    )
    why = 'clause = "5.3", reason = "our own"'
    stricter = tmp_path / "stricter.toml"
    stricter.write_text(f'{head}[set]\nanswer_within = {{ value = "36 h", {why} }}\n', encoding="utf-8")
    own = qms.load_rulebook(stricter)
    case = own.open(qms.Complaint(number="C-1", customer="ACME", received_at=MONDAY))
    case = own.of(case).record(case, "forwarded", at=MONDAY)
    case = own.of(case).record(case, "analysed", at=MONDAY, established=True, ours=True)
    sheet = load_forms("pcb-maker", own).form("handling-sheet").fill(case, own, now=MONDAY)
    assert sheet.value("answer_due") == MONDAY + timedelta(hours=36)
    fewer = tmp_path / "fewer.toml"
    fewer.write_text(f'{head}[remove]\n"complaint.clocks.answer" = {{ {why} }}\n', encoding="utf-8")
    with pytest.raises(qms.QmsError, match="unknown clock answer"):
        load_forms("pcb-maker", qms.load_rulebook(fewer))
