"""A notebook shows a case as its header and its history, in either language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.shown_html import read_html

import qms_service as qms
from qms_service.cases import Case, Pin
from qms_service.events import Event, Evidence
from qms_service.findings import Finding
from qms_service.labels import Label

SHANGHAI = ZoneInfo("Asia/Shanghai")
NASTY = "<script>alert(1)</script>"
PIN = Pin(rulebook="own", edition="1", digest="0123456789abcdef")


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def complaint() -> Case:
    rules = qms.load_rulebook("pcb-maker")
    case = rules.open(
        qms.Complaint(
            number="C-1",
            customer="ACME",
            product="PCB-7781",
            quantity=500,
            defect="open circuit",
            received_at=at(2, 9),
        )
    )
    proc = rules.of(case)
    case = proc.record(case, "forwarded", at=at(2, 10), by="Li", department="marketing")
    return proc.record(
        case, "analysed", at=at(2, 16), department="quality", facts={"established": True, "ours": False}
    )


def test_a_case_is_its_header_and_a_row_for_each_event() -> None:
    case = complaint()
    shown = read_html(case._repr_html_())
    assert shown.captions == ["complaint C-1", "history"]
    assert shown.card() == {
        "status": "open",
        "opened": "2026-03-02 09:00 +08:00",
        "customer": "ACME",
        "product": "PCB-7781",
        "quantity": "500",
        "defect": "open circuit",
        "rulebook": f"pcb-maker 1 ({case.pin.digest[:12]})",
    }
    assert shown.tables[1] == [
        ["no.", "at", "event", "by", "facts", "note"],
        ["1", "2026-03-02 09:00 +08:00", "received", "", "", ""],
        ["2", "2026-03-02 10:00 +08:00", "forwarded", "Li, marketing", "", ""],
        ["3", "2026-03-02 16:00 +08:00", "analysed", "quality", "established: yes\nours: no", ""],
    ]


def test_the_case_in_chinese_has_the_names_that_the_rulebook_gives_its_events() -> None:
    case = complaint()
    rules = qms.load_rulebook("pcb-maker").of(case).rules.kind("complaint")
    labels = {name: event.label for name, event in rules.events.items()}
    shown = read_html(case.to_html("zh", labels=labels))
    assert (shown.captions, shown.langs) == (["客户投诉 C-1", "历史"], ["zh", "zh"])
    assert shown.card()["状态"] == "未结案"
    assert shown.card()["产品型号"] == "PCB-7781"
    assert [row[2] for row in shown.tables[1]] == ["事件", "收到投诉", "客诉处置单交品质部", "初步分析"]
    assert shown.tables[1][3][4] == "established：是\nours：否"


def one(event: Event) -> Case:
    return Case(subject=qms.Subject("lease", number="L-7", opened_at=at(2, 9)), pin=PIN, history=(event,))


def test_a_system_event_has_a_name_in_every_language_and_a_rulebook_s_own_its_own() -> None:
    closed = one(Event("closed", at(3, 9), seq=1))
    assert read_html(closed.to_html("zh")).tables[1][1][2] == "结案"
    assert read_html(closed.to_html("zh", labels={"closed": "归还"})).tables[1][1][2] == "归还"
    assert (
        read_html(closed.to_html(labels={"closed": Label({"en": "returned"})})).tables[1][1][2] == "returned"
    )
    assert read_html(closed.to_html()).captions[0] == "lease L-7"
    assert read_html(closed.to_html()).card()["status"] == "closed"


def test_a_concession_shows_its_reason_what_it_went_against_and_the_evidence() -> None:
    finding = Finding(code="not-needed", severity="refusal", subject="answered", clause="4.2.4.9")
    event = Event(
        "answered",
        at(3, 9),
        seq=1,
        by="Li",
        role="clerk",
        on_behalf_of="manager",
        note="by telephone",
        despite="the customer asked",
        findings=(finding,),
        evidence=(Evidence(kind="photo", uri="file:1.jpg"),),
    )
    row = read_html(one(event).to_html()).tables[1][1]
    assert row[3] == "Li, clerk, on behalf of manager"
    assert row[5].split("\n") == [
        "by telephone",
        "kept despite the gate: the customer asked",
        "answered is not needed for this case. [4.2.4.9]",
        "photo: file:1.jpg",
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_script_in_any_text_of_a_case_stays_a_text(lang: str) -> None:
    event = Event(
        NASTY, at(3, 9), seq=1, by=NASTY, facts={NASTY: NASTY}, note=NASTY,
        evidence=(Evidence(kind=NASTY, uri=NASTY),),
    )  # fmt: skip
    case = Case(
        subject=qms.Subject(NASTY, number=NASTY, opened_at=at(2, 9), facts={NASTY: {"lot": NASTY}}),
        pin=Pin(rulebook=NASTY, edition=NASTY, digest=NASTY),
        history=(event,),
    )
    shown = read_html(case.to_html(lang))
    assert "script" not in shown.tags
    assert shown.captions[0] == f"{NASTY} {NASTY}"
    assert shown.tables[1][1][2] == NASTY
