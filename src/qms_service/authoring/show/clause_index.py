"""The clause index (条款索引): for each clause the rules that rest on it, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qms_service.authoring.show.clocks import pause_name
from qms_service.authoring.show.document import Row, Section
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.authoring.show.voice import Voice
from qms_service.clauses import ClauseRef
from qms_service.rulebooks.citations import survey_citations
from qms_service.rulebooks.model import EventRule
from qms_service.rulebooks.term_table import TermTable

Resting = Iterator[tuple[ClauseRef | None, str]]
_DIGITS: Final = re.compile(r"(\d+)")


def clause_index(voice: Voice) -> Iterator[Section]:
    """Every clause that a rule cites or the rulebook lists, in the order of the procedure."""
    rules = voice.rules
    resting: dict[str, list[str]] = {}
    for clause, rule in _all(voice):
        if clause is not None and clause.number:
            resting.setdefault(voice.clause(clause), []).append(rule)
    numbers = sorted({*resting, *rules.clauses}, key=_in_order)
    if numbers:
        rows = tuple(_row(voice, number, tuple(dict.fromkeys(resting.get(number, ())))) for number in numbers)
        table = voice.table(("clause", "about", "rules"), rows, (16, 34, 50))
        yield Section(title=voice.say("clauses"), blocks=(table,))


def _in_order(number: str) -> list[tuple[bool, int, str]]:
    """4.2 before 4.10; a clause of another document after the procedure's own."""
    return [
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in _DIGITS.split(number)
        if part
    ]


def _row(voice: Voice, number: str, rules: tuple[str, ...]) -> Row:
    listed = voice.rules.clauses.get(number)
    if listed is None:
        return number, "", "\n".join(rules)
    said = list(rules)
    if listed.status == "lost":
        said.append(voice.say("clause.lost"))
    elif listed.status == "no-rule":
        because = voice.name(listed.because, number)
        said.append(voice.say("clause.no-rule", because=because))
    return number, voice.name(listed.label, number), "\n".join(said)


def _all(voice: Voice) -> Resting:
    rules = voice.rules
    yield from (
        (one.clause, voice.say("rule.role", name=voice.role(id_))) for id_, one in rules.roles.items()
    )
    yield from ((one.clause, voice.say("rule.figure", name=id_)) for id_, one in rules.params.items())
    for id_, series in rules.numbers.items():
        yield series.clause, voice.say("rule.series", name=voice.name(series.label, id_))
    for kind in voice.kinds:
        yield from _of_kind(KindVoice.of(voice, kind))
    if voice.only is None:
        yield from _of_others(voice)


def _of_others(voice: Voice) -> Resting:
    """Surveys with what they have, indicators and duties."""
    rules = voice.rules
    for survey in rules.surveys.values():
        name = voice.name(survey.questionnaire.label, survey.questionnaire.id)
        for path, clause in survey_citations(survey):
            _, _, *inner = path.split(".", 3)
            code = f"rule.{inner[0]}" if inner else "rule.survey"
            yield clause, voice.say(code, survey=name, name=inner[-1] if inner else name)
    for id_, indicator in rules.indicators.items():
        yield indicator.clause, voice.say("rule.indicator", name=voice.name(indicator.label, id_))
    for id_, duty in rules.duties.items():
        yield duty.clause, voice.say("rule.duty", name=voice.name(duty.label, id_))


def _of_kind(voice: KindVoice) -> Resting:
    kind = voice.kind
    for rule in kind.events.values():
        yield from _of_step(voice, rule)
    for pause in kind.pauses.values():
        yield pause.clause, voice.say("rule.pause", name=pause_name(voice, pause.id))
    for balance in kind.balances.values():
        yield balance.clause, voice.say("rule.balance", name=voice.name(balance.label, balance.id))
    for clock in kind.clocks.values():
        name = voice.name(clock.label, clock.id)
        yield clock.clause, voice.say("rule.clock", name=name)
        if isinstance(clock.within, TermTable):
            for row in clock.within.table.rules:
                yield row.clause, voice.say("rule.row", table=name, row=row.id)
    for route in kind.routes:
        for row in route.table.rules:
            yield row.clause, voice.say("rule.row", table=route.name, row=row.id)


def _of_step(voice: KindVoice, rule: EventRule) -> Resting:
    name = voice.event(rule.name)
    yield rule.clause, voice.say("rule.step", name=name)
    for gate in rule.gates:
        if gate.clause != rule.clause:
            yield gate.clause, voice.say("rule.gate", name=name)
