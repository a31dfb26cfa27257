"""Deciding a frame (整表判定): a row of answers for each row of facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

import numpy as np

from qms_service.analysis.building.few import Few, Places, Word, frame_like, placed
from qms_service.analysis.coding import coded
from qms_service.analysis.read import Table, column_of, table_of
from qms_service.errors import ColumnError, QmsError, unknown_name
from qms_service.routing import Column, Decision, DecisionTable
from qms_service.routing.batch import DecisionColumns
from qms_service.routing.decision import decided
from qms_service.texts import render

FrameT = TypeVar("FrameT")
OWN: Final = ("rules", "clauses", "reason")
_WORDS: Final[Mapping[str, Word]] = {"text": "code", "values": "code", "bool": "bool", "date": "date"}
_LARGEST: Final = 1 << 63


def decide_frame(
    frame: FrameT, table: DecisionTable, *, inputs: Mapping[str, str], prefix: str = "", lang: str = "en"
) -> FrameT:
    """What a decision table answers to each row of a frame, as `DecisionTable.decide`.

    A row without an answer has none of the outputs and says why; it stops nothing.

    Args:
        frame: A frame of pandas, polars (eager) or pyarrow; the same kind comes back.
        table: The table.
        inputs: Input → column; an input without a column is not known in any row, as is an empty cell.
        prefix: What stands before the names of the outputs, where one of them is called as a column of the result.
        lang: The language of the reasons.

    Returns:
        Row by row as the frame, in pandas with its index: a column for each output, `rules` (their ids), `clauses`, and
        `reason`, why there is no answer. Texts are categories; under `collect` an output is a list.

    Raises:
        UnknownNameError: The frame has no such column, or the table no such input.
        ColumnError: The frame is none, a column is wholly of another kind than its input, or an output is called as a
            column of the result.

    >>> import pandas, qms_service as qms
    >>> rules = [{"id": "near", "when": {"km": "<=300"}, "then": {"due": "24 h"}, "clause": "4.1.1"}]
    >>> site = qms.DecisionTable(name="site", inputs={"km": "number"}, outputs={"due": "text"}, rules=rules)
    >>> found = qms.analysis.decide_frame(pandas.DataFrame({"way": [12, 301]}), site, inputs={"km": "way"})
    >>> found.due.tolist(), found.clauses.tolist(), found.reason.tolist()
    (['24 h', nan], ['4.1.1', nan], [nan, 'No rule covers the facts.'])

    Limits: floats are no exact numbers. A column of whole numbers of pandas with missing ones is one of floats:
    `frame["km"].astype("Int64")`.
    """
    rows = table_of(frame)
    named = {prefix + output.name: output for output in table.outputs}
    for name in named:
        if name in OWN:
            raise ColumnError("decide-names", got=name)
    found = table.decide_many(_columns(rows, table, inputs))
    places = placed(found.answer, len(found.decisions))
    columns = {name: _output(table, output, found, places) for name, output in named.items()}
    columns["rules"] = _told(found, table, places, lambda one: ", ".join(one.rule_ids))
    columns["clauses"] = _told(found, table, places, lambda one: ", ".join(map(str, one.clauses)))
    reasons = [_reason(error, lang) for error in found.errors]
    columns["reason"] = Few("code", reasons, placed(found.reason, len(reasons)))
    made: FrameT = frame_like(rows, columns, same_rows=True)
    return made


def _columns(rows: Table, table: DecisionTable, inputs: Mapping[str, str]) -> dict[str, object]:
    facets = {facet.column.name: facet for facet in table.facets}
    made = {}
    for name, column in inputs.items():
        if name not in facets:
            raise unknown_name("input", str(name), facets)
        lookup = facets[name].lookup
        texts = [str(text) for text in lookup] if isinstance(lookup, dict) else []
        made[name] = coded(column_of(rows, column), column, facets[name].column, texts)
    return made or {name: np.full(len(rows), None, np.object_) for name in facets}


def _output(table: DecisionTable, output: Column, found: DecisionColumns, places: Places) -> Few:
    word = _word(table, output)
    known = [_shown(word, rule.then[output.name]) for rule in table.rules]
    values: list[Any] = [one.outputs[output.name] for one in found.decisions]
    if table.hit == "collect":
        return Few("any", [[_shown(word, value) for value in each] for each in values], places)
    return Few(word, [_shown(word, value) for value in values], places, known)


def _shown(word: Word, value: Any) -> Any:  # noqa: ANN401  # what an output holds
    if word == "code":
        return str(value)
    return Decimal(value) if word == "decimal" else value


def _told(
    found: DecisionColumns, table: DecisionTable, places: Places, text: Callable[[Decision], str]
) -> Few:
    known = [text(decided(rule.then, (rule,))) for rule in table.rules]
    values = [text(one) or None for one in found.decisions]
    return Few("code", values, places, [one for one in known if one])


def _word(table: DecisionTable, output: Column) -> Word:
    """What an output holds, the same whatever the frame; a fraction that is no decimal is its text."""
    if output.type.word != "number":
        return _WORDS[output.type.word]
    values = [rule.then[output.name] for rule in table.rules]
    if all(isinstance(value, int) and -_LARGEST <= value < _LARGEST for value in values):
        return "int"
    return "decimal" if all(isinstance(value, int | Decimal) for value in values) else "code"


def _reason(error: QmsError, lang: str) -> str:
    """Why, without the figures of a row: a sentence for many."""
    code = error.code.partition(".")[0]
    return render(f"decide.{code}", error.operands, lang)
