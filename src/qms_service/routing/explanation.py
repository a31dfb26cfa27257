"""Explanations (判定说明): which rule matched, and for every other one the cell that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import AmbiguousRouteError, NoRouteError, UndecidedError
from qms_service.facts import Facts
from qms_service.routing.decision import Decision, Possible, Rule, told
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from qms_service.routing.table import DecisionTable

Verdict = Literal["hit", "open", "behind", "failed"]
ORDER: Final[tuple[Verdict, ...]] = ("hit", "open", "behind", "failed")


@attrs.frozen(kw_only=True)
class CellTrace:
    """A cell that the facts do not pass: what it asks, and what was got (None: absent)."""

    input: str
    asked: str
    got: object


@attrs.frozen(kw_only=True)
class RuleTrace:
    """How one rule fared.

    Args:
        rule_id: The rule.
        verdict: `"hit"`; `"open"`: absent facts will tell; `"behind"`: it matches, and an earlier rule
            answers; `"failed"`.
        clause: Its clause.
        failed: The cells that the facts fail.
        waiting: The cells whose input is absent.
    """

    rule_id: str
    verdict: Verdict
    clause: ClauseRef | None
    failed: tuple[CellTrace, ...] = ()
    waiting: tuple[CellTrace, ...] = ()

    @property
    def is_near_miss(self) -> bool:
        """Whether one cell alone stood in the way."""
        return self.verdict == "failed" and len(self.failed) == 1

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The rule's line of the explanation."""
        key = "near" if self.is_near_miss else self.verdict
        cells = tuple(
            render(
                f"table.cell.{'waits' if cell.got is None else 'fails'}", _operands(cell), lang, catalogues
            )
            for cell in self.failed + self.waiting
        )
        rule = f"{self.rule_id} [{self.clause}]" if self.clause else self.rule_id
        return render(f"table.rule.{key}", {"rule": rule, "cells": cells}, lang, catalogues)


@attrs.frozen(kw_only=True)
class TableExplanation:
    """Why a table answers as it does, or why it does not answer.

    Args:
        table: The table's name.
        facts: The facts asked about.
        decision: The answer; None where there is none.
        code: `"table-decided"`, or the code of the error that `decide` raises.
        operands: What the first line names.
        rules: Every rule: the one that hit, those still open, then those that failed, the nearest first.
    """

    table: str
    facts: Facts
    decision: Decision | None
    code: str
    operands: Facts
    rules: tuple[RuleTrace, ...]

    @property
    def near_misses(self) -> tuple[RuleTrace, ...]:
        """The rules that one cell alone kept from matching."""
        return tuple(rule for rule in self.rules if rule.is_near_miss)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The explanation in the reader's language, a line a rule."""
        head = render(self.code, self.operands, lang, catalogues)
        return "\n".join([head, *(f"  {rule.text(lang, catalogues)}" for rule in self.rules)])

    def __str__(self) -> str:
        return self.text()


def explain(table: DecisionTable, facts: Mapping[str, object]) -> TableExplanation:
    """The explanation of a table's answer; `DecisionTable.explain` calls it."""
    traces = _traces(table, facts)
    decision: Decision | None = None
    try:
        decision = table.decide(facts)
        code = "table-decided" if decision.rule_ids else "table-decided.none"
        operands = _answer(table, decision)
    except (NoRouteError, AmbiguousRouteError, UndecidedError) as refusal:
        code, operands = refusal.code, refusal.operands
    return TableExplanation(
        table=table.name,
        facts=Facts(facts),
        decision=decision,
        code=code,
        operands=Facts(operands),
        rules=tuple(sorted(traces, key=lambda one: (ORDER.index(one.verdict), len(one.failed)))),
    )


def _answer(table: DecisionTable, decision: Decision) -> dict[str, object]:
    rows = decision.outputs if isinstance(decision.outputs, tuple) else (decision.outputs,)
    outputs = tuple(said for row in rows for said in told(row))
    return {"table": table.name, "rules": decision.rule_ids, "outputs": outputs}


def _traces(table: DecisionTable, facts: Mapping[str, object]) -> list[RuleTrace]:
    possible = table.possible(facts)
    return [_trace(table, rule, facts, possible) for rule in table.rules]


def _trace(table: DecisionTable, rule: Rule, facts: Mapping[str, object], possible: Possible) -> RuleTrace:
    failed, waiting = [], []
    for column, cell in zip(table.inputs, rule.when, strict=True):
        got = facts.get(column.name)
        trace = CellTrace(input=column.name, asked=str(cell), got=got)
        if got is None and not cell.is_any:
            waiting.append(trace)
        elif got is not None and not cell.holds(column.type.fact(column.name, got)):
            failed.append(trace)
    verdict: Verdict = "failed" if failed else "behind"
    if rule in possible.rules:
        verdict = "hit" if rule.id in possible.certain else "open"
    return RuleTrace(
        rule_id=rule.id,
        verdict=verdict,
        clause=rule.clause,
        failed=tuple(failed),
        waiting=tuple(waiting),
    )


def _operands(cell: CellTrace) -> dict[str, object]:
    return {"input": cell.input, "asked": cell.asked, "got": cell.got}
