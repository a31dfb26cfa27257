"""What a store promises of the trail: nothing changes unseen, and what must go can go."""

from __future__ import annotations

from typing import Any, Final

import pytest

from qms_service.cases import Case, Complaint
from qms_service.errors import CaseNotFoundError, EntryError, StaleCaseError
from qms_service.events import Event, Evidence
from qms_service.ports import Store
from qms_service.testing.store_contract.fixtures import StoreFixtures
from qms_service.testing.store_contract.given import NOON, PIN, broken, complaint, found, grown, keep, kept
from qms_service.wire import to_json

REFUSED: Final[dict[str, tuple[int, list[str]]]] = {
    "an event that is not there": (9, ["by"]),
    "a place before the first": (-1, ["by"]),
    "a field that is not there": (2, ["facts.nothing"]),
    "a column that is not filled": (1, ["by"]),
    "a number": (2, ["facts.count"]),
    "a yes or no": (2, ["facts.ours"]),
    "a table": (2, ["facts"]),
    "a piece of evidence that is not there": (2, ["evidence.7.uri"]),
    "one good field and one bad": (2, ["by", "facts.nothing"]),
}


def personal() -> Case:
    """A case with texts that somebody may ask to be taken out."""
    subject = Complaint(number="C-1", customer="Frau Secretmann", product="PCB-7781", received_at=NOON)
    opened = Case(subject=subject, pin=PIN, history=(Event("received", NOON, seq=1),))
    return grown(
        opened, "analysed", by="secret-li", note="secret-note",
        evidence=[Evidence(kind="photo", uri="secret-uri")],
        facts={"contact": "secret-phone", "count": 7, "ours": True, "kept": "visible"},
    )  # fmt: skip


def verdict(store: Store, head: str | None = None) -> tuple[Any, ...]:
    """What verifying the case finds."""
    with store.transaction(read_only=True) as t:
        return t.cases.verify("C-1", head=head)


def head_of(store: Store, number: str = "C-1") -> str:
    """The last digest of a case."""
    with store.transaction(read_only=True) as t:
        return t.cases.head(number)


def redact(store: Store, seq: int, *fields: str) -> None:
    """Takes texts out."""
    with store.transaction() as t:
        t.cases.redact("C-1", seq, fields, reason="asked for by the customer")


