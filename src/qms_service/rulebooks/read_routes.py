"""Reads the tables of a kind: routes that name owners, and tables that choose a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from qms_service.errors import TableError
from qms_service.facts import Facts, FactType
from qms_service.routing import DecisionTable
from qms_service.routing.decision import told
from qms_service.routing.grid import read_grid
from qms_service.rulebooks.context import KindContext
from qms_service.rulebooks.grammar import HITS, INPUT
from qms_service.rulebooks.model import Route
from qms_service.rulebooks.section import Section

LETTERS: Final = ("responsible", "accountable", "consulted", "informed", "delegate")


def read_route(name: str, section: Section, kind: KindContext) -> Route | None:
    """One route."""
    steps = section.names("steps", "event", kind.event_names)
    if not steps and kind.book.problems.known("event", name, kind.event_names, section.path):
        steps = (name,)
    inputs, sources = read_inputs(section, kind)
    unknown = section.take("unknown", dict) or {
        input_: "unknown" for input_, type_ in inputs.items() if type_ == "text"
    }
    for key in unknown:
        kind.book.problems.known("input", key, inputs, f"{section.at('unknown')}.{key}")
    table = read_table(name, section, inputs, dict.fromkeys(LETTERS, "text"), kind)
    for rule, letter, value in outputs_of(section):
        if letter in LETTERS:
            _department(value, f"{section.at('table')}[{rule}].{letter}", kind)
    section.finish()
    if table is None:
        return None
    for key, value in unknown.items():
        if key in inputs:
            section.problems.reading(f"{section.at('unknown')}.{key}", table.possible, {key: value})
    return Route(name=name, steps=steps, table=table, sources=sources, unknown=Facts(unknown))


def read_inputs(
    section: Section, kind: KindContext
) -> tuple[Mapping[str, Any], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The inputs of a table, and for each the facts that give it, the first on record counting.

    An input is the fact of its name, from the step furthest down the rulebook that has it on record. It may name
    its type, or its facts themselves: `inputs = { grade = { type = "text", from = ["received.urgency"] } }`.
    """
    declared = section.take("inputs", dict) or {}
    inputs: dict[str, Any] = {}
    sources = []
    for name in dict.fromkeys((*_columns(str(section.raw.get("table", ""))), *declared)):
        given, at = declared.get(name), f"{section.at('inputs')}.{name}"
        one = Section(given, at, section.problems, INPUT) if isinstance(given, dict) else None
        paths = (one.texts("from") if one else ()) or kind.named(name)
        types = [kind.fact_type(path, at) for path in paths]
        inputs[name] = (one.take("type", str, list) if one else given) or _input_type(types)
        if not paths:
            section.problems.note("input-without-fact", at, got=name, allowed=kind.fact_names)
        for path, type_ in zip(paths, types, strict=True):
            _fits(inputs[name], path, type_, at, kind)
        if one:
            one.finish()
        sources.append((name, paths))
    return inputs, tuple(sources)


def _columns(grid: str) -> tuple[str, ...]:
    """The input columns of a grid, by its header."""
    header = next((line.strip() for line in grid.splitlines() if line.strip()), "")
    cells = [cell.strip() for cell in header.split("|")[1:]]
    return tuple(cell for cell in cells if cell not in ("", "id", "clause") and not cell.startswith("->"))


def _input_type(types: Sequence[FactType | None]) -> object:
    """The type of an input by the facts that give it."""
    known = [type_ for type_ in types if type_ is not None]
    values = dict.fromkeys(value for type_ in known for value in type_.values)
    if values:
        return list(values)
    words = {word for type_ in known for word, kinds in _TAKES.items() if type_.kind in kinds}
    return words.pop() if len(words) == 1 else "text"


def _fits(input_: object, path: str, type_: FactType | None, at: str, kind: KindContext) -> None:
    """Notes an input whose type could never hold the values of a fact that gives it."""
    if type_ is None:
        return
    if isinstance(input_, list):
        fits = bool(type_.values) and all(value in input_ for value in type_.values)
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
    grid, at = section.text("table"), section.at("table")
    hit = section.name("hit", "choice", HITS) or "unique"
    answers = {} if grid is None else _answers(grid, outputs, at, section)
    if grid is None or not answers:
        return None
    cited = kind.book.cite("", at)
    try:
        table = DecisionTable.from_grid(
            grid, name=name, inputs=inputs, outputs=answers, hit=hit, clause=cited
        )
    except TableError as error:
        for problem in error.problems:
            section.problems.note("refused", at, en=problem.text("en"), zh=problem.text("zh"))
        return None
    for overlap in table.problems().overlaps if hit == "unique" else ():
        witness = told(overlap.witness)
        section.problems.note("table-overlap", at, rules=overlap.rule_ids, witness=witness)
    return table


def _answers(grid: str, outputs: Mapping[str, Any], at: str, section: Section) -> Mapping[str, Any]:
    """The outputs that a grid has; one that it may not have, and a grid without any, are noted."""
    read = read_grid(grid)
    for name in read.outputs:
        section.problems.known("column", name, outputs, at)
    first = next(iter(outputs))
    if not read.outputs and read.faults:
        return {first: outputs[first]}  # its faults come first
    if not read.outputs:
        section.problems.note("missing-key", at, key=f"-> {first}")
    return {name: outputs.get(name, "text") for name in read.outputs}


def outputs_of(section: Section) -> Iterator[tuple[str, str, str]]:
    """The rule, the name and the text of each output of a grid, though a cell elsewhere cannot be read."""
    grid = section.raw.get("table")
    rules = read_grid(grid).rules if isinstance(grid, str) else ()
    for place, rule in enumerate(rules, start=1):
        for name, value in rule["then"].items():
            yield rule["id"] or f"#{place}", name, value


def _department(value: str, at: str, kind: KindContext) -> None:
    """Notes an output that is neither a department nor a reference to a fact."""
    if not value.startswith("@"):
        kind.book.problems.known("department", value, kind.book.departments, at)
    elif "." in value:
        kind.fact_type(value[1:], at)
    else:
        kind.book.problems.known("fact", value[1:], kind.fact_names, at)
