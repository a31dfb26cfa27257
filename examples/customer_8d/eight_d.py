"""One complaint through containment and 8D, by the rules of a customer who asks for terms; then both as others read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import qms_service as qms
from qms_service.cases import CutIn, DefectComplaint, eight_d, eight_d_findings, recurrences
from qms_service.exchange import to_catena_x

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BOOK = Path(__file__).with_name("acme-8d.toml")
LEAD = {"role": "quality_manager"}
PLACES = {"uncut": 0, "in_process": 400, "finished": 250, "warehouse": 300, "at_customer": 50}
STEPS: list[tuple[float, str, str, dict[str, Any]]] = [  # hours since the complaint, case, step, what it puts on record
    (1, "C-1", "forwarded", {}),
    (7, "C-1", "analysed", {"established": True, "ours": True}),
    *((8, "CT-1", "place_listed", {"place": place, "suspect": many}) for place, many in PLACES.items()),
    (9, "CT-1", "contained", {}),  # one place is missing
    (9, "CT-1", "place_not_applicable", {"place": "in_transit", "reason": "nothing was shipped since February"}),
    (10, "CT-1", "contained", {}),
    (12, "8D-1", "team_named", {"leader": "Li", "members": ["Wang", "Zhao"]}),
    (13, "8D-1", "problem_stated", {"statement": "open circuits", "is_not": "lot 2608", "quantity": 60}),
    (14, "8D-1", "contained", {"containment": "CT-1", "proof": "all stock blocked"}),
    (30, "8D-1", "cause_proposed", {"cause": "K1", "cell": "technical_occurrence", "statement": "etched too long", "nature": "person"}),
    (31, "8D-1", "cause_verified", {"cause": "K1", "result": "lot 2609 alone"}),
    (32, "8D-1", "action_planned", {"action": "A1", "cause": "K1", "statement": "train the operator", "means": "training"}),
    (33, "8D-1", "actions_approved", LEAD),  # operator error, training, and nobody asks why it escaped
    (50, "8D-1", "cause_proposed", {"cause": "K2", "cell": "technical_non_detection", "statement": "edge not tested", "nature": "method"}),
    (51, "8D-1", "cause_verified", {"cause": "K2", "result": "seeded boards passed"}),
    (52, "8D-1", "action_planned", {"action": "A2", "cause": "K2", "statement": "test the edge", "means": "inspection", "owner": "Zhao", "due": date(2026, 3, 9)}),
    (53, "8D-1", "actions_approved", LEAD),
    (54, "8D-1", "corrected", {"of": 5, "facts": {"statement": "etched too long: no timer"}, "reason": "asked why again"}),
    (55, "8D-1", "action_implemented", {"action": "A2", "cut_in": date(2026, 3, 6)}),  # approved was another cause
    (56, "8D-1", "cause_verified", {"cause": "K1", "result": "lot 2609 alone"}),
    (57, "8D-1", "action_planned", {"action": "A1", "cause": "K1", "statement": "timer", "means": "error_proofing", "owner": "Zhao", "due": date(2026, 3, 9)}),
    (58, "8D-1", "actions_approved", LEAD),
    (97, "8D-1", "action_implemented", {"action": "A1", "cut_in": date(2026, 3, 6)}),
    (98, "8D-1", "action_implemented", {"action": "A2", "cut_in": date(2026, 3, 6)}),
    *((99, "CT-1", "place_checked", {"place": place, "good": many - 10, "bad": 10}) for place, many in PLACES.items() if many),
    (100, "CT-1", "clean_point_set", {"first_good": "lot 2610-3"}),
    (101, "CT-1", "released", {}),  # the action is not verified
    (290, "8D-1", "effect_measured", {"action": "A1", "measure": "open boards, %", "before": Decimal("2.5"), "after": Decimal("0.1"), "proof": "500 boards"}),
    (291, "8D-1", "effect_measured", {"action": "A2", "share": Decimal(100), "proof": "seeded boards found"}),
    (292, "8D-1", "verified", {"effective": True}),
    (293, "CT-1", "action_verified", {"effective": True, "action": "8D-1"}),
    (294, "CT-1", "released", {}),
    (295, "8D-1", "document_revised", {"document": "WI-77", "revision": "C"}),
    (296, "8D-1", "looked_across", {"scope": "all HDI boards"}),
    (297, "8D-1", "closed", {}),
    (298, "CT-1", "closed", {}),
]  # fmt: skip


def main() -> None:
    """Prints what was refused on the way, then how both cases stand, and what goes to the customer."""
    book = qms.load_rulebook(BOOK)
    rules = book.on(MONDAY)
    subjects: list[qms.Complaint | qms.Containment | qms.CorrectiveAction] = [
        qms.Complaint(number="C-1", customer="ACME", product="PCB-7781", received_at=MONDAY),
        qms.Containment(number="CT-1", complaint="C-1", begun_at=MONDAY + timedelta(hours=7)),
        qms.CorrectiveAction(
            number="8D-1", complaints=["C-1"], customer="ACME", family="HDI", defect="open",
            raised_at=MONDAY + timedelta(hours=11),
        ),
    ]  # fmt: skip
    cases = {subject.number: rules.open(subject) for subject in subjects}
    for hours, number, step, facts in STEPS:
        at, told = MONDAY + timedelta(hours=hours), dict(facts)
        try:
            cases[number] = rules.record(
                cases[number], step, at=at, by="Li", role=told.pop("role", None), facts=told
            )
        except qms.Refused as refused:
            print(f"{at:%m-%d %H:%M}  {number} {step}")
            for finding in refused.findings:
                print("   ", finding)
    end, report = MONDAY + timedelta(hours=300), cases["8D-1"]
    books: dict[str, Any] = dict(rules.quantities(cases["CT-1"], now=end))
    for place in PLACES:
        print(f"{place}: suspect {books['suspect'][place]}, bad {books['bad'].get(place, 0)}")
    for one in rules.deadlines(report, now=end):
        print(f"{one.id}: {one.state}, took {one.gross} of {one.within} [{one.clause}]")
    clause = qms.ClauseRef("4.2.3", document="pcb-maker")
    for finding in eight_d_findings(report, clause=clause):
        print(finding)
    document, lost = to_catena_x(report, timezone="Asia/Shanghai")
    print([cause["typeOfCauses"] for cause in document["stepD4"]["causes"]], "to the customer's system")
    missing = [one.path for one in lost if one.code == "missing"]
    print(len(missing), "fields of it are still to be filled in, such as", missing[0])
    cut_in_on = eight_d(report).cut_in_on
    if cut_in_on is not None:
        cut_in = CutIn(action="8D-1", customer="ACME", family="HDI", defect="open", cut_in_on=cut_in_on)
        later = [
            DefectComplaint(case=case, customer="ACME", family="HDI", defect="open", came_on=date(2026, 4, 7), made_on=made_on)
            for case, made_on in [("C-8", date(2026, 2, 27)), ("C-9", date(2026, 3, 12))]
        ]  # fmt: skip
        for row in recurrences([cut_in], later, within="90 d"):
            print(row.finding(clause))


if __name__ == "__main__":
    main()
