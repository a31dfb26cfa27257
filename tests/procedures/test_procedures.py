"""Each procedure, clause by clause: the cases of the TOML files beside this module."""

from __future__ import annotations

from pathlib import Path

import pytest

import qms_service as qms
from qms_service.authoring.cases import CaseOutcome, read_cases, run_cases

HERE = Path(__file__).parent
REPORTS = [run_cases(read_cases(HERE / f"{id_}.toml", id_)) for id_ in qms.shipped_rulebooks()]
OUTCOMES = [pytest.param(one, id=one.asked.title) for report in REPORTS for one in report.outcomes]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_library_answers_as_the_clause_says(outcome: CaseOutcome) -> None:
    assert outcome.passed, str(outcome)


def test_every_clause_gate_clock_route_and_row_has_a_case() -> None:
    assert [one.path for report in REPORTS for one in report.uncovered] == []
