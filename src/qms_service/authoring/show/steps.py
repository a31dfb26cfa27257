"""The steps of a kind of case (步骤): who does each, what it needs, on which form, under which clause."""

from __future__ import annotations

from collections.abc import Iterator

from qms_service.authoring.show.document import Block, Name, Row, Section
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.events import ALWAYS
from qms_service.rulebooks.model import EventRule, FactRule
from qms_service.rulebooks.owners import route_of


def subject(voice: KindVoice) -> Iterator[Section]:
    """What is recorded of what a case is about."""
    if voice.kind.subject:
        rows = tuple((voice.named(one.label, one.name), voice.type(one)) for one in voice.kind.subject)
        yield Section(title=voice.say("subject"), blocks=(voice.table(("fact", "type"), rows),))


def steps(voice: KindVoice) -> Section:
    """The steps in their order."""
    keys = ("number", "step", "who", "needs", "records", "clause")
    rows = tuple(_step(voice, place, rule) for place, rule in enumerate(voice.steps, 1))
    blocks: list[Block] = [voice.table(keys, rows, (6, 23, 14, 30, 17, 10))]
    if voice.kind.late_entry is not None:
        blocks.append(voice.say("late-entry", term=voice.term(voice.kind.late_entry)))
    return Section(title=voice.say("steps"), blocks=tuple(blocks))


def _step(voice: KindVoice, place: int, rule: EventRule) -> Row:
    return (
        str(place),
        Name("\n".join(_what(voice, rule)), rule.name),
        "\n".join(_who(voice, rule)),
        "\n".join(voice.gate(gate, rule) for gate in rule.gates),
        "\n".join(_records(voice, rule)),
        voice.clause(rule.clause),
    )


def _what(voice: KindVoice, rule: EventRule) -> Iterator[str]:
    yield voice.event(rule.name)
    if rule.name == voice.kind.opening:
        yield voice.say("step.opening")
    if rule.optional:
        yield voice.say("step.optional")
    if rule.when != ALWAYS:
        yield voice.say("step.when", when=voice.condition(rule.when))
    if rule.after_close:
        yield voice.say("step.after-close")


def _who(voice: KindVoice, rule: EventRule) -> Iterator[str]:
    route = route_of(voice.kind, rule.name)
    if route is not None:
        yield voice.say("step.routed", table=route.name)
    if rule.by is not None:
        yield voice.say("step.otherwise" if route else "step.by", department=voice.department(rule.by))
    if rule.role is not None:
        yield voice.say("step.role", role=voice.role(rule.role))
    if rule.not_by:
        yield voice.say("step.not-by", steps=voice.events(rule.not_by))


def _records(voice: KindVoice, rule: EventRule) -> Iterator[str]:
    if rule.form is not None:
        yield voice.say("step.form", form=voice.name(rule.form, rule.name))
    yield from (_fact(voice, fact) for fact in rule.facts)


def _fact(voice: KindVoice, fact: FactRule) -> str:
    return voice.say("step.fact", fact=voice.name(fact.label, fact.name), type=voice.type(fact))
