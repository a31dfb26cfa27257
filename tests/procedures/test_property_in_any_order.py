"""Customer property of `pcb-maker`, with its events in any order: nothing vanishes, and no incident is passed over.

The oracle below keeps its own register in plain numbers and reads no rulebook: it is clause 4.6 with ISO 9001, 8.5.3,
once more, by hand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PROC = qms.load_rulebook("pcb-maker").on(NOON)
Entry = tuple[str, dict[str, Any]]


@attrs.define
class Register:
    """One line of the register, kept by hand."""

    category: str
    received: int | None
    receipt: str | None
    fit: bool = True
    lost: int = 0
    again: int = 0
    returned: int = 0
    agreed: int = 0
    destroyed: int = 0
    entries: int = 0
    found: dict[str, int] = attrs.field(factory=dict)
    told: dict[str, int] = attrs.field(factory=dict)
    decided: dict[str, int] = attrs.field(factory=dict)
    voided: set[str] = attrs.field(factory=set)
    done: set[str] = attrs.field(factory=set)

    @property
    def kept(self) -> int | None:
        """What should be in the house."""
        gone = self.lost - self.again + self.returned + self.destroyed
        return None if self.received is None else self.received - gone

    def refuses(self, name: str, facts: dict[str, Any]) -> bool:
        """Whether the event has no place in the register."""
        if "closed" in self.done or not self._opens(name):
            return True
        after = attrs.evolve(
            self,
            **{one: type(getattr(self, one))(getattr(self, one)) for one in ("found", "told", "decided", "voided", "done")},
        )  # fmt: skip
        after.take(name, facts)
        if (after.kept or 0) < 0 or after.again > after.lost or after.destroyed > after.agreed:
            return True
        return (name == "inventoried" and facts["found"] != after.kept) or (
            name == "closed" and after.kept != 0
        )

    def take(self, name: str, facts: dict[str, Any]) -> None:
        """Enters the event."""
        self.entries += 1
        self.done.add(name)
        many = facts.get("quantity", 0)
        match name:
            case "checked":
                self.received, self.fit = many, facts["fit"]
            case "incident_found":
                self.lost += facts.get("lost", 0)
                self.found[facts["incident"]] = self.entries
            case "found_again":
                self.again += many
            case "customer_notified":
                self.told[facts["incident"]] = self.entries
            case "customer_decided":
                self.decided[facts["incident"]] = self.entries
            case "destruction_agreed":
                self.agreed += many
            case "destroyed":
                self.destroyed += many
            case "returned":
                self.returned += many
            case "receipt_voided":
                self.voided.add(facts["receipt"])

    def _opens(self, name: str) -> bool:
        done = self.done
        opens = {
            "registered": "checked" in done,
            "contact_note_issued": "registered" in done,
            "kept": "registered" in done and (self.category != "fixture" or "contact_note_issued" in done),
            "inventoried": "registered" in done,
            "found_again": "incident_found" in done,
            "customer_notified": "incident_found" in done,
            "customer_decided": "customer_notified" in done,
            "destruction_agreed": "checked" in done,
            "destroyed": "destruction_agreed" in done,
            "returned": "checked" in done,
            "closed": "registered" in done and self._settled(),
        }
        return opens.get(name, True)

    def _settled(self) -> bool:
        known = all(
            self.told.get(one, -1) > when and self.decided.get(one, -1) > when for one, when in self.found.items()
        )  # fmt: skip
        return (
            known and (self.fit or bool(self.found)) and (self.receipt is None or self.receipt in self.voided)
        )


figures = st.integers(0, 2)
incidents = st.sampled_from(("I-1", "I-2"))
steps: st.SearchStrategy[Entry] = st.one_of(
    st.tuples(st.sampled_from(("registered", "contact_note_issued", "kept", "closed")), st.just({})),
    st.tuples(st.just("checked"), st.fixed_dictionaries({"fit": st.booleans(), "quantity": figures})),
    st.tuples(st.just("inventoried"), st.fixed_dictionaries({"found": figures})),
    st.tuples(
        st.just("incident_found"),
        st.fixed_dictionaries(
            {"incident": incidents, "what": st.sampled_from(("loss", "damage", "unfit"))}, optional={"lost": figures}
        ),
    ),
    st.tuples(st.just("found_again"), st.fixed_dictionaries({"incident": incidents, "quantity": figures})),
    st.tuples(st.just("customer_notified"), st.fixed_dictionaries({"incident": incidents, "proof": st.just("mail")})),
    st.tuples(st.just("customer_decided"), st.fixed_dictionaries({"incident": incidents, "decision": st.just("x")})),
    st.tuples(st.just("destruction_agreed"), st.fixed_dictionaries({"quantity": figures, "reference": st.just("m")})),
    st.tuples(st.just("destroyed"), st.fixed_dictionaries({"quantity": figures})),
    st.tuples(st.just("returned"), st.fixed_dictionaries({"quantity": figures, "receipt": st.just("A-1")})),
    st.tuples(st.just("receipt_voided"), st.fixed_dictionaries({"receipt": st.sampled_from(("Q-1", "Q-2"))})),
)  # fmt: skip
categories = st.sampled_from(("drawing", "fixture"))
LEAD: list[Entry] = [
    ("checked", {"fit": True, "quantity": 2}),
    ("registered", {}),
    ("contact_note_issued", {}),
]
LOSS: Entry = ("incident_found", {"incident": "I-1", "what": "loss", "lost": 1})
SETTLING: list[Entry] = [
    ("customer_notified", {"incident": "I-1", "proof": "letter"}),
    ("customer_decided", {"incident": "I-1", "decision": "replace it"}),
]


def walk(
    entries: list[Entry], category: str = "fixture", noted: int | None = None, receipt: str | None = None
) -> tuple[qms.Case, Register]:
    """Offers each event to both, who have to agree, and records what they take."""
    subject = qms.CustomerProperty(
        number="P-1", customer="ACME", category=category, quantity=noted, received_at=NOON
    )
    case = PROC.open(subject, facts={} if receipt is None else {"receipt": receipt})
    register = Register(category, noted, receipt)
    for hours, (name, facts) in enumerate(entries, start=1):
        at = NOON + timedelta(hours=hours)
        refused = any(one.refuses for one in PROC.check(case, name, at=at, facts=facts))
        assert refused is register.refuses(name, facts), (name, facts, register)
        if not refused:
            case = PROC.record(case, name, at=at, facts=facts)
            register.take(name, facts)
    return case, register


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=14), categories, st.none() | figures, st.none() | st.just("Q-1"))
def test_the_rulebook_and_the_register_refuse_the_same_events(
    entries: list[Entry], category: str, noted: int | None, receipt: str | None
) -> None:
    walk(entries, category, noted, receipt)


@settings(max_examples=120, deadline=None)
@given(st.lists(steps, max_size=9))
def test_once_it_is_registered_they_keep_the_same_books(entries: list[Entry]) -> None:
    case, register = walk([*LEAD, *entries, ("closed", {})])
    books = PROC.quantities(case, now=NOON + timedelta(days=9))
    assert (books["received"], books["kept"]) == (register.received, register.kept)
    if case.status == "closed":
        told = [one.facts["incident"] for one in case.history if one.name == "customer_notified"]
        assert {one.facts["incident"] for one in case.history if one.name == "incident_found"} <= set(told)
        assert register.kept == 0


@settings(max_examples=60, deadline=None)
@given(st.permutations([*SETTLING, ("returned", {"quantity": 1, "receipt": "A-1"}), ("kept", {})]))
def test_a_lost_fixture_closes_in_any_order_in_which_the_customer_decides_on_what_it_was_told(
    entries: list[Entry],
) -> None:
    case, _ = walk([*LEAD, LOSS, *entries, ("closed", {})])
    in_order = [one for one in entries if one in SETTLING] == SETTLING
    assert (case.status == "closed") is in_order
