"""Sums by currency and by unit, never added across; what has no figure stands beside them."""

from __future__ import annotations

from decimal import Decimal

import attrs

import qms_service as qms
from qms_service.management import ClaimJudgement, Part, Sum
from qms_service.quantities import Tally

from .story import PROC, at, case, claim, review_of, yuan

YEAR = review_of()


def parts(one: Sum) -> list[tuple[str, object, int]]:
    return [(part.unit, part.amount, part.count) for part in one.parts]


def test_what_was_claimed_stands_by_currency() -> None:
    claimed = YEAR.claims.money("claimed")
    assert parts(claimed) == [("CNY", Decimal("1001.00"), 2), ("USD", Decimal(200), 1)]
    assert (claimed.missing, claimed.base) == (1, 4)  # M-3 says no amount
    assert str(claimed.clause) == "pcb-maker 4.4.2.2"


def test_what_was_accepted_was_judged_in_the_period() -> None:
    accepted = YEAR.claims.money("accepted")
    assert parts(accepted) == [("CNY", Decimal(800), 1)]  # M-1; M-0 was judged the year before
    assert accepted.missing == 1  # M-3 is reasonable, for how much was not said
    assert accepted.base == 2  # M-2 is not reasonable


def test_what_was_written_off_was_posted_in_the_period_whenever_it_was_claimed() -> None:
    assert parts(YEAR.claims.money("written_off")) == [("CNY", Decimal(850), 2)]


def test_a_claim_judged_and_posted_again_counts_once_in_the_period_of_the_last_time() -> None:
    again = claim(
        "M-1", "2026-01-05", "1200", "CNY",
        ("judged", "2026-01-20", {"reasonable": True, "amount": yuan("1000")}),
        ("posted", "2026-01-25", {"amount": yuan("1000")}),
        ("judged", "2026-02-20", {"reasonable": True, "amount": yuan("800")}),
        ("posted", "2026-02-25", {"amount": yuan("800")}),
    )  # fmt: skip
    taken_back = claim(
        "M-2", "2026-01-05", "50", "CNY",
        ("judged", "2026-01-20", {"reasonable": True, "amount": yuan("50")}), ("judged", "2026-02-20", {"reasonable": False}),
    )  # fmt: skip
    january = review_of([again, taken_back], end=at("2026-02-01"))
    february = review_of([again, taken_back], start=at("2026-02-01"))
    for name in ("accepted", "written_off"):
        assert january.claims.money(name).base == 0
        assert parts(february.claims.money(name)) == [("CNY", Decimal(800), 1)]


def test_claims_received_stand_by_their_last_judgement() -> None:
    judged = YEAR.claims
    assert {one: judged[one] for one in ClaimJudgement} == {
        "reasonable": 2,
        "not_reasonable": 1,
        "not_judged": 1,
    }
    assert judged.base == 4


def test_amounts_that_no_float_holds_add_up_to_the_last_digit() -> None:
    claims = [
        claim(f"M-{place}", "2026-02-01", amount, "CNY")
        for place, amount in enumerate(["0.1", "0.2", "3000000000000.01", "1E-30"])
    ]
    (part,) = review_of(claims).claims.money("claimed").parts
    assert part == Part(unit="CNY", amount=Decimal("3000000000000.310000000000000000000000000001"), count=4)


def test_quantities_of_returns_stand_by_unit() -> None:
    by = {one.id: one for one in YEAR.returns.quantities}
    assert parts(by["counted"]) == [("", 100, 1), ("panel", 2, 1)]
    assert by["counted"].missing == 1  # R-2 is not counted
    assert parts(by["noted"]) == [("", 100, 1), ("panel", 2, 1)]
    assert by["noted"].undetermined == 1  # the customer is still sorting
    assert parts(by["scrapped"]) == [("", 30, 3)]
    assert parts(by["open"]) == [("", 70, 1), ("panel", 2, 1)]
    assert YEAR.returns.base == 3


def test_a_quantity_kept_apart_by_key_has_no_one_figure_and_is_left_out() -> None:
    kinds = PROC.rules.kinds
    tallies = (one for one in kinds["containment"].quantities.values() if isinstance(one, Tally) and one.per)
    apart = {f"{one.name}_apart": attrs.evolve(one, name=f"{one.name}_apart") for one in tallies}
    assert apart
    returns = attrs.evolve(kinds["return"], quantities={**kinds["return"].quantities, **apart})
    rules = attrs.evolve(PROC.rules, kinds={**kinds, "return": returns})
    book = qms.Rulebook("pcb-maker", (qms.Procedure(rules),))
    assert review_of(book=book).returns == YEAR.returns


def test_a_fact_that_is_no_amount_is_not_on_record() -> None:
    one = case(qms.Claim(number="M-9", customer="ACME", received_at=at("2026-02-01")))
    claimed = review_of([one, claim("M-8", "2026-02-01", "5", "EUR")]).claims.money("claimed")
    assert (parts(claimed), claimed.missing) == ([("EUR", yuan("5").amount, 1)], 1)
