"""Quantities (数量): how much is on record, and the balances that have to hold between quantities."""

from qms_service.quantities.balance import Balance, BalanceState
from qms_service.quantities.figure import Figure
from qms_service.quantities.linear import LinearSum, Relation
from qms_service.quantities.quantities import Quantities, quantities_of
from qms_service.quantities.shares import shares
from qms_service.quantities.tally import AnyTally, Derived, Tally, cycle_through, made_of
from qms_service.quantities.tolerance import Tolerance

__all__ = [
    "AnyTally",
    "Balance",
    "BalanceState",
    "Derived",
    "Figure",
    "LinearSum",
    "Quantities",
    "Relation",
    "Tally",
    "Tolerance",
    "cycle_through",
    "made_of",
    "quantities_of",
    "shares",
]
