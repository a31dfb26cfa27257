"""Small rulebooks, written in the tests that need them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import qms_service as qms

HEAD = """\
id       = "small"
edition  = "1"
timezone = "Asia/Shanghai"
[departments]
quality   = { en = "Quality", zh = "品质部", aliases = ["QA"] }
planning  = { en = "Planning", zh = "计划部", aliases = ["PMC"], deputies = ["quality"] }
warehouse = { en = "Warehouse", zh = "货仓" }
[roles]
manager = { en = "Manager", zh = "经理", deputies = ["deputy"] }
deputy  = { en = "Deputy", zh = "副经理" }
[lease]
opening = "signed"
[lease.events.signed]
[lease.events.closed]
"""

Book = Callable[..., qms.Rulebook]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Loads a rulebook: `HEAD` with what a test adds to it, or a text of its own."""

    def load(
        rules: str = "", *, head: str = HEAD, calendars: Mapping[str, qms.WorkCalendar] | None = None
    ) -> qms.Rulebook:
        file = tmp_path / "small.toml"
        file.write_text(head + rules, encoding="utf-8")
        return qms.load_rulebook(file, calendars=calendars)

    return load
