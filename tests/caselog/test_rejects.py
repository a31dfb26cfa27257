"""The rejects file holds every row that could not be read, so that it can be mended and read again."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from qms_service.caselog import CaseLog, read_log, write_rejects
from qms_service.rulebooks import Rulebook

Read = Callable[..., CaseLog]
Files = Callable[..., tuple[Path, Path]]
GOOD = "C-1,ACME,2026-03-02 08:00,2026-03-02 09:00,2026-03-02 15:00,yes,QA,"


def written(log: CaseLog, path: Path, lang: str = "en") -> list[list[str]]:
    write_rejects(path, log, lang=lang)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_file_has_the_cells_the_line_and_the_reason(wide: Read, tmp_path: Path) -> None:
    log = wide(GOOD, GOOD.replace("C-1", "C-2").replace("yes", "maybe"))
    header, row = written(log, tmp_path / "rejects.csv")
    assert header == [*log.header, "line", "reason"]
    assert row[:8] == [
        "C-2",
        "ACME",
        "2026-03-02 08:00",
        "2026-03-02 09:00",
        "2026-03-02 15:00",
        "maybe",
        "QA",
        "",
    ]
    assert row[8] == "3"
    assert row[9].startswith("stands: maybe is not among the values known: yes, no.")


def test_the_reasons_are_in_the_language_asked_and_open_in_a_spreadsheet(wide: Read, tmp_path: Path) -> None:
    header, row = written(wide(GOOD.replace("yes", "maybe")), tmp_path / "rejects.csv", "zh")
    assert header[-2:] == ["行号", "原因"]
    assert "不在已知值之内" in row[-1]
    assert (tmp_path / "rejects.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("C-9,ACME,2026-03-02 08:00", ["C-9", "ACME", "2026-03-02 08:00", "", "", "", "", ""]),
        ("1,2,3,4,5,6,7,8,9,10", ["1", "2", "3", "4", "5", "6", "7", "8,9,10"]),
        ('C-1,"ACME,x', ['C-1,"ACME,x', "", "", "", "", "", "", ""]),
    ],
)
def test_no_cell_of_a_row_of_the_wrong_width_is_lost(
    wide: Read, tmp_path: Path, row: str, cells: list[str]
) -> None:
    assert written(wide(GOOD, row), tmp_path / "rejects.csv")[1][:8] == cells


def mend(path: Path, wrong: str, right: str) -> Path:
    copy = path.with_name("mended.csv")
    copy.write_text(path.read_text(encoding="utf-8-sig").replace(wrong, right), encoding="utf-8-sig")
    return copy


def test_a_mended_copy_is_read_with_the_same_mapping(wide: Read, book: Rulebook, tmp_path: Path) -> None:
    log = wide(GOOD, GOOD.replace("C-1", "C-2").replace("yes", "maybe"))
    written(log, tmp_path / "rejects.csv")
    again = read_log(mend(tmp_path / "rejects.csv", "maybe", "no"), log.mapping, book)
    assert [case.number for case in again.cases] == ["C-2"]


TITLED = """
kind        = "complaint"
header_line = 3
delimiter   = ";"
timezone    = "Asia/Shanghai"
case        = "no"
subject     = { customer = "customer" }
events      = { received = { at = "received", note = "reason" } }
"""


def test_so_is_one_of_a_log_with_titles_above_its_header_and_a_reason_of_its_own(
    files: Files, book: Rulebook, tmp_path: Path
) -> None:
    rows = ("C-1;ACME;2026-03-02 08:00;late", "C-2;ACME;yesterday;broken", "C-3;Beta;yesterday;lost")
    text = "\n".join(("Complaints;;;", ";;;", "no;customer;received;reason", *rows))
    log = read_log(*files(TITLED, text), book)
    write_rejects(tmp_path / "rejects.csv", log)
    again = read_log(mend(tmp_path / "rejects.csv", "yesterday", "2026-03-02 09:00"), log.mapping, book)
    assert again.header == ("no", "customer", "received", "reason", "line", "reason_")
    assert [(case.number, case.events[0].note) for case in again.cases] == [
        ("C-2", "broken"),
        ("C-3", "lost"),
    ]
    assert [case.lines for case in again.cases] == [(4,), (5,)]


def test_a_cell_is_written_as_it_stands_a_formula_too(wide: Read, tmp_path: Path) -> None:
    row = GOOD.replace("ACME", '"=HYPERLINK(""http://example.org"")"').replace("yes", "maybe")
    assert written(wide(row), tmp_path / "rejects.csv")[1][1] == '=HYPERLINK("http://example.org")'
