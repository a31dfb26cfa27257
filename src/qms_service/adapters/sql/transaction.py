"""A transaction of a store over SQL (事务): its cases and its numbers."""

from __future__ import annotations

from qms_service.adapters.sql.cases import SqlCases
from qms_service.adapters.sql.dialect import Dialect, Run
from qms_service.adapters.sql.numbers import SqlNumbers


class SqlTransaction:
    """One unit of work over a way to run a statement; whoever has that begins and ends it."""

    __slots__ = ("cases", "numbers")

    def __init__(self, run: Run, dialect: Dialect, *, read_only: bool) -> None:
        self.cases = SqlCases(run, dialect, read_only=read_only)
        self.numbers = SqlNumbers(run, dialect, read_only=read_only)
