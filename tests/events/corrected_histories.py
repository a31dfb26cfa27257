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


class ByHand:
    """A history read by hand: which lines stand, what an event says, and when that became so."""

    def __init__(self, history: list[Event], *, keeps: bool = False) -> None:
        self.lines = sorted((e for e in history if e.name == "corrected"), key=self.place)
        self.events = {e.seq: e for e in history if e.name != "corrected"}
        self.keeps = keeps

    @staticmethod
    def place(event: Event) -> tuple[datetime, int]:
        return event.at, event.seq

    def void(self, seq: int, lines: list[Event]) -> bool:
        """Whether a line that stands strikes an event out; a line is struck out by a later one alone."""
        own = next((n for n, line in enumerate(lines) if line.seq == seq), -1)
        return any(
            line.facts.get("void") is True and line.facts["of"] == seq and not self.void(line.seq, lines)
            for line in lines[own + 1 :]
        )

    def says(self, seq: int, lines: list[Event] | None = None) -> dict[str, object] | None:
        """The facts of an event under some lines, or all; None where it is struck out."""
        lines = self.lines if lines is None else lines
        if self.void(seq, lines):
            return None
        said = dict(self.events[seq].facts)
        for line in lines:
            if line.facts["of"] == seq and not self.void(line.seq, lines):
                said.update(line.facts.get("facts") or {})  # type: ignore[call-overload]
        return {name: value for name, value in said.items() if value is not None}

    def changes(self, seq: int) -> list[tuple[datetime, int]]:
        """After which lines an event says something else than before."""
        told = [self.says(seq, self.lines[:n]) for n in range(len(self.lines) + 1)]
        return [self.place(line) for n, line in enumerate(self.lines) if told[n] != told[n + 1]]

    def when(self, seq: int) -> tuple[datetime, int]:
        """When an event happened, as far as is known in the end."""
        moment = self.events[seq].at
        for line in self.lines:
            if line.facts["of"] == seq and not self.void(line.seq, self.lines):
                moment = line.facts.get("at") or moment  # type: ignore[assignment]
        return moment, seq

    def there(self, name: str) -> list[int]:
        """The events of a name that stand in the cycle, or in any."""
        standing = [seq for seq in self.events if not self.void(seq, self.lines)]
        begun = max(
            (self.when(s) for s in standing if self.events[s].name == "reopened"), default=(at(-99), 0)
        )
        return [s for s in standing if self.events[s].name == name and (self.keeps or self.when(s) > begun)]
