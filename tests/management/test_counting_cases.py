"""The figures of the story, counted by hand from its table."""

from __future__ import annotations

import attrs
import pytest

import qms_service as qms
from qms_service.management import Flow, Found

from .story import BOOK, CASES, END, NOW, START, at, complaint, review_of

YEAR = review_of()


def moves(flow: Flow) -> tuple[int, ...]:
    return flow.before, flow.received, flow.reopened, flow.closed, flow.withdrawn, flow.open


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("complaint", (1, 5, 1, 3, 1, 3)),  # C-0 | C-1 to C-5 | C-7; C-0 C-1 C-2 | C-4 | C-3 C-5 C-7
        ("return", (0, 3, 0, 1, 0, 2)),  # R-1 | R-2 R-3
        ("claim", (1, 4, 0, 2, 0, 3)),  # M-0 | M-1 to M-4; M-0 M-1 | M-2 M-3 M-4
    ],
)
def test_each_case_of_the_year_is_counted_once(kind: str, expected: tuple[int, ...]) -> None:
    flow = YEAR.flow(kind)
    assert flow is not None
    assert moves(flow) == expected
    assert flow.base == flow.closed + flow.withdrawn + flow.open == sum(expected[:3])


def test_the_months_add_up_to_what_was_received_and_settled() -> None:
    for flow in YEAR.flows:
        assert [month.name for month in flow.months] == [f"2026-{month:02}" for month in range(1, 13)]
        assert sum(month.received for month in flow.months) == flow.received
        assert sum(month.settled for month in flow.months) == flow.closed + flow.withdrawn


def test_a_complaint_of_the_last_hour_of_january_in_shanghai_is_of_january() -> None:
    flow = YEAR.flow("complaint")
    assert flow is not None
    received = {month.name: month.received for month in flow.months if month.received}
    settled = {month.name: month.settled for month in flow.months if month.settled}
    assert received == {"2026-01": 1, "2026-03": 1, "2026-05": 2, "2026-12": 1}
    assert settled == {"2026-01": 1, "2026-02": 1, "2026-03": 1, "2026-05": 1}


def test_the_first_instant_after_the_period_is_of_the_next_one() -> None:
    last = complaint("C-8", "2026-12-31 23:59:59.999999", "ACME", None)
    first = complaint("C-9", "2027-01-01", "ACME", None)
    assert review_of([last, first]).complaints.base == 1
    next_year = review_of([last, first], start=END, end=at("2028-01-01"))
    assert next_year.complaints.base == 1
    flow = next_year.flow("complaint")
    assert flow is not None
    assert (flow.before, flow.received) == (1, 1)


def test_complaints_stand_by_what_the_analysis_found_also_after_the_period() -> None:
    found = YEAR.complaints
    assert {one: found[one] for one in Found} == {
        Found.OURS: 2,  # C-1, and C-5 analysed in January
        Found.NOT_OURS: 1,
        Found.UNDECIDED: 0,
        Found.NOT_ESTABLISHED: 1,
        Found.NOT_ANALYSED: 1,
    }
    assert (found.base, found.established) == (5, 3)
    assert str(found.clause) == "pcb-maker 4.2.4.2"


def test_a_review_held_on_the_last_day_does_not_know_the_new_year() -> None:
    early = review_of(now=at("2026-12-31 22:00"))
    assert early.complaints["ours"] == 1
    assert early.complaints["not_analysed"] == 2


def test_established_without_a_word_on_whose_it_is_stays_undecided() -> None:
    one = complaint("C-9", "2026-02-01", "ACME", None, ("analysed", "2026-02-01", {"established": True}))
    assert review_of([one]).complaints["undecided"] == 1


def test_the_most_frequent_values_come_first_and_what_is_left_is_told() -> None:
    by = {one.of: one for one in YEAR.complaints.rankings}
    assert by["defect"].top == (("open circuit", 3), ("short", 1))  # " open circuit " is the same
    assert (by["defect"].others, by["defect"].missing, by["defect"].base) == (0, 1, 5)
    assert by["customer"].top == (("ACME", 2), ("Beta", 2), ("Gamma", 1))
    short = {one.of: one for one in review_of(top=1).complaints.rankings}["customer"]
    assert (short.top, short.others, short.other_values, short.base) == ((("ACME", 2),), 3, 2, 5)


def test_an_opening_that_was_corrected_counts_where_it_was_moved_to() -> None:
    case = complaint("C-9", "2026-01-05", "ACME", None)
    moved = BOOK.of(case).record(
        case, "corrected", at=at("2026-01-06"), of=1, facts={"at": at("2025-12-30")}, reason="typed wrong"
    )
    assert review_of([case]).complaints.base == 1
    assert review_of([moved]).complaints.base == 0


def test_a_closing_that_was_struck_out_later_leaves_the_case_open() -> None:
    case = complaint("C-9", "2026-01-05", "ACME", None, ("closed", "2026-02-01"))
    struck = BOOK.of(case).record(
        case, "corrected", at=at("2027-01-10"), facts={"of": 2, "void": True, "reason": "wrong case"}
    )
    assert [moves(flow)[3:] for flow in review_of([struck]).flows[:1]] == [(0, 0, 1)]
    assert [moves(flow)[3:] for flow in review_of([struck], now=at("2027-01-09")).flows[:1]] == [(1, 0, 0)]


def test_a_kind_that_had_no_case_is_not_listed_beyond_the_main_three() -> None:
    assert [flow.kind for flow in review_of([]).flows] == ["complaint", "return", "claim"]
    improvement = BOOK.open(qms.Subject("improvement", number="I-1", opened_at=at("2026-05-05")))
    assert [flow.kind for flow in review_of([improvement]).flows][-1] == "improvement"


def test_the_review_before_stands_beside_this_one_without_its_own() -> None:
    before = review_of(start=at("2025-01-01"), end=START)
    now = review_of(previous=attrs.evolve(before, previous=before))
    assert now.previous == before
    flow = before.flow("complaint")
    assert flow is not None
    assert moves(flow) == (0, 3, 0, 2, 0, 1)  # C-00 C-0 C-7; C-0 was open
    assert "received, period before" in str(now)


def test_a_review_is_a_value() -> None:
    assert review_of() == YEAR
    assert hash(review_of()) == hash(YEAR)
    assert YEAR.cases == len(CASES)
    assert YEAR.now == NOW


def test_a_review_takes_the_cases_of_a_store() -> None:
    with qms.adapters.memory.open() as store:
        with store.transaction() as t:
            for case in CASES:
                t.cases.save(case)
        with store.transaction() as t:
            cases = (t.cases.load(view.id) for view in t.cases.find())
            assert review_of(cases) == YEAR
