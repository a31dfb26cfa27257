"""What the figures do not know is told with its number, its reason and a few of the cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import attrs
import pytest

import qms_service as qms
from qms_service.errors import EntryError, NaiveInstantError, UnknownNameError
from qms_service.management import Limit, ManagementReview

from .story import CASES, END, PROC, START, at, case, complaint, review_of


def limit(review: ManagementReview, code: str) -> Limit:
    return next(one for one in review.limits if one.code == code)


def codes(cases: Iterable[object], **changes: object) -> set[str]:
    return {one.code for one in review_of(cases, **changes).limits}


def entered(number: str, *events: tuple[str, str, str]) -> qms.Case:
    """A case whose events have the moment at which they were entered."""
    subject = qms.Complaint(number=number, customer="ACME", received_at=at("2026-02-01"))
    history = [
        qms.Event(name, at(when), recorded_at=at(then), seq=seq)
        for seq, (name, when, then) in enumerate(events, start=2)
    ]
    opening = qms.Event("received", at("2026-02-01"), recorded_at=at("2026-02-01"), seq=1)
    return PROC.adopt(subject, [opening, *history])


class Broken:
    """A subject whose facts cannot be read."""

    kind, number = "complaint", "C-9"
    opened_at = at("2026-02-01")

    @property
    def facts(self) -> object:
        raise RuntimeError("torn page")  # noqa: TRY003  # what a store may say


def test_one_bad_case_is_counted_with_its_reason_and_in_no_figure() -> None:
    good = complaint("C-1", "2026-02-01", "ACME", None)
    broken = attrs.evolve(good, subject=cast("Any", Broken()))
    strange = attrs.evolve(good, subject=qms.Subject("lease", number="L-1", opened_at=at("2026-02-01")))
    review = review_of([broken, good, None, strange, {"id": "C-2"}])
    assert (review.cases, review.complaints.base) == (5, 1)
    found = limit(review, "unreadable")
    assert found.count == 4
    reasons = {name: str(reason) for name, reason in found.examples}
    assert "torn page" in reasons["C-9"]
    assert "lease" in reasons["L-1"]
    assert set(reasons) == {"C-9", "L-1", "None", "{'id': 'C-2'}"}
    assert "无法读取" in found.text("zh")


def test_what_is_no_case_and_raises_when_asked_for_its_number_stops_nothing() -> None:
    class Torn:
        @property
        def id(self) -> str:
            raise RuntimeError("torn page")  # noqa: TRY003  # what a row of a table may say

    assert limit(review_of([Torn()]), "unreadable").count == 1


def test_a_case_that_is_counted_nowhere_is_not_half_counted() -> None:
    claims = qms.Claim(number="M-9", customer="ACME", received_at=at("2026-02-01"))
    torn = attrs.evolve(case(claims), subject=cast("Any", Broken()))
    review = review_of([torn])
    assert all(flow.base == 0 for flow in review.flows)
    assert review.actions == ()


def test_a_case_handed_in_twice_counts_once() -> None:
    review = review_of([*CASES, CASES[3], CASES[3]])
    assert limit(review, "twice").count == 2
    assert limit(review, "twice").examples == (("C-2", None),)
    assert review.complaints == review_of().complaints


def test_a_case_of_an_edition_that_is_not_there_is_counted_and_told() -> None:
    pin = qms.Pin(rulebook="pcb-maker", edition="0", digest="0" * 64)
    strange = [attrs.evolve(one, pin=pin) for one in CASES if one.id in ("C-1", "C-00")]
    review = review_of(strange)
    found = limit(review, "other-edition")
    assert (found.count, [name for name, _ in found.examples]) == (1, ["C-1"])  # C-00 is of no concern
    assert "edition 0" in str(found.examples[0][1])
    assert (review.complaints["ours"], sum(clock.base for clock in review.clocks)) == (1, 0)


def test_only_a_few_cases_are_named_the_first_by_their_numbers() -> None:
    many = [
        entered(f"C-{number}", ("forwarded", "2026-02-02", "2027-01-02")) for number in (7, 3, 9, 1, 5, 8)
    ]
    found = limit(review_of(many), "after-end")
    assert (found.count, [name for name, _ in found.examples]) == (6, ["C-1", "C-3", "C-5", "C-7", "C-8"])


def test_events_entered_out_of_order_late_or_after_the_end_are_told() -> None:
    backwards = entered(
        "C-1", ("forwarded", "2026-02-03", "2026-02-03"), ("customer_informed", "2026-02-02", "2026-02-04")
    )
    review = review_of([backwards])
    assert limit(review, "out-of-order").count == 1
    assert "after-end" not in {one.code for one in review.limits}
    late = qms.Finding(code="late-entry", severity="warning", subject="forwarded")
    event = attrs.evolve(backwards.history[1], findings=(late,))
    kept = attrs.evolve(backwards, history=(backwards.history[0], event))
    assert limit(review_of([kept]), "late-entry").count == 1


def test_events_before_the_period_are_of_no_concern_to_it() -> None:
    backwards = entered(
        "C-1", ("forwarded", "2026-02-03", "2026-02-03"), ("contained", "2026-02-02", "2026-02-04")
    )
    assert codes([backwards], start=at("2026-03-01"), end=END) == {"no-survey"}


def test_events_taken_over_have_no_moment_of_entry() -> None:
    one = complaint("C-1", "2026-02-01", "ACME", None, ("forwarded", "2026-02-01"))
    assert limit(review_of([one]), "no-entry-time").count == 2


def test_a_period_that_is_not_over_says_so() -> None:
    early = limit(review_of(now=at("2026-06-01")), "not-over")
    assert str(early) == (
        "The period runs until 2027-01-01 00:00 +08:00; the figures know what was on record on 2026-06-01 00:00 +08:00."
    )
    assert "not-over" not in codes([], now=END)


def test_no_cases_give_words_and_no_share() -> None:
    review = review_of([])
    assert codes([]) == {"no-survey"}
    assert all(clock.on_time is None for clock in review.clocks)
    for lang in ("en", "zh"):
        page = review.to_markdown(lang)
        assert "100" not in page.replace("9001", "")
        assert "%" not in page
    assert "No clock started in the period, so there is no share on time." in review.to_markdown()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"end": START}, "review-period"),
        ({"start": END, "end": START}, "review-period"),
        ({"now": at("2025-12-31")}, "review-now"),
        ({"top": 0}, "review-top"),
        ({"top": True}, "review-top"),
        ({"top": "5"}, "review-top"),
        ({"book": PROC}, "review-book"),
        ({"cases": None}, "review-cases"),
        ({"cases": CASES[0]}, "review-cases"),
        ({"cases": {"C-1": CASES[0]}}, "review-cases"),
        ({"cases": "C-1"}, "review-cases"),
        ({"on_unknown": "guess"}, "review-on-unknown"),
        ({"surveys": "2026"}, "review-surveys"),
        ({"surveys": 80}, "review-surveys"),
        ({"surveys": [80]}, "review-surveys"),
        ({"surveys": {"2026": 80}}, "review-surveys"),
        ({"targets": [85]}, "review-targets"),
        ({"targets": "85"}, "review-targets"),
        ({"targets": 85}, "review-targets"),
        ({"indicators": [98]}, "review-indicators"),
        ({"duties": "monthly"}, "review-duties"),
        ({"previous": "2025"}, "review-previous"),
        ({"duties": ["monthly"]}, "review-duties"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_counted(
    changes: dict[str, object], code: str
) -> None:
    with pytest.raises(EntryError) as refused:
        review_of(**changes)
    assert refused.value.code == code
    assert refused.value.text("zh") != refused.value.text("en")
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("actions", ["complaints", ["claim", "improvment"], 5, [None], [["claim"]]])
def test_a_kind_that_the_rulebook_does_not_have_is_no_empty_list_of_open_actions(actions: object) -> None:
    with pytest.raises(UnknownNameError):
        review_of(actions=actions)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError):
        review_of(start=START.naive())


def test_progress_is_told_now_and_then_and_at_the_end() -> None:
    told: list[tuple[int, int]] = []
    cases = [complaint(f"C-{number}", "2026-02-01", "ACME", None) for number in range(300)]
    review_of(cases, progress=lambda done, total: told.append((done, total)))
    assert told == [(256, 300), (300, 300)]


def test_of_a_stream_nobody_knows_how_many_there_are() -> None:
    told: list[tuple[int, int]] = []

    def stream() -> Iterator[qms.Case]:
        for number in range(256):
            yield complaint(f"C-{number}", "2026-02-01", "ACME", None)

    assert review_of(stream(), progress=lambda done, total: told.append((done, total))).cases == 256
    assert told == [(256, 256), (256, 256)]
