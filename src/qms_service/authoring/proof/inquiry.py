"""Inquiry: asks the library whether a step may be recorded, and writes histories down through it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal

import attrs
from pendulum import DateTime

from qms_service.authoring.proof.edit import written
from qms_service.cases import Case, Subject
from qms_service.events import Event
from qms_service.rulebooks.letter import FIRST, Letter
from qms_service.rulebooks.procedure import Procedure
from qms_service.rulebooks.system import SYSTEM_RULES

Verdict = Literal["free", "conceded", "refused"]
CONCESSION = "concession"


@attrs.frozen
class Entry:
    """One line of a history: a letter, or a correction of the letter written under a number."""

    letter: Letter
    despite: bool = False
    of: int | None = None
    void: bool = False


@attrs.define(eq=False)
class Inquiry:
    """What one edition says of the steps of a kind of case; an answer is kept for all histories that look alike.

    Args:
        procedure: The edition.
        kind: The kind of case.
        judge: The edition by which a whole history is written down, where this one leaves something out of it.
    """

    procedure: Procedure
    kind: str
    judge: Procedure
    _known: dict[Hashable, Verdict] = attrs.field(factory=dict, init=False, repr=False)

    def verdict(self, step: Letter, seen: Hashable, word: Sequence[Letter]) -> Verdict:
        """Whether a step may follow a history freely, by a concession, or not at all.

        Args:
            step: The step.
            seen: What its gates see of the history.
            word: The history: the subject, the opening, the events.
        """
        key = (step.event, step.columns, seen)
        if key not in self._known:
            self._known[key] = self._asked(step, self.effective(word))
        return self._known[key]

    def _asked(self, step: Letter, case: Case) -> Verdict:
        found = self.procedure.check(case, step.event, **_columns(step, case.version))
        refusals = [one for one in found if one.refuses]
        if not refusals:
            return "free"
        return "refused" if any(one.absolute for one in refusals) else "conceded"

    def effective(self, word: Sequence[Letter]) -> Case:
        """A case with these events in force, whatever its gates say: such as corrections may leave behind."""
        subject, *letters = word
        rules = self.procedure.rules.kind(self.kind).events
        events = []
        for n, (name, facts) in enumerate(written(letters, {**SYSTEM_RULES, **rules})):
            columns = _columns(letters[n], n) | {"facts": facts}
            events.append(Event(name, seq=n + 1, **columns))
        return self.procedure.adopt(self._subject(subject), events)

    def written(self, root: tuple[Letter, Letter], entries: Iterable[Entry]) -> Case:
        """The case that results where each line is recorded in its turn.

        Raises:
            Refused: The library does not take a line.
        """
        subject, opening = root
        case = self.judge.open(self._subject(subject), facts=dict(opening.facts))
        for entry in entries:
            case = self._recorded(case, entry)
        return case

    def _recorded(self, case: Case, entry: Entry) -> Case:
        columns = _columns(entry.letter, case.version)
        if entry.of is None:
            despite = CONCESSION if entry.despite else None
            return self.judge.record(case, entry.letter.event, despite=despite, **columns)
        change = {"void": True} if entry.void else {"facts": columns["facts"]}
        facts = {"of": entry.of, "reason": "correction", **change}
        return self.judge.record(case, "corrected", at=columns["at"], facts=facts)

    def _subject(self, letter: Letter) -> Subject:
        return Subject(self.kind, number="1", opened_at=FIRST, facts=dict(letter.facts))


def _columns(letter: Letter, minute: int) -> dict[str, Any]:
    """What an entry has beside its name; one a minute, so that the order is the order of writing."""
    return {
        "at": _moment(minute),
        "facts": dict(letter.facts),
        **dict(letter.columns),
    }


@lru_cache(maxsize=1024)
def _moment(minute: int) -> DateTime:
    return FIRST.add(minutes=minute)
