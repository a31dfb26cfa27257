"""Cases from elsewhere, and what is asked of a case besides its steps: review, verify, redact."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

import qms_service as qms
from qms_service.ports import Store
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")
EIGHT = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)


def complaint(number: str = "C-1", **fields: object) -> qms.Complaint:
    given = {"number": number, "customer": "ACME", "received_at": EIGHT - timedelta(days=9), **fields}
    return qms.Complaint(**given)  # type: ignore[arg-type]


def test_a_history_from_elsewhere_is_kept_as_it_was_whatever_the_gates(desk: qms.ServiceDesk) -> None:
    done = EIGHT - timedelta(days=8)
    case = desk.adopt(complaint(), [qms.Event("analysed", done, by="Wang", facts={"established": True})])
    assert [(event.name, event.recorded_at) for event in case.history] == [
        ("received", None),
        ("analysed", None),
    ]
    assert desk.case("C-1") == case
    assert [finding.code for finding in desk.review("C-1")][:1] == ["missing-event"]
    assert [item.case.id for item in desk.worklist()] == ["C-1"]
    assert desk.record("C-1", "forwarded").version == 3


def test_a_history_is_taken_over_once(desk: qms.ServiceDesk) -> None:
    history = [qms.Event("forwarded", EIGHT - timedelta(days=8))]
    first = desk.adopt(complaint(), history, key="old 1")
    assert desk.adopt(complaint(), history, key="old 1") == first
    grown = desk.record("C-1", "passed_on")
    assert desk.adopt(complaint(), history, key="old 1") == grown
    with pytest.raises(qms.CaseExistsError):
        desk.adopt(complaint(), history)


def test_what_nobody_can_have_done_yet_is_not_taken_over(desk: qms.ServiceDesk, now: FixedNow) -> None:
    late = [
        qms.Event("forwarded", now() + timedelta(hours=1)),
        qms.Event("passed_on", now() + timedelta(hours=2)),
    ]
    with pytest.raises(qms.Refused) as refused:
        desk.adopt(complaint(), late)
    assert [(one.code, one.subject) for one in refused.value.findings] == [
        ("ahead-of-now", "forwarded"), ("ahead-of-now", "passed_on"),
    ]  # fmt: skip
    with pytest.raises(qms.Refused, match="has no number"):
        desk.adopt(complaint(""), [])
    with pytest.raises(qms.Refused, match="unknown event anlysed"):
        desk.adopt(complaint(), [qms.Event("anlysed", EIGHT)])
    with pytest.raises(qms.EntryError, match="A subject is needed"):
        desk.adopt("C-1", [])  # type: ignore[arg-type]
    assert desk.worklist() == ()


def test_a_case_is_taken_over_by_the_edition_of_its_opening(store: Store, now: FixedNow) -> None:
    first = qms.load_rulebook("pcb-maker").editions[-1]
    second = qms.Procedure(attrs.evolve(first.rules, edition="2", digest="2" * 64, effective_from=now()))
    desk = qms.ServiceDesk(qms.Rulebook("pcb-maker", (first, second)), store, now=now)
    assert desk.adopt(complaint(), []).pin.edition == "1"
    assert desk.open(complaint("C-2", received_at=now())).pin.edition == "2"


def test_a_case_of_unknown_rules_is_read_all_the_same(desk: qms.ServiceDesk, store: Store) -> None:
    case = qms.load_rulebook("pcb-maker").open(complaint())
    strange = attrs.evolve(case, pin=qms.Pin(rulebook="gone", edition="9", digest="0" * 64))
    with store.transaction() as t:
        t.cases.save(strange)
    assert desk.case("C-1") == strange
    for ask in (desk.checklist, desk.deadlines, desk.review):
        with pytest.raises(qms.PinnedElsewhereError):
            ask("C-1")


def test_what_is_redacted_is_gone_and_the_chain_still_holds(desk: qms.ServiceDesk, store: Store) -> None:
    desk.adopt(complaint(), [])
    desk.record("C-1", "forwarded", by="Li", note="call Mrs Wu at 1390000")
    with store.transaction(read_only=True) as t:
        head = t.cases.head("C-1")
    desk.redact("C-1", 2, ["note", "by"], reason="asked by Mrs Wu")
    event = desk.case("C-1").history[1]
    assert "Wu" not in f"{event.note}"
    assert event.by != "Li"
    assert desk.verify("C-1") == ()
    assert desk.verify("C-1", head=head) == ()
    assert [finding.refuses for finding in desk.verify("C-1", head="0" * 64)] == [True]
    with pytest.raises(qms.EntryError):
        desk.redact("C-1", 9, ["note"], reason="asked by Mrs Wu")
    for ask in (desk.verify, desk.review):
        with pytest.raises(qms.CaseNotFoundError):
            ask("C-9")
