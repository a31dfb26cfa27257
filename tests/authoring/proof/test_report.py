"""The proofs of every edition of a rulebook, in one report."""

from __future__ import annotations

import pytest
from tests.authoring.proof.conftest import Written

import qms_service as qms
from qms_service.authoring.proof import Invariant, ProofReport, Wanted, prove_rulebook
from qms_service.errors import InvariantError

EARLY = Invariant(id="early", kind="job", never="closed", unless=["made"])
MADE = "[job.events.opened]\n[job.events.made]\n[job.events.closed]\nneeds = {}\n"


def book(written: Written, *needs: str) -> qms.Rulebook:
    return qms.Rulebook("small", tuple(written(MADE.format(one)) for one in needs))


def test_each_edition_is_asked(written: Written) -> None:
    report = prove_rulebook(book(written, '["made"]', "[]"), iter([EARLY]))
    assert [one.outcome for one in report.proofs] == ["proven", "refuted"]
    assert not report.proven
    assert str(report).count("small edition 1") == 2
    assert str(report).endswith("2 sentence(s): 1 proven, 1 refuted, 0 open.")


def test_a_step_without_a_clause_is_told_without(written: Written) -> None:
    report = prove_rulebook(book(written, "[]"), [EARLY])
    assert list(report.proofs[0].steps()) == ["   1. opened (opened)", "   2. closed (closed)"]
    assert [line["clause"] for line in report.data()[0]["history"]] == [None, None]


def test_all_that_does_not_fit_is_told_at_once(written: Written) -> None:
    wrong = [
        EARLY,
        Invariant(id="a", kind="job", never="clozed"),
        Invariant(id="b", kind="jub", never="closed"),
        Invariant(id="c", kind="job", never="closed", unless=[Wanted(event="made", where={"well": True})]),
        Invariant(id="d", kind="job", never="closed", leaves_aside=["haste"]),  # type: ignore[list-item]  # the mistake
    ]
    with pytest.raises(InvariantError) as refused:
        prove_rulebook(book(written, '["made"]'), wrong)
    said = str(refused.value)
    assert said.startswith(
        "The invariants do not fit small edition 1, 4 problem(s):\n  invariants.a.never: Unknown event"
    )
    assert [one.path for one in refused.value.problems] == [
        "invariants.a.never",
        "invariants.b.kind",
        "invariants.c.unless[0].where.well",
        "invariants.d.leaves_aside[0]",
    ]
    assert "与 small 第 1 版不符" in refused.value.text("zh")


def test_reports_are_joined(written: Written) -> None:
    one = prove_rulebook(book(written, '["made"]'), [EARLY])
    joined = ProofReport.joined([one, one])
    assert (joined.proven, len(joined.proofs), ProofReport.joined([]).proven) == (True, 2, True)
