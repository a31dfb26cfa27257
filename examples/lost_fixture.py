"""A fixture of the customer, lost at the factory: receipt, keeping, inventory, notice, and what is refused on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.cases import custody

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS: list[tuple[int, str, dict[str, Any]]] = [  # days since the fixtures came, step, what it puts on record
    (0, "handed_over", {"giver": "customer", "taker": "marketing", "receipt": "H-1"}),
    (0, "registered", {"by": "Li"}),  # nobody has looked at them
    (0, "checked", {"by": "Li", "fit": True, "quantity": 2}),
    (0, "registered", {"by": "Li", "entry": "2026-14"}),
    (1, "kept", {"by": "Zhao", "department": "production"}),  # Production was not told
    (1, "contact_note_issued", {"by": "Li", "contact_note": "N-31"}),
    (1, "handed_over", {"giver": "marketing", "taker": "production", "receipt": "H-2"}),
    (1, "kept", {"by": "Zhao", "department": "production", "place": "rack 4"}),
    (90, "inventoried", {"by": "Zhao", "found": 1}),  # the books say two
    (90, "incident_found", {"by": "Zhao", "incident": "I-1", "what": "loss", "lost": 1, "account": "not on its rack"}),
    (90, "inventoried", {"by": "Zhao", "found": 1}),
    (91, "customer_notified", {"by": "Li", "incident": "I-1"}),  # anybody can say so
    (91, "customer_notified", {"by": "Li", "incident": "I-1", "proof": "letter of 1 June, signed for by ACME"}),
    (120, "returned", {"by": "Li", "quantity": 2, "receipt": "A-77"}),  # one of them is lost
    (120, "returned", {"by": "Li", "quantity": 1, "receipt": "A-77"}),
    (121, "closed", {"by": "Li"}),  # what about the lost one, and the receipt that ACME still holds
    (125, "customer_decided", {"by": "Li", "incident": "I-1", "decision": "replaced at our cost"}),
    (125, "receipt_voided", {"by": "Li", "receipt": "Q-9"}),
    (126, "closed", {"by": "Li"}),
]  # fmt: skip


def main() -> None:
    """Prints what was refused on the way, the term of the notice, and in the end the books."""
    rules = qms.load_rulebook("pcb-maker").on(MONDAY)
    lent = qms.CustomerProperty(
        number="P-1", customer="ACME", category="fixture", identification="test jig 7781", owner_number="ACME-F-12",
        quantity=2, received_at=MONDAY,
    )  # fmt: skip
    case = rules.open(lent, by="Li", facts={"receipt": "Q-9"})
    print("kept by", rules.owner(case, "kept").responsible, f"[{rules.owner(case, 'kept').clauses[0]}]")
    now = MONDAY
    for days, step, entry in STEPS:
        now = MONDAY + timedelta(days=days)
        try:
            case = rules.record(case, step, at=now, **entry)
        except qms.Refused as refused:
            print(f"{now:%m-%d}  {step}")
            for finding in refused.findings:
                print("   ", finding.text())
    notice = rules.deadline(case, "incident-notice", now=now)
    print(f"{notice.id}: {notice.state} ({notice.text().partition(': ')[2]})")
    print(
        "received {received} = given back {returned} + lost {lost} + kept {kept}".format(
            **rules.quantities(case, now=now)
        )
    )
    print(case.status, "and last held by", custody(case).holder)


if __name__ == "__main__":
    main()
