"""A return as the tests of this room tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import qms_service as qms
from qms_service.rulebooks import Procedure

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RETURNS = Path(__file__).parent / "returns.toml"
Step = tuple[str, Mapping[str, object]]


def rules_of(source: Path = RETURNS) -> Procedure:
    return qms.load_rulebook(source).on(NOON)


def opened(rules: Procedure, **facts: object) -> qms.Case:
    return rules.open(qms.Subject("return", number="R-1", opened_at=NOON, facts=facts))


def later(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def recorded(rules: Procedure, case: qms.Case, *steps: Step) -> qms.Case:
    for name, facts in steps:
        case = rules.record(case, name, at=later(case.version), facts=facts)
    return case
