"""Asking a frame (整表询问): the clocks of a rulebook over every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from qms_service.analysis.answers import Heading, Layout, Page
from qms_service.analysis.building import Block, Dictionary, builder_like
from qms_service.analysis.event_rows import EventRows
from qms_service.analysis.log import LogReader
from qms_service.analysis.parts import Reader
from qms_service.analysis.plan import Plan
from qms_service.analysis.question import Question
from qms_service.analysis.read import Table, table_of
from qms_service.analysis.reasons import Reasons
from qms_service.analysis.wide import WideReader
from qms_service.analysis.workers import side_by_side
from qms_service.errors import ClockError, ColumnError
from qms_service.instants import Micros, instant, micros
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.rulebook import Rulebook
from qms_service.worktime.term import OnUnknown

FrameT = TypeVar("FrameT")
_ASKED = ("refuse", "provisional")


def deadlines_frame(
    frame: FrameT,
    book: Rulebook | Procedure,
    *,
    case: str,
    events: Mapping[str, str] | EventRows,
    facts: Mapping[str, str] | None = None,
    now: datetime,
    timezone: str | None = None,
    layout: Layout = "long",
    kind: str | None = None,
    on_unknown: OnUnknown = "refuse",
    lang: str = "en",
    progress: Callable[[int, int], None] | None = None,
) -> FrameT:
    """Every clock of a rulebook over every case of a frame.

    One bad row never spoils the others: it is `unknown` in every clock, with its reason.

    Args:
        frame: A frame of pandas, polars (eager) or pyarrow; the same kind comes back.
        book: A rulebook, whose edition in force at each case's opening judges it; or one edition for all.
        case: The column of the case's number.
        events: For each event its column of instants, where a row is a case; of two at one instant the one named first
            came first. Or `EventRows`, where a row is an event.
        facts: For each fact, by path, its column: `{"analysed.ours": "ours"}`.
        now: The moment asked; aware. What is later is not seen.
        timezone: The IANA zone of instants that have none.
        layout: `"long"`: a row for each clock of each case. `"wide"`: a row for each case, columns by clock.
        kind: The kind of case; where it is not given, the first of the rulebook that knows all the events.
        on_unknown: Beyond what a calendar knows, `"refuse"` gives the state `unknown`, `"provisional"` answers by the
            weekly pattern.
        lang: The language of the reasons.
        progress: Called with the cases done and the cases there are.

    Returns:
        The columns `case, clock, clause, edition, state, reason, started_at, due_at, stopped_at, gross, net, paused,
        original_due_at`; instants in the rulebook's zone. In the wide layout `case, edition`, then the others as
        `clock.column`.

    Raises:
        UnknownNameError: The frame has no such column, or the rules no such event, fact or kind.
        ColumnError: The frame is none, or a column is wholly of another kind.
        NaiveInstantError: A column of instants, or `now`, has no zone.

    >>> import pandas, pendulum, qms_service as qms
    >>> sent = pandas.to_datetime(["2026-03-02 09:00", "2026-03-02 17:30", None])
    >>> frame = pandas.DataFrame({"no": ["C-1", "C-2", "C-3"], "sent": sent})
    >>> now = pendulum.datetime(2026, 3, 2, 22, tz="Asia/Shanghai")
    >>> found = qms.analysis.deadlines_frame(
    ...     frame, qms.load_rulebook("pcb-maker"), case="no", events={"forwarded": "sent"},
    ...     now=now, timezone="Asia/Shanghai",
    ... )
    >>> found[found.clock == "initial-analysis"].state.tolist()
    ['overdue', 'running', 'not_started']
    """
    table = table_of(frame)
    plan = Plan.of(book, case=case, events=events, facts=facts, timezone=timezone, kind=kind)
    if layout not in ("long", "wide"):
        raise ColumnError("frame-layout", got=repr(layout))
    if on_unknown not in _ASKED:
        raise ClockError("term-on-unknown", got=repr(on_unknown))
    reasons, moment = Reasons(tuple(plan.facts)), instant(now)
    reader = _reader(plan, table, reasons, micros(moment))
    heading, words = Heading.of(plan, layout), Dictionary(reasons.sentences(lang))
    each, cases = heading.rows_per_case, len(reader.cases)
    builder = builder_like(table, heading.specs(reader.cases, words), cases * each)
    question = Question(plan=plan, now=moment, on_unknown=on_unknown)

    def answered(begin: int, end: int) -> Block:
        """One block of cases; several are answered at once."""
        block = builder.open(begin * each, end * each)
        page = Page(heading=heading, block=block, cases=end - begin, reasons=reasons)
        question.answer(reader.block(begin, end), page)
        return block

    for (_, end), block in side_by_side(answered, reader.blocks()):
        builder.keep(block)
        if progress:
            progress(end, cases)
    words.texts.extend(reasons.sentences(lang)[len(words.texts) :])
    made: FrameT = builder.frame()
    return made


def _reader(plan: Plan, table: Table, reasons: Reasons, now: Micros) -> Reader:
    kind = LogReader if isinstance(plan.events, EventRows) else WideReader
    return kind.of(plan, table, reasons, now)
