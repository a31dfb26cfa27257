"""Random calendars, clocks and rows for the tests of columns, and what the scalar says of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import attrs
import numpy as np
from hypothesis import strategies as st

from qms_service.deadlines import Clock, Deadline, PauseRule, deadline_of
from qms_service.deadlines.batch import NAT, DeadlineColumns, LogRows, WideRows
from qms_service.events import Event, timeline
from qms_service.facts import Facts
from qms_service.instants import from_micros, micros
from qms_service.worktime import Term, Urgency, WorkCalendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/Havana", "Pacific/Apia", "UTC")
HOUR = 3_600_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BEGIN = (datetime(2026, 3, 6, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
INSTANTS = ("started_at", "due_at", "original_due_at", "stopped_at")
AMOUNTS = ("gross", "net", "paused")
NAMES = (
    "applied", "forwarded", "asked", "came", "tested", "planned", "done", "closed", "withdrawn", "paused", "resumed",
)  # fmt: skip
TERMS = (
    "12 h", "90 min", "2 d", "1 week", "1 month", "6 working h", "45 working min", "4 working d", "1 working d",
    "2 working d, end of day", "same day",
)  # fmt: skip
HOURS: tuple[list[tuple[str, str]], ...] = (
    [],
    [("08:30", "12:00"), ("13:30", "17:30")],
    [("08:30", "12:00"), ("13:30", "17:30")],
    [("14:00", "18:00"), ("22:00", "06:00")],
    [("12:00:00", "12:00:01")],
    [("06:00", "24:00")],
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Lunch breaks, night shifts, one second, without end; known for ever or not; over a change of the clock."""
    known = draw(st.sampled_from((None, None, None, date(2026, 3, 20), date(2026, 3, 31))))
    zone = draw(st.sampled_from(ZONES))
    if draw(st.integers(0, 7)) == 0:
        whole = [("00:00", "24:00")]
        return WorkCalendar(timezone=zone, weekly=dict.fromkeys(WEEKDAYS, whole), known_until=known)
    week = draw(st.lists(st.sampled_from(HOURS), min_size=7, max_size=7))
    dates = st.dates(date(2026, 3, 1), known or date(2026, 4, 30))
    exceptions = draw(st.dictionaries(dates, st.sampled_from(HOURS), max_size=6))
    return WorkCalendar(
        timezone=zone, weekly=dict(zip(WEEKDAYS, week, strict=True)), exceptions=exceptions, known_until=known
    )


@attrs.frozen
class ByUrgency:
    """A choice of the term by a fact; nothing fits where it says so."""

    urgent: Term | Urgency
    normal: Term | Urgency
    gap: bool

    def possible(self, fact: object, /) -> list[tuple[Term | Urgency | None, str | None]]:
        """The terms still possible."""
        options: dict[str, tuple[Term | Urgency | None, str | None]] = {
            "urgent": (self.urgent, "9.1"), "normal": (self.normal, None),
        }  # fmt: skip
        known = fact("applied.urgency")  # type: ignore[operator]  # a reader of facts
        if known is not None:
            return [options[known]] if known in options else []
        return [*options.values(), *([(None, None)] if self.gap else [])]


