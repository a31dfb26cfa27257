"""RACI matrices (责任矩阵): for each matter who is responsible, accountable, consulted and informed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Self

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import unknown_name
from qms_service.findings import Finding
from qms_service.routing.assignment import Assignment
from qms_service.routing.declaration import Declaration
from qms_service.routing.fault import TableFault, Unreadable, refuse_table
from qms_service.routing.pipes import literal, read_pipes

ROLES: Final = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}
SPECIAL: Final = ("matter", "clause")  # the columns of a grid that are no department
KEYS: Final = (*ROLES.values(), "clause")
ONE: Final = ("responsible", "accountable")  # roles that exactly one department holds


@attrs.frozen(kw_only=True)
class RaciRow:
    """One matter: the departments in each role, as the matrix states them."""

    matter: str
    responsible: tuple[str, ...] = ()
    accountable: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    clause: ClauseRef | None = None

    def problems(self) -> Iterator[Finding]:
        """What keeps exactly one department from doing it, or exactly one from answering for it."""
        for role in ONE:
            named = getattr(self, role)
            if len(named) != 1:
                yield Finding(
                    code=f"raci.{role}.{'several' if named else 'none'}",
                    severity="warning",
                    subject=self.matter,
                    clause=self.clause,
                    facts={"departments": named},
                )

    def assignment(self) -> Assignment:
        """Who the matter falls to; a role that the row gives to none or to several stays open."""
        only = {role: named[0] if len(named := getattr(self, role)) == 1 else None for role in ONE}
        return Assignment(
            **only,
            consulted=self.consulted,
            informed=self.informed,
            clauses=() if self.clause is None else (self.clause,),
            decided=only["responsible"] is not None,
        )


@attrs.frozen(init=False)
class Raci:
    """A RACI matrix (责任矩阵).

    Args:
        name: What errors call it.
        rows: Matter → `{"responsible", "accountable", "consulted", "informed", "clause"}`, each role a
            department or a list of them.
        clause: The clause of rows that name none, and the source of their document and edition.

    Raises:
        TableError: There is anything in it that cannot be read; `problems` holds all of it.

    >>> raci = Raci(name="returns", clause="3.5", rows={"rework": {
    ...     "responsible": "responsible operation", "accountable": "production", "informed": "planning"}})
    >>> raci.assign("rework").accountable, raci.problems()
    ('production', ())
    """

    name: str
    rows: tuple[RaciRow, ...]

    def __init__(
        self, *, name: str, rows: Mapping[str, object], clause: ClauseRef | str | None = None
    ) -> None:
        read = Declaration()
        within = read.clause(clause, None)
        title, made = read.name(name), _rows(rows, within, read)
        if read.faults:
            raise refuse_table(name, read.faults)
        self.__attrs_init__(name=title, rows=made)

    @classmethod
    def from_grid(cls, text: str, *, name: str, clause: ClauseRef | str | None = None) -> Self:
        """A matrix from a pipe grid: a line a matter, a column a department, letters R A C I in the cells.

        Args:
            text: A header `| matter | quality | production | clause |`, then the matters. A cell is blank,
                `-`, a letter, or several such as `A/R`; the column `clause` may be left out.
            name: What errors call it.
            clause: The clause of rows that name none.

        Raises:
            TableError: There is anything in it that cannot be read; `problems` holds all of it.

        >>> raci = Raci.from_grid('''
        ...     | matter       | marketing | quality | clause |
        ...     | order change | A/R       | I       | 3.1    |
        ... ''', name="A1")
        >>> raci.assign("order change").informed
        ('quality',)
        """
        grid = read_pipes(text, name)
        faults = list(grid.faults)
        rows: dict[str, object] = {}
        for row in grid.rows:
            matter = literal(row.get("matter", ""))
            if not matter or matter in rows:
                faults.append(TableFault(code="raci-matter", rule=matter or None, got=repr(matter)))
            rows[matter] = _lettered(matter, row, faults)
        if faults:
            raise refuse_table(name, faults)
        return cls(name=name, rows=rows, clause=clause)

    def assign(self, matter: str) -> Assignment:
        """Who a matter falls to.

        Raises:
            UnknownNameError: The matrix has no such matter; the error offers the nearest.
        """
        for row in self.rows:
            if row.matter == matter:
                return row.assignment()
        raise unknown_name("matter", matter, [row.matter for row in self.rows])

    def problems(self) -> tuple[Finding, ...]:
        """Matters without exactly one department responsible and exactly one accountable."""
        return tuple(finding for row in self.rows for finding in row.problems())


def _lettered(matter: str, row: Mapping[str, str], faults: list[TableFault]) -> Mapping[str, Any]:
    """The roles of a line of letters, as the constructor takes them."""
    roles: dict[str, Any] = {role: [] for role in ROLES.values()}
    roles["clause"] = literal(row.get("clause", "")) or None
    for department, cell in row.items():
        letters = cell.replace("/", "").replace(" ", "").strip("-") if department not in SPECIAL else ""
        if not set(letters) <= set(ROLES):
            unread = Unreadable("raci-letter", got=repr(cell), allowed=", ".join(ROLES))
            faults.append(unread.at(rule=matter, column=department))
            continue
        for letter in letters:
            roles[ROLES[letter]].append(department)
    return roles


def _rows(rows: object, within: ClauseRef | None, read: Declaration) -> tuple[RaciRow, ...]:
    if not isinstance(rows, Mapping) or not rows:
        read.faults.append(TableFault(code="raci-rows", column="rows", got=repr(rows)))
        return ()
    return tuple(_row(str(matter), row, within, read) for matter, row in rows.items())


def _row(matter: str, row: object, within: ClauseRef | None, read: Declaration) -> RaciRow:
    if not isinstance(row, Mapping):
        read.faults.append(TableFault(code="raci-row", rule=matter, got=repr(row)))
        return RaciRow(matter=matter)
    read.known(matter, row, KEYS, "key")
    roles = {role: _departments(matter, role, row.get(role, ()), read) for role in ROLES.values()}
    return RaciRow(matter=matter, clause=read.clause(row.get("clause"), within, matter), **roles)


def _departments(matter: str, role: str, given: object, read: Declaration) -> tuple[str, ...]:
    listed = (given,) if isinstance(given, str) else given
    named = tuple(listed) if isinstance(listed, Iterable) else (None,)
    if all(isinstance(one, str) and one for one in named):
        return named
    read.faults.append(TableFault(code="raci-role", rule=matter, column=role, got=repr(given)))
    return ()
