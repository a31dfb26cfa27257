"""Progress shows on a terminal after a moment, and nowhere else."""

from __future__ import annotations

import io
from typing import TextIO

import pytest

from qms_service.caselog.progress import PlainLine, ProgressLine, RichBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def absent(_stream: TextIO, _label: str) -> PlainLine:
    raise ImportError


def test_nothing_is_shown_where_nobody_looks() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream, "Reading", patience=0)
    line(1, 2)
    line.close()
    assert stream.getvalue() == ""


def test_short_work_shows_nothing() -> None:
    stream = Terminal()
    line = ProgressLine(stream, "Reading", patience=60)
    line(1, 2)
    line.close()
    assert stream.getvalue() == ""


def test_a_plain_line_stands_in_for_an_absent_bar_and_is_wiped() -> None:
    stream = Terminal()
    line = ProgressLine(stream, "Reading", patience=0, kinds=(absent, PlainLine))
    line(500, 2000)
    line(501, 2000)  # too soon after the one before
    line.close()
    assert stream.getvalue().startswith("\rReading 500 / 2,000 (25 %)")
    assert "501" not in stream.getvalue()
    assert stream.getvalue().endswith("\r")


def test_the_bar_of_rich_is_used_where_it_is_installed() -> None:
    pytest.importorskip("rich")
    stream = Terminal()
    line = ProgressLine(stream, "Reading", patience=0, kinds=(RichBar, PlainLine))
    line(500, 2000)
    line.close()
    assert "Reading" in stream.getvalue()
