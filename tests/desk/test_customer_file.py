"""The file of a customer, from every store: all of its cases, what it said, and what is filed for it (4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pendulum
import pytest
from tests.desk.conftest import Book
from tests.desk.stores import Torn

import qms_service as qms
from qms_service.cases import CustomerFile, FileEntry
from qms_service.labels import Label
from qms_service.ports import Store
from qms_service.testing import FixedNow

NOON = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
RULES = """
[departments]
marketing = { en = "Marketing", zh = "市场部" }

[complaint]
label = { en = "Complaint", zh = "客户投诉" }
[complaint.subject]
customer = "text"
product  = { type = "text?", en = "Product", zh = "产品" }
defect   = "text?"
[complaint.events.received]
[complaint.events.analysed.facts]
established = { type = "bool", en = "The complaint stands", zh = "投诉成立" }
cause       = { type = "text?", en = "Cause", zh = "原因" }
[complaint.events.answered]
[complaint.events.closed]
[complaint.clocks.answer]
clause = "5"
from   = "received"
to     = "answered"
within = "4 h"

[visit]
opening = "announced"
[visit.subject]
customer = "text"
[visit.events.announced]
[visit.events.remark_recorded.facts]
remark    = "text"
statement = "text"
[visit.events.question_asked.facts]
question  = "text"
statement = "text"
[visit.events.closed]

[corrective_action]
opening = "opened"
[corrective_action.subject]
customer = "text?"
[corrective_action.events.opened]
[corrective_action.events.closed]

