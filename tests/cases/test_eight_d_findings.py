"""What an auditor finds in an 8D report, by the fault that is in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pendulum
import pytest

import qms_service as qms
from qms_service.cases import eight_d, eight_d_findings

NOON: Final = pendulum.datetime(2026, 3, 2, 12, tz="Asia/Shanghai")
RULES: Final = qms.load_rulebook("pcb-maker").on(NOON)
CELLS: Final = (
    "technical_occurrence",
    "technical_non_detection",
    "systemic_occurrence",
    "systemic_non_detection",
)
Told = dict[str, Any]
BY_CAUSE: Final = {"owner": "Zhao", "due": date(2026, 3, 9), "means": "process", "statement": "do it"}
WHOLE: Final[list[tuple[str, Told]]] = [
    ("problem_stated", {"statement": "open", "is_not": "lot 2608", "quantity": 60}),
    *(("cause_proposed", {"cause": f"K{n}", "cell": cell, "statement": "why", "nature": "method"}) for n, cell in enumerate(CELLS)),
    *(("cause_verified", {"cause": f"K{n}"}) for n in range(4)),
    *(("action_planned", {"action": f"A{n}", "cause": f"K{n}", **BY_CAUSE}) for n in range(4)),
    ("actions_approved", {}),
    *(("action_implemented", {"action": f"A{n}", "cut_in": date(2026, 3, 6 + n)}) for n in range(4)),
    *(("effect_measured", {"action": f"A{n}", "before": Decimal("2.5"), "after": Decimal("0.1")}) for n in range(4)),
    ("document_revised", {"document": "WI-77"}),
    ("verified", {"effective": True}),
]  # fmt: skip


def report(*steps: tuple[str, Mapping[str, Any]]) -> qms.Case:
    events = [
        qms.Event(name, NOON + timedelta(hours=n), facts={**facts}) for n, (name, facts) in enumerate(steps)
    ]
    return RULES.adopt(qms.CorrectiveAction(number="8D-1", raised_at=NOON), events)


def codes(case: qms.Case, **more: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # now, clause
    return [(one.code.removeprefix("eight-d."), one.subject) for one in eight_d_findings(case, **more)]


def changed(name: str, number: int = 0, **facts: object) -> list[tuple[str, Told]]:
    """The whole report with other facts in one event; None takes a fact away."""
    steps = list(WHOLE)
    place = [n for n, (step, _) in enumerate(steps) if step == name][number]
    told = {**steps[place][1], **facts}
    steps[place] = (name, {fact: value for fact, value in told.items() if value is not None})
    return steps


def without(name: str, number: int | None = None) -> list[tuple[str, Told]]:
    places = [n for n, (step, _) in enumerate(WHOLE) if step == name]
    gone = places if number is None else [places[number]]
    return [step for n, step in enumerate(WHOLE) if n not in gone]


def test_in_a_whole_report_nothing_is_found() -> None:
    assert codes(report(*WHOLE)) == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (changed("problem_stated", is_not=None), ("no-is_not", "problem_stated")),
        (changed("problem_stated", quantity=None), ("no-quantity", "problem_stated")),
        (without("cause_verified", 1), ("empty-cell", "cause_verified")),
        (changed("action_planned", owner=None), ("nobody-due", "A0")),
        (changed("action_planned", 2, means="training"), ("training-alone", "K2")),
        (without("effect_measured", 3), ("no-effect-data", "A3")),
        (changed("effect_measured", after=None), ("no-effect-data", "A0")),
        (changed("effect_measured", after=Decimal("2.5")), ("no-better", "A0")),
        (without("action_implemented", 0), ("not-implemented", "A0")),
        (without("document_revised"), ("documents-untouched", "document_revised")),
    ],
)
def test_each_fault_is_found_by_its_name(steps: list[tuple[str, Told]], found: tuple[str, str]) -> None:
    assert found in codes(report(*steps))


def test_an_action_against_nothing_is_found_and_the_cause_that_it_leaves_alone() -> None:
    found = codes(report(*changed("action_planned", cause="K9")))
    assert found == [("action-without-cause", "A0"), ("cause-without-action", "K0")]


def test_an_action_against_a_rejected_cause_is_found() -> None:
    steps = [*without("cause_verified", 3), ("cause_rejected", {"cause": "K3", "reason": "no"})]
    assert ("action-without-cause", "A3") in codes(report(*steps))


def test_what_nobody_proposed_or_planned_is_found() -> None:
    stray: list[tuple[str, Told]] = [
        ("cause_verified", {"cause": "K9"}),
        ("action_dropped", {"action": "A9", "reason": "too dear"}),
    ]
    assert codes(report(*WHOLE, *stray)) == [
        ("unknown-cause", "cause_verified"),
        ("unknown-action", "action_dropped"),
    ]


def test_somebodys_error_alone_is_found_and_beside_another_cause_it_is_not() -> None:
    person = [
        (name, {**facts, "nature": "person"} if name == "cause_proposed" else facts) for name, facts in WHOLE
    ]
    assert codes(report(*person)) == [("operator-alone", "cause_verified")]
    assert codes(report(*changed("cause_proposed", nature="person"))) == []


def test_a_share_is_a_figure_too() -> None:
    told = changed("effect_measured", before=None, after=None, share=Decimal(96))
    assert codes(report(*told)) == []


def test_what_was_dropped_is_asked_for_no_more() -> None:
    steps = without("action_implemented", 0)
    at = [name for name, _ in steps].index("verified")
    dropped = [*steps[:at], ("action_dropped", {"action": "A0", "reason": "A1 does it"}), *steps[at:]]
    found = codes(report(*dropped))
    assert ("cause-without-action", "K0") in found
    assert ("not-implemented", "A0") not in found


def test_nothing_is_asked_for_before_its_step() -> None:
    assert codes(report(*WHOLE[:13])) == []  # planned, and not approved yet
    assert codes(report()) == []
    case = report(*without("document_revised"))
    assert codes(case, now=NOON + timedelta(hours=20)) == []


def test_a_reason_for_documents_as_they_are_is_shown() -> None:
    steps = [*without("document_revised"), ("documents_unchanged", {"reason": "the drawing has it"})]
    (finding,) = eight_d_findings(report(*steps))
    assert "the drawing has it" in str(finding)


def test_each_finding_is_a_warning_in_both_languages_that_cites_its_clause() -> None:
    case = report(("verified", {"effective": True}), *changed("problem_stated", is_not=None)[:2])
    for finding in eight_d_findings(case):
        assert str(finding).endswith("[pcb-maker 4.2.3]")
        assert finding.text("zh") != finding.text("en")
        assert not finding.refuses
    cited = eight_d_findings(case, clause=qms.ClauseRef("10.2.3", document="IATF 16949"))
    assert {str(one.clause) for one in cited} == {"IATF 16949 10.2.3"}


def test_a_cause_that_is_reworded_or_corrected_is_open_again() -> None:
    assert [one.outcome for one in eight_d(report(*WHOLE)).causes] == ["verified"] * 4
    again = [*WHOLE, ("cause_proposed", {"cause": "K1", "cell": CELLS[1], "statement": "why not"})]
    assert [one.outcome for one in eight_d(report(*again)).causes] == [
        "verified",
        "open",
        "verified",
        "verified",
    ]
    facts = {"of": 3, "facts": {"statement": "whence"}, "reason": "typing error"}
    corrected = eight_d(report(*WHOLE, ("corrected", facts)))
    assert [one.outcome for one in corrected.causes] == ["open", "verified", "verified", "verified"]


def test_goods_are_made_with_every_action_from_the_last_cut_in_on() -> None:
    assert eight_d(report(*WHOLE)).cut_in_on == date(2026, 3, 9)
    assert eight_d(report(*without("action_implemented", 0))).cut_in_on is None
    assert eight_d(report(*changed("action_implemented", cut_in=None))).cut_in_on is None
    assert eight_d(report()).cut_in_on is None


def test_each_rejection_is_a_revision() -> None:
    twice = [*WHOLE, *[("actions_rejected", {"reason": "who pays"})] * 2]
    assert (eight_d(report(*WHOLE)).revision, eight_d(report(*twice)).revision) == (0, 2)
