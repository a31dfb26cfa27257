from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qms_service.caselog import CaseLog, read_log
from qms_service.rulebooks import Rulebook, load_rulebook

WIDE = """
kind     = "complaint"
timezone = "{zone}"
case     = "no"
{more}
[subject]
customer = "customer"
[events]
received  = "received"
forwarded = "forwarded"
analysed  = "analysed"
closed    = "closed"
[facts.analysed]
established = {{ column = "stands", values = {{ yes = true, no = false }} }}
responsible = "department"
"""
HEADER = "no,customer,received,forwarded,analysed,stands,department,closed"
LONG = """
kind     = "complaint"
layout   = "long"
timezone = "Asia/Shanghai"
case     = "no"
{more}
[subject]
customer = "customer"
[event]
name   = "step"
at     = "at"
names  = {{ "初步分析" = "analysed" }}
ignore = ["printed"]
[facts.analysed]
established = {{ column = "stands", values = {{ yes = true, no = false }} }}
"""
LONG_HEADER = "no,customer,step,at,stands"
Read = Callable[..., CaseLog]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook("pcb-maker")


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Writes a log and its mapping; gives their paths."""

    def write(mapping: str, text: str, encoding: str = "utf-8") -> tuple[Path, Path]:
        log, toml = tmp_path / "log.csv", tmp_path / "mapping.toml"
        log.write_bytes(text.encode(encoding))
        toml.write_text(mapping, encoding="utf-8")
        return log, toml

    return write


@pytest.fixture
def wide(files: Callable[..., tuple[Path, Path]], book: Rulebook) -> Read:
    """Reads the rows of a wide log; `more` are further keys of the mapping."""

    def read(*rows: str, more: str = "", zone: str = "Asia/Shanghai") -> CaseLog:
        log, mapping = files(WIDE.format(more=more, zone=zone), "\n".join((HEADER, *rows)) + "\n")
        return read_log(log, mapping, book)

    return read


@pytest.fixture
def long(files: Callable[..., tuple[Path, Path]], book: Rulebook) -> Read:
    """Reads the rows of a long log; `more` are further keys of the mapping."""

    def read(*rows: str, more: str = "") -> CaseLog:
        log, mapping = files(LONG.format(more=more), "\n".join((LONG_HEADER, *rows)) + "\n")
        return read_log(log, mapping, book)

    return read
