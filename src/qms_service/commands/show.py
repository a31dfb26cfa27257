"""`show`: a rulebook as a document."""

from __future__ import annotations

import argparse

from qms_service.authoring.showing import FORMS, show
from qms_service.commands.options import add_lang, add_out
from qms_service.commands.out import put_text


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.set_defaults(run=run)
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
    add_out(parser)
    add_lang(parser, "the document")


def run(options: argparse.Namespace) -> int:
    """Shows a rulebook as a document to sign: flow chart, steps, who does what, clocks, tables, figures, numbers, clauses, and what differs from the rulebook that it extends."""
    text = show(
        options.rulebook, lang=options.lang, form=options.format, edition=options.edition, kind=options.kind
    )
    return put_text(text, options)
