"""Decisions in HTML (判定的网页显示): the outputs, the rules behind them and their clauses."""

from __future__ import annotations

from qms_service.markup import Html, Table, Words
from qms_service.routing.decision import Collected, Decision


def decision_html(decision: Decision, words: Words) -> Html:
    """A row for each output; under `collect` a row for each rule that hit."""
    caption = words.text("field.decision")
    rules = (words.text("field.rules"), words.value(decision.rule_ids))
    clauses = (words.text("field.clauses"), words.value(decision.clauses))
    if not isinstance(decision.outputs, Collected):
        rows = [(name, words.value(value)) for name, value in decision.outputs.items()]
        return Table(caption=caption, rows=(*rows, rules, clauses)).html(words)
    names = tuple(dict.fromkeys(name for row in decision.outputs for name in row))
    if not names:
        return Table(caption=caption, rows=(rules, clauses)).html(words)
    blank = ("",) * (len(names) - 1)
    return Table(
        caption=caption,
        head=(words.text("field.rule"), *names),
        rows=[
            (rule, *(words.value(row[name]) for name in names))
            for rule, row in zip(decision.rule_ids, decision.outputs, strict=True)
        ],
        foot=((*clauses, *blank),),
    ).html(words)
