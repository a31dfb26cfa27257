"""Custody (保管): who holds the customer's goods now, by the hand-overs on record."""

from __future__ import annotations

from datetime import datetime

import attrs
from pendulum import DateTime

from qms_service.cases.case import Case
from qms_service.events import Event

HANDED_OVER = "handed_over"


@attrs.frozen(kw_only=True)
class Custody:
    """Who holds the customer's goods at a moment (保管情况).

    Args:
        holder: Who took them over last; who had them in the beginning, where nobody did.
        since: Since when; None where they were never handed over.
        receipt: The receipt of that hand-over.
        chain: All hand-overs, in the order in which they happened.
        broken: Those of them whose giver did not hold the goods by what stands before.
    """

    holder: str
    since: DateTime | None = None
    receipt: str | None = None
    chain: tuple[Event, ...] = ()
    broken: tuple[Event, ...] = ()


def custody(case: Case, *, now: datetime | None = None, first: str = "customer") -> Custody:
    """Who holds the customer's goods, by every hand-over of the case in whichever cycle.

    Args:
        case: The case; its events `handed_over` say `giver`, `taker` and perhaps `receipt`.
        now: The moment asked; None: after all that is on record.
        first: Who had the goods in the beginning.

    Returns:
        The holder with the chain of hand-overs; of goods handed over in parts the last hand-over counts.

    Clause: pcb-maker 4.3.1.1, 4.3.3/4.3.1 (Marketing hands the goods to the warehouse).

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> rules = qms.load_rulebook("pcb-maker").on(noon)
    >>> case = rules.open(qms.ReturnOrder(number="R-1", customer="ACME", received_at=noon))
    >>> case = rules.record(case, "handed_over", at=noon, giver="customer", taker="marketing")
    >>> case = rules.record(case, "handed_over", at=noon.add(hours=1), giver="marketing", taker="warehouse")
    >>> custody(case).holder, custody(case, now=noon).holder, custody(case).broken
    ('warehouse', 'marketing', ())
    """
    chain = case.timeline(now).all(HANDED_OVER, keeps=True)
    held_by = (first, *(str(one.facts["taker"]) for one in chain))
    broken = tuple(one for one, holder in zip(chain, held_by, strict=False) if one.facts["giver"] != holder)
    if not chain:
        return Custody(holder=first)
    last = chain[-1]
    receipt = last.facts.get("receipt")
    return Custody(
        holder=held_by[-1],
        since=last.at,
        receipt=None if receipt is None else str(receipt),
        chain=tuple(chain),
        broken=broken,
    )
