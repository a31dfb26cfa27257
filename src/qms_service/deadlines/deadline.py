"""Deadline (期限): where a clock stands at a moment, by when, and on which clause that rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import attrs
from pendulum import DateTime

from qms_service.clauses import ClauseRef
from qms_service.deadlines.explanation import Explanation
from qms_service.deadlines.ledger import Ledger
from qms_service.deadlines.state import COUNTING, OPEN, DeadlineState
from qms_service.findings import Finding
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.texts import Catalogue
from qms_service.worktime import Urgency


@attrs.frozen(kw_only=True)
class Deadline:
    """The answer of a clock (期限). Instants stand in the calendar's zone, without one in the start's.

    Args:
        id: The clock.
        state: Where it stands; equal to its string, such as `"running"`.
        clause: The clause that it rests on; the term's own where a table chose it.
        finding: Why it is unknown or void.
        label: The name of the clock for people.
        within: The term or urgency as the procedure writes it.
        urgency: Set when the procedure gives no figure.
        started_at: When it started.
        stopped_at: When it stopped.
        due_at: When it is due; while `undecided`, the earliest time still possible.
        original_due_at: The first due time: by the first term that was decided, before any pause,
            extension or agreed date moved it.
        warn_at: When a warning is due; never after `due_at`, so None where an agreed date comes before it.
        budget: The time it has, in its measure; the last run of an "end of day" term comes on top.
        gross: Time from the start to the stop or now, in its measure.
        net: The same, less the pauses.
        paused: Time lost in pauses, in its measure.
        remaining: `budget - net`; negative when the budget is used up.
        wall: Real time from the start to the stop or now.
        moving: Whether it is paused and `due_at` moves on with now.
        next_change: When the answer changes next without a new event.
        provisional_until: Set when the answer rests on the weekly pattern beyond what the calendar knows:
            the end of what it knows.
        cycle: How often the case had been reopened.
        edition: The edition of the rules.
        calendar_edition: The edition of the calendar that counted.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> clock = qms.Clock("repair", start="reported", stop="repaired", within="6 h", clause="7.2")
    >>> deadline = clock.deadline({"reported": noon, "repaired": None}, now=noon.add(hours=1))
    >>> str(deadline.due_at), deadline.state.value, str(deadline.clause), str(deadline.remaining)
    ('2026-03-02 18:00:00+08:00', 'running', '7.2', '5:00:00')
    """

    id: str
    state: DeadlineState
    clause: ClauseRef | None = None
    finding: Finding | None = None
    label: Label | None = None
    within: str = ""
    urgency: Urgency | None = None
    started_at: DateTime | None = None
    stopped_at: DateTime | None = None
    due_at: DateTime | None = None
    original_due_at: DateTime | None = None
    warn_at: DateTime | None = None
    budget: timedelta | None = None
    gross: timedelta | None = None
    net: timedelta | None = None
    paused: timedelta | None = None
    remaining: timedelta | None = None
    wall: timedelta | None = None
    moving: bool = False
    next_change: DateTime | None = None
    provisional_until: DateTime | None = None
    cycle: int = 0
    edition: str = ""
    calendar_edition: str = ""
    _ledger: Ledger | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def running(self) -> bool:
        """Whether somebody still has to act: started, and neither stopped nor void."""
        return self.state in OPEN

    @property
    def rated(self) -> bool:
        """Whether it counts in a rate: a figure to keep, and a run that was not voided."""
        return self.urgency is None and self.state in COUNTING

    @property
    def late_by(self) -> timedelta | None:
        """Real time from the due time to the stop or now; None for what is not late.

        Real time whatever the measure, nights and weekends included: it is what the other side waited, and
        it is known beyond the horizon of a calendar. `remaining` is in the measure of the term, without the
        last run to a close.
        """
        is_late = self.state in (DeadlineState.MET_LATE, DeadlineState.OVERDUE)
        if not is_late or self.started_at is None or self.due_at is None or self.wall is None:
            return None
        return self.wall - timedelta(microseconds=micros(self.due_at) - micros(self.started_at))

    @property
    def reason(self) -> str | None:
        """Why it is unknown or void, in English; `finding.text(lang)` has it in other languages."""
        return None if self.finding is None else self.finding.text()

    def explain(self) -> Explanation:
        """The ledger from the start to the due time: what counted, what did not, why, and what moved it.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> clock = qms.Clock("repair", start="reported", stop="repaired", within="6 h", clause="7.2")
        >>> print(clock.deadline({"reported": noon, "repaired": None}, now=noon.add(hours=1)).explain())
        repair: running, due 2026-03-02 18:00 +08:00 (6 h) [7.2]
          2026-03-02 12:00 +08:00 → 2026-03-02 18:00 +08:00     6:00 h     6:00 h  elapsed
          counted 6:00 h
        """
        if self._ledger is None:
            return Explanation.of(self)
        return Explanation.of(self, self._ledger.segments(), self._ledger.amendments())

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """One line for a reader."""
        return self.explain().headline(lang, catalogues)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """A card of HTML, which a notebook shows; every text in it is escaped.

        In a notebook `deadline` alone shows it in English, `deadline.to_html("zh")` in Chinese.

        >>> import pendulum, qms_service as qms
        >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
        >>> clock = qms.Clock("repair", start="reported", stop="repaired", within="6 h", clause="7.2")
        >>> "到期" in clock.deadline({"reported": noon}, now=noon).to_html("zh")
        True
        """
        from qms_service.deadlines.html import deadline_html  # noqa: PLC0415  # only for who looks
        from qms_service.markup import Words  # noqa: PLC0415  # the same

        return deadline_html(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.text()
