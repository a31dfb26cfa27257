"""The shortest path to a step: each is recorded event by event, and no shorter one is there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from itertools import product
from pathlib import Path as File
from typing import Any

import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.authoring.cases import StepPath, shortest_path, shortest_paths
from qms_service.authoring.cases import shortest as searching
from qms_service.errors import Refused, UnknownNameError
from qms_service.events import Condition
from qms_service.rulebooks import Procedure

MORNING = pendulum.datetime(2026, 3, 2, 8, tz="Asia/Shanghai")
PCB = qms.load_rulebook("pcb-maker").on(date(2026, 3, 2))


def events(path: StepPath | None) -> list[str]:
    assert path is not None
    return [step.event for step in path.steps]


def recorded(procedure: Procedure, path: StepPath) -> qms.Case:
    """The path once more, each event in its turn and without a concession."""
    opening, *steps = path.events_from(MORNING)
    case = procedure.open(path.subject_at(MORNING), facts=opening.facts)
    for event in steps:
        case = procedure.record(
            case, event.name, at=event.at, by=event.by, department=event.department, role=event.role,
            on_behalf_of=event.on_behalf_of, facts=event.facts,
        )  # fmt: skip
    return case


# ------------------------------------------------------------ pcb-maker


def test_every_step_of_pcb_maker_is_recorded_at_the_end_of_its_path() -> None:
    for step, path in shortest_paths(PCB, "complaint").items():
        assert path is not None
        assert recorded(PCB, path).history[-1].name == step


LETTERS: dict[str, list[dict[str, Any]]] = {
    "analysed": [{"established": one, "ours": other} for one, other in product((True, False), (True, False, None))],
    "verified": [{"effective": True}, {"effective": False}],
    "cause_reported": [{"cause": "process"}],
}  # fmt: skip


def pairs_in_order(raw: object) -> Iterator[tuple[str, str]]:
    """What the file says must come after what."""
    if isinstance(raw, dict):
        if "after" in raw and "event" in raw:
            yield raw["event"], raw["after"]
        for one in raw.values():
            yield from pairs_in_order(one)
    if isinstance(raw, list):
        for one in raw:
            yield from pairs_in_order(one)


def fewest_events_of_pcb_maker() -> Mapping[str, int]:
    """The fewest events to each step, layer by layer over everything that can be recorded.

    Two histories are taken for one that have the same last facts of the same events, and the same order of
    those of which the file orders two: no gate of this file asks for more.
    """
    text = (files("qms_service.rulebooks") / "shipped" / "pcb-maker" / "1.toml").read_text(encoding="utf-8")
    ordered = sorted(set(pairs_in_order(tomllib.loads(text))))
    complaint = qms.Complaint(number="C-1", customer="ACME", received_at=MORNING)
    layer, seen, found, length = [PCB.open(complaint)], set[object](), {"received": 0}, 0
    steps = [name for name in PCB.rules.kind("complaint").events if name != "received"]
    while layer and len(found) <= len(steps):
        length, following = length + 1, list[qms.Case]()
        for case, name in product(layer, steps):
            for facts in LETTERS.get(name, [{}]):
                if case.status != "open" or (name == "closed" and name in found):
                    continue
                try:
                    grown = PCB.record(
                        case, name, at=MORNING.add(hours=length), facts=facts,
                        role="quality_manager" if name == "approved" else None,
                    )  # fmt: skip
                except Refused:
                    continue
                found.setdefault(name, length)
                last = {event.name: event for event in grown.history}
                order = tuple(
                    one in last and (other not in last or last[one].seq > last[other].seq)
                    for one, other in ordered
                )
                state = frozenset((event.name, event.facts) for event in last.values()), order
                if state not in seen:
                    seen.add(state)
                    following.append(grown)
        layer = following
    return found


def test_no_step_of_pcb_maker_can_be_reached_by_fewer_events() -> None:
    found = fewest_events_of_pcb_maker()
    paths = shortest_paths(PCB, "complaint")
    assert {step: len(events(path)) for step, path in paths.items()} == found


def test_each_outcome_of_a_complaint_has_its_own_way_to_the_closing() -> None:
    """4.2.4.2, 4.2.4.3 and 4.2.4.9, from the sentences of the procedure."""
    established, ours = "analysed.established", "analysed.ours"
    unfounded = shortest_path(PCB, "complaint", "closed", when=Condition({established: False}))
    theirs = shortest_path(PCB, "complaint", "closed", when=Condition({established: True, ours: False}))
    own = shortest_path(PCB, "complaint", "closed", when=Condition({established: True, ours: True}))
    assert events(unfounded) == ["forwarded", "analysed", "customer_confirmed", "closed"]
    assert sorted(events(theirs)) == ["analysed", "closed", "contained", "customer_confirmed", "forwarded"]
    assert sorted(events(own)) == sorted([
        "forwarded", "analysed", "contained", "cause_reported", "approved", "answered", "action_completed",
        "trained", "verified", "notice_filed", "closed",
    ])  # fmt: skip
    for path in (unfounded, theirs, own):
        assert path is not None
        assert recorded(PCB, path).status == "closed"


def test_facts_that_nobody_needs_are_left_out() -> None:
    path = shortest_path(PCB, "complaint", "customer_confirmed")
    assert path is not None
    assert dict(path.steps[1].facts) == {"established": False}  # and with it the step is needed


# ------------------------------------------------------------ any small rulebook

NAMES = ("a", "b", "c")
BOOL = st.sampled_from(("true", "false"))
ONE = st.one_of(
    st.sampled_from(NAMES).map(lambda name: f'"{name}"'),
    st.tuples(st.sampled_from(NAMES), BOOL).map(
        lambda one: f'{{ event = "{one[0]}", where = {{ f = {one[1]} }} }}'
    ),
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).map(
        lambda one: f'{{ event = "{one[0]}", after = "{one[1]}" }}'
    ),
    st.sampled_from(NAMES).map(lambda name: f'{{ event = "{name}", count = 2 }}'),
)
NEED = ONE | st.tuples(ONE, ONE).map(lambda two: f"{{ any = [{two[0]}, {two[1]}] }}")
STEP = st.tuples(st.lists(NEED, max_size=2), st.none() | st.tuples(st.sampled_from(NAMES), BOOL))
DEEPEST = 4


def written(steps: tuple[tuple[list[str], tuple[str, str] | None], ...]) -> str:
    text = 'id = "small"\nedition = "1"\ntimezone = "Asia/Shanghai"\n[k.events.received]\n'
    for name, (needs, condition) in zip(NAMES, steps, strict=True):
        when = f'{{ "{condition[0]}.f" = {condition[1]} }}' if condition else "{}"
        text += f'[k.events.{name}]\nfacts = {{ f = "bool?" }}\n'
        if needs:
            text += f"[[k.events.{name}.needs]]\nwhen = {when}\nall = [{', '.join(needs)}]\n"
    return text


def fewest_events(procedure: Procedure) -> dict[str, int]:
    """The fewest events to each step: all histories, one longer than the other, none taken for another."""
    subject = qms.Subject("k", number="1", opened_at=MORNING)
    layer, found = [procedure.open(subject)], {"received": 0}
    for length in range(1, DEEPEST + 1):
        following = []
        for case, name, fact in product(layer, NAMES, (True, False)):
            at = MORNING.add(hours=length)
            if not any(one.refuses for one in procedure.check(case, name, at=at, f=fact)):
                found.setdefault(name, length)
                following.append(procedure.record(case, name, at=at, f=fact))
        layer = following
        if len(found) > len(NAMES):
            break
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(STEP, STEP, STEP))
def test_no_path_is_longer_than_the_shortest_of_all_histories(
    tmp_path_factory: pytest.TempPathFactory, steps: tuple[tuple[list[str], tuple[str, str] | None], ...]
) -> None:
    file = tmp_path_factory.mktemp("small") / "small.toml"
    file.write_text(written(steps), encoding="utf-8")
    procedure = qms.load_rulebook(file).editions[-1]
    found = fewest_events(procedure)
    for step, path in shortest_paths(procedure, "k").items():
        if path is not None:
            assert recorded(procedure, path).history[-1].name == step
        if step in found:
            assert len(events(path)) == found[step]
        else:
            assert path is None or len(path.steps) > DEEPEST


# ------------------------------------------------------------ places, and what is counted at each

COUNTING = """\
id = "counting"
edition = "1"
timezone = "Asia/Shanghai"
[k.events.received]
[k.events.listed]
facts = {{ place = ["x", "y"], suspect = "int" }}
[k.events.skipped]
facts = {{ place = ["x", "y"] }}
[k.events.checked]
facts = {{ place = ["x", "y"], good = "int", bad = "int" }}
[k.events.done]
[[k.events.done.needs]]
{need}
[k.quantities]
suspect = {{ {how} = ["listed.suspect"], per = "place" }}
good = {{ sum = ["checked.good"], per = "place" }}
bad = {{ sum = ["checked.bad"], per = "place" }}
[k.balances.no-more]
rule = "good + bad <= suspect"
[k.balances.all]
rule = "{rule}"
at = ["done"]
"""
NEEDS = (
    'each = ["x", "y"]\nevent = "listed"\nmatch = "place"',
    'each = ["x", "y"]\nany = ["listed", "skipped"]\nmatch = "place"',
    'each = "listed.place"\nevery = true\nevent = "checked"\nmatch = "place"',
    'each = "listed.place"\nevent = "checked"\nmatch = "place"',
    'event = "checked"\ncount = 2\ndistinct = "place"',
    'any = [{ event = "listed", where = { place = "y" } }, { event = "checked", after = "skipped" }]',
)
PLACED: list[tuple[str, dict[str, Any]]] = [
    ("done", {}),
    *(("skipped", {"place": place}) for place in "xy"),
    *(("listed", {"place": place, "suspect": n}) for place, n in product("xy", (0, 1))),
    *(("checked", {"place": place, "good": n, "bad": 0}) for place, n in product("xy", (0, 1))),
]


def fewest_by_place(procedure: Procedure, deepest: int) -> dict[str, int]:
    """The fewest events to each step: all histories in which what was recorded, in its order, is told apart."""
    subject = qms.Subject("k", number="1", opened_at=MORNING)
    layer, found = [procedure.open(subject)], dict[str, int]()
    for length in range(1, deepest + 1):
        following = []
        for case, (name, facts) in product(layer, PLACED):
            at = MORNING.add(hours=length)
            if any(one.refuses for one in procedure.check(case, name, at=at, facts=facts)):
                continue
            found.setdefault(name, length)
            if name != "done" and length < deepest:
                following.append(procedure.record(case, name, at=at, facts=facts))
        layer = following
        if "done" in found:
            break
    return found


@pytest.mark.parametrize("how", ["last", "sum"])
@pytest.mark.parametrize("rule", ["good + bad = suspect", "good + bad >= 1"])
@pytest.mark.parametrize("need", NEEDS)
def test_no_path_over_several_places_is_longer_than_the_shortest_of_all_histories(
    need: str, rule: str, how: str, tmp_path: File
) -> None:
    file = tmp_path / "counting.toml"
    file.write_text(COUNTING.format(need=need, rule=rule, how=how), encoding="utf-8")
    procedure = qms.load_rulebook(file).editions[-1]
    found = fewest_by_place(procedure, DEEPEST)
    for step, path in shortest_paths(procedure, "k").items():
        if path is not None:
            assert recorded(procedure, path).version == len(path.steps) + 1
        if step in found:
            assert len(events(path)) == found[step]
        else:
            assert step == "received" or path is None or len(path.steps) > DEEPEST


def test_every_step_of_every_kind_of_pcb_maker_is_recorded_at_the_end_of_its_path() -> None:
    for kind in PCB.rules.kinds:
        for step, path in shortest_paths(PCB, kind).items():
            assert path is not None, (kind, step)
            assert recorded(PCB, path).history[-1].name == step


def test_a_containment_closes_when_all_six_places_are_answered_for() -> None:
    """4.2.4.6: one event for each place, the containment, the clean point, the proof, the release, the closing."""
    assert len(events(shortest_path(PCB, "containment", "closed"))) == 6 + 5


def test_two_causes_judged_and_answered_are_approved() -> None:
    """Team, problem, containment; why it arose and why nobody noticed; the proof, the action, the approval."""
    assert len(events(shortest_path(PCB, "corrective_action", "actions_approved"))) == 8


# ------------------------------------------------------------ single rules

HEAD = """\
id = "one"
edition = "1"
timezone = "Asia/Shanghai"
[departments]
q = { en = "Quality" }
p = { en = "Production" }
[roles]
head = { en = "Head" }
[k.subject]
grade = ["low", "high"]
price = "int?"
"""


def procedure_of(rules: str, folder: File) -> Procedure:
    file = folder / "one.toml"
    file.write_text(HEAD + rules, encoding="utf-8")
    return qms.load_rulebook(file).editions[-1]


def test_a_subject_and_an_opening_have_the_facts_that_gates_ask_for(tmp_path: File) -> None:
    procedure = procedure_of(
        """
