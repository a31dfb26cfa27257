"""`schema`: the JSON Schema of the rulebook language, for editors."""

from __future__ import annotations

import argparse

from qms_service.authoring.editor import rulebook_schema_text
from qms_service.commands.options import add_out
from qms_service.commands.out import put_text


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.set_defaults(run=run, lang="en")
    add_out(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the JSON Schema of the rulebook language, by which an editor of TOML explains keys and underlines mistakes while you type."""
    return put_text(rulebook_schema_text(), options)
