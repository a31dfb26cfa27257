"""Door 3: a desk over a store. One complaint from its receipt to its closing, a refusal on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS: list[tuple[int, str, dict[str, Any]]] = [  # hours since the receipt, step, what it puts on record
    (1, "forwarded", {"by": "Li", "department": "marketing"}),
    (8, "analysed", {"by": "Wang", "department": "QA", "established": True, "ours": True}),
    (9, "customer_informed", {"by": "Wang", "department": "quality"}),
    (20, "contained", {"by": "Wang", "department": "quality"}),
    (30, "cause_reported", {"by": "Zhao", "department": "production", "cause": "operation", "responsible": "production"}),
    (31, "approved", {"by": "Chen", "department": "quality", "role": "quality_manager"}),
    (33, "answered", {"by": "Wang", "department": "quality"}),
    (80, "closed", {"by": "Wang", "department": "quality"}),  # too early
    (90, "action_completed", {"by": "Zhao", "department": "production"}),
    (92, "trained", {"by": "Zhao", "department": "production"}),
    (300, "verified", {"by": "Wang", "department": "quality", "effective": True}),
    (301, "notice_filed", {"by": "Li", "department": "marketing"}),
    (302, "closed", {"by": "Wang", "department": "quality"}),
]  # fmt: skip


def main() -> None:
    """Prints each step, or why it was refused, and in the end how the clocks did."""
    now = qms.testing.FixedNow(MONDAY)  # an application gives a function that tells the time
    with qms.adapters.memory.open() as store:
        desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=now)
        desk.open(qms.Complaint(number="C-1", customer="ACME", defect="open circuit", received_at=MONDAY))
        for hours, step, entry in STEPS:
            now.move_to(MONDAY + timedelta(hours=hours))
            try:
                desk.record("C-1", step, **entry)
                print(f"{now():MM-DD HH:mm}  {step}")
            except qms.Refused as refused:
                print(f"{now():MM-DD HH:mm}  {step}: refused")
                for finding in refused.findings:
                    print("   ", finding.text("en"))
                    print("   ", finding.text("zh"))
        case = desk.case("C-1")
        print(case.status, "with", case.version, "events,", len(desk.worklist()), "left on the worklist")
        for deadline in [one for one in desk.deadlines("C-1") if one.rated]:
            print(
                f"{deadline.id}: {deadline.state}, took {deadline.net} of {deadline.within} [{deadline.clause}]"
            )


if __name__ == "__main__":
    main()
