"""A report says the same whether its cases are judged one by one or in columns."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qms_service as qms
from qms_service.caselog import CaseLog, LoggedCase, LoggedEvent, read_log, report_on
from qms_service.caselog.batch import outcomes_in_columns
from qms_service.caselog.judging import MANY, judge, one_by_one
from qms_service.caselog.logged import history_of
from qms_service.caselog.report import report_of
from qms_service.cases import Subject
from qms_service.facts import NO_FACTS, Facts
from qms_service.instants import HOUR, from_micros, micros, zone
from qms_service.rulebooks import Rulebook, load_rulebook
from qms_service.sheets.moments import Moment

FOLDER = Path(__file__).parents[2] / "examples" / "board_maker"
ROOT = Path(qms.__file__).parents[1]
ZONE = zone("Asia/Shanghai")
MONDAY = micros(datetime(2026, 3, 2, tzinfo=UTC))
DAY = 24 * HOUR
ORDERS = """
id = "orders"
edition = "1"
timezone = "Asia/Shanghai"
calendar = "shop"
[departments]
shop = { en = "Shop", zh = "店" }
[order]
opening = "placed"
[order.subject]
urgency = { type = ["urgent", "normal"], optional = true }
[order.events.placed]
[order.events.graded]
facts = { urgency = ["urgent", "normal"], ours = "bool?" }
[order.events.asked]
[order.events.came]
[order.events.done]
facts = { well = "bool?" }
[order.events.closed]
[order.pauses.wait]
from = "asked"
to = "came"
at_most = "1 d"
[order.clocks.doing]
from = "placed"
to = ["done", "closed"]
within = "6 working h"
paused_by = ["wait"]
on_reopen = "resume"
clause = "1"
[order.clocks.chosen]
from = "placed"
to = "done"
clause = "2"
paused_by = ["wait"]
within = { inputs = { urgency = { from = ["graded.urgency", "subject.urgency"] } }, table = '''
| id     | urgency | -> within              | clause |
| urgent | urgent  | 1 d                    | 2a     |
| normal | normal  | 2 working d, end of day | 2b     |
''' }
[order.clocks.same]
from = "placed"
to = "done"
clause = "3"
within = { inputs = { urgency = { from = ["graded.urgency"] } }, table = '''
| id     | urgency | -> within | clause |
| urgent | urgent  | 1 d       | 3a     |
| normal | normal  | 1 d       | 3b     |
''' }
[order.clocks.ours]
from = { event = "graded", where = { urgency = "urgent" } }
to = { event = "done", where = { well = true } }
when = { "graded.ours" = true }
within = "12 h"
clause = "4"
[order.clocks.answer]
from = "asked"
to = "came"
within = "1 working d"
on_reopen = "restart"
clause = "5"
"""
NAMES = ("placed", "graded", "asked", "came", "done", "closed", "withdrawn", "reopened")
FACTS: Mapping[str, st.SearchStrategy[Facts]] = {
    "graded": st.fixed_dictionaries(
        {"urgency": st.sampled_from(["urgent", "normal"])}, optional={"ours": st.booleans()}
    ).map(Facts),
    "done": st.fixed_dictionaries({}, optional={"well": st.booleans()}).map(Facts),
    "reopened": st.just(Facts({"reason": "again"})),
    "withdrawn": st.just(Facts({"reason": "no more"})),
}


@pytest.fixture(scope="session")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    file = tmp_path_factory.mktemp("orders") / "orders.toml"
    file.write_text(ORDERS, encoding="utf-8")
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:30", "12:00"), ("13:30", "17:30")))
    shop = qms.WorkCalendar(timezone="Asia/Shanghai", weekly=week, known_until=datetime(2026, 3, 10).date())  # noqa: DTZ001  # its date
    return load_rulebook(file, calendars={"shop": shop})


Told = tuple[
    str, int, int, Facts
]  # an event, the hour in which its moment lies and the hours that this spans


def events() -> st.SearchStrategy[list[Told]]:
    """What a log may tell of an order: events in any order, now and then on a day of unknown hour."""
    hours = st.tuples(st.integers(0, 11 * 24), st.just(0))
    days = st.tuples(st.integers(0, 10).map(lambda day: day * 24), st.just(24))
    told = st.sampled_from(NAMES[:6] * 4 + NAMES).flatmap(
        lambda name: st.tuples(
            st.just(name), st.one_of(*[hours] * 12, days), FACTS.get(name, st.just(Facts()))
        )
    )
    return st.lists(told.map(lambda one: (one[0], *one[1], one[2])), max_size=6)


def as_logged(name: str, hour: int, lasting: int = 0, facts: Facts = NO_FACTS) -> LoggedEvent:
    low = MONDAY + hour * HOUR
    moment = Moment(earliest=low, latest=low + max(0, lasting * HOUR - 1), zone=ZONE)
    return LoggedEvent(name=name, moment=moment, facts=facts)


@settings(max_examples=30, deadline=None)
@given(
    told=st.lists(st.tuples(st.sampled_from([None, "urgent", "normal"]), events()), min_size=17, max_size=40),
    hour=st.integers(-1, 14 * 24),
)
def test_every_case_comes_to_the_same_in_columns(
    orders: Rulebook, told: list[tuple[str | None, list[Told]]], hour: int
) -> None:
    proc = orders.editions[-1]
    cases = [logged(proc, number, *one) for number, one in enumerate(told)]
    now = from_micros(MONDAY + hour * HOUR, ZONE)
    assert outcomes_in_columns(cases, proc, now, NAMES) == one_by_one(cases, proc, now, NAMES)


def logged(
    proc: qms.Procedure, number: int, urgency: str | None, told: Sequence[Told], lasting: int = 0
) -> LoggedCase:
    """An order placed on the Monday, with what else a log tells of it."""
    events = (as_logged("placed", 0, lasting), *(as_logged(*one) for one in told))
    facts = {} if urgency is None else {"urgency": urgency}
    subject = Subject("order", number=f"O-{number}", opened_at=from_micros(MONDAY, ZONE), facts=facts)
    return LoggedCase(lines=(number,), case=proc.adopt(subject, history_of(events)), events=events)


class OneDay:
    """A choice that no rulebook writes, and that does not say which facts it reads."""

    def possible(self, _fact: object, /) -> Iterator[tuple[qms.Term, None]]:
        yield qms.Term.parse("1 d"), None


def with_clocks(proc: qms.Procedure, *clocks: qms.Clock) -> qms.Procedure:
    order = attrs.evolve(proc.rules.kind("order"), clocks={clock.id: clock for clock in clocks})
    return attrs.evolve(proc, rules=attrs.evolve(proc.rules, kinds={"order": order}))


@pytest.mark.parametrize(
    ("clock", "came_to"),
    [
        (qms.Clock("doing", start="placed", stop="done", within=OneDay()), ["overdue"]),
        (
            qms.Clock(
                "doing", start={"event": "placed", "where": {"department": "shop"}}, stop="done", within="1 h"
            ),
            ["not_started"],
        ),
        (qms.Clock("doing", start="placed", stop="done", within="in good time"), []),
        (qms.Clock("doing", start="placed", stop="never", within="1 h"), []),
    ],
    ids=["choice", "department", "no figure", "not told"],
)
def test_what_columns_cannot_tell_is_judged_alone(
    orders: Rulebook, clock: qms.Clock, came_to: list[str]
) -> None:
    proc = with_clocks(orders.editions[-1], clock)
    cases = [logged(proc, number, None, ()) for number in range(20)]
    now = from_micros(MONDAY + 2 * DAY, ZONE)
    for outcomes in outcomes_in_columns(cases, proc, now, NAMES):
        assert [one.outcome for one in outcomes] == came_to


def test_days_without_a_time_alone_are_judged_alone(orders: Rulebook) -> None:
    proc = orders.editions[-1]
    cases = [logged(proc, 1, None, (), lasting=24)]
    now = from_micros(MONDAY + 30 * DAY, ZONE)
    assert outcomes_in_columns(cases, proc, now, NAMES) == one_by_one(cases, proc, now, NAMES)


@pytest.fixture(scope="session")
def log(book: Rulebook) -> CaseLog:
    return read_log(FOLDER / "complaints.csv", FOLDER / "mapping.toml", book)


@pytest.mark.parametrize("days", [0, 30, 200])
def test_the_report_on_the_example_is_the_same_in_columns(log: CaseLog, book: Rulebook, days: int) -> None:
    assert log.last_at is not None
    now = from_micros(micros(log.last_at) - days * DAY, ZONE)
    alone, together = (
        report_of(log, book, now, judge(log, book, now, how=how)) for how in (one_by_one, outcomes_in_columns)
    )
    assert together == alone
    assert together == report_on(log, book, now=now)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example twice over: enough for columns."""
    file = tmp_path_factory.mktemp("large") / "large.csv"
    header, *rows = (FOLDER / "complaints.csv").read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join((header, *rows, *(f"again {row}" for row in rows))), encoding="utf-8")
    return file


