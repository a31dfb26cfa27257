"""Claims of `pcb-maker`, with their events in any order: Finance comes last, and nothing closes past a gate.

The oracle below keeps its own list of what was signed since the last judgement; it reads no rulebook.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PROC = qms.load_rulebook("pcb-maker").on(NOON)
BOSSES = ("Li", "Zhou")  # Li opened the claim
Entry = tuple[str, str | None, dict[str, Any]]  # the event, its department or person, its facts


@attrs.define
class Memorial:
    """What stands on the memorial of a claim, kept by hand (clauses 4.4, 4.4.2.3)."""

    evidence: bool = False
    reasonable: bool | None = None
    concerned: tuple[str, ...] = ()
    managed: bool = False
    signed: set[str] = attrs.field(factory=set)
    approved: bool = False
    settled: str = ""
    closed: bool = False

    def refuses(self, name: str, who: str | None) -> bool:
        """Whether the event may not be recorded."""
        opens = {
            "judged": self.evidence,
            "decision_countersigned": self.reasonable is not None,
            "countersigned": self.managed,
            "approved": self._signed_by_all() and who not in (None, "Li"),
            "posted": self.approved,
            "rejected": self.reasonable is False and self.managed,
            "closed": self.settled == {True: "posted", False: "rejected", None: "never"}[self.reasonable],
        }
        return self.closed or not opens.get(name, True)

    def _signed_by_all(self) -> bool:
        return (
            self.reasonable is True
            and self.managed
            and bool(self.signed)
            and self.signed >= set(self.concerned)
        )

    def take(self, name: str, who: str | None, facts: dict[str, Any]) -> None:
        """Writes the event down; a new judgement clears the page."""
        match name:
            case "evidence_given":
                self.evidence = True
            case "judged":
                self.reasonable = facts["reasonable"]
                self.concerned = tuple(facts.get("departments", ()))
                self.managed, self.approved, self.settled = False, False, ""
                self.signed.clear()
            case "decision_countersigned":
                self.managed = True
            case "countersigned":
                self.signed.add(str(who))
            case "approved":
                self.approved = True
            case "posted" | "rejected":
                self.settled = name
            case "closed":
                self.closed = True


judgements = st.fixed_dictionaries(
    {"reasonable": st.sampled_from((True, True, False))},
    optional={"departments": st.lists(st.sampled_from(("quality", "process")), max_size=2, unique=True)},
)
plain = st.sampled_from(
    ("evidence_given", "decision_countersigned", "posted", "rejected", "closed", "reason_confirmed")
)
steps: st.SearchStrategy[Entry] = st.one_of(
    st.tuples(plain, st.none(), st.just({})),
    st.tuples(st.just("judged"), st.none(), judgements),
    st.tuples(st.just("countersigned"), st.sampled_from(("quality", "process", "planning")), st.just({})),
    st.tuples(st.just("approved"), st.sampled_from((None, *BOSSES, "Zhou")), st.just({})),
)
LEAD: list[Entry] = [
    ("evidence_given", None, {}),
    ("judged", None, {"reasonable": True, "departments": ["quality", "process"]}),
    ("decision_countersigned", None, {}),
    ("countersigned", "quality", {}),
]


def walk(entries: list[Entry]) -> qms.Case:
    """Offers each event to both, who have to agree, and records what they take."""
    case = PROC.open(qms.Claim(number="MRKT-20260301", customer="ACME", received_at=NOON), by="Li")
    memorial = Memorial()
    for hours, (name, who, facts) in enumerate(entries, start=1):
        acting = {"by": who} if name == "approved" else {"department": who}
        entry: dict[str, Any] = {"at": NOON + timedelta(hours=hours), "facts": facts, **acting}
        refused = any(one.refuses for one in PROC.check(case, name, **entry))
        assert refused is memorial.refuses(name, who), (name, who, facts, memorial)
        if not refused:
            case = PROC.record(case, name, **entry)
            memorial.take(name, who, facts)
    return case


def last(case: qms.Case, name: str) -> int:
    return max((one.seq for one in case.history if one.name == name), default=0)


def in_order(case: qms.Case) -> None:
    """Whatever was offered, what is on record at a closing came in the order of the clause."""
    judged = max((one for one in case.history if one.name == "judged"), key=lambda one: one.seq)
    if judged.facts["reasonable"]:
        assert judged.seq < last(case, "approved") < last(case, "posted") < last(case, "closed")
        assert any(judged.seq < one.seq for one in case.history if one.name == "countersigned")
    else:
        assert judged.seq < last(case, "rejected") < last(case, "closed")
    assert judged.seq < last(case, "decision_countersigned")


@settings(max_examples=200, deadline=None)
@given(st.lists(steps, max_size=14))
def test_the_rulebook_and_the_memorial_refuse_the_same_events(entries: list[Entry]) -> None:
    case = walk(entries)
    if case.status == "closed":
        in_order(case)


@settings(max_examples=200, deadline=None)
@given(st.lists(steps, max_size=10))
def test_from_the_countersignatures_on_they_refuse_the_same_events(entries: list[Entry]) -> None:
    case = walk([*LEAD, *entries, ("posted", None, {}), ("closed", None, {})])
    if case.status == "closed":
        in_order(case)


def test_the_way_of_a_reasonable_claim_ends_with_its_closing() -> None:
    rest: list[Entry] = [
        ("countersigned", "process", {}), ("approved", "Zhou", {}), ("posted", None, {}), ("closed", None, {}),
    ]  # fmt: skip
    case = walk([*LEAD, *rest])
    assert case.status == "closed"
    in_order(case)
