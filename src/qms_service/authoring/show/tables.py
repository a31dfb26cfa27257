"""The decision tables of a kind of case (决策表): routes, which name owners, and tables that choose a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from qms_service.authoring.show.document import Row, Section, Table
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.authoring.show.raci import department_of
from qms_service.facts import FactType
from qms_service.routing import DecisionTable
from qms_service.routing.cell import Cell
from qms_service.routing.decision import Rule
from qms_service.routing.span import Span
from qms_service.rulebooks.model import Route
from qms_service.rulebooks.term_table import TermTable
from qms_service.worktime import Term, Urgency


@attrs.frozen(kw_only=True)
class Shown:
    """A table as a section shows it.

    Args:
        title: What it decides.
        table: The table.
        sources: For each input the facts that give it.
        said: What stands above it.
        terms: The terms of its rows by their text, where it chooses terms.
    """

    title: str
    table: DecisionTable
    sources: Mapping[str, tuple[str, ...]]
    said: tuple[str, ...] = ()
    terms: Mapping[str, Term | Urgency] | None = None


def tables(voice: KindVoice) -> Iterator[Section]:
    """Every table: first those that name owners, then those that choose terms."""
    for route in voice.kind.routes:
        title = voice.say("table.owners", table=route.name)
        steps = voice.say("table.steps", steps=voice.events(route.steps))
        said = (steps, *_unknown(voice, route))
        yield _section(voice, Shown(title=title, table=route.table, sources=dict(route.sources), said=said))
    for clock in voice.kind.clocks.values():
        if isinstance(clock.within, TermTable):
            title = voice.say("table.terms", clock=voice.name(clock.label, clock.id))
            terms, sources = dict(clock.within.terms), dict(clock.within.sources)
            yield _section(voice, Shown(title=title, table=clock.within.table, sources=sources, terms=terms))


def _section(voice: KindVoice, shown: Shown) -> Section:
    table = shown.table
    facts = tuple(shown.sources[one.name][0] for one in table.inputs)
    head = (
        voice.say("head.row"),
        *(voice.fact(path) for path in facts),
        *(f"→ {voice.say(f'output.{one.name}')}" for one in table.outputs),
        voice.say("head.clause"),
    )
    types = tuple(voice.fact_type(path) for path in facts)
    rows = tuple(_row(voice, rule, shown, types) for rule in table.rules)
    listed = Table(head=head, rows=rows).without_blanks()
    return Section(title=shown.title, blocks=(*shown.said, voice.say(f"table.hit.{table.hit}"), listed))


def _row(voice: KindVoice, rule: Rule, shown: Shown, types: tuple[FactType | None, ...]) -> Row:
    return (
        rule.id,
        *(_cell(voice, cell, type_) for cell, type_ in zip(rule.when, types, strict=True)),
        *(_output(voice, str(rule.then[one.name]), shown.terms) for one in shown.table.outputs),
        voice.clause(rule.clause),
    )


def _cell(voice: KindVoice, cell: Cell, type_: FactType | None) -> str:
    if cell.is_any:
        return voice.say("cell.any")
    items = (str(one) if isinstance(one, Span) else voice.value(type_, one) for one in cell.items)
    listed = voice.say("either").join(items)
    return voice.say("cell.not", items=listed) if cell.negated else listed


def _output(voice: KindVoice, value: str, terms: Mapping[str, Term | Urgency] | None) -> str:
    if terms is not None:
        return voice.term(terms[value])
    return department_of(voice, value)


def _unknown(voice: KindVoice, route: Route) -> Iterator[str]:
    """What is assumed while the facts are not on record."""
    if route.unknown:
        paths = {name: given[0] for name, given in route.sources}
        said = voice.say("and").join(
            _assumed(voice, paths[name], value) for name, value in route.unknown.items()
        )
        yield voice.say("table.unknown", facts=said)


def _assumed(voice: KindVoice, path: str, value: object) -> str:
    return voice.say("equals", fact=voice.fact(path), value=voice.value(voice.fact_type(path), value))
