"""A table written as lines of cells between pipes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qms_service.clauses import ClauseRef
from qms_service.errors import TableError
from qms_service.routing import DecisionTable, Raci, TableFault, read_grid

GRID = """
| id        | cause       | -> responsible        | clause    |
| operation | operation   | @analysed.responsible | 4.2.4.8.3 |
| other     | -           | process               | 4.3.1.4   |
"""


def read(text: str, **more: Any) -> DecisionTable:  # noqa: ANN401  # its parameters
    return DecisionTable.from_grid(
        text, **{"name": "cause", "inputs": {"cause": "text"}, "hit": "first", **more}
    )


def faults_of(text: str, **more: Any) -> list[TableFault]:  # noqa: ANN401  # its parameters
    with pytest.raises(TableError) as caught:
        read(text, **more)
    assert "table." not in str(caught.value) + caught.value.text("zh")
    return list(caught.value.problems)


def test_a_grid_is_the_table_that_its_rows_state() -> None:
    assert read(GRID) == DecisionTable(
        name="cause",
        inputs={"cause": "text"},
        outputs={"responsible": "text"},
        rules=[
            {
                "id": "operation",
                "when": {"cause": "operation"},
                "then": {"responsible": "@analysed.responsible"},
                "clause": "4.2.4.8.3",
            },
            {"id": "other", "then": {"responsible": "process"}, "clause": "4.3.1.4"},
        ],
        hit="first",
    )


@pytest.mark.parametrize(
    "text",
    [
        GRID.replace(" ", ""),
        GRID.replace("\n", "\r\n"),
        GRID.replace("\n| op", "\n|---|:---:|---:|:---|\n\n   | op"),
        GRID.replace("-> responsible", "->responsible"),
        GRID.replace("| cause ", '| "cause" '),
        GRID.replace("| process ", '| "process" '),
    ],
)
def test_alignment_blank_lines_and_rules_between_lines_mean_nothing(text: str) -> None:
    assert read(text) == read(GRID)


def test_columns_may_stand_in_any_order_and_a_clause_may_be_left_out() -> None:
    table = read("|-> who|clause|cause|id|\n|process||a, b|r|\n", clause="4.2")
    assert table.rules[0].then == {"who": "process"}
    assert table.rules[0].clause == ClauseRef("4.2")
    assert read("|id|-> who|\n|r|process|\n").decide({}).clauses == ()


def test_columns_of_a_grid_can_be_asked_for() -> None:
    grid = read_grid(GRID)
    assert (grid.inputs, grid.outputs) == (("cause",), ("responsible",))


def test_a_pipe_or_a_comma_in_a_text_stands_in_quotes() -> None:
    table = read('| id | cause | -> who |\n| r | "a|b", "c,d" | "x|y" |\n| s | - | "5"" pipe" |')
    assert table.decide({"cause": "a|b"}).outputs["who"] == "x|y"
    assert table.decide({"cause": "c,d"}).rule_ids == ("r",)
    assert table.decide({"cause": "d"}).outputs["who"] == '5" pipe'


def test_an_output_may_be_of_any_type() -> None:
    table = read(
        "| id | cause | -> hours | -> on | -> holiday |\n| r | - | 2.5 | 2026-03-02 | false |",
        outputs={"hours": "number", "on": "date", "holiday": "bool"},
    )
    assert table.decide({}).outputs == {"hours": Decimal("2.5"), "on": date(2026, 3, 2), "holiday": False}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (GRID.replace("| 4.3.1.4 ", ""), "grid-width", 4, None),
        (GRID.replace("| other", "other"), "grid-line", 4, None),
        (GRID.replace("| operation | o", "| operation ｜ o"), "full-width", 3, None),
        (GRID.replace("| operation |", '| "operation |'), "quotes", 3, None),
        (GRID.replace("| id  ", "| ref "), "grid-id", None, "id"),
        (GRID.replace("| clause ", "| cause "), "grid-twice", None, "cause"),
        (GRID.replace("->", "→"), "full-width", None, "→ responsible"),
        (GRID.replace("| cause ", "| cuase "), "unknown-when", None, "cuase"),
        (GRID.replace("| -   ", "|     "), "cell-blank", None, "cause"),
        (GRID.replace("| -   ", "| a，b"), "full-width", None, "cause"),
        ("", "rules", None, "rules"),
        ("no table at all", "grid-line", 1, None),
        ("|", "grid-line", 1, None),
    ],
)
def test_a_grid_that_cannot_be_read_is_refused_with_its_place(
    text: str, code: str, line: int | None, column: str | None
) -> None:
    assert (code, line, column) in [(fault.code, fault.line, fault.column) for fault in faults_of(text)]


def test_a_misspelt_header_is_one_fault_however_many_rows_there_are() -> None:
    (fault,) = faults_of(GRID.replace("| cause ", "| cuase "))
    assert fault.nearest == "cause"
    outputs = {"responsible": "text", "informed": "text"}
    (missing,) = faults_of(GRID, outputs=outputs)
    assert (missing.code, missing.column) == ("grid-output", "informed")
    (strange,) = faults_of(GRID.replace("| clause ", "| -> role "), outputs={"responsible": "text"})
    assert (strange.code, strange.column) == ("unknown-then", "role")


def test_faults_of_layout_and_of_cells_come_together() -> None:
    text = GRID.replace("| -   ", "| ≥5  ") + "| third | a |\n"
    assert [fault.code for fault in faults_of(text)] == ["grid-width", "full-width"]


def test_a_grid_is_written_with_its_pipes_aligned() -> None:
    assert read(GRID).to_grid() == (
        "| id        | cause     | -> responsible        | clause    |\n"
        "| operation | operation | @analysed.responsible | 4.2.4.8.3 |\n"
        "| other     | -         | process               | 4.3.1.4   |\n"
    )


ONE_LINE = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=8)
NAMES = ONE_LINE.filter(
    lambda name: name == name.strip() != "" and not name.startswith("->") and name not in ("id", "clause")
)
NUMBERS = (
    st.integers(-1000, 1000) | st.decimals(-1000, 1000, places=3) | st.fractions(-9, 9, max_denominator=50)
)


def test_an_input_whose_name_begins_like_an_arrow_survives_being_written() -> None:
    table = DecisionTable(
        name="t", inputs={"⇒ b": "text"}, outputs={"x": "text"}, rules=[{"id": "a", "when": {"⇒ b": "y"}, "then": {"x": "z"}}]
    )  # fmt: skip
    assert DecisionTable.from_grid(table.to_grid(), name="t", inputs={"⇒ b": "text"}) == table


@given(
    inputs=st.tuples(NAMES, NAMES).filter(lambda two: two[0] != two[1]),
    output=NAMES,
    rows=st.lists(
        st.tuples(st.lists(ONE_LINE, min_size=1, max_size=3), NUMBERS, ONE_LINE, NUMBERS),
        min_size=1,
        max_size=4,
    ),
    clause=NAMES,
)
@example(inputs=("---", ":--:"), output="---", rows=[(["---"], 0, "---", 0)], clause="---")
@example(inputs=("→ a", "｜"), output="→", rows=[(["｜", "not(a)"], Fraction(1, 3), "｜", 1)], clause="5.10")
@settings(max_examples=300, deadline=None)
def test_any_text_and_number_survives_being_written_and_read_back(
    inputs: tuple[str, str],
    output: str,
    rows: list[tuple[list[str], int | Decimal | Fraction, str, int | Decimal | Fraction]],
    clause: str,
) -> None:
    types = {inputs[0]: "text", inputs[1]: "number"}
    outputs = {output: "text", f"{output}'": "number"}
    rules = [
        {
            "id": f"{clause}{place}",
            "when": {
                inputs[0]: ", ".join('"' + text.replace('"', '""') + '"' for text in texts),
                inputs[1]: end,
            },
            "then": {output: said, f"{output}'": number},
            "clause": clause,
        }
        for place, (texts, end, said, number) in enumerate(rows)
    ]
    table = DecisionTable(name="t", inputs=types, outputs=outputs, rules=rules)
    assert DecisionTable.from_grid(table.to_grid(), name="t", inputs=types, outputs=outputs) == table


@given(st.text(st.sampled_from('|-> \n"idcause,:｜') | st.characters(), max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_junk_grid_is_refused_and_never_fails_otherwise(text: str) -> None:
    with suppress(TableError):
        read(text)


@pytest.mark.parametrize("junk", [None, 5, b"| id |", ["| id |"]])
def test_a_grid_that_is_no_text_is_refused(junk: Any) -> None:  # noqa: ANN401  # junk
    for read in (
        lambda: DecisionTable.from_grid(junk, name="owners", inputs={"cause": "text"}),
        lambda: Raci.from_grid(junk, name="owners"),
        lambda: read_grid(junk, "owners"),
    ):
        with pytest.raises(TableError, match="Table owners cannot be read, 1 problem") as caught:
            read()
        assert "Give the grid as one text" in str(caught.value)
        assert "请以一段文字给出表格" in caught.value.text("zh")


@pytest.mark.parametrize("junk", [None, 5, "cause", ["cause"]])
def test_columns_that_are_no_mapping_are_refused_beside_a_grid(junk: Any) -> None:  # noqa: ANN401  # junk
    grid = "| id | cause | -> owner |\n| a | - | x |"
    with pytest.raises(TableError, match=r"inputs: got .*\. Give a mapping of names to types"):
        DecisionTable.from_grid(grid, name="owners", inputs=junk)
    with pytest.raises(TableError, match=r"got 5\. Give a mapping of names to types"):
        DecisionTable.from_grid(grid, name="owners", inputs={"cause": "text"}, outputs=5)  # type: ignore[arg-type]
    with pytest.raises(TableError, match="Known: 7"):
        DecisionTable.from_grid(grid, name="owners", inputs={7: "text"})  # type: ignore[dict-item]
