"""A rulebook may list the clauses of its procedure: rules, no rules and why not, lost."""

from __future__ import annotations

import pytest
from tests.rulebooks.conftest import HEAD, Book

import qms_service as qms

LISTED = """
[clauses]
"4.1" = { status = "rule", en = "Signing", zh = "签约" }
"4.2" = { status = "no-rule", because = "a definition", en = "Terms", zh = "术语" }
"4.3" = { status = "lost" }
"""


def test_each_clause_has_its_status_and_its_title(book: Book) -> None:
    clauses = book(LISTED).editions[0].rules.clauses
    assert {number: one.status for number, one in clauses.items()} == {
        "4.1": "rule",
        "4.2": "no-rule",
        "4.3": "lost",
    }
    assert (clauses["4.1"].label.text("zh"), str(clauses["4.2"].because)) == ("签约", "a definition")


def test_the_reason_may_stand_in_each_language(book: Book) -> None:
    entry = '[clauses]\n"4.2" = { status = "no-rule", because = { en = "a definition", zh = "定义" } }\n'
    because = book(entry).editions[0].rules.clauses["4.2"].because
    assert because is not None
    assert (because.text("en"), because.text("zh")) == ("a definition", "定义")


def test_the_list_is_no_rule_so_the_digest_leaves_it_out(book: Book) -> None:
    assert book(LISTED).editions[0].digest == book().editions[0].digest


@pytest.mark.parametrize(
    ("entry", "code", "path"),
    [
        ('"4.1" = { en = "Signing" }', "missing-key", "clauses.4.1.status"),
        ('"4.1" = { status = "no-rule" }', "missing-key", "clauses.4.1.because"),
        ('"4.1" = { status = "no-rule", because = "" }', "missing-key", "clauses.4.1.because"),
        ('"4.1" = { status = "no-rule", because = {} }', "missing-key", "clauses.4.1.because"),
        ('"4.1" = { status = "rules" }', "unknown-name.nearest", "clauses.4.1.status"),
        ('"4.1" = { status = "rule", reason = "x" }', "unknown-key", "clauses.4.1.reason"),
        ('"4.1" = "rule"', "wrong-type", "clauses.4.1"),
    ],
)
def test_an_entry_that_cannot_be_read_is_a_problem(book: Book, entry: str, code: str, path: str) -> None:
    with pytest.raises(qms.RulebookError) as refused:
        book(f"{HEAD}[clauses]\n{entry}\n", head="")
    assert [(one.code, one.path) for one in refused.value.problems] == [(code, path)]


def test_the_board_maker_lists_its_clauses_in_both_languages_with_what_is_not_there_yet() -> None:
    clauses = qms.load_rulebook("pcb-maker").editions[0].rules.clauses
    told = [label for one in clauses.values() for label in (one.label, one.because) if label]
    assert all(dict(label.names).keys() == {"en", "zh"} for label in told)
    assert {number for number, one in clauses.items() if one.status == "lost"} == {
        "4.2.3/flow chart", "4.2.4.4", "4.3.2", "4.4.1",
    }  # fmt: skip
    steps = [number for number in clauses if number.startswith("4.3.3/")]
    assert steps == [f"4.3.3/4.3.{n}" for n in range(1, 7)]
    assert {clauses[number].status for number in steps} == {"rule"}
    assert str(clauses["4.8.1"].because) == "names another procedure"
