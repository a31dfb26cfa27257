"""Proofs (缺口与重叠证明): facts that no rule covers, that two rules cover, rules that nothing reaches.

A rule is a box: for each input the parts of its domain that pass the cell, a bit each. Two rules overlap
where their boxes meet in every input. What is left of the whole domain after taking every rule's box away
is the gaps; what is left of a rule's box after taking the earlier ones away is the facts that reach it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

import attrs

from qms_service.facts import Facts
from qms_service.routing.decision import told
from qms_service.routing.exact import plain
from qms_service.routing.partition import cell_of
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from qms_service.routing.facet import Facet
    from qms_service.routing.table import DecisionTable

LIMIT: Final = 5_000
Box = tuple[int, ...]


@attrs.frozen(kw_only=True)
class TableProblem:
    """A gap, an overlap or an unreachable rule, with facts that show it.

    Args:
        code: `"gap"`, `"overlap"` or `"unreachable"`.
        rule_ids: The rules concerned: none for a gap; for an unreachable rule itself, then those before it
            that take its facts.
        witness: Facts that show it when given to `decide`.
        when: Where it is, input by input, as the cells of a rule.
    """

    code: str
    rule_ids: tuple[str, ...]
    witness: Facts
    when: Facts

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The problem in the reader's language."""
        operands = {"rules": self.rule_ids, "when": told(self.when), "witness": told(self.witness)}
        return render(f"table.{self.code}", operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class TableProblems:
    """What is wrong with a table whose every cell can be read.

    Args:
        gaps: Facts that no rule covers; none under `collect`, where no hit is an answer.
        overlaps: Pairs of rules of a `unique` table that cover the same facts.
        unreachable: Rules of a `first` table that earlier ones take all facts from; never a default row,
            all `-` and last.
        proven: Whether gaps and unreachable rules are complete. False where the proof grew past `LIMIT`
            boxes; what is listed is true all the same.
    """

    gaps: tuple[TableProblem, ...] = ()
    overlaps: tuple[TableProblem, ...] = ()
    unreachable: tuple[TableProblem, ...] = ()
    proven: bool = True

    @property
    def all(self) -> tuple[TableProblem, ...]:
        """Every problem found."""
        return self.gaps + self.overlaps + self.unreachable


def prove(table: DecisionTable, limit: int = LIMIT) -> TableProblems:
    """The problems of a table; `DecisionTable.problems` calls it."""
    boxes = [tuple(one.regions[place] for one in table.facets) for place in range(len(table.rules))]
    overlaps = tuple(_overlaps(table, boxes)) if table.hit == "unique" else ()
    if table.hit == "collect":
        return TableProblems()
    gaps, gaps_proven = _gaps(table, boxes, limit)
    unreachable, reach_proven = _unreachable(table, boxes, limit) if table.hit == "first" else ((), True)
    return TableProblems(
        gaps=gaps, overlaps=overlaps, unreachable=unreachable, proven=gaps_proven and reach_proven
    )


def _overlaps(table: DecisionTable, boxes: Sequence[Box]) -> Iterator[TableProblem]:
    for one, other in combinations(range(len(boxes)), 2):
        shared = _meet(boxes[one], boxes[other])
        if shared is not None:
            yield _problem(table, "overlap", shared, [one, other])


def _gaps(table: DecisionTable, boxes: Sequence[Box], limit: int) -> tuple[tuple[TableProblem, ...], bool]:
    whole = tuple((1 << len(one.parts)) - 1 for one in table.facets)
    left, proven = _left(whole, boxes, limit)
    return tuple(_problem(table, "gap", box, []) for box in left), proven


def _unreachable(
    table: DecisionTable, boxes: Sequence[Box], limit: int
) -> tuple[tuple[TableProblem, ...], bool]:
    found, all_proven = [], True
    for place, box in enumerate(boxes):
        if place == len(boxes) - 1 and all(cell.is_any for cell in table.rules[place].when):
            break
        left, proven = _left(box, boxes[:place], limit)
        all_proven &= proven
        if proven and not left:
            takers = [earlier for earlier in range(place) if _meet(boxes[earlier], box)]
            found.append(_problem(table, "unreachable", box, [place, *takers]))
    return tuple(found), all_proven


def _left(whole: Box, taken: Sequence[Box], limit: int) -> tuple[list[Box], bool]:
    """What is left of a box, as boxes that do not meet; past the limit, those of them that are sure."""
    left = [whole]
    for place, box in enumerate(taken):
        left = [piece for part in left for piece in _without(part, box)]
        if len(left) > limit:
            rest = taken[place + 1 :]
            return [part for part in left if not any(_meet(part, other) for other in rest)], False
    return left, True


def _without(part: Box, taken: Box) -> Iterator[Box]:
    if _meet(part, taken) is None:
        yield part
        return
    for place, (have, take) in enumerate(zip(part, taken, strict=True)):
        if have & ~take:
            yield (*part[:place], have & ~take, *part[place + 1 :])
        part = (*part[:place], have & take, *part[place + 1 :])


def _meet(one: Box, other: Box) -> Box | None:
    shared = tuple(a & b for a, b in zip(one, other, strict=True))
    return shared if all(shared) else None


def _problem(table: DecisionTable, code: str, box: Box, rules: Iterable[int]) -> TableProblem:
    inputs = list(zip(table.facets, box, strict=True))
    return TableProblem(
        code=code,
        rule_ids=tuple(table.rules[place].id for place in rules),
        witness=Facts({one.column.name: _witness(one, chosen) for one, chosen in inputs}),
        when=Facts({one.column.name: str(cell_of(one.parts, chosen)) for one, chosen in inputs}),
    )


def _witness(one: Facet, chosen: int) -> object:
    found = one.parts[(chosen & -chosen).bit_length() - 1].witness
    return plain(found) if one.column.type.word == "number" else found
