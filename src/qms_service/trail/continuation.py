"""Whether a case goes on from the one that a store has (续写): what tells a stale save from a good one."""

from __future__ import annotations

import attrs

from qms_service.cases import Case
from qms_service.events import History
from qms_service.wire import to_json


def continues(case: Case, stored: Case) -> bool:
    """Whether a case is the stored one with nothing but more events; a change of edition moves its pin.

    >>> import pendulum, qms_service as qms
    >>> noon = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
    >>> proc = qms.load_rulebook("pcb-maker").on(noon)
    >>> stored = proc.open(qms.Complaint(number="C-1", customer="ACME", received_at=noon))
    >>> grown = proc.record(stored, "forwarded", at=noon)
    >>> continues(grown, stored), continues(stored, grown)
    (True, False)
    """
    begun = case.history[: stored.version]
    if (case.subject, begun) != (stored.subject, stored.history) and not _written_alike(case, begun, stored):
        return False
    moved = any(event.name == "edition_changed" for event in case.history[stored.version :])
    return moved or case.pin == stored.pin


def _written_alike(case: Case, begun: History, stored: Case) -> bool:
    """Whether JSON tells no difference.

    Python holds a moment of an hour that comes twice unequal to the same moment of another zone, and a store
    gives moments back with their offset alone.
    """
    return to_json(attrs.evolve(case, pin=stored.pin, history=begun)) == to_json(stored)
