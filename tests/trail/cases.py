"""Cases whose trail is kept: one with every sort of entry, any walk that the rules allow, any facts at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import strategies as st

import qms_service as qms
from qms_service.instants import instant
from qms_service.trail import Entry, entries_of, findings_of, redacted

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
FIRST = qms.load_rulebook("pcb-maker").on(NINE)
SECOND = qms.Procedure(
    attrs.evolve(FIRST.rules, edition="2", effective_from=instant(NINE + timedelta(days=1)))
)
BOOK = qms.Rulebook("pcb-maker", (FIRST, SECOND))
COMPLAINT = qms.Complaint(
    number="C-1", customer="ACME 电子", product="PCB-7781", quantity=500, received_at=NINE
)


def full() -> qms.Case:
    """A complaint with an event of every sort: texts, evidence, a concession, a correction, a new edition."""
    photo = qms.Evidence(kind="photo", uri="file:///li/1.jpg", media_type="image/jpeg")
    case = BOOK.open(COMPLAINT)
    case = FIRST.record(
        case, "forwarded", at=NINE, by="Li", department="marketing", note="请速办", evidence=[photo]
    )
    case = FIRST.record(case, "analysed", at=NINE, by="Wu", established=True, ours=True, cause="operation")
    case = FIRST.record(case, "answered", at=NINE, by="Li", on_behalf_of="quality", despite="客户要求 by Li")
    mended = {"of": 3, "facts": {"cause": "unknown"}, "reason": "Wu misread it"}
    case = FIRST.record(case, "corrected", at=NINE, facts=mended)
    case = BOOK.change_edition(case, "2", at=NINE + timedelta(days=2), reason="limits tightened", by="Zhao")
    return SECOND.record(case, "passed_on", at=NINE + timedelta(days=3), by="Li")


@attrs.frozen
class Kept:
    """A case as a store keeps it: the entries, and the row that tells how many there are and how they end."""

    case: qms.Case
    entries: tuple[Entry, ...]
    head: str

    def found(self, entries: Sequence[Entry], *, noted: str | None = None) -> tuple[qms.Finding, ...]:
        """What is found where these entries stand instead, behind an untouched row."""
        return findings_of(self.case.id, entries, version=self.case.version, head=self.head, noted=noted)

    def with_entry(self, place: int, **changed: Any) -> tuple[Entry, ...]:  # noqa: ANN401  # the fields of an Entry
        """The entries with one of them changed."""
        entry = attrs.evolve(self.entries[place], **changed)
        return (*self.entries[:place], entry, *self.entries[place + 1 :])


def kept(case: qms.Case) -> Kept:
    """A case as a store keeps it."""
    entries = entries_of(case)
    return Kept(case, entries, entries[-1].hash)


def redacted_here(one: Kept, place: int, *fields: str, reason: str = "asked for") -> Kept:
    """The case as kept after a redaction."""
    entry = redacted(one.entries[place], fields, reason=reason)
    return attrs.evolve(one, entries=(*one.entries[:place], entry, *one.entries[place + 1 :]))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
NAMES = [*FIRST.rules.kind("complaint").events, "withdrawn", "reopened", "paused", "edition_changed"]
FACTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "analysed": st.fixed_dictionaries({"established": st.booleans()}, optional={"ours": st.booleans()}),
    "cause_reported": st.fixed_dictionaries({"cause": st.sampled_from(["operation", "process"])}),
    "verified": st.fixed_dictionaries({"effective": st.booleans()}),
    "paused": st.fixed_dictionaries({"reason": TEXTS}),
}


@st.composite
def walks(draw: st.DrawFn) -> qms.Case:
    """A complaint after any steps that the rules allow, under either edition."""
    case = BOOK.open(attrs.evolve(COMPLAINT, customer=draw(TEXTS) + "客", defect=draw(st.none() | TEXTS)))
    passed = timedelta()
    for _ in range(draw(st.integers(0, 8))):
        passed += timedelta(minutes=draw(st.integers(0, 2000)))
        case = _stepped(draw, case, draw(st.sampled_from(NAMES)), NINE + passed)
    return case


def _stepped(draw: st.DrawFn, case: qms.Case, name: str, at: datetime) -> qms.Case:
    try:
        if name == "edition_changed":
            return BOOK.change_edition(case, draw(st.sampled_from("12")), at=at, reason="as decided")
        by, note, facts = draw(st.none() | TEXTS), draw(st.none() | TEXTS), draw(FACTS.get(name, st.just({})))
        return BOOK.of(case).record(case, name, at=at, by=by, note=note, facts=facts)
    except qms.Refused:
        return case


FIGURES = st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
MOMENTS = st.dates(date(1900, 1, 1)) | st.integers(0, 10**9).map(
    lambda seconds: NINE + timedelta(seconds=seconds)
)
VALUES = st.recursive(
    st.none() | FIGURES | MOMENTS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def any_cases(draw: st.DrawFn) -> qms.Case:
    """A case of some other rulebook, with facts of any name and any value."""
    facts = st.dictionaries(TEXTS, VALUES, max_size=3)
    events = [
        qms.Event(draw(TEXTS), NINE, seq=seq, by=draw(st.none() | TEXTS), facts=draw(facts))
        for seq in range(1, draw(st.integers(1, 3)) + 1)
    ]
    subject = qms.Subject(draw(TEXTS), number=draw(TEXTS), opened_at=NINE, facts=draw(facts))
    return qms.Case(subject=subject, pin=FIRST.rules.pin, history=events)
