"""Whether a case goes on from the one that a store has (续写): what tells a stale save from a good one."""

from __future__ import annotations

from qms_service.cases import Case


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
    if case.subject != stored.subject or case.history[: stored.version] != stored.history:
        return False
    moved = any(event.name == "edition_changed" for event in case.history[stored.version :])
    return moved or case.pin == stored.pin
