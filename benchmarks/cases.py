"""One event checked and recorded through all gates of pcb-maker, against the same step in `transitions`.

All walk the same complaint from its receipt to its closing; the figure is the time of one event. The rival does
what ours does, as its documentation advises: one machine for all models, no auto transitions, no logging, a guard
for each check (edition, zone, open, facts declared, typed and complete, role, department, order, the gates of the
step), and an append-only list of the same columns. It comes twice: as one would write it, with guards that look
into the history and records as frozen dataclasses; and tuned, with an index that its user keeps by hand and records
as named tuples. Either way it changes its model in place, compares times as datetimes, sees no corrections and
cites no clause.

Run: python -m benchmarks.cases
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from time import process_time
from typing import Any, NamedTuple

import pendulum
from benchmarks.measured import Row, Words, table
from transitions import Machine

import qms_service as qms

ROUNDS, WALKS = 15, 100
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("forwarded", "marketing", {}),
    ("analysed", "quality", {"established": True, "ours": True}),
    ("customer_informed", "quality", {}),
    ("contained", "quality", {}),
    ("cause_reported", "production", {"cause": "operation", "responsible": "production"}),
    ("approved", "quality", {}),
    ("answered", "quality", {}),
    ("action_completed", "production", {}),
    ("trained", "production", {}),
    ("verified", "quality", {"effective": True}),
    ("notice_filed", "marketing", {}),
    ("closed", "quality", {}),
)
OPENED = pendulum.datetime(2026, 3, 2, 8, tz="Asia/Shanghai")
EDITION = "pcb-maker edition 1"
AS_WRITTEN = Words(
    ", the same checks as guards, as one would write it", "，同样的检查写成守卫条件，按通常写法"
)
TUNED = Words(", tuned by hand with an index and tuples", "，人工调优（索引与元组）")
DO = {name: f"do_{name}" for name, _, _ in STEPS}
TIMES = tuple(OPENED.add(hours=hour) for hour in range(1, len(STEPS) + 1))


@dataclass(frozen=True, slots=True)
class Record:
    """The rival's event: the columns of ours, unchangeable like ours."""

    name: str
    at: datetime
    recorded_at: datetime
    seq: int
    by: str
    department: str
    role: str | None
    facts: dict[str, object]


class TunedRecord(NamedTuple):
    """The same columns in the cheapest value that Python has."""

    name: str
    at: datetime
    recorded_at: datetime
    seq: int
    by: str
    department: str
    role: str | None
    facts: dict[str, object]


class Rival:
    """A complaint as a user of `transitions` writes it: one transition a step, a guard for each check."""

    record: Callable[..., Any] = Record

    def __init__(self) -> None:
        self.history: list[Any] = [
            type(self).record("received", OPENED, OPENED, 1, "Li", "marketing", None, {})
        ]
        self.edition = EDITION

    def keep(
        self, name: str, at: datetime, by: str, department: str, role: str | None, **facts: object
    ) -> None:
        event = type(self).record(
            name, at, at, len(self.history) + 1, by, DEPARTMENTS[department], role, facts
        )
        self.history.append(event)

    def last(self, name: str) -> Any:  # noqa: ANN401  # a record of either kind, or None
        """The last event of a name."""
        return next((event for event in reversed(self.history) if event.name == name), None)

    def is_pinned(self, *_: object, **__: object) -> bool:
        return self.edition == EDITION

    def is_aware(self, _name: str, at: datetime, *_: object, **__: object) -> bool:
        return at.utcoffset() is not None

    def is_open(self, *_: object, **__: object) -> bool:
        return self.last("closed") is None and self.last("withdrawn") is None

    def is_declared(self, name: str, *_: object, **facts: object) -> bool:
        return facts.keys() <= FACTS.get(name, NONE).keys()

    def is_typed(self, name: str, *_: object, **facts: object) -> bool:
        types = FACTS.get(name, NONE)
        return all(isinstance(value, types[fact]) for fact, value in facts.items())

    def is_complete(self, name: str, *_: object, **facts: object) -> bool:
        return REQUIRED.get(name, NOTHING) <= facts.keys()

    def knows_department(
        self, _name: str, _at: datetime, _by: str, department: str, *_: object, **__: object
    ) -> bool:
        return department in DEPARTMENTS

    def is_in_order(self, _name: str, at: datetime, *_: object, **__: object) -> bool:
        later: bool = at >= self.history[-1].at
        return later

    def is_manager(
        self, _name: str, _at: datetime, _by: str, _in: str, role: str | None, **_: object
    ) -> bool:
        return role == "quality_manager"

    def has_forwarded(self, *_: object, **__: object) -> bool:
        return self.last("forwarded") is not None

    def is_established(self, *_: object, **__: object) -> bool:
        analysed = self.last("analysed")
        return analysed is not None and analysed.facts.get("established") is True

    def is_ours(self, *_: object, **__: object) -> bool:
        analysed = self.last("analysed")
        established = analysed is not None and analysed.facts.get("established") is True
        return established and analysed is not None and analysed.facts.get("ours") is True

    def has_cause(self, *_: object, **__: object) -> bool:
        return self.last("cause_reported") is not None

    def is_approved(self, *_: object, **__: object) -> bool:
        approved, cause = self.last("approved"), self.last("cause_reported")
        return approved is not None and cause is not None and approved.seq > cause.seq

    def has_answered(self, *_: object, **__: object) -> bool:
        return self.last("answered") is not None

    def has_answered_since(self, *_: object, **__: object) -> bool:
        answered, cause = self.last("answered"), self.last("cause_reported")
        return answered is not None and (cause is None or answered.seq > cause.seq)

    def has_action(self, *_: object, **__: object) -> bool:
        return self.last("action_completed") is not None

    def has_contained(self, *_: object, **__: object) -> bool:
        return self.last("contained") is not None

    def has_trained(self, *_: object, **__: object) -> bool:
        return self.last("trained") is not None

    def is_effective(self, *_: object, **__: object) -> bool:
        verified, done = self.last("verified"), self.last("action_completed")
        later: bool = verified is not None and done is not None and verified.seq > done.seq
        return later and verified is not None and verified.facts.get("effective") is True

    def has_notice(self, *_: object, **__: object) -> bool:
        return self.last("notice_filed") is not None


