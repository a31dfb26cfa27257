"""In any order of the events of a return, nothing is created and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qms_service.events import Event, timeline
from qms_service.quantities import (
    AnyTally,
    Balance,
    Derived,
    LinearSum,
    Relation,
    Tally,
    made_of,
    quantities_of,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATHS = {
    "good": (("inspected", "good"),),
    "reworked": (("reworked", "good"),),
    "scrapped": (("scrapped", "quantity"),),
    "replenished": (("replenished", "quantity"),),
    "redelivered": (("redelivered", "quantity"),),
    "credited": (("credited", "quantity"),),
}
COUNTED = Tally(name="counted", how="last", paths=(("counted", "quantity"), ("count_settled", "quantity")))
OPEN = Derived(name="open", of=LinearSum.parse("counted - good - reworked - scrapped"))
TALLIES: dict[str, AnyTally] = {
    **{name: Tally(name=name, how="sum", paths=paths) for name, paths in PATHS.items()},
    "counted": COUNTED,
    "open": OPEN,
}
RULES: dict[str, Callable[[Counter[str]], bool]] = {
    "open >= 0": lambda had: had["counted"] - had["good"] - had["reworked"] - had["scrapped"] >= 0,
    "redelivered <= good + reworked + replenished": lambda had: (
        had["redelivered"] <= had["good"] + had["reworked"] + had["replenished"]
    ),
    "redelivered + credited = counted": lambda had: had["redelivered"] + had["credited"] == had["counted"],
}
FACTS = [
    ("counted", "quantity", "counted"),
    ("count_settled", "quantity", "counted"),
    *((event, fact, name) for name, ((event, fact),) in PATHS.items()),
]
steps = st.lists(st.tuples(st.sampled_from(FACTS), st.integers(0, 60)), max_size=14)


@given(steps, st.randoms(use_true_random=False))
def test_what_was_counted_is_good_reworked_scrapped_or_open_at_every_event(
    given: list[tuple[tuple[str, str, str], int]], shuffled: object
) -> None:
    events = [
        Event(event, NOON + timedelta(minutes=seq), seq=seq, facts={fact: amount})
        for seq, ((event, fact, _), amount) in enumerate(given, start=1)
    ]
    entered = list(events)
    shuffled.shuffle(entered)  # type: ignore[attr-defined]  # a Random
    had = Counter[str]()
    counted = False
    for seq, ((_, _, name), amount) in enumerate(given, start=1):
        had[name] = amount if name == "counted" else had[name] + amount
        counted = counted or name == "counted"
        now = timeline(entered, events[seq - 1].at)
        found = quantities_of(TALLIES, now)
        assert all(found[name] == had[name] for name in PATHS)
        parts = [found[name] for name in ("good", "reworked", "scrapped", "open")]
        assert found["counted"] == (sum(parts) if counted else None)  # type: ignore[arg-type]  # numbers
        for rule, holds in RULES.items():
            read = Relation.parse(rule)
            (state,) = Balance(id=rule, rule=read, tallies=made_of(read.names, TALLIES)).states(now)
            decided = counted or "counted" not in {tally.name for tally in made_of(read.names, TALLIES)}
            assert state.holds is (holds(had) if decided else None)
