"""Returns of `pcb-maker`, with their events in any order: nothing is created or lost, nothing passes a gate.

The oracle below keeps its own books in plain numbers and reads no rulebook: it is clause 4.3 once more, by hand.
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
FREE = ("forwarded", "replenishment_requested", "stock_agreed", "shortage_told")
Entry = tuple[str, dict[str, Any]]


@attrs.define
class Books:
    """What a return comes to, kept by hand."""

    noted: int | str | None
    arrived: int | None = None
    counted: int | None = None
    model_ok: bool = True
    settled: bool = False
    handled: int = 0
    good: int = 0
    made: int = 0
    gone: int = 0
    credited: int = 0
    done: set[str] = attrs.field(factory=set)

    def refuses(self, name: str, facts: dict[str, Any]) -> bool:
        """Whether clause 4.3 keeps the event out."""
        if "closed" in self.done or not self._opens(name):
            return True
        after = attrs.evolve(self, done=set(self.done))
        after.take(name, facts)
        too_many = after.counted is not None and after.handled > after.counted
        return too_many or after.gone > after.good + after.made

    def take(self, name: str, facts: dict[str, Any]) -> None:
        """Books the event."""
        many = facts.get("quantity")
        self.done.add(name)
        match name:
            case "counted":
                self.arrived = self.counted = many
                self.model_ok, self.settled = facts["model_ok"], False
            case "count_settled":
                self.settled, self.counted = True, self.counted if many is None else many
            case "inspected" | "reworked":
                self.good += facts["good"]
                self.handled += facts["good"]
            case "scrapped":
                self.handled += many or 0
            case "replenished" | "stock_used":
                self.made += many or 0
            case "redelivered":
                self.gone += many or 0
            case "credited":
                self.credited += many or 0

    def _opens(self, name: str) -> bool:
        done = self.done
        differs = self.arrived is not None and isinstance(self.noted, int) and self.noted != self.arrived
        settled = self.settled or (self.model_ok and not differs)
        opens = {
            "count_settled": "counted" in done,
            "planned": "forwarded" in done and settled,
            "disposition_issued": "planned" in done and settled,
            "inspected": "planned" in done,
            "reworked": "disposition_issued" in done,
            "scrapped": "disposition_issued" in done,
            "replenished": "replenishment_requested" in done,
            "stock_used": "stock_agreed" in done,
            "redelivery_notified": "planned" in done,
            "redelivered": "redelivery_notified" in done,
            "credited": "counted" in done,
            "closed": settled and self._balanced(),
        }
        return opens.get(name, True)

    def _balanced(self) -> bool:
        known = self.settled or self.noted != "undetermined"
        planned = {"counted", "planned"} <= self.done
        return (
            known and planned and self.handled == self.counted and self.gone + self.credited == self.counted
        )


figures = st.integers(0, 4)
steps: st.SearchStrategy[Entry] = st.one_of(
    st.tuples(st.sampled_from((*FREE, "redelivery_notified", "planned", "disposition_issued", "closed")), st.just({})),
    st.tuples(st.just("counted"), st.fixed_dictionaries({"quantity": figures, "model_ok": st.booleans()})),
    st.tuples(st.just("count_settled"), st.fixed_dictionaries({}, optional={"quantity": figures})),
    st.tuples(st.sampled_from(("inspected", "reworked")), st.fixed_dictionaries({"good": figures})),
    st.tuples(
        st.sampled_from(("scrapped", "replenished", "stock_used", "redelivered", "credited")),
        st.fixed_dictionaries({"quantity": figures}),
    ),
)  # fmt: skip
noted = st.none() | figures | st.just("undetermined")
LEAD: list[Entry] = [
    ("forwarded", {}),
    ("counted", {"quantity": 3, "model_ok": True}),
    ("planned", {}),
    ("disposition_issued", {}),
    ("redelivery_notified", {}),
    ("replenishment_requested", {}),
]


def walk(said: int | str | None, entries: list[Entry]) -> tuple[qms.Case, Books]:
    """Offers each event to both, who have to agree, and records what they take."""
    subject = qms.Subject(
        "return", number="R-1", opened_at=NOON, facts={} if said is None else {"quantity": said}
    )
    case, books = PROC.open(subject), Books(said)
    for hours, (name, facts) in enumerate(entries, start=1):
        at = NOON + timedelta(hours=hours)
        refused = any(one.refuses for one in PROC.check(case, name, at=at, facts=facts))
        assert refused is books.refuses(name, facts), (name, facts, books)
        if not refused:
            case = PROC.record(case, name, at=at, facts=facts)
            books.take(name, facts)
    return case, books


def conserved(case: qms.Case) -> None:
    """What is on record, added up from the events themselves, comes out even once the return is closed."""

    def total(*wanted: tuple[str, str]) -> int:
        found = [(one.facts.get(fact)) for name, fact in wanted for one in case.history if one.name == name]
        return sum(many for many in found if isinstance(many, int))

    last = [
        one.facts["quantity"]
        for one in case.history
        if one.name in ("counted", "count_settled") and "quantity" in one.facts
    ]
    good = total(("inspected", "good"), ("reworked", "good"))
    assert good + total(("scrapped", "quantity")) == last[-1]
    gone = total(("redelivered", "quantity"))
    assert gone + total(("credited", "quantity")) == last[-1]
    assert gone <= good + total(("replenished", "quantity"), ("stock_used", "quantity"))


@settings(max_examples=150, deadline=None)
@given(noted, st.lists(steps, max_size=14))
def test_the_rulebook_and_the_books_refuse_the_same_events(
    said: int | str | None, entries: list[Entry]
) -> None:
    walk(said, entries)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from((None, 3, "undetermined")), st.lists(steps, max_size=10))
def test_from_the_disposition_on_they_refuse_the_same_events(
    said: int | str | None, entries: list[Entry]
) -> None:
    case, books = walk(said, [*LEAD, *entries, ("closed", {})])
    figures = PROC.quantities(case, now=NOON + timedelta(days=9))
    assert (figures["counted"], figures["redelivered"], figures["credited"]) == (
        books.counted, books.gone, books.credited,
    )  # fmt: skip
    assert figures["open"] == (books.counted or 0) - books.handled
    if case.status == "closed":
        conserved(case)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_return_that_comes_out_even_closes_in_whatever_order_it_was_handled(data: st.DataObject) -> None:
    counted = data.draw(st.integers(0, 20))
    good = data.draw(st.integers(0, counted))
    reworked = data.draw(st.integers(0, counted - good))
    scrapped = counted - good - reworked
    back = data.draw(st.integers(good + reworked, counted))
    handling: list[Entry] = [
        ("inspected", {"good": good}),
        ("reworked", {"good": reworked}),
        ("scrapped", {"quantity": scrapped}),
        ("replenished", {"quantity": back - good - reworked}),
        ("credited", {"quantity": counted - back}),
    ]
    shuffled = data.draw(st.permutations(handling))
    lead = [(name, {**facts, "quantity": counted} if name == "counted" else facts) for name, facts in LEAD]
    case, _ = walk(counted, [*lead, *shuffled, ("redelivered", {"quantity": back}), ("closed", {})])
    assert case.status == "closed"
    conserved(case)
