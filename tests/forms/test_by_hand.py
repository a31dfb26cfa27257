"""What somebody types into an input mask: read from JSON, checked, and put into the fields without a source."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY, Grown, Small

import qms_service as qms
from qms_service.errors import FormError
from qms_service.forms import Form, Forms

NOW = MONDAY + timedelta(hours=9)
RULES = '[lease]\nopening = "signed"\n[lease.events.signed]\n[lease.events.closed]\n'
KINDS = (
    "text", "bool", "int", "decimal", "date", "instant", "duration", "money", "quantity", "signature", "department"
)  # fmt: skip
FORM = """
[forms.f]
kind = "lease"
[forms.f.sections.s.fields]
number = "case.id"
""" + "".join(f'{kind} = {{ en = "{kind}", type = "{kind}" }}\n' for kind in KINDS)


@pytest.fixture
def every(small: Small) -> tuple[qms.Rulebook, Form]:
    book, forms = small(RULES, FORM)
    return book, forms.form("f")


GIVEN: list[tuple[str, Any, object]] = [
    ("text", "a", "a"),
    ("bool", False, False),
    ("int", 7, 7),
    ("int", str(2**60), 2**60),
    ("decimal", "0.10", Decimal("0.10")),
    ("decimal", 3, 3),
    ("date", "2026-03-02", date(2026, 3, 2)),
    ("instant", "2026-03-02T09:00:00+08:00", MONDAY),
    ("duration", "PT1H30M", timedelta(minutes=90)),
    ("money", {"amount": "12.50", "currency": "CNY"}, qms.Money(amount=Decimal("12.50"), currency="CNY")),
    ("quantity", {"amount": 5, "unit": "pcs"}, qms.Quantity(amount=5, unit="pcs")),
    ("quantity", 5, 5),
    ("quantity", "2.5", Decimal("2.5")),
    ("signature", {"by": "Li", "at": "2026-03-02T09:00:00+08:00"}, {"by": "Li", "at": MONDAY}),
    ("department", "desk", "desk"),
]


@pytest.mark.parametrize(("kind", "typed", "value"), GIVEN)
def test_each_type_is_read_from_json_and_written_back_as_it_came(
    every: tuple[qms.Rulebook, Form], kind: str, typed: object, value: object
) -> None:
    book, form = every
    data = json.loads(json.dumps({"number": "L-9", kind: typed}))
    jsonschema.Draft202012Validator(form.json_schema()).validate(data)
    read = form.read(data)
    assert read == {kind: value}
    case = book.open(qms.Subject("lease", number="L-1", opened_at=MONDAY))
    filled = form.fill(case, book, now=NOW, by_hand=read)
    assert filled.data() == {"number": "L-1", kind: typed}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"txt": "a"}, "did you mean text"),
        ({"text": 1}, "text: got 1"),
        ({"bool": "yes"}, "true or false"),
        ({"int": "7 pcs"}, "a whole number"),
        ({"decimal": "a"}, "a finite decimal"),
        ({"date": "2.3.2026"}, "a date"),
        ({"instant": "2026-03-02T09:00:00"}, "has no offset"),
        ({"quantity": {"amount": 5}}, "quantity.unit"),
        ({"signature": {"who": "Li"}}, "signature.who"),
        ({"department": "dsk"}, "desk"),
        ([], "an object"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    every: tuple[qms.Rulebook, Form],
    data: object,
    said: str,
) -> None:
    with pytest.raises(FormError) as raised:
        every[1].read(data)
    assert said.lower() in str(raised.value).lower()


def test_all_that_does_not_fit_is_told_at_once(every: tuple[qms.Rulebook, Form]) -> None:
    with pytest.raises(FormError) as raised:
        every[1].read({"bool": "yes", "int": "x", "txt": 1})
    assert [problem.path for problem in raised.value.problems] == ["txt", "bool", "int"]
    assert "3 处问题" in raised.value.text("zh")


STOCK = [{"suspect": {"amount": 40, "unit": "pcs"}, "handling": "cut no further"}, {}, {"suspect": 7}]


def test_a_table_is_filled_in_by_hand_row_by_row(forms: Forms, book: qms.Rulebook, grown: Grown) -> None:
    form = forms.form("disposition")
    data = {"stock": STOCK, "disposition": ["rework", "scrap"]}
    jsonschema.Draft202012Validator(form.json_schema()).validate(data)
    sheet = form.fill(grown(2), book, now=NOW, by_hand=form.read(data))
    assert sheet.data()["stock"] == STOCK
    text = sheet.to_markdown("zh")
    assert "| 待开料（有货期之板） | 40 pcs | …… | …… | …… | …… | cut no further |" in text
    assert "| 成品板 | 7 | …… | …… | …… | …… | …… |" in text
    assert "☐ 100%全检  ☑ 返工  ☑ 报废  ☐ 让步接收" in text


def test_empty_rows_stand_below_those_that_were_written(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    written = {"actions": [{"action": "first article checked", "due": date(2026, 3, 9)}]}
    report = forms.form("corrective-action-report").fill(grown(2), book, now=NOW, by_hand=written)
    rows = report.sections[2].rows
    assert [row.fields[0].value for row in rows] == ["first article checked", None, None, None]
    assert report.data()["actions"] == [{"action": "first article checked", "due": "2026-03-09"}]


@pytest.mark.parametrize(
    "wrong",
    [
        ("40 pcs", qms.EntryError, "a list of rows"),
        ([5], qms.EntryError, "a list of rows"),
        ([{}] * 4, qms.EntryError, "has 3 rows; got 4"),
        ([{"suspct": 1}], qms.UnknownNameError, "Did you mean suspect"),
        ([{}, {"suspect": "many"}], qms.FactValueError, r"stock\[1\]\.suspect"),
    ],
)
def test_rows_written_by_hand_are_checked(
    forms: Forms, book: qms.Rulebook, grown: Grown, wrong: tuple[object, type[Exception], str]
) -> None:
    stock, error, said = wrong
    with pytest.raises(error, match=said):
        forms.form("disposition").fill(grown(2), book, now=NOW, by_hand={"stock": stock})


def test_rows_of_a_table_that_are_no_list_do_not_fit(forms: Forms) -> None:
    for data, place in [({"stock": {}}, "stock"), ({"stock": [{"suspect": "x"}]}, "stock[0].suspect")]:
        with pytest.raises(FormError) as raised:
            forms.form("disposition").read(data)
        assert [problem.path for problem in raised.value.problems] == [place]
    with pytest.raises(FormError, match="disposition"):
        forms.form("disposition").read({"disposition": "rework"})


def test_a_redacted_text_shows_its_mark_and_fits_the_schema(small: Small) -> None:
    rules = (
        '[lease]\nopening = "signed"\n[lease.subject]\nsort = ["flat", "shop"]\n'
        "[lease.events.signed]\n[lease.events.closed]\n"
    )
    form = (
        '[forms.f]\nkind = "lease"\n[forms.f.sections.s.fields]\n'
        'sort = { from = "subject.sort", choices.flat = { en = "flat" }, choices.shop = { en = "shop" } }\n'
    )
    book, forms = small(rules, form)
    with qms.adapters.memory.open() as store:
        desk = qms.ServiceDesk(book, store, now=lambda: datetime.fromisoformat(NOW.isoformat()))
        desk.open(qms.Subject("lease", number="L-1", opened_at=MONDAY, facts={"sort": "flat"}))
        flat = forms.form("f").fill(desk.case("L-1"), book, now=NOW)
        store.redact("L-1", 0, ["facts.sort"], "asked for")
        filled = forms.form("f").fill(desk.case("L-1"), book, now=NOW)
    assert "☑ flat  ☐ shop" in flat.to_markdown()
    assert "‹redacted›" in filled.to_markdown()
    jsonschema.Draft202012Validator(forms.form("f").json_schema()).validate(filled.data())


def test_a_moment_typed_elsewhere_stands_on_the_clocks_of_the_rulebook(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    typed = {"recorded": {"by": "Li", "at": "2026-03-02T01:30:00Z"}}
    form = forms.form("complaint-record")
    record = form.fill(grown(2), book, now=NOW, by_hand=form.read(typed))
    assert "Li  2026-03-02 09:30" in record.to_markdown()