WITHINS = st.one_of(
    st.sampled_from(TERMS).map(Term.parse),
    st.sampled_from(TERMS).map(Term.parse),
    st.sampled_from(tuple(Urgency)),
)
NAMED = st.sampled_from(("applied", "forwarded", "tested", "planned", "done", "closed", "reopened"))
SELECTOR = st.one_of(
    NAMED,
    NAMED,
    st.builds(lambda event: {"event": event, "keeps": True}, NAMED),
    st.builds(lambda event, ours: {"event": event, "where": {"ours": ours}}, NAMED, st.booleans()),
    st.builds(lambda event, after: {"event": event, "after": after}, NAMED, NAMED),
)
SELECTORS = st.lists(SELECTOR, min_size=1, max_size=2)
RULES = st.builds(
    lambda n, starts, ends, cap: PauseRule(f"wait-{n}", starts=starts, ends=ends, at_most=cap),
    st.sampled_from((1, 2)),
    st.lists(st.sampled_from(("asked", "tested", "came")), min_size=1, max_size=2),
    st.lists(st.sampled_from(("came", "planned", "asked")), min_size=1, max_size=2),
    st.sampled_from((None, None, None, "20 h", "3 working h", "1 working d")),
)
WHEN = st.sampled_from(({}, {}, {"applied.ours": True}, {"applied.urgency": ["urgent", "normal"]}))
CLOCKS = st.builds(
    lambda start, stop, within, when, warn, listed, reopening, agreed: Clock(
        "c",
        start=start,
        stop=stop,
        within=within,
        when=when,
        warn=warn,
        clause="7.2",
        paused_by=listed,
        on_reopen="new" if reopening == "keeps" else reopening,
        keeps=reopening == "keeps",
        agreed=agreed,
    ),
    SELECTORS,
    SELECTORS,
    st.one_of(WITHINS, WITHINS, st.builds(ByUrgency, WITHINS, WITHINS, st.booleans())),
    WHEN,
    st.sampled_from((None, None, "1 h", "2 working h")),
    st.sampled_from(((), ("wait-1",), ("wait-1", "wait-2"))),
    st.sampled_from(("new", "restart", "resume", "keeps")),
    st.sampled_from(("always", "when-earlier")),
)
FACTS: tuple[Mapping[str, object], ...] = (
    {},
    {"applied.ours": True, "applied.urgency": "urgent", "planned.ours": True, "done.ours": False},
    {"applied.ours": False, "applied.urgency": "normal", "forwarded.ours": True},
    {"applied.urgency": "strange", "tested.ours": True},
)
# Around a change of the clock in Berlin and Havana; most on the grid, so that events meet at one instant.
AT = st.one_of(
    st.integers(0, 30 * 24 * 2).map(lambda half: BEGIN + half * HOUR // 2),
    st.integers(0, 12).map(lambda slot: BEGIN + 70 * HOUR + slot * 6 * HOUR),
    st.integers(0, 30 * 24 * HOUR).map(lambda us: BEGIN + us),
)
NOW = st.sampled_from((5, 12, 20, 40)).map(lambda days: BEGIN + days * 24 * HOUR + 9 * HOUR)


@st.composite
def wide_rows(draw: st.DrawFn, least: int = 17, most: int = 30) -> WideRows:
    """Rows enough for arrays: some events in some order, each in most rows."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=9, unique=True))
    names = list(dict.fromkeys((*names, "applied", "planned")))
    size = draw(st.integers(least, most))
    some = st.one_of(AT, AT, AT, st.just(NAT))
    drawn = [draw(st.lists(some, min_size=5, max_size=5)) for _ in names]
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    events = {
        name: random.choice(np.array(few, np.int64), size) for name, few in zip(names, drawn, strict=True)
    }
    return WideRows(events=events, facts=FACTS, of=random.integers(0, len(FACTS), size))


@st.composite
def log_rows(draw: st.DrawFn, least: int = 17, most: int = 24) -> LogRows:
    """Histories enough for arrays: several events of a name, some at one instant, some reopened."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=9, unique=True))
    names = list(
        dict.fromkeys((*names, "applied", "planned", *draw(st.sampled_from(((), (), ("reopened",))))))
    )
    size = draw(st.integers(least, most))
    instants = draw(st.lists(AT, min_size=3, max_size=12))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    counts = random.integers(0, 12, size)
    case = np.repeat(np.arange(size), counts)
    name, at = (
        random.integers(0, len(names), case.size),
        random.choice(np.array(instants, np.int64), case.size),
    )
    order = np.lexsort((at, case))
    return LogRows(
        case=case, name=name[order], at=at[order], names=names, facts=FACTS,
        of=random.integers(0, len(FACTS), size), odd=np.zeros(size, np.bool_),
    )  # fmt: skip


def tiled(rows: WideRows, times: int) -> WideRows:
    """The rows so many times, so that arrays are worth their while."""
    events = {name: np.tile(column, times) for name, column in rows.events.items()}
    return WideRows(events=events, facts=rows.facts, of=np.tile(rows.of, times))


def tiled_log(rows: LogRows, times: int) -> LogRows:
    """The cases so many times."""
    return LogRows(
        case=np.concatenate([rows.case + rows.size * n for n in range(times)]),
        name=np.tile(rows.name, times), at=np.tile(rows.at, times), names=rows.names, facts=rows.facts,
        of=np.tile(rows.of, times), odd=np.tile(rows.odd, times),
    )  # fmt: skip


def in_tiles(columns: DeadlineColumns, size: int) -> list[dict[str, object]]:
    """The rows of the columns, once every tile has proved to be the first."""
    tiles = columns.state.size // size
    for name in ("state", "clause", "reason", *INSTANTS, *AMOUNTS):
        column = getattr(columns, name)
        assert (column == np.tile(column[:size], tiles)).all()
    return [row_of(columns, row) for row in range(size)]


def of_case(
    clock: Clock, rows: LogRows, case: int, *, now: int, calendar: WorkCalendar, rules: Sequence[PauseRule]
) -> Deadline:  # fmt: skip
    """What the scalar says of a case."""
    zone = calendar.zone
    own = np.flatnonzero(rows.case == case).tolist()
    history = [
        Event(rows.names[rows.name[row]], from_micros(int(rows.at[row]), zone), seq=seq)
        for seq, row in enumerate(own, 1)
    ]
    moment = from_micros(now, zone)
    return deadline_of(
        clock, timeline(history, moment, Facts(rows.facts[rows.of[case]])), now=moment, calendar=calendar,
        pause_rules=rules,
    )  # fmt: skip


def of_row(
    clock: Clock, rows: WideRows, row: int, *, now: int, calendar: WorkCalendar, rules: Sequence[PauseRule],
    provisional: bool = False,
) -> Deadline:  # fmt: skip
    """What the scalar says of a row."""
    zone = calendar.zone
    present = [(name, int(column[row])) for name, column in rows.events.items() if column[row] != NAT]
    history = [Event(name, from_micros(at, zone), seq=seq) for seq, (name, at) in enumerate(present, 1)]
    moment = from_micros(now, zone)
    return deadline_of(
        clock, timeline(history, moment, Facts(rows.facts[rows.of[row]])), now=moment, calendar=calendar,
        pause_rules=rules, on_unknown="provisional" if provisional else "refuse",
    )  # fmt: skip


def told(deadline: Deadline) -> dict[str, object]:
    """A deadline as the columns tell it."""
    instants = {name: getattr(deadline, name) for name in INSTANTS}
    amounts = {name: getattr(deadline, name) for name in AMOUNTS}
    return {
        "state": deadline.state,
        "clause": deadline.clause,
        "reason": deadline.finding.code if deadline.finding else None,
        **{name: NAT if at is None else micros(at) for name, at in instants.items()},
        **{name: NAT if n is None else n // timedelta(microseconds=1) for name, n in amounts.items()},
    }


def row_of(columns: DeadlineColumns, row: int) -> dict[str, object]:
    """A row of the columns in the same words."""
    return {
        "state": columns.STATES[columns.state[row]],
        "clause": columns.clauses[columns.clause[row]],
        "reason": columns.reasons[columns.reason[row]],
        **{name: int(getattr(columns, name)[row]) for name in (*INSTANTS, *AMOUNTS)},
    }
