"""The RACI matrix (责任矩阵) of a kind of case: steps by departments; of a routed step what its table answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from qms_service.authoring.show.document import Name, Row, Section, Table
from qms_service.authoring.show.kind_voice import KindVoice
from qms_service.rulebooks.model import EventRule, Route
from qms_service.rulebooks.owners import route_of

LETTERS: Final[Mapping[str, str]] = {
    "responsible": "R", "accountable": "A", "consulted": "C", "informed": "I", "delegate": "D",
}  # fmt: skip
Shares = tuple[tuple[str, tuple[str, ...]], ...]
MOST_ROWS: Final = 5  # of a table, named in one line of the matrix


@attrs.frozen(kw_only=True)
class Line:
    """A line of the matrix.

    Args:
        rule: The step.
        rows: The rows of its table that share this out; none where no table does.
        shares: For each letter the departments, or references to facts.
    """

    rule: EventRule
    rows: tuple[str, ...] = ()
    shares: Shares

    def letters(self, department: str) -> str:
        """The letters of a department."""
        return " ".join(letter for letter, named in self.shares if department in named)


def raci(voice: KindVoice) -> Iterator[Section]:
    """The matrix, with a column for each department that has a letter; none where nobody is named."""
    lines = tuple(line for rule in voice.steps for line in _lines(voice, rule))
    named = {one for line in lines for _, all_named in line.shares for one in all_named}
    if not named:
        return
    departments = tuple(id_ for id_ in voice.rules.departments if id_ in named)
    facts = sorted(one for one in named if one.startswith("@"))
    head = (
        voice.say("head.step"),
        *(voice.department(id_) for id_ in departments),
        *(department_of(voice, one) for one in facts),
    )
    rows: tuple[Row, ...] = tuple(
        (_step(voice, line), *(line.letters(one) for one in (*departments, *facts))) for line in lines
    )
    used = {letter for line in lines for letter, _ in line.shares}
    legend = tuple(voice.say(f"raci.{letter}") for letter in LETTERS.values() if letter in used)
    matrix = Table(head=head, rows=rows, shape="matrix")
    yield Section(title=voice.say("raci"), blocks=(voice.listed(legend), matrix))


def department_of(voice: KindVoice, output: str) -> str:
    """What a table answers: a department by its name, or the one that a fact names."""
    if not output.startswith("@"):
        return voice.department(output)
    path = output[1:]
    if "." not in path:
        path = voice.kind.named[path][0]
        fact = voice.fact_rule(path)
        return voice.say("as-recorded", fact=voice.name(fact.label if fact else None, output[1:]))
    return voice.say("as-recorded", fact=voice.fact(path))


def _step(voice: KindVoice, line: Line) -> Name:
    said = voice.event(line.rule.name)
    if not line.rows:
        return Name(said, line.rule.name)
    more = len(line.rows) - MOST_ROWS
    rows = voice.listed(line.rows[:MOST_ROWS])
    code = "raci.rows-more" if more > 0 else "raci.rows"
    return Name(f"{said}\n{voice.say(code, rows=rows, more=more)}", line.rule.name)


def _lines(voice: KindVoice, rule: EventRule) -> Iterator[Line]:
    own = {
        "responsible": (rule.by,) if rule.by else (),
        "accountable": (rule.accountable,) if rule.accountable else (),
        "consulted": rule.consulted,
        "informed": rule.informed,
    }
    route = route_of(voice.kind, rule.name)
    if route is None:
        yield Line(rule=rule, shares=_shares(own))
        return
    for shares, rows in _routed(route, own).items():
        yield Line(rule=rule, rows=rows, shares=shares)


def _routed(route: Route, own: Mapping[str, tuple[str, ...]]) -> dict[Shares, tuple[str, ...]]:
    """The rows of a table by what they answer; letters that it does not give are the step's own."""
    found: dict[Shares, tuple[str, ...]] = {}
    for row in route.table.rules:
        answered = {letter: (str(value),) for letter, value in row.then.items()}
        shares = _shares({**own, **answered})
        found[shares] = (*found.get(shares, ()), row.id)
    return found


def _shares(named: Mapping[str, tuple[str, ...]]) -> Shares:
    return tuple((letter, named[key]) for key, letter in LETTERS.items() if named.get(key))
