"""A return of pcb-maker: no piece is created or lost, the terms, and who holds the goods."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.cases import custody

TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS: list[tuple[int, str, dict[str, Any]]] = [  # hours since the goods came, step, what it puts on record
    (0, "handed_over", {"giver": "customer", "taker": "marketing", "receipt": "H-17"}),
    (1, "forwarded", {"by": "Li"}),
    (1, "handed_over", {"giver": "marketing", "taker": "warehouse", "receipt": "H-18"}),
    (2, "counted", {"by": "Sun", "quantity": 480, "model_ok": True}),
    (3, "planned", {"by": "Wang"}),  # 20 are missing
    (4, "count_settled", {"by": "Li", "quantity": 480, "reason": "one box left behind"}),
    (5, "planned", {"by": "Wang", "cause": "operation", "responsible": "production"}),
    (6, "disposition_issued", {"by": "Wang"}),
    (20, "inspected", {"by": "Wang", "good": 440, "bad": 40}),
    (28, "reworked", {"by": "Zhao", "good": 30}),
    (29, "scrapped", {"by": "Zhao", "quantity": 11}),  # one too many
    (29, "scrapped", {"by": "Zhao", "quantity": 10}),
    (30, "redelivery_notified", {"by": "Wang"}),
    (31, "handed_over", {"giver": "warehouse", "taker": "customer", "receipt": "H-19"}),
    (31, "redelivered", {"by": "Li", "quantity": 470}),
    (32, "closed", {"by": "Wang"}),  # ten are owed
    (33, "credited", {"by": "Wu", "quantity": 10}),
    (34, "closed", {"by": "Wang"}),
]


def main() -> None:
    """Prints what was refused on the way, and in the end the books of the return."""
    rules = qms.load_rulebook("pcb-maker").on(TUESDAY)
    case = rules.open(qms.ReturnOrder(number="R-1", customer="ACME", quantity=500, received_at=TUESDAY))
    now = TUESDAY
    for hours, step, entry in STEPS:
        now = TUESDAY + timedelta(hours=hours)
        try:
            case = rules.record(case, step, at=now, **entry)
        except qms.Refused as refused:
            print(f"{now:%m-%d %H:%M}  {step}")
            for finding in refused.findings:
                print("   ", finding.text())
    books = rules.quantities(case, now=now)
    print("counted {counted} = good {good} + reworked {reworked} + scrapped {scrapped}".format(**books))
    print("counted {counted} = redelivered {redelivered} + credited {credited}".format(**books))
    for one in [one for one in rules.deadlines(case, now=now) if one.rated]:
        print(f"{one.id}: {one.state}, took {one.net} of {one.within} [{one.clause}]")
    goods = custody(case)
    print(case.status, "and held by", goods.holder, "on receipt", goods.receipt)


if __name__ == "__main__":
    main()
