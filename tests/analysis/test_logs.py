"""A log in which an event is a row: each case as the scalar judges it, in whatever order its rows stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.analysis.workshop import CLOCKS, FRAMES, NOW, Row, lines, told, without_reason

import qms_service as qms

BEGIN = datetime(2026, 2, 3, tzinfo=UTC)
NAMES = (
    "reported",
    "diagnosed",
    "waiting",
    "delivered",
    "repaired",
    "closed",
    "reopened",
    "withdrawn",
    "printed",
)
FEW = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
FACTS = ("diagnosed.urgent", "subject.machine")
LOG = qms.analysis.EventRows(name="event", at="at", names={"printed": None, "Teile da": "delivered"})
MACHINES = ["press", "lathe", None]


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The rows of some cases, mixed: the machine of a case is the same in all its rows that name one."""
    cases = draw(st.integers(17, 24))
    machines = draw(st.lists(st.sampled_from(MACHINES), min_size=cases, max_size=cases))
    row = st.fixed_dictionaries(
        {
            "case": st.integers(0, cases - 1),
            "event": st.sampled_from((*NAMES, "Teile da", "reported", "diagnosed")),
            "at": st.integers(0, 65 * 24).map(lambda hours: BEGIN + timedelta(hours=hours)),
            "diagnosed.urgent": st.sampled_from([True, False, None]),
            "named": st.booleans(),
        }
    )
    found = draw(st.lists(row, min_size=cases, max_size=4 * cases))
    return [
        {**one, "no": f"R-{place}", "subject.machine": machines[place] if one["named"] else None}
        for one in found
        for place in (int(str(one["case"])),)
    ]


def history(rows: list[Row]) -> list[qms.Event]:
    events = []
    for row in rows:
        name: str = "delivered" if row["event"] == "Teile da" else row["event"]
        urgent = row["diagnosed.urgent"] if name == "diagnosed" else None
        if name != "printed":
            events.append(qms.Event(name, row["at"], facts={} if urgent is None else {"urgent": urgent}))
    return events


def opening(events: list[qms.Event]) -> qms.Event:
    first = min((event for event in events if event.name == "reported"), key=lambda one: one.us, default=None)
    return first or min(events, key=lambda one: one.us)


def expected(procedure: qms.Procedure, number: str, rows: list[Row]) -> list[dict[str, Any]]:
    events = history(rows)
    opened = opening(events)
    machine = next((row["subject.machine"] for row in rows if row["subject.machine"]), None)
    subject = qms.Subject(
        "repair", number=number, opened_at=opened.at, facts={"machine": machine} if machine else {}
    )
    case = procedure.adopt(subject, events)
    return [told(one) for one in procedure.deadlines(case, now=NOW)]


@pytest.mark.parametrize("kind", FRAMES)
@given(rows=logs())
@FEW
def test_a_case_of_a_log_is_answered_as_the_scalar_answers_it(
    book: qms.Rulebook, kind: str, rows: list[Row]
) -> None:
    columns = ("no", "event", "at", *FACTS)
    asked: dict[str, Any] = {"case": "no", "events": LOG, "facts": {path: path for path in FACTS}}
    frame = FRAMES[kind](rows, columns)
    for judge in (book, book.editions[1]):
        clocks = CLOCKS if isinstance(judge, qms.Rulebook) else CLOCKS[:3]
        found = lines(qms.analysis.deadlines_frame(frame, judge, now=NOW, **asked))
        numbers = list(dict.fromkeys(row["no"] for row in rows))
        assert [line["case"] for line in found] == [number for number in numbers for _ in clocks]
        for place, number in enumerate(numbers):
            own = [row for row in rows if row["no"] == number]
            answers = found[place * len(clocks) : (place + 1) * len(clocks)]
            if not history(own):
                assert {(line["state"], line["reason"]) for line in answers} == {
                    ("unknown", "No event has a moment")
                }
                continue
            edition = judge.on(opening(history(own)).at) if isinstance(judge, qms.Rulebook) else judge
            assert {line["edition"] for line in answers} == {edition.edition}
            known = [
                without_reason(line)
                for line in answers
                if line["clock"] in edition.rules.kind("repair").clocks
            ]
            assert known == expected(edition, number, own)
            live = qms.analysis.case_of(FRAMES[kind](own, columns), judge, **asked)
            assert live.pin.edition == edition.edition
            assert [told(one) for one in edition.deadlines(live, now=NOW)] == known
