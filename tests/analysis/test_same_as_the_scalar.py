"""A frame says of every case what the scalar says of it, in every kind of frame and both layouts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.analysis.workshop import (
    CLOCKS,
    EVENTS,
    FACTS,
    FRAMES,
    NOW,
    Row,
    lines,
    told,
    without_reason,
)

import qms_service as qms

BEGIN = datetime(2026, 2, 27, tzinfo=UTC)
FEW = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
moments = st.one_of(
    st.none(),
    st.integers(0, 45 * 24 * 4).map(lambda quarters: BEGIN + timedelta(minutes=15 * quarters)),
    st.integers(0, 80).map(lambda half_days: BEGIN + timedelta(hours=12 * half_days)),
)
facts: dict[str, st.SearchStrategy[Any]] = {
    "diagnosed.urgent": st.sampled_from([True, False, None]),
    "subject.machine": st.sampled_from(["press", "lathe", None]),
    "checked.good": st.sampled_from([True, False, None]),
}
rows = st.lists(
    st.fixed_dictionaries({**dict.fromkeys(EVENTS, moments), **facts}), min_size=17, max_size=40
).map(lambda found: [{"no": f"R-{place}", **row} for place, row in enumerate(found)])


def opening(row: Row) -> datetime | None:
    there = [row[event] for event in EVENTS if row[event] is not None]
    return row["reported"] or min(there, default=None)


def expected(procedure: qms.Procedure, row: Row) -> dict[str, dict[str, Any]]:
    """What the scalar says, by clock; nothing of a clock that the edition does not have."""
    known = procedure.rules.kind("repair").events
    events = {event: row[event] for event in EVENTS if event in known}
    typed = {path: row[path] for path in FACTS if path.partition(".")[0] in ("subject", *known)}
    return {
        one.id: told(one) for one in procedure.deadlines_of("repair", events=events, facts=typed, now=NOW)
    }


def check(book: qms.Rulebook | qms.Procedure, row: Row, found: dict[str, Row]) -> None:
    """One case against the scalar: `found` has its lines by clock."""
    at = opening(row)
    if isinstance(book, qms.Rulebook):
        if at is None or at < datetime(2026, 1, 31, 23, tzinfo=UTC):
            assert {line["state"] for line in found.values()} == {"unknown"}
            return
        procedure = book.on(at)
    else:
        procedure = book
    if procedure.edition == "1" and (row["checked"] or row["checked.good"] is not None):
        assert {line["state"] for line in found.values()} == {"unknown"}
        return
    scalar = expected(procedure, row)
    for clock, line in found.items():
        assert line["edition"] == procedure.edition
        if clock not in scalar:
            assert (line["state"], line["reason"]) == ("not_applicable", "The edition has no such clock")
        else:
            assert without_reason(line) == scalar[clock]


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("judge", ["rulebook", "edition"])
@given(rows=rows)
@FEW
def test_a_row_of_a_case_is_answered_as_the_scalar_answers_it(
    book: qms.Rulebook, kind: str, judge: str, rows: list[Row]
) -> None:
    frame = FRAMES[kind](rows, ("no", *EVENTS, *FACTS))
    judged = book if judge == "rulebook" else book.editions[1]
    asked: dict[str, Any] = {
        "case": "no",
        "events": {event: event for event in EVENTS},
        "facts": {path: path for path in FACTS},
        "now": NOW,
    }
    found = lines(qms.analysis.deadlines_frame(frame, judged, **asked))
    clocks = CLOCKS if judge == "rulebook" else CLOCKS[:3]
    assert [(line["case"], line["clock"]) for line in found] == [
        (row["no"], clock) for row in rows for clock in clocks
    ]
    for place, row in enumerate(rows):
        own = found[place * len(clocks) : (place + 1) * len(clocks)]
        check(judged, row, {line["clock"]: line for line in own})
    wide = lines(qms.analysis.deadlines_frame(frame, judged, layout="wide", **asked))
    for place, line in enumerate(wide):
        for clock in clocks:
            longer = next(one for one in found[place * len(clocks) :] if one["clock"] == clock)
            assert {"case": line["case"], "clock": clock, "edition": line["edition"]} | {
                name.removeprefix(f"{clock}."): value
                for name, value in line.items()
                if name.startswith(f"{clock}.")
            } == longer


def stranded(row: Row) -> bool:
    """Whether the row has a fact of an event without a moment, which no case can hold."""
    return any(
        row[path] is not None and row[path.partition(".")[0]] is None
        for path in ("diagnosed.urgent", "checked.good")
    )


@given(rows=rows)
@FEW
def test_the_live_case_of_a_row_has_the_figures_of_the_frame(book: qms.Rulebook, rows: list[Row]) -> None:
    asked: dict[str, Any] = {
        "case": "no",
        "events": {event: event for event in EVENTS},
        "facts": {path: path for path in FACTS},
    }
    kept = [row for row in rows if row["reported"] and not stranded(row)]
    frame = FRAMES["pandas"](kept, ("no", *EVENTS, *FACTS))
    proc = book.editions[1]
    found = lines(qms.analysis.deadlines_frame(frame, proc, now=NOW, **asked))
    for place, row in enumerate(kept):
        live = qms.analysis.case_of(row, proc, **asked)
        own = found[3 * place : 3 * place + 3]
        assert [told(one) for one in proc.deadlines(live, now=NOW)] == [without_reason(line) for line in own]
