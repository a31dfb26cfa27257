"""Whatever a file holds: each of its rows is read or rejected, and no error but the log's own comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qms_service.caselog import CaseLog, read_log, report_on
from qms_service.rulebooks import Rulebook

HEADERS = {"wide": "no,customer,received,forwarded,analysed,stands", "long": "no,customer,step,at,stands"}
MAPPING = """
kind     = "complaint"
layout   = "{layout}"
timezone = "Europe/Berlin"
dates    = "bounds"
case     = "no"
subject  = {{ customer = "customer" }}
{events}
facts.analysed.established = {{ column = "stands", values = {{ yes = true }} }}
"""
EVENTS = {
    "wide": 'events = { received = "received", forwarded = "forwarded", analysed = "analysed" }',
    "long": 'event = { name = "step", at = "at" }',
}
CELLS = st.sampled_from(
    ["", "C-1", "C-2", "ACME", "2026-03-29 02:30", "2026-03-02 08:00", "2026-03-02", "0001-01-01 00:00", "9999-12-31 23:59", "9999-12-31", "yes", "?", "received", "analysed", "reopened", '"', '"a,b"', '"a\nb"', "\x00", "\ufeff", "\r", "\u2028"]
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=7).map(",".join), max_size=6).map("\n".join)
ANY = st.text(st.sampled_from('C1-,;"\n\r\t 20:yes?é投'), max_size=120)


@pytest.mark.parametrize("layout", ["wide", "long"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=ROWS | ANY)
@example(body='C-1,"ACME,,,,\nC-2,",x",,,,')
def test_each_row_is_read_or_rejected(layout: str, body: str, book: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(
        MAPPING.format(layout=layout, events=EVENTS[layout]), encoding="utf-8"
    )
    (tmp_path / "log.csv").write_bytes(f"{HEADERS[layout]}\n{body}".encode())
    log = read_log(tmp_path / "log.csv", tmp_path / "mapping.toml", book)
    assert log.rows_read + len(log.rejects) == log.rows
    assert sum(len(case.lines) for case in log.cases) == log.rows_read
    assert no_line_twice(log)
    assert all(reject.reason("zh") for reject in log.rejects)
    assert not log.cases or report_on(log, book).cases == len(log.cases)


def no_line_twice(log: CaseLog) -> bool:
    lines = [line for case in log.cases for line in case.lines] + [reject.line for reject in log.rejects]
    return len(lines) == len(set(lines))
