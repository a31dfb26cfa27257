"""The steps found out of reach are those that no case ever takes, however it is walked through."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.authoring.lint import lint

NAMES = ("a", "b", "c", "closed")
START = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")

names = st.sampled_from(NAMES)
flags = st.sampled_from(("true", "false"))
tests = st.builds('{{ "{}.x" = {} }}'.format, st.sampled_from(("opened", *NAMES)), flags)
bare = st.one_of(
    st.builds('event = "{}"'.format, names),
    st.builds('event = "{}", where = {{ x = {} }}'.format, st.sampled_from(("opened", *NAMES)), flags),
    st.builds('event = "{}", after = "{}"'.format, names, names),
    st.builds('any = ["{}", "{}"]'.format, names, names),
)
gates = st.one_of(st.builds("{{ {} }}".format, bare), st.builds("{{ {}, when = {} }}".format, bare, tests))


@st.composite
def rulebooks(draw: st.DrawFn) -> str:
    """Three steps and a closing, each with a fact and up to two gates; some stay possible after the closing."""
    steps = []
    for name in NAMES:
        needs = ", ".join(draw(st.lists(gates, max_size=2)))
        after = draw(st.booleans()) and name != "closed"
        steps.append(
            f'[lease.events.{name}]\nneeds = [{needs}]\nafter_close = {str(after).lower()}\nfacts = {{ x = "bool" }}\n'
        )
    head = 'id = "walks"\nedition = "1"\ntimezone = "Asia/Shanghai"\n'
    return f'{head}[lease.events.opened]\nfacts = {{ x = "bool" }}\n{"".join(steps)}'


@settings(max_examples=30, deadline=None, derandomize=True)
@given(rulebooks())
def test_what_no_walk_reaches_is_what_is_found_out_of_reach(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "walks.toml"
        file.write_text(text, encoding="utf-8")
        found = lint(file).findings
        (rules,) = qms.load_rulebook(file).editions
    codes = ("step-unreachable", "step-contradiction", "closing-unreachable", "closing-contradiction")
    assert {one.facts["name"] for one in found if one.code in codes} == set(NAMES) - set(walked(rules))


def walked(rules: qms.Procedure) -> Iterator[str]:
    """Every step that some walk takes; an opening entered again is kept. Of two cases with the same last events in the same order, one will do."""
    waiting = [opened(rules, x=x) for x in (True, False)]
    seen = set[tuple[object, ...]]()
    while waiting:
        case = waiting.pop()
        for name in ("opened", *NAMES):
            for x in (True, False):
                at = START.add(minutes=len(case.history))
                if any(one.refuses for one in rules.check(case, name, at=at, facts={"x": x})):
                    continue
                yield name
                grown = rules.record(case, name, at=at, facts={"x": x})
                if last(grown) not in seen:
                    seen.add(last(grown))
                    waiting.append(grown)


def opened(rules: qms.Procedure, *, x: bool) -> qms.Case:
    subject = qms.Subject("lease", number="L-1", opened_at=START)
    return rules.open(subject, facts={"x": x})


def last(case: qms.Case) -> tuple[object, ...]:
    """The last event of each name with its fact, in their order: all that a gate of this language asks."""
    places = {event.name: (event.seq, event.name, event.facts.get("x")) for event in case.history}
    return tuple(place[1:] for place in sorted(places.values()))
