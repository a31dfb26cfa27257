"""Limits (数据局限) of a review: what its figures do not know, with how much of it and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import attrs

from qms_service.cases import Case
from qms_service.errors import EntryError, PinnedElsewhereError, QmsError
from qms_service.events import Event
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.instants import micros
from qms_service.labels import Label
from qms_service.management.brief import brief
from qms_service.management.lateness import is_counted
from qms_service.management.period import Period
from qms_service.management.sight import CaseSight
from qms_service.texts import SHIPPED, Catalogue, render

SHOWN: Final = 5  # cases that a limit names; it counts them all


@attrs.frozen(kw_only=True)
class Limit:
    """Something that the figures of a review do not know (数据局限).

    Args:
        code: What it is, a key of the text catalogues without its `review.limit.` prefix.
        count: How many there are, of what the text says.
        examples: A few of the cases, each with the reason where there is one for it; the first in the order of
            their numbers, whatever the order in which they were read.
        facts: The further values that its text names.
    """

    code: str
    count: int = 1
    examples: tuple[tuple[str, Label | None], ...] = ()
    facts: Facts = attrs.field(default=NO_FACTS, converter=as_facts)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The limit in the reader's language."""
        return render(f"review.limit.{self.code}", {"count": self.count, **self.facts}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


def said_by(text: Callable[[str], str]) -> Label:
    """A reason in every shipped language."""
    return Label({lang: text(lang) for lang in SHIPPED})


@attrs.define
class LimitCount:
    """Collects what a review does not know; of the cases it keeps only those that it will name."""

    period: Period
    counts: dict[str, int] = attrs.field(factory=dict)
    kept: dict[str, list[tuple[str, Label | None]]] = attrs.field(factory=dict)

    def note(self, code: str, case: str, reason: Label | None = None, count: int = 1) -> None:
        """Counts something about a case."""
        self.counts[code] = self.counts.get(code, 0) + count
        kept = self.kept.setdefault(code, [])
        if (case, reason) not in kept:
            kept.append((case, reason))
            kept.sort(key=_place)
            del kept[SHOWN:]

    def failed(self, case: object, error: Exception) -> None:
        """Counts a case that could not be read, with the reason."""
        number = case.id if isinstance(case, Case) else None
        told = error if isinstance(error, QmsError) else EntryError("review-case", got=brief(error))
        self.note("unreadable", number if isinstance(number, str) else brief(case), said_by(told.text))

    def add(self, seen: CaseSight) -> None:
        """Counts what is unknown of a case that was seen."""
        case = seen.case
        if seen.proc is None and (seen.alive or seen.events):
            told = PinnedElsewhereError("review-pin", pin=str(case.pin))
            self.note("other-edition", case.id, said_by(told.text))
        for deadline in seen.deadlines:
            if not is_counted(deadline, seen, self.period):
                continue
            if deadline.finding is not None and deadline.state == "unknown":
                self.note("unknown-clock", case.id, said_by(deadline.finding.text))
            if deadline.provisional_until is not None:
                self.note("provisional", case.id)
        for code, number in _entries(seen, self.period):
            self.note(code, case.id, count=number)

    def limits(self) -> Iterator[Limit]:
        """What was counted, in the order of their codes."""
        for code in sorted(self.counts):
            yield Limit(code=code, count=self.counts[code], examples=tuple(self.kept[code]))


def _place(example: tuple[str, Label | None]) -> tuple[str, str]:
    case, reason = example
    return case, str(reason or "")


def _entries(seen: CaseSight, period: Period) -> Iterator[tuple[str, int]]:
    """What is wrong with the entry of the events of the period, each with the number of events."""
    found = {
        "out-of-order": _out_of_order(seen, period),
        "late-entry": sum(any(one.code == "late-entry" for one in event.findings) for event in seen.events),
        "after-end": sum(_entered(event) >= period.beyond for event in seen.events),
        "no-entry-time": sum(event.recorded_at is None for event in seen.events),
    }
    return ((code, number) for code, number in found.items() if number)


def _entered(event: Event) -> int:
    return event.us if event.recorded_at is None else micros(event.recorded_at)


def _out_of_order(seen: CaseSight, period: Period) -> int:
    """How many events of the period were written after one that happened later."""
    latest, found = None, 0
    for event in seen.case.history:
        if latest is not None and event.us < latest:
            found += period.has(event.us)
        latest = event.us if latest is None else max(latest, event.us)
    return found
