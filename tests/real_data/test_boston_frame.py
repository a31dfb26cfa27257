"""All requests at once: the frame says what one request alone is told, and what the files say by hand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pytest
from examples.boston_311 import boston
from tests.real_data.boston_by_hand import (
    LAST,
    MINUTE,
    Request,
    Rule,
    due,
    labels_by_month,
    on_time_by_month,
    rule_for,
)
from tests.real_data.conftest import Boston

import qms_service as qms

ZONE = ZoneInfo(boston.ZONE)
EVERY = 40
COMPARED = ("edition", "started_at", "due_at", "stopped_at", "gross", "net", "paused", "original_due_at")
SPRING_FORWARD = datetime(2015, 3, 8, 2)  # noqa: DTZ001  # 02:00 to 03:00 is skipped that night
FALL_BACK = datetime(2015, 11, 1, 1)  # noqa: DTZ001
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def found(requests: pd.DataFrame) -> pd.DataFrame:
    return boston.deadlines(requests)


@pytest.fixture(scope="module")
def due_in_frame(found: pd.DataFrame) -> dict[str, datetime]:
    """The wall time at which each request is due, where it has one."""
    dated = found.dropna(subset=["due_at"])
    return dict(zip(dated["case"], dated["due_at"].dt.tz_localize(None).dt.to_pydatetime(), strict=True))


@pytest.fixture(scope="module")
def promised(by_hand: Boston) -> dict[str, tuple[Request, Rule, datetime]]:
    """By hand: each request of a type that the rules file names, its rule, and when it is due."""
    ruled = ((request, rule_for(request, by_hand.rules)) for request in by_hand.requests)
    return {request.case: (request, rule, due(request.opened, rule)) for request, rule in ruled if rule}


def test_every_due_time_is_the_one_worked_out_by_hand(
    due_in_frame: dict[str, datetime], promised: dict[str, tuple[Request, Rule, datetime]]
) -> None:
    assert due_in_frame == {case: moment for case, (_, _, moment) in promised.items()}
    assert len(promised) == 42_696


def test_every_rule_reproduces_the_share_of_the_city_s_targets_that_the_rules_file_claims(
    by_hand: Boston, due_in_frame: dict[str, datetime], promised: dict[str, tuple[Request, Rule, datetime]]
) -> None:
    near: dict[Rule, list[bool]] = defaultdict(list)
    for request, rule, _ in promised.values():
        if request.target:
            near[rule].append(abs(due_in_frame[request.case] - request.target) <= MINUTE)
    assert {(rule, len(hits), round(sum(hits) / len(hits), 4)) for rule, hits in near.items()} == {
        (rule, rule.fit_n, rule.fit_share) for rule in by_hand.rules
    }


def test_where_a_rule_fits_all_targets_each_is_the_city_s(
    due_in_frame: dict[str, datetime], promised: dict[str, tuple[Request, Rule, datetime]]
) -> None:
    fitting = [request for request, rule, _ in promised.values() if rule.fit_share == 1 and request.target]
    wrong = [one for one in fitting if one.target and abs(due_in_frame[one.case] - one.target) > MINUTE]
    assert wrong == []
    assert (len(fitting), len({one.type for one in fitting})) == (10_121, 42)


def test_a_term_over_the_change_of_clocks_keeps_the_time_of_day(
    found: pd.DataFrame, promised: dict[str, tuple[Request, Rule, datetime]]
) -> None:
    """The city's system means the clock on the wall: by elapsed time all of these targets would be an hour off."""
    over = {
        case: moment - request.opened
        for case, (request, rule, moment) in promised.items()
        if request.opened < SPRING_FORWARD < moment < FALL_BACK and rule.unit == "calendar_days"
    }
    rows = found.set_index("case").loc[list(over)]
    elapsed = [plain(took) for took in rows["due_at"] - rows["started_at"]]
    assert elapsed == [wall - HOUR for wall in over.values()]
    assert len(over) > 1_000


def test_the_frame_says_of_a_request_what_it_is_told_alone(
    requests: pd.DataFrame, found: pd.DataFrame
) -> None:
    book = boston.rulebook()
    for row, answer in zip(rows_of(requests[::EVERY]), rows_of(found[::EVERY]), strict=True):
        opened, closed = (
            moment and moment.replace(tzinfo=ZONE) for moment in (row["opened_at"], row["closed_at"])
        )
        (alone,) = book.on(opened).deadlines_of(
            "request",
            events={"opened": opened, "closed": closed},
            facts={"subject.type": row["type"]},
            now=boston.NOW,
        )
        assert [answer[name] for name in COMPARED] == [getattr(alone, name) for name in COMPARED], row
        assert (answer["state"], answer["clause"]) == (
            str(alone.state),
            alone.clause and str(alone.clause),
        ), row


