"""What the quantities of a case come to, as a whole and kept apart, on a form that is data alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY, Small

import qms_service as qms
from qms_service.forms import FilledForm, Forms

RULES = """
[stock]
opening = "found"
[stock.events.found]
[stock.events.listed.facts]
place   = { type = ["uncut", "wip", "finished"], en = "Place", zh = "位置" }
suspect = { type = "quantity", undetermined = true }
[stock.events.checked.facts]
place = ["uncut", "wip", "finished"]
good  = "quantity"
[stock.events.lent]
facts = { amount = "quantity" }
[stock.events.closed]
[stock.quantities]
suspect   = { last = ["listed.suspect"], per = "place", label = { en = "Suspect", zh = "可疑数量" } }
good      = { sum = ["checked.good"], per = "place", label = { en = "Good", zh = "良品" } }
unchecked = { of = "suspect - good", per = "place", label = { en = "Unchecked", zh = "未查" } }
good_all  = { sum = ["checked.good"], label = { en = "Good in all", zh = "良品合计" } }
lent      = { last = ["lent.amount"], label = { en = "Lent", zh = "借出" } }
shares    = { sum = ["lent.amount"], per = "department" }
"""
FORM = """
[forms.f]
kind  = "stock"
title = { en = "Stock", zh = "库存" }
[forms.f.sections.all.fields]
good = "quantities.good_all"
lent = "quantities.lent"
[forms.f.sections.places]
rows = "per.place"
[forms.f.sections.places.columns]
place     = { from = "key", en = "Place", zh = "位置", choices.uncut = { en = "uncut", zh = "待开料" }, choices.wip = { en = "WIP", zh = "在线" } }
suspect   = "suspect"
good      = "good"
unchecked = "unchecked"
[forms.f.sections.departments]
rows = "per.department"
columns.who    = "key"
columns.amount = "shares"
"""


@pytest.fixture
def stock(small: Small) -> tuple[qms.Rulebook, Forms]:
    return small(RULES, FORM)


def filled(stock: tuple[qms.Rulebook, Forms], *events: tuple[str, dict[str, Any]]) -> FilledForm:
    book, forms = stock
    case = book.open(qms.Subject("stock", number="S-1", opened_at=MONDAY))
    for minute, (name, entry) in enumerate(events):
        case = book.of(case).record(case, name, at=MONDAY + timedelta(minutes=minute), **entry)
    return forms.form("f").fill(case, book, now=MONDAY + timedelta(hours=1))


def pcs(amount: int) -> qms.Quantity:
    return qms.Quantity(amount=amount, unit="pcs")


def test_a_quantity_stands_in_a_field_and_one_not_on_record_is_missing(
    stock: tuple[qms.Rulebook, Forms],
) -> None:
    sheet = filled(
        stock, ("checked", {"place": "wip", "good": pcs(30)}), ("checked", {"place": "uncut", "good": pcs(4)})
    )
    assert sheet.value("good") == pcs(34)
    assert sheet.fields["good"].field.label.text("zh") == "良品合计"
    lent = sheet.fields["lent"]
    assert (lent.state, str(lent.finding)) == (
        "missing", "lent has no figure while these facts are not on record: lent.amount.",
    )  # fmt: skip


def test_units_that_do_not_add_up_are_told(stock: tuple[qms.Rulebook, Forms]) -> None:
    sheet = filled(
        stock, ("checked", {"place": "wip", "good": pcs(30)}), ("checked", {"place": "wip", "good": 4})
    )
    assert sheet.fields["good"].state == "missing"
    assert "do not add up" in sheet.to_markdown()
    assert "不能相加" in sheet.to_markdown("zh")


def test_a_table_has_a_row_for_each_place_that_the_rulebook_lists(
    stock: tuple[qms.Rulebook, Forms],
) -> None:
    sheet = filled(
        stock,
        ("listed", {"place": "wip", "suspect": pcs(50)}),
        ("checked", {"place": "wip", "good": pcs(30)}),
        ("listed", {"place": "uncut", "suspect": "undetermined"}),
    )
    rows = sheet.sections[1].rows
    assert [[field.value for field in row.fields] for row in rows] == [
        ["uncut", "undetermined", None, "undetermined"],
        ["wip", pcs(50), pcs(30), pcs(20)],
        ["finished", None, None, None],
    ]
    assert [field.state for field in rows[2].fields] == ["filled", "missing", "missing", "missing"]
    assert "| 待开料 | 未确定 |" in sheet.to_markdown("zh")
    assert "| undetermined |" in sheet.to_markdown()


def test_keys_that_no_rulebook_lists_have_rows_as_they_come(stock: tuple[qms.Rulebook, Forms]) -> None:
    lent = {"amount": pcs(5)}
    sheet = filled(stock, ("lent", {**lent, "department": "shop"}), ("lent", {**lent, "department": "shop"}))
    rows = sheet.sections[2].rows
    assert ["shop", pcs(10)] in [[field.value for field in row.fields] for row in rows]
    assert "| Workshop | 10 pcs |" in sheet.to_markdown()


def test_its_data_fit_its_schema(stock: tuple[qms.Rulebook, Forms]) -> None:
    sheet = filled(stock, ("listed", {"place": "wip", "suspect": "undetermined"}), ("lent", {"amount": 4}))
    form = stock[1].form("f")
    jsonschema.Draft202012Validator(form.json_schema()).validate(sheet.data())
    assert sheet.data()["lent"] == 4


FROM_RETURNS = """
[forms.f]
kind = "stock"
[forms.f.sections.s.fields]
amount = { from = "listed.suspect" }
asked  = { en = "Asked", type = "quantity" }
"""


def test_an_undetermined_fact_is_shown_as_such(small: Small) -> None:
    stock = small(RULES, FROM_RETURNS)
    sheet = filled(stock, ("listed", {"place": "wip", "suspect": "undetermined"}))
    assert sheet.value("amount") == "undetermined"
    assert stock[1].form("f").read({"asked": 5}) == {"asked": 5}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ('rows = "per.plce"\ncolumns.a = "key"\n', "did you mean place"),
        ('rows = "per.place"\ncolumns.a = "good_al"\n', "did you mean good"),
        ('rows = "per.place"\ncolumns.a = "good_all"\n', "unknown quantity good_all"),
        ('fields.a = "quantities.lend"\n', "did you mean lent"),
        ('fields.a = "quantities.good"\n', "unknown quantity good; did you mean good_all"),
    ],
)
def test_a_quantity_that_is_not_there_is_told(small: Small, form: str, said: str) -> None:
    with pytest.raises(qms.QmsError) as raised:
        small(RULES, '[forms.f]\nkind = "stock"\n[forms.f.sections.s]\n' + form)
    assert said in str(raised.value)
