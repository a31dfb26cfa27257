"""A text that must go is gone, what stays can be read, and the chain still holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trail.cases import COMPLAINT, FIRST, NINE, Kept, full, kept, redacted_here

import qms_service as qms
from qms_service.errors import StoreError
from qms_service.trail import MARK, case_of, entries_of, redacted
from qms_service.wire.subjects import TYPED

SECRETS = [f"secret-{number}" for number in range(12)]


def secretive() -> qms.Case:
    """A case of an event of its own and of system events, in which every text that may go is a secret."""
    subject = qms.Subject(
        "lease",
        number="L-1",
        opened_at=NINE,
        facts={"contact": SECRETS[0], "lot.no": SECRETS[1], "pieces": 3},
    )
    finding = qms.Finding(
        code="role",
        severity="refusal",
        subject="inspected",
        clause="4.2",
        facts={"got": SECRETS[2], "count": 1},
    )
    inspected = qms.Event(
        "inspected", NINE, seq=1, by=SECRETS[3], department="quality", role="inspector", on_behalf_of=SECRETS[4],
        note=SECRETS[5], despite=SECRETS[6], findings=[finding],
        evidence=[qms.Evidence(kind="photo", uri=SECRETS[7], media_type="image/jpeg", item="2")],
        facts={"names": [SECRETS[8], 7], "inner": {"phone": SECRETS[9]}, "amount": qms.Quantity(amount=5, unit="m")},
    )  # fmt: skip
    paused = qms.Event("paused", NINE, seq=2, facts={"reason": SECRETS[10], "clocks": ["answer"]})
    mended = {"of": 1, "facts": {"contact": SECRETS[11]}, "reason": "misread"}
    corrected = qms.Event("corrected", NINE, seq=3, facts=mended)
    return qms.Case(subject=subject, pin=FIRST.rules.pin, history=[inspected, paused, corrected])


FIELDS: dict[int, list[str]] = {
    0: ["facts.contact", "facts.lot~1no"],
    1: [
        "by", "on_behalf_of", "note", "despite", "facts.names.0", "facts.inner.facts.phone", "evidence.0.uri",
        "findings.0.facts.got",
    ],
    2: ["facts.reason"],
    3: ["facts.facts.facts.contact", "facts.reason"],
}  # fmt: skip
PLACES = [(seq, field) for seq, fields in FIELDS.items() for field in fields]


def text_at(entry: Any, field: str) -> str:  # noqa: ANN401  # an Entry
    """The text of a field, found by walking down the JSON."""
    tree = json.loads(entry.body)
    for name in field.split("."):
        tree = tree[int(name)] if isinstance(tree, list) else tree[name.replace("~1", ".")]
    assert isinstance(tree, str)
    return tree


@pytest.mark.parametrize("seq", FIELDS)
def test_these_texts_and_no_others_can_be_redacted(seq: int) -> None:
    with pytest.raises(qms.EntryError) as refused:
        redacted(entries_of(secretive())[seq], ["nothing"], reason="asked for")
    assert sorted(refused.value.operands["allowed"]) == sorted(FIELDS[seq])  # type: ignore[call-overload]


REFUSED = [
    (0, "number"), (0, "kind"), (0, "opened_at"), (0, "facts.pieces"), (0, "facts"), (0, "type"), (0, "schema"),
    (1, "name"), (1, "at"), (1, "seq"), (1, "department"), (1, "role"), (1, "facts.amount"),
    (1, "facts.amount.quantity.unit"), (1, "facts.names"), (1, "facts.names.1"), (1, "evidence.0.kind"),
    (1, "evidence.0.item"), (1, "evidence.1.uri"), (1, "findings.0.clause.number"), (1, "findings.0.code"),
    (2, "facts.clocks.0"), (2, "note"), (2, "by"), (3, "facts.of"), (1, ""), (1, "by."),
]  # fmt: skip


@pytest.mark.parametrize(("seq", "field"), REFUSED)
def test_what_the_rules_or_the_chain_live_on_stays(seq: int, field: str) -> None:
    with pytest.raises(qms.EntryError, match=r"can be redacted.*Allowed: ") as refused:
        redacted(entries_of(secretive())[seq], [field], reason="asked for")
    assert "允许" in refused.value.text("zh")


def test_one_field_that_has_to_stay_redacts_none() -> None:
    entry = entries_of(secretive())[1]
    with pytest.raises(qms.EntryError):
        redacted(entry, ["by", "name"], reason="asked for")
    assert SECRETS[3] in entry.body


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4), max_size=5))
def test_any_redactions_leave_nothing_of_their_texts_and_the_chain_whole(
    asked: list[list[tuple[int, str]]],
) -> None:
    one = kept(secretive())
    gone = {text_at(one.entries[seq], field) for together in asked for seq, field in together}
    for together in asked:
        for seq in {seq for seq, _ in together}:
            one = redacted_here(one, seq, *(field for place, field in together if place == seq))
    assert one.found(one.entries, noted=one.head) == ()
    remains = str(one.entries)
    assert [text for text in SECRETS if f"'{text}'" in remains or f'"{text}"' in remains] == [
        text for text in SECRETS if text not in gone
    ]
    assert _same_but_for_marks(case_of(one.entries), secretive(), gone)


def _same_but_for_marks(case: qms.Case, before: qms.Case, gone: set[str]) -> bool:
    """Whether a case is what it was, with a mark for each text that went."""
    text = qms.to_json(before)
    for secret in gone:
        text = text.replace(f'"{secret}"', f'"{MARK}"')
    return qms.to_json(case) == text


def test_a_redacted_case_grows_on_from_the_same_digest() -> None:
    one = kept(secretive())
    early = redacted_here(one, 1, "by")
    case = case_of(early.entries)
    grown = case.with_event(qms.Event("closed", NINE, seq=4))
    gained = entries_of(grown, since=4, head=one.head, pin=case.pin)
    whole = Kept(grown, (*early.entries, *gained), gained[-1].hash)
    assert whole.found(whole.entries, noted=one.head) == ()


def test_redactions_accumulate_each_with_its_reason() -> None:
    one = redacted_here(kept(secretive()), 1, "by", reason="asked for by Li")
    two = redacted_here(one, 1, "note", "by", "note", reason="court order 7 法院")
    seal = json.loads(two.entries[1].seal)
    assert seal["redactions"] == [
        {"fields": ["by"], "reason": "asked for by Li"},
        {"fields": ["note"], "reason": "court order 7 法院"},
    ]
    assert set(seal["digests"]) == {"by", "note"}


def test_what_is_redacted_already_stays_as_it_is() -> None:
    one = redacted_here(kept(secretive()), 1, "by")
    assert redacted(one.entries[1], ["by"], reason="once more") == one.entries[1]


def test_the_salt_and_the_key_of_what_went_are_gone() -> None:
    before = kept(secretive())
    salt = json.loads(before.entries[1].seal)["salt"]
    after = redacted_here(before, 1, "by").entries[1]
    assert salt not in after.seal
    assert "by" not in json.loads(after.seal)["keys"]
    assert after.hash == before.entries[1].hash


def test_other_entries_are_untouched() -> None:
    before = kept(secretive())
    after = redacted_here(before, 1, "by")
    assert (after.entries[0], *after.entries[2:]) == (before.entries[0], *before.entries[2:])


@pytest.mark.parametrize("fields", ["by", [], (), None])
def test_fields_that_are_no_list_are_refused(fields: Sequence[str]) -> None:
    with pytest.raises(qms.EntryError, match="list of paths") as refused:
        redacted(entries_of(secretive())[1], fields, reason="asked for")
    assert "路径" in refused.value.text("zh")


@pytest.mark.parametrize("reason", ["", " \n", None, 7])
def test_a_redaction_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(qms.EntryError, match="needs its reason"):
        redacted(entries_of(secretive())[1], ["by"], reason=reason)


def test_a_field_misspelt_is_told_the_nearest() -> None:
    with pytest.raises(qms.EntryError, match=r"Did you mean facts\.contact\?"):
        redacted(entries_of(secretive())[0], ["facts.contct"], reason="asked for")


@pytest.mark.parametrize(
    "change",
    [
        {"seal": "{}"},
        {"body": "[]"},
        {"body": "{}"},
        {"body": '{"type":"Step"}'},
        {"body": '{"type":"Event"}'},
    ],
    ids=str,
)
def test_an_entry_that_somebody_changed_so_that_it_cannot_be_read_is_not_redacted(
    change: Any,  # noqa: ANN401  # fields of an Entry
) -> None:
    entry = attrs.evolve(entries_of(secretive())[1], **change)
    with pytest.raises(StoreError, match="Entry 1 of the case cannot be read"):
        redacted(entry, ["by"], reason="asked for")


def test_a_redacted_entry_that_gained_a_field_is_not_redacted_further() -> None:
    entry = redacted_here(kept(secretive()), 1, "by").entries[1]
    gained = attrs.evolve(entry, body=entry.body.replace('"role":', '"roll":"x","role":'))
    with pytest.raises(StoreError, match="Entry 1 of the case cannot be read"):
        redacted(gained, ["note"], reason="asked for")


def test_a_redaction_does_not_make_a_changed_text_good() -> None:
    one = kept(secretive())
    forged = one.with_entry(1, body=one.entries[1].body.replace(SECRETS[5], "forged"))
    after = redacted(forged[1], ["note"], reason="asked for")
    assert [finding.code for finding in one.found((forged[0], after, *forged[2:]))] == ["trail-changed"]


SUBJECTS = (
    attrs.evolve(COMPLAINT, defect="open circuit, says Li"),
    qms.ReturnOrder(
        number="C-1", customer="Li", product="PCB", defect="says Li", received_at=COMPLAINT.received_at
    ),
    qms.Claim(number="C-1", customer="Li", complaint="C-9", received_at=COMPLAINT.received_at),
    qms.Containment(number="C-1", customer="Li", defect="says Li", begun_at=COMPLAINT.received_at),
    qms.CorrectiveAction(
        number="C-1", complaints=["C-9"], customer="Li", family="HDI", raised_at=COMPLAINT.received_at
    ),
    qms.CustomerProperty(
        number="C-1",
        customer="Li",
        category="fixture",
        identification="jig",
        received_at=COMPLAINT.received_at,
    ),
    qms.Visit(number="C-1", customer="Li", purpose="audit", announced_at=COMPLAINT.received_at),
)


def test_the_samples_are_all_typed_subjects() -> None:
    assert {type(one) for one in SUBJECTS} == set(TYPED.values())


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.kind)
def test_a_typed_subject_has_texts_that_can_be_redacted(subject: qms.Complaint) -> None:
    one = kept(attrs.evolve(full(), subject=subject))
    texts = [name for name, value in subject.facts.items() if isinstance(value, str)]
    after = redacted_here(one, 0, *texts)
    assert after.found(after.entries) == ()
    read = case_of(after.entries).subject
    assert ({read.facts[name] for name in texts}, read.number) == ({MARK}, "C-1")
    assert read.facts.keys() == subject.facts.keys()


@pytest.mark.parametrize(
    "change",
    [
        lambda seal: seal["keys"].pop("name"),
        lambda seal: seal["keys"].update(by="00"),
        lambda seal: seal["digests"].pop("by"),
        lambda seal: seal["digests"].update(by="0" * 64),
        lambda seal: seal["digests"].update(note="0" * 64),
        lambda seal: seal["redactions"].clear(),
        lambda seal: seal["redactions"][0].update(reason="another"),
        lambda seal: seal["redactions"][0].update(fields=[]),
        lambda seal: seal.update(check="0" * 64),
    ],
)
def test_the_record_of_a_redaction_is_bound_too(change: Any) -> None:  # noqa: ANN401  # a lambda
    one = redacted_here(kept(secretive()), 1, "by")
    seal = json.loads(one.entries[1].seal)
    change(seal)
    forged = one.with_entry(1, seal=json.dumps(seal, ensure_ascii=False, separators=(",", ":")))
    (finding,) = one.found(forged)
    assert (finding.code, finding.facts["entry"]) == ("trail-unreadable", 1)
    assert "redactions does not fit" in str(finding)
