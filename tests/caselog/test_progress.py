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


class Ticks:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_shown_for_a_second() -> None:
    stream, ticks = Terminal(), Ticks()
    line = ProgressLine(stream, "Reading", kinds=(PlainLine,), tick=ticks)
    ticks.now += 0.75
    line(1, 2)
    assert stream.getvalue() == ""
    ticks.now += 0.25
    line(1, 2)
    assert stream.getvalue() == "\rReading 1 / 2 (50 %)"


def test_work_done_within_a_second_leaves_nothing() -> None:
    stream = Terminal()
    line = ProgressLine(stream, "Reading", kinds=(PlainLine,), tick=Ticks())
    line(1, 2)
    line.close()
    assert stream.getvalue() == ""


def test_a_plain_line_stands_in_for_an_absent_bar_and_is_wiped() -> None:
    stream, ticks = Terminal(), Ticks()
    line = ProgressLine(stream, "Reading", patience=0, kinds=(absent, PlainLine), tick=ticks)
    line(500, 2000)
    ticks.now += 0.125
    line(501, 2000)  # too soon after the one before
    ticks.now += 0.125
    line(502, 2000)
    assert stream.getvalue() == "\rReading 500 / 2,000 (25 %)\rReading 502 / 2,000 (25 %)"
    line.close()
    assert stream.getvalue().endswith("\r" + " " * len("Reading 502 / 2,000 (25 %)") + "\r")


def test_the_bar_of_rich_is_used_where_it_is_installed() -> None:
    pytest.importorskip("rich")
    stream = Terminal()
    line = ProgressLine(stream, "Reading", patience=0, kinds=(RichBar, PlainLine))
    line(500, 2000)
    line.close()
    assert "Reading" in stream.getvalue()
