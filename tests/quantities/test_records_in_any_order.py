"""Whatever is offered, entered late or corrected: what is taken balances at every event, what is refused would not."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quantities.given import later, opened, rules_of

import qms_service as qms

RULES = rules_of()
AMOUNT_OF = {
    "counted": "quantity",
    "inspected": "good",
    "reworked": "good",
    "scrapped": "quantity",
    "redelivered": "quantity",
    "credited": "quantity",
    "closed": None,
}


@attrs.frozen
class Line:
    """A line as a clerk would note it on paper."""

    hour: int
    seq: int
    name: str
    amount: int


def balances(lines: list[Line]) -> bool:
    """Whether a clerk who adds up the lines, one after the other, ever finds them out of balance."""
    counted: int | None = None
    good = reworked = scrapped = redelivered = credited = 0
    for line in sorted(lines, key=lambda one: (one.hour, one.seq)):
        match line.name:
            case "counted":
                counted = line.amount
            case "inspected":
                good += line.amount
            case "reworked":
                reworked += line.amount
            case "scrapped":
                scrapped += line.amount
            case "redelivered":
                redelivered += line.amount
            case "credited":
                credited += line.amount
        open_ = None if counted is None else counted - good - reworked - scrapped
        if (open_ is not None and open_ < 0) or redelivered > good + reworked:
            return False
        if line.name == "closed" and (open_ != 0 or redelivered + credited != counted):
            return False
    return True


offers = st.lists(
    st.tuples(
        st.sampled_from(sorted(AMOUNT_OF)),
        st.integers(0, 6).map(lambda tens: tens * 10),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(2, 8)),
    ),
    max_size=10,
)


@settings(deadline=None)
@given(offers)
def test_a_case_takes_exactly_what_balances_at_every_event(
    offered: list[tuple[str, int, int, int | None]],
) -> None:
    case, kept, hour = opened(RULES), list[Line](), 1
    for name, amount, back, mends in offered:
        hour += 1
        at, seq = max(hour - back, 1), case.version + 1
        target = next((line for line in kept if line.seq == mends), None)
        if target is not None:
            fact = AMOUNT_OF[target.name]
            change = {"facts": {fact: amount}} if fact else {"void": True}
            would = [line for line in kept if line is not target]
            would += [attrs.evolve(target, amount=amount)] if fact else []
            step, at, facts = "corrected", hour, {"of": target.seq, "reason": "typing", **change}
        else:
            fact = AMOUNT_OF[name]
            would = [*kept, Line(at, seq, name, amount)]
            step, facts = name, {fact: amount} if fact else {}
            facts |= {"model_ok": True} if name == "counted" else {}
        refusals = [one for one in RULES.check(case, step, at=later(at), facts=facts) if one.refuses]
        if any(one.code == "not-open" for one in refusals):
            continue
        assert bool(refusals) is not balances(would), (refusals, would)
        if not refusals:
            case, kept = RULES.record(case, step, at=later(at), facts=facts), would
            assert not any(one.code == "unbalanced" for one in RULES.review(case))


def test_the_clerk_of_this_test_finds_a_loss() -> None:
    assert not balances([Line(1, 2, "counted", 10), Line(2, 3, "inspected", 11)])
    assert qms.Event("closed", later(1)).name in AMOUNT_OF
