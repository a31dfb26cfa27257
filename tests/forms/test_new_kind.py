"""Forms of any kind of case are data: a generic rulebook gets its forms without a line of Python."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from tests.forms.conftest import Small

import qms_service as qms
from qms_service.forms import FilledForm, Forms

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RULES = """
[repair]
opening = "taken_in"
label   = { en = "Repair", zh = "维修" }
[repair.subject]
device = { type = "text", en = "Device", zh = "设备" }
price  = { type = "money", optional = true, en = "Price", zh = "价格" }
[repair.events.taken_in]
[repair.events.looked_at]
clause = "2.1"
label  = { en = "Looked at", zh = "检查" }
by     = "shop"
[repair.events.looked_at.facts]
parts   = { type = "quantity?", en = "Parts", zh = "零件" }
grade   = { type = ["A", "B"], en = "Grade", zh = "等级" }
weight  = "decimal?"
count   = "int?"
back_on = { type = "date?", en = "Back on", zh = "送回日期" }
called  = { type = "instant?", en = "Called", zh = "致电" }
asked   = { type = "department*?", en = "Asked", zh = "会签" }
[repair.events.closed]
[repair.clocks.look]
clause = "2.1"
from   = "taken_in"
to     = "looked_at"
within = "12 h"
[loan]
opening = "lent"
label   = { en = "Loan", zh = "借用" }
[loan.subject]
device = { type = "text", en = "Device", zh = "设备" }
[loan.events.lent]
[loan.events.returned]
label = { en = "Returned", zh = "归还" }
[loan.events.closed]
"""
FORMS = """
[forms.slip]
kind  = "repair"
title = { en = "Repair slip", zh = "维修单" }
[forms.slip.sections.about]
[forms.slip.sections.about.fields]
number   = "case.id"
as_of    = "now"
sort     = "case.kind"
rules    = "case.rulebook"
edition  = "case.edition"
device   = "subject.device"
price    = "subject.price"
due      = "clock.look.due_at"
state    = "clock.look.state"
within   = "clock.look.within"
late     = "clock.look.late_by"
left     = "clock.look.remaining"
who      = "owner.looked_at"
head     = "looked_at.role"
parts    = "looked_at.parts"
grade    = "looked_at.grade"
weight   = "looked_at.weight"
count    = "looked_at.count"
back_on  = "looked_at.back_on"
called   = "looked_at.called"
asked    = "looked_at.asked"
pictures = "looked_at.evidence"
lent     = "related.loan.subject.device"
back     = "related.loan.returned.at"
shop     = { en = "Second opinion", zh = "复核", type = "department" }
took     = { en = "Took", zh = "用时", type = "duration" }
[forms.slip.sections.looks]
title = { en = "Every look", zh = "历次检查" }
rows  = "events.looked_at"
lines = 3
[forms.slip.sections.looks.columns]
at    = "at"
who   = "department"
grade = "grade"
note  = { from = "note", width = 3 }
[forms.slip.sections.history]
title = { en = "History", zh = "经过" }
rows  = "events"
[forms.slip.sections.history.columns]
at    = "at"
event = "event"
grade = "grade"
[forms.slip.sections.loans]
title = { en = "Lent meanwhile", zh = "借用" }
rows  = "related.loan"
[forms.slip.sections.loans.columns]
number   = "case.id"
device   = "subject.device"
returned = "returned.at"
"""


@pytest.fixture
def repairs(small: Small) -> tuple[qms.Rulebook, Forms]:
    return small(RULES, FORMS)


def looked_at(book: qms.Rulebook) -> qms.Case:
    price = qms.Money(amount=Decimal("12.50"), currency="CNY")
    facts = {"device": "meter", "price": price}
    case = book.open(qms.Subject("repair", number="R-1", opened_at=NOON, facts=facts))
    rules = book.of(case)
    case = rules.record(case, "linked", at=NOON, kind="loan", case="L-1")
    case = rules.record(
        case, "looked_at", at=NOON + timedelta(hours=13), by="Sun", department="shop", role="head",
        note="first", grade="B", parts=qms.Quantity(amount=3, unit="pcs"), weight=Decimal("1.250"), count=2,
        back_on=NOON.date(), called=NOON, asked=["desk", "shop"],
        evidence=[qms.Evidence(kind="photo", uri="https://dms/1.jpg")],
    )  # fmt: skip
    return rules.record(case, "looked_at", at=NOON + timedelta(hours=14), department="desk", grade="A")


def lent(book: qms.Rulebook, number: str) -> qms.Case:
    return book.open(qms.Subject("loan", number=number, opened_at=NOON, facts={"device": f"spare {number}"}))


def filled(repairs: tuple[qms.Rulebook, Forms], *related: qms.Case) -> FilledForm:
    book, forms = repairs
    now = NOON + timedelta(hours=15)
    return forms.form("slip").fill(looked_at(book), book, now=now, related=related)


def test_every_source_gives_its_value(repairs: tuple[qms.Rulebook, Forms]) -> None:
    book, forms = repairs
    case = book.of(looked_at(book)).record(
        looked_at(book), "corrected", at=NOON + timedelta(hours=15), of=4, void=True, reason="typed twice"
    )
    slip = forms.form("slip").fill(case, book, now=NOON + timedelta(hours=15))
    told = {name: field.value for name, field in slip.fields.items() if field.value is not None}
    assert told == {
        "number": "R-1", "as_of": NOON + timedelta(hours=15), "sort": "repair", "rules": "small", "edition": "1", "device": "meter",
        "price": qms.Money(amount=Decimal("12.50"), currency="CNY"), "due": NOON + timedelta(hours=12),
        "state": "met_late", "within": "12 h", "late": timedelta(hours=1), "left": timedelta(hours=-1),
        "who": "shop", "head": "head", "parts": qms.Quantity(amount=3, unit="pcs"), "grade": "B",
        "weight": Decimal("1.250"), "count": 2, "back_on": NOON.date(), "called": NOON, "asked": ("desk", "shop"),
        "pictures": ("photo: https://dms/1.jpg",),
    }  # fmt: skip


def test_labels_come_from_the_rulebook_where_the_form_gives_none(
    repairs: tuple[qms.Rulebook, Forms],
) -> None:
    fields = filled(repairs).fields
    labels = {
        name: (fields[name].field.label.text("en"), fields[name].field.label.text("zh")) for name in fields
    }
    assert labels["device"] == ("Device", "设备")
    assert labels["head"] == ("Looked at: role", "检查：职务")
    assert labels["due"] == ("look: due", "look：到期")
    assert labels["who"] == ("Looked at: department", "检查：部门")
    assert labels["lent"] == ("Loan: Device", "借用：设备")
    assert labels["number"] == ("number", "编号")


def test_a_table_has_a_row_for_each_event_and_empty_ones_below(repairs: tuple[qms.Rulebook, Forms]) -> None:
    looks = filled(repairs).sections[1].rows
    assert [[field.value for field in row.fields] for row in looks] == [
        [NOON + timedelta(hours=13), "shop", "B", "first"],
        [NOON + timedelta(hours=14), "desk", "A", None],
        [None] * 4,
    ]
    assert [row.fields[3].state for row in looks] == ["filled", "blank", "by_hand"]


def test_the_history_has_every_event_of_the_cycle(repairs: tuple[qms.Rulebook, Forms]) -> None:
    rows = filled(repairs).sections[2].rows
    assert [row.fields[1].value for row in rows] == ["taken_in", "linked", "looked_at", "looked_at"]
    assert [row.fields[2].value for row in rows] == [None, None, "B", "A"]
    text = filled(repairs).to_markdown("zh")
    assert "关联个案" in text
    assert "检查" in text


def test_linked_cases_give_their_values_in_the_order_handed_in(repairs: tuple[qms.Rulebook, Forms]) -> None:
    book = repairs[0]
    back = book.of(lent(book, "L-2"))
    second = back.record(lent(book, "L-2"), "returned", at=NOON + timedelta(hours=2))
    slip = filled(repairs, lent(book, "L-1"), second)
    assert slip.value("lent") == ("spare L-1", "spare L-2")
    assert slip.value("back") == (NOON + timedelta(hours=2),)
    assert [[field.value for field in row.fields] for row in slip.sections[3].rows] == [
        ["L-1", "spare L-1", None],
        ["L-2", "spare L-2", NOON + timedelta(hours=2)],
    ]


def test_a_link_not_handed_in_is_told(repairs: tuple[qms.Rulebook, Forms]) -> None:
    slip = filled(repairs)
    assert slip.fields["lent"].state == "missing"
    (row,) = slip.sections[3].rows
    assert [field.value for field in row.fields] == ["L-1", None, None]
    assert [field.state for field in row.fields] == ["filled", "missing", "missing"]
    assert "Case L-1 (loan) is linked and was not handed in" in slip.to_markdown().replace("\\", "")


def test_what_is_handed_in_and_is_no_case_is_said(repairs: tuple[qms.Rulebook, Forms]) -> None:
    with pytest.raises(qms.EntryError, match="A case is needed"):
        filled(repairs, "L-1")  # type: ignore[arg-type]  # the point


def test_a_value_that_no_linked_case_has_yet_is_missing(repairs: tuple[qms.Rulebook, Forms]) -> None:
    assert filled(repairs, lent(repairs[0], "L-1")).fields["back"].state == "missing"


def test_without_any_link_there_is_nothing_to_tell(small: Small) -> None:
    book, forms = small(RULES, FORMS)
    case = book.open(qms.Subject("repair", number="R-2", opened_at=NOON, facts={"device": "meter"}))
    slip = forms.form("slip").fill(case, book, now=NOON)
    assert slip.fields["lent"].state == "blank"
    assert slip.sections[3].rows == ()


def test_its_data_fit_its_schema(repairs: tuple[qms.Rulebook, Forms]) -> None:
    book, forms = repairs
    form = forms.form("slip")
    slip = form.fill(
        looked_at(book),
        book,
        now=NOON + timedelta(hours=13),
        related=[lent(book, "L-1")],
        by_hand={"shop": "desk", "took": timedelta(minutes=90)},
    )
    schema, data = form.json_schema("zh"), slip.data()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["price"] == {"amount": "12.50", "currency": "CNY"}
    assert data["parts"] == {"amount": 3, "unit": "pcs"}
    assert data["weight"] == "1.250"
    assert data["left"] == "-PT1H"
    assert data["took"] == "PT1H30M"
    assert data["back_on"] == "2026-03-02"
    assert data["called"] == "2026-03-02T12:00:00+08:00"
    assert data["asked"] == ["desk", "shop"]
    assert data["loans"] == [{"number": "L-1", "device": "spare L-1"}]


def test_several_values_stand_in_one_field(repairs: tuple[qms.Rulebook, Forms]) -> None:
    book, forms = repairs
    slip = forms.form("slip").fill(looked_at(book), book, now=NOON + timedelta(hours=13))
    assert "| Asked | Desk, Workshop |" in slip.to_markdown()
    assert "| 会签 | 服务台、车间 |" in slip.to_markdown("zh")
    assert "| Looked at: evidence | photo: https://dms/1.jpg |" in slip.to_markdown()
    assert "| Looked at: role | Head of desk |" in slip.to_markdown()


def test_a_duration_by_hand_is_a_duration(repairs: tuple[qms.Rulebook, Forms]) -> None:
    book, forms = repairs
    with pytest.raises(qms.FactValueError, match="allowed is timedelta"):
        forms.form("slip").fill(looked_at(book), book, now=NOON, by_hand={"took": "2 h"})


def test_a_case_of_another_kind_is_refused(repairs: tuple[qms.Rulebook, Forms]) -> None:
    book, forms = repairs
    with pytest.raises(qms.EntryError, match="about a repair; case L-1 is a loan"):
        forms.form("slip").fill(lent(book, "L-1"), book, now=NOON)
