"""The front of the document (封面): title block, signatures, departments, roles, figures, number series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from qms_service.authoring.show.clocks import pause_name, raw_rule
from qms_service.authoring.show.document import Block, Row, Section, Table
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.authoring.show.voice import Voice
from qms_service.numbering import NumberSeries
from qms_service.rulebooks.figures import figures_in
from qms_service.rulebooks.model import Department, Param, Role
from qms_service.texts import shown


def title_block(voice: Voice) -> Table:
    """Which rules these are: rulebook, edition, from when, by what time, and what they extend."""
    return Table(rows=tuple((voice.say(f"title.{key}"), text) for key, text in _titles(voice)), shape="card")


def _titles(voice: Voice) -> Iterator[tuple[str, str]]:
    rules = voice.rules
    calendar = str(rules.raw.get("calendar", "continuous"))
    yield "id", rules.id
    yield "edition", rules.edition
    yield "from", _in_force(voice)
    yield "digest", rules.digest
    yield "timezone", rules.zone.name
    yield "calendar", voice.say("title.continuous") if calendar == "continuous" else calendar
    if "source" in rules.raw:
        yield "source", str(rules.raw["source"])
    if rules.parent is not None:
        parent = rules.parent
        yield (
            "extends",
            voice.say("title.parent", id=parent.id, edition=parent.edition, digest=parent.digest),
        )


def _in_force(voice: Voice) -> str:
    """From when it is in force, a date where the rulebook gives one."""
    rules = voice.rules
    given = rules.raw.get("effective_from")
    if rules.effective_from is None:
        return voice.say("title.always")
    return shown(given if type(given) is date else rules.effective_from.in_tz(rules.zone))


def signatures(voice: Voice) -> Table:
    """The lines on which it is signed."""
    head = ("", *(voice.say(f"sign.{key}") for key in ("name", "signature", "date")))
    rows = ((voice.say(f"sign.{key}"), "", "", "") for key in ("prepared", "reviewed", "approved"))
    return Table(head=head, rows=tuple(rows), shape="form")


def departments(voice: Voice) -> Iterator[Block]:
    """Who there is to do the work."""
    rules = voice.rules
    if rules.departments:
        rows = tuple(_department(voice, one) for one in rules.departments.values())
        keys = ("department", "also", "deputies")
        yield Section(title=voice.say("departments"), blocks=(voice.table(keys, rows),))
    if rules.roles:
        rows = tuple(_role(voice, one) for one in rules.roles.values())
        keys = ("role", "deputies", "clause")
        yield Section(title=voice.say("roles"), blocks=(voice.table(keys, rows),))


def _department(voice: Voice, one: Department) -> Row:
    deputies = tuple(voice.department(id_) for id_ in one.deputies)
    return voice.named(one.label, one.id), voice.listed(one.aliases), voice.listed(deputies)


def _role(voice: Voice, one: Role) -> Row:
    deputies = tuple(voice.role(id_) for id_ in one.deputies)
    return voice.named(one.label, one.id), voice.listed(deputies), voice.clause(one.clause)


def figures(voice: Voice) -> Iterator[Section]:
    """The figures of the procedure; one that the source lost is to be set."""
    if voice.rules.params:
        rows = tuple(_figure(voice, one) for one in voice.rules.params.values())
        table = voice.table(("figure", "value", "used", "clause"), rows)
        yield Section(title=voice.say("figures"), blocks=(table,))


def _figure(voice: Voice, one: Param) -> Row:
    used = [name for kind in voice.kinds for name in _used(KindVoice.of(voice, kind), one.id)]
    used += [] if voice.only else _used_beside(voice, one.id)
    return one.id, voice.figure(one.value), "\n".join(used), voice.clause(one.clause)


def _used(voice: KindVoice, figure: str) -> Iterator[str]:
    """The clocks and pauses that count on a figure."""
    for clock in voice.kind.clocks.values():
        if figure in figures_in(raw_rule(voice, "clocks", clock.id)):
            yield voice.name(clock.label, clock.id)
    for pause in voice.kind.pauses:
        if figure in figures_in(raw_rule(voice, "pauses", pause)):
            yield pause_name(voice, pause)


def _used_beside(voice: Voice, figure: str) -> Iterator[str]:
    """The surveys and duties that count on a figure."""
    raw: Mapping[str, Any] = voice.rules.raw
    for id_, survey in voice.rules.surveys.items():
        if figure in figures_in(raw["surveys"][id_]):
            yield voice.name(survey.questionnaire.label, id_)
    for id_, duty in voice.rules.duties.items():
        if figure in figures_in(raw["duties"][id_]):
            yield voice.name(duty.label, id_)


def numbers(voice: Voice) -> Iterator[Section]:
    """How documents are numbered, each series with an example."""
    if voice.rules.numbers:
        rows = tuple(_series(voice, one) for one in voice.rules.numbers.values())
        keys = ("series", "pattern", "example", "reset", "clause")
        yield Section(title=voice.say("numbers"), blocks=(voice.table(keys, rows),))


def _series(voice: Voice, one: NumberSeries) -> Row:
    pattern = [one.pattern]
    if one.accepts:
        pattern.append(voice.say("numbers.accepts", patterns=one.accepts))
    reset = [voice.say(f"reset.{one.reset}")]
    if one.fiscal_year_start > 1:
        reset.append(voice.say("numbers.fiscal", month=one.fiscal_year_start))
    if one.timezone != voice.rules.zone.name:
        reset.append(one.timezone)
    if one.overflow == "widen":
        reset.append(voice.say("numbers.widen"))
    return (
        voice.named(one.label, one.id),
        "\n".join(pattern),
        one.example,
        "\n".join(reset),
        voice.clause(one.clause),
    )
