"""The tables of the source procedures, with the figures and the bounds of their clauses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qms_service.errors import NoRouteError, UndecidedError
from qms_service.routing import DecisionTable

PCB_CAUSES = DecisionTable.from_grid(
    """
    | id        | cause     | -> responsible        | -> informed | clause    |
    |-----------|-----------|-----------------------|-------------|-----------|
    | operation | operation | @analysed.responsible | quality     | 4.2.4.8.3 |
    | process   | process   | process               | quality     | 4.2.4.8.3 |
    | unknown   | unknown   | process               | -           | 4.3.1.4   |
    """,
    name="cause_reported",
    inputs={"cause": ["operation", "process", "unknown"]},
)

PCB_CLAIMS = DecisionTable.from_grid(
    """
    | id       | kind     | -> responsible | -> consulted | -> accountable | clause  |
    | quality  | quality  | process        | quality      | marketing      | 4.4.2.2 |
    | delivery | delivery | planning       | marketing    | marketing      | 4.4.2.2 |
    """,
    name="claim evidence",
    inputs={"kind": ["quality", "delivery"]},
)

COACH = DecisionTable.from_grid(
    """
    | id       | part           | supplier_needed | distance_km | -> what | -> within | clause |
    | chassis  | chassis,engine | -               | -           | contact | 12 h      | 3.2.3  |
    | supplier | -              | true            | -           | answer  | 12 h      | 3.2.2  |
    | beyond   | -              | -               | > 100       | answer  | 12 h      | 3.2.2  |
    | near     | body           | false           | <=100       | on site | 24 h      | 3.2.2  |
    """,
    name="coach on site",
    inputs={"part": ["body", "chassis", "engine"], "supplier_needed": "bool", "distance_km": "number[0..]"},
    hit="first",
)

MACHINERY = DecisionTable.from_grid(
    """
    | id     | distance_km  | -> within | clause |
    | near   | <=300        | 24 h      | 4.1.1  |
    | middle | (300..1000]  | 48 h      | 4.1.1  |
    | far    | >1000        | 72 h      | 4.1.1  |
    """,
    name="on site, inside warranty",
    inputs={"distance_km": "number[0..]"},
)


@pytest.mark.parametrize(
    ("cause", "responsible", "clause"),
    [
        ("operation", "@analysed.responsible", "4.2.4.8.3"),
        ("process", "process", "4.2.4.8.3"),
        ("unknown", "process", "4.3.1.4"),
    ],
)
def test_pcb_maker_the_cause_names_who_reports(cause: str, responsible: str, clause: str) -> None:
    decision = PCB_CAUSES.decide({"cause": cause})
    assert decision.outputs["responsible"] == responsible
    assert [ref.number for ref in decision.clauses] == [clause]


def test_pcb_maker_without_a_cause_the_reporter_is_not_decided() -> None:
    with pytest.raises(UndecidedError) as caught:
        PCB_CAUSES.decide({})
    assert caught.value.missing == ("cause",)


@pytest.mark.parametrize(
    ("kind", "responsible", "consulted"),
    [("quality", "process", "quality"), ("delivery", "planning", "marketing")],
)
def test_pcb_maker_the_kind_of_claim_names_who_brings_the_evidence(
    kind: str, responsible: str, consulted: str
) -> None:
    outputs = PCB_CLAIMS.decide({"kind": kind}).outputs
    assert (outputs["responsible"], outputs["consulted"], outputs["accountable"]) == (
        responsible,
        consulted,
        "marketing",
    )


def test_pcb_maker_the_stubborn_problem_would_overlap_in_a_unique_table() -> None:
    table = DecisionTable.from_grid(
        """
        | id        | cause     | stubborn | -> responsible | clause    |
        | stubborn  | -         | true     | process        | 3.4       |
        | operation | operation | -        | operation      | 4.2.4.8.3 |
        | process   | process   | -        | process        | 4.2.4.8.3 |
        """,
        name="three rules for one cause",
        inputs={"cause": ["operation", "process"], "stubborn": "bool"},
    )
    overlaps = table.problems().overlaps
    assert [overlap.rule_ids for overlap in overlaps] == [("stubborn", "operation"), ("stubborn", "process")]


@pytest.mark.parametrize(
    ("part", "supplier_needed", "distance_km", "what", "within"),
    [
        ("body", False, 0, "on site", "24 h"),
        ("body", False, 100, "on site", "24 h"),
        ("body", False, Decimal("100.1"), "answer", "12 h"),
        ("body", False, 101, "answer", "12 h"),
        ("body", True, 50, "answer", "12 h"),
        ("body", True, 500, "answer", "12 h"),
        ("chassis", False, 50, "contact", "12 h"),
        ("engine", True, 500, "contact", "12 h"),
    ],
)
def test_coach_builder_distance_bands(
    part: str, supplier_needed: bool, distance_km: int | Decimal, what: str, within: str
) -> None:
    facts = {"part": part, "supplier_needed": supplier_needed, "distance_km": distance_km}
    outputs = COACH.decide(facts).outputs
    assert (outputs["what"], outputs["within"]) == (what, within)


def test_coach_builder_the_table_has_no_gap_and_every_rule_is_reached() -> None:
    problems = COACH.problems()
    assert (problems.all, problems.proven) == ((), True)


def test_coach_builder_a_chassis_fault_needs_no_distance_and_a_body_fault_does() -> None:
    assert COACH.decide({"part": "chassis"}).outputs["what"] == "contact"
    with pytest.raises(UndecidedError) as caught:
        COACH.decide({"part": "body", "supplier_needed": False})
    assert caught.value.missing == ("distance_km",)


@pytest.mark.parametrize(
    ("distance_km", "within"),
    [
        (0, "24 h"),
        (300, "24 h"),
        (Decimal("300.01"), "48 h"),
        (301, "48 h"),
        (1000, "48 h"),
        (Decimal("1000.5"), "72 h"),
        (1001, "72 h"),
        (12000, "72 h"),
    ],
)
def test_machinery_warranty_bands_include_their_figure(distance_km: int | Decimal, within: str) -> None:
    assert MACHINERY.decide({"distance_km": distance_km}).outputs["within"] == within


def test_machinery_warranty_bands_leave_no_distance_out() -> None:
    assert MACHINERY.problems().all == ()


def test_machinery_warranty_a_forgotten_figure_is_found() -> None:
    table = DecisionTable.from_grid(
        """
        | id     | distance_km | -> within |
        | near   | <300        | 24 h      |
        | middle | (300..1000] | 48 h      |
        | far    | >=1000      | 72 h      |
        """,
        name="both bounds wrong",
        inputs={"distance_km": "number[0..]"},
    )
    problems = table.problems()
    assert [gap.witness for gap in problems.gaps] == [{"distance_km": 300}]
    assert [(one.rule_ids, dict(one.witness)) for one in problems.overlaps] == [
        (("middle", "far"), {"distance_km": 1000})
    ]
    with pytest.raises(NoRouteError):
        table.decide({"distance_km": 300})
