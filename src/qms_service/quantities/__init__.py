"""Quantities (数量): how much is on record, and the balances that have to hold between quantities."""

from qms_service.quantities.balance import Balance, BalanceState
from qms_service.quantities.derived import Derived
from qms_service.quantities.figure import Figure
from qms_service.quantities.linear import NAME, LinearSum, Relation
from qms_service.quantities.parts import AnyTally, cycle_through, made_of, reckoned
from qms_service.quantities.quantities import Quantities, quantities_of
from qms_service.quantities.shares import shares
from qms_service.quantities.tally import How, Tally
from qms_service.quantities.tolerance import Tolerance

__all__ = [
    "NAME",
    "AnyTally",
    "Balance",
    "BalanceState",
    "Derived",
    "Figure",
    "How",
    "LinearSum",
    "Quantities",
    "Relation",
    "Tally",
    "Tolerance",
    "cycle_through",
    "made_of",
    "quantities_of",
    "reckoned",
    "shares",
]
