"""The command line: `python -m qms_service report RULEBOOK FILE --mapping MAPPING.toml`, `… check FILE`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Final

from qms_service.commands import cases, check, diff, report, schema, show
from qms_service.commands.out import FAILED
from qms_service.errors import QmsError
from qms_service.texts import render

COMMANDS: Final = (
    ("report", report, "on-time rates and late cases of a case log"),
    ("check", check, "what is wrong with a rulebook"),
    ("cases", cases, "a file of cases to be filled, by clause"),
    ("diff", diff, "in which rules two rulebooks differ"),
    ("show", show, "a rulebook as a document"),
    ("schema", schema, "the JSON Schema for editors"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command.

    Returns:
        0 when it did its work, 1 when it could not; wrong usage exits with 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    work: Callable[[argparse.Namespace], int] = options.run
    try:
        status = work(options)
        sys.stdout.flush()  # a full disk may refuse it only now
    except QmsError as error:
        print(error.text(options.lang), file=sys.stderr)
        return FAILED
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # a reader who leaves early (`| head`) has seen enough
            operands = {"path": error.filename or "stdout", "reason": error.strerror}
            print(render("show-failed", operands, options.lang), file=sys.stderr)
        _leave_unsaid()
        return FAILED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qms_service",
        description="The rules of customer service in a quality management system.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, said in COMMANDS:
        command.add(commands.add_parser(name, help=said, description=command.run.__doc__))
    return parser


def _leave_unsaid() -> None:
    """Lets go what stdout did not take, so that the end of the program does not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run() -> int:
    """Runs `main` as a program of its own."""
    gc.disable()  # a log is many values without a cycle: to look for cycles among them takes a quarter of the time
    try:
        return main()
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(run())
