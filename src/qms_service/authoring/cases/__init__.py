"""Clause-worded cases (按条款的用例): a procedure's sentences as cases, run against its rulebook."""

from qms_service.authoring.cases.clause_case import AnyCase, CaseFile, ClauseCase, DutyCase, SurveyCase
from qms_service.authoring.cases.coverage import Uncovered
from qms_service.authoring.cases.inputs import TableInput, table_inputs
from qms_service.authoring.cases.outcome import CaseOutcome, Difference
from qms_service.authoring.cases.path import StepPath
from qms_service.authoring.cases.read import read_cases
from qms_service.authoring.cases.report import CasesReport, run_cases
from qms_service.authoring.cases.shortest import shortest_path, shortest_paths
from qms_service.authoring.cases.skeleton import skeleton

__all__ = [
    "AnyCase",
    "CaseFile",
    "CaseOutcome",
    "CasesReport",
    "ClauseCase",
    "Difference",
    "DutyCase",
    "StepPath",
    "SurveyCase",
    "TableInput",
    "Uncovered",
    "read_cases",
    "run_cases",
    "shortest_path",
    "shortest_paths",
    "skeleton",
    "table_inputs",
]
