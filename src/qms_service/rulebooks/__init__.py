"""Rulebooks (规则册): a procedure as data, and the questions it answers about a case."""

from qms_service.rulebooks.checklist import Step, StepFact, StepState
from qms_service.rulebooks.load import load_rulebook
from qms_service.rulebooks.origin import Origin
from qms_service.rulebooks.problem import Problem
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.rulebooks.sources import shipped_rulebooks
from qms_service.rulebooks.status import Status

__all__ = [
    "Origin",
    "Problem",
    "Procedure",
    "Rulebook",
    "Status",
    "Step",
    "StepFact",
    "StepState",
    "load_rulebook",
    "shipped_rulebooks",
]
