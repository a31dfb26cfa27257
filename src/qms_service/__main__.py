"""The command line: `python -m qms_service report RULEBOOK FILE --mapping MAPPING.toml`, `… check FILE`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from qms_service.authoring.cases import CasesReport, read_cases, run_cases, skeleton
from qms_service.authoring.diff import diff, upgrade
from qms_service.authoring.editor import rulebook_schema_text
from qms_service.authoring.lint import LintReport, lint
from qms_service.authoring.lint.shown import report_data as lint_data
from qms_service.authoring.lint.shown import write_report
from qms_service.authoring.proof import Invariant, ProofReport, load_invariants, prove_rulebook
from qms_service.authoring.showing import FORMS, show
from qms_service.caselog import CaseLog, Report, read_log, report_data, report_on, report_text, write_rejects
from qms_service.caselog.progress import ProgressLine
from qms_service.errors import LogError, QmsError, RulebookError, UnknownNameError
from qms_service.rulebooks import load_rulebook
from qms_service.texts import SHIPPED, render

OK, FAILED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command.

    Returns:
        0 when it did its work, 1 when it could not; wrong usage exits with 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except QmsError as error:
        print(error.text(options.lang), file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qms_service",
        description="The rules of customer service in a quality management system.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_report(
        commands.add_parser(
            "report", help="on-time rates and late cases of a case log", description=_report.__doc__
        )
    )
    _add_check(commands.add_parser("check", help="what is wrong with a rulebook", description=_check.__doc__))
    _add_cases(
        commands.add_parser(
            "cases", help="a file of cases to be filled, by clause", description=_cases.__doc__
        )
    )
    _add_diff(
        commands.add_parser("diff", help="in which rules two rulebooks differ", description=_diff.__doc__)
    )
    _add_show(commands.add_parser("show", help="a rulebook as a document", description=_show.__doc__))
    _add_schema(
        commands.add_parser("schema", help="the JSON Schema for editors", description=_schema.__doc__)
    )
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_check, wrong=parser.error)
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="a TOML file, a folder with one file for each edition, or the id of a shipped rulebook",
    )
    parser.add_argument("--lang", choices=SHIPPED, default="en", help="the language of the findings")
    parser.add_argument("--json", action="store_true", help="JSON for programs")
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


def _check(options: argparse.Namespace) -> int:
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
    if options.json:
        proven = {} if proofs is None else {"proofs": proofs.data(options.lang)}
        told = {"cases": [one.data(options.lang) for one in cases]} if options.cases else {}
        print(json.dumps({**lint_data(report, options.lang), **proven, **told}, ensure_ascii=False, indent=2))
    else:
        write_report(report, options.lang, sys.stdout)
        if proofs is not None:
            print(proofs.text(options.lang))
        for one in cases:
            print(one.text(options.lang))
    if any(file not in reports for file in options.files):
        return WRONG_USAGE
    went_well = len(cases) == len(options.cases) and all(one.is_clean(strict=options.strict) for one in cases)
    is_proven = proofs is None or proofs.proven
    return OK if report.is_clean(strict=options.strict) and is_proven and went_well else FAILED


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


def _add_cases(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_cases)
    parser.add_argument(
        "rulebook",
        metavar="RULEBOOK",
        help="the id of a shipped rulebook, or the path of a TOML file or of a folder, of which the newest edition counts",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it; without it, to the screen"
    )
    parser.add_argument("--lang", choices=SHIPPED, default="en", help="the language of the comments")


def _cases(options: argparse.Namespace) -> int:
    """Writes a file of cases for a rulebook: for each rule the clause, the shortest history that leads there, and one question. The sentence and the answer are to be written by who knows the procedure; what the library answers today stands as a comment."""
    return _put_out(skeleton(options.rulebook, options.lang), options)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_diff)
    what = "the id of a shipped rulebook, or the path of a TOML file or of a folder, of which the newest edition counts"
    parser.add_argument("before", metavar="A", help=what)
    parser.add_argument("after", metavar="B", help="the same, for the one whose deviations are asked for")
    parser.add_argument(
        "--for",
        dest="child",
        metavar="C",
        help="a rulebook that extends A: what it means for it that B takes the place of A",
    )
    parser.add_argument("--lang", choices=SHIPPED, default="en", help="the language of the list")
    parser.add_argument("--json", action="store_true", help="JSON for programs")


def _diff(options: argparse.Namespace) -> int:
    """The deviation list of B against A: each rule that differs, with its clause and reason where B extends A."""
    before, after, child = options.before, options.after, options.child
    found = diff(before, after) if child is None else upgrade(before, after, child)
    if options.json:
        print(json.dumps(found.data(options.lang), ensure_ascii=False, indent=2))
    else:
        print(found.text(options.lang))
    return OK


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_show)
    parser.add_argument(
        "rulebook",
        metavar="RULEBOOK",
        help="the id of a shipped rulebook, or the path of a TOML file or of a folder of editions",
    )
    parser.add_argument("--edition", help="which edition of several; without it, the newest")
    parser.add_argument("--kind", help="one kind of case alone")
    parser.add_argument(
        "--format",
        choices=FORMS,
        default="markdown",
        help="a document as markdown (default) or html, which prints on A4; the flow chart alone as mermaid or svg",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it; without it, to the screen"
    )
    parser.add_argument("--lang", choices=SHIPPED, default="en", help="the language of the document")


def _show(options: argparse.Namespace) -> int:
    """Shows a rulebook as a document to sign: flow chart, steps, who does what, clocks, tables, figures, numbers, clauses, and what differs from the rulebook that it extends."""
    text = show(
        options.rulebook, lang=options.lang, form=options.format, edition=options.edition, kind=options.kind
    )
    return _put_out(text, options)


def _put_out(text: str, options: argparse.Namespace) -> int:
    """A text to the file that was asked for, in UTF-8 whatever the screen has; without one, to the screen."""
    if options.out is None:
        print(text, end="")
        return OK
    try:
        options.out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        operands = {"path": options.out, "reason": error.strerror}
        print(render("show-failed", operands, options.lang), file=sys.stderr)
        return FAILED
    return OK


def _add_schema(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_schema, lang="en")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it; without it, to the screen"
    )


def _schema(options: argparse.Namespace) -> int:
    """Writes the JSON Schema of the rulebook language, by which an editor of TOML explains keys and underlines mistakes while you type."""
    return _put_out(rulebook_schema_text(), options)


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_report, wrong=parser.error)
    parser.add_argument(
        "rulebook", metavar="RULEBOOK", help="the id of a shipped rulebook, or the path of a TOML file"
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the log, a CSV file")
    parser.add_argument(
        "--mapping", required=True, type=Path, help="the TOML file that tells which column holds what"
    )
    parser.add_argument(
        "--now",
        help="the moment asked, as 2026-03-02T09:00+08:00; without it, the last one in the log",
    )
    parser.add_argument(
        "--rejects", type=Path, help="where to write the rows that cannot be read; without it, beside the log"
    )
    parser.add_argument(
        "--late",
        type=int,
        default=20,
        metavar="N",
        help="how many late cases to list; -1 for all (default 20)",
    )
    parser.add_argument(
        "--lang", choices=SHIPPED, default="en", help="the language of the report and of the reasons"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people, json for programs"
    )


def _asked(options: argparse.Namespace) -> datetime | None:
    """The moment asked; a text that is no instant is wrong usage."""
    if options.now is None:
        return None
    at = _moment(options.now)
    if at is None or at.tzinfo is None:
        minute = at and at.isoformat(timespec="minutes")
        code = "report.now-naive" if minute else "report.now-unreadable"
        options.wrong(render(code, {"got": options.now, "minute": minute}, options.lang))
    return at


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _report(options: argparse.Namespace) -> int:
    """On-time rates per clock and month, and the late cases with their owner and clause. Every row that cannot be read goes to a rejects file with its reason."""
    now = _asked(options)
    if options.rejects and any(_same_file(options.rejects, one) for one in (options.file, options.mapping)):
        raise LogError("log.rejects-over-input", file=options.rejects)
    book = load_rulebook(options.rulebook)
    with _progress("reading", options.lang) as progress:
        log = read_log(options.file, options.mapping, book, progress=progress)
    written = _write_rejects(log, options)
    with _progress("judging", options.lang) as progress:
        report = report_on(log, book, now=now, progress=progress)
    _print(report, options)
    return OK if written else FAILED


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist, so that nothing can be overwritten
        return False


def _write_rejects(log: CaseLog, options: argparse.Namespace) -> bool:
    """Writes the rejects and says where; False where that failed.

    A log without rejects leaves no file, unless one of an earlier run would otherwise stay and mislead.
    """
    path: Path = options.rejects or options.file.with_name(f"{options.file.stem}.rejects.csv")
    operands = {"count": len(log.rejects), "path": path}
    try:
        if not log.rejects and not path.exists():
            return True
        write_rejects(path, log, lang=options.lang)
    except OSError as error:
        operands["reason"] = error.strerror
        print(render("report.rejects-failed", operands, options.lang), file=sys.stderr)
        return False
    print(render("report.rejects-written", operands, options.lang), file=sys.stderr)
    return True


def _print(report: Report, options: argparse.Namespace) -> None:
    if options.format == "json":
        print(json.dumps(report_data(report, options.lang), ensure_ascii=False, indent=2))
    else:
        print(report_text(report, options.lang, late=None if options.late < 0 else options.late))


@contextmanager
def _progress(label: str, lang: str) -> Iterator[ProgressLine]:
    line = ProgressLine(sys.stderr, render(f"report.{label}", {}, lang))
    try:
        yield line
    finally:
        line.close()


def run() -> int:
    """Runs `main`, and ends quietly when the reader of its output leaves early (`| head`)."""
    gc.disable()  # a log is many values without a cycle: to look for cycles among them takes a quarter of the time
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    finally:
        gc.enable()
    return status


if __name__ == "__main__":
    sys.exit(run())
