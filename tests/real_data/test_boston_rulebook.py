"""The rulebook boston-311, one request at a time, sets the deadlines that the city's own system set."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from examples.boston_311 import boston, make_rulebook
from tests.real_data.boston_by_hand import MINUTE, Request, Rule, due, rule_for
from tests.real_data.conftest import Boston

import qms_service as qms

ZONE = ZoneInfo("America/New_York")
A_RULE = 40  # requests looked at for each line of the rules file


@pytest.fixture(scope="module")
def book() -> qms.Rulebook:
    return boston.rulebook()


@pytest.fixture(scope="module")
def sample(by_hand: Boston) -> dict[Rule, list[Request]]:
    """For each line of the rules file, requests spread evenly over those that have a target."""
    found = defaultdict(list)
    for request in by_hand.requests:
        rule = rule_for(request, by_hand.rules)
        if rule and request.target:
            found[rule].append(request)
    return {rule: requests[:: 1 + len(requests) // A_RULE] for rule, requests in found.items()}


def deadline(book: qms.Rulebook, kind: str, opened: datetime) -> qms.Deadline:
    """The one clock of a request opened at a wall time."""
    at = opened.replace(tzinfo=ZONE)
    facts = {"subject.type": kind}
    (found,) = book.on(at).deadlines_of("request", events={"opened": at}, facts=facts, now=at)
    return found


def due_of(book: qms.Rulebook, kind: str, opened: datetime) -> datetime:
    found = deadline(book, kind, opened).due_at
    assert found is not None
    return found.replace(tzinfo=None)


def test_the_rulebook_is_what_the_generator_makes_of_the_rules_file(real_data: Path, tmp_path: Path) -> None:
    make_rulebook.main(real_data / "boston311_2015H1_rules.csv", tmp_path)
    made = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    kept = {file.name: file.read_text(encoding="utf-8") for file in (boston.HERE / "rulebook").iterdir()}
    assert made == kept


def test_the_rules_change_within_a_holiday_at_one_o_clock(book: qms.Rulebook) -> None:
    before, after = datetime(2015, 2, 16, 12, 59, 59), datetime(2015, 2, 16, 13)  # noqa: DTZ001
    terms = {
        kind: [str(deadline(book, kind, at).within) for at in (before, after)]
        for kind in (
            "Sticker Request",
            "Contractor Complaints",
            "Abandoned Vehicles",
            "Request for Recycling Cart",
        )
    }
    assert terms == {
        "Sticker Request": ["2 working d", "1 working d"],
        "Contractor Complaints": ["5 working d", "3 working d"],
        "Abandoned Vehicles": ["20 working d", "12 working d"],
        "Request for Recycling Cart": ["20 working d", "15 working d"],
    }


def test_an_answer_cites_the_line_of_the_rules_file(book: qms.Rulebook) -> None:
    found = deadline(book, "Sticker Request", datetime(2015, 2, 16, 13))  # noqa: DTZ001
    assert str(found.clause) == "boston-311 line 70"


def test_every_deadline_of_the_sample_is_the_one_worked_out_by_hand(
    book: qms.Rulebook, sample: dict[Rule, list[Request]]
) -> None:
    wrong = [
        request
        for rule, requests in sample.items()
        for request in requests
        if due_of(book, request.type, request.opened) != due(request.opened, rule)
    ]
    assert wrong == []
    assert sum(map(len, sample.values())) > 2_000


def test_where_a_rule_fits_all_targets_every_one_of_them_is_the_city_s(
    book: qms.Rulebook, by_hand: Boston
) -> None:
    fitting = [
        request
        for request in by_hand.requests
        if request.target and (rule := rule_for(request, by_hand.rules)) and rule.fit_share == 1
    ]
    wrong = [
        request
        for request in fitting
        if request.target and abs(due_of(book, request.type, request.opened) - request.target) > MINUTE
    ]
    assert wrong == []
    assert len(fitting) == 10_121


def test_friday_3_july_2015_counts_although_the_offices_were_closed(
    book: qms.Rulebook, by_hand: Boston
) -> None:
    """Independence Day is a Saturday in 2015; the city's system knows the date itself and not the day off for it."""
    due_then = [
        request
        for request in by_hand.requests
        if request.type == "Building Inspection Request"
        and request.target
        and f"{request.target:%m-%d}" == "07-03"
    ]
    assert len(due_then) == 65
    assert {due_of(book, one.type, one.opened).date() for one in due_then} == {datetime(2015, 7, 3).date()}  # noqa: DTZ001


def test_a_type_that_no_rule_names_is_unknown_and_says_so(book: qms.Rulebook) -> None:
    found = deadline(book, "Pothole Repair (Internal)", datetime(2015, 3, 2, 9))  # noqa: DTZ001
    assert (str(found.state), found.due_at) == ("unknown", None)
    assert str(found.reason) == "target has no term for the facts on record."
