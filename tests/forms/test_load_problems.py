"""All mistakes of a forms file come at once, each with its place, what was got and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.forms.conftest import Small

import qms_service as qms
from qms_service.errors import FormError
from qms_service.forms import load_forms, shipped_forms

RULES = """
[visit]
opening = "came"
[visit.events.came]
facts = { who = "text?" }
[visit.events.went]
facts = { who = "text" }
[visit.events.told]
facts = { who = "bool" }
[visit.events.closed]
[repair]
opening = "taken_in"
[repair.subject]
device = "text"
[repair.events.taken_in]
[repair.events.looked_at]
facts = { grade = "text?" }
[repair.events.closed]
[repair.clocks.look]
from   = "taken_in"
to     = "looked_at"
within = "12 h"
"""
HEAD = '[forms.slip]\nkind = "repair"\n[forms.slip.sections.one]\n'


def problems(small: Small, forms: str) -> list[str]:
    with pytest.raises(FormError) as raised:
        small(RULES, forms)
    return [str(problem) for problem in raised.value.problems]


def test_every_mistake_is_told_with_its_line(small: Small) -> None:
    text = (
        HEAD
        + """\
[forms.slip.sections.one.fields]
a = "lookedat.grade"
b = "looked_at.grad"
c = "clock.lock.due_at"
d = "clock.look.due"
e = "subject.devise"
f = "owner.lookd_at"
g = "related.loan.case.id"
h = { signature = "clsed" }
i = "case.number"
j = 5
k = { from = "now.year", room = 0 }
"""
    )
    found = problems(small, text)
    assert [one.split(":")[1] for one in found] == [str(line) for line in (*range(6, 17), 16)]
    assert found[0].startswith("forms.slip.sections.one.fields.a")
    nearest = ["looked_at", "grade", "look", "due_at", "device", "looked_at"]
    assert [f"did you mean {name}" in one for name, one in zip(nearest, found, strict=False)] == [True] * 6
    assert "unknown kind of case loan" in found[6]
    assert "did you mean closed" in found[7]
    assert "write now for the moment" in found[10]
    assert "from 1 to 40" in found[11]


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ("", "there is no form"),
        ("[forms.slip]\n", "the key kind is missing"),
        ('[forms.slip]\nkind = "repare"\n', "did you mean repair"),
        ('[forms.slip]\nkind = "repair"\n', "there is nothing in it"),
        (HEAD, "there is nothing in it"),
        (HEAD + 'fields.a = "case.id"\nextra = 1\n', "unknown key extra"),
        (HEAD + 'fields.a = { from = "case.id", form = 1 }\n', "unknown key form; did you mean from"),
        (HEAD + 'fields.a = { from = "case.id", signature = true }\n', "a field has one source"),
        (HEAD + "fields.a = { from = [] }\n", "an empty list"),
        (HEAD + 'fields.a = { from = ["case.id", "case.stauts"] }\n', "did you mean status"),
        (HEAD + "fields.a = { from = 5 }\n", "got 5; needed is text or a list"),
        (HEAD + 'fields.a = { type = "bol" }\n', "did you mean bool"),
        (HEAD + "fields.a = { clause = 5.10 }\n", "clause 5.10 is a number"),
        (HEAD + 'fields."a.b" = "case.id"\n', "a name is not empty and has no dot"),
        (HEAD + 'fields.a = "case.id"\n[forms.slip.sections.two]\nfields.a = "case.id"\n', "is the name of"),
        (HEAD + 'rows = "case"\ncolumns.a = {}\n', 'rows = "case" says nothing'),
        (HEAD + 'rows = "events.clsed"\ncolumns.a = "at"\n', "did you mean closed"),
        (HEAD + 'rows = "related.repare"\ncolumns.a = "case.id"\n', "did you mean repair"),
        (HEAD + 'rows = "events.looked_at"\ncolumns.a = "grad"\n', "did you mean grade"),
        (HEAD + 'rows = "events.taken_in"\ncolumns.a = "grade"\n', "unknown column grade"),
        (HEAD + 'fields.a = { from = ["case.id", "case.opened_at"] }\n', "of different types"),
        (HEAD + 'fields.a = { from = "case.status", choices.opn = { en = "o" } }\n', "did you mean open"),
        (HEAD + 'fields.a = { from = "case.id", type = "text" }\n', "unknown key type"),
        (HEAD + 'rows = "events"\nlines = [{ en = "x" }]\ncolumns.a = "at"\n', "names of rows belong"),
        (HEAD + 'lines = 1\ncolumns.a = "at"\n', "at has no event to come from"),
        (
            HEAD + 'rows = "cases"\ncolumns.a = "case.id"\n'
            '[forms.slip.sections.two]\nrows = "events"\ncolumns.a = "at"\n',
            "events is of one case",
        ),
        (HEAD + "lines = 41\ncolumns.a = {}\n", "from 0 to 40"),
        (HEAD + 'lines = ["x"]\ncolumns.a = {}\n', "got 'x'; needed is a table"),
        (HEAD + "lines = 1\n", "there is nothing in it"),
        (HEAD + "lines = 1\n" + "".join(f"columns.c{n} = {{}}\n" for n in range(13)), "13 columns"),
        (
            HEAD + 'rows = "cases"\ncolumns.a = "case.id"\n[forms.slip.sections.two]\nfields.b = "case.id"\n',
            "case.id is of one case, but this form lists many",
        ),
    ],
)
def test_a_mistake_is_said_in_words(small: Small, forms: str, said: str) -> None:
    assert any(said in one for one in problems(small, forms))


def test_what_follows_from_one_mistake_is_no_mistake_of_its_own(small: Small) -> None:
    for rows in ("events.lookedat", "related.repare", "event"):
        (one,) = problems(small, HEAD + f'rows = "{rows}"\ncolumns.a = "grade"\n')
        assert ".rows:" in one


def test_facts_of_one_name_and_several_types_are_no_column(small: Small) -> None:
    history = '[forms.f]\nkind = "visit"\n[forms.f.sections.s]\nrows = "events"\ncolumns.who = "who"\n'
    (one,) = problems(small, history)
    assert "who: these facts are of different types" in one


def test_problems_speak_chinese(small: Small) -> None:
    with pytest.raises(FormError) as raised:
        small(RULES, HEAD + 'fields.a = "lookedat.grade"\n')
    assert "是否指 looked_at" in raised.value.text("zh")


def test_what_is_no_toml_is_said(book: qms.Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "forms.toml"
    file.write_text("[forms", encoding="utf-8")
    with pytest.raises(FormError, match=r"forms\.toml"):
        load_forms(file, book)


def test_a_source_that_is_not_there_is_said(book: qms.Rulebook, tmp_path: Path) -> None:
    with pytest.raises(qms.UnknownNameError, match="Did you mean pcb-maker"):
        load_forms("pcb-maler", book)
    with pytest.raises(qms.UnknownNameError, match="path of a TOML file"):
        load_forms(tmp_path, book)
    with pytest.raises(qms.EntryError, match="pcb-maker"):
        load_forms("", book)
    with pytest.raises(qms.EntryError, match="load_rulebook"):
        load_forms("pcb-maker", "pcb-maker")  # type: ignore[arg-type]  # the point


def test_a_form_is_asked_for_by_its_name(book: qms.Rulebook) -> None:
    forms = load_forms("pcb-maker", book.editions[0])
    assert forms.ids == tuple(form.id for form in forms)
    assert len(forms) == len(forms.ids)
    with pytest.raises(qms.UnknownNameError, match="Did you mean complaint-record"):
        forms.form("complaint-recrod")


def test_the_forms_of_a_rulebook_ship_beside_it() -> None:
    assert set(shipped_forms()) <= set(qms.shipped_rulebooks())
