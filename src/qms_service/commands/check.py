"""`check`: what is wrong with rulebooks; what never happens is proven, and cases are run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

from qms_service.authoring.cases import CasesReport, read_cases, run_cases
from qms_service.authoring.lint import LintFinding, LintReport, lint
from qms_service.authoring.lint.checks import report_of
from qms_service.authoring.lint.read import findings_of
from qms_service.authoring.lint.shown import report_data, write_report
from qms_service.authoring.proof import ProofReport
from qms_service.commands.invariants import InvariantFile, proofs, read_invariants
from qms_service.commands.options import add_json, add_lang
from qms_service.commands.out import FAILED, OK, WRONG_USAGE, put_data
from qms_service.errors import RulebookError, UnknownNameError


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.set_defaults(run=run, wrong=parser.error)
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="a TOML file, a folder with one file for each edition, or the id of a shipped rulebook",
    )
    add_lang(parser, "the findings")
    add_json(parser)
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    parser.add_argument(
        "--invariants",
        metavar="FILE",
        action="append",
        default=[],
        help="prove what must never happen: a TOML file, a folder, or the id of a shipped rulebook; may be given again",
    )
    parser.add_argument(
        "--cases",
        metavar="FILE",
        action="append",
        default=[],
        help="run the cases of a TOML file, worded by clause, against the rulebook that it names; may be given again",
    )


def run(options: argparse.Namespace) -> int:
    """Checks rulebooks: what cannot be read, what can never happen, what nobody does, what has no clause. Ends with 0 when there is no error, with 1 when there is one (with --strict a warning too) or an invariant that is not proven or a case that fails, with 2 when a file is not there."""
    invariants, wrong = _invariants(options)
    reports = {}
    for file in options.files:
        try:
            reports[file] = lint(file)
        except UnknownNameError as error:
            print(error.text(options.lang), file=sys.stderr)
    proven, unfit = proofs(reports, invariants)
    cases, unread = _case_reports(options, reports)
    report = _with(LintReport.joined(reports.values()), [*wrong, *unfit, *unread])
    _tell(options, report, proven if options.invariants else None, cases)
    if any(file not in reports for file in options.files):
        return WRONG_USAGE
    is_clean = report.is_clean(strict=options.strict) and proven.proven
    return OK if is_clean and all(one.is_clean(strict=options.strict) for one in cases) else FAILED


def _with(report: LintReport, more: list[LintFinding]) -> LintReport:
    """A report with what is wrong with the files of invariants and cases."""
    files = dict.fromkeys((*report.files, *(one.file for one in more)))
    return report_of(tuple(files), (*report.findings, *dict.fromkeys(more)))


def _tell(
    options: argparse.Namespace, report: LintReport, proven: ProofReport | None, cases: list[CasesReport]
) -> None:
    """What was found, in words or as JSON; proofs and cases where they were asked for."""
    lang = options.lang
    if options.json:
        proofs_told = {} if proven is None else {"proofs": proven.data(lang)}
        cases_told = {"cases": [one.data(lang) for one in cases]} if options.cases else {}
        put_data({**report_data(report, lang), **proofs_told, **cases_told})
        return
    write_report(report, lang, sys.stdout)
    if proven is not None:
        print(proven.text(lang))
    for one in cases:
        print(one.text(lang))


def _case_reports(
    options: argparse.Namespace, rulebooks: Iterable[str]
) -> tuple[list[CasesReport], list[LintFinding]]:
    """How the cases went of each file that can be read, and what is wrong with the others; a file that is not there is wrong usage."""
    reports, wrong = list[CasesReport](), list[LintFinding]()
    for file in options.cases:
        try:
            reports.append(run_cases(read_cases(file, rulebooks)))
        except UnknownNameError as error:
            options.wrong(error.text(options.lang))
        except RulebookError as error:
            wrong += findings_of(error, file)
    return reports, wrong


def _invariants(options: argparse.Namespace) -> tuple[list[InvariantFile], list[LintFinding]]:
    """What must never happen, of all files named, and what is wrong with these; a file that is not there is wrong usage."""
    try:
        return read_invariants(options.invariants)
    except UnknownNameError as error:
        wrong: Callable[[str], NoReturn] = options.wrong
        wrong(error.text(options.lang))