class TunedRival(Rival):
    """The same, tuned by hand: an index of the last event of each name, and records that are tuples."""

    record = TunedRecord

    def __init__(self) -> None:
        super().__init__()
        self.by_name = {"received": self.history[0]}

    def keep(
        self, name: str, at: datetime, by: str, department: str, role: str | None, **facts: object
    ) -> None:
        super().keep(name, at, by, department, role, **facts)
        self.by_name[name] = self.history[-1]

    def last(self, name: str) -> Any:  # noqa: ANN401  # a record of either kind, or None
        """The last event of a name."""
        return self.by_name.get(name)


NONE: dict[str, type] = {}
NOTHING: frozenset[str] = frozenset()
DEPARTMENTS = {
    "marketing": "marketing",
    "quality": "quality",
    "production": "production",
    "品管部": "quality",
}
FACTS: dict[str, dict[str, type]] = {
    "analysed": {"established": bool, "ours": bool, "cause": str, "responsible": str},
    "cause_reported": {"cause": str, "responsible": str},
    "verified": {"effective": bool},
}
REQUIRED = {
    "analysed": frozenset({"established"}),
    "cause_reported": frozenset({"cause"}),
    "verified": frozenset({"effective"}),
}
COMMON = [
    "is_pinned",
    "is_aware",
    "is_open",
    "is_declared",
    "is_typed",
    "is_complete",
    "knows_department",
    "is_in_order",
]
GUARDS = {
    "forwarded": [],
    "analysed": ["has_forwarded"],
    "customer_informed": ["has_forwarded"],
    "contained": ["is_established"],
    "cause_reported": ["is_ours", "is_established"],
    "approved": ["is_ours", "has_cause", "is_manager"],
    "answered": ["is_ours", "is_approved"],
    "action_completed": ["is_ours", "has_cause"],
    "trained": ["is_ours", "has_cause"],
    "verified": ["is_ours", "has_action"],
    "notice_filed": ["is_ours", "has_answered"],
    "closed": [
        "is_ours",
        "has_contained",
        "has_answered_since",
        "has_action",
        "has_trained",
        "is_effective",
        "has_notice",
    ],
}


def machine() -> Machine:
    """The rival's machine: one for all models, as its documentation advises for many models."""
    logging.getLogger("transitions").setLevel(logging.CRITICAL)
    states = ["received", *(name for name, _, _ in STEPS)]
    transitions = [
        {
            "trigger": f"do_{name}",
            "source": "*",
            "dest": name,
            "conditions": [*COMMON, *GUARDS[name]],
            "after": "keep",
        }
        for name, _, _ in STEPS
    ]
    return Machine(
        model=None, states=states, transitions=transitions, initial="received", auto_transitions=False
    )


def ours(proc: qms.Procedure, opened: qms.Case) -> qms.Case:
    """The walk with this library."""
    case = opened
    for (name, department, facts), at in zip(STEPS, TIMES, strict=True):
        role = "quality_manager" if name == "approved" else None
        case = proc.record(case, name, at=at, by="Li", department=department, role=role, **facts)
    return case


def theirs(rival: Rival) -> Rival:
    """The walk with `transitions`."""
    for (name, department, facts), at in zip(STEPS, TIMES, strict=True):
        role = "quality_manager" if name == "approved" else None
        assert getattr(rival, DO[name])(name, at, "Li", department, role, **facts)
    return rival


def timed(walk: Callable[[], object], walks: int) -> float:
    """Processor seconds of one event in a walk."""
    begin = process_time()
    for _ in range(walks):
        walk()
    return (process_time() - begin) / walks / len(STEPS)


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Walks all in turn and compares the histories; the figures are the medians."""
    rounds, walks = (2, 20) if quick else (ROUNDS, WALKS)
    book = qms.load_rulebook("pcb-maker")
    case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=OPENED))
    proc, shared = book.of(case), machine()
    done = ours(proc, case)
    assert done.status == "closed"
    times: dict[str, list[float]] = {"ours": [], "Rival": [], "TunedRival": []}
    for _ in range(rounds):
        times["ours"].append(timed(lambda: ours(proc, case), walks))
        for kind in (Rival, TunedRival):
            models = [kind() for _ in range(walks)]
            shared.add_model(models)
            fresh = iter(models)
            times[kind.__name__].append(timed(lambda: theirs(next(fresh)), walks))  # noqa: B023  # called at once
            assert [event.name for event in models[0].history] == [event.name for event in done.history]
            shared.remove_model(models)
    own, plain, tuned = (median(one) for one in times.values())
    what = Words("one event of a complaint checked and recorded", "一个投诉事件的检查与记录")
    yield Row(what=what, ours=own, theirs=plain, packages=("transitions",), rival=AS_WRITTEN)
    yield Row(what=what, ours=own, theirs=tuned, packages=("transitions",), rival=TUNED)


if __name__ == "__main__":
    print(table(rows()))
