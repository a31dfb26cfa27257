"""The keys of a store over SQL (幂等键): who asks first under a key answers it, others wait for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from qms_service.adapters.sql.dialect import Run

Answer = tuple[str, int] | None

# The update changes nothing; it makes a second asker wait, and gives the row back in the same statement.
_CLAIM: Final = """
    INSERT INTO qms_key (use, name) VALUES (:use, :name)
    ON CONFLICT (use, name) DO UPDATE SET name = excluded.name
    RETURNING case_id, version"""
_LOOK: Final = "SELECT case_id, version FROM qms_key WHERE use = :use AND name = :name"
_ANSWER: Final = "UPDATE qms_key SET case_id = :case_id, version = :version WHERE use = :use AND name = :name"


def claimed(run: Run, use: str, name: str) -> Answer:
    """What the key has answered; nobody else answers it until the transaction ends."""
    return _answer(run(_CLAIM, {"use": use, "name": name}))


def looked_up(run: Run, use: str, name: str) -> Answer:
    """What the key has answered; nobody waits."""
    return _answer(run(_LOOK, {"use": use, "name": name}))


def answer(run: Run, use: str, name: str, answer: tuple[str, int]) -> None:
    """What a claimed key answers from now on."""
    case_id, version = answer
    run(_ANSWER, {"use": use, "name": name, "case_id": case_id, "version": version})


def _answer(rows: Sequence[tuple[Any, ...]]) -> Answer:
    for case_id, version in rows:
        if case_id is not None:
            return case_id, int(version)
    return None
