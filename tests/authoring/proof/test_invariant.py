"""The evaluator reads a history alone, and shares no code with the gates."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pendulum
import pytest
from hypothesis import given, settings
from tests.events.corrected_histories import at, histories

from qms_service.authoring.proof import Invariant, Wanted
from qms_service.authoring.proof import invariant as evaluator
from qms_service.events import Event, Selector, timeline

Step = str | tuple[str, Mapping[str, object]]
START = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
TESTED = Wanted(event="tested", where={"passed": True}, after="built")
SHIPPED = Invariant(id="i", kind="job", never="shipped", where={"opened.risky": True}, unless=[TESTED])
RISKY = ("opened", {"risky": True})
PASSED = ("tested", {"passed": True})


def history(*steps: Step) -> list[Event]:
    pairs = [(step, {}) if isinstance(step, str) else step for step in steps]
    return [Event(name, START.add(hours=n), seq=n + 1, facts=facts) for n, (name, facts) in enumerate(pairs)]


def corrected(of: int, **change: object) -> tuple[str, Mapping[str, object]]:
    return "corrected", {"of": of, "reason": "a slip", **change}


@pytest.mark.parametrize(
    ("broken", "steps"),
    [
        (False, [RISKY, "built", PASSED, "shipped"]),
        (True, [RISKY, "built", "shipped"]),
        (False, [RISKY, PASSED, "shipped"]),  # nothing was built that it would have to follow
        (True, [RISKY, PASSED, "built", "shipped"]),
        (True, [RISKY, "built", PASSED, ("tested", {"passed": False}), "shipped"]),
        (True, [RISKY, "built", ("tested", {"passed": 1}), "shipped"]),  # 1 is not true
        (False, ["opened", "shipped"]),  # the sentence speaks of what is risky
        (False, [("opened", {"risky": False}), "shipped"]),
        (False, ["shipped"]),
        (False, [RISKY, "shipped", "built"]),  # judged when the step is written, not after it
    ],
)
def test_the_last_event_of_each_name_counts(broken: bool, steps: list[Step]) -> None:
    assert SHIPPED.broken_by(history(*steps)) is broken


@pytest.mark.parametrize(
    ("broken", "steps"),
    [
        (True, [RISKY, "built", PASSED, corrected(3, void=True), "shipped"]),
        (False, [RISKY, "built", PASSED, corrected(3, void=True), corrected(4, void=True), "shipped"]),
        (True, [RISKY, "built", PASSED, corrected(3, facts={"passed": False}), "shipped"]),
        (True, [RISKY, "built", PASSED, corrected(3, facts={"passed": None}), "shipped"]),
        (True, [RISKY, "built", PASSED, corrected(3, at=START.add(minutes=30)), "shipped"]),
        (
            False,
            [RISKY, "built", PASSED, corrected(3, facts={"passed": False}), corrected(3, facts={"passed": True}), "shipped"],
        ),
    ],
)  # fmt: skip
def test_a_correction_counts_from_the_moment_it_is_written(broken: bool, steps: list[Step]) -> None:
    assert SHIPPED.broken_by(history(*steps)) is broken


def test_a_new_cycle_begins_with_nothing() -> None:
    once: list[Step] = [RISKY, "built", PASSED, "shipped", "closed", "reopened"]
    assert not SHIPPED.broken_by(history(*once, "shipped"))  # not risky as far as this cycle knows
    assert SHIPPED.broken_by(history(*once, RISKY, "shipped"))
    assert not SHIPPED.broken_by(history(*once, RISKY, PASSED, "shipped"))


def test_a_step_dated_back_is_judged_by_what_was_there_then() -> None:
    whole = history(RISKY, "built", PASSED)
    late = Event("shipped", START.add(minutes=90), seq=4)
    assert SHIPPED.broken_by([*whole, late])


def test_a_step_that_must_never_happen_is_broken_wherever_its_facts_stand() -> None:
    never = Invariant(id="i", kind="job", never="shipped", where={"shipped.weight": [1, 2]})
    assert never.broken_by(history(("shipped", {"weight": 2})))
    assert not never.broken_by(history(("shipped", {"weight": 3})))


def test_the_evaluator_imports_nothing_that_evaluates_gates() -> None:
    """Nor does anything below it: an import contract in pyproject.toml follows what these import."""
    tree = ast.parse(Path(evaluator.__file__).read_text(encoding="utf-8"))
    imported = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qms_service")
    }
    assert imported == {"qms_service.clauses", "qms_service.events.event", "qms_service.labels"}
    assert not [
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
        if name.name.startswith("qms_service")
    ]


@settings(max_examples=300, deadline=None)
@given(history=histories())
def test_it_reads_corrected_histories_as_the_gates_do(history: list[Event]) -> None:
    """Two readings that share no code: of the last approval, and of what it approved."""
    written = [*history, Event("closed", at(13), seq=99)]
    approved = Invariant(id="i", kind="job", never="closed", unless=[Wanted(event="approved", after="cause")])
    gate = Selector(event="approved", after="cause")
    assert approved.broken_by(written) is not gate.holds(timeline(history))


@pytest.mark.parametrize(
    ("broken", "steps"),
    [
        (True, [RISKY, ("built", {"by": "Li"}), PASSED, corrected(2, facts={"by": "Wu"}), "shipped"]),
        (False, [RISKY, ("built", {"by": "Li"}), corrected(2, facts={"by": "Wu"}), PASSED, "shipped"]),
        (False, [RISKY, ("built", {"by": "Li"}), PASSED, corrected(2, facts={"by": "Li"}), "shipped"]),
        (False, [RISKY, ("built", {"by": "Li"}), PASSED, corrected(2, at=START), "shipped"]),
    ],
)
def test_what_is_changed_has_to_be_tested_again(broken: bool, steps: list[Step]) -> None:
    assert SHIPPED.broken_by(history(*steps)) is broken
