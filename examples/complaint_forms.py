"""The forms of a complaint, filled from its record: a sheet on paper, what it still misses, and the follow-up list."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.forms import load_forms

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PHOTO = qms.Evidence(kind="photo", uri="https://dms.example/C-1/1.jpg")
STEPS: list[tuple[int, str, dict[str, Any]]] = [  # hours since the receipt, step, what it puts on record
    (1, "forwarded", {"by": "Li", "department": "marketing", "evidence": [PHOTO]}),
    (8, "analysed", {"by": "Wang", "department": "quality", "established": True, "ours": True}),
    (9, "customer_informed", {"by": "Wang"}),
    (20, "contained", {"by": "Wang", "note": "three lots blocked"}),
    (30, "cause_reported", {"by": "Zhao", "department": "production", "cause": "operation", "responsible": "production"}),
]  # fmt: skip


def complaint(book: qms.Rulebook, number: str, received_at: datetime, steps: int) -> qms.Case:
    """A complaint about 500 boards with so many of its steps on record."""
    boards = qms.Quantity(amount=500, unit="pcs")
    case = book.open(
        qms.Complaint(
            number=number, customer="ACME", product="PCB-7781", quantity=boards, received_at=received_at
        )
    )
    for hours, step, entry in STEPS[:steps]:
        case = book.of(case).record(case, step, at=received_at + timedelta(hours=hours), **entry)
    return case


def main() -> None:
    """Prints the handling sheet, what a report misses, and the list; writes them as workbooks too."""
    book = qms.load_rulebook("pcb-maker")
    forms = load_forms("pcb-maker", book)
    first = complaint(book, "C-1", MONDAY, 5)
    sheet = forms.form("handling-sheet").fill(first, book, now=MONDAY + timedelta(hours=31))
    print(sheet.to_markdown("zh"))
    report = forms.form("corrective-action-report").fill(first, book, now=MONDAY + timedelta(hours=31))
    for field in report.missing:
        print(f"{report.case} misses {field.field.label}: {field.source or 'by hand'} [{field.clause}]")
    cases = [first, complaint(book, "C-2", MONDAY + timedelta(days=1), 2)]
    listed = forms.form("follow-up-list").fill_list(cases, book, now=MONDAY + timedelta(hours=58))
    print(listed.to_markdown("en"))
    with TemporaryDirectory() as folder:
        for filled in (sheet, report, listed):
            filled.to_xlsx(Path(folder, f"{filled.form.id}.xlsx"), "zh")
        print(*sorted(path.name for path in Path(folder).iterdir()))


if __name__ == "__main__":
    main()
