"""A decision on 20 rules and 4 inputs against zen-engine at its best, in one run.

Run: python benchmarks/routing.py

The same table for both: a text, a list of values, a bool and a number; hit policy `first`, the default row
last. zen's best is its static loader with the table compiled when the engine is made, and the context as
bytes of JSON made beforehand. Both answer 2,000 random cases alike before anything is timed.
"""

from __future__ import annotations

import json
import random
import timeit
from importlib.metadata import version
from typing import Any

import zen

from qms_service.routing import DecisionTable

CAUSES = ("operation", "process", "material", "design", "tooling")
INPUTS: dict[str, Any] = {
    "cause": "text",
    "kind": ["quality", "delivery"],
    "urgent": "bool",
    "quantity": "number[0..]",
}


def rows() -> list[dict[str, Any]]:
    """Nineteen rules and a default row."""
    rules = [
        {"cause": cause, "kind": kind, "urgent": urgent, "quantity": quantity}
        for cause in CAUSES
        for kind, urgent, quantity in (
            ("quality", True, "-"),
            ("quality", False, "<=300"),
            ("quality", False, ">300"),
            ("delivery", "-", "[100..1000)"),
        )
    ]
    rules[-1] = dict.fromkeys(INPUTS, "-")
    return [
        {"id": f"r{place}", "when": when, "then": {"responsible": f"department {place}"}}
        for place, when in enumerate(rules)
    ]


def table() -> DecisionTable:
    """The table in this library."""
    return DecisionTable(
        name="cause", inputs=INPUTS, outputs={"responsible": "text"}, rules=rows(), hit="first"
    )


def decision_model() -> dict[str, Any]:
    """The same table in zen's JSON decision model."""
    columns = [{"id": name, "name": name, "type": "expression", "field": name} for name in INPUTS]
    content = {
        "hitPolicy": "first",
        "inputs": columns,
        "outputs": [{"id": "out", "name": "out", "type": "expression", "field": "responsible"}],
        "rules": [zen_rule(row) for row in rows()],
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


def best(call: Any, asked: list[Any]) -> float:  # noqa: ANN401  # either library's function
    """Microseconds a call, the best of seven passes over all cases."""
    passes = timeit.repeat(lambda: [call(one) for one in asked], number=1, repeat=7)
    return min(passes) / len(asked) * 1e6


def main() -> None:
    """Compares the answers, then the times."""
    ours = table()
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": decision_model()}}})
    asked = cases(2000)
    for facts in asked:
        assert engine.evaluate("table", facts)["result"] == ours.decide(facts).outputs
    contexts: dict[str, list[Any]] = {
        "dict": asked,
        "str": [json.dumps(facts) for facts in asked],
        "bytes": [json.dumps(facts).encode() for facts in asked],
    }
    theirs = {
        form: best(lambda context: engine.evaluate("table", context), contexts[form]) for form in contexts
    }
    here, there = best(ours.decide, asked), min(theirs.values())
    print(f"qms_service         {here:6.2f} µs a decision, 20 rules x 4 inputs")
    for form, time in theirs.items():
        print(f"zen {version('zen-engine')}, {form:<6} {time:6.2f} µs")
    print(f"ratio to zen at its best: {there / here:.1f} x")


if __name__ == "__main__":
    main()
