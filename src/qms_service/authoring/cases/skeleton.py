"""Skeleton (用例骨架): the text of a case file for a rulebook, with every sentence and every answer still to be written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from qms_service.authoring.cases.clause_case import OPEN
from qms_service.authoring.cases.draft import Draft, expectation, received_at
from qms_service.authoring.cases.draft_beside import DraftBeside, drafts_beside
from qms_service.authoring.cases.drafting import drafts_of
from qms_service.authoring.cases.moments import moment_text
from qms_service.authoring.cases.outcome import cites
from qms_service.authoring.cases.read_events import COLUMNS
from qms_service.authoring.cases.shortest import shortest_path
from qms_service.authoring.cases.toml_text import key_text, value_text
from qms_service.events import Event
from qms_service.facts import NO_FACTS, Facts
from qms_service.labels import Label
from qms_service.rulebooks import Procedure, Rulebook, load_rulebook
from qms_service.rulebooks.standing_in import load_with_stand_ins
from qms_service.texts import Catalogue, render
from qms_service.worktime import WorkCalendar

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_SHIFTS: Final = (("08:00", "12:00"), ("13:00", "17:00"))
WEEK: Final = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _SHIFTS)


def skeleton(
    source: str | os.PathLike[str] | Rulebook,
    lang: str = "en",
    catalogues: Mapping[str, Catalogue] | None = None,
) -> str:
    """A case file for the newest edition of a rulebook, to be filled by who knows the procedure.

    For each rule that cites a clause it has a case with the shortest history that leads there, and one question.
    The sentence is left as `"?"`. What the library answers today stands as a comment: whoever knows the clause
    confirms it or writes another answer. Until then the case is unanswered, never passed.

    Args:
        source: The id of a shipped rulebook, the path of a TOML file or of a folder of editions, or a rulebook.
        lang: The language of the comments: `"en"`, `"zh"`, or a key of `catalogues`.
        catalogues: Further languages.

    Returns:
        TOML that `read_cases` reads. A calendar that the rulebook names and nobody supplies stands in it with
        the hours of an ordinary week, to be changed.

    Raises:
        UnknownNameError: There is neither a shipped rulebook nor a file of that name.
        RulebookError: The rulebook is no TOML, or its rules are wrong.

    >>> print(next(line for line in skeleton("pcb-maker").splitlines() if line.startswith("# who")))
    # who does received (Complaint received)
    """
    book, assumed = (source, ()) if isinstance(source, Rulebook) else _loaded(source)
    procedure = book.editions[-1]
    writer = _Writer(procedure, _subjects(procedure), lang, catalogues)
    return "\n".join([*writer.head(assumed), *writer.cases()]) + "\n"


def _loaded(source: str | os.PathLike[str]) -> tuple[Rulebook, tuple[str, ...]]:
    """The rulebook, and the calendars that it names and nobody supplied: an ordinary week in its zone."""
    book, lacking = load_with_stand_ins(source)
    if not lacking:
        return book, ()
    week = _week(book.editions[-1].rules.zone.name)
    return load_rulebook(source, calendars=dict.fromkeys(lacking, week)), lacking


def _week(zone: str) -> WorkCalendar:
    return WorkCalendar(timezone=zone, weekly=WEEK)


def _subjects(procedure: Procedure) -> dict[str, Facts]:
    """The facts that the subject of each kind of case cannot do without."""
    paths = {name: shortest_path(procedure, name) for name in procedure.rules.kinds}
    return {name: path.subject for name, path in paths.items() if path is not None}


@attrs.frozen
class _Writer:
    procedure: Procedure
    subjects: Mapping[str, Facts]
    lang: str
    catalogues: Mapping[str, Catalogue] | None

    def said(self, code: str, **operands: object) -> str:
        return render(f"cases.{code}", operands, self.lang, self.catalogues)

    def value(self, value: object) -> str:
        return value_text(value, self.procedure.rules.zone)

    def head(self, calendars: tuple[str, ...]) -> Iterator[str]:
        rules = self.procedure.rules
        yield from _comment(self.said("skeleton.head", rulebook=rules.id, edition=rules.edition))
        yield ""
        yield f"rulebook = {self.value(rules.id)}"
        yield f"edition  = {self.value(rules.edition)}"
        yield f"kind     = {self.value(next(iter(rules.kinds)))}"
        yield f"received = {self.value(received_at(rules.zone))}"
        for name in calendars:
            yield from self._calendar(name)
        for name, facts in self.subjects.items():
            if facts:
                yield from ("", f"[subjects.{key_text(name)}]", *self._pairs(facts))

    def _calendar(self, name: str) -> Iterator[str]:
        yield from ("", f"# {self.said('skeleton.calendar')}", f"[calendars.{key_text(name)}]")
        yield f"timezone = {self.value(self.procedure.rules.zone.name)}"
        yield from ("", f"[calendars.{key_text(name)}.weekly]", *self._pairs(WEEK))

    def _pairs(self, facts: Mapping[str, object]) -> Iterator[str]:
        return (f"{key_text(name):<8} = {self.value(value)}" for name, value in facts.items())

    def cases(self) -> Iterator[str]:
        first = next(iter(self.procedure.rules.kinds))
        for draft in drafts_of(self.procedure):
            yield from ("", *_comment(self._about(draft)), "[[case]]")
            yield f"clause   = {self.value(draft.clause)}"
            yield f"sentence = {self.value(OPEN)}"
            if draft.path.kind != first:
                yield f"kind     = {self.value(draft.path.kind)}"
            usual = self.subjects.get(draft.path.kind, NO_FACTS)
            own = {name: value for name, value in draft.path.subject.items() if value != usual.get(name)}
            if own:
                yield f"subject  = {self.value(own)}"
            yield from self._question(draft)
            yield from self._today(draft)
        for beside in drafts_beside(self.procedure):
            yield from self._beside(beside)

    def _beside(self, draft: DraftBeside) -> Iterator[str]:
        """A case about a survey or a duty."""
        label = draft.label.text(self.lang) if draft.label else ""
        yield from (
            "",
            *_comment(self.said(f"draft.{draft.question}", name=draft.name, label=label)),
            "[[case]]",
        )
        yield f"clause   = {self.value(draft.clause)}"
        yield f"sentence = {self.value(OPEN)}"
        yield f"{draft.question:<8} = {self.value(draft.name)}"
        yield from self._pairs(draft.given)
        yield f"# {self.said('skeleton.today')}"
        yield f"# expect = {self.value(dict(expectation(draft.question, draft.today)))}"

    def _about(self, draft: Draft) -> str:
        told = dict(draft.told)
        if isinstance(label := told.get("label"), Label):
            told["label"] = label.text(self.lang)
        if isinstance(facts := told.get("facts"), Facts):
            told["facts"] = tuple(f"{name} = {self.value(value)}" for name, value in facts.items())
        return self.said(f"draft.{draft.about}", **told)

    def _question(self, draft: Draft) -> Iterator[str]:
        zone = self.procedure.rules.zone
        given = draft.given(zone)
        if given:
            yield "given    = ["
            yield from (f"    {self._event(event)}," for event in given)
            yield "]"
        yield f"{draft.question:<8} = {self.value(draft.name)}"
        key = "at" if draft.question == "check" else "now"
        yield f"{key:<8} = {self.value(moment_text(draft.asked_at(zone), zone))}"
        offered = draft.offered(zone)
        if offered is not None:
            yield from self._pairs(_columns(offered))
            if offered.facts:
                yield f"facts    = {self.value(offered.facts)}"

    def _event(self, event: Event) -> str:
        beside = {"event": event.name, "at": event.at, **_columns(event)}
        if event.facts.keys() & {"event", "at", "facts", *COLUMNS}:
            return self.value({**beside, "facts": event.facts})
        return self.value({**beside, **event.facts})

    def _today(self, draft: Draft) -> Iterator[str]:
        """What the library answers today, as a comment."""
        answer = draft.answered_by(self.procedure)
        yield f"# {self.said('skeleton.today')}"
        if not cites(draft.question, draft.clause, answer):
            yield f"# of_clause = {self.value(next(iter(answer.clauses), ''))}"
        yield f"# expect = {self.value(dict(expectation(draft.question, answer)))}"


def _comment(text: str) -> Iterator[str]:
    """A text as comment: a name may have lines, and characters that TOML takes nowhere."""
    return (f"# {_CONTROL.sub(' ', line)}" for line in text.splitlines())


def _columns(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in COLUMNS if getattr(event, name) is not None}
