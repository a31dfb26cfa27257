"""`report`: on-time rates and late cases of a case log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from qms_service.caselog import CaseLog, Report, read_log, report_data, report_on, report_text, write_rejects
from qms_service.caselog.progress import ProgressLine
from qms_service.commands.options import add_lang
from qms_service.commands.out import FAILED, OK, put_data
from qms_service.errors import LogError
from qms_service.rulebooks import load_rulebook
from qms_service.texts import render


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.set_defaults(run=run, wrong=parser.error)
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
    add_lang(parser, "the report and of the reasons")
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


def run(options: argparse.Namespace) -> int:
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
        put_data(report_data(report, options.lang))
    else:
        print(report_text(report, options.lang, late=None if options.late < 0 else options.late))


@contextmanager
def _progress(label: str, lang: str) -> Iterator[ProgressLine]:
    line = ProgressLine(sys.stderr, render(f"report.{label}", {}, lang))
    try:
        yield line
    finally:
        line.close()
