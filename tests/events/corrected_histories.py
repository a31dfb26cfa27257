"""Histories of causes, approvals and corrections, as people write them down and mend them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from qms_service.events import Event

NINE = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


FACTS = st.dictionaries(st.sampled_from(["text", "note"]), st.sampled_from(["a", "b", None]), max_size=2)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Causes, approvals, reopenings and corrections of any of them, some dated back."""
    history: list[Event] = []
    for seq in range(1, draw(st.integers(1, 12)) + 1):
        name = draw(st.sampled_from(["cause", "approved", "corrected", "corrected", "reopened"]))
        moment = at(seq if draw(st.integers(0, 4)) else draw(st.integers(0, 12)) + 0.5)
        facts: dict[str, object] = dict(draw(FACTS)) if name == "cause" else {}
        if name == "corrected":
            facts = {"of": draw(st.integers(1, seq + 1)), "reason": "r"}
            kind = draw(st.sampled_from(["facts", "void", "at", "both"]))
            facts |= {"void": True} if kind == "void" else {}
            facts |= {"facts": draw(FACTS)} if kind in ("facts", "both") else {}
            facts |= {"at": at(draw(st.integers(0, 12)) + 0.25)} if kind in ("at", "both") else {}
        history.append(Event(name, moment, seq=seq, facts=facts))
    return history
