"""Proof (证明): whether an invariant holds under a rulebook, with the shortest history against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import attrs

from qms_service.authoring.proof.invariant import Invariant
from qms_service.clauses import ClauseRef
from qms_service.events import Event
from qms_service.labels import Label
from qms_service.texts import Catalogue, render

Outcome = Literal["proven", "refuted", "open"]


@attrs.frozen(kw_only=True)
class Proof:
    """What became of one invariant.

    Args:
        invariant: The invariant.
        outcome: `"proven"`: every state was seen, none breaks it; `"refuted"`: `history` does; `"open"`: neither
            within the limit.
        by_gate: Whether the gate of its step alone answers for it, whatever happened before.
        states: How many states were seen.
        history: The events of the counter-example as written, the step that must not be at the end.
        labels: What the rulebook calls each of them.
        clauses: On which clause each of them rests; None where the rulebook cites none.
    """

    invariant: Invariant
    outcome: Outcome
    by_gate: bool = False
    states: int
    history: tuple[Event, ...] = ()
    labels: tuple[Label, ...] = attrs.field(default=(), eq=False)
    clauses: tuple[ClauseRef | None, ...] = attrs.field(default=(), eq=False)

    @property
    def proven(self) -> bool:
        """Whether it holds."""
        return self.outcome == "proven"

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The outcome in the reader's language; of one that is refuted, the history line by line."""
        return "\n".join((self._outcome(lang, catalogues), *self.steps(lang, catalogues)))

    def _outcome(self, lang: str, catalogues: Mapping[str, Catalogue] | None) -> str:
        one = self.invariant
        sentence = one.sentence.text(lang)
        operands = {
            "id": one.id,
            "sentence": f"{sentence} [{one.clause}]" if one.clause else sentence,
            "states": self.states,
            "lines": len(self.history),
        }
        code = "proven.gate" if self.proven and self.by_gate else self.outcome
        return render(f"proof.{code}", operands, lang, catalogues)

    def steps(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> Iterator[str]:
        """The history against it, one numbered line for each event, with its clause."""
        for event, label, clause in zip(self.history, self.labels, self.clauses, strict=True):
            operands = {
                "seq": event.seq,
                "event": event.name,
                "label": label.text(lang),
                "facts": _facts(event),
                "of": event.facts.get("of"),
            }
            said = render(f"proof.line{_sort(event)}", operands, lang, catalogues).rstrip()
            yield f"{said} [{clause}]" if clause and clause.number else said

    def __str__(self) -> str:
        return self.text()


def _sort(event: Event) -> str:
    """How a line is worded."""
    if event.name == "corrected":
        return ".struck" if event.facts.get("void") is True else ".changed"
    return ".conceded" if event.despite else ""


def _facts(event: Event) -> str:
    """What it puts on record; of a correction, what it changes."""
    facts = event.facts.get("facts") if event.name == "corrected" else event.facts
    pairs = dict(facts.items()) if isinstance(facts, Mapping) else {}
    if event.department is not None:
        pairs["department"] = event.department
    return ", ".join(f"{name} = {_value(value)}" for name, value in pairs.items())


def _value(value: object) -> str:
    """A value as a rulebook writes it."""
    if value is None:
        return "–"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
