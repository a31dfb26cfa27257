"""Lint (规则册检查): one list of checks over each edition of a rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from qms_service.authoring.lint.clauses import clauses
from qms_service.authoring.lint.clocks import clocks
from qms_service.authoring.lint.closing import closing
from qms_service.authoring.lint.conditions import conditions
from qms_service.authoring.lint.finding import SEVERITIES, LintFinding
from qms_service.authoring.lint.languages import languages
from qms_service.authoring.lint.links import links
from qms_service.authoring.lint.lists import lists
from qms_service.authoring.lint.names import departments, params, roles
from qms_service.authoring.lint.opening import opening
from qms_service.authoring.lint.owners import duties, follow_ups, owners
from qms_service.authoring.lint.quantities import quantities
from qms_service.authoring.lint.read import Source, read
from qms_service.authoring.lint.report import LintReport
from qms_service.authoring.lint.sheet import Sheet
from qms_service.authoring.lint.steps import steps
from qms_service.authoring.lint.tables import tables
from qms_service.worktime import WorkCalendar

CHECKS: Final[tuple[Callable[[Sheet], Iterator[LintFinding]], ...]] = (
    opening, steps, closing, conditions, clocks, tables, owners, duties, follow_ups, links, quantities, lists, departments, roles, params, clauses, languages,
)  # fmt: skip


def lint(source: Source, calendars: Mapping[str, WorkCalendar] | None = None) -> LintReport:
    """Checks a rulebook: its errors of loading, and what can only be seen from the whole.

    Args:
        source: The path of a TOML file or of a folder of editions, the id of a shipped rulebook, or a
            rulebook that is loaded already; of that no lines are known.
        calendars: The working calendars that the rulebook names. One that is missing is taken to be open
            round the clock, for no check counts time.

    Returns:
        The findings by file and line; those of a file that does not load are its errors alone.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        EntryError: The source is none of these.

    >>> report = lint("pcb-maker")
    >>> report.is_clean(strict=True), len(report.warnings)
    (True, 0)

    Limits: facts that cannot be told apart in 4096 situations are judged gate by gate, so that a
    contradiction between two gates may be missed; a closing whose conditions tell more than 256 sorts of cases
    apart is not asked about each. What is reported is true all the same.
    """
    found = read(source, calendars or {})
    checked = (finding for sheet in found.sheets for check in CHECKS for finding in check(sheet))
    return report_of(found.files, (*found.findings, *checked))


def report_of(files: tuple[str, ...], found: tuple[LintFinding, ...]) -> LintReport:
    """The report on some files, with their findings in the order of files, lines and severity."""

    def place(one: LintFinding) -> tuple[int, bool, int, int]:
        return files.index(one.file), one.line is None, one.line or 0, SEVERITIES.index(one.severity)

    return LintReport(tuple(sorted(found, key=place)), files)
