"""The rulebook servicenow-incidents, one incident at a time, takes the times that the rows of the log give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from examples.uci_498 import incidents
from tests.real_data.incidents_by_hand import Row, Took, state_by_hand
from tests.real_data.incidents_by_hand import took as took_by

import qms_service as qms

DAY, EVERY = timedelta(days=1), 25


@pytest.fixture(scope="module")
def proc() -> qms.Procedure:
    (only,) = incidents.rulebook().editions
    return only


@pytest.fixture(scope="module")
def cases(proc: qms.Procedure, incident_log: pd.DataFrame, took: dict[str, Took]) -> dict[str, qms.Case]:
    """All that were reopened or never resolved, and every 25th of the others."""
    picked = {
        number
        for place, (number, one) in enumerate(took.items())
        if one.reopened or one.net is None or not place % EVERY
    }
    log = incident_log[incident_log["number"].isin(picked)]
    return {str(number): case_of(proc, str(number), rows) for number, rows in log.groupby("number")}


def case_of(proc: qms.Procedure, number: str, rows: pd.DataFrame) -> qms.Case:
    events = [
        qms.Event(name, at.to_pydatetime().replace(tzinfo=UTC), seq=seq)
        for seq, (name, at) in enumerate(zip(rows["event"], rows["at"], strict=True), start=1)
    ]
    return proc.adopt(qms.Subject("incident", number=number, opened_at=events[0].at), events)


def test_gross_and_net_of_every_case_are_those_worked_out_by_hand(
    proc: qms.Procedure, cases: dict[str, qms.Case], took: dict[str, Took]
) -> None:
    assert len(cases) > 1_200
    for number, case in cases.items():
        pickup, day, two_days = proc.deadlines(case, now=incidents.NOW)
        assert (pickup.gross, pickup.net) == (took[number].pickup, took[number].pickup), number
        if took[number].net is None:
            assert (day.state, two_days.state) == ("void", "void"), number
        else:
            assert (day.gross, day.net) == (took[number].gross, took[number].net), number
            assert (two_days.gross, two_days.net) == (day.gross, day.net), number


@pytest.mark.parametrize("now", [datetime(2016, 3, 18, 12), datetime(2016, 5, 16, 12), datetime(2017, 2, 19)])  # noqa: DTZ001
def test_a_clock_stands_where_the_rows_up_to_that_moment_put_it(
    proc: qms.Procedure, cases: dict[str, qms.Case], histories: list[list[Row]], now: datetime
) -> None:
    """An answer about a day in May knows nothing of June."""
    for rows in histories:
        one = took_by(rows, now) if rows[0]["number"] in cases else None
        if one is not None:
            found = proc.deadlines(cases[one.number], now=now.replace(tzinfo=UTC))[1:]
            assert [str(each.state) for each in found] == [state_by_hand(n * DAY, one) for n in (1, 2)], one
            assert one.net is None or [each.net for each in found] == [one.net] * 2


def test_a_case_is_reopened_as_often_as_the_desk_counted(
    incident_rows: pd.DataFrame, incident_log: pd.DataFrame
) -> None:
    counted = incident_rows.groupby("number")["reopen_count"].last().astype(int)
    seen = incident_log[incident_log["event"] == "reopened"].groupby("number").size()
    judged = counted[counted.index.isin(incident_log["number"])]
    assert judged[judged > 0].to_dict() == seen.to_dict()
    assert (len(seen), seen.sum()) == (275, 331)


def test_the_time_in_which_it_stood_resolved_does_not_count(
    proc: qms.Procedure, cases: dict[str, qms.Case]
) -> None:
    """0001894: opened 3 March; resolved 22 March 15:05; Active again from 28 April 11:12 to 16 May 07:51."""
    pickup, day, _ = proc.deadlines(cases["0001894"], now=incidents.NOW)
    assert day.gross is not None
    assert day.net == day.gross - timedelta(days=36, hours=20, minutes=7)
    assert str(pickup.stopped_at) == "2016-03-08 14:34:00+00:00"


def test_a_row_without_a_readable_state_changes_nothing(incident_log: pd.DataFrame) -> None:
    one = incident_log[incident_log["number"] == "0028089"]
    assert [*one["event"]] == ["opened", "picked_up", "resolved", "closed"]
    assert one["at"].astype(str).tolist()[1] == "2016-06-16 12:03:00"