def rows_of(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows with what is missing as None, instants and durations as the standard library has them."""
    for row in frame.to_dict("records"):
        yield {str(name): plain(value) for name, value in row.items()}


def plain(value: object) -> object:
    if value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.to_pytimedelta() if isinstance(value, pd.Timedelta) else value


def test_any_figure_can_be_explained_by_its_case(requests: pd.DataFrame, found: pd.DataFrame) -> None:
    for place in range(0, len(requests), 997):
        case = boston.case_of(requests.iloc[place])
        deadline = boston.rulebook().of(case).deadline(case, "target", now=boston.NOW)
        answer = found.iloc[place]
        assert deadline.due_at == plain(answer["due_at"])
        counted = [segment.counted for segment in deadline.explain().segments]
        assert (sum(counted, timedelta()) > timedelta()) == (deadline.due_at is not None)


def test_polars_says_what_pandas_says(requests: pd.DataFrame, found: pd.DataFrame) -> None:
    part = requests[::EVERY]
    asked = qms.analysis.deadlines_frame(
        pl.from_pandas(part[["case_id", "type", "opened_at", "closed_at"]]),
        boston.rulebook(),
        case="case_id",
        events={"opened": "opened_at", "closed": "closed_at"},
        facts={"subject.type": "type"},
        now=boston.NOW,
        timezone=boston.ZONE,
    )
    columns = ["case", "state", "due_at", "net"]
    as_text = {name: asked[name].cast(pl.String).to_list() for name in ("case", "state")}
    assert as_text == {name: found[::EVERY][name].astype(str).tolist() for name in ("case", "state")}
    for name in columns[2:]:
        assert asked[name].to_list() == [plain(value) for value in found[::EVERY][name]]


def test_the_share_on_time_by_month_is_the_one_counted_by_hand(
    requests: pd.DataFrame,
    found: pd.DataFrame,
    by_hand: Boston,
    promised: dict[str, tuple[Request, Rule, datetime]],
) -> None:
    is_dirt = boston.closed_before_opened(requests)
    shares = boston.on_time(requests[~is_dirt], found[~is_dirt.to_numpy()])
    readable = {one.case: one for one in by_hand.requests if not (one.closed and one.closed < one.opened)}
    by_rule = [(one, moment) for one, _, moment in promised.values() if one.case in readable]
    by_target = [(one, one.target) for one in readable.values() if one.target]
    assert counted(shares, "label") == labels_by_month(readable.values())
    assert counted(shares, "target") == on_time_by_month(by_target)
    assert counted(shares, "rule") == on_time_by_month(by_rule)


def counted(shares: pd.DataFrame, name: str) -> dict[str, tuple[int, int]]:
    """Month → how many were kept, of how many."""
    share, of = shares[name, "share"], shares[name, "of"]
    return {
        str(month): (round(kept), int(all_))
        for month, kept, all_ in zip(shares.index, share * of, of, strict=True)
    }


def test_the_label_counts_as_kept_what_could_not_be_broken_or_is_not_over(
    requests: pd.DataFrame, by_hand: Boston
) -> None:
    """By hand: of 42,309 that are called ONTIME every third has no target at all."""
    kept = [
        one
        for one in by_hand.requests
        if one.label == "ONTIME" and not (one.closed and one.closed < one.opened)
    ]
    closed = [one for one in kept if one.target and one.closed and one.closed <= one.target]
    ahead = [one for one in kept if one.target and not one.closed]
    without = [one for one in kept if not one.target]
    rows = requests[~boston.closed_before_opened(requests)]
    assert [*boston.called_on_time(rows).values()] == [len(closed), len(ahead), len(without)]
    assert len(kept) == len(closed) + len(ahead) + len(without) == 42_309


def test_where_rulebook_and_target_part_is_counted(
    by_hand: Boston, promised: dict[str, tuple[Request, Rule, datetime]]
) -> None:
    """What the page says of the point between the two shares: by hand 797 + 334 are of no rule, 399 + 54 differ."""
    no_rule = differ = 0
    for one in by_hand.requests:
        if one.target and not (one.closed and one.closed < one.opened):
            by_target = outcome(one, one.target)
            by_rule = outcome(one, promised[one.case][2]) if one.case in promised else None
            no_rule += by_target != "open" and by_rule is None
            differ += by_rule is not None and {by_target, by_rule} == {"kept", "late"}
    assert (no_rule, differ) == (1_131, 453)


def outcome(one: Request, promised: datetime) -> str:
    if one.closed:
        return "kept" if one.closed <= promised else "late"
    return "late" if promised < LAST else "open"


def test_the_dirt_is_counted_and_told(
    requests: pd.DataFrame,
    found: pd.DataFrame,
    by_hand: Boston,
    promised: dict[str, tuple[Request, Rule, datetime]],
) -> None:
    early = [one for one in by_hand.requests if one.closed and one.closed < one.opened]
    assert (len(early), boston.closed_before_opened(requests).sum()) == (84, 84)
    assert max(one.opened - one.closed for one in early if one.closed) == timedelta(seconds=32)
    unknown = found[found["state"] == "unknown"]
    assert set(unknown["case"]) == {one.case for one in by_hand.requests} - set(promised)
    assert set(unknown["reason"]) == {"No term for the facts on record"}
    never_closed = found[boston.closed_before_opened(requests).to_numpy() & found["due_at"].notna()]
    assert set(never_closed["state"]) <= {"overdue", "running"}
