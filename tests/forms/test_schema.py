"""The JSON Schema of a form: what an input mask needs to know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from tests.forms.conftest import MONDAY, Grown

import qms_service as qms
from qms_service.forms import Forms

NOW = MONDAY + timedelta(hours=9)


def record(forms: Forms, lang: str = "en") -> dict[str, Any]:
    return forms.form("complaint-record").json_schema(lang)


def test_it_is_a_schema_of_the_draft_that_the_wire_uses(forms: Forms) -> None:
    for form in forms:
        schema = form.json_schema()
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(schema)


def test_labels_are_titles_and_clauses_descriptions(forms: Forms) -> None:
    schema = record(forms, "zh")
    assert (schema["title"], schema["description"]) == ("客户投诉记录表", "pcb-maker 4.9.1")
    field = schema["properties"]["established"]
    assert (field["title"], field["description"]) == ("投诉成立", "pcb-maker 4.2.4.2")


def test_what_comes_from_the_record_is_read_only_and_names_its_source(forms: Forms) -> None:
    fields = record(forms)["properties"]
    assert (fields["established"]["readOnly"], fields["established"]["$comment"]) == (
        True,
        "analysed.established",
    )
    assert "readOnly" not in fields["channel"]


def test_types_and_choices_are_those_of_the_rulebook(forms: Forms) -> None:
    fields = record(forms, "zh")["properties"]
    assert fields["established"]["type"] == "boolean"
    assert fields["customer"]["type"] == "string"
    assert fields["analysed_at"]["$ref"] == "#/$defs/Instant"
    assert {"const": "quality", "title": "品质部"} in fields["responsible"]["oneOf"]
    assert {"const": "mail", "title": "邮件"} in fields["channel"]["oneOf"]


def test_a_table_is_a_list_of_its_rows(forms: Forms) -> None:
    causes = forms.form("corrective-action-report").json_schema()["properties"]["causes"]
    assert causes["type"] == "array"
    assert list(causes["items"]["properties"]) == ["at", "department", "cause", "responsible", "analysis"]


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, True),
        ({"channel": "mail"}, True),
        ({"channel": "post"}, False),
        ({"goods_back": "yes"}, False),
        ({"quantity": "500 pcs"}, False),
        ({"received_at": "2026-03-02 09:00"}, False),
        ({"recorded": {"by": "Li", "at": "2026-03-02T09:00:00+08:00"}}, True),
        ({"recorded": {"who": "Li"}}, False),
        ({"customr": "ACME"}, False),
    ],
)
def test_the_data_of_a_filled_form_fit_and_other_data_do_not(
    forms: Forms, book: qms.Rulebook, grown: Grown, change: dict[str, Any], *, right: bool
) -> None:
    form = forms.form("complaint-record")
    data = {**form.fill(grown(3), book, now=NOW).data(), **change}
    assert jsonschema.Draft202012Validator(form.json_schema()).is_valid(data) is right


def test_a_number_that_a_browser_would_round_is_its_digits(
    forms: Forms, book: qms.Rulebook, grown: Grown
) -> None:
    form = forms.form("complaint-record")
    data = form.fill(grown(1, quantity=2**60), book, now=NOW).data()
    assert data["quantity"] == str(2**60)
    jsonschema.Draft202012Validator(form.json_schema()).validate(data)
