"""Answers from files: as they stand there, with every bad cell told at once, and nothing lost."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from qms_service.errors import MissingExtraError, ScoreError, SheetError, UnknownNameError, ZoneError
from qms_service.satisfaction import (
    NOT_APPLICABLE,
    Answer,
    Asked,
    Item,
    Questionnaire,
    Response,
    Scale,
    read_answers,
    write_template,
)

FIVE = Scale(1, 5)
FORM = Questionnaire(
    "customer",
    [
        Item("solder", FIVE, label={"en": "Soldering", "zh": "焊接质量"}),
        Item("advice", FIVE, words={"很满意": 5, "Poor": 2}, missing=("-99", "-")),
    ],
)
TOTALS = Questionnaire("customer", full_marks=100)
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str, name: str = "answers.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return file

    return write


def test_a_row_is_a_response(written: Written) -> None:
    read = read_answers(
        written(
            "customer,respondent,answered_at,solder,advice,comment\n"
            "ACME,Li,2026-03-02 09:00,4,5,good\n"
            "BOLT,,2026/3/5,4.5,N/A,\n"
            "CORE,Wu,2026-03-05T10:00+00:00,３,-99,\n"
        ),
        FORM,
        timezone="Asia/Shanghai",
    )
    assert read.responses == (
        Response(
            "ACME",
            {"solder": 4, "advice": 5},
            respondent="Li",
            answered_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
            comment="good",
        ),
        Response(
            "BOLT",
            {"solder": Fraction(9, 2), "advice": NOT_APPLICABLE},
            answered_at=datetime(2026, 3, 4, 16, tzinfo=UTC),
        ),
        Response("CORE", {"solder": 3}, respondent="Wu", answered_at=datetime(2026, 3, 5, 10, tzinfo=UTC)),
    )
    assert (read.rejects, read.unused, read.absent, read.blank) == ((), (), (), ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_delimiter_and_the_encoding_are_found(written: Written, delimiter: str, encoding: str) -> None:
    text = "客户,作答人,焊接质量,advice,意见\n深圳电子,李,4,很满意,好\n".replace(",", delimiter)
    read = read_answers(written(text, encoding=encoding), FORM)
    assert read.responses == (
        Response("深圳电子", {"solder": 4, "advice": 5}, respondent="李", comment="好"),
    )


def test_the_delimiter_and_the_encoding_may_be_given(written: Written) -> None:
    file = written("customer;solder\nMüller;4\n", encoding="cp1252")
    assert read_answers(file, FORM, encoding="cp1252", delimiter=";").responses[0].customer == "Müller"


def test_every_bad_cell_is_told_with_its_row_and_column_and_what_is_allowed(written: Written) -> None:
    file = written(
        "customer,answered_at,solder,advice\n"
        "ACME,2026-03-02 09:00,4,5\n"
        "BOLT,yesterday,6,great\n"
        ",2026-03-02 09:00,4,5\n"
        "DELL,2026-03-02 09:00,4\n"
        'EDEN,2026-03-02 09:00,"4,5\n'
    )
    read = read_answers(file, FORM, timezone="UTC")
    assert [one.customer for one in read.responses] == ["ACME"]
    assert [(one.row, [fault.column for fault in one.faults]) for one in read.rejects] == [
        (3, ["answered_at", "solder", "advice"]),
        (4, ["customer"]),
        (5, [""]),
        (6, [""]),
    ]
    said = str(read.rejects[0])
    assert said.startswith("Row 3: answered_at: yesterday is no moment in any of the formats ")
    assert "solder: 6 is not on the scale 1–5. Does not apply: N/A, NA, 不适用;" in said
    assert "advice: great is no answer. Allowed: a number on 1–5; words: 很满意, Poor;" in said
    assert str(read.rejects[1]) == "Row 4: customer: the row names no customer."
    assert read.rejects[2].fields == ("DELL", "2026-03-02 09:00", "4")
    assert read.text("zh").splitlines()[0] == "answers.csv：读取 1 份回复，拒收 4 行。"
    assert len(str(read).splitlines()) == 5


def test_columns_that_are_not_used_and_items_without_a_column_are_told(written: Written) -> None:
    read = read_answers(written("customer,Soldering,region,\nACME,4,east,\nBOLT,,,\n"), FORM)
    assert (read.unused, read.absent, read.blank) == (("region",), ("advice",), ("BOLT",))
    assert str(read).splitlines() == [
        "answers.csv: 1 responses read, 0 rows rejected.",
        "Rows with nothing but the customer, which are no responses: BOLT.",
        "Columns that are none of the questionnaire's: region.",
        "Items that the file says nothing about: advice.",
    ]


def test_columns_may_have_names_of_their_own(written: Written) -> None:
    file = written("Titel\nKunde,Q1,Q2\nACME,4,5\n")
    columns = {"customer": "Kunde", "solder": "Q1", "advice": "Q2"}
    read = read_answers(file, FORM, columns=columns, header_line=2)
    assert read.responses == (Response("ACME", {"solder": 4, "advice": 5}),)


def test_words_and_marks_are_read_in_any_case(written: Written) -> None:
    file = written("customer,solder,advice\nACME,n/a,poor\n")
    assert read_answers(file, FORM).responses[0].answers == {"solder": NOT_APPLICABLE, "advice": 2}


def test_a_total_is_read_where_a_row_has_no_answers(written: Written) -> None:
    read = read_answers(written("customer,总分\nACME,87.5\nBOLT,101\nCORE,-1\nDELL,x\n"), TOTALS)
    assert read.responses == (Response("ACME", total=Fraction(175, 2)),)
    assert [str(one) for one in read.rejects] == [
        "Row 3: 总分: 101 is no total: it lies outside 0 to 100.",
        "Row 4: 总分: -1 is no total: it lies outside 0 to 100.",
        "Row 5: 总分: x is no number.",
    ]
    mixed = read_answers(written("customer,solder,advice,total\nACME,4,5,12\nBOLT,,,80\n"), FORM)
    assert mixed.responses == (Response("ACME", {"solder": 4, "advice": 5}), Response("BOLT", total=80))


LONG = "customer,respondent,answered_at,item,answer,comment\n"


def test_a_long_sheet_has_a_row_for_each_answer(written: Written) -> None:
    file = written(
        LONG + "ACME,Li,2026-03-02 09:00,solder,4,good\n"
        "BOLT,,,焊接质量,2,\n"
        "ACME,Li,2026-03-02 09:00,advice,N/A,fast\n"
        "ACME,Li,2026-03-03 09:00,solder,5,\n"
        "BOLT,,,advice,-,\n"
    )
    read = read_answers(file, FORM, timezone="UTC")
    assert read.responses == (
        Response(
            "ACME",
            {"solder": 4, "advice": NOT_APPLICABLE},
            respondent="Li",
            answered_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            comment="good; fast",
        ),
        Response("ACME", {"solder": 5}, respondent="Li", answered_at=datetime(2026, 3, 3, 9, tzinfo=UTC)),
        Response("BOLT", {"solder": 2}),
    )
    assert read.rejects == ()


def test_a_bad_row_of_a_long_sheet_rejects_all_answers_of_its_respondent(written: Written) -> None:
    file = written(
        LONG + "ACME,,,solder,4,\n"
        "ACME,,,advce,4,\n"
        "BOLT,,,solder,4,\n"
        "BOLT,,,solder,4,\n"
        ",,,solder,4,\n"
        "CORE,,,,4,\n"
        "DELL,,,zzz,4,\n"
        'EDEN,,,"solder,4,\n'
        "FORD,,,solder,3,\n"
    )
    read = read_answers(file, FORM)
    assert read.responses == (Response("FORD", {"solder": 3}),)
    assert [str(one) for one in read.rejects] == [
        "Row 2: the answers of ACME cannot be read in part: see row 3.",
        "Row 3: item: advce is no item of the questionnaire. Did you mean advice? Known: Soldering, 焊接质量, solder, advice.",
        "Row 4: BOLT answered solder more than once. Nobody can tell which is meant; give each response its moment.",
        "Row 5: BOLT answered solder more than once. Nobody can tell which is meant; give each response its moment.",
        "Row 6: customer: the row names no customer.",
        "Row 7: item: the row names no item.",
        "Row 8: item: zzz is no item of the questionnaire. Known: Soldering, 焊接质量, solder, advice.",
        "Row 9: A quotation mark opens and does not close as it should. Close it, or double it inside the cell.",
    ]
    assert read.absent == ("advice",)


def test_the_layout_may_be_given(written: Written) -> None:
    file = written("customer,item,value,solder\nACME,advice,5,4\n")
    assert read_answers(file, FORM).responses[0].answers == {"advice": 5}
    assert read_answers(file, FORM, layout="wide").responses[0].answers == {"solder": 4}
    with pytest.raises(SheetError, match="has no column for the item"):
        read_answers(written("customer,solder\nACME,4\n"), FORM, layout="long")
    with pytest.raises(ScoreError, match="layout: got tall; allowed: wide, long"):
        read_answers(file, FORM, layout="tall")  # type: ignore[arg-type]  # wrong on purpose


def test_a_moment_without_a_zone_is_refused_unless_it_has_its_offset(written: Written) -> None:
    file = written("customer,answered_at,solder\nACME,2026-03-02 09:00,4\nBOLT,2026-03-02T09:00+08:00,4\n")
    read = read_answers(file, FORM)
    assert [one.customer for one in read.responses] == ["BOLT"]
    assert str(read.rejects[0]) == (
        "Row 2: answered_at: 2026-03-02 09:00 has no offset, and the zone of the file was not given: "
        "give timezone, such as Asia/Shanghai."
    )
    with pytest.raises(ZoneError):
        read_answers(file, FORM, timezone="Shanghai")


@pytest.mark.parametrize(("text", "said"), [
    ("", "answers.csv is empty: a header with the names of the columns is needed"),
    ("solder,advice\n4,5\n", "answers.csv has no column for the customer. Its columns: solder, advice. Known names:"),
    ("customer,region\nACME,east\n", "answers.csv has no column with answers. Its columns: customer, region."),
    ("customer,solder,solder\nACME,4,5\n", "answers.csv: the columns solder stand there more than once."),
])  # fmt: skip
def test_a_sheet_of_which_nothing_can_be_read_is_refused(written: Written, text: str, said: str) -> None:
    with pytest.raises(SheetError) as refused:
        read_answers(written(text), FORM)
    assert said in str(refused.value)
    assert refused.value.text("zh") != str(refused.value)


def test_a_column_that_is_named_and_not_there_is_refused(written: Written) -> None:
    file = written("customer,solder\nACME,4\n")
    with pytest.raises(SheetError, match="has no columns Kunde"):
        read_answers(file, FORM, columns={"customer": "Kunde"})
    with pytest.raises(UnknownNameError, match="solder"):
        read_answers(file, FORM, columns={"soldr": "Q1"})


def test_a_file_that_cannot_be_opened_or_decoded_is_refused(tmp_path: Path, written: Written) -> None:
    with pytest.raises(SheetError, match="cannot be opened"):
        read_answers(tmp_path / "none.csv", FORM)
    with pytest.raises(SheetError, match="is not in ascii"):
        read_answers(written("客户,solder\nACME,4\n"), FORM, encoding="ascii")
    (tmp_path / "odd.csv").write_bytes(b"customer,solder\nA\xff\xff,4\n")
    with pytest.raises(SheetError, match="Give one of them as encoding"):
        read_answers(tmp_path / "odd.csv", FORM)


def test_a_wording_that_two_items_have_names_neither(written: Written) -> None:
    form = Questionnaire("c", [Item("a", FIVE, label="Same"), Item("b", FIVE, label="Same"), Item("c", FIVE)])
    read = read_answers(written("customer,Same,a,c\nACME,1,4,5\n"), form)
    assert read.responses[0].answers == {"a": 4, "c": 5}
    assert read.unused == ("Same",)


def workbook(path: Path, *rows: Sequence[object], sheet: str = "Sheet") -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.create_sheet("empty")
    book.save(path)
    return path


def test_a_workbook_is_read_as_a_csv_file_is(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "answers.xlsx",
        ["Customer survey"],
        [],
        ["customer", "answered_at", "solder", "advice", "comment", None],
        ["ACME", datetime(2026, 3, 2, 9), 4.0, "N/A", True],  # noqa: DTZ001  # as a workbook has it
        ["BOLT", date(2026, 3, 5), 4.5, None],
        [None, None, None],
        ["CORE", None, 9, "5 ", None, None, "lost"],
    )
    read = read_answers(file, FORM, timezone="UTC", header_line=3)
    assert read.responses == (
        Response(
            "ACME",
            {"solder": 4, "advice": NOT_APPLICABLE},
            answered_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            comment="True",
        ),
        Response("BOLT", {"solder": Fraction(9, 2)}, answered_at=datetime(2026, 3, 5, tzinfo=UTC)),
    )
    assert [one.row for one in read.rejects] == [7]
    assert str(read.rejects[0]).startswith("Row 7: 7 cells, the header has 5.")
    assert read.rejects[0].fields == ("CORE", "", "9", "5", "", "", "lost")


def test_a_sheet_of_a_workbook_is_found_by_its_name(tmp_path: Path) -> None:
    file = workbook(tmp_path / "answers.xlsx", ["customer", "solder"], ["ACME", 4], sheet="调查")
    assert len(read_answers(file, FORM, sheet="调查").responses) == 1
    with pytest.raises(UnknownNameError):
        read_answers(file, FORM, sheet="调差")
    with pytest.raises(SheetError, match="is empty"):
        read_answers(file, FORM, sheet="empty")


def test_what_is_no_workbook_is_refused(tmp_path: Path, written: Written) -> None:
    with pytest.raises(SheetError, match="or as CSV"):
        read_answers(written("customer,solder\n", "answers.xlsx"), FORM)
    with pytest.raises(SheetError, match="cannot be opened"):
        read_answers(tmp_path / "none.xlsx", FORM)
    workbook(tmp_path / "named.csv.xlsx", ["customer"]).rename(tmp_path / "named.csv")
    with pytest.raises(SheetError, match="or as CSV"):
        read_answers(tmp_path / "named.csv", FORM)


def test_without_openpyxl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = "qms_service.satisfaction.reading.xlsx"
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match="forms"):
        read_answers(tmp_path / "answers.xlsx", FORM)


@pytest.mark.parametrize("name", ["template.csv", "template.xlsx"])
@pytest.mark.parametrize(("lang", "head"), [
    ("en", ["customer", "respondent", "answered at", "Soldering", "advice", "comment"]),
    ("zh", ["客户", "作答人", "作答时间", "焊接质量", "advice", "意见"]),
])  # fmt: skip
def test_a_template_has_the_columns_that_are_read(
    tmp_path: Path, name: str, lang: str, head: list[str]
) -> None:
    file = tmp_path / name
    write_template(file, FORM, asked=["ACME", Asked("BOLT")], lang=lang)
    read = read_answers(file, FORM)
    assert (read.responses, read.blank, read.unused, read.absent) == ((), ("ACME", "BOLT"), (), ())
    if name.endswith("csv"):
        assert file.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(head)


def test_a_template_of_totals_has_a_column_for_the_total(tmp_path: Path) -> None:
    write_template(tmp_path / "t.csv", TOTALS, lang="zh")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig") == "客户,作答人,作答时间,总分,意见\n"


def test_a_template_names_an_item_by_its_id_where_its_wording_is_not_its_own(tmp_path: Path) -> None:
    form = Questionnaire("c", [Item("a", FIVE, label="Same"), Item("b", FIVE, label="Same")])
    write_template(tmp_path / "t.csv", form)
    assert (tmp_path / "t.csv").read_text(
        encoding="utf-8-sig"
    ) == "customer,respondent,answered at,a,b,comment\n"


cell = st.one_of(st.none(), st.just(NOT_APPLICABLE), st.integers(1, 5).map(Fraction))
people = st.lists(
    st.tuples(st.text("ABC李", min_size=1, max_size=3), st.one_of(st.none(), st.just("Li")), cell, cell),
    unique_by=lambda one: one[:2],
    max_size=6,
)


@given(people)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_wide_and_a_long_sheet_say_the_same(
    tmp_path: Path, given: list[tuple[str, str | None, Answer | None, Answer | None]]
) -> None:
    rows = [(name, who or "", *map(_written, answers)) for name, who, *answers in given]
    wide, long = tmp_path / "wide.csv", tmp_path / "long.csv"
    _save(wide, [("customer", "respondent", "solder", "advice"), *rows])
    answers = [
        (name, who, item, cell)
        for name, who, *cells in rows
        for item, cell in zip(("solder", "advice"), cells, strict=True)
    ]
    _save(long, [("customer", "respondent", "item", "answer"), *answers])
    one, other = read_answers(wide, FORM), read_answers(long, FORM)
    assert set(one.responses) == set(other.responses)
    assert one.rejects == other.rejects == ()
    expected = {Response(name, {"solder": a, "advice": b}, respondent=who) for name, who, a, b in given}
    assert set(one.responses) == {every for every in expected if every.answers or every.respondent}


def _written(answer: Answer | None) -> str:
    return "" if answer is None else "N/A" if answer is NOT_APPLICABLE else str(answer)


def _save(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_column_that_is_named_goes_before_one_that_is_called_so(written: Written) -> None:
    file = written("customer,Kunde,solder,q1\n1001,ACME,5,2\n")
    (read,) = read_answers(file, FORM, columns={"customer": "Kunde", "solder": "q1"}).responses
    assert read == Response("ACME", {"solder": 2})


def test_a_formula_without_a_value_is_no_empty_cell(tmp_path: Path) -> None:
    """A program that is no spreadsheet writes formulas alone; taken for empty, the answer would be lost in silence."""
    file = workbook(tmp_path / "answers.xlsx", ["customer", "solder"], ["ACME", "=2+2"], ["BOLT", 4])
    read = read_answers(file, FORM)
    assert [one.customer for one in read.responses] == ["BOLT"]
    assert "=2+2 is no answer" in str(read.rejects[0])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"delimiter": ";;"}, "delimiter is one character"),
        ({"delimiter": 5}, "delimiter is one character"),
        ({"header_line": 0}, "header_line: got 0; allowed is a whole number of at least 1"),
        ({"header_line": "2"}, "header_line: got '2'"),
        ({"encoding": "utf8x"}, "'utf8x' is no encoding. Encodings that fit: utf-8"),
        ({"encoding": 8}, "8 is no encoding"),
        ({"columns": 5}, "columns is a mapping"),
        ({"formats": None}, "One text, or several"),
        ({"questionnaire": "customer"}, "questionnaire is of the kind Questionnaire"),
    ],
)
def test_an_argument_that_cannot_be_is_refused(written: Written, more: dict[str, Any], said: str) -> None:
    given = {"questionnaire": FORM, **more}
    with pytest.raises((ScoreError, SheetError), match=said):
        read_answers(written("customer,solder\nACME,4\n"), **given)
