"""The timeline of one case: its events, and each clock from its start to its due time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

from qms_service.analysis.plots.canvas import BLUE, GREEN, GREY, ORANGE, PALE, RED, axes_for, check_lang, word
from qms_service.analysis.plots.fonts import write_legibly
from qms_service.cases import Case
from qms_service.deadlines import Deadline
from qms_service.errors import unknown_name
from qms_service.events import Event, effective
from qms_service.instants import instant, utc
from qms_service.rulebooks import Procedure, Rulebook
from qms_service.texts import render, shown_duration

_COLOURS: Final = {
    "met": GREEN, "met_late": ORANGE, "overdue": RED, "running": BLUE, "paused": BLUE, "undecided": BLUE,
}  # fmt: skip
_STANDING: Final = ("pause", "reopened")
_DIGITS: Final = [
    "%Y",
    "%Y-%m",
    "%m-%d",
    "%H:%M",
    "%H:%M",
    "%S.%f",
]  # no names of months: the same in every language
_HEIGHT: Final = 0.5


def plot_case(
    case: Case,
    book: Rulebook | Procedure,
    *,
    now: datetime,
    clocks: Sequence[str] | None = None,
    ax: Axes | None = None,
    lang: str = "en",
) -> Axes:
    """What happened in a case, a line for each event, and below a bar for each clock that has started.

    A bar runs from the start of the clock to its due time; where it was paused it is hatched. A tick marks the
    stop. What runs past the due time, to the stop or to now, is a thin red line. The dashed line is now.

    Args:
        case: The case.
        book: The rulebook, whose edition the case is pinned to, or that edition.
        now: The moment asked; aware. Later events are not shown.
        clocks: The clocks to draw; None: all that have started.
        ax: Axes to draw on; None: those of a new figure.
        lang: `"en"` or `"zh"`.

    Returns:
        The axes, with times in the zone of the rulebook.

    Raises:
        UnknownNameError: The kind of case has no such clock.
        PinnedElsewhereError: The case is pinned to another edition than the one given.
        NaiveInstantError: now has no zone.

    Warns:
        MissingFontWarning: No installed font can show Chinese.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> book = qms.load_rulebook("pcb-maker")
    >>> case = book.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
    >>> case = book.of(case).record(case, "forwarded", at=noon.add(hours=1))
    >>> ax = plot_case(case, book, now=noon.add(hours=2), clocks=["initial-analysis"])
    >>> [text.get_text() for text in ax.get_yticklabels()]
    ['Complaint received', 'Complaint record or handling sheet with Quality', 'Initial analysis [4.2.4.2]']
    """
    check_lang(lang)
    proc = book.of(case) if isinstance(book, Rulebook) else book
    moment = instant(now)
    deadlines = [one for one in proc.deadlines(case, now=moment) if one.started_at is not None]
    if clocks is not None:
        known = proc.rules.kind(case.kind).clocks
        for name in clocks:
            if name not in known:
                raise unknown_name("clock", name, known)
        deadlines = [one for one in deadlines if one.id in clocks]
    events = effective(case.history, moment)
    lanes = len(events) + len(deadlines)
    ax = axes_for(ax, height=1.2 + 0.36 * lanes)
    for lane, event in enumerate(events):
        ax.plot([_place(event.at)], [lane], marker="o", color="black")
    for lane, deadline in enumerate(deadlines, start=len(events)):
        _clock(ax, lane, deadline, moment, lang)
    ax.axvline(_place(moment), color="black", linestyle="--", linewidth=1, label=word("now", lang))
    names = [
        *(_event_name(event, proc, case.kind, lang) for event in events),
        *(_clock_name(one, lang) for one in deadlines),
    ]
    _frame(ax, names, proc.rules.zone)
    ax.set_title(word("case", lang, case=case.id), parse_math=False)
    ax.legend(loc="upper right", fontsize="small")
    write_legibly((ax,), lang=lang)
    return ax


def _frame(ax: Axes, names: Sequence[str], zone: tzinfo) -> None:
    """The earliest on top; times on the clock of the zone, which the axis names."""
    ax.set_yticks(range(len(names)), names, parse_math=False)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.xaxis_date(tz=zone)
    locator = AutoDateLocator(tz=zone)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        ConciseDateFormatter(locator, tz=zone, formats=_DIGITS, zero_formats=["", "%Y", "%Y-%m", "%m-%d", "%H:%M", "%H:%M"],  # type: ignore[no-untyped-call]
                             offset_formats=["", "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d %H:%M"])
    )  # fmt: skip
    ax.set_xlabel(str(zone))
    ax.grid(axis="x", color=PALE)
    ax.set_axisbelow(True)
    ax.margins(x=0.06)


def _event_name(event: Event, proc: Procedure, kind: str, lang: str) -> str:
    rules = proc.rules
    return rules.event(rules.kind(kind), event.name).label.text(lang) or event.name


def _clock_name(deadline: Deadline, lang: str) -> str:
    name = deadline.label.text(lang) if deadline.label else deadline.id
    return f"{name} [{deadline.clause.number}]" if deadline.clause else name


def _clock(ax: Axes, lane: int, deadline: Deadline, now: datetime, lang: str) -> None:
    start, due = deadline.started_at, deadline.due_at
    ended = deadline.stopped_at or now
    colour = _COLOURS.get(deadline.state, GREY)
    if start is not None and due is not None:
        _bar(ax, lane, start, due, color=colour, alpha=0.45)
        for segment in deadline.explain().segments:
            if segment.code in _STANDING:
                _bar(ax, lane, segment.start, segment.end, facecolor="white", edgecolor=colour, hatch="///")
        if deadline.late_by is not None:
            ax.plot([_place(due), _place(ended)], [lane, lane], color=RED, linewidth=3, solid_capstyle="butt")
    if deadline.stopped_at is not None:
        ax.plot(
            [_place(deadline.stopped_at)],
            [lane],
            marker="|",
            markersize=16,
            markeredgewidth=2.5,
            color=colour,
        )
    furthest = max(_place(at) for at in (start, due, ended) if at is not None)
    ax.annotate(
        _said(deadline, lang), (furthest, lane), xytext=(6, 0), textcoords="offset points", va="center",
        fontsize="small",
    )  # fmt: skip


def _said(deadline: Deadline, lang: str) -> str:
    state = render(f"state.{deadline.state}", {}, lang)
    late = deadline.late_by
    return (
        state
        if late is None
        else f"{state} +{shown_duration(late - late % timedelta(minutes=1) if late >= timedelta(minutes=1) else late)}"
    )


def _bar(ax: Axes, lane: int, start: datetime, end: datetime, **look: object) -> None:
    ax.barh(lane, _place(end) - _place(start), left=_place(start), height=_HEIGHT, **look)  # type: ignore[arg-type]


def _place(at: datetime) -> float:
    return float(date2num(utc(at)))  # type: ignore[no-untyped-call]
