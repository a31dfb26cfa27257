"""The ledger of numbers (编号台账): what became of each number, entry by entry; entries are only added."""

from __future__ import annotations

from typing import Literal

import attrs
from pendulum import DateTime

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.instants import instant

NumberState = Literal["allocated", "reserved", "confirmed", "void", "adopted"]


@attrs.frozen(kw_only=True)
class LedgerEntry:
    """One entry of the ledger.

    A number begins as `allocated` (with its document), `reserved` (for one that may come) or `adopted` (taken
    over from elsewhere). A reserved one goes on to `confirmed` or `void`; an allocated one whose document
    never came, to `void`. The last entry of a number tells where it stands.

    Args:
        series: The id of the series.
        period: The period of its counter; empty where the series never starts again.
        scope: The values of the scope that its counter is kept for.
        seq: The serial.
        number: The number as it is written.
        state: What happened to it.
        at: The moment, as the caller gave it.
        key: The caller's key under which it was asked for.
        reason: Why it is void.
        expires_at: Until when a reserved one can be confirmed; None: without end.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> series = qms.NumberSeries(id="cp", pattern="CP{YYYY}-{seq:03}", reset="year", timezone="Asia/Shanghai")
    >>> with qms.adapters.memory.open().transaction() as t:
    ...     number = t.numbers.reserve(series, at=noon)
    ...     t.numbers.void(series, number, reason="not sent", at=noon)
    ...     [(entry.number, entry.state, entry.reason) for entry in t.numbers.ledger(series)]
    [('CP2026-001', 'reserved', None), ('CP2026-001', 'void', 'not sent')]
    """

    series: str
    period: str
    scope: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    seq: int
    number: str
    state: NumberState
    at: DateTime = attrs.field(converter=instant)
    key: str | None = None
    reason: str | None = None
    expires_at: DateTime | None = attrs.field(default=None, converter=attrs.converters.optional(instant))
