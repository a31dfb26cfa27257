"""A complaint as it grows, the shipped forms, and small rulebooks with forms that a test writes for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms
from qms_service.forms import Forms, load_forms

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS: tuple[tuple[int, str, Mapping[str, Any]], ...] = (  # hours since the receipt
    (1, "forwarded", {"by": "Li", "department": "marketing"}),
    (8, "analysed", {"by": "Wang", "department": "quality", "established": True, "ours": True}),
    (9, "customer_informed", {"by": "Wang"}),
    (20, "contained", {"by": "Wang", "note": "three lots blocked"}),
    (30, "cause_reported", {"by": "Zhao", "department": "production", "cause": "operation",
                            "responsible": "production", "note": "copper too thin"}),
    (31, "approved", {"by": "Chen", "role": "quality_manager"}),
    (33, "answered", {"by": "Wang"}),
    (90, "action_completed", {"by": "Zhao"}),
    (92, "trained", {"by": "Zhao"}),
    (300, "verified", {"by": "Wang", "effective": True}),
    (301, "notice_filed", {"by": "Li"}),
    (302, "closed", {"by": "Wang"}),
)  # fmt: skip
TOLD: Mapping[str, object] = {
    "number": "C-1", "customer": "ACME", "product": "PCB-7781", "quantity": 500, "defect": "open",
    "received_at": MONDAY,
}  # fmt: skip
SMALL = """\
id       = "small"
edition  = "1"
timezone = "Asia/Shanghai"
[departments]
desk = { en = "Desk", zh = "服务台" }
shop = { en = "Workshop", zh = "车间" }
[roles]
head = { en = "Head of desk", zh = "主任" }
"""

Grown = Callable[..., qms.Case]
Small = Callable[..., tuple[qms.Rulebook, Forms]]


@pytest.fixture(scope="session")
def book() -> qms.Rulebook:
    return qms.load_rulebook("pcb-maker")


@pytest.fixture(scope="session")
def forms(book: qms.Rulebook) -> Forms:
    return load_forms("pcb-maker", book)


@pytest.fixture(scope="session")
def grown(book: qms.Rulebook) -> Grown:
    """A complaint of Monday 2 March 2026, 09:00, with so many of its steps."""

    def grow(steps: int = 0, **subject: object) -> qms.Case:
        told: dict[str, Any] = {**TOLD, **subject}
        case = book.open(qms.Complaint(**told))
        start = case.subject.opened_at
        for hours, name, entry in STEPS[:steps]:
            case = book.of(case).record(case, name, at=start + timedelta(hours=hours), **entry)
        return case

    return grow


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A rulebook that a test writes, and its forms."""

    def load(rules: str, forms: str) -> tuple[qms.Rulebook, Forms]:
        (tmp_path / "small.toml").write_text(SMALL + rules, encoding="utf-8")
        book = qms.load_rulebook(tmp_path / "small.toml")
        (tmp_path / "forms.toml").write_text(f'rulebook = "small"\n{forms}', encoding="utf-8")
        return book, load_forms(tmp_path / "forms.toml", book)

    return load
