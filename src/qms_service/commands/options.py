"""Options that several commands have."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from qms_service.texts import SHIPPED

NEWEST: Final = "the id of a shipped rulebook, or the path of a TOML file or of a folder, of which the newest edition counts"


def add_lang(parser: argparse.ArgumentParser, of: str) -> None:
    """The language of what the command tells."""
    parser.add_argument("--lang", choices=SHIPPED, default="en", help=f"the language of {of}")


def add_json(parser: argparse.ArgumentParser) -> None:
    """JSON in place of words."""
    parser.add_argument("--json", action="store_true", help="JSON for programs")


def add_out(parser: argparse.ArgumentParser) -> None:
    """Where the command writes its text."""
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it; without it, to the screen"
    )
