"""Who is responsible, accountable, consulted and informed."""

from __future__ import annotations

from typing import Any

import pytest

from qms_service.clauses import ClauseRef
from qms_service.errors import TableError, UnknownNameError
from qms_service.routing import Assignment, Raci

A1 = Raci.from_grid(
    """
    | matter               | marketing | quality | process | production | planning | clause |
    |----------------------|-----------|---------|---------|------------|----------|--------|
    | order follow-up      | A/R       |         |         |            |          | 3.1    |
    | quality feedback     | C         | R A     |         |            |          | 3.2    |
    | rework of returns    | I         | C       | C       | RA         | I        | 3.5    |
    | rework schedule      | -         | -       | -       | I          | AR       |        |
    """,
    name="A1",
    clause=ClauseRef("3", document="pcb-maker", edition="1"),
)


def test_a_matter_falls_to_the_departments_of_its_row() -> None:
    assert A1.assign("rework of returns") == Assignment(
        responsible="production",
        accountable="production",
        consulted=("quality", "process"),
        informed=("marketing", "planning"),
        clauses=(ClauseRef("3.5", document="pcb-maker", edition="1"),),
    )


def test_a_row_without_a_clause_rests_on_that_of_the_matrix() -> None:
    assert [str(ref) for ref in A1.assign("rework schedule").clauses] == ["pcb-maker 3"]


def test_an_unknown_matter_is_an_error_with_the_nearest() -> None:
    with pytest.raises(
        UnknownNameError, match=r"Unknown matter rework shedule. Did you mean rework schedule\?"
    ):
        A1.assign("rework shedule")


def test_a_matrix_whose_every_matter_has_one_owner_has_no_problems() -> None:
    assert A1.problems() == ()


def test_a_matter_without_exactly_one_owner_is_a_finding_and_stays_open() -> None:
    raci = Raci(
        name="claims",
        rows={
            "evidence": {
                "responsible": ["process", "quality"],
                "accountable": "marketing",
                "clause": "4.4.2.2",
            },
            "nobody": {"informed": "finance"},
            "two heads": {"responsible": "quality", "accountable": ("quality", "marketing")},
        },
    )
    assert [(finding.code, finding.subject) for finding in raci.problems()] == [
        ("raci.responsible.several", "evidence"),
        ("raci.responsible.none", "nobody"),
        ("raci.accountable.none", "nobody"),
        ("raci.accountable.several", "two heads"),
    ]
    assert str(raci.problems()[0]) == "evidence: more than one is responsible (process, quality). [4.4.2.2]"
    assert raci.problems()[1].text("zh") == "nobody：无人负责。"
    open_one = raci.assign("evidence")
    assert (open_one.responsible, open_one.accountable, open_one.decided) == (None, "marketing", False)
    assert raci.assign("nobody").clauses == ()


@pytest.mark.parametrize(
    ("rows", "code", "rule", "column"),
    [
        ({"a": {"responsable": "quality"}}, "key", "a", "responsable"),
        ({"a": {"responsible": 5}}, "raci-role", "a", "responsible"),
        ({"a": "quality"}, "raci-row", "a", None),
        ({}, "raci-rows", None, "rows"),
        (["a"], "raci-rows", None, "rows"),
        ({"a": {"informed": ["quality", ""]}}, "raci-role", "a", "informed"),
        ({"a": {"responsible": "quality", "clause": 4.4}}, "clause", "a", "clause"),
    ],
)
def test_a_matrix_that_cannot_be_read_is_refused(
    rows: dict[str, Any], code: str, rule: str | None, column: str | None
) -> None:
    with pytest.raises(TableError) as caught:
        Raci(name="r", rows=rows)
    (fault,) = caught.value.problems
    assert (fault.code, fault.rule, fault.column) == (code, rule, column)
    assert f"table.{code}" not in str(fault) + fault.text("zh")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("| matter | quality |\n| a | X |\n| b | R/S |", ["raci-letter", "raci-letter"]),
        ("| matter | quality |\n| a | R |\n| a | A |", ["raci-matter"]),
        ("| matter | quality |\n| | R |", ["raci-matter"]),
        ("| thing | quality |\n| a | R |", ["raci-letter", "raci-matter"]),
        ("| matter | quality |\n| a |", ["grid-width"]),
        ("| matter | quality |\n| a | Ｒ |", ["raci-letter"]),
    ],
)
def test_a_grid_of_letters_that_cannot_be_read_is_refused(text: str, codes: list[str]) -> None:
    with pytest.raises(TableError) as caught:
        Raci.from_grid(text, name="r")
    assert sorted(fault.code for fault in caught.value.problems) == codes
    assert "table." not in str(caught.value) + caught.value.text("zh")


def test_an_assignment_is_a_value_with_tuples_inside() -> None:
    one = Assignment(responsible="process", consulted="quality", informed=["IPQC", "final inspection"])
    assert (one.consulted, one.informed, one.missing) == (("quality",), ("IPQC", "final inspection"), ())
    assert hash(one) == hash(Assignment(responsible="process", consulted=["quality"], informed=one.informed))
    assert Assignment(consulted=None, decided=False, missing="analysed.responsible").missing == (
        "analysed.responsible",
    )
