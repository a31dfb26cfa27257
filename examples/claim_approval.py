"""A claim of pcb-maker: who signs in which order, and Finance last."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms

TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
COST = qms.Money(amount=Decimal("1000.00"), currency="CNY")
JUDGED = {"reasonable": True, "departments": ["quality", "production"], "amount": COST}
STEPS: list[tuple[int, str, dict[str, Any]]] = [  # hours since the claim came, step, what it puts on record
    (2, "evidence_given", {"by": "Wang", "department": "quality"}),
    (4, "judged", {"by": "Li", "department": "marketing", "facts": JUDGED}),
    (5, "decision_countersigned", {"by": "Ma", "department": "management"}),
    (6, "countersigned", {"by": "Wang", "department": "quality"}),
    (7, "approved", {"by": "Li", "department": "general_manager"}),  # Li opened it
    (8, "countersigned", {"by": "Zhao", "department": "production"}),
    (9, "approved", {"by": "Zhou", "department": "general_manager"}),
    (10, "judged", {"by": "Li", "department": "marketing", "facts": JUDGED}),  # once more
    (11, "posted", {"by": "Wu", "department": "finance", "despite": "month's end"}),
    (12, "decision_countersigned", {"by": "Ma", "department": "management"}),
    (13, "countersigned", {"by": "Wang", "department": "quality"}),
    (14, "countersigned", {"by": "Zhao", "department": "production"}),
    (15, "approved", {"by": "Zhou", "department": "general_manager"}),
    (16, "posted", {"by": "Wu", "department": "finance"}),
    (17, "closed", {"by": "Li", "department": "marketing"}),
]


def main() -> None:
    """Prints each signature, or why it was refused, and in the end how three departments share the cost."""
    now = qms.testing.FixedNow(TUESDAY)
    desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), qms.adapters.memory.open(), now=now)
    claim = qms.Claim(customer="ACME", basis="quality", amount=COST, received_at=TUESDAY)
    number = desk.open(claim, series="claim", by="Li").id
    print(f"{TUESDAY:%H:%M}  {number} opened (Li)")
    for hours, step, entry in STEPS:
        now.move_to(TUESDAY + timedelta(hours=hours))
        try:
            desk.record(number, step, **entry)
            print(f"{now():HH:mm}  {step} ({entry['by']})")
        except qms.Refused as refused:
            print(f"{now():HH:mm}  {step} ({entry['by']}): refused")
            for finding in refused.findings:
                print("   ", finding.text())
    print(desk.case(number).status)
    print("three departments bear", *(str(part.amount) for part in qms.shares(COST, [1, 1, 1])))


if __name__ == "__main__":
    main()
