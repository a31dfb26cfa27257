"""The duties of a rulebook (定期义务): who owes what, how often, due when, and what shows it done."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.show.document import Row, Section
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.authoring.show.voice import Voice
from qms_service.deadlines.duties import Duty, FulfilledBy
from qms_service.deadlines.duties.in_words import DutyWords
from qms_service.markup import Words

KEYS = ("duty", "owner", "every", "shown-by", "clause")
WIDTHS = (24, 12, 30, 24, 10)


def duties(voice: Voice) -> Iterator[Section]:
    """The duties, where the whole rulebook is shown."""
    if voice.rules.duties and voice.only is None:
        rows = tuple(_duty(voice, one) for one in voice.rules.duties.values())
        yield Section(title=voice.say("duties"), blocks=(voice.table(KEYS, rows, WIDTHS),))


def _duty(voice: Voice, one: Duty) -> Row:
    return (
        voice.named(one.label, one.id),
        voice.department(one.by) if one.by else "",
        _when(voice, one),
        _shown_by(voice, one.fulfilled_by) if one.fulfilled_by else "",
        voice.clause(one.clause),
    )


def _when(voice: Voice, one: Duty) -> str:
    """How often and due when, and from when until when on; a line each."""
    said = [DutyWords(Words(lang=voice.lang, catalogues=voice.catalogues)).rule(one)]
    if one.starts_on:
        said.append(voice.say("duty.starts", date=one.starts_on))
    if one.ends_on:
        said.append(voice.say("duty.ends", date=one.ends_on))
    return "\n".join(said)


def _shown_by(voice: Voice, event: FulfilledBy) -> str:
    """The event with the facts that it must have, in the words of its kind of case."""
    kind = KindVoice.of(voice, voice.rules.kind(event.kind or ""))
    name, step = kind.name(kind.kind.label, kind.kind.kind), kind.selector(event.selector)
    return voice.say("duty.shown-by", kind=name, event=step)
