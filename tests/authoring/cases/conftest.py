"""A small rulebook with one of everything, and a file of cases for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qms_service.authoring.cases import CaseFile, read_cases
from qms_service.errors import RulebookError
from qms_service.rulebooks import Procedure, load_rulebook

LIFTS = """\
id       = "lifts"
edition  = "1"
title    = { en = "Service of lifts" }
timezone = "Europe/Berlin"

[departments]
service = { en = "Service", aliases = ["SV"] }
quality = { en = "Quality" }

[roles]
engineer = { en = "Engineer", clause = "2" }

[repair]
opening = "reported"

[repair.subject]
urgent = "bool"
floor  = "int?"
price  = "money?"
spare  = "quantity?"
built  = "date?"
seen   = "instant?"
tags   = "text*?"

[repair.events.reported]
clause = "5.1"
by     = "service"

[repair.events.visited]
clause = "5.2"
by     = "service"
facts  = { cause = ["wear", "misuse", "unknown"], people = "int?" }

[repair.events.tested]
clause = "5.3"
role   = "engineer"
by     = "quality"
not_by = ["visited"]
needs  = ["visited"]
facts  = { passed = "bool" }

[repair.events.closed]
clause = "5.4"
by     = "service"
[[repair.events.closed.needs]]
clause = "5.4.1"
all    = [{ event = "tested", where = { passed = true }, after = "visited" }]
[[repair.events.closed.needs]]
clause  = "5.5"
settled = ["order"]

[repair.clocks.visit]
clause = "5.2"
from   = "reported"
to     = "visited"
[repair.clocks.visit.within]
hit    = "first"
inputs = { urgent = "bool", floor = "number[0..200]" }
table  = '''
| id   | urgent | floor | -> within | clause |
| fast | true   | -     | 2 h       | 5.2.1  |
| high | false  | >=100 | 12 h      | 5.2.2  |
| else | -      | -     | 24 h      | 5.2.3  |
'''

[repair.clocks.test]
clause = "5.3"
from   = "visited"
to     = "tested"
within = "48 h"
warn   = "36 h"
when   = { "visited.cause" = ["wear", "misuse"] }

[repair.routes.visited]
steps = ["tested"]
table = '''
| id     | cause   | -> responsible | -> informed | clause |
| wear   | wear    | quality        | service     | 5.3.1  |
| misuse | misuse  | service        | quality     | 5.3.2  |
'''

[order]
opening = "placed"
[order.events.placed]
clause = "6.1"
by     = "service"
[order.events.closed]
clause = "6.2"
by     = "service"
needs  = ["placed"]
"""

HEAD = """\
rulebook = "lifts"
kind     = "repair"
received = "2026-03-02 08:00"

[subjects.repair]
urgent = false

"""


@pytest.fixture
def lifts(tmp_path: Path) -> Path:
    """The rulebook as a file."""
    file = tmp_path / "lifts.toml"
    file.write_text(LIFTS, encoding="utf-8")
    return file


@pytest.fixture
def procedure(lifts: Path) -> Procedure:
    return load_rulebook(lifts).editions[-1]


Reading = Callable[[str], CaseFile]


@pytest.fixture
def read(lifts: Path, tmp_path: Path) -> Reading:
    """Reads cases under the usual head; text that brings its own head begins with `rulebook`."""

    def reading(text: str) -> CaseFile:
        file = tmp_path / "cases.toml"
        file.write_text(text if text.startswith("rulebook") else HEAD + text, encoding="utf-8")
        return read_cases(file, lifts)

    return reading


@pytest.fixture
def problems(read: Reading) -> Callable[[str], list[str]]:
    """What is wrong with a file of cases."""

    def found(text: str) -> list[str]:
        with pytest.raises(RulebookError) as caught:
            read(text)
        return [str(one) for one in caught.value.problems]

    return found
