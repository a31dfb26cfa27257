"""Each check finds the fault that it is for, in its place and with what shows it, and nothing in a sound rulebook."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pendulum
import pytest
from tests.authoring.lint.conftest import SOUND, Plant

import qms_service as qms
from qms_service.authoring.lint import LintFinding, LintReport

Change = tuple[str, str]
REPORTED = 'label  = { en = "Reported", zh = "报修" }\nby     = "service"\n'
VISITED = 'label  = { en = "Visited", zh = "到达现场" }\nby     = "service"\nneeds  = ["reported"]\n'
TESTED = 'role   = "head"\nneeds  = ["visited"]\n'
ORDERED = 'needs  = ["visited"]\nwhen   = { "visited.cause" = "wear" }\n'


def told(found: tuple[LintFinding, ...]) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.path) for one in found]


def test_a_sound_rulebook_has_no_findings(checked: Callable[[str], LintReport]) -> None:
    assert checked(SOUND).findings == ()


def test_the_sound_rulebook_has_every_list_that_the_checks_read() -> None:
    for section in ("departments", "roles", "params", "clauses", "pauses", "clocks", "routes"):
        assert f"{section}." in SOUND or f"[{section}]" in SOUND


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(
            (REPORTED, REPORTED + 'needs  = ["reported"]\n'),
            [("error", "opening-gated", "repair.events.reported.needs")],
            id="an opening that waits for itself: it happens all the same",
        ),
        pytest.param(
            (REPORTED, REPORTED + 'needs  = [{ settled = ["order"], clause = "5.1" }]\n'),
            [
                ("warning", "link-unknown", "repair.events.reported"),
                ("error", "opening-gated", "repair.events.reported.needs"),
            ],
            id="an opening that waits for linked cases",
        ),
        pytest.param(
            (TESTED, 'role   = "head"\nneeds  = ["visited", { event = "tested", after = "visited" }]\n'),
            [
                ("error", "step-unreachable", "repair.events.tested"),
                ("error", "closing-unreachable", "repair.events.closed"),
                ("error", "clock-never-stops", "repair.clocks.test.to"),
            ],
            id="a step that waits for itself, and all that waits for it",
        ),
        pytest.param(
            (VISITED, VISITED.replace('["reported"]', '["reported", "closed"]')),
            [
                ("error", "step-unreachable", "repair.events.visited"),
                ("error", "step-unreachable", "repair.events.parts_ordered"),
                ("warning", "condition-never", "repair.events.parts_ordered.when"),
                ("error", "step-unreachable", "repair.events.parts_received"),
                ("warning", "condition-never", "repair.events.parts_received.when"),
                ("error", "step-unreachable", "repair.events.tested"),
                ("error", "closing-unreachable", "repair.events.closed"),
                ("warning", "condition-never", "repair.events.closed.needs[0].when"),
                ("warning", "condition-never", "repair.events.closed.needs[1].when"),
                ("error", "pause-never-starts", "repair.pauses.parts.from"),
                ("error", "pause-never-ends", "repair.pauses.parts.to"),
                ("error", "clock-never-stops", "repair.clocks.visit.to"),
                ("error", "clock-never-starts", "repair.clocks.test.from"),
                ("error", "clock-never-stops", "repair.clocks.test.to"),
            ],
            id="a step that waits for the closing, which takes no step after it",
        ),
        pytest.param(
            (
                ORDERED,
                (
                    'needs  = [{ event = "visited", where = { cause = "misuse" } }, '
                    '{ event = "visited", where = { cause = "wear" } }]\nwhen   = { "visited.cause" = "wear" }\n'
                ),
            ),
            [
                ("error", "step-contradiction", "repair.events.parts_ordered"),
                ("error", "step-unreachable", "repair.events.parts_received"),
                ("warning", "closing-blocked", "repair.events.closed"),
                ("error", "pause-never-starts", "repair.pauses.parts.from"),
                ("error", "pause-never-ends", "repair.pauses.parts.to"),
            ],
            id="a step whose two gates shut each other out, and the cases that need it",
        ),
        pytest.param(
            (
                'label  = { en = "Closed", zh = "关闭" }',
                'label  = { en = "Closed", zh = "关闭" }\nsettled = ["repairs"]',
            ),
            [("warning", "link-unknown", "repair.events.closed")],
            id="a gate on linked cases of a kind that is not there",
        ),
        pytest.param(
            ('when  = { "visited.cause" = "misuse" }\n', 'when  = { "visited.cause" = [] }\n'),
            [
                ("warning", "closing-ungated", "repair.events.closed"),
                ("warning", "condition-never", "repair.events.closed.needs[1].when"),
            ],
            id="a closing that forgets one sort of case",
        ),
        pytest.param(
            ('to     = "visited"\n', 'to     = { event = "visited", after = "visited" }\n'),
            [("error", "clock-never-stops", "repair.clocks.visit.to")],
            id="a clock that stops at what is never later than itself",
        ),
        pytest.param(
            ('paused_by = ["parts"]\n', ""),
            [("warning", "pause-unused", "repair.pauses.parts")],
            id="a pause that stops nothing",
        ),
        pytest.param(
            ("| normal | false  | 3 d       | 5.4    |\n", ""),
            [("error", "term-gap", "repair.clocks.test.within.table")],
            id="a term for the urgent alone",
        ),
        pytest.param(
            ("| misuse | misuse | quality        | 5.4    |\n", ""),
            [
                ("warning", "department-unused", "departments.quality"),
                ("warning", "route-gap", "repair.routes.tested.table"),
            ],
            id="a route for one cause alone, and the department that loses its only work",
        ),
        pytest.param(
            (
                "[repair.routes.tested]\ntable = '''\n",
                "[repair.routes.tested]\nhit = \"first\"\ntable = '''\n",
            ),
            [],
            id="a route from the top whose rows keep apart",
        ),
        pytest.param(
            (
                "[repair.routes.tested]\ntable = '''\n| id     | cause  | -> responsible | clause |\n",
                (
                    "[repair.routes.tested]\nhit = \"first\"\ntable = '''\n| id     | cause  | -> responsible | clause |\n"
                    "| all | wear, misuse | quality | 5.4 |\n"
                ),
            ),
            [
                ("warning", "row-unreachable", "repair.routes.tested.table"),
                ("warning", "row-unreachable", "repair.routes.tested.table"),
            ],
            id="a row that takes all from those below",
        ),
        pytest.param(
            (
                'label  = { en = "Closed", zh = "关闭" }\nby     = "service"\n',
                'label  = { en = "Closed", zh = "关闭" }\n',
            ),
            [("warning", "nobody-responsible", "repair.events.closed")],
            id="a step that nobody does",
        ),
        pytest.param(
            ("| cause  | -> responsible | clause |", "| cause  | -> informed | clause |"),
            [("warning", "nobody-responsible", "repair.events.tested")],
            id="a route that informs and names nobody responsible",
        ),
        pytest.param(
            (
                "[repair.routes.tested]",
                (
                    '[repair.routes.first]\nsteps = ["tested"]\nhit = "first"\ntable = \'\'\'\n| id | cause | -> responsible |'
                    " clause |\n| any | - | quality | 5.4 |\n'''\n[repair.routes.tested]"
                ),
            ),
            [("warning", "route-hidden", "repair.routes.tested")],
            id="two routes for one step",
        ),
        pytest.param(
            ("[roles]\n", '[roles]\ndeputy = { en = "Deputy", zh = "副经理", clause = "3.2" }\n'),
            [("warning", "role-unused", "roles.deputy")],
            id="a role that no step asks for",
        ),
        pytest.param(
            ("[departments]\n", '[departments]\nsales = { en = "Sales", zh = "业务部" }\n'),
            [("warning", "department-unused", "departments.sales")],
            id="a department without work",
        ),
        pytest.param(
            ('value = "6 h"', 'value = "?"'),
            [("warning", "param-unset", "params.visit_within")],
            id="a figure that the source lost",
        ),
        pytest.param(
            ('value = "6 h"', 'value = "?", note = "the customer sets it"'),
            [("note", "param-unset", "params.visit_within")],
            id="a figure that is open, and why",
        ),
        pytest.param(
            ('within = "$visit_within"', 'within = "6 h"'),
            [("warning", "param-unused", "params.visit_within")],
            id="a figure that no rule uses",
        ),
        pytest.param(
            ('[repair.pauses.parts]\nclause = "5.3"\n', "[repair.pauses.parts]\n"),
            [("warning", "clause-missing", "repair.pauses.parts")],
            id="a rule without a clause",
        ),
        pytest.param(
            ('{ value = "6 h", clause = "5.2" }', '{ value = "6 h", clause = "5.9" }'),
            [("warning", "clause-unlisted", "params.visit_within")],
            id="a clause that the list does not have",
        ),
        pytest.param(
            ('{ value = "6 h", clause = "5.2" }', '{ value = "6 h", clause = "1.0" }'),
            [("warning", "clause-cited-no-rule", "params.visit_within")],
            id="a rule that rests on what is no rule",
        ),
        pytest.param(
            ('"1.0" =', '"6.1" = { status = "rule", en = "Survey", zh = "回访" }\n"1.0" ='),
            [("warning", "clause-without-rule", "clauses.6.1")],
            id="a clause without its rule",
        ),
        pytest.param(
            ('"5.1" = { status = "rule"', '"5.1" = { status = "lost"'),
            [
                ("note", "clause-lost", "clauses.5.1"),
                ("warning", "clause-cited-lost", "repair.events.reported"),
            ],
            id="a clause that the source lost, and a rule that cites it",
        ),
        pytest.param(
            ('service = { en = "Service", zh = "客服部" }', 'service = { en = "Service" }'),
            [("warning", "text-missing", "departments.service")],
            id="a name without Chinese",
        ),
        pytest.param(
            ('passed = { type = "bool", en = "Passed", zh = "合格" }', 'passed = "bool"'),
            [("note", "text-missing", "repair.events.tested.facts.passed")],
            id="a fact without a name",
        ),
        pytest.param(
            ('timezone = "Asia/Shanghai"\n', 'timezone = "Asia/Shanghai"\ncalendar = "plant"\n'),
            [("note", "calendar-assumed", "calendar")],
            id="a calendar that is not supplied",
        ),
    ],
)
def test_a_planted_fault_is_found(planted: Plant, change: Change, found: list[tuple[str, str, str]]) -> None:
    assert told(planted(change)) == found


def test_a_rulebook_without_a_closing_says_that_its_cases_never_close(planted: Plant) -> None:
    start = SOUND.index("[repair.events.closed]")
    closing = SOUND[start : SOUND.index("[repair.pauses.parts]")]
    assert told(planted((closing, ""))) == [("warning", "closing-missing", "repair")]


def test_the_witness_of_a_gap_is_facts_that_fall_into_it(planted: Plant) -> None:
    (gap,) = planted(("| normal | false  | 3 d       | 5.4    |\n", ""))
    assert dict(gap.witness) == {"urgent": False}
    assert "urgent = false" in gap.text()


def test_the_witness_of_a_case_that_cannot_close_is_its_facts(planted: Plant) -> None:
    found = planted((ORDERED, ORDERED.replace('"visited"]', '"visited", "parts_ordered"]')))
    (blocked,) = [one for one in found if one.code == "closing-blocked"]
    assert dict(blocked.witness) == {"visited.cause": "wear"}


def test_a_step_that_lacks_another_names_it_with_the_clause_and_the_line(planted: Plant) -> None:
    found = planted((ORDERED, ORDERED.replace('"visited"]', '"visited", "parts_received"]')))
    first = next(one for one in found if one.path == "repair.events.parts_ordered")
    assert first.line == SOUND[: SOUND.index("[repair.events.parts_ordered]")].count("\n") + 1
    assert str(first.clause) == "pumps 5.3"
    assert first.facts["lacking"] == ("parts_received",)
    assert "parts_received" in first.text("zh")


def test_where_a_fact_is_a_department_any_of_them_may_be_named(planted: Plant) -> None:
    sales = ("[departments]\n", '[departments]\nsales = { en = "Sales", zh = "业务部" }\n')
    fact = (
        "[repair.subject]\n",
        '[repair.subject]\nowner = { type = "department", en = "Owner", zh = "负责" }\n',
    )
    assert planted(sales, fact) == ()


def test_a_department_that_a_gate_or_a_deputy_names_is_used(planted: Plant) -> None:
    sales = ("[departments]\n", '[departments]\nsales = { en = "Sales", zh = "业务部" }\n')
    gate = (TESTED, 'role = "head"\nneeds = [{ event = "visited", where = { department = "sales" } }]\n')
    assert planted(sales, gate) == ()
    deputy = ('zh = "质保部" }', 'zh = "质保部", deputies = ["sales"] }')
    assert planted(sales, deputy) == ()


def test_a_role_that_stands_in_for_one_that_is_asked_for_is_used(planted: Plant) -> None:
    roles = ("[roles]\n", '[roles]\ndeputy = { en = "Deputy", zh = "副经理", clause = "3.2" }\n')
    stands_in = (
        'zh = "客服经理", clause = "3.2" }',
        'zh = "客服经理", clause = "3.2", deputies = ["deputy"] }',
    )
    assert planted(roles, stands_in) == ()


def test_a_table_too_large_to_prove_tells_some_gaps_and_counts_the_others(
    checked: Callable[[str], LintReport],
) -> None:
    draw = random.Random(1)  # noqa: S311  # a fixed series, no secret
    names = [f"n{index}" for index in range(8)]
    lows = [[draw.randrange(100) for _ in names] for _ in range(30)]
    cells = (" | ".join(f"[{low}..{low + 40}]" for low in row) for row in lows)
    rows = "".join(f"| {index} | {row} | 1 d | 5.4 |\n" for index, row in enumerate(cells))
    start = SOUND.index("| id     | urgent |")
    grid = f"| id | {' | '.join(names)} | -> within | clause |\n{rows}"
    text = SOUND[:start] + grid + SOUND[SOUND.index("'''\n\n[repair.routes") :]
    text = text.replace("[repair.clocks.test.within]\n", '[repair.clocks.test.within]\nhit = "first"\n')
    facts = "".join(f'{name} = {{ type = "int", en = "N", zh = "数" }}\n' for name in names)
    text = text.replace("[repair.subject]\n", f"[repair.subject]\n{facts}")
    codes = Counter(one.code for one in checked(text).findings)
    assert codes == {"term-gap": 5, "more-gaps": 1, "table-unproven": 1}


def test_of_many_sorts_of_cases_that_close_without_a_gate_five_are_told(planted: Plant) -> None:
    start = SOUND.index("[[repair.events.closed.needs]]")
    gates = SOUND[start : SOUND.index("[repair.pauses.parts]")]
    flags = "".join(f'f{index} = {{ type = "bool", en = "F", zh = "标" }}\n' for index in range(3))
    when = ", ".join(f'"subject.f{index}" = true' for index in range(3))
    one_gate = f'[[repair.events.closed.needs]]\nevent = "tested"\nwhen = {{ {when} }}\n'
    found = planted((gates, one_gate), ("[repair.subject]\n", f"[repair.subject]\n{flags}"))
    assert [one.code for one in found] == ["closing-ungated"] * 5
    assert all(False in one.witness.values() for one in found)


def test_cases_that_a_step_out_of_reach_would_tell_apart_are_left_to_its_own_finding(planted: Plant) -> None:
    waits = (VISITED, VISITED.replace('["reported"]', '["reported", "visited"]'))
    free = (
        "[[repair.events.closed.needs]]\n",
        '[[repair.events.closed.needs]]\nevent = "reported"\n[[repair.events.closed.needs]]\n',
    )
    assert not [one for one in planted(waits, free) if one.code in {"closing-blocked", "closing-ungated"}]


def test_a_case_opens_without_the_gates_of_its_opening_and_its_review_tells(tmp_path: Path) -> None:
    file = tmp_path / "pumps.toml"
    file.write_text(SOUND.replace(REPORTED, REPORTED + 'needs  = ["reported"]\n'), encoding="utf-8")
    morning = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
    subject = qms.Subject(kind="repair", number="1", opened_at=morning, facts={"urgent": True})
    (rules,) = qms.load_rulebook(file).editions
    case = rules.open(subject)
    assert [event.name for event in case.history] == ["reported"]
    assert "missing-event" in [found.code for found in rules.review(case)]
