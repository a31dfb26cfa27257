"""Rows for each value of a fact, what counts only after something else, and what something makes needless."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY, Small

import qms_service as qms
from qms_service.errors import FormError
from qms_service.forms import FilledForm, Forms

RULES = """
[repair]
opening = "taken_in"
[repair.events.taken_in]
[repair.events.offered]
facts = { price = "int" }
[repair.events.accepted]
[repair.events.refused]
facts = { reason = "text" }
[repair.events.fault_found]
facts = { part = "text", grade = "text?" }
[repair.events.part_changed]
facts = { part = "text", cost = "int?" }
[repair.events.part_kept]
facts = { part = "text", reason = "text" }
[repair.events.closed]
"""
FORM = """
[forms.card]
kind  = "repair"
title = { en = "Card", zh = "卡" }
[forms.card.sections.offer.fields]
price    = "offered.price"
accepted = { signature = "accepted", after = "offered", unless = "refused", en = "Accepted" }
by       = { from = ["accepted.by", "refused.by"], after = ["offered"] }
[forms.card.sections.parts]
rows = "per.part"
columns.part    = "key"
columns.grade   = { from = "fault_found.grade", choices.bad = { en = "broken" }, choices.worn = { en = "worn" } }
columns.changed = { from = "part_changed.at", after = "fault_found", unless = "part_kept", needed = true }
columns.by      = { signature = "part_changed", en = "Changed by" }
[forms.card.sections.answers]
rows  = "events.accepted"
after = ["offered", "refused"]
columns.at = "at"
"""


@pytest.fixture
def shop(small: Small) -> tuple[qms.Rulebook, Forms]:
    return small(RULES, FORM)


def filled(shop: tuple[qms.Rulebook, Forms], *events: tuple[str, dict[str, Any]]) -> FilledForm:
    book, forms = shop
    case = book.open(qms.Subject("repair", number="R-1", opened_at=MONDAY))
    for minute, (name, entry) in enumerate(events, start=1):
        case = book.of(case).record(case, name, at=MONDAY + timedelta(minutes=minute), **entry)
    return forms.form("card").fill(case, book, now=MONDAY + timedelta(hours=1))


def rows(sheet: FilledForm, section: int) -> list[list[object]]:
    return [[field.value for field in row.fields] for row in sheet.sections[section].rows]


def minute(count: int) -> object:
    return MONDAY + timedelta(minutes=count)


def test_a_signature_counts_only_after_what_it_signed(shop: tuple[qms.Rulebook, Forms]) -> None:
    offer = ("offered", {"price": 90})
    sheet = filled(shop, offer, ("accepted", {"by": "Ann"}))
    assert (sheet.value("accepted"), sheet.value("by")) == ({"by": "Ann", "at": minute(2)}, "Ann")
    dearer = filled(shop, offer, ("accepted", {"by": "Ann"}), ("offered", {"price": 95}))
    assert (dearer.value("price"), dearer.value("accepted"), dearer.value("by")) == (95, None, None)
    assert (
        str(dearer.fields["accepted"].finding)
        == "accepted is older than the newest offered, and counts no longer."
    )
    assert "accepted 早于最近的 offered，已不再有效。" in dearer.to_html("zh")


def test_a_correction_of_what_was_signed_is_newer_than_the_signature(
    shop: tuple[qms.Rulebook, Forms],
) -> None:
    slip = {"facts": {"of": 2, "facts": {"price": 95}, "reason": "a slip"}}
    sheet = filled(shop, ("offered", {"price": 90}), ("accepted", {"by": "Ann"}), ("corrected", slip))
    assert (sheet.value("price"), sheet.fields["accepted"].state) == (95, "missing")


def test_without_what_it_must_follow_an_event_counts(shop: tuple[qms.Rulebook, Forms]) -> None:
    assert filled(shop, ("accepted", {"by": "Ann"})).value("by") == "Ann"


def test_what_makes_a_field_needless_counts_in_the_same_way(shop: tuple[qms.Rulebook, Forms]) -> None:
    refused = ("refused", {"by": "Ann", "reason": "too dear"})
    assert filled(shop, ("offered", {"price": 90}), refused).fields["accepted"].state == "not_needed"
    sheet = filled(shop, ("offered", {"price": 90}), refused, ("offered", {"price": 80}))
    assert sheet.fields["accepted"].state == "missing"


def test_rows_of_events_leave_out_what_counts_no_longer(shop: tuple[qms.Rulebook, Forms]) -> None:
    yes, no = ("accepted", {"by": "Ann"}), ("refused", {"reason": "too dear"})
    assert rows(filled(shop, ("offered", {"price": 90}), yes, no, yes), 2) == [[minute(4)]]
    assert rows(filled(shop, ("offered", {"price": 90}), yes, no), 2) == []


def test_each_value_has_a_row_with_what_was_last_said_of_it(shop: tuple[qms.Rulebook, Forms]) -> None:
    sheet = filled(
        shop,
        ("fault_found", {"part": "pump", "grade": "worn"}),
        ("fault_found", {"part": "belt"}),
        ("part_changed", {"part": "pump", "by": "Bo"}),
        ("part_kept", {"part": "belt", "reason": "good for a year"}),
        ("part_changed", {"part": "hose", "by": "Bo"}),
        ("fault_found", {"part": "pump", "grade": "bad"}),
    )
    signed = {"by": "Bo", "at": minute(3)}
    assert rows(sheet, 1) == [
        ["pump", "bad", None, signed], ["belt", None, None, None], ["hose", None, minute(5), {"by": "Bo", "at": minute(5)}],
    ]  # fmt: skip
    states = [[field.state for field in row.fields[1:]] for row in sheet.sections[1].rows]
    assert states == [
        ["filled", "missing", "filled"],
        ["blank", "not_needed", "blank"],
        ["blank", "filled", "filled"],
    ]
    assert "| pump | broken |" in sheet.to_markdown()
    jsonschema.Draft202012Validator(shop[1].form("card").json_schema()).validate(sheet.data())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('fields.a = { from = "offered.price", after = "ofered" }\n', "did you mean offered"),
        ('fields.a = { from = "offered.price", after = ["accepted", "ofered"] }\n', "did you mean offered"),
        ('fields.a = { from = "offered.price", after = 3 }\n', "got 3"),
        ('fields.a = { from = "case.id", after = "offered" }\n', "after belongs to what comes from an event"),
        ('fields.a = { from = ["case.id", "offered.by"], after = "offered" }\n', "after belongs to what comes"),
        ('fields.a = { after = "offered" }\n', "unknown key after"),
        ('fields.a = { signature = true, unless = "offered" }\n', "unknown key unless"),
        ('fields.a = { from = "offered.price", unless = "ofered" }\n', "did you mean offered"),
        ('fields.a = { from = "offered.prise", unless = "offered" }\n', "did you mean price"),
        ('rows = "per.part"\nafter = "offered"\ncolumns.a = "key"\n', "after belongs to what comes from an event"),
        ('rows = "per.part"\ncolumns.a = "fault_fond.grade"\n', "did you mean fault_found"),
        ('rows = "per.part"\ncolumns.a = "fault_found.grad"\n', "did you mean grade"),
        ('rows = "per.part"\ncolumns.a = "offered.price"\n', "unknown column part"),
        ('rows = "per.part"\ncolumns.a = { signature = "offered" }\n', "unknown column part"),
        ('rows = "per.part"\ncolumns.a = { from = "key", unless = "offered" }\n', "unknown column part"),
        ('rows = "per.part"\ncolumns.a = { from = "part_changed.at", after = "offered" }\n', "unknown column part"),
        ('rows = "per.prt"\ncolumns.a = "key"\n', "did you mean part"),
    ],
)  # fmt: skip
def test_what_a_form_cannot_be_bound_to_is_told(small: Small, part: str, said: str) -> None:
    with pytest.raises(FormError) as raised:
        small(RULES, '[forms.card]\nkind = "repair"\n[forms.card.sections.s]\n' + part)
    assert [said in str(one) for one in raised.value.problems] == [True]
