"""Suspect goods of a containment: whatever the order of events, no board is created or lost at any place."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PROC = qms.load_rulebook("pcb-maker").on(NOON)
PLACES = ("uncut", "in_process", "finished", "warehouse", "in_transit", "at_customer")
Entry = tuple[str, dict[str, Any]]


class Ledger:
    """A sheet of paper with a line for each place, kept as a foreman would keep it."""

    def __init__(self) -> None:
        self.suspect: dict[str, int | str] = {}
        self.needless: set[str] = set()
        self.good: Counter[str] = Counter()
        self.bad: Counter[str] = Counter()
        self.stopped: set[str] = set()
        self.done: set[str] = set()
        self.effective = False
        self.is_lifted = True

    def refuses(self, name: str, facts: dict[str, Any]) -> bool:
        return "closed" in self.done or not self._opens(name, facts)

    def _opens(self, name: str, facts: dict[str, Any]) -> bool:
        done, place = self.done, str(facts.get("place"))
        checked = self.good[place] + self.bad[place]
        ready = {"contained", "clean_point_set"} <= done and self.is_lifted
        more = facts.get("good", 0) + facts.get("bad", 0)
        opens = {
            "place_listed": checked <= _many(facts.get("suspect")),
            "place_checked": bool(self.suspect) and checked + more <= _many(self.suspect.get(place)),
            "stop_notice_lifted": "stop_notice_issued" in done,
            "contained": all(one in self.suspect or one in self.needless for one in PLACES),
            "released": ready and self.effective and self._all_checked(),
            "closed": "released" in done and self.effective and self._all_checked(),
        }
        return opens.get(name, True)

    def take(self, name: str, facts: dict[str, Any]) -> None:
        self.done.add(name)
        place = str(facts.get("place"))
        match name:
            case "place_listed":
                self.suspect[place] = facts["suspect"]
            case "place_not_applicable":
                self.needless.add(place)
            case "place_checked":
                self.good[place] += facts["good"]
                self.bad[place] += facts["bad"]
            case "stop_notice_issued":
                self.is_lifted = False
            case "stop_notice_lifted":
                self.is_lifted = True
            case "action_verified":
                self.effective = facts["effective"]

    def _all_checked(self) -> bool:
        touched = {*self.suspect, *(one for one in PLACES if one in self.good or one in self.bad)}
        return all(self.good[one] + self.bad[one] == self.suspect.get(one) for one in touched)


def _many(figure: object) -> float:
    """A figure that is not known stands in nobody's way."""
    return figure if isinstance(figure, int) else float("inf")


figures = st.integers(0, 4)
places = st.sampled_from(PLACES[:3])
steps = st.one_of(
    st.tuples(st.just("place_listed"), st.fixed_dictionaries({"place": places, "suspect": figures | st.just("undetermined")})),
    st.tuples(st.just("place_checked"), st.fixed_dictionaries({"place": places, "good": figures, "bad": figures})),
    st.tuples(st.just("place_not_applicable"), st.fixed_dictionaries({"place": places, "reason": st.just("none there")})),
    st.tuples(st.sampled_from(("stop_notice_issued", "stop_notice_lifted")), st.just({"line": "etching"})),
    st.tuples(st.just("action_verified"), st.fixed_dictionaries({"effective": st.booleans()})),
    st.tuples(st.just("clean_point_set"), st.just({"first_good": "lot 2610-3"})),
    st.tuples(st.sampled_from(("contained", "released", "closed")), st.just({})),
)  # fmt: skip
LEAD: list[Entry] = [
    *(("place_not_applicable", {"place": place, "reason": "none there"}) for place in PLACES[2:]),
    ("clean_point_set", {"first_good": "lot 2610-3"}),
    *(("place_listed", {"place": place, "suspect": 3}) for place in PLACES[:2]),
    ("contained", {}),
    ("action_verified", {"effective": True}),
]


def walk(entries: list[Entry]) -> tuple[qms.Case, Ledger]:
    """Offers each event to both, who have to agree, and records what they take."""
    case, ledger = PROC.open(qms.Containment(number="CT-1", begun_at=NOON)), Ledger()
    for hours, (name, facts) in enumerate(entries, start=1):
        at = NOON + timedelta(hours=hours)
        refused = any(one.refuses for one in PROC.check(case, name, at=at, facts=facts))
        assert refused is ledger.refuses(name, facts), (
            name,
            facts,
            [str(one) for one in PROC.check(case, name, at=at, facts=facts)],
        )
        if not refused:
            case = PROC.record(case, name, at=at, facts=facts)
            ledger.take(name, facts)
    return case, ledger


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=14))
def test_the_rulebook_and_the_sheet_refuse_the_same_events(entries: list[Entry]) -> None:
    walk(entries)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=10))
def test_once_contained_suspect_is_checked_and_unchecked_at_each_place_and_nothing_else(
    entries: list[Entry],
) -> None:
    case, ledger = walk([*LEAD, *entries, ("released", {}), ("closed", {})])
    figures: Any = PROC.quantities(case, now=NOON + timedelta(days=9))
    for place, many in ledger.suspect.items():
        assert figures["suspect"][place] == many
        checked = ledger.good[place] + ledger.bad[place]
        if checked:
            assert figures["checked"][place] == checked
        if isinstance(many, int):
            assert figures["unchecked"][place] == many - checked
    if case.status == "closed":
        assert all(value == 0 for value in figures["unchecked"].values())
        assert sum(ledger.suspect.values()) == ledger.good.total() + ledger.bad.total()  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_goods_that_are_all_checked_are_released_in_whatever_order_they_were(data: st.DataObject) -> None:
    lots = data.draw(st.lists(st.tuples(st.sampled_from(PLACES), figures, figures), max_size=8))
    found: Counter[str] = Counter()
    for place, good, bad in lots:
        found[place] += good + bad
    listed: list[Entry] = [("place_listed", {"place": place, "suspect": found[place]}) for place in PLACES]
    checks: list[Entry] = [
        ("place_checked", {"place": place, "good": good, "bad": bad}) for place, good, bad in lots
    ]
    rest: list[Entry] = [("clean_point_set", {"first_good": "x"}), ("action_verified", {"effective": True})]
    entries = [
        *data.draw(st.permutations(listed)),
        ("contained", {}),
        *data.draw(st.permutations([*checks, *rest])),
    ]
    case, ledger = walk([*entries, ("released", {}), ("closed", {})])
    assert case.status == "closed"
    assert ledger.good.total() + ledger.bad.total() == found.total()
