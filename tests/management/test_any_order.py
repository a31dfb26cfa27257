"""The order in which cases come, and how a span is split, change no figure."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.management import ManagementReview

from .story import BOOK, CASES, END, STANDS, START, Entry, at, complaint, review_of

YEAR = review_of()
DAY = st.integers(0, 500).map(lambda days: at("2025-10-01").add(days=days))
FACTS: dict[str, dict[str, object]] = {
    "analysed": STANDS, "reopened": {"reason": "x"}, "withdrawn": {"reason": "x"},
}  # fmt: skip
STEPS = ("forwarded", "analysed", "closed", "reopened", "withdrawn", "contained")


@st.composite
def histories(draw: st.DrawFn) -> list[qms.Case]:
    """Complaints with a few events on days before, in and after the year."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        opened = draw(DAY)
        names = draw(st.lists(st.sampled_from(STEPS), max_size=5))
        events: list[Entry] = [(name, str(draw(DAY)), FACTS.get(name, {})) for name in names]
        defect = draw(st.sampled_from([None, "open", "short", "warp"]))
        found.append(complaint(f"C-{number}", str(opened), draw(st.sampled_from("AB")), defect, *events))
    return found


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_cases_may_come_in_any_order(chance: Random) -> None:
    cases = list(CASES)
    chance.shuffle(cases)
    assert review_of(cases) == YEAR
    assert review_of(cases).to_markdown("zh") == YEAR.to_markdown("zh")


@given(histories())
@settings(max_examples=40)
def test_what_came_is_what_went_and_every_part_adds_up(cases: list[qms.Case]) -> None:
    review = review_of(cases)
    flow = review.flow("complaint")
    assert flow is not None
    assert flow.base == flow.closed + flow.withdrawn + flow.open
    assert flow.received == review.complaints.base == sum(month.received for month in flow.months)
    assert flow.closed + flow.withdrawn == sum(month.settled for month in flow.months)
    assert all(one.base == flow.received for one in review.complaints.rankings)
    assert "unreadable" not in {limit.code for limit in review.limits}


def counted(review: ManagementReview) -> Counter[str]:
    """The figures that add up over spans: what was received, what was claimed, and the clocks that started."""
    found: Counter[str] = Counter()
    for flow in review.flows:
        found[f"{flow.kind} received"] += flow.received
    for one, number in review.complaints.found:
        found[one] += number
    for clock in review.clocks:
        for state, number in clock.states:
            found[f"{clock.kind} {clock.clock} {state}"] += number
    for ranking in review.complaints.rankings:
        for value, number in ranking.top:
            found[f"{ranking.of} {value}"] += number
    return +found


@given(histories(), st.integers(1, 364))
@settings(max_examples=40)
def test_two_spans_that_touch_add_up_to_the_one_that_they_make(cases: list[qms.Case], days: int) -> None:
    middle = START.add(days=days)
    parts = [review_of(cases, end=middle, top=9), review_of(cases, start=middle, end=END, top=9)]
    assert counted(parts[0]) + counted(parts[1]) == counted(review_of(cases, top=9))


@given(histories(), st.integers(1, 364))
@settings(max_examples=30)
def test_what_is_open_at_the_end_of_a_span_is_open_before_the_next(cases: list[qms.Case], days: int) -> None:
    middle = START.add(days=days)
    first, second = (
        review.flow("complaint") for review in (review_of(cases, end=middle), review_of(cases, start=middle))
    )
    assert first is not None
    assert second is not None
    assert first.open == second.before


@given(histories())
@settings(max_examples=30)
def test_shares_lie_within_their_base_and_agree_with_the_clocks_asked_one_by_one(
    cases: list[qms.Case],
) -> None:
    review = review_of(cases)
    expected: Counter[tuple[str, str]] = Counter()
    for case in cases:
        for deadline in BOOK.of(case).deadlines(case, now=review.now):
            started = deadline.started_at
            if deadline.urgency is None and started is not None and START <= started < END:
                expected[deadline.id, deadline.state.value] += 1
    found = {
        (clock.clock, state.value): number
        for clock in review.clocks
        if clock.kind == "complaint"
        for state, number in clock.states
    }
    assert found == expected
    assert all(clock.on_time is None or 0 <= clock.on_time <= 1 for clock in review.clocks)