class TrailContract(StoreFixtures):
    """Cases: verify, head, redact."""

    def test_a_case_that_grew_in_honest_ways_verifies(self, store: Store) -> None:
        keep(store, complaint())
        assert verdict(store) == ()
        keep(store, grown(grown(kept(store)), "analysed"))
        keep(store, grown(kept(store), "answered"))
        assert verdict(store) == ()

    def test_a_case_verifies_in_the_transaction_that_writes_it(self, store: Store) -> None:
        with store.transaction() as t:
            t.cases.save(personal())
            assert t.cases.verify("C-1") == ()

    def test_the_head_changes_with_each_event_and_with_nothing_else(self, store: Store) -> None:
        heads = []
        case = complaint()
        for name in ("forwarded", "analysed", "answered"):
            keep(store, case)
            heads.append(head_of(store))
            keep(store, case)
            assert head_of(store) == heads[-1]
            case = grown(case, name)
        assert len(set(heads)) == 3

    def test_two_cases_of_the_same_events_have_heads_of_their_own(self, store: Store) -> None:
        keep(store, complaint("C-1"), complaint("C-2"))
        assert head_of(store, "C-1") != head_of(store, "C-2")

    def test_a_head_noted_earlier_is_found_in_the_chain(self, store: Store) -> None:
        noted = []
        case = complaint()
        for name in ("forwarded", "analysed", "answered"):
            keep(store, case)
            noted.append(head_of(store))
            case = grown(case, name)
        keep(store, case)
        assert [verdict(store, head) for head in (*noted, head_of(store))] == [()] * 4

    def test_a_head_that_was_never_one_of_the_chain_is_told(self, store: Store) -> None:
        keep(store, complaint("C-1"), complaint("C-2"))
        for foreign in ("0" * 64, head_of(store, "C-2")):
            findings = verdict(store, foreign)
            assert findings
            assert all(finding.refuses for finding in findings)

    def test_a_case_that_lost_its_last_event_is_told_by_the_noted_head(self, store: Store) -> None:
        with broken(store) as t:
            t.cases.save(grown(complaint()))
            ahead = t.cases.head("C-1")
        keep(store, complaint())
        assert verdict(store) == ()
        assert verdict(store, ahead) != ()

    def test_a_case_that_is_not_there_has_no_chain(self, store: Store) -> None:
        with store.transaction() as t:
            with pytest.raises(CaseNotFoundError):
                t.cases.verify("C-1")
            with pytest.raises(CaseNotFoundError):
                t.cases.head("C-1")
            with pytest.raises(CaseNotFoundError):
                t.cases.redact("C-1", 1, ["by"], reason="asked for")

    # ------------------------------------------------------------ redact

    def test_a_redacted_text_is_gone_and_the_rest_is_there(self, store: Store) -> None:
        keep(store, personal())
        redact(store, 2, "by", "note", "facts.contact", "evidence.0.uri")
        event = kept(store).history[-1]
        assert "secret" not in to_json(kept(store))
        assert dict(event.facts) | {"contact": None} == {
            "contact": None,
            "count": 7,
            "ours": True,
            "kept": "visible",
        }
        assert (event.name, event.seq, event.us) == ("analysed", 2, personal().history[-1].us)
        assert event.evidence[0].kind == "photo"

    def test_a_redacted_text_is_still_seen_to_have_been_there(self, store: Store) -> None:
        keep(store, personal())
        redact(store, 2, "by", "facts.contact")
        event = kept(store).history[-1]
        assert isinstance(event.by, str)
        assert isinstance(event.facts["contact"], str)

    def test_a_redacted_case_still_verifies_also_by_a_head_noted_before(self, store: Store) -> None:
        keep(store, personal())
        noted = head_of(store)
        redact(store, 2, "by", "facts.contact")
        assert verdict(store) == ()
        assert verdict(store, noted) == ()

    def test_a_redacted_case_grows_on(self, store: Store) -> None:
        keep(store, personal())
        redact(store, 2, "by")
        keep(store, grown(kept(store), "answered"))
        redact(store, 2, "note")
        assert kept(store).version == 3
        assert "secret-note" not in to_json(kept(store))
        assert verdict(store) == ()

    def test_a_text_of_the_subject_is_redacted_and_its_customer_no_longer_found(self, store: Store) -> None:
        keep(store, personal())
        redact(store, 0, "customer")
        assert "Secretmann" not in to_json(kept(store))
        assert all(view.customer != "Frau Secretmann" for view in found(store))
        assert found(store, customer="Frau Secretmann") == []
        assert verdict(store) == ()

    def test_what_was_read_before_a_redaction_does_not_bring_the_text_back(self, store: Store) -> None:
        keep(store, personal())
        early = kept(store)
        redact(store, 2, "by")
        with pytest.raises(StaleCaseError):
            keep(store, grown(early, "answered"))
        assert "secret-li" not in to_json(kept(store))

    def test_what_a_transaction_read_before_its_redaction_does_not_bring_the_text_back(
        self, store: Store
    ) -> None:
        keep(store, personal())
        with store.transaction() as t:
            early = t.cases.load("C-1")
            t.cases.redact("C-1", 2, ["by"], reason="asked for")
            with pytest.raises(StaleCaseError):
                t.cases.save(grown(early, "answered"))
        assert "secret-li" not in to_json(kept(store))
        assert verdict(store) == ()

    def test_a_transaction_reads_what_it_has_redacted(self, store: Store) -> None:
        keep(store, personal())
        with store.transaction() as t:
            t.cases.load("C-1")
            t.cases.redact("C-1", 2, ["by"], reason="asked for")
            assert t.cases.load("C-1").history[-1].by != "secret-li"
            t.cases.save(grown(t.cases.load("C-1"), "answered"))
        assert verdict(store) == ()

    @pytest.mark.parametrize("what", REFUSED)
    def test_what_holds_no_text_is_not_redacted(self, store: Store, what: str) -> None:
        keep(store, personal())
        seq, fields = REFUSED[what]
        with store.transaction() as t, pytest.raises(EntryError):
            t.cases.redact("C-1", seq, fields, reason="asked for")
        assert kept(store) == personal()
        assert verdict(store) == ()

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_nothing_is_redacted_without_a_reason(self, store: Store, reason: str) -> None:
        keep(store, personal())
        with store.transaction() as t, pytest.raises(EntryError):
            t.cases.redact("C-1", 2, ["by"], reason=reason)
        assert kept(store) == personal()
