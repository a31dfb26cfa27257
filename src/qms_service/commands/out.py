"""What a command gives: its status for the shell, and a text or data."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Final

from qms_service.texts import render

OK: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2


def put_data(data: object) -> None:
    """Data to the screen, as JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def put_text(text: str, options: argparse.Namespace) -> int:
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
