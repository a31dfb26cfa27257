"""Two fixtures of a customer, one lost at the factory: receipt, keeping, inventory, notice, what is refused on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.cases import custody

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LENT = qms.CustomerProperty(
    number="P-1", customer="ACME", category="fixture", identification="test jig 7781", quantity=2, received_at=MONDAY
)  # fmt: skip
STEPS: list[tuple[int, str, dict[str, Any]]] = [  # days since they came, step, what it puts on record
    (0, "handed_over", {"giver": "customer", "taker": "marketing", "receipt": "H-1"}),
    (0, "registered", {"by": "Li"}),  # nobody has looked at them
    (0, "checked", {"by": "Li", "fit": True, "quantity": 2}),
    (0, "registered", {"by": "Li", "entry": "2026-14"}),
    (1, "kept", {"by": "Zhao", "department": "production"}),  # Production was not told
    (1, "contact_note_issued", {"by": "Li", "contact_note": "N-31"}),
    (1, "handed_over", {"giver": "marketing", "taker": "production", "receipt": "H-2"}),
    (1, "kept", {"by": "Zhao", "department": "production", "place": "rack 4"}),
    (90, "inventoried", {"by": "Zhao", "found": 1}),  # the books say two
    (90, "incident_found", {"by": "Zhao", "incident": "I-1", "what": "loss", "lost": 1}),
    (90, "inventoried", {"by": "Zhao", "found": 1}),
    (91, "customer_notified", {"by": "Li", "incident": "I-1"}),  # anybody can say so
    (91, "customer_notified", {"by": "Li", "incident": "I-1", "proof": "letter, signed for by ACME"}),
    (120, "returned", {"by": "Li", "quantity": 2, "receipt": "A-77"}),  # one of them is lost
    (120, "returned", {"by": "Li", "quantity": 1, "receipt": "A-77"}),
    (120, "handed_over", {"giver": "production", "taker": "customer", "receipt": "A-77"}),
    (121, "closed", {"by": "Li"}),  # and the lost one? And the receipt that ACME still holds?
    (125, "customer_decided", {"by": "Li", "incident": "I-1", "decision": "replaced at our cost"}),
    (125, "receipt_voided", {"by": "Li", "receipt": "Q-9"}),
    (126, "closed", {"by": "Li"}),
]  # fmt: skip


def main() -> None:
    """Prints the keeper, what was refused on the way, and in the end the notice, the books and who holds what is left."""
    rules = qms.load_rulebook("pcb-maker").on(MONDAY)
    case, now = rules.open(LENT, by="Li", facts={"receipt": "Q-9"}), MONDAY
    print("kept by", rules.owner(case, "kept").responsible)
    for days, step, entry in STEPS:
        now = MONDAY + timedelta(days=days)
        try:
            case = rules.record(case, step, at=now, **entry)
        except qms.Refused as refused:
            print(f"{now:%m-%d}  {step}", *(finding.text() for finding in refused.findings), sep="\n    ")
    print(rules.deadline(case, "incident-notice", now=now).text())
    books = rules.quantities(case, now=now)
    print("received {received} = given back {returned} + lost {lost} + kept {kept}".format(**books))
    print(case.status, "and held by", custody(case).holder)


if __name__ == "__main__":
    main()
