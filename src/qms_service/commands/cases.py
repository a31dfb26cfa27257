"""`cases`: a file of cases to be filled, by clause."""

from __future__ import annotations

import argparse

from qms_service.authoring.cases import skeleton
from qms_service.commands.options import NEWEST, add_lang, add_out
from qms_service.commands.out import put_text


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.set_defaults(run=run)
    parser.add_argument("rulebook", metavar="RULEBOOK", help=NEWEST)
    add_out(parser)
    add_lang(parser, "the comments")


def run(options: argparse.Namespace) -> int:
    """Writes a file of cases for a rulebook: for each rule the clause, the shortest history that leads there, and one question. The sentence and the answer are to be written by who knows the procedure; what the library answers today stands as a comment."""
    return put_text(skeleton(options.rulebook, options.lang), options)
