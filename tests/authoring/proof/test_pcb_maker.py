"""The shipped procedure keeps its invariants, and a fault planted in a copy of it is found."""

from __future__ import annotations

from tests.authoring.proof.conftest import Changed

from qms_service.authoring.proof import Invariant, Proof, Wanted, load_invariants, prove
from qms_service.rulebooks import Procedure

OURS = {"analysed.established": True, "analysed.ours": True}
TO_THE_APPROVAL = ["received", "forwarded", "analysed", "contained", "cause_reported", "approved", "answered"]
ABSOLUTE = '{ event = "approved", after = "cause_reported", absolute = true }'


def shipped(name: str) -> Invariant:
    return next(one for one in load_invariants("pcb-maker") if one.id == name)


def steps(proof: Proof) -> list[str]:
    return [event.name for event in proof.history]


def test_the_shipped_procedure_keeps_every_invariant_of_its_own(pcb_maker: Procedure) -> None:
    proofs = prove(pcb_maker, load_invariants("pcb-maker"))
    assert [(one.invariant.id, one.outcome) for one in proofs if not one.proven] == []
    assert all(one.by_gate for one in proofs)  # so it holds after corrections and in every cycle, too


def test_a_cause_reported_anew_after_the_answer_needs_no_new_approval_to_close(pcb_maker: Procedure) -> None:
    """4.2.4.9 asks for the answer, not for the approval of what was reported after it."""
    latest = Invariant(
        id="i",
        kind="complaint",
        never="closed",
        where=OURS,
        unless=[Wanted(event="approved", after="cause_reported")],
    )
    (proof,) = prove(pcb_maker, [latest])
    assert proof.outcome == "refuted"
    assert steps(proof)[:7] == TO_THE_APPROVAL
    assert sorted(steps(proof)[7:-1]) == [
        "action_completed", "cause_reported", "notice_filed", "trained", "verified",
    ]  # fmt: skip
    assert steps(proof)[-1] == "closed"


def test_a_dropped_need_is_found(changed: Changed) -> None:
    copy = changed('    "trained",\n', "")
    (proof,) = prove(copy, [shipped("closed-without-training")])
    assert len(proof.history) == 11  # what closing needs, and what that needs, once each
    assert "trained" not in steps(proof)
    assert steps(proof)[-1] == "closed"


def test_a_wrong_fact_is_found(changed: Changed) -> None:
    copy = changed("effective = true }, after", "effective = [true, false] }, after")
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
