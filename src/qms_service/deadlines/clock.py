"""Clock (时限): from one event to another within a term, under a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.deadlines.choice import Choice, Within
from qms_service.errors import ClockError
from qms_service.events import ALWAYS, Condition, Selectors, selectors
from qms_service.labels import Label, as_label
from qms_service.worktime import Term, Urgency, WorkCalendar, parse_within
from qms_service.worktime.term import OnUnknown

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from qms_service.deadlines.batch import DeadlineColumns
    from qms_service.deadlines.deadline import Deadline

OnReopen = Literal["resume", "restart", "new"]
Agreed = Literal["always", "when-earlier"]
REOPENINGS: Final = ("resume", "restart", "new")
AGREEMENTS: Final = ("always", "when-earlier")
UNKNOWNS: Final = ("refuse", "provisional")
_NO_FACTS: Final[Mapping[str, object]] = {}


def _within(given: object) -> Within | Choice:
    if isinstance(given, str):
        return parse_within(given)
    if isinstance(given, Term | Urgency | Choice):
        return given
    raise ClockError("clock-within", got=repr(given))


def _warn(given: object) -> Term | None:
    if isinstance(given, str):
        return Term.parse(given)
    if given is None or isinstance(given, Term):
        return given
    raise ClockError("clock-warn", got=repr(given))


def _condition(given: object) -> Condition:
    if isinstance(given, Condition):
        return given
    if isinstance(given, Mapping) and all(isinstance(path, str) for path in given):
        return Condition(given)
    raise ClockError("clock-when", got=repr(given))


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)


def _ids(clock: Clock, _field: attrs.Attribute[tuple[str, ...]], value: tuple[object, ...]) -> None:
    if not all(isinstance(one, str) and one for one in value):
        raise ClockError("clock-paused-by", clock=clock.id, got=repr(value))


def _some(clock: Clock, field: attrs.Attribute[Selectors], value: Selectors) -> None:
    if not value:
        raise ClockError("clock-selector-empty", clock=clock.id, field=field.name)


def _labelled(clock: Clock, _field: attrs.Attribute[Label | None], value: object) -> None:
    names = value.names if isinstance(value, Label) else ()
    if value is not None and not (names and all(isinstance(part, str) for name in names for part in name)):
        raise ClockError("clock-label", clock=clock.id, got=repr(value))


def _known_reopening(clock: Clock, _field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or value not in REOPENINGS:
        raise ClockError("clock-on-reopen", clock=clock.id, got=repr(value), allowed=REOPENINGS)


def _known_agreement(clock: Clock, _field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or value not in AGREEMENTS:
        raise ClockError("clock-agreed", clock=clock.id, got=repr(value), allowed=AGREEMENTS)


def _named(_clock: Clock, _field: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ClockError("clock-id", got=repr(value))


@attrs.frozen
class Clock:
    """A clock of a procedure (时限): what starts it, what stops it, and within which term.

    Args:
        id: Its name in the procedure, such as `"initial-analysis"`.
        start: The event that starts it: a name, a selector, or a list of these (whichever comes first).
        stop: The event that stops it, written in the same way.
        within: A term such as `"12 h"`, `"at once"`, `"in good time"`, `"?"`, or a `Choice` by facts.
        clause: The clause that it rests on.
        when: The facts under which it applies at all.
        warn: How long after the start a warning is due, measured as the budget is.
        paused_by: The ids of the pauses that stop it.
        on_reopen: What a reopened case does to it: `"new"` waits for a new start, `"restart"` begins anew
            at the reopening, `"resume"` goes on with what was left.
        keeps: Whether reopening leaves it alone: it sees all cycles as one.
        agreed: Whether a date agreed with the customer takes the place of its due time `"always"`, or only
            `"when-earlier"`: then the rules' own due time stays where the date is later.
        label: Its name for people, in each language or as one text.

    Raises:
        ClockError: A part that contradicts itself or cannot be read.
        SelectorError: Its start or its stop names no event.
        ClauseError: Its clause is no text.
        TermError: A term that cannot be read.

    >>> Clock("initial-analysis", start="forwarded", stop="analysed", within="12 h", clause="4.2.4.2").clause
    ClauseRef(number='4.2.4.2', document='', edition='')
    """

    id: str = attrs.field(validator=_named)
    start: Selectors = attrs.field(converter=selectors, validator=_some, kw_only=True)
    stop: Selectors = attrs.field(converter=selectors, validator=_some, kw_only=True)
    within: Within | Choice = attrs.field(converter=_within, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)
    when: Condition = attrs.field(default=ALWAYS, converter=_condition, kw_only=True)
    warn: Term | None = attrs.field(default=None, converter=_warn, kw_only=True)
    paused_by: tuple[str, ...] = attrs.field(default=(), converter=_names, validator=_ids, kw_only=True)
    on_reopen: OnReopen = attrs.field(default="new", validator=_known_reopening, kw_only=True)
    keeps: bool = attrs.field(default=False, kw_only=True)
    agreed: Agreed = attrs.field(default="always", validator=_known_agreement, kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, validator=_labelled, kw_only=True)

    @property
    def starts_at(self) -> tuple[str, ...]:
        """The names of the events that may start it."""
        return tuple(dict.fromkeys(selector.event for selector in self.start))

    @property
    def stops_at(self) -> tuple[str, ...]:
        """The names of the events that may stop it."""
        return tuple(dict.fromkeys(selector.event for selector in self.stop))

    def deadline(
        self,
        events: Mapping[str, datetime | None],
        *,
        now: datetime,
        calendar: WorkCalendar | None = None,
        pauses: Iterable[tuple[Any, ...]] = (),
        facts: Mapping[str, object] = _NO_FACTS,
        agreed: datetime | None = None,
        on_unknown: OnUnknown = "refuse",
    ) -> Deadline:
        """Where the clock stands over a plain mapping of instants: no rulebook, no case.

        Args:
            events: Event name → aware datetime; None (or a missing-value mark such as `NaT`) = not yet.
                Names that the clock does not use are passed over, whatever stands there; what lies after
                `now` is not seen.
                `closed`, `withdrawn`, `reopened`, `paused` and `resumed` mean what they mean in a case.
            now: The moment asked; aware.
            calendar: The working calendar, and the zone in which days are counted; without one, the
                zone of the start counts.
            pauses: Pairs (from, to) or triples (from, to, reason); an open pause ends with None.
            facts: The facts that the condition, the selectors and the term read, by path; None (or a
                missing-value mark) = not on record. Paths that the clock does not read are passed over.
            agreed: A due date agreed with the customer, which pauses do not move; where the clock takes it
                `"when-earlier"`, the earlier of it and the due time by the rules counts.
            on_unknown: Beyond the calendar's `known_until`: `"refuse"` gives state `unknown`,
                `"provisional"` answers by the weekly pattern and marks the answer.

        Raises:
            NaiveInstantError: A datetime without a zone, or something that is no datetime.
            InstantRangeError: An event or agreed date outside the years 3 to 9997.
            UnknownNameError: The mapping has neither the start nor the stop, or a misspelt one; a fact that
                the clock does not read is nearly one that it reads and that is not there.
            FactValueError: A fact is of another kind than the values it is compared with, such as 1 or "yes"
                for True.
            ClockError: A pause that ends before it begins, or has no beginning; an unknown `on_unknown`; no
                mapping of events, no list of pauses, no calendar.
            TermError: A working term without a calendar.

        >>> import pendulum
        >>> clock = Clock("initial-analysis", start="forwarded", stop="analysed", within="12 h")
        >>> sent = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
        >>> d = clock.deadline({"forwarded": sent, "analysed": None}, now=sent.add(hours=2))
        >>> str(d.state), str(d.due_at)
        ('running', '2026-03-02 21:00:00+08:00')
        """
        from qms_service.deadlines.mapping import deadline_over  # noqa: PLC0415  # the answer is built above the clock

        return deadline_over(
            self, events, now=now, calendar=calendar, pauses=pauses, facts=facts, agreed=agreed,
            on_unknown=on_unknown,
        )  # fmt: skip

    def deadline_many(
        self,
        events: Mapping[str, ArrayLike | None],
        *,
        now: datetime,
        calendar: WorkCalendar | None = None,
        pauses: Iterable[tuple[Any, ...]] = (),
        facts: Mapping[str, object] = _NO_FACTS,
        on_unknown: OnUnknown = "refuse",
    ) -> DeadlineColumns:
        """`deadline` for each row of columns. Needs numpy (extra `analysis`).

        Args:
            events: Event name → datetime64 in UTC, a column or one value for all rows; `NaT` = not yet, and so
                is None for a whole column. Names that the clock does not use are passed over.
            now: The moment asked; aware.
            calendar: The working calendar, and the zone in which days are counted; without one, UTC counts.
            pauses: Pairs of columns (from, to), or triples with a reason, which columns do not tell; an open pause
                ends with `NaT`, one that never was begins with it.
            facts: Columns of the facts by path: numpy arrays, lists, or one value for all rows; None, `NaN` and
                `NaT` = not on record.
            on_unknown: As for `deadline`.

        Returns:
            What `deadline` says of each row, a `DeadlineColumns` of `qms_service.deadlines.batch`; its `arrays()` make a
            frame.

        Raises:
            ColumnError: Another kind of column, different lengths, or less than a microsecond.
            UnknownNameError, FactValueError, ClockError, InstantRangeError: As `deadline`; what is wrong in a row for
                the first such row: `row`, counted from 0.
            NaiveInstantError: `now` has no zone.
            TermError: A working term without a calendar.
            MissingExtraError: numpy is not installed.

        >>> import numpy as np, pendulum
        >>> clock = Clock("initial-analysis", start="forwarded", stop="analysed", within="12 h")
        >>> sent = np.array(["2026-03-02T01:00", "2026-03-02T03:00", "NaT"], "datetime64[us]")
        >>> done = np.array(["2026-03-02T18:00", "NaT", "NaT"], "datetime64[us]")
        >>> now = pendulum.datetime(2026, 3, 2, 14)
        >>> found = clock.deadline_many({"forwarded": sent, "analysed": done}, now=now).arrays()
        >>> found["state"].tolist(), str(found["due_at"][1].astype("datetime64[m]"))
        (['overdue', 'running', 'not_started'], '2026-03-02T15:00')
        """
        from qms_service.deadlines.batch import deadline_many  # noqa: PLC0415  # numpy is an extra

        return deadline_many(
            self, events, now=now, calendar=calendar, pauses=pauses, facts=facts, on_unknown=on_unknown
        )
