"""A case: what it is about, how it grows, and when two are the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import attrs
import pytest

import qms_service as qms
from qms_service.cases import status_of
from qms_service.events import timeline

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
BOOK = qms.load_rulebook("pcb-maker")


def complaint(**change: object) -> qms.Complaint:
    given = {"number": "C-1", "customer": "ACME", "product": "PCB-7781", "quantity": 500, "received_at": NINE}
    return qms.Complaint(**{**given, **change})  # type: ignore[arg-type]


def test_opening_writes_the_first_event_at_the_moment_of_receipt() -> None:
    case = BOOK.open(complaint())
    (event,) = case.history
    assert (event.name, event.at, event.seq, event.recorded_at) == ("received", NINE, 1, NINE)
    assert (case.id, case.kind, case.status, case.version) == ("C-1", "complaint", "open", 1)


def test_an_opening_may_be_entered_later_than_it_happened() -> None:
    case = BOOK.open(complaint(), recorded_at=NINE + timedelta(hours=3))
    assert case.history[0].recorded_at == NINE + timedelta(hours=3)


def test_recording_gives_a_new_case_and_leaves_the_old_one_as_it_was() -> None:
    proc = BOOK.on(NINE)
    before = proc.open(complaint())
    after = proc.record(before, "forwarded", at=NINE + timedelta(hours=1))
    assert (before.version, after.version) == (1, 2)
    assert after.history[:1] == before.history
    assert [event.seq for event in after.history] == [1, 2]


def test_an_event_is_entered_when_it_happened_unless_told_otherwise() -> None:
    proc = BOOK.on(NINE)
    at, entered = NINE + timedelta(hours=1), NINE + timedelta(hours=5)
    assert proc.record(proc.open(complaint()), "forwarded", at=at).history[-1].recorded_at == at
    assert (
        proc.record(proc.open(complaint()), "forwarded", at=at, recorded_at=entered).history[-1].recorded_at
        == entered
    )


def test_an_event_keeps_all_that_was_given_with_it() -> None:
    proc = BOOK.on(NINE)
    photo = qms.Evidence(
        kind="photo", uri="file:///p/1.jpg", media_type="image/jpeg", sha256="ab" * 32, item="lot 7"
    )
    case = proc.record(
        proc.open(complaint()),
        "forwarded",
        at=NINE,
        by="Li",
        department="客户服务部",
        role="clerk",
        note="by hand",
        evidence=[photo],
    )
    event = case.history[-1]
    assert (event.by, event.department, event.role, event.note) == ("Li", "marketing", "clerk", "by hand")
    assert event.evidence == (photo,)


def test_equal_histories_make_equal_cases_with_one_hash() -> None:
    proc = BOOK.on(NINE)
    one, other = proc.open(complaint()), proc.open(complaint())
    assert one == other
    assert hash(one) == hash(other)
    grown = proc.record(one, "forwarded", at=NINE)
    assert grown != one
    assert {one, other, grown} == {one, grown}
    one.timeline()
    assert one == other, "what was looked at does not matter"


def test_a_case_is_frozen() -> None:
    case = BOOK.open(complaint())
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        case.history = ()  # type: ignore[misc]


def test_the_facts_of_the_subject_are_seen_by_rules_and_absent_ones_are_not() -> None:
    case = BOOK.open(complaint(defect="open circuit", defect_rate=Decimal("1.5")))
    assert case.timeline().fact("subject.defect") == "open circuit"
    assert case.timeline().fact("subject.defect_rate") == Decimal("1.5")
    assert BOOK.open(complaint(product=None)).timeline().fact("subject.product") is None


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["received"], "open"),
        (["received", "closed"], "closed"),
        (["received", "withdrawn"], "withdrawn"),
        (["received", "closed", "reopened"], "open"),
        (["received", "closed", "reopened", "withdrawn"], "withdrawn"),
        (["received", "withdrawn", "reopened", "closed"], "closed"),
        (["received", "withdrawn", "closed"], "closed"),
        (["received", "closed", "withdrawn"], "withdrawn"),
    ],
)
def test_the_last_closing_or_withdrawal_of_the_cycle_is_the_status(names: list[str], status: str) -> None:
    history = [
        qms.Event(name, NINE + timedelta(hours=seq), seq=seq) for seq, name in enumerate(names, start=1)
    ]
    assert status_of(timeline(history)) == status


def test_a_case_that_nobody_looked_at_grows_as_well() -> None:
    grown = BOOK.open(complaint()).with_event(qms.Event("forwarded", NINE, seq=2))
    assert [event.name for event in grown.timeline().events] == ["received", "forwarded"]


def test_an_event_is_found_by_its_place() -> None:
    case = BOOK.open(complaint())
    assert case.event(1) == case.history[0]
    assert case.event(2) is None


def test_looking_at_a_case_before_or_after_it_grows_gives_the_same_timeline() -> None:
    proc = BOOK.on(NINE)
    looked, untouched = proc.open(complaint()), proc.open(complaint())
    looked.timeline()
    for hour, (name, facts) in enumerate([("forwarded", {}), ("analysed", {"established": False})]):
        at = NINE + timedelta(hours=hour)
        looked, untouched = (proc.record(case, name, at=at, facts=facts) for case in (looked, untouched))
        looked.timeline()
    assert looked.timeline().events == untouched.timeline().events
    assert looked.timeline().fact("analysed.established") is False


def test_a_subject_of_any_kind_needs_a_rulebook_that_knows_it() -> None:
    with pytest.raises(
        qms.UnknownNameError, match=r"Unknown kind of case compliant\. Did you mean complaint"
    ) as refused:
        BOOK.open(qms.Subject("compliant", number="C-1", opened_at=NINE))
    assert "个案" in refused.value.text("zh")


def test_a_pin_reads_as_rulebook_edition_and_the_first_of_its_digest() -> None:
    pin = BOOK.open(complaint()).pin
    assert str(pin) == f"pcb-maker edition 1 ({pin.digest[:12]})"
