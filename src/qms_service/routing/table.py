"""Decision tables (决策表): who does what, by when, under which facts, rule by rule with its clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import (
    AmbiguousRouteError,
    NoRouteError,
    TableError,
    UndecidedError,
    unknown_name,
)
from qms_service.facts import Facts, as_row
from qms_service.routing.answers import CollectedAnswers, rules_of, single_answers
from qms_service.routing.column import Column, ColumnType
from qms_service.routing.decision import Collected, Decision, Possible, Rule, decided, told
from qms_service.routing.declaration import Declaration, Hit
from qms_service.routing.explanation import TableExplanation, explain
from qms_service.routing.facet import Facet, facet
from qms_service.routing.fault import refuse_table
from qms_service.routing.grid import column_faults, fitted, read_grid, write_grid
from qms_service.routing.lookup import Mask, StepLookup, TextLookup
from qms_service.routing.proof import TableProblems, is_covered, prove

if TYPE_CHECKING:
    from qms_service.routing.batch import DecisionColumns

Declared = Mapping[str, object]  # checked one by one, each with its own fault


@attrs.frozen(init=False)
class DecisionTable:
    """A decision table (决策表): rules over typed inputs, each with its outputs and its clause.

    Args:
        name: What errors call it.
        inputs: Name → `"number"`, `"text"`, `"bool"`, `"date"`, `"number[0..100]"`, or a list of values.
        outputs: Name → the same words.
        rules: Each `{"id", "when": {input: cell}, "then": {output: value}}`, with `"clause"` if it has one.
            A cell is `-`, a value, `<5`, `[1..5)`, a list of these, or `not(…)`; an input that is not
            named is `-`. Every output has a value.
        hit: `"unique"`: one rule at most covers any facts. `"first"`: the first that hits answers, the
            default row last. `"collect"`: all that hit, in rule order.
        clause: The clause of the table: that of rules which name none, and where a rule's clause is a
            bare number, the source of its document and edition.

    Raises:
        TableError: There is anything in it that cannot be read; `problems` holds all of it.

    >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"within": "24 h"}, "clause": "4.1.1"},
    ...          {"id": "far", "when": {"km": ">300"}, "then": {"within": "48 h"}, "clause": "4.1.1"}]
    >>> table = DecisionTable(name="on site", inputs={"km": "number"}, outputs={"within": "text"}, rules=rules)
    >>> table.decide({"km": 300}).outputs["within"]
    '24 h'

    Limits: numbers are exact (int, Decimal, Fraction), never float; days are dates, never instants.
    """

    name: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rules: tuple[Rule, ...]
    hit: Hit
    clause: ClauseRef | None
    facets: tuple[Facet, ...] = attrs.field(eq=False, repr=False)
    _hashed: tuple[tuple[str, TextLookup], ...] = attrs.field(eq=False, repr=False)
    _stepped: tuple[tuple[Any, ...], ...] = attrs.field(eq=False, repr=False)
    _answers: dict[Mask, Decision] = attrs.field(eq=False, repr=False)
    _covered: dict[tuple[Mask, tuple[str, ...]], bool] = attrs.field(eq=False, repr=False)
    _width: int = attrs.field(eq=False, repr=False)
    _takes_first: bool = attrs.field(eq=False, repr=False)

    def __init__(
        self,
        *,
        name: str,
        inputs: Declared,
        outputs: Declared,
        rules: Sequence[Mapping[str, Any]],
        hit: str = "unique",
        clause: ClauseRef | str | None = None,
    ) -> None:
        read = Declaration()
        within = read.clause(clause, None)
        ins, outs = read.columns(inputs, "inputs"), read.columns(outputs, "outputs")
        rows = read.rules(rules, ins, outs, within)
        title, policy = read.name(name), read.hit(hit)
        if read.faults:
            raise refuse_table(name, read.faults)
        columns = _columns(ins)
        facets = tuple(
            facet(column, tuple(rule.when[place] for rule in rows)) for place, column in enumerate(columns)
        )
        self.__attrs_init__(
            name=title,
            inputs=columns,
            outputs=_columns(outs),
            rules=rows,
            hit=policy,
            clause=within,
            facets=facets,
            hashed=_hashed(facets),
            stepped=_stepped(facets),
            answers=CollectedAnswers(rows) if policy == "collect" else single_answers(rows),
            covered={},
            width=len(columns),
            takes_first=policy == "first",
        )

    @classmethod
    def from_grid(
        cls,
        text: str,
        *,
        name: str,
        inputs: Declared,
        outputs: Declared | None = None,
        hit: str = "unique",
        clause: ClauseRef | str | None = None,
    ) -> Self:
        """A table from a pipe grid, one rule a line.

        Args:
            text: A header `| id | cause | -> responsible | clause |`, then the rules; `->` marks an output,
                `id` and `clause` are columns of their own. Blank lines, `|---|---|` and alignment mean nothing.
            name: What errors call it.
            inputs: The types of the inputs; one that has no column is `-` in every rule.
            outputs: The types of the outputs; without them all are text.
            hit: The hit policy.
            clause: The clause of the table.

        Raises:
            TableError: There is anything in it that cannot be read; `problems` holds all of it.
        """
        grid = read_grid(text, name)
        types = dict.fromkeys(grid.outputs, "text") if outputs is None else outputs
        if undeclared := column_faults(inputs, types):
            raise refuse_table(name, undeclared)
        faults, rules = fitted(grid, inputs, types)
        present = {output: kind for output, kind in types.items() if output in grid.outputs}
        try:
            table = cls(name=name, inputs=inputs, outputs=present, rules=rules, hit=hit, clause=clause)
        except TableError as error:
            raise refuse_table(name, (*faults, *error.problems)) from None
        if faults:
            raise refuse_table(name, faults)
        return table

    def to_grid(self) -> str:
        """The table as a pipe grid, which `from_grid` reads back as the same table."""
        return write_grid(self)

    def decide(self, facts: Mapping[str, object]) -> Decision:
        """The answer to these facts.

        Args:
            facts: Input → value. An input that is absent, or None, satisfies `-` alone.

        Returns:
            The outputs, the rules behind them and their clauses. Where inputs are absent, the answer that
            all rules still possible give, if one of them hits whatever the absent inputs are.

        Raises:
            NoRouteError: No rule can hit.
            AmbiguousRouteError: Two rules of a `unique` table hit.
            UndecidedError: The rules still possible differ, or for some values of the absent inputs no rule
                hits at all; under `collect`, one more might hit. `missing` names the inputs that they wait for.
            UnknownNameError: A fact is no input of the table.
            FactValueError: A fact is not of its input's type, or there is no mapping of facts.

        >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}, "clause": "4.1.1"}]
        >>> site = DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
        >>> str(site.decide({"km": 300}).clauses[0])
        '4.1.1'
        """
        hits = -1  # every rule
        try:
            for name, lookup in self._hashed:
                hits &= lookup[facts[name]]
            for name, kind, other, steps, masks in self._stepped:
                value = facts[name]
                hits &= masks[bisect_right(steps, value)] if type(value) is kind else other[value]
            if len(facts) == self._width:
                return self._answers[hits & -hits if self._takes_first else hits]
        except (LookupError, TypeError):  # the careful way knows what is absent or wrong
            return self._weigh(facts)
        return self._weigh(facts)

    def decide_many(self, columns: Mapping[str, object]) -> DecisionColumns:
        """`decide` for each row of some columns; a row without an answer has its reason. Needs numpy (extra `analysis`).

        Args:
            columns: Input → a numpy array, a list, `Coded` values, or one value for all rows. None, NaN and NaT are
                missing, as is an input without a column; days are dates or datetime64[D].

        Returns:
            A `DecisionColumns` of `qms_service.routing.batch`, where `Coded` is too.

        Raises:
            UnknownNameError: A column is for no input of the table.
            ColumnError: It is no column, or the lengths differ.
            MissingExtraError: numpy is not installed.

        >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}}]
        >>> site = DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
        >>> site.decide_many({"km": [12, 300]}).output("due").tolist()
        ['24 h', '24 h']
        """
        from qms_service.routing import batch  # noqa: PLC0415  # numpy is an extra

        return batch.decide(self, columns)

    def _weigh(self, facts: Mapping[str, object]) -> Decision:
        facts = as_row(facts)
        possible = self.possible(facts)
        if self.hit == "unique" and len(possible.certain) > 1:
            raise AmbiguousRouteError("ambiguous-route", table=self.name, rule_ids=possible.certain)
        if self.hit == "collect" and len(possible.certain) == len(possible.rules):
            return decided(Collected(rule.then for rule in possible.rules), possible.rules)
        if not possible.rules:
            raise NoRouteError("no-route", table=self.name, facts=Facts(facts), told=told(facts))
        outputs = possible.outputs
        differ = self.hit == "collect" or len(outputs) > 1
        if differ or not possible.covered:
            code = "undecided-route" if differ else "undecided-route.gap"
            raise UndecidedError(
                code, table=self.name, missing=possible.missing, rule_ids=_ids(possible.rules)
            )
        return decided(outputs[0], possible.rules)

    def possible(self, facts: Mapping[str, object]) -> Possible:
        """What these facts leave open: the rules still possible, and what is missing to tell.

        Raises:
            UnknownNameError: A fact is no input of the table.
            FactValueError: A fact is not of its input's type, or there is no mapping of facts.
        """
        facts = as_row(facts)
        self._refuse_unknown(facts)
        still = certain = (1 << len(self.rules)) - 1
        absent = []
        for one in self.facets:
            value = facts.get(one.column.name)
            if value is None:
                certain &= one.anything
                absent.append(one)
            else:
                mask = one.lookup[one.column.type.fact(one.column.name, value)]
                still, certain = still & mask, certain & mask
        if self._takes_first and certain:
            certain &= -certain
            still &= 2 * certain - 1
        return Possible(
            rules=rules_of(self.rules, still),
            certain=_ids(rules_of(self.rules, certain)),
            missing=tuple(one.column.name for one in absent if still & ~one.anything),
            covered=bool(certain) or (bool(still) and self._covers(still, absent)),
        )

    def _covers(self, still: Mask, absent: Sequence[Facet]) -> bool:
        """Whether one of these rules hits whatever the absent inputs are; worked out once for each question."""
        asked = still, tuple(one.column.name for one in absent)
        if asked not in self._covered:
            places = [place for place in range(len(self.rules)) if still >> place & 1]
            self._covered[asked] = is_covered(absent, places)
        return self._covered[asked]

    def explain(self, facts: Mapping[str, object]) -> TableExplanation:
        """Which rule answers, and which cell of every other one failed, near misses first.

        Raises:
            UnknownNameError: A fact is no input of the table.
            FactValueError: A fact is not of its input's type.

        >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}}]
        >>> site = DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
        >>> print(site.explain({"km": 301}).rules[0].text())
        near miss: near: km is 301, asked is <=300
        """
        return explain(self, as_row(facts))

    def problems(self) -> TableProblems:
        """The gaps, the overlaps of a `unique` table and the unreachable rules of a `first` one.

        Returns:
            Each with facts that show it; `proven` is False where the proof outgrew its limit.

        >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}}]
        >>> site = DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
        >>> print(site.problems())
        No rule covers km = >300; for example km = 301.
        """
        return prove(self)

    def _refuse_unknown(self, facts: Mapping[str, object]) -> None:
        known = [column.name for column in self.inputs]
        for name in facts:
            if name not in known:
                raise unknown_name("input", str(name), known)


def _columns(types: Mapping[str, ColumnType | None]) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name, kind in types.items() if kind is not None)


def _hashed(facets: tuple[Facet, ...]) -> tuple[tuple[str, TextLookup], ...]:
    return tuple((one.column.name, one.lookup) for one in facets if isinstance(one.lookup, TextLookup))


def _stepped(facets: tuple[Facet, ...]) -> tuple[tuple[Any, ...], ...]:
    """Each lookup by steps taken apart, for `decide` to bisect without a call."""
    return tuple(
        (one.column.name, one.lookup.kind, one.lookup, one.lookup.steps, one.lookup.masks)
        for one in facets
        if isinstance(one.lookup, StepLookup)
    )


def _ids(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules)
