"""One event for each: of a list written in the rule, of a fact, of every event that puts an item on record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.events.corrected_histories import ByHand, at

import qms_service as qms

HEAD = """\
id       = "causes"
edition  = "1"
timezone = "Asia/Shanghai"
[departments]
quality = { en = "Quality", zh = "品质部", aliases = ["QA"] }
process = { en = "Process" }
[car.subject]
rooms = "text*?"
[car.events.opened]
[car.events.place_checked]
label = { en = "Place checked", zh = "地点已查" }
facts = { place = ["uncut", "wip", "transit"], clean = "bool" }
[car.events.proposed]
facts = { cause = "text?", causes = "text*?", seen = "text?" }
[car.events.verified]
label = { en = "Cause verified", zh = "原因已验证" }
facts = { cause = "text", causes = "text*?", good = "bool?" }
[car.events.rejected]
label = { en = "Cause rejected", zh = "原因已排除" }
facts = { cause = "text?" }
[car.events.reset]
[car.events.sorted_out]
facts = { what = ["scrap", "rework"] }
[car.events.decided]
clause = "7.4"
"""
PLACES = '{ each = ["uncut", "wip"], event = "place_checked", match = "place", where = { clean = true } }'
CAUSES = '{ each = "proposed.cause", every = true, any = ["verified", "rejected"], match = "cause" }'
GOOD = '{ each = "proposed.cause", every = true, any = [{ event = "verified", where = { good = true } }, "rejected"], match = "cause" }'
Step = tuple[str, dict[str, Any]]


def procedure(folder: Path, need: str) -> qms.Procedure:
    file = folder / "causes.toml"
    file.write_text(f"{HEAD}needs = [{need}]\n", encoding="utf-8")
    return qms.load_rulebook(file).on(date(2026, 3, 1))


def case(rules: qms.Procedure, *steps: Step, **subject: object) -> qms.Case:
    case = rules.open(qms.Subject("car", number="1", opened_at=at(0), facts=subject))
    for hour, (name, facts) in enumerate(steps, 1):
        case = rules.record(case, name, at=at(hour), facts=facts)
    return case


def lacking(rules: qms.Procedure, *steps: Step, **subject: object) -> list[tuple[str, object, object]]:
    found = rules.check(case(rules, *steps, **subject), "decided", at=at(20))
    return [(one.code, one.facts["detail"], one.facts.get("again")) for one in found]


def checked(place: str, *, clean: bool = True) -> Step:
    return "place_checked", {"place": place, "clean": clean}


def proposed(cause: str, **more: object) -> Step:
    return "proposed", {"cause": cause, **more}


def verified(cause: str, **more: object) -> Step:
    return "verified", {"cause": cause, **more}


def rejected(cause: str) -> Step:
    return "rejected", {"cause": cause}


def corrected(of: int, **change: object) -> Step:
    return "corrected", {"of": of, "reason": "r", **change}


def test_each_place_of_a_list_has_to_be_checked_and_the_last_check_counts(tmp_path: Path) -> None:
    rules = procedure(tmp_path, PLACES)
    assert lacking(rules) == [("not-each", ("uncut", "wip"), None)]
    assert lacking(rules, checked("wip"), checked("transit")) == [("not-each", ("uncut",), None)]
    assert lacking(rules, checked("wip"), checked("uncut")) == []
    assert lacking(rules, checked("wip"), checked("uncut"), checked("wip", clean=False)) == [
        ("not-each", ("wip",), None)
    ]


def test_the_values_of_a_list_are_read_as_events_carry_them(tmp_path: Path) -> None:
    rules = procedure(tmp_path, '{ each = ["QA", "Process", "quality"], event = "reset" }')
    assert lacking(rules) == [("not-each", ("quality", "process"), None)]


def test_each_cause_that_was_ever_proposed_has_to_be_verified_or_rejected(tmp_path: Path) -> None:
    rules = procedure(tmp_path, CAUSES)
    assert lacking(rules) == [("not-each", ("proposed.cause",), None)]
    dust, film = proposed("dust"), proposed("film")
    assert lacking(rules, dust, film, verified("dust")) == [("not-each", ("film",), None)]
    assert lacking(rules, dust, film, verified("dust"), rejected("film")) == []
    assert lacking(rules, dust, rejected("film"), film, verified("dust")) == [
        ("not-each.again", ("film",), ("film",))
    ]
    assert lacking(rules, dust, verified("dust"), dust, film) == [
        ("not-each.again", ("dust", "film"), ("dust",))
    ]


def test_the_finding_names_the_causes_and_those_that_were_changed_since(tmp_path: Path) -> None:
    rules = procedure(tmp_path, CAUSES)
    steps = (proposed("dust"), verified("dust"), proposed("film"), corrected(2, facts={"seen": "yes"}))
    (finding,) = rules.check(case(rules, *steps), "decided", at=at(20))
    assert finding.text() == (
        "decided needs verified / rejected (Cause verified / Cause rejected) for each of: dust, film; "
        "record it again for: dust, changed since. [causes 7.4]"
    )
    assert finding.text("zh") == (
        "decided 要求以下每一项都有 verified / rejected（原因已验证 / 原因已排除）：dust、film；"
        "其中 dust 此后有改动，请重新记录。 [causes 7.4]"
    )
    assert qms.from_json(qms.Finding, qms.to_json(finding)) == finding


def test_an_item_that_is_corrected_into_another_is_that_other(tmp_path: Path) -> None:
    rules = procedure(tmp_path, CAUSES)
    steps = (proposed("dust"), verified("dust"), corrected(2, facts={"cause": "film"}))
    assert lacking(rules, *steps) == [("not-each", ("film",), None)]
    assert lacking(rules, *steps, verified("film")) == []


def test_an_item_that_is_struck_out_is_not_asked_for(tmp_path: Path) -> None:
    rules = procedure(tmp_path, CAUSES)
    assert lacking(rules, proposed("dust"), verified("dust"), proposed("film"), corrected(4, void=True)) == []
    assert lacking(rules, proposed("dust"), corrected(2, void=True)) == [
        ("not-each", ("proposed.cause",), None)
    ]


def test_a_correction_of_the_moment_alone_asks_for_nothing_anew(tmp_path: Path) -> None:
    rules = procedure(tmp_path, CAUSES)
    assert lacking(rules, proposed("dust"), verified("dust"), corrected(2, at=at(0.5))) == []
    assert lacking(rules, proposed("dust"), verified("dust"), corrected(3, at=at(0.5))) == [
        ("not-each.again", ("dust",), ("dust",))
    ]


def test_the_last_answer_to_an_item_counts(tmp_path: Path) -> None:
    rules = procedure(tmp_path, GOOD)
    good, bad = verified("dust", good=True), verified("dust", good=False)
    assert lacking(rules, proposed("dust"), good) == []
    assert lacking(rules, proposed("dust"), good, bad) == [("not-each", ("dust",), None)]
    assert lacking(rules, proposed("dust"), good, bad, rejected("dust")) == []


def test_lists_ask_for_each_of_their_values_and_may_answer_several(tmp_path: Path) -> None:
    rules = procedure(
        tmp_path, '{ each = "proposed.causes", every = true, event = "verified", match = "causes" }'
    )
    two, one = ("proposed", {"causes": ["dust", "film"]}), ("proposed", {"causes": ["dust"]})
    both = verified("x", causes=["film", "dust"])
    assert lacking(rules, two, both) == []
    assert lacking(rules, two, both, one) == [("not-each.again", ("dust",), ("dust",))]
    assert lacking(rules, ("proposed", {"causes": []})) == []


def test_an_answer_may_have_to_follow_something_else_as_well(tmp_path: Path) -> None:
    need = '{ each = "proposed.cause", every = true, event = "verified", after = "reset", match = "cause" }'
    rules = procedure(tmp_path, need)
    steps: tuple[Step, ...] = (proposed("dust"), verified("dust"))
    assert lacking(rules, *steps) == []
    assert lacking(rules, *steps, ("reset", {})) == [("not-each", ("dust",), None)]


def test_the_values_of_the_subject_are_asked_for_once(tmp_path: Path) -> None:
    rules = procedure(tmp_path, '{ each = "subject.rooms", event = "verified", match = "cause" }')
    assert lacking(rules) == [("not-each", ("subject.rooms",), None)]
    assert lacking(rules, verified("hall"), rooms=("hall", "loft")) == [("not-each", ("loft",), None)]
    assert lacking(rules, verified("hall"), rooms=("hall",)) == []


def test_items_and_answers_belong_to_their_cycle(tmp_path: Path) -> None:
    rules = procedure(tmp_path, CAUSES)
    again: tuple[Step, ...] = (
        proposed("dust"),
        verified("dust"),
        ("withdrawn", {"reason": "r"}),
        ("reopened", {"reason": "r"}),
    )
    assert lacking(rules, *again) == [("not-each", ("proposed.cause",), None)]
    assert lacking(rules, *again, proposed("dust")) == [("not-each", ("dust",), None)]


def test_a_step_that_was_done_for_some_values_only_is_shown_as_possible(tmp_path: Path) -> None:
    rules = procedure(tmp_path, PLACES)
    steps = {step.event: step.state for step in rules.checklist(case(rules, checked("wip")), now=at(20))}
    assert (steps["place_checked"], steps["decided"]) == ("possible", "blocked")
    done = case(rules, checked("wip"), checked("uncut"))
    assert {step.event: step.state for step in rules.checklist(done, now=at(20))}["place_checked"] == "done"


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ('{ each = [], event = "verified", match = "cause" }', "needs[0].each:{line}: an empty list can never be met"),
        ('{ each = ["cut"], event = "place_checked", match = "place" }', "needs[0].each[0]:{line}: .*uncut"),
        ('{ each = [3], event = "verified", match = "cause" }', "each[0]:{line}: Fact cause"),
        ('{ each = ["a"], any = ["verified", "place_checked"], match = "cause" }', "match:{line}: unknown fact cause"),
        ('{ each = ["uncut", "a"], any = ["verified", "place_checked"], match = "by" }', None),
        ('{ each = "subject.rooms", every = true, event = "verified", match = "cause" }', "every:{line}: every = true asks for"),
        ('{ each = ["a"], every = true, event = "verified", match = "cause" }', "every:{line}: every = true asks for"),
        ('{ each = "proposed.cause", every = true, event = "verified" }', "match:{line}: the key match is missing"),
        ('{ each = "proposed.cause", every = true, event = "verified", keeps = true, match = "cause" }', "every:{line}: keeps means nothing"),
        ('{ each = "place_checked.clean", event = "verified", match = "cause" }', "match:{line}: place_checked.clean lists values of type bool, and the matching fact is of type text"),
        ('{ each = "place_checked.place", event = "sorted_out", match = "what" }', "match:{line}: place_checked.place lists values of type uncut"),
        ('{ each = "proposed.caus", event = "verified", match = "cause" }', "each:{line}: unknown fact caus; did you mean cause?"),
        ('{ each = 3, event = "verified", match = "cause" }', "each:{line}: got 3"),
        ('{ each = "proposed.cause", event = "verifed", match = "cause" }', "event:{line}: unknown event verifed"),
        ('{ each = "proposed.cause", any = ["verifed"], match = "cause" }', "any[0]:{line}: unknown event verifed"),
        ('{ each = "proposed.cause", any = [], match = "cause" }', "any:{line}: an empty list"),
        ('{ each = "proposed.cause", any = "rejected", event = "verified", match = "cause" }', "event:{line}: unknown key event"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(need: str, said: str | None, tmp_path: Path) -> None:
    if said is None:
        procedure(tmp_path, need)
        return
    with pytest.raises(qms.RulebookError) as refused:
        procedure(tmp_path, need)
    assert any(
        re.search(said.replace("[", r"\[").replace("{line}", "26"), line)
        for line in str(refused.value).splitlines()
    ), str(refused.value)


WORDS = st.sampled_from(["a", "b", "c"])
FACTS: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "proposed": st.fixed_dictionaries({"cause": WORDS}, optional={"seen": WORDS}),
    "verified": st.fixed_dictionaries({"cause": WORDS, "good": st.booleans()}),
    "rejected": st.fixed_dictionaries({"cause": WORDS}),
    "reset": st.just({}),
    "reopened": st.just({"reason": "r"}),
}


@st.composite
def histories(draw: st.DrawFn) -> list[qms.Event]:
    """Causes, answers and corrections of what each says, when it was and whether it was at all."""
    history = [qms.Event("opened", at(0), seq=1)]
    for seq in range(2, draw(st.integers(2, 14)) + 1):
        name = draw(
            st.sampled_from(["proposed", "proposed", "verified", "rejected", "reset", "reopened", "mend"])
        )
        moment = at(seq if draw(st.integers(0, 4)) else draw(st.integers(1, 12)) + 0.5)
        if name != "mend":
            history.append(qms.Event(name, moment, seq=seq, facts=draw(FACTS[name])))
            continue
        target = draw(st.sampled_from(history))
        kind = draw(st.sampled_from(["facts", "at", "void"]))
        facts: dict[str, Any] = {"of": target.seq, "reason": "r"}
        if kind == "facts" and target.name in ("proposed", "verified", "rejected"):
            facts["facts"] = draw(FACTS[target.name])
        elif kind == "at" and target.name != "corrected":
            facts["at"] = at(draw(st.integers(1, 12)) + 0.25)
        elif target.seq > 1:
            facts["void"] = True
        history.append(qms.Event("corrected", moment, seq=seq, facts=facts))
    return history


def by_hand(history: list[qms.Event]) -> tuple[list[object], list[object]] | None:
    """The causes that still lack an answer, and those of them that had one; None while there is no cause."""
    read = ByHand(history)
    items: dict[object, list[Any]] = {}
    for seq in sorted(read.there("proposed"), key=read.when):
        said = read.says(seq) or {}
        items.setdefault(said["cause"], []).extend([read.when(seq), *read.changes(seq)])
    if not items:
        return None
    lacking: list[object] = []
    again: list[object] = []
    for cause, floors in items.items():
        answers = []
        for name in ("verified", "rejected"):
            own = [s for s in read.there(name) if (read.says(s) or {})["cause"] == cause]
            last = max(own, key=read.when, default=None)
            resets = [read.when(s) for s in read.there("reset")]
            if last is None or (name == "verified" and (read.says(last) or {}).get("good") is not True):
                continue
            if name == "rejected" or read.when(last) > max(resets, default=(at(-99), 0)):
                answers.append(read.when(last))
        if not any(answer > max(floors) for answer in answers):
            lacking.append(cause)
            again += [cause] if answers else []
    return lacking, again


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> qms.Procedure:
    good = GOOD.replace("where = { good = true }", 'where = { good = true }, after = "reset"')
    return procedure(tmp_path_factory.mktemp("causes"), good)


@settings(max_examples=300, deadline=None)
@given(history=histories())
def test_a_gate_over_items_asks_for_what_the_history_by_hand_lacks(
    decided: qms.Procedure, history: list[qms.Event]
) -> None:
    adopted = decided.adopt(qms.Subject("car", number="1", opened_at=at(0)), history)
    found = [one for one in decided.check(adopted, "decided", at=at(20)) if one.code.startswith("not-each")]
    expected = by_hand(history)
    if expected is None:
        assert [one.facts["detail"] for one in found] == [("proposed.cause",)]
    else:
        lacking, again = expected
        assert [(list(one.facts["detail"]), list(one.facts.get("again", ()))) for one in found] == (  # type: ignore[call-overload]
            [(lacking, again)] if lacking else []
        )
