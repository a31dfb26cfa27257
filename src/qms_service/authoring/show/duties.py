"""The duties of a rulebook (定期义务): who owes what, how often, due when, and what shows it done."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.show.document import Row, Section
from qms_service.authoring.show.duty_words import how_often, when_due
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.authoring.show.voice import Voice
from qms_service.deadlines.duties import Duty, FulfilledBy

KEYS = ("duty", "owner", "every", "due", "shown-by", "clause")
WIDTHS = (22, 12, 16, 20, 20, 10)


def duties(voice: Voice) -> Iterator[Section]:
    """The duties, where the whole rulebook is shown."""
    if voice.rules.duties and voice.only is None:
        rows = tuple(_duty(voice, one) for one in voice.rules.duties.values())
        yield Section(title=voice.say("duties"), blocks=(voice.table(KEYS, rows, WIDTHS),))


def _duty(voice: Voice, one: Duty) -> Row:
    return (
        voice.named(one.label, one.id),
        voice.department(one.by) if one.by else "",
        how_often(voice, one),
        when_due(voice, one),
        _shown_by(voice, one.fulfilled_by) if one.fulfilled_by else "",
        voice.clause(one.clause),
    )


def _shown_by(voice: Voice, event: FulfilledBy) -> str:
    """The event with the facts that it must have, in the words of its kind of case."""
    kind = KindVoice.of(voice, voice.rules.kind(event.kind or ""))
    name, step = kind.name(kind.kind.label, kind.kind.kind), kind.selector(event.selector)
    return voice.say("duty.shown-by", kind=name, event=step)