[customer_file]
opening = "opened"
[customer_file.subject]
customer = "text"
[customer_file.events.opened]
[customer_file.events.document_filed.facts]
document   = "text"
about      = ["quality_standard", "technical_requirement"]
title      = "text?"
edition    = "text?"
valid_from = "date?"
[customer_file.events.document_withdrawn.facts]
document = "text"
reason   = "text"
[customer_file.events.closed]
"""


@pytest.fixture
def desk(store: Store, now: FixedNow, book: Book) -> qms.ServiceDesk:
    now.move_to(NOON)
    return qms.ServiceDesk(book(RULES), store, now=now)


def complain(desk: qms.ServiceDesk, number: str, hours: int = 0, **about: Any) -> qms.Case:  # noqa: ANN401
    about = {"customer": "ACME", "received_at": NOON.subtract(hours=hours), **about}
    return desk.open(qms.Complaint(number=number, **about))


def subject(kind: str, number: str, customer: str | None = "ACME", **facts: object) -> qms.Subject:
    told = facts if customer is None else {"customer": customer, **facts}
    return qms.Subject(kind, number=number, opened_at=NOON, facts=told)


def numbers(file: CustomerFile) -> list[str]:
    return [entry.case for entry in file.entries]


def test_the_file_has_every_case_of_the_customer_and_of_nobody_else(desk: qms.ServiceDesk) -> None:
    complain(desk, "C-1")
    desk.open(subject("visit", "V-1"))
    complain(desk, "C-2", customer="OTHER")
    file = desk.customer_file("ACME")
    assert (file.customer, file.now, numbers(file), file.total) == ("ACME", NOON, ["C-1", "V-1"], 2)
    assert not file.is_empty


def test_open_cases_come_first_what_breaks_first_in_front_then_the_latest_of_the_others(
    desk: qms.ServiceDesk,
) -> None:
    for number, hours in (("C-1", 1), ("C-2", 2), ("C-3", 0), ("C-4", 9), ("C-5", 9)):
        complain(desk, number, hours)
    desk.open(subject("visit", "V-1"))  # nothing is due there
    desk.record("C-4", "closed", at=NOON.subtract(hours=6))
    desk.record("C-5", "closed", at=NOON.subtract(hours=3))
    assert numbers(desk.customer_file("ACME")) == ["C-2", "C-1", "C-3", "V-1", "C-5", "C-4"]


def test_the_sums_tell_by_kind_how_many_are_open_and_late(desk: qms.ServiceDesk, now: FixedNow) -> None:
    for number in ("C-1", "C-2", "C-3"):
        complain(desk, number)
    desk.record("C-2", "answered")
    desk.record("C-3", "closed")
    desk.open(subject("visit", "V-1"))
    assert [(one.kind, one.total, one.open, one.late) for one in desk.customer_file("ACME").sums] == [
        ("complaint", 3, 2, 0),
        ("visit", 1, 1, 0),
    ]
    now.move_to(NOON.add(hours=4, minutes=1))  # C-1 is overdue since, and nobody has refreshed the views
    file = desk.customer_file("ACME")
    assert [(one.kind, one.total, one.open, one.late) for one in file.sums] == [
        ("complaint", 3, 2, 1),
        ("visit", 1, 1, 0),
    ]
    assert (file.total, file.open, file.late) == (4, 3, 1)
    assert [entry.overdue for entry in file.entries if entry.case == "C-1"] == [("answer",)]


def test_an_entry_tells_what_the_case_was_about_and_what_came_of_it(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    complain(desk, "C-1", product="PCB-7781", defect="open circuit")
    now.move_to(NOON.add(hours=1))
    desk.record("C-1", "analysed", established=False, cause="a long story")
    now.move_to(NOON.add(hours=2))
    desk.record("C-1", "analysed", established=True)
    now.move_to(NOON.add(hours=3))
    desk.record("C-1", "closed")
    [entry] = desk.customer_file("ACME").entries
    assert (entry.status, entry.opened_at, entry.closed_at) == ("closed", NOON, NOON.add(hours=3))
    assert dict(entry.about) == {"product": "PCB-7781", "defect": "open circuit"}
    [result] = entry.result  # the last analysis counts; free text stays in the history
    assert (result.path, result.label.text("zh"), result.value) == ("analysed.established", "投诉成立", True)
    assert entry.label == Label({"en": "Complaint", "zh": "客户投诉"})


def test_a_reopened_case_is_open_again(desk: qms.ServiceDesk) -> None:
    complain(desk, "C-1")
    desk.record("C-1", "closed")
    desk.record("C-1", "reopened", reason="came back")
    [entry] = desk.customer_file("ACME").entries
    assert (entry.status, entry.closed_at) == ("open", None)


def test_past_complaints_and_suggestions_are_brought_up_the_latest_first(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    complain(desk, "C-1", 30, defect="open circuit")
    complain(desk, "C-2", 20)
    desk.open(subject("visit", "V-1"))
    desk.record("V-1", "remark_recorded", remark="1", statement="label the panels")
    now.move_to(NOON.add(hours=1))
    desk.record("V-1", "question_asked", question="1", statement="how is the oven checked?")
    now.move_to(NOON.add(hours=2))
    desk.record("V-1", "remark_recorded", remark="2", statement="faster answers")
    raised = desk.customer_file("ACME").raised
    assert [(one.case, one.kind, one.text) for one in raised] == [
        ("V-1", "visit", "faster answers"),
        ("V-1", "visit", "how is the oven checked?"),
        ("V-1", "visit", "label the panels"),
        ("C-2", "complaint", None),
        ("C-1", "complaint", "open circuit"),
    ]
    assert (raised[0].at, raised[0].path) == (NOON.add(hours=2), "remark_recorded.statement")


def test_what_was_struck_out_was_not_said(desk: qms.ServiceDesk, now: FixedNow) -> None:
    desk.open(subject("visit", "V-1"))
    desk.record("V-1", "remark_recorded", remark="1", statement="of another customer")
    now.move_to(NOON.add(hours=1))
    desk.record("V-1", "corrected", of=2, void=True, reason="wrong visit")
    assert desk.customer_file("ACME").raised == ()


def test_where_customers_words_stand_is_the_callers_to_say(desk: qms.ServiceDesk) -> None:
    complain(desk, "C-1", product="PCB-7781")
    file = desk.customer_file("ACME", raised={"complaint": ["subject.product"]})
    assert [one.text for one in file.raised] == ["PCB-7781"]
    assert desk.customer_file("ACME", raised={}).raised == ()


def test_an_event_without_words_says_nothing(desk: qms.ServiceDesk) -> None:
    desk.open(subject("visit", "V-1"))
    desk.record("V-1", "remark_recorded", remark="1", statement="label the panels")
    paths = {"visit": ("remark_recorded.more", "subject.purpose")}
    assert desk.customer_file("ACME", raised=paths).raised == ()


def filed(desk: qms.ServiceDesk, document: str, about: str = "quality_standard", **more: object) -> None:
    evidence = [qms.Evidence(kind="document", uri=f"dms:{document}")]
    desk.record("F-1", "document_filed", document=document, about=about, evidence=evidence, facts=more)


def test_documents_filed_for_a_customer_stand_until_they_are_taken_out_or_filed_anew(
    desk: qms.ServiceDesk, now: FixedNow
) -> None:
    desk.open(subject("customer_file", "F-1"))
    filed(desk, "QS-1", title="Acceptance", edition="A", valid_from=date(2026, 4, 1))
    filed(desk, "TR-1", "technical_requirement")
    now.move_to(NOON.add(days=1))
    filed(desk, "QS-1", edition="B")
    desk.record("F-1", "document_withdrawn", document="TR-1", reason="for another product")
    file = desk.customer_file("ACME")
    assert [(one.document, one.edition, one.withdrawn_at) for one in file.documents] == [
        ("QS-1", "B", None),
        ("QS-1", "A", NOON.add(days=1)),
        ("TR-1", None, NOON.add(days=1)),
    ]
    [standing] = file.standing
    assert (standing.about, standing.filed_at, standing.case) == ("quality_standard", NOON.add(days=1), "F-1")
    assert [piece.uri for piece in standing.evidence] == ["dms:QS-1"]
    first = file.documents[1]
    assert (first.title, first.valid_from) == ("Acceptance", date(2026, 4, 1))
    assert (file.entries, file.sums, file.is_empty) == ((), (), False)  # a file is no case to be worked on


def test_a_linked_case_that_names_no_customer_is_shown_through_the_case_that_names_it(
    desk: qms.ServiceDesk,
) -> None:
    complain(desk, "C-1")
    complain(desk, "C-2")
    complain(desk, "C-9", customer="OTHER")
    desk.open(subject("corrective_action", "8D-1", customer=None))
    for number in ("C-1", "C-2"):
        desk.link(number, "8D-1")
    desk.link("C-1", "C-9")  # of another customer: it stays in that one's file
    desk.link("C-1", "C-2")
    file = desk.customer_file("ACME")
    assert [(one.case, one.through) for one in file.linked] == [("8D-1", "C-1")]
    assert (numbers(file), file.total) == (["C-1", "C-2"], 2)
    assert file.entries[0].linked == ("8D-1", "C-9", "C-2")


def test_a_link_to_a_case_that_the_store_has_not_is_no_reason_to_stop(desk: qms.ServiceDesk) -> None:
    complain(desk, "C-1")
    desk.record("C-1", "linked", kind="return", case="R-404")
    file = desk.customer_file("ACME")
    assert (file.linked, file.entries[0].linked) == ((), ("R-404",))


def test_pages_hold_every_case_once_and_each_the_sums_of_all(desk: qms.ServiceDesk) -> None:
    for number in range(1, 8):
        complain(desk, f"C-{number}", number)
    desk.record("C-7", "closed")
    whole = numbers(desk.customer_file("ACME"))
    seen, after = list[str](), None
    while True:
        page = desk.customer_file("ACME", after=after, limit=3)
        assert page.total == 7
        seen += numbers(page)
        if not page.more:
            break
        after = page.entries[-1].case
    assert seen == whole
    assert desk.customer_file("ACME", limit=0).entries == ()
    assert desk.customer_file("ACME", limit=7).more is False


def test_many_cases_are_read_page_by_page(store: Store, desk: qms.ServiceDesk) -> None:
    proc = qms.load_rulebook("pcb-maker").on(NOON)
    with store.transaction() as t:
        for number in range(600):
            case = proc.open(qms.Complaint(number=f"C-{number:03}", customer="ACME", received_at=NOON))
            t.cases.save(case, proc.status(case, now=NOON))
    page = desk.customer_file(
        "ACME", limit=2
    )  # pinned to another rulebook: the views are enough for the sums
    assert (page.total, page.open, len(page.entries), page.more) == (600, 600, 2, True)


def test_a_case_that_cannot_be_judged_stops_nothing(store: Store, desk: qms.ServiceDesk) -> None:
    complain(desk, "C-1")
    other = qms.load_rulebook("pcb-maker").open(
        qms.ReturnOrder(number="R-1", customer="ACME", received_at=NOON)
    )
    with store.transaction() as t:
        t.cases.save(other)
    file = desk.customer_file("ACME")
    assert [(one.case, one.status) for one in file.entries] == [("C-1", "open"), ("R-1", None)]
    assert file.entries[1].finding is not None
    assert "pcb-maker" in str(file.entries[1].finding)
    assert [(one.kind, one.total, one.open) for one in file.sums] == [("complaint", 1, 1), ("return", 1, 0)]
    assert file.sums[1].label.text("zh") == "return"  # the name, where these rules have no other
    assert ([one.unknown for one in file.sums], file.unknown) == ([0, 1], 1)
    assert "有 1 件个案无法按现有规则册判定状态" in file.to_markdown("zh")
    assert "1 of the cases" in file.to_html("en")
    assert "cannot tell" not in desk.customer_file("BETA").to_html("en")


def test_documents_that_cannot_be_read_are_told(store: Store, desk: qms.ServiceDesk, book: Book) -> None:
    desk.open(subject("customer_file", "F-1"))
    file = qms.ServiceDesk(book(RULES), Torn(store), now=lambda: NOON).customer_file("ACME")
    assert (file.documents, file.is_empty, [one.subject for one in file.findings]) == ((), False, ["F-1"])
    assert "F-1" in file.to_markdown("zh")


def test_a_customer_that_nobody_knows_has_an_empty_file(desk: qms.ServiceDesk) -> None:
    file = desk.customer_file("ACME")
    assert (file.is_empty, file.total, file.alike) == (True, 0, ())


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (" ACME  Ltd ", "ACME Ltd"),
        ("ＡＣＭＥ　Ｌｔｄ", "ACME Ltd"),
        ("So\u0308hne", "S\u00f6hne"),
        ("S\u00f6hne", "So\u0308hne"),
    ],
)
def test_a_name_that_differs_in_spaces_width_or_composition_is_named(
    desk: qms.ServiceDesk, asked: str, known: str
) -> None:
    complain(desk, "C-1", customer=known)
    file = desk.customer_file(asked)
    assert (file.is_empty, file.alike) == (True, (known,))
    assert known in file.to_markdown()
    assert desk.customer_file(known).alike == ()


@pytest.mark.parametrize("customer", ["", "  ", None, 7, ["ACME"]])
def test_what_names_no_customer_is_refused(desk: qms.ServiceDesk, customer: Any) -> None:  # noqa: ANN401
    with pytest.raises(qms.EntryError) as refused:
        desk.customer_file(customer)
    assert refused.value.code == "entry-customer"
    assert "客户" in refused.value.text("zh")


@pytest.mark.parametrize("limit", [-1, 1.5, True, "2"])
def test_a_limit_that_is_no_count_is_refused(desk: qms.ServiceDesk, limit: Any) -> None:  # noqa: ANN401
    with pytest.raises(qms.EntryError):
        desk.customer_file("ACME", limit=limit)


@pytest.mark.parametrize("after", ["C-9", "", 7])
def test_a_page_behind_a_case_that_is_none_of_the_customers_is_refused(
    desk: qms.ServiceDesk,
    after: Any,  # noqa: ANN401
) -> None:
    complain(desk, "C-1")
    complain(desk, "C-9", customer="OTHER")
    with pytest.raises(qms.EntryError, match="no case of ACME") as refused:
        desk.customer_file("ACME", after=after)
    assert "ACME" in refused.value.text("zh")


@pytest.mark.parametrize(
    "raised", [None, "complaint", {"complaint": "subject.defect"}, {"complaint": ["defect"]}]
)
def test_what_does_not_say_where_words_stand_is_refused(desk: qms.ServiceDesk, raised: Any) -> None:  # noqa: ANN401
    with pytest.raises(qms.EntryError) as refused:
        desk.customer_file("ACME", raised=raised)
    assert refused.value.code == "entry-raised"
    assert "subject.defect" in refused.value.text("zh")


def test_a_naive_moment_is_refused(desk: qms.ServiceDesk) -> None:
    with pytest.raises(qms.NaiveInstantError):
        desk.customer_file("ACME", now=NOON.naive())


class Counted:
    """A store that notes which transactions are begun."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.begun: list[bool] = []

    def transaction(self, *, read_only: bool = False) -> Any:  # noqa: ANN401  # as the store
        self.begun.append(read_only)
        return self.store.transaction(read_only=read_only)


