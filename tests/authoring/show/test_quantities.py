"""Quantities and balances in a shown rulebook: what they count, and when they have to hold, under which clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.authoring.show.page import Page, read_page

from qms_service.authoring.showing import show

RULES = """
id       = "pumps"
edition  = "1"
timezone = "Asia/Shanghai"

[return]
label   = { en = "Return", zh = "退货" }
opening = "counted"

[return.events.counted]
clause = "6.1"
label  = { en = "Counted", zh = "清点" }
facts  = { pieces = { type = "int", en = "Pieces", zh = "件数" } }

[return.events.sorted]
clause = "6.2"
label  = { en = "Sorted", zh = "分选" }
facts  = { good = { type = "int", en = "Good", zh = "良品" }, bad = { type = "int", en = "Bad", zh = "不良品" } }

[return.quantities.came]
last  = ["counted.pieces"]
label = { en = "What came", zh = "到货" }

[return.quantities.told]
sum   = ["sorted.good", "sorted.bad"]
label = { en = "What was sorted", zh = "已分选" }

[return.quantities.left]
of    = "came - told"
label = { en = "What is left", zh = "剩余" }

[return.balances.pieces]
clause = "6.3"
label  = { en = "No piece is lost", zh = "件数相符" }
rule   = "told <= came"

[return.balances.end]
clause = "6.4"
label  = { en = "All is sorted", zh = "全部分选" }
rule   = "told = came"
at     = ["sorted"]
"""


@pytest.fixture
def pumps(tmp_path: Path) -> Path:
    file = tmp_path / "pumps.toml"
    file.write_text(RULES, encoding="utf-8")
    return file


def page(file: Path, lang: str) -> Page:
    return read_page(show(file, form="html", lang=lang))


def test_a_quantity_says_what_it_counts(pumps: Path) -> None:
    assert page(pumps, "en").table("Quantities") == [
        ["What came\ncame", "the last of: Pieces"],
        ["What was sorted\ntold", "the sum of: Good, Bad"],
        ["What is left\nleft", "came - told"],
    ]


def test_a_balance_says_what_has_to_hold_and_when(pumps: Path) -> None:
    assert page(pumps, "zh").table("数量平衡") == [
        ["件数相符\npieces", "told <= came", "每个事件之后", "6.3"],
        ["全部分选\nend", "told = came", "分选", "6.4"],
    ]


@pytest.mark.parametrize(
    ("lang", "head", "said"),
    [("en", "Clause index", "balance All is sorted"), ("zh", "条款索引", "数量平衡：全部分选")],
)
def test_a_balance_stands_in_the_clause_index(pumps: Path, lang: str, head: str, said: str) -> None:
    (row,) = (row for row in page(pumps, lang).table(head) if row[0] == "6.4")
    assert row[-1] == said
