"""The entries of a case over SQL (审计记录): its subject, its events and their chain; added, never taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qms_service.adapters.sql.dialect import Run
from qms_service.trail import Entry

_READ: Final = "SELECT seq, body, pin, seal, hash FROM qms_entry WHERE case_id = :case_id ORDER BY seq"
_ADD: Final = """
    INSERT INTO qms_entry (case_id, seq, body, pin, seal, hash)
    VALUES (:case_id, :seq, :body, :pin, :seal, :hash)"""
_REDACT: Final = "UPDATE qms_entry SET body = :body, seal = :seal WHERE case_id = :case_id AND seq = :seq"


def read(run: Run, case_id: str) -> tuple[Entry, ...]:
    """The entries of a case, in their order."""
    return tuple(
        Entry(seq=seq, body=body, pin=pin, seal=seal, hash=hashed)
        for seq, body, pin, seal, hashed in run(_READ, {"case_id": case_id})
    )


def add(run: Run, case_id: str, entries: Iterable[Entry]) -> None:
    """Keeps the entries that a case has gained."""
    for one in entries:
        run(
            _ADD,
            {
                "case_id": case_id,
                "seq": one.seq,
                "body": one.body,
                "pin": one.pin,
                "seal": one.seal,
                "hash": one.hash,
            },
        )


def redact(run: Run, case_id: str, entry: Entry) -> None:
    """Keeps an entry with marks in the place of texts; its digest is the one that it had."""
    run(_REDACT, {"case_id": case_id, "seq": entry.seq, "body": entry.body, "seal": entry.seal})