def test_the_file_is_read_in_one_transaction_that_writes_nothing(
    store: Store, desk: qms.ServiceDesk, book: Book
) -> None:
    complain(desk, "C-1")
    desk.open(subject("customer_file", "F-1"))
    counted = Counted(store)
    assert qms.ServiceDesk(book(RULES), counted, now=lambda: NOON).customer_file("ACME").total == 1
    assert counted.begun == [True]


def entry_of(file: CustomerFile, number: str) -> FileEntry:
    return next(entry for entry in file.entries if entry.case == number)


def test_the_shipped_rules_tell_results_in_both_languages(store: Store, now: FixedNow) -> None:
    now.move_to(NOON)
    desk = qms.ServiceDesk(qms.load_rulebook("pcb-maker"), store, now=now)
    complain(desk, "C-1", 2, defect="open circuit")
    desk.record("C-1", "forwarded", by="Li", department="marketing")
    facts: Mapping[str, object] = {"established": True, "ours": True, "responsible": "production"}
    desk.record("C-1", "analysed", by="Wu", department="quality", facts=facts)
    results = entry_of(desk.customer_file("ACME"), "C-1").result
    assert {one.path: one.value for one in results} == {
        "analysed.established": True,
        "analysed.ours": True,
        "analysed.responsible": "production",
    }
    assert [one.label.text("zh") for one in results] == ["投诉成立", "责任在本公司", "责任部门"]
