"""A console block of a page: after each `$` a command, then what it prints."""

from __future__ import annotations

import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from qms_service.__main__ import main

OURS = "python -m qms_service "
COMMAND = re.compile(r"^\$ (.+)\n", re.MULTILINE)


def commands(text: str) -> list[str]:
    """The commands of a block.

    >>> commands("$ python -m qms_service check a.toml\\n1 file(s)\\n$ dir\\n")
    ['python -m qms_service check a.toml', 'dir']
    """
    return COMMAND.findall(text)


def replayed(text: str) -> str:
    """The block as it should stand, with what its commands print in the working directory."""
    return "".join(f"$ {command}\n{printed(command)}" for command in commands(text))


def printed(command: str) -> str:
    """What a command of ours prints."""
    assert command.startswith(OURS), f"a page runs no other command: {command}"
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        main(shlex.split(command.removeprefix(OURS)))
    return said.getvalue()
