"""Timeline (时间线) of one case: its events, and each clock from its start to its due time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from matplotlib.axes import Axes

from qms_service.analysis.plots.canvas import axes_for, check_lang, word
from qms_service.analysis.plots.clock_bar import draw_clock
from qms_service.analysis.plots.fonts import write_legibly
from qms_service.analysis.plots.time_axis import place, tell_time
from qms_service.cases import Case
from qms_service.deadlines import Deadline
from qms_service.errors import unknown_name
from qms_service.events import Event, effective
from qms_service.instants import instant
from qms_service.rulebooks import Procedure, Rulebook


def plot_case(
    case: Case,
    book: Rulebook | Procedure,
    *,
    now: datetime,
    clocks: Sequence[str] | str | None = None,
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
        clocks: The clock or clocks to draw, of those that have started; None: all of these.
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
    proc, moment = book.of(case) if isinstance(book, Rulebook) else book, instant(now)
    events, deadlines = effective(case.history, moment), _started(case, proc, moment, clocks)
    ax = axes_for(ax, height=1.2 + 0.36 * (len(events) + len(deadlines)))
    for lane, event in enumerate(events):
        ax.plot([place(event.at)], [lane], marker="o", color="black")
    for lane, deadline in enumerate(deadlines, start=len(events)):
        draw_clock(ax, lane, deadline, moment, lang)
    names = [_event_name(event, proc, case.kind, lang) for event in events]
    names += [_clock_name(deadline, lang) for deadline in deadlines]
    ax.set_yticks(range(len(names)), names, parse_math=False)
    ax.set_ylim(len(names) - 0.4, -0.6)  # the earliest on top
    ax.axvline(place(moment), color="black", linestyle="--", linewidth=1, label=word("now", lang))
    tell_time(ax, proc.rules.zone)
    ax.legend(loc="upper right", fontsize="small")
    ax.set_title(word("case", lang, case=case.id), parse_math=False)
    write_legibly((ax,), lang=lang)
    return ax


def _started(
    case: Case, proc: Procedure, now: datetime, clocks: Sequence[str] | str | None
) -> tuple[Deadline, ...]:
    known = proc.rules.kind(case.kind).clocks
    wanted = (clocks,) if isinstance(clocks, str) else known if clocks is None else clocks
    for name in wanted:
        if name not in known:
            raise unknown_name("clock", name, known)
    return tuple(
        deadline
        for deadline in proc.deadlines(case, now=now)
        if deadline.started_at is not None and deadline.id in wanted
    )


def _event_name(event: Event, proc: Procedure, kind: str, lang: str) -> str:
    rules = proc.rules
    return rules.event(rules.kind(kind), event.name).label.text(lang) or event.name


def _clock_name(deadline: Deadline, lang: str) -> str:
    name = deadline.label.text(lang) if deadline.label else deadline.id
    return f"{name} [{deadline.clause.number}]" if deadline.clause else name
