"""The quantities of a return, PROCEDURES A3: at every event and at the closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.quantities.given import RETURNS, later, opened, recorded, rules_of

import qms_service as qms

RULES = rules_of()
COUNTED = ("counted", {"quantity": 100, "model_ok": True})


def refused(case: qms.Case, name: str, **facts: object) -> list[str]:
    with pytest.raises(qms.Refused) as said:
        RULES.record(case, name, at=later(case.version), **facts)  # type: ignore[arg-type]  # facts by keyword
    return [str(finding) for finding in said.value.findings]


def test_what_is_handled_cannot_be_more_than_what_was_counted() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}), ("reworked", {"good": 30}))
    assert refused(case, "scrapped", quantity=11) == [
        (
            "open >= 0 does not hold at scrapped: -1 against 0 "
            "(counted = 100, good = 60, reworked = 30, scrapped = 11, open = -1). [returns 4.3.3/4.3.4]"
        )
    ]
    assert RULES.record(case, "scrapped", at=later(9), quantity=10).version == case.version + 1


def test_no_concession_covers_goods_that_do_not_balance() -> None:
    case = recorded(RULES, opened(RULES), COUNTED)
    with pytest.raises(qms.Refused) as said:
        RULES.record(case, "inspected", at=later(3), good=101, despite="the manager said so")
    (finding,) = said.value.findings
    assert (finding.code, finding.absolute, finding.facts["balance"]) == ("unbalanced", True, "handled")
    assert (finding.facts["left"], finding.facts["right"]) == (-1, 0)


def test_no_more_goes_back_than_is_good_reworked_or_replenished() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}))
    assert "redelivered <= good + reworked + replenished" in refused(case, "redelivered", quantity=61)[0]
    case = recorded(RULES, case, ("replenished", {"quantity": 1}))
    assert RULES.check(case, "redelivered", at=later(9), quantity=61) == ()


def test_a_return_closes_when_everything_counted_went_back_or_was_credited() -> None:
    case = recorded(
        RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}), ("scrapped", {"quantity": 40})
    )
    case = recorded(RULES, case, ("redelivered", {"quantity": 60}), ("credited", {"quantity": 30}))
    assert refused(case, "closed") == [
        (
            "redelivered + credited = counted does not hold at closed: 90 against 100 "
            "(redelivered = 60, credited = 30, counted = 100). [returns 4.3.3/4.3.6]"
        )
    ]
    (lacking,) = next(step for step in RULES.checklist(case, now=later(9)) if step.event == "closed").missing
    assert lacking.code == "unbalanced"
    case = recorded(RULES, case, ("credited", {"quantity": 10}), ("closed", {}))
    assert case.status == "closed"
    assert RULES.review(case) == ()


def test_the_finding_is_told_in_chinese_too() -> None:
    case = recorded(RULES, opened(RULES), COUNTED)
    (finding,) = RULES.check(case, "inspected", at=later(3), good=101)
    assert finding.text("zh") == (
        "inspected 时 open >= 0 不成立：-1 对 0"
        "（counted = 100、good = 101、reworked = 0、scrapped = 0、open = -1）。 [returns 4.3.3/4.3.4]"
    )


def test_goods_inspected_before_the_warehouse_counted_are_no_violation_yet() -> None:
    case = recorded(RULES, opened(RULES), ("inspected", {"good": 60}))
    assert refused(case, "counted", quantity=50, model_ok=True)[0].startswith("open >= 0 does not hold")
    assert RULES.check(case, "counted", at=later(3), quantity=60, model_ok=True) == ()


def test_a_return_that_nobody_counted_does_not_close_and_says_what_is_missing() -> None:
    assert refused(opened(RULES), "closed") == [
        (
            "open = 0 cannot be judged at closed: count_settled.quantity, counted.quantity not on record "
            "(counted = –, good = 0, reworked = 0, scrapped = 0, open = –). [returns 4.3.3/4.3.6]"
        ),
        (
            "redelivered + credited = counted cannot be judged at closed: count_settled.quantity, "
            "counted.quantity not on record (redelivered = 0, credited = 0, counted = –). [returns 4.3.3/4.3.6]"
        ),
    ]


def test_an_undetermined_quantity_hinders_nothing_on_the_way_and_blocks_the_closing() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 100}))
    case = recorded(
        RULES, case, ("redelivered", {"quantity": 60}), ("credited", {"quantity": "undetermined"})
    )
    assert dict(RULES.quantities(case, now=later(9)))["credited"] == "undetermined"
    assert refused(case, "closed") == [
        (
            "redelivered + credited = counted cannot be judged at closed: credited.quantity undetermined "
            "(redelivered = 60, credited = undetermined, counted = 100). Put the figure on record first. "
            "[returns 4.3.3/4.3.6]"
        )
    ]
    credited = case.history[-1].seq
    case = RULES.record(case, "corrected", at=later(8), of=credited, reason="said", facts={"quantity": 40})
    assert recorded(RULES, case, ("closed", {})).status == "closed"


def test_only_a_quantity_that_is_declared_so_can_be_undetermined() -> None:
    with pytest.raises(qms.Refused, match="allowed is quantity"):
        RULES.record(opened(RULES), "counted", at=later(1), quantity="undetermined", model_ok=True)


def test_units_do_not_mix() -> None:
    pieces = qms.Quantity(amount=100, unit="pcs")
    case = recorded(RULES, opened(RULES), ("counted", {"quantity": pieces, "model_ok": True}))
    assert refused(case, "inspected", good=60) == [
        (
            "open >= 0 cannot be judged at inspected: 1, pcs are different units "
            "(counted = 100 pcs, good = 60, reworked = 0, scrapped = 0, open = 1 / pcs). "
            "Record every quantity in one unit. [returns 4.3.3/4.3.4]"
        ),
    ]
    good = qms.Quantity(amount=60, unit="pcs")
    case = recorded(RULES, case, ("inspected", {"good": good}))
    assert RULES.quantities(case, now=later(9))["open"] == qms.Quantity(amount=40, unit="pcs")


def test_a_plan_needs_the_count_to_agree_with_the_note_or_the_difference_to_be_settled() -> None:
    case = recorded(RULES, opened(RULES, noted=100), COUNTED)
    assert RULES.check(case, "planned", at=later(3)) == ()
    case = recorded(RULES, opened(RULES, noted=110), COUNTED)
    assert refused(case, "planned") == [
        (
            "noted = arrived does not hold at planned: 110 against 100 (noted = 110, arrived = 100). "
            "One of these will do: as-noted, count_settled. [returns 4.3.3/4.3.2]"
        ),
        (
            "planned needs count_settled (count settled) on record first. "
            "One of these will do: as-noted, count_settled. [returns 4.3.3/4.3.3]"
        ),
    ]
    case = recorded(RULES, case, ("count_settled", {"quantity": 100, "reason": "ten pieces stayed there"}))
    assert RULES.check(case, "planned", at=later(4)) == ()
    again = recorded(RULES, case, ("counted", {"quantity": 99, "model_ok": True}))
    assert len(refused(again, "planned")) == 2


def test_a_gate_on_a_balance_yields_to_a_concession_like_any_other() -> None:
    case = recorded(RULES, opened(RULES, noted=110), COUNTED)
    case = RULES.record(case, "planned", at=later(3), despite="customer counts again tomorrow")
    assert [finding.code for finding in case.history[-1].findings] == ["unbalanced", "missing-event"]


def test_a_count_without_a_note_has_to_be_settled() -> None:
    case = recorded(RULES, opened(RULES), COUNTED)
    assert [finding.code for finding in RULES.check(case, "planned", at=later(3))] == [
        "missing-quantity",
        "missing-event",
    ]


def test_the_last_count_settles_what_is_open() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 90}))
    settled = ("count_settled", {"quantity": 90, "reason": "counted twice"})
    assert RULES.quantities(recorded(RULES, case, settled), now=later(9))["open"] == 0
    assert refused(case, "count_settled", quantity=89, reason="counted thrice")[0].startswith("open >= 0")


def test_quantities_are_those_of_the_moment_asked() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 90}))
    assert RULES.quantities(case, now=later(1))["good"] == 0
    assert RULES.quantities(case, now=later(2))["good"] == 90


def test_a_correction_that_breaks_the_balance_is_refused() -> None:
    case = recorded(
        RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}), ("scrapped", {"quantity": 40})
    )
    with pytest.raises(qms.Refused, match="open >= 0 does not hold at scrapped: -5 against 0"):
        RULES.record(case, "corrected", at=later(9), of=3, reason="miscounted", facts={"good": 65})
    mended = RULES.record(case, "corrected", at=later(9), of=3, reason="miscounted", facts={"good": 55})
    assert RULES.quantities(mended, now=later(9))["open"] == 5


def test_striking_out_a_count_unbalances_nothing_but_striking_out_what_went_back_does() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}))
    case = recorded(RULES, case, ("redelivered", {"quantity": 60}))
    assert RULES.check(case, "corrected", at=later(9), of=2, reason="twice", void=True) == ()
    (finding,) = RULES.check(case, "corrected", at=later(9), of=3, reason="twice", void=True)
    assert finding.facts["balance"] == "sent-back"


def test_a_closed_return_stays_balanced_whatever_is_corrected() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("inspected", {"good": 100}))
    case = recorded(
        RULES, case, ("redelivered", {"quantity": 60}), ("credited", {"quantity": 40}), ("closed", {})
    )
    (finding,) = RULES.check(case, "corrected", at=later(9), of=5, reason="typing", facts={"quantity": 30})
    assert str(finding).startswith("redelivered + credited = counted does not hold at closed: 90 against 100")
    assert finding.absolute


def test_a_correction_of_something_else_is_no_matter_of_quantities() -> None:
    case = recorded(RULES, opened(RULES), COUNTED, ("count_settled", {"quantity": 100, "reason": "x"}))
    assert RULES.check(case, "corrected", at=later(9), of=3, reason="wording", facts={"reason": "y"}) == ()


def test_a_senseless_correction_is_told_as_such_alone() -> None:
    case = recorded(RULES, opened(RULES), COUNTED)
    (finding,) = RULES.check(case, "corrected", at=later(9), of=17, reason="x", facts={"quantity": 1})
    assert finding.code == "correction-target"


def test_a_late_entry_is_judged_at_every_later_event_too() -> None:
    case = recorded(
        RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}), ("scrapped", {"quantity": 40})
    )
    found = RULES.check(case, "reworked", at=later(1), good=1)
    assert [one.code for one in found] == ["out-of-order", "unbalanced"]
    assert found[1].facts["event"] == "scrapped"
    assert [one.code for one in RULES.check(case, "forwarded", at=later(1))] == ["out-of-order"]


def test_a_history_is_adopted_out_of_balance_and_the_review_tells() -> None:
    events = [
        qms.Event("counted", later(1), facts={"quantity": 100, "model_ok": True}),
        qms.Event("inspected", later(2), facts={"good": 120}),
        qms.Event("closed", later(3)),
    ]
    case = RULES.adopt(qms.Subject("return", number="R-2", opened_at=later(0)), events)
    told = [(one.code, one.subject, one.facts.get("balance")) for one in RULES.review(case)]
    assert told == [
        ("unbalanced", "inspected", "handled"),
        ("unbalanced", "closed", "done"),
        ("unbalanced", "closed", "settled"),
    ]


def test_a_history_out_of_balance_can_be_mended_step_by_step() -> None:
    events = [
        qms.Event("counted", later(1), facts={"quantity": 100, "model_ok": True}),
        qms.Event("inspected", later(2), facts={"good": 120}),
        qms.Event("scrapped", later(3), facts={"quantity": 30}),
    ]
    case = RULES.adopt(qms.Subject("return", number="R-2", opened_at=later(0)), events)
    assert RULES.check(case, "forwarded", at=later(4)) == ()
    assert refused(case, "reworked", good=0)[0].startswith("open >= 0")
    case = RULES.record(case, "corrected", at=later(5), of=3, reason="typing", facts={"good": 80})
    assert [(one.code, one.severity) for one in case.history[-1].findings] == [("unbalanced", "warning")]
    case = RULES.record(case, "corrected", at=later(6), of=4, reason="typing", facts={"quantity": 20})
    assert case.history[-1].findings == ()
    assert RULES.quantities(case, now=later(9))["open"] == 0


def test_a_withdrawn_and_reopened_return_is_counted_anew() -> None:
    case = recorded(
        RULES, opened(RULES), COUNTED, ("inspected", {"good": 60}), ("withdrawn", {}), ("reopened", {})
    )
    assert RULES.quantities(case, now=later(9))["good"] == 0
    assert RULES.quantities(case, now=later(9))["counted"] is None


def test_what_the_opening_puts_on_record_has_to_balance_too(tmp_path: Path) -> None:
    file = tmp_path / "opened.toml"
    text = RETURNS.read_text(encoding="utf-8")
    rule = '[return.balances.few]\nrule = "noted_now <= 5"\n'
    text = text.replace(
        "[return.quantities]",
        '[return.quantities]\nnoted_now = { last = ["received.quantity"] }\n',
    )
    text = text.replace('by = "marketing"', 'by = "marketing"\nfacts = { quantity = "quantity?" }')
    file.write_text(text + rule, encoding="utf-8")
    rules = rules_of(file)
    subject = qms.Subject("return", number="R-3", opened_at=later(0))
    assert rules.open(subject, facts={"quantity": 5}).version == 1
    with pytest.raises(qms.Refused, match="noted_now <= 5 does not hold at received: 6 against 5"):
        rules.open(subject, facts={"quantity": 6})
