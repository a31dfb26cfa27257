"""The walk finds what trying every history, one by one, finds: the shortest, or none."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.authoring.proof import Invariant, Wanted, prove
from qms_service.rulebooks import Procedure

NOON = pendulum.datetime(2026, 3, 2, 12, tz="UTC")
HEAD = 'id = "small"\nedition = "1"\ntimezone = "UTC"\n[job]\nopening = "opened"\n[job.events.opened]\n'
LONGEST = 6
STEPS: list[tuple[str, dict[str, object]]] = [
    ("a", {"x": True}),
    ("a", {"x": False}),
    ("b", {}),
    ("c", {}),
    ("withdrawn", {}),
    ("reopened", {}),
]

needs = st.lists(
    st.sampled_from(
        [
            '"a"',
            '"b"',
            '{ event = "a", where = { x = true } }',
            '{ event = "b", after = "a" }',
            '{ event = "a", keeps = true }',
            '{ event = "a", count = 2 }',
            '{ any = ["b", "c"] }',
        ]
    ),
    max_size=2,
    unique=True,
)
wanted = st.sampled_from(
    [
        Wanted(event="a"),
        Wanted(event="b"),
        Wanted(event="c"),
        Wanted(event="b", after="a"),
        Wanted(event="a", where={"x": True}),
        Wanted(event="a", where={"x": False}, after="c"),
    ]
)


def procedure(b: list[str], c: list[str], closed: list[str]) -> Procedure:
    steps = {"a": [], "b": b, "c": c, "closed": closed}
    text = HEAD + "".join(f"[job.events.{name}]\nneeds = [{', '.join(one)}]\n" for name, one in steps.items())
    text = text.replace("[job.events.a]\n", '[job.events.a]\nfacts = { x = "bool" }\n')
    with TemporaryDirectory() as folder:
        file = Path(folder) / "small.toml"
        file.write_text(text, encoding="utf-8")
        return qms.load_rulebook(file).on(NOON)


def met(history: list[tuple[str, dict[str, object]]], one: Wanted) -> bool:
    """Whether the last such event of the cycle is as wanted, by looking at it from the end."""
    names = [name for name, _ in history]
    since = len(names) - names[::-1].index("reopened") if "reopened" in names else 0
    found = [n for n in range(since, len(names)) if names[n] == one.event]
    after = [n for n in range(since, len(names)) if names[n] == one.after]
    facts = history[found[-1]][1] if found else {}
    fits = all(facts.get(name) in values for name, values in one.where)
    return bool(found) and fits and (not after or after[-1] < found[-1])


def shortest(rules: Procedure, asked: list[Wanted]) -> int | None:
    """The length of the first history, of all up to a length, that the library records against the wish."""
    case = rules.open(qms.Subject("job", number="1", opened_at=NOON))
    layer = [(case, list[tuple[str, dict[str, object]]]())]
    for length in range(LONGEST):
        at = NOON.add(minutes=length + 1)
        for case, history in layer:
            if not any(one.refuses for one in rules.check(case, "closed", at=at)) and not (
                all(met(history, one) for one in asked)
            ):
                return length + 2
        layer = [
            (rules.record(case, name, at=at, facts=facts), [*history, (name, facts)])
            for (case, history), (name, facts) in product(layer, STEPS)
            if not any(one.refuses for one in rules.check(case, name, at=at, facts=facts))
        ]
        if len(layer) > 800:
            break
    return None


@settings(max_examples=40, deadline=None)
@given(b=needs, c=needs, closed=needs, asked=st.lists(wanted, min_size=1, max_size=2))
def test_the_shortest_history_is_as_short_as_any(
    b: list[str], c: list[str], closed: list[str], asked: list[Wanted]
) -> None:
    rules = procedure(b, c, closed)
    plain = Invariant(
        id="i", kind="job", never="closed", unless=asked, leaves_aside=["concessions", "corrections"]
    )
    (proof,) = prove(rules, [plain])
    expected = shortest(rules, asked)
    assert expected in (None, len(proof.history))
    if proof.proven:
        assert expected is None
    assert proof.outcome != "open"


ANYTHING = st.lists(
    st.one_of(
        st.sampled_from([*STEPS, ("closed", {})]),
        st.builds(lambda of: ("corrected", {"of": of, "reason": "r", "void": True}), st.integers(2, 9)),
        st.builds(
            lambda of, x: ("corrected", {"of": of, "reason": "r", "facts": {"x": x}}),
            st.integers(2, 9),
            st.booleans(),
        ),
    ),
    max_size=16,
)


@settings(max_examples=60, deadline=None)
@given(b=needs, c=needs, closed=needs, asked=wanted, steps=ANYTHING)
def test_what_is_proven_holds_whatever_is_recorded_conceded_and_corrected(
    b: list[str], c: list[str], closed: list[str], asked: Wanted, steps: list[tuple[str, dict[str, object]]]
) -> None:
    rules = procedure(b, c, closed)
    invariant = Invariant(id="i", kind="job", never="closed", unless=[asked])
    (proof,) = prove(rules, [invariant])
    case = rules.open(qms.Subject("job", number="1", opened_at=NOON))
    for name, facts in steps:
        try:
            case = rules.record(
                case, name, at=NOON.add(minutes=case.version), facts=facts, despite="so it was"
            )
        except qms.Refused:
            continue
        assert not (proof.proven and invariant.broken_by(case.history))
