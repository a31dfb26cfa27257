"""`diff`: in which rules two rulebooks differ."""

from __future__ import annotations

import argparse

from qms_service.authoring.diff import diff, upgrade
from qms_service.commands.options import NEWEST, add_json, add_lang
from qms_service.commands.out import OK, put_data


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.set_defaults(run=run)
    parser.add_argument("before", metavar="A", help=NEWEST)
    parser.add_argument("after", metavar="B", help="the same, for the one whose deviations are asked for")
    parser.add_argument(
        "--for",
        dest="child",
        metavar="C",
        help="a rulebook that extends A: what it means for it that B takes the place of A",
    )
    add_lang(parser, "the list")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """The deviation list of B against A: each rule that differs, with its clause and reason where B extends A."""
    before, after, child = options.before, options.after, options.child
    found = diff(before, after) if child is None else upgrade(before, after, child)
    if options.json:
        put_data(found.data(options.lang))
    else:
        print(found.text(options.lang))
    return OK
