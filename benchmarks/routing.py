"""A decision on 20 rules and 4 inputs against zen-engine at its best, in one run.

Run: python -m benchmarks.routing

The same table for both: a text, a list of values, a bool and a number; hit policy `first`, the default row
last. zen's best is its static loader with the table compiled when the engine is made, and the context as
bytes of JSON made beforehand. Both answer 2,000 random cases alike before anything is timed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import zen
from benchmarks.measured import Row, Words, best, table

from qms_service.routing import DecisionTable

CAUSES = ("operation", "process", "material", "design", "tooling")
INPUTS: dict[str, Any] = {
    "cause": "text",
    "kind": ["quality", "delivery"],
    "urgent": "bool",
    "quantity": "number[0..]",
}


def rules() -> list[dict[str, Any]]:
    """Nineteen rules and a default row."""
    cells: list[dict[str, Any]] = [
        {"cause": cause, "kind": kind, "urgent": urgent, "quantity": quantity}
        for cause in CAUSES
        for kind, urgent, quantity in (
            ("quality", True, "-"),
            ("quality", False, "<=300"),
            ("quality", False, ">300"),
            ("delivery", "-", "[100..1000)"),
        )
    ]
    cells[-1] = dict.fromkeys(INPUTS, "-")
    return [
        {"id": f"r{place}", "when": when, "then": {"responsible": f"department {place}"}}
        for place, when in enumerate(cells)
    ]


def decision_table() -> DecisionTable:
    """The table in this library."""
    return DecisionTable(
        name="cause", inputs=INPUTS, outputs={"responsible": "text"}, rules=rules(), hit="first"
    )


def decision_model() -> dict[str, Any]:
    """The same table in zen's JSON decision model."""
    columns = [{"id": name, "name": name, "type": "expression", "field": name} for name in INPUTS]
    content = {
        "hitPolicy": "first",
        "inputs": columns,
        "outputs": [{"id": "out", "name": "out", "type": "expression", "field": "responsible"}],
        "rules": [zen_rule(row) for row in rules()],
    }
    at = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", **at},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content, **at},
        {"id": "out", "type": "outputNode", "name": "out", **at},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def zen_rule(row: dict[str, Any]) -> dict[str, str]:
    """A rule in zen's expressions: texts quoted, a blank cell for any value."""
    cells = {name: zen_cell(cell) for name, cell in row["when"].items()}
    return {"_id": row["id"], **cells, "out": json.dumps(row["then"]["responsible"])}


def zen_cell(cell: str | bool) -> str:
    """One cell in zen's words."""
    if cell == "-":
        return ""
    return cell if isinstance(cell, str) and cell[0] in "<>[" else json.dumps(cell)


def cases(count: int) -> list[dict[str, Any]]:
    """Random facts, the same on every run."""
    draw = random.Random(20)  # noqa: S311  # facts, not secrets
    return [
        {
            "cause": draw.choice(CAUSES),
            "kind": draw.choice(INPUTS["kind"]),
            "urgent": draw.random() < 0.5,  # noqa: PLR2004  # even chances
            "quantity": draw.randrange(1200),
        }
        for _ in range(count)
    ]


def seconds_each(call: Callable[[Any], object], asked: list[Any], rounds: int) -> float:
    """Seconds of a call, the best of some passes over all cases."""
    return best({"pass": lambda: [call(one) for one in asked]}, rounds)["pass"] / len(asked)


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Compares the answers, then the times; zen in the form of the context that is best for it."""
    ours, rounds = decision_table(), 1 if quick else 7
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": decision_model()}}})
    asked = cases(2000)
    for facts in asked:
        assert engine.evaluate("table", facts)["result"] == ours.decide(facts).outputs
    texts = [json.dumps(facts) for facts in asked]
    forms: list[list[Any]] = [asked, texts, [text.encode() for text in texts]]
    yield Row(
        what=Words("one decision, 20 rules on 4 inputs", "一次判定，20 条规则、4 个输入"),
        ours=seconds_each(ours.decide, asked, rounds),
        theirs=min(seconds_each(lambda one: engine.evaluate("table", one), form, rounds) for form in forms),
        packages=("zen-engine",),
        rival=Words(", compiled, static loader", "，已编译、静态加载"),
    )


if __name__ == "__main__":
    print(table(rows()))
