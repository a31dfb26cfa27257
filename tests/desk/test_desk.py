"""The desk: what it keeps, what it refuses, and what it shows first."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms
from qms_service.adapters.memory import MemoryStore
from qms_service.testing import FixedNow

SHANGHAI = ZoneInfo("Asia/Shanghai")


def complaint(number: str = "C-1", **change: object) -> qms.Complaint:
    given = {"customer": "ACME", "received_at": datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)}
    return qms.Complaint(number=number, **{**given, **change})  # type: ignore[arg-type]


def test_a_case_is_opened_kept_and_found_again(desk: qms.ServiceDesk, now: FixedNow) -> None:
    opened = desk.open(complaint())
    assert desk.case("C-1") == opened
    assert opened.history[0].recorded_at == now()


def test_an_event_is_recorded_now_unless_it_happened_before(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(complaint())
    desk.record("C-1", "passed_on")
    case = desk.record("C-1", "forwarded", at=now() - timedelta(minutes=30), department="marketing")
    assert [(event.name, event.at, event.recorded_at) for event in case.history[1:]] == [
        ("passed_on", now(), now()),
        ("forwarded", now() - timedelta(minutes=30), now()),
    ]
    assert desk.case("C-1") == case


def test_what_the_rules_refuse_is_not_kept(desk: qms.ServiceDesk) -> None:
    opened = desk.open(complaint())
    with pytest.raises(qms.Refused, match="analysed needs forwarded"):
        desk.record("C-1", "analysed", established=True)
    assert desk.case("C-1") == opened


def test_a_concession_is_kept_with_its_findings(desk: qms.ServiceDesk) -> None:
    desk.open(complaint())
    case = desk.record("C-1", "analysed", established=True, despite="the mail server was down")
    assert [finding.code for finding in desk.case("C-1").history[-1].findings] == ["missing-event"]
    assert case.history[-1].despite == "the mail server was down"


def test_nothing_is_dated_after_now(desk: qms.ServiceDesk, now: FixedNow) -> None:
    ahead = now() + timedelta(seconds=1)
    with pytest.raises(qms.Refused, match="which lies after now") as refused:
        desk.open(complaint(received_at=ahead))
    assert "晚于现在" in refused.value.text("zh")
    desk.open(complaint())
    with pytest.raises(qms.Refused, match="forwarded is dated 2026-03-02 09:00:01"):
        desk.record("C-1", "forwarded", at=ahead, despite="we know it will")
    assert desk.case("C-1").version == 1
    assert desk.record("C-1", "forwarded", at=now()).version == 2


def test_the_desk_itself_says_when_an_event_was_entered(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(complaint())
    with pytest.raises(qms.QmsError, match="recorded_at") as refused:
        desk.record("C-1", "forwarded", recorded_at=now())
    assert refused.value.text("zh") != refused.value.text()


def test_check_finds_what_record_would_refuse(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(complaint())
    codes = [finding.code for finding in desk.check("C-1", "closed", at=now() + timedelta(hours=1))]
    assert codes == ["ahead-of-now", "undecided", "undecided"]
    assert desk.check("C-1", "forwarded") == ()
    assert desk.case("C-1").version == 1


def test_a_number_is_given_to_one_case_only(desk: qms.ServiceDesk) -> None:
    first = desk.open(complaint())
    for again in (complaint(), complaint(customer="OTHER")):
        with pytest.raises(
            qms.QmsError, match=r"There is a case C-1 already, opened 2026-03-02 08:00"
        ) as refused:
            desk.open(again)
        assert "已经存在" in refused.value.text("zh")
    assert desk.case("C-1") == first


@pytest.mark.parametrize("number", ["", "  "])
def test_a_case_without_a_number_cannot_be_kept(desk: qms.ServiceDesk, number: str) -> None:
    with pytest.raises(qms.Refused, match=r"complaint has no number.*Give number=") as refused:
        desk.open(complaint(number))
    assert "没有编号" in refused.value.text("zh")


def test_facts_that_cannot_be_taken_open_no_case(desk: qms.ServiceDesk) -> None:
    with pytest.raises(qms.Refused, match="quantity"):
        desk.open(complaint(quantity=-1))
    with pytest.raises(qms.CaseNotFoundError):
        desk.case("C-1")


def test_an_unknown_case_is_named_and_what_to_do(desk: qms.ServiceDesk) -> None:
    for ask in (desk.case, desk.checklist, desk.deadlines):
        with pytest.raises(qms.CaseNotFoundError, match=r"There is no case C-9\. Give the number") as refused:
            ask("C-9")
        assert "C-9" in refused.value.text("zh")
    with pytest.raises(qms.CaseNotFoundError):
        desk.record("C-9", "forwarded")
    with pytest.raises(qms.CaseNotFoundError):
        desk.check("C-9", "forwarded")


def test_a_linked_case_is_named_by_keyword(desk: qms.ServiceDesk) -> None:
    desk.open(complaint())
    assert desk.record("C-1", "linked", kind="return", case="R-1").history[-1].facts["case"] == "R-1"


def test_deadlines_and_checklist_are_those_of_now(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(complaint())
    desk.record("C-1", "forwarded")
    now.advance(timedelta(hours=13))
    assert desk.deadlines("C-1")[0].state == "overdue"
    analysed = next(step for step in desk.checklist("C-1") if step.event == "analysed")
    assert (analysed.state, analysed.due_at) == ("possible", datetime(2026, 3, 2, 21, tzinfo=SHANGHAI))


def test_the_worklist_shows_open_cases_with_what_breaks_first_in_front(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    for number in ("C-4", "C-3", "C-2", "C-1"):
        desk.open(complaint(number))
    desk.record("C-2", "forwarded", at=now() - timedelta(minutes=50))
    desk.record("C-1", "forwarded", at=now() - timedelta(minutes=20))
    desk.record("C-4", "withdrawn")
    assert [item.case.id for item in desk.worklist()] == ["C-2", "C-1", "C-3"]
    first = desk.worklist()[0].status
    assert first is not None
    assert first.first_due_at == datetime(2026, 3, 2, 20, 10, tzinfo=SHANGHAI)
    later = desk.worklist(now=now() + timedelta(hours=12))[0].status
    assert later is not None
    assert later.overdue == ("initial-analysis", "customer-response")


def test_a_closed_case_leaves_the_worklist_and_reopened_returns(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(complaint())
    for name, facts in (
        ("forwarded", {}),
        ("analysed", {"established": False}),
        ("customer_confirmed", {}),
        ("closed", {}),
    ):
        desk.record("C-1", name, facts=facts)
    assert desk.worklist() == ()
    now.advance(timedelta(days=3))
    desk.record("C-1", "reopened", reason="the same defect again")
    assert [item.case.id for item in desk.worklist()] == ["C-1"]


def test_one_case_of_another_edition_does_not_stop_the_worklist(
    desk: qms.ServiceDesk, store: MemoryStore, now: FixedNow, tmp_path: Path
) -> None:
    desk.open(complaint("C-1"))
    other = tmp_path / "other.toml"
    other.write_text(
        'id = "other"\nedition = "1"\ntimezone = "Asia/Shanghai"\n[complaint.subject]\ncustomer = "text"\n'
        "[complaint.events.received]\n[complaint.events.answered]\n"
        '[complaint.clocks.answer]\nfrom = "received"\nto = "answered"\nwithin = "2 h"\n',
        encoding="utf-8",
    )
    theirs = qms.ServiceDesk(qms.load_rulebook(other), store, now=now).open(complaint("X-1"))
    by_their_view, fresh = desk.worklist()
    assert (by_their_view.case.id, by_their_view.finding) == ("X-1", None)  # as their desk has told it
    assert by_their_view.status is not None
    assert by_their_view.status.first_due_at == datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    now.advance(timedelta(hours=2))  # what they told no longer holds, and these rules cannot tell it anew
    unknown, other_item = desk.worklist()
    assert (unknown.case.id, unknown.status, other_item) == ("X-1", None, fresh)
    assert unknown.finding is not None
    assert f"Case X-1 is pinned to {theirs.pin}" in unknown.finding.text()
    assert "X-1" in unknown.finding.text("zh")
    assert desk.case("X-1") == theirs


def test_a_naive_moment_is_refused_wherever_it_comes_from(store: MemoryStore) -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001  # the mistake under test
    desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=lambda: naive)
    with pytest.raises(qms.NaiveInstantError, match="Give an aware datetime"):
        desk.open(complaint())
    with pytest.raises(qms.NaiveInstantError):
        desk.worklist(now=naive)


def test_the_desk_hands_in_the_linked_cases_that_its_store_has(
    store: MemoryStore, now: FixedNow, tmp_path: Path
) -> None:
    rules = tmp_path / "linking.toml"
    rules.write_text(
        'id = "linking"\nedition = "1"\ntimezone = "Asia/Shanghai"\n'
        '[lease.events.closed]\nsettled = ["repair"]\n[repair.events.closed]\n',
        encoding="utf-8",
    )
    desk = qms.ServiceDesk(qms.load_rulebook(rules), store, now=now)
    for kind, number in (("lease", "L-1"), ("repair", "R-1")):
        desk.open(qms.Subject(kind, number=number, opened_at=now()))
    desk.record("L-1", "linked", kind="repair", case="R-1")
    desk.record("L-1", "linked", kind="repair", case="R-9")
    assert [finding.code for finding in desk.check("L-1", "closed")] == ["link-open", "link-missing"]
    desk.record("R-1", "closed")
    assert [finding.code for finding in desk.check("L-1", "closed")] == ["link-missing"]
    with pytest.raises(qms.Refused, match="needs the linked repair R-9"):
        desk.record("L-1", "closed")
    closing = next(step for step in desk.checklist("L-1") if step.event == "closed")
    assert [finding.facts["case"] for finding in closing.missing] == ["R-9"]
    desk.open(qms.Subject("repair", number="R-9", opened_at=now()))
    desk.record("R-9", "closed")
    assert desk.record("L-1", "closed").status == "closed"