def test_a_large_log_is_judged_in_columns_where_they_are_there(
    large: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = read_log(large, FOLDER / "mapping.toml", book)
    assert len(log.cases) > MANY
    told: list[int] = []
    together = report_on(log, book, progress=lambda done, _: told.append(done))
    assert told == [len(log.cases)]
    monkeypatch.setitem(sys.modules, "qms_service.caselog.batch", None)
    assert report_on(log, book) == together


PRINTED = """
import sys
{hide}
from qms_service.__main__ import main
main(["report", "pcb-maker", {log!r}, "--mapping", {mapping!r}, "--late", "-1"])
assert ("numpy.linalg" in sys.modules) is {there}
"""


def test_the_command_prints_the_same_where_numpy_is_not_installed(large: Path) -> None:
    def printed(hide: str, *, there: bool) -> bytes:
        code = PRINTED.format(hide=hide, log=str(large), mapping=str(FOLDER / "mapping.toml"), there=there)
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, env=env)
        return done.stdout

    without = printed("sys.modules['numpy'] = None", there=False)
    assert without == printed("", there=True)
    assert b"again KS2511-175" in without


def test_progress_is_told_block_by_block(log: CaseLog, book: Rulebook) -> None:
    told: list[tuple[int, int]] = []
    now = from_micros(MONDAY, ZONE)
    judge(log, book, now, lambda done, total: told.append((done, total)), how=outcomes_in_columns)
    assert told == [(len(log.cases), len(log.cases))]
