"""All incidents at once, from the rows of the log: the frame, the single case, and the count by hand agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from examples.uci_498 import incidents
from tests.real_data import incidents_by_hand
from tests.real_data.incidents_by_hand import Row, Took, state_by_hand
from tests.real_data.incidents_by_hand import took as took_by

import qms_service as qms

DAY = timedelta(days=1)
TERMS = {"resolve-24": DAY, "resolve-48": 2 * DAY}


@pytest.fixture(scope="module")
def found(incident_log: pd.DataFrame) -> pd.DataFrame:
    return incidents.deadlines(incident_log)


def of_clock(found: pd.DataFrame, clock: str) -> pd.DataFrame:
    return found[found["clock"] == clock].set_index("case")


@pytest.mark.parametrize("clock", TERMS)
def test_gross_and_net_of_every_incident_are_those_worked_out_by_hand(
    found: pd.DataFrame, took: dict[str, Took], clock: str
) -> None:
    rows = of_clock(found, clock)
    assert rows["state"].astype(str).to_dict() == {
        number: state_by_hand(TERMS[clock], one) for number, one in took.items()
    }
    resolved = {number: one for number, one in took.items() if one.net is not None}
    for column in ("gross", "net"):
        by_hand = pd.Series({number: getattr(one, column) for number, one in resolved.items()})
        assert (rows.loc[by_hand.index, column] == by_hand).all()
    assert len(resolved) == 24_900


def test_a_pickup_takes_what_it_takes_by_hand(found: pd.DataFrame, took: dict[str, Took]) -> None:
    rows = of_clock(found, "pickup")
    by_hand = pd.Series({number: one.pickup for number, one in took.items()})
    assert (rows.loc[by_hand.index, "net"] == by_hand).all()
    assert ((rows["state"] == "met") == (by_hand.loc[rows.index] <= timedelta(hours=12))).all()


@pytest.mark.parametrize("now", [datetime(2016, 3, 18, 12), datetime(2016, 5, 16, 12)])  # noqa: DTZ001
def test_asked_about_an_earlier_day_the_frame_knows_nothing_later(
    incident_log: pd.DataFrame, histories: list[list[Row]], now: datetime
) -> None:
    then = incidents.deadlines(incident_log, now.replace(tzinfo=UTC))
    by_hand = {one.number: one for rows in histories if (one := took_by(rows, now))}
    for clock, within in TERMS.items():
        states = of_clock(then, clock)["state"].astype(str)
        assert states[list(by_hand)].to_dict() == {
            number: state_by_hand(within, one) for number, one in by_hand.items()
        }
        assert set(states[~states.index.isin(by_hand)]) == {"not_started"}


def test_the_order_of_the_rows_of_different_incidents_means_nothing(
    incident_log: pd.DataFrame, found: pd.DataFrame
) -> None:
    mixed = incident_log.sort_values("at", kind="stable")
    again = incidents.deadlines(mixed).sort_values(["case", "clock"], ignore_index=True)
    pd.testing.assert_frame_equal(again, found.sort_values(["case", "clock"], ignore_index=True))


def test_a_wide_table_holds_the_same_figures(incident_log: pd.DataFrame, found: pd.DataFrame) -> None:
    wide = qms.analysis.deadlines_frame(
        incident_log,
        incidents.rulebook(),
        case="number",
        events=incidents.EVENTS,
        now=incidents.NOW,
        timezone=incidents.ZONE,
        layout="wide",
    ).set_index("case")
    for clock in ("pickup", *TERMS):
        rows = of_clock(found, clock)
        for column in ("state", "due_at", "net"):
            pd.testing.assert_series_equal(wide[f"{clock}.{column}"], rows[column], check_names=False)


def test_any_figure_can_be_explained_by_its_case(incident_log: pd.DataFrame, found: pd.DataFrame) -> None:
    rules, by_clock = incidents.rulebook().editions[0], {clock: of_clock(found, clock) for clock in TERMS}
    for number in incident_log["number"].unique()[::500]:
        case = incidents.case_of(incident_log[incident_log["number"] == number])
        for clock, rows in by_clock.items():
            deadline = rules.deadline(case, clock, now=incidents.NOW)
            counted = sum((segment.counted for segment in deadline.explain().segments), timedelta())
            assert counted == TERMS[clock]
            assert (deadline.due_at, deadline.net) == (rows.loc[number, "due_at"], rows.loc[number, "net"])


def test_polars_says_what_pandas_says(incident_log: pd.DataFrame, found: pd.DataFrame) -> None:
    first = incident_log[incident_log["number"] < "0002000"]
    asked = qms.analysis.deadlines_frame(
        pl.from_pandas(first),
        incidents.rulebook(),
        case="number",
        events=incidents.EVENTS,
        now=incidents.NOW,
        timezone=incidents.ZONE,
    )
    same = found[found["case"] < "0002000"]
    for column in ("case", "clock", "state"):
        assert asked[column].cast(pl.String).to_list() == same[column].astype(str).tolist()
    for column in ("gross", "net", "paused"):
        assert asked[column].dt.total_microseconds().to_list() == [
            None if took is pd.NaT else took // pd.Timedelta("1us") for took in same[column]
        ]


def test_the_shares_on_time_are_those_counted_by_hand(found: pd.DataFrame, took: dict[str, Took]) -> None:
    shares = incidents.on_time(found)
    resolved = [one for one in took.values() if one.net is not None]
    for clock, within in TERMS.items():
        assert shares.loc[clock, "decided"] == len(resolved)
        for column in ("net", "gross"):
            kept = sum(getattr(one, column) <= within for one in resolved)
            assert shares.loc[clock, column] == kept / len(resolved)


def test_the_desk_s_mark_says_another_thing_of_rows_than_of_incidents(
    real_data: Path, incident_rows: pd.DataFrame
) -> None:
    """It turns false with the last row of an incident: all before count as kept."""
    marks = incidents_by_hand.marks(incidents_by_hand.histories(real_data))
    rows = [mark for history in marks for mark in history]
    last = [history[-1] for history in marks]
    assert (sum(rows), len(rows), sum(last), len(last)) == (132_497, 141_712, 15_803, 24_918)
    assert incidents.made_sla(incident_rows) == {
        "rows": sum(rows) / len(rows),
        "incidents": sum(last) / len(last),
    }
    broken = [history for history in marks if not all(history)]
    assert (len(broken), sum(all(history[:-1]) for history in broken)) == (9_115, 9_082)


def test_the_dirt_is_counted_and_told(real_data: Path, incident_rows: pd.DataFrame) -> None:
    by_hand = list(incidents_by_hand.histories(real_data))
    early = {rows[0]["number"] for rows in by_hand if incidents_by_hand.written_before_opened(rows)}
    assert set(incident_rows["number"][incidents.written_before_opened(incident_rows)]) == early
    bad = sum(row["incident_state"] == incidents.BAD for rows in by_hand for row in rows)
    assert (len(early), bad, (incident_rows["incident_state"] == incidents.BAD).sum()) == (5, 5, 5)
