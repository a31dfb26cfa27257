"""The shipped procedure keeps its invariants, and a fault planted in a copy of it is found."""

from __future__ import annotations

import json

import attrs
import pytest
from tests.authoring.proof.conftest import Changed

from qms_service.__main__ import main
from qms_service.authoring.proof import Invariant, Proof, Wanted, load_invariants, prove
from qms_service.authoring.proof.invariant import Aside
from qms_service.rulebooks import Procedure

OURS = {"analysed.established": True, "analysed.ours": True}
TO_THE_APPROVAL = ["received", "forwarded", "analysed", "contained", "cause_reported", "approved", "answered"]
ABSOLUTE = '{ event = "approved", after = "cause_reported", absolute = true }'


def shipped(name: str) -> Invariant:
    return next(one for one in load_invariants("pcb-maker") if one.id == name)


LATEST = shipped("closed-on-an-old-approval")


def steps(proof: Proof) -> list[str]:
    return [event.name for event in proof.history]


def test_the_shipped_procedure_keeps_every_invariant_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked on the command line, where what ships is named like a file."""
    assert main(["check", "pcb-maker", "--strict", "--json", "--invariants", "pcb-maker"]) == 0
    proofs = json.loads(capsys.readouterr().out)["proofs"]
    assert len(proofs) == 42
    assert [(one["id"], one["outcome"]) for one in proofs if one["outcome"] != "proven"] == []
    walked = [one["id"] for one in proofs if not one["by_gate"]]
    assert walked == [
        LATEST.id,
        "posted-without-countersignatures",
    ]  # the others hold after corrections and in every cycle, too


def test_a_cause_reported_anew_after_the_answer_needs_a_new_approval_to_close(pcb_maker: Procedure) -> None:
    """Closing asks for an answer later than the last report, and that answer for its approval."""
    (proof,) = prove(pcb_maker, [LATEST])
    assert (proof.outcome, proof.by_gate) == ("proven", False)


def test_without_that_order_a_complaint_closes_on_an_old_approval(changed: Changed) -> None:
    copy = changed('{ event = "answered", after = "cause_reported" }', '"answered"')
    (proof,) = prove(copy, [LATEST])
    assert proof.outcome == "refuted"
    assert steps(proof)[:7] == TO_THE_APPROVAL
    assert sorted(steps(proof)[7:-1]) == [
        "action_completed", "cause_reported", "notice_filed", "trained", "verified",
    ]  # fmt: skip
    assert steps(proof)[-1] == "closed"


@pytest.mark.parametrize(
    ("aside", "how"), [("concessions", "approved struck out"), ("corrections", "answered by concession")]
)
def test_the_approval_of_a_closed_case_is_only_as_sure_as_the_answer(
    pcb_maker: Procedure, aside: Aside, how: str
) -> None:
    (proof,) = prove(pcb_maker, [attrs.evolve(LATEST, leaves_aside=[aside])])
    assert proof.outcome == "refuted"
    names = dict(enumerate(steps(proof), start=1))
    conceded = [f"{event.name} by concession" for event in proof.history if event.despite]
    struck = [
        f"{names[of]} struck out" for event in proof.history if isinstance(of := event.facts.get("of"), int)
    ]
    assert how in (*conceded, *struck)


def test_a_dropped_need_is_found(changed: Changed) -> None:
    copy = changed('    "trained",\n', "")
    (proof,) = prove(copy, [shipped("closed-without-training")])
    assert len(proof.history) == 11  # what closing needs, and what that needs, once each
    assert "trained" not in steps(proof)
    assert steps(proof)[-1] == "closed"


def test_a_wrong_fact_is_found(changed: Changed) -> None:
    copy = changed(
        'effective = true }, after = "action_completed"',
        'effective = [true, false] }, after = "action_completed"',
    )
    (proof,) = prove(copy, [shipped("closed-without-effect")])
    assert len(proof.history) == 12
    verified = next(event for event in proof.history if event.name == "verified")
    assert verified.facts["effective"] is False


def test_a_missing_order_is_found(changed: Changed) -> None:
    copy = changed('where = { effective = true }, after = "action_completed"', "where = { effective = true }")
    (proof,) = prove(copy, [shipped("closed-without-effect")])
    assert len(proof.history) == 13  # once more than needed: the action after its verification
    done = [name for name in steps(proof) if name in ("action_completed", "verified")]
    assert done == ["action_completed", "verified", "action_completed"]


def test_what_an_earlier_cycle_left_is_found(changed: Changed) -> None:
    copy = changed('    "trained",\n', '    { event = "trained", keeps = true },\n')
    (proof,) = prove(copy, [shipped("closed-without-training")])
    again = steps(proof).index("reopened")
    assert sorted(steps(proof)[:again]) == sorted(
        ["received", "forwarded", "analysed", "cause_reported", "trained", "withdrawn"]
    )
    assert len(proof.history) == 6 + 1 + 10  # then the ten lines to a closing without training


def test_a_gate_that_yields_to_a_concession_is_found(changed: Changed) -> None:
    firm = Invariant(
        id="i",
        kind="complaint",
        never="answered",
        unless=[Wanted(event="approved", after="cause_reported")],
    )
    absolute = changed('{ event = "approved", after = "cause_reported" }', ABSOLUTE)
    assert prove(absolute, [firm])[0].proven
    yielding = changed('{ event = "approved", after = "cause_reported" }', ABSOLUTE.replace("true", "false"))
    (proof,) = prove(yielding, [firm])
    assert steps(proof) == ["received", "answered"]
    assert proof.history[-1].despite


def test_every_line_of_a_counter_example_but_the_last_is_as_it_should_be(changed: Changed) -> None:
    (proof,) = prove(changed('    "trained",\n', ""), [shipped("closed-without-training")])
    broken = [proof.invariant.broken_by(proof.history[: n + 1]) for n in range(len(proof.history))]
    assert broken == [False] * 10 + [True]
