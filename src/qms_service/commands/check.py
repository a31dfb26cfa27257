"""`check`: what is wrong with rulebooks; what never happens is proven, and cases are run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import suppress

from qms_service.authoring.cases import CasesReport, read_cases, run_cases
from qms_service.authoring.lint import LintReport, lint
from qms_service.authoring.lint.shown import report_data, write_report
from qms_service.authoring.proof import Invariant, ProofReport, load_invariants, prove_rulebook
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
    invariants, reports = _invariants(options), {}
    for file in options.files:
        try:
            reports[file] = lint(file)
        except UnknownNameError as error:
            print(error.text(options.lang), file=sys.stderr)
    report = LintReport.joined(reports.values())
    proofs = _proofs(reports, invariants) if invariants else None
    cases = _case_reports(options, reports)
    _tell(options, report, proofs, cases)
    if any(file not in reports for file in options.files):
        return WRONG_USAGE
    went_well = len(cases) == len(options.cases) and all(one.is_clean(strict=options.strict) for one in cases)
    is_proven = proofs is None or proofs.proven
    return OK if report.is_clean(strict=options.strict) and is_proven and went_well else FAILED


def _tell(
    options: argparse.Namespace, report: LintReport, proofs: ProofReport | None, cases: list[CasesReport]
) -> None:
    """What was found, in words or as JSON; proofs and cases where they were asked for."""
    lang = options.lang
    if options.json:
        proven = {} if proofs is None else {"proofs": proofs.data(lang)}
        told = {"cases": [one.data(lang) for one in cases]} if options.cases else {}
        put_data({**report_data(report, lang), **proven, **told})
        return
    write_report(report, lang, sys.stdout)
    if proofs is not None:
        print(proofs.text(lang))
    for one in cases:
        print(one.text(lang))


def _case_reports(options: argparse.Namespace, rulebooks: Iterable[str]) -> list[CasesReport]:
    """How the cases of each file went that can be read; a file that is not there is wrong usage."""
    reports = []
    for file in options.cases:
        try:
            reports.append(run_cases(read_cases(file, rulebooks)))
        except UnknownNameError as error:
            options.wrong(error.text(options.lang))
        except RulebookError as error:
            print(error.text(options.lang), file=sys.stderr)
    return reports


def _invariants(options: argparse.Namespace) -> tuple[Invariant, ...]:
    """What must never happen, of all files named; a file that is not there is wrong usage."""
    found: list[Invariant] = []
    for source in options.invariants:
        try:
            found += load_invariants(source)
        except UnknownNameError as error:
            options.wrong(error.text(options.lang))
    return tuple(found)


def _proofs(files: Iterable[str], invariants: tuple[Invariant, ...]) -> ProofReport:
    """The proofs of the rulebooks that can be read; what is wrong with the others is told by lint."""
    proofs = []
    for file in files:
        with suppress(RulebookError):
            proofs.append(prove_rulebook(file, invariants))
    return ProofReport.joined(proofs)
