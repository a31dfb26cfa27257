"""A log is decoded as its mapping says, or refused with the encodings that fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qms_service.caselog import read_log
from qms_service.errors import LogError
from qms_service.rulebooks import Rulebook

Files = Callable[..., tuple[Path, Path]]
TEXT = "编号,客户,收到时间\nC-1,深圳某电子,2026-03-02 08:00\n"
MAPPING = """
kind     = "complaint"
encoding = "{}"
timezone = "Asia/Shanghai"
case     = "编号"
subject  = {{ customer = "客户" }}
events   = {{ received = "收到时间" }}
"""


@pytest.mark.parametrize(
    ("named", "written"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf8", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("GB18030", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-8", "utf-16"),
    ],
)
def test_a_byte_order_mark_is_stronger_than_the_mapping(
    files: Files, book: Rulebook, named: str, written: str
) -> None:
    (case,) = read_log(*files(MAPPING.format(named), TEXT, written), book).cases
    assert case.case.subject.facts["customer"] == "深圳某电子"


def test_a_wrong_encoding_is_answered_with_those_that_fit(files: Files, book: Rulebook) -> None:
    with pytest.raises(LogError) as caught:
        read_log(*files(MAPPING.format("utf-8"), TEXT, "gb18030"), book)
    assert (caught.value.code, caught.value.operands["line"]) == ("log.encoding", 1)
    assert "gb18030" in str(caught.value)


def test_bytes_that_are_no_text_at_all_are_told(files: Files, book: Rulebook) -> None:
    log, mapping = files(MAPPING.format("utf-8"), TEXT)
    log.write_bytes(log.read_bytes() + b"C-2,\xff\x81,\n")
    with pytest.raises(LogError) as caught:
        read_log(log, mapping, book)
    assert (caught.value.operands["line"], caught.value.operands["allowed"]) == (3, ())


@pytest.mark.parametrize("first", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_is_told_from_a_csv_file(files: Files, book: Rulebook, first: bytes) -> None:
    log, mapping = files(MAPPING.format("utf-8"), TEXT)
    log.write_bytes(first + bytes(range(256)))
    with pytest.raises(LogError, match=r"save the sheet as CSV"):
        read_log(log, mapping, book)


def test_an_encoding_that_garbles_the_header_is_found_out(files: Files, book: Rulebook) -> None:
    text = TEXT.replace("编号", "投诉编号")
    with pytest.raises(LogError) as caught:
        read_log(*files(MAPPING.format("cp1252").replace("编号", "投诉编号"), text, "gb18030"), book)
    assert [(one.path, one.code, one.operands["allowed"]) for one in caught.value.problems] == [
        ("encoding", "other-encoding", "gb18030")
    ]


def test_an_empty_file_and_a_missing_one_are_told(files: Files, book: Rulebook) -> None:
    log, mapping = files(MAPPING.format("utf-8"), "\n \n")
    with pytest.raises(LogError, match="is empty"):
        read_log(log, mapping, book)
    with pytest.raises(LogError, match="cannot be opened"):
        read_log(log.with_name("none.csv"), mapping, book)


def test_titles_above_the_header_and_other_delimiters(files: Files, book: Rulebook) -> None:
    mapping = MAPPING.format("utf-8") + 'delimiter = ";"\nheader_line = 2\n'
    assert len(read_log(*files(mapping, "客户投诉跟进清单\n" + TEXT.replace(",", ";")), book).cases) == 1


@pytest.mark.parametrize(("typed", "delimiter"), [('";"', ";"), ('"\\t"', "\t"), ('"|"', "|")])
def test_a_log_cut_at_another_delimiter_is_answered_with_it(
    files: Files, book: Rulebook, typed: str, delimiter: str
) -> None:
    with pytest.raises(LogError) as caught:
        read_log(*files(MAPPING.format("utf-8"), TEXT.replace(",", delimiter)), book)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("delimiter", "other-delimiter")
    assert f"write delimiter = {typed}" in problem.text()
    assert f"请写 delimiter = {typed}" in problem.text("zh")


def test_a_column_misspelt_is_told_beside_the_delimiter(files: Files, book: Rulebook) -> None:
    text = TEXT.replace(",", ";").replace("客户", "客户名")
    with pytest.raises(LogError) as caught:
        read_log(*files(MAPPING.format("utf-8"), text), book)
    assert [(one.path, one.code) for one in caught.value.problems] == [
        ("delimiter", "other-delimiter"),
        ("subject.customer", "unknown-name.nearest"),
    ]