[k.events.received]
facts = { loud = "bool?" }
[k.events.answered]
[[k.events.answered.needs]]
when = { "subject.grade" = "high" }
all = ["never"]
[[k.events.answered.needs]]
when = { "received.loud" = false }
all = ["never"]
[k.events.never]
needs = ["never"]
""",
        tmp_path,
    )
    path = shortest_path(procedure, "k", "answered")
    assert path is not None
    assert (dict(path.subject), dict(path.opening.facts)) == ({"grade": "low"}, {"loud": True})
    assert recorded(procedure, path).version == 2
    assert shortest_path(procedure, "k", "never") is None


def test_one_event_for_each_of_a_list_by_its_department_and_two_different_ones(tmp_path: File) -> None:
    procedure = procedure_of(
        """
[k.events.listed]
facts = { asked = "department*" }
[k.events.signed]
[k.events.closed]
needs = [{ each = "listed.asked", event = "signed", match = "department" }]
[k.events.counted]
needs = [{ event = "signed", count = 2, distinct = "department" }]
""",
        tmp_path,
    )
    closed = shortest_path(procedure, "k", "closed", when=Condition({}))
    assert events(closed) == ["listed", "closed"]  # nobody is asked
    counted = shortest_path(procedure, "k", "counted")
    assert counted is not None
    assert events(counted) == ["signed", "signed", "counted"]
    assert {dict(step.columns).get("department") for step in counted.steps[:2]} == {"q", "p"}


def test_another_person_and_the_role_are_told_where_they_are_asked_for(tmp_path: File) -> None:
    procedure = procedure_of(
        '[k.events.done]\n[k.events.checked]\nneeds = ["done"]\nnot_by = ["done"]\nrole = "head"\n', tmp_path
    )
    path = shortest_path(procedure, "k", "checked")
    assert path is not None
    assert [dict(step.columns).get("role") for step in path.steps] == [None, "head"]
    assert len({dict(step.columns)["by"] for step in path.steps}) == 2


def test_a_step_that_waits_for_a_reopening_is_reached_through_one(tmp_path: File) -> None:
    procedure = procedure_of('[k.events.closed]\n[k.events.asked_why]\nneeds = ["reopened"]\n', tmp_path)
    assert events(shortest_path(procedure, "k", "asked_why"))[1:] == ["reopened", "asked_why"]


def test_facts_of_an_earlier_cycle_are_not_on_record_after_a_reopening(tmp_path: File) -> None:
    procedure = procedure_of(
        '[k.events.seen]\nfacts = { f = "bool" }\n[k.events.closed]\n[k.events.asked]\nneeds = ["reopened"]\n',
        tmp_path,
    )
    path = shortest_path(procedure, "k", "asked", when=Condition({"seen.f": True, "subject.grade": "high"}))
    assert path is not None
    assert events(path)[1:] == ["reopened", "seen", "asked"]
    assert recorded(procedure, path).timeline().fact("seen.f") is True


def test_a_path_may_lead_to_facts_or_to_events_instead_of_a_step() -> None:
    facts = shortest_path(PCB, "complaint", when=Condition({"analysed.cause": "laminate"}))
    assert facts is not None
    assert (events(facts), facts.facts["analysed.cause"]) == (["forwarded", "analysed"], "laminate")
    both = events(shortest_path(PCB, "complaint", there=("sample_received", "review_held")))
    assert (both[0], len(both), {*both[1:]}) == (
        "forwarded", 4, {"sample_requested", "sample_received", "review_held"},
    )  # fmt: skip
    assert events(shortest_path(PCB, "complaint")) == []


def test_either_of_two_conditions_will_do() -> None:
    either = Condition([{"analysed.ours": True}, {"verified.effective": False}])
    assert events(shortest_path(PCB, "complaint", when=either)) == ["forwarded", "analysed"]


def test_a_value_that_a_fact_cannot_have_leads_nowhere(tmp_path: File) -> None:
    procedure = procedure_of("[k.events.received]\n", tmp_path)
    assert shortest_path(procedure, "k", when=Condition({"subject.price": "much"})) is None


def test_a_long_list_of_independent_needs_is_reached_directly(tmp_path: File) -> None:
    many = [f"e{n}" for n in range(20)]
    rules = "".join(f"[k.events.{name}]\n" for name in many) + f"[k.events.closed]\nneeds = {many}\n"
    procedure = procedure_of(rules.replace("'", '"'), tmp_path)
    assert events(shortest_path(procedure, "k", "closed")) == [*many, "closed"]


def test_a_search_that_grows_too_large_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "LIMIT", 2)
    assert shortest_path(PCB, "complaint", "closed") is None


def test_a_balance_with_a_figure_of_the_subject_is_reached(tmp_path: File) -> None:
    procedure = procedure_of(
        """
[k.events.received]
[k.events.paid]
facts = { amount = "int" }
[k.events.closed]
[k.quantities]
price = { last = ["subject.price"] }
paid = { sum = ["paid.amount"] }
[k.balances.even]
rule = "paid = price + 3"
at = ["closed"]
""",
        tmp_path,
    )
    path = shortest_path(procedure, "k", "closed")
    assert path is not None
    assert events(path) == ["paid", "closed"]
    assert recorded(procedure, path).status == "closed"


def test_a_kind_or_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="complaint"):
        shortest_path(PCB, "complaints", "closed")
    with pytest.raises(UnknownNameError, match="closed"):
        shortest_path(PCB, "complaint", "close")
