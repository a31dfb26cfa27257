"""How the clocks of a period were kept: once a case, and only what is decided stands in a base."""

from __future__ import annotations

from fractions import Fraction

import qms_service as qms
from qms_service.management import ClockFigures, ManagementReview

from .story import STANDS, at, book_with, case, complaint, review_of


def clock(review: ManagementReview, name: str, kind: str = "complaint") -> ClockFigures:
    return next(one for one in review.clocks if (one.kind, one.clock) == (kind, name))


def test_the_share_on_time_is_of_the_decided_ones() -> None:
    # C-1 met at its last instant, C-2 a minute late, C-3 overdue, C-4 and C-5 met; C-0 started the year before.
    figures = clock(review_of(), "initial-analysis")
    assert (figures["met"], figures["met_late"], figures["overdue"], figures.base) == (3, 1, 1, 5)
    assert figures.on_time == Fraction(3, 5)
    assert (figures.within, str(figures.clause)) == ("12 h", "pcb-maker 4.2.4.2")


def test_what_ended_with_its_case_is_void_and_in_no_base() -> None:
    response = clock(review_of(), "customer-response")
    assert (response["void"], response["overdue"], response.decided) == (3, 2, 2)


def test_where_nothing_is_decided_there_is_no_share() -> None:
    one = complaint("C-9", "2026-12-31 20:00", "ACME", None, ("forwarded", "2026-12-31 21:00"))
    figures = clock(review_of([one], now=at("2026-12-31 22:00")), "initial-analysis")
    assert (figures["running"], figures.decided, figures.on_time) == (1, 0, None)
    answer = clock(review_of([one], now=at("2026-12-31 22:00")), "answer")
    assert (answer["undecided"], answer.on_time) == (1, None)


def test_a_clock_belongs_to_the_period_in_which_it_started() -> None:
    one = complaint(
        "C-9", "2026-12-31 20:00", "ACME", None,
        ("forwarded", "2026-12-31 23:00"), ("analysed", "2027-01-01 01:00", STANDS), ("contained", "2027-01-01 09:00"),
    )  # fmt: skip
    this, after = review_of([one]), review_of([one], start=at("2027-01-01"), end=at("2027-02-01"))
    assert [clock(each, "initial-analysis").base for each in (this, after)] == [1, 0]
    assert [clock(each, "containment").base for each in (this, after)] == [0, 1]


def test_a_case_counts_once_for_a_clock_however_many_events_it_has() -> None:
    one = complaint(
        "C-9", "2026-02-01", "ACME", None,
        ("forwarded", "2026-02-01 09:00"), ("forwarded", "2026-02-02 09:00"), ("analysed", "2026-02-01 10:00", STANDS),
        ("analysed", "2026-02-03 10:00", STANDS),
    )  # fmt: skip
    assert clock(review_of([one]), "initial-analysis").base == 1


def test_what_is_due_at_once_or_in_good_time_has_no_share() -> None:
    names = {(one.kind, one.clock) for one in review_of().clocks}
    assert ("complaint", "clarification") not in names  # at once
    assert ("survey", "follow-up") not in names  # in good time


def test_a_term_that_the_factory_has_not_set_is_unknown_and_told() -> None:
    book = book_with(
        qms.Clock("initial-analysis", start="forwarded", stop="analysed", within="?", clause="4.2.4.2")
    )
    one = complaint("C-9", "2026-02-01", "ACME", None, ("forwarded", "2026-02-01 09:00"))
    review = review_of([one], book=book)
    (figures,) = [one for one in review.clocks if one.kind == "complaint"]
    assert (figures["unknown"], figures.decided, figures.on_time) == (1, 0, None)
    (limit,) = [one for one in review.limits if one.code == "unknown-clock"]
    assert limit.count == 1
    assert limit.examples[0][0] == "C-9"
    assert "the factory has to set it" in str(limit.examples[0][1])


def test_beyond_the_calendar_a_clock_is_unknown_or_provisional_and_told_either_way() -> None:
    week = {day: [("08:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar = qms.WorkCalendar(timezone="Asia/Shanghai", weekly=week, known_until=at("2026-12-30").date())
    working = qms.Clock("initial-analysis", start="forwarded", stop="analysed", within="2 working d")
    book = book_with(working, calendar)
    one = complaint("C-9", "2026-12-30", "ACME", None, ("forwarded", "2026-12-30 09:00"))
    refused = review_of([one], book=book)
    assert clock(refused, "initial-analysis")["unknown"] == 1
    assert "unknown-clock" in {limit.code for limit in refused.limits}
    answered = review_of([one], book=book, on_unknown="provisional")
    assert clock(answered, "initial-analysis")["overdue"] == 1
    assert "provisional" in {limit.code for limit in answered.limits}


def test_a_return_without_its_note_starts_no_clock() -> None:
    one = case(qms.ReturnOrder(number="R-9", customer="ACME", received_at=at("2026-02-01")))
    assert clock(review_of([one]), "handling-plan", "return").base == 0
