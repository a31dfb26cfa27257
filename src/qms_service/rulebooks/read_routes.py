"""Reads the tables of a kind: routes that name owners, and tables that choose a term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qms_service.errors import TableError
from qms_service.facts import Facts, FactType
from qms_service.routing import DecisionTable
from qms_service.rulebooks.context import KindContext
from qms_service.rulebooks.model import Route
from qms_service.rulebooks.section import Section

LETTERS: Final = ("responsible", "accountable", "consulted", "informed", "delegate")


def read_route(name: str, section: Section, kind: KindContext) -> Route | None:
    """One route."""
    steps = section.names("steps", "event", kind.events)
    if not steps and kind.book.problems.known("event", name, kind.events, section.path):
        steps = (name,)
    inputs, sources = read_inputs(section, kind)
    unknown = section.take("unknown", dict) or {}
    for key in unknown:
        kind.book.problems.known("input", key, inputs, f"{section.at('unknown')}.{key}")
    table = read_table(name, section, inputs, dict.fromkeys(LETTERS, "text"), kind)
    section.finish()
    if table is None:
        return None
    for key, value in unknown.items():
        if key in inputs:
            section.problems.reading(f"{section.at('unknown')}.{key}", table.possible, {key: value})
    for rule in table.rules:
        for letter, value in rule.then.items():
            _department(value, f"{section.at('table')}[{rule.id}].{letter}", kind)
    return Route(name=name, steps=steps, table=table, sources=sources, unknown=Facts(unknown))


def read_inputs(
    section: Section, kind: KindContext
) -> tuple[Mapping[str, Any], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The declared inputs of a table, and for each the facts that give it.

    An input is the lookup of its name, or it names its facts itself: `{ type = "text", from = [...] }`.
    """
    inputs: dict[str, Any] = {}
    sources = []
    for name, given in (section.take("inputs", dict) or {}).items():
        at = f"{section.at('inputs')}.{name}"
        one = Section(given, at, section.problems) if isinstance(given, dict) else None
        inputs[name] = one.raw.get("type") if one else given
        paths = one.texts("from") if one else kind.lookups.get(name, ())
        if not paths:
            section.problems.note("input-without-fact", at, got=name, allowed=tuple(kind.lookups))
        for path in paths:
            _fits(inputs[name], path, kind.fact_type(path, at) if one else kind.known_type(path), at, kind)
        if one:
            one.finish()
        sources.append((name, paths))
    return inputs, tuple(sources)


def _fits(input_: object, path: str, type_: FactType | None, at: str, kind: KindContext) -> None:
    """Notes an input whose type could never hold the values of a fact that gives it."""
    if type_ is None:
        return
    if isinstance(input_, list):
        fits = bool(type_.values) and set(type_.values) <= set(input_)
    else:
        fits = type_.kind in _TAKES.get(str(input_).partition("[")[0].strip(), (type_.kind,))
    if type_.many or not fits:
        kind.book.problems.note("input-type", at, got=path, type=str(type_), allowed=str(input_))


_TAKES: Final = {
    "text": ("text", "values", "department"),
    "number": ("int", "decimal"),
    "bool": ("bool",),
    "date": ("date",),
}


def read_table(
    name: str,
    section: Section,
    inputs: Mapping[str, Any],
    outputs: Mapping[str, Any],
    kind: KindContext,
) -> DecisionTable | None:
    """The pipe grid of a table; overlaps of a `unique` one are noted like everything else."""
    grid = section.text("table", needed=True)
    hit = section.name("hit", "choice", ("unique", "first")) or "unique"
    if grid is None:
        return None
    used = {letter: type_ for letter, type_ in outputs.items() if f"-> {letter}" in grid}
    try:
        table = DecisionTable.from_grid(
            grid, name=name, inputs=inputs, outputs=used, hit=hit, clause=kind.book.cite("")
        )
    except TableError as error:
        for problem in error.problems:
            section.problems.note(
                "refused", section.at("table"), en=problem.text("en"), zh=problem.text("zh")
            )
        return None
    for overlap in table.problems().overlaps if hit == "unique" else ():
        section.problems.note(
            "table-overlap", section.at("table"), rules=overlap.rule_ids, witness=dict(overlap.witness)
        )
    return table


def _department(value: object, at: str, kind: KindContext) -> None:
    if not isinstance(value, str):
        return
    if not value.startswith("@"):
        kind.book.problems.known("department", value, kind.book.departments, at)
    elif value[1:] not in kind.lookups:
        type_: FactType | None = kind.fact_type(value[1:], at) if "." in value else None
        if type_ is None and "." not in value:
            kind.book.problems.known("lookup", value[1:], kind.lookups, at)
