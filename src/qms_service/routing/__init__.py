"""Routing (职责与路由): decision tables, RACI matrices, and the assignments they give."""

from qms_service.routing.assignment import Assignment
from qms_service.routing.cell import Cell
from qms_service.routing.column import Column, ColumnType
from qms_service.routing.decision import Collected, Decision, Possible, Rule
from qms_service.routing.explanation import CellTrace, RuleTrace, TableExplanation
from qms_service.routing.fault import TableFault
from qms_service.routing.grid import Grid, read_grid
from qms_service.routing.proof import TableProblem, TableProblems
from qms_service.routing.raci import Raci, RaciRow
from qms_service.routing.span import Span
from qms_service.routing.table import DecisionTable

__all__ = [
    "Assignment",
    "Cell",
    "CellTrace",
    "Collected",
    "Column",
    "ColumnType",
    "Decision",
    "DecisionTable",
    "Grid",
    "Possible",
    "Raci",
    "RaciRow",
    "Rule",
    "RuleTrace",
    "Span",
    "TableExplanation",
    "TableFault",
    "TableProblem",
    "TableProblems",
    "read_grid",
]
