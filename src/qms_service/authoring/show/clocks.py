"""The clocks of a kind of case (时限): from, to, within, when to warn, under what, what pauses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qms_service.authoring.show.document import Row, Section, Table
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.deadlines import Clock, PauseRule
from qms_service.events import ALWAYS
from qms_service.labels import Label
from qms_service.worktime import Term, Urgency


def clocks(voice: KindVoice) -> Iterator[Section]:
    """The clocks, and below them the pauses."""
    kind = voice.kind
    if kind.clocks:
        rows = tuple(_clock(voice, one) for one in kind.clocks.values())
        yield Section(title=voice.say("clocks"), blocks=(_table(voice, "clock", "within", "under", rows),))
    if kind.pauses:
        rows = tuple(_pause(voice, one) for one in kind.pauses.values())
        yield Section(title=voice.say("pauses"), blocks=(_table(voice, "pause", "at-most", "stops", rows),))


def _table(voice: KindVoice, what: str, term: str, under: str, rows: tuple[Row, ...]) -> Table:
    return voice.table((what, "from", "to", term, under, "clause"), rows, (21, 18, 16, 14, 21, 10))


def _clock(voice: KindVoice, one: Clock) -> Row:
    return (
        voice.named(one.label, one.id),
        voice.selectors(one.start),
        voice.selectors(one.stop),
        "\n".join(_within(voice, one)),
        "\n".join(_under(voice, one)),
        voice.clause(one.clause),
    )


def _within(voice: KindVoice, one: Clock) -> Iterator[str]:
    if isinstance(one.within, Term | Urgency):
        yield voice.term(one.within)
        yield from _figure(voice, one.id, "within")
    else:
        yield voice.say("clock.by-table")
    if one.warn is not None:
        yield voice.say("clock.warn", term=voice.term(one.warn))
        yield from _figure(voice, one.id, "warn")


def _figure(voice: KindVoice, id_: str, key: str) -> Iterator[str]:
    """The figure that a clock takes its term from, as the rulebook writes it."""
    given = raw_rule(voice, "clocks", id_).get(key)
    if isinstance(given, str) and given.startswith("$"):
        yield voice.say("clock.figure", figure=given[1:])


def raw_rule(voice: KindVoice, group: str, id_: str) -> Mapping[str, object]:
    """What the rulebook writes of a rule."""
    found: object = voice.rules.raw
    for key in (voice.kind.kind, group, id_):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _under(voice: KindVoice, one: Clock) -> Iterator[str]:
    if one.when != ALWAYS:
        yield voice.say("step.when", when=voice.condition(one.when))
    if one.paused_by:
        names = tuple(pause_name(voice, id_) for id_ in one.paused_by)
        yield voice.say("clock.paused", pauses=voice.listed(names))
    if one.keeps:
        yield voice.say("clock.keeps")
    elif one.on_reopen != "new":
        yield voice.say(f"clock.reopen.{one.on_reopen}")
    if one.agreed != "always":
        yield voice.say("clock.agreed")


def pause_name(voice: KindVoice, id_: str) -> str:
    """What the rulebook calls a pause."""
    label = raw_rule(voice, "pauses", id_).get("label")
    words = {"en": id_.replace("_", " ").replace("-", " ")}
    return voice.name(Label(label if isinstance(label, Mapping) else words), id_)


def _pause(voice: KindVoice, one: PauseRule) -> Row:
    stops = (clock for clock in voice.kind.clocks.values() if one.id in clock.paused_by)
    names = tuple(voice.name(clock.label, clock.id) for clock in stops)
    return (
        voice.named(Label({voice.lang: pause_name(voice, one.id)}), one.id),
        voice.selectors(one.starts),
        voice.selectors(one.ends),
        voice.term(one.at_most) if one.at_most is not None else "",
        voice.listed(names),
        voice.clause(one.clause),
    )
