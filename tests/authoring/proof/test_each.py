"""Gates that ask for one event for each of several values, as proofs see them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.authoring.proof.conftest import Written

import qms_service as qms
from qms_service.authoring.proof import Invariant, Wanted, prove
from qms_service.authoring.proof.edit import place_of
from qms_service.authoring.proof.inquiry import Inquiry
from qms_service.rulebooks import Procedure
from qms_service.rulebooks.letter import Letter
from qms_service.rulebooks.sight import sights_of

NOON = pendulum.datetime(2026, 3, 2, 12, tz="UTC")
BOOK = """
[job.events.opened]
facts = { parts = "text*", sides = ["up", "left", "right"], all = "text*?" }
[job.events.found]
facts = { hole = ["left", "right"], seen = "text?" }
[job.events.plugged]
facts = { hole = ["left", "right"], tight = "bool" }
[job.events.painted]
facts = { hole = ["left", "right"] }
[job.events.closed]
needs = [NEED]
"""
EVERY = '{ each = "found.hole", every = true, any = ["plugged", "painted"], match = "hole" }'
TIGHT = '{ each = "found.hole", every = true, event = "plugged", where = { tight = true }, match = "hole" }'
LISTED = '{ each = ["left", "right"], event = "plugged", where = { tight = true }, match = "hole" }'


def job(*unless: str | Wanted, **more: object) -> Invariant:
    return Invariant(id="i", kind="job", never="closed", unless=unless, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (LISTED, ["plugged hole = left, tight = true", "plugged hole = right, tight = true"]),
        (EVERY, ["found hole = left", "plugged hole = left, tight = true"]),
        (TIGHT, ["found hole = left", "plugged hole = left, tight = true"]),
        ('{ each = "opened.parts", event = "plugged" }', []),
        (
            '{ each = "opened.sides", event = "plugged", match = "hole" }',
            ["plugged hole = left, tight = true"],
        ),
        ('{ each = "opened.sides", event = "found", match = "seen" }', ["found hole = left, seen = up"]),
        (
            '{ each = "found.seen", every = true, event = "plugged", match = "hole" }',
            ["found hole = left, seen = left", "plugged hole = left, tight = true"],
        ),
    ],
)
def test_the_shortest_history_that_opens_the_gate(need: str, said: list[str], written: Written) -> None:
    (proof,) = prove(written(BOOK.replace("NEED", need)), [job()])
    lines = [line.split(". ", 1)[1] for line in proof.text().splitlines()[1:]]
    assert [line.replace(" (found)", "").replace(" (plugged)", "") for line in lines[1:-1]] == said


def test_what_was_found_is_answered_after_it_was_found_or_changed(written: Written) -> None:
    """The sentence is about any hole; the gate asks for more, one by one."""
    rules = written(BOOK.replace("NEED", TIGHT))
    found = Wanted(event="found")
    proofs = prove(rules, [job(found), job(Wanted(event="plugged")), job(Wanted(event="painted"))])
    assert [(proof.outcome, proof.by_gate) for proof in proofs] == [
        ("proven", True),
        ("proven", True),
        ("refuted", False),
    ]
    (last,) = prove(rules, [job(Wanted(event="plugged", after="found"))])
    assert last.by_gate
    (tight,) = prove(rules, [job(Wanted(event="plugged", where={"tight": True}))])
    assert [event.name for event in tight.history] == ["opened", "found", "plugged", "plugged", "closed"]


NEEDS = [
    EVERY,
    TIGHT,
    LISTED,
    LISTED.replace("where = { tight = true }", 'after = "found"'),
    TIGHT.replace("where", 'after = "painted", where'),
    '{ each = "found.hole", event = "plugged", match = "hole" }',
    '{ each = "found.seen", every = true, event = "plugged", match = "hole" }',
    '{ each = "opened.all", event = "plugged", match = "hole" }',
    '{ each = "found.hole", event = "plugged", match = "hole", after = "found", keeps = true }',
    '{ each = "found.hole", every = true, any = ["found", { event = "plugged", after = "painted" }], match = "hole" }',
    '{ event = "painted", after = "found", keeps = true }',
    '{ event = "painted", count = 2, after = "found" }',
]
WANTED = [
    Wanted(event="found"),
    Wanted(event="plugged", after="found"),
    Wanted(event="plugged", where={"tight": True}),
    Wanted(event="plugged", where={"hole": "right"}),
    Wanted(event="painted", after="found"),
    Wanted(event="plugged", after="painted"),
]
HOLES = st.sampled_from(["left", "right"])
FACTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "found": st.fixed_dictionaries({"hole": HOLES}, optional={"seen": st.sampled_from(["x", "y"])}),
    "plugged": st.fixed_dictionaries({"hole": HOLES, "tight": st.booleans()}),
    "painted": st.fixed_dictionaries({"hole": HOLES}),
}


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    name = draw(
        st.sampled_from(
            [*FACTS, *FACTS, "closed", "closed", "withdrawn", "reopened", "corrected", "corrected"]
        )
    )
    if name == "corrected":
        change = draw(st.sampled_from([*FACTS, "void"]))
        what: dict[str, Any] = {"void": True} if change == "void" else {"facts": draw(FACTS[change])}
        return name, {"of": draw(st.integers(2, 8)), "reason": "r", **what}
    return name, draw(FACTS[name]) if name in FACTS else ({} if name == "closed" else {"reason": "r"})


def loaded(needs: list[str]) -> Procedure:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "small.toml"
        head = 'id = "small"\nedition = "1"\ntimezone = "UTC"\n[job]\nopening = "opened"\n'
        file.write_text(head + BOOK.replace("NEED", ", ".join(needs)), encoding="utf-8")
        return qms.load_rulebook(file).on(NOON)


@settings(max_examples=80, deadline=None)
@given(
    needs=st.lists(st.sampled_from(NEEDS), min_size=1, max_size=2, unique=True),
    asked=st.sampled_from(WANTED),
    steps=st.lists(lines(), max_size=16),
)
def test_what_is_proven_holds_whatever_is_recorded_conceded_and_corrected(
    needs: list[str], asked: Wanted, steps: list[tuple[str, dict[str, Any]]]
) -> None:
    rules = loaded(needs)
    (proof,) = prove(rules, [job(asked)], limit=3000)
    case = rules.open(qms.Subject("job", number="1", opened_at=NOON), facts={"parts": [], "sides": "up"})
    for name, facts in steps:
        try:
            case = rules.record(
                case, name, at=NOON.add(minutes=case.version), facts=facts, despite="so it was"
            )
        except qms.Refused:
            continue
        assert not (proof.proven and job(asked).broken_by(case.history))


LETTERS = st.one_of(
    st.tuples(st.sampled_from([*FACTS]), st.data()),
    st.tuples(st.sampled_from(["withdrawn", "reopened", "edit", "edit"]), st.data()),
)


@settings(max_examples=150, deadline=None)
@given(need=st.sampled_from(NEEDS), drawn=st.lists(LETTERS, max_size=10))
def test_histories_that_look_alike_are_answered_alike(
    need: str, drawn: list[tuple[str, st.DataObject]]
) -> None:
    """What a proof sees of a history, corrections among it, is all that the gate's answer rests on."""
    rules = RULES[need]
    inquiry = Inquiry(rules, "job", judge=rules)
    sights = tuple(dict.fromkeys(sights_of(rules.rules.kind("job").events["closed"])))
    word = [Letter("subject"), Letter("opened", (("parts", ()), ("sides", "up")))]
    state = [sight.start for sight in sights]
    for name, data in drawn:
        letter = Letter(name)
        if name in FACTS:
            letter = Letter(name, tuple(data.draw(FACTS[name]).items()))
        elif name == "edit":
            letter = attrs.evolve(
                data.draw(st.sampled_from(word[1:])), edited=data.draw(st.sampled_from(["here", "before"]))
            )
            if letter.event in ("withdrawn", "reopened") or place_of(word[1:], letter) is None:
                continue
        word.append(letter)
        state = [sight.then(value, letter) for sight, value in zip(sights, state, strict=True)]
        case = inquiry.effective(word)
        opens = not [
            one for one in rules.check(case, "closed", at=NOON.add(hours=9)) if one.code != "not-open"
        ]
        assert LOOKS.setdefault((need, tuple(state)), opens) == opens


RULES = {need: loaded([need]) for need in NEEDS}
LOOKS: dict[object, bool] = {}
