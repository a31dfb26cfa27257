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
        return work(options)
    except QmsError as error:
        print(error.text(options.lang), file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qms_service",
        description="The rules of customer service in a quality management system.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, said in COMMANDS:
        command.add(commands.add_parser(name, help=said, description=command.run.__doc__))
    return parser


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
