"""Proofs (缺口与重叠证明): facts that no rule covers, that two rules cover, rules that nothing reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

import attrs

from qms_service.facts import Facts
from qms_service.routing.boxes import Box, Remainder, meet, remainder
from qms_service.routing.decision import told
from qms_service.routing.exact import plain
from qms_service.routing.partition import cell_of
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from qms_service.routing.facet import Facet
    from qms_service.routing.table import DecisionTable

LIMIT: Final = 100_000


@attrs.frozen(kw_only=True)
class TableProblem:
    """A gap, an overlap or an unreachable rule, with facts that show it.

    Args:
        code: Which of the three.
        rule_ids: The rules concerned: none for a gap; for an unreachable rule itself, then those before it
            that take its facts.
        witness: Facts that show it when given to `decide`.
        when: Where it is, input by input, as the cells of a rule.
    """

    code: Literal["gap", "overlap", "unreachable"]
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
        proven: Whether gaps and unreachable rules are complete. False where the gaps, or what reaches
            one rule, took more than 100,000 comparisons; what is listed is true all the same.
    """

    gaps: tuple[TableProblem, ...] = ()
    overlaps: tuple[TableProblem, ...] = ()
    unreachable: tuple[TableProblem, ...] = ()
    proven: bool = True

    @property
    def all(self) -> tuple[TableProblem, ...]:
        """Every problem found."""
        return self.gaps + self.overlaps + self.unreachable

    def __str__(self) -> str:
        return "\n".join(map(str, self.all))


def prove(table: DecisionTable, limit: int = LIMIT) -> TableProblems:
    """The problems of a table; `DecisionTable.problems` calls it."""
    proof = _Proof(table)
    if table.hit == "collect":
        return TableProblems()
    whole = tuple((1 << len(one.parts)) - 1 for one in table.facets)
    gaps = remainder(whole, proof.boxes, limit)
    reached = [] if table.hit == "unique" else list(proof.reached(limit))
    return TableProblems(
        gaps=tuple(proof.problem("gap", box, ()) for box in gaps.boxes),
        overlaps=tuple(proof.overlaps()) if table.hit == "unique" else (),
        unreachable=tuple(proof.unreachable(place) for place, left in enumerate(reached) if left.is_nothing),
        proven=gaps.proven and all(left.proven for left in reached),
    )


def is_covered(absent: Sequence[Facet], places: Iterable[int], limit: int = LIMIT) -> bool:
    """Whether the rules in these places leave no gap over the inputs that are absent.

    False where that takes more comparisons than the limit: what is not proven is not so.
    """
    whole = tuple((1 << len(one.parts)) - 1 for one in absent)
    boxes = dict.fromkeys(tuple(one.regions[place] for one in absent) for place in places)
    return remainder(whole, tuple(boxes), limit).is_nothing


@attrs.define
class _Proof:
    """The boxes of a table's rules, and the words for boxes, each found once."""

    table: DecisionTable
    boxes: list[Box] = attrs.field(init=False)
    sides: dict[tuple[int, int], tuple[str, object, str]] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        rules = range(len(self.table.rules))
        self.boxes = [tuple(one.regions[place] for one in self.table.facets) for place in rules]

    def overlaps(self) -> Iterator[TableProblem]:
        for one, other in combinations(range(len(self.boxes)), 2):
            shared = meet(self.boxes[one], self.boxes[other])
            if shared is not None:
                yield self.problem("overlap", shared, (one, other))

    def reached(self, limit: int) -> Iterator[Remainder]:
        """For each rule but a default row, the facts that reach it."""
        has_default = all(cell.is_any for cell in self.table.rules[-1].when)
        for place, box in enumerate(self.boxes[:-1] if has_default else self.boxes):
            yield remainder(box, self.boxes[:place], limit)

    def unreachable(self, place: int) -> TableProblem:
        box = self.boxes[place]
        takers = (earlier for earlier in range(place) if meet(self.boxes[earlier], box))
        return self.problem("unreachable", box, (place, *takers))

    def problem(
        self, code: Literal["gap", "overlap", "unreachable"], box: Box, rules: Iterable[int]
    ) -> TableProblem:
        sides = [self._side(place, chosen) for place, chosen in enumerate(box)]
        return TableProblem(
            code=code,
            rule_ids=tuple(self.table.rules[place].id for place in rules),
            witness=Facts({name: witness for name, witness, _ in sides}),
            when=Facts({name: cell for name, _, cell in sides}),
        )

    def _side(self, place: int, chosen: int) -> tuple[str, object, str]:
        """The input's name, a value in the chosen parts, and the cell that holds there."""
        if (place, chosen) not in self.sides:
            one = self.table.facets[place]
            found = one.parts[(chosen & -chosen).bit_length() - 1].witness
            value = plain(found) if one.column.type.word == "number" else found
            self.sides[place, chosen] = one.column.name, value, str(cell_of(one.parts, chosen))
        return self.sides[place, chosen]
