"""A transaction of a store over SQL (事务): its cases and its numbers."""

from __future__ import annotations

from qms_service.adapters.sql.cases import SqlCases
from qms_service.adapters.sql.dialect import Dialect, Run
from qms_service.adapters.sql.numbers import SqlNumbers


class SqlTransaction:
    """One unit of work over a way to run a statement; whoever has that begins and ends it."""

    __slots__ = ("_cases", "_dialect", "_numbers", "_read_only", "_run")

    def __init__(self, run: Run, dialect: Dialect, *, read_only: bool) -> None:
        self._run = run
        self._dialect = dialect
        self._read_only = read_only
        self._cases: SqlCases | None = None
        self._numbers: SqlNumbers | None = None

    @property
    def cases(self) -> SqlCases:
        """The cases."""
        if self._cases is None:
            self._cases = SqlCases(self._run, self._dialect, read_only=self._read_only)
        return self._cases

    @property
    def numbers(self) -> SqlNumbers:
        """The numbers."""
        if self._numbers is None:
            self._numbers = SqlNumbers(self._run, self._dialect, read_only=self._read_only)
        return self._numbers
