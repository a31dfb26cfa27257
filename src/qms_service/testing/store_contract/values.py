"""What a store promises of values: what goes in comes out, of the same type and to the last digit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

import attrs
import pendulum
import pytest

from qms_service.cases import Case, Complaint, Subject
from qms_service.events import Event, Evidence
from qms_service.facts import Facts, Money, Quantity
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.ports import Store
from qms_service.rulebooks import Rulebook, load_rulebook
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import NOON, PIN, complaint, found, grown, keep, kept
from qms_service.wire import to_json

YUAN: Final = Money(amount=Decimal("1234567890.10"), currency="CNY")
# Half past one for the second time: 06:30 UTC. Python holds it unequal to the same moment of any other zone.
TWICE: Final = pendulum.datetime(2026, 11, 1, 1, 30, tz="America/New_York", fold=1)
FACTS: Final[dict[str, Any]] = {
    "yes": True,
    "no": False,
    "zero": 0,
    "one": 1,
    "large": 2**70,
    "negative": -7,
    "share": Decimal("0.10"),
    "exact": Decimal("3.1415926535897932384626433832795028841971"),
    "small": Decimal("1E-9"),
    "empty": "",
    "text": "line\n\ttab \"quoted\" 'single' \\ back; DROP TABLE qms_case; -- %s :name ?",
    "number-like": "007",
    "control": "a\x00b\x1f\x7f\u2028c",
    "chinese": "镀层起泡，客户要求退货",
    "emoji": "🔥👩‍🔧",
    "day": date(2024, 2, 29),
    "noon": NOON,
    "utc": datetime(2026, 3, 2, 4, 5, 6, 789012, tzinfo=UTC),
    "offset": datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    "early": pendulum.datetime(1969, 12, 31, 23, 59, 59, 999_999, tz="UTC"),
    "money": YUAN,
    "counted": Quantity(amount=500, unit="pcs"),
    "measured": Quantity(amount=Decimal("0.250"), unit="m²"),
    "list": ("a", "b", "a"),
    "days": (date(2026, 3, 2), date(2026, 3, 3)),
    "sums": (YUAN, Money(amount=Decimal(0), currency="USD")),
    "none": (),
    "table": Facts({"inner": 1, "deeper": Facts({"text": "客", "sum": YUAN})}),
}


def _moments(case: Case) -> list[object]:
    first, second = case.history[:2]
    return [case.subject.opened_at, first.at, first.recorded_at, second.facts["due_at"]]


def _types(value: object) -> object:
    """The types of a value all the way down: True equals 1, and 1.50 equals 1.5."""
    if isinstance(value, Facts):
        return {name: _types(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_types(inner) for inner in value]
    return type(value), str(value)


class ValuesContract(StoreFixtures):
    """Cases: what they hold."""

    def test_a_moment_of_the_hour_that_comes_twice_is_the_same_moment(self, store: Store) -> None:
        received = Complaint(number="C-1", customer="ACME", received_at=TWICE)
        case = Case(subject=received, pin=PIN, history=(Event("received", TWICE, recorded_at=TWICE, seq=1),))
        saved = grown(case, "agreed", facts={"due_at": TWICE})
        keep(store, saved)
        assert [micros(moment) for moment in _moments(kept(store))] == [1_793_514_600_000_000] * 4
        keep(store, grown(saved, "analysed"))
        assert kept(store).version == 3

    @pytest.mark.parametrize("name", FACTS)
    def test_a_fact_of_an_event_comes_back(self, store: Store, name: str) -> None:
        saved = grown(complaint(), "analysed", facts={name: FACTS[name]})
        keep(store, saved)
        fact = kept(store).history[-1].facts
        assert fact == saved.history[-1].facts
        if not isinstance(FACTS[name], datetime):
            assert _types(fact) == _types(saved.history[-1].facts)
        assert to_json(kept(store)) == to_json(saved)

    def test_all_facts_of_a_subject_come_back(self, store: Store) -> None:
        subject = Subject("lease", number="L-1", opened_at=NOON, facts=FACTS)
        saved = Case(subject=subject, pin=PIN, history=(Event("opened", NOON, seq=1),))
        keep(store, saved)
        assert kept(store, "L-1") == saved
        assert to_json(kept(store, "L-1")) == to_json(saved)
        assert isinstance(kept(store, "L-1").subject, Subject)

    def test_all_fields_of_a_complaint_come_back(self, store: Store) -> None:
        subject = Complaint(
            number="C-1", customer="深圳某某电子", product="PCB-7781", quantity=Quantity(amount=500, unit="pcs"),
            defect="open circuit 开路", defect_rate=Decimal("0.50"), received_at=NOON,
        )  # fmt: skip
        saved = Case(subject=subject, pin=PIN, history=(Event("received", NOON, seq=1),))
        keep(store, saved)
        assert kept(store) == saved
        assert str(kept(store).subject.facts["defect_rate"]) == "0.50"

    def test_all_columns_of_an_event_come_back(self, store: Store) -> None:
        evidence = (
            Evidence(
                kind="photo", uri="s3://bucket/1.jpg", media_type="image/jpeg", sha256="ab" * 32, item="2"
            ),
            Evidence(kind="8D report", uri="\\\\server\\share\\报告.docx"),
        )
        saved = grown(
            complaint(), "analysed", by="Li", department="quality", role="engineer", on_behalf_of="manager",
            note="seen on the line 现场确认", evidence=evidence, facts={"ours": True},
        )  # fmt: skip
        keep(store, saved)
        assert kept(store) == saved
        assert kept(store).history[-1].evidence == evidence

    def test_the_moments_of_an_event_come_back_to_the_microsecond(self, store: Store) -> None:
        happened = pendulum.datetime(2026, 3, 1, 23, 59, 59, 999_999, tz="America/Los_Angeles")
        entered = pendulum.datetime(2026, 3, 2, 8, 0, 0, 1, tz="Asia/Shanghai")
        keep(store, complaint().with_event(Event("forwarded", happened, recorded_at=entered, seq=2)))
        event = kept(store).history[-1]
        assert event.us == 1_772_438_399_999_999
        assert event.recorded_at == entered

    def test_an_event_taken_over_from_elsewhere_has_no_moment_of_entry(self, store: Store) -> None:
        keep(store, complaint().with_event(Event("forwarded", NOON, seq=2)))
        assert kept(store).history[-1].recorded_at is None

    def test_events_entered_late_keep_the_order_in_which_they_were_entered(self, store: Store) -> None:
        late = Event("forwarded", NOON.subtract(days=3), recorded_at=NOON, seq=3)
        saved = grown(complaint()).with_event(late)
        keep(store, saved)
        assert kept(store) == saved
        assert [event.seq for event in kept(store).history] == [1, 2, 3]

    def test_a_concession_keeps_its_reason_and_its_findings(self, store: Store) -> None:
        finding = Finding(
            code="needs-event", severity="refusal", subject="answered", clause="4.2.4.8.1",
            facts={"event": "approved", "since": NOON}, absolute=True,
        )  # fmt: skip
        saved = grown(complaint(), "answered", despite="customer's wish", findings=(finding,))
        keep(store, saved)
        (kept_finding,) = kept(store).history[-1].findings
        assert kept_finding == finding
        assert kept(store).history[-1].despite == "customer's wish"

    def test_a_correction_is_seen_by_the_rules_as_before(self, store: Store) -> None:
        wrong = grown(complaint(), "analysed", facts={"ours": False})
        mended = grown(wrong, "corrected", facts={"of": 2, "facts": {"ours": True}, "reason": "misread"})
        keep(store, mended)
        assert kept(store) == mended
        assert kept(store).history[1].facts["ours"] is False
        assert kept(store).timeline().fact("analysed.ours") is True

    @pytest.mark.parametrize(
        ("events", "status"),
        [(["closed"], "closed"), (["closed", "reopened"], "open"), (["withdrawn"], "withdrawn")],
    )
    def test_a_case_stands_as_it_stood(self, store: Store, events: list[str], status: str) -> None:
        case = complaint()
        for name in events:
            case = grown(case, name)
        assert case.status == status
        keep(store, case)
        assert kept(store).status == status

    def test_a_case_of_a_rulebook_moves_to_another_edition_and_is_judged_by_it(self, store: Store) -> None:
        first = load_rulebook("pcb-maker").on(NOON)
        second = type(first)(_edition_2(first.rules))
        book = Rulebook("pcb-maker", (first, second))
        keep(store, book.open(Complaint(number="C-1", customer="ACME", received_at=NOON)))
        keep(store, book.change_edition(kept(store), "2", at=NOON.add(days=2), reason="limits tightened"))
        assert book.of(kept(store)).edition == "2"
        keep(store, second.record(kept(store), "forwarded", at=NOON.add(days=3)))
        assert kept(store).version == 3

    def test_a_subject_of_another_kind_has_no_customer(self, store: Store) -> None:
        subject = Subject("lease", number="L-1", opened_at=NOON)
        keep(store, Case(subject=subject, pin=PIN, history=(Event("opened", NOON, seq=1),)))
        (view,) = found(store)
        assert (view.id, view.kind, view.customer, view.version, view.status) == (
            "L-1",
            "lease",
            None,
            1,
            None,
        )


def _edition_2(rules: Any) -> Any:  # noqa: ANN401  # the rules of a procedure, which this room need not know
    return attrs.evolve(rules, edition="2", effective_from=NOON.add(days=1))
