"""Each case is asked, and what the library says is compared with what the clause says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.authoring.cases.conftest import LIFTS, Reading

from qms_service.authoring.cases import CaseOutcome, CasesReport, run_cases

STORIES = """\
[stories]
visited = [{ event = "visited", at = "2026-03-02 09:00", cause = "wear", by = "Li" }]
tested = [
    { event = "visited", at = "2026-03-02 09:00", cause = "wear", by = "Li" },
    { event = "tested", at = "2026-03-03 09:00", passed = true, role = "engineer", by = "Wu" },
    { event = "linked", at = "2026-03-03 10:00", kind = "order", case = "O-1" },
]
[stories.order]
kind = "order"
number = "O-1"
events = [{ event = "closed", at = "2026-03-04 09:00" }]
"""
CHECK = 'clause = "5.4.1"\ncheck = "closed"\nat = "2026-03-04 10:00"\n'
CLOCK = 'clause = "5.3"\nstory = "visited"\nclock = "test"\nnow = "2026-03-02 10:00"\n'
OWNER = 'clause = "5.3.1"\nstory = "visited"\nowner = "tested"\nnow = "2026-03-02 10:00"\n'
STEP = 'clause = "5.3"\nstory = "visited"\nstep = "tested"\nnow = "2026-03-02 10:00"\n'
RIGHT = [
    CHECK + 'story = "visited"\nexpect = { refused = ["missing-event tested"] }',
    CHECK.replace("5.4.1", "5.5") + 'story = "tested"\nexpect = { refused = ["link-missing O-1"] }',
    CHECK + 'story = "tested"\nrelated = ["order"]\nexpect = {}',
    CHECK + 'story = "tested"\nrelated = ["order"]\ndepartment = "quality"\nexpect = { warned = ["other-department quality"] }',
    ('clause = "5.3"\nstory = "visited"\ncheck = "tested"\nat = "2026-03-02 10:00"\nrole = "engineer"\nby = "Wu"\n'
    "facts = { passed = false }\nexpect = { refused = [] }"),
    ('clause = "5.3"\nstory = "visited"\ncheck = "tested"\nat = "2026-03-02 10:00"\nby = "Li"\n'
    'expect = { refused = ["missing-fact passed", "role-needed engineer", "same-person visited"] }'),
    CLOCK + 'expect = { state = "running", due = "2026-03-04 09:00", original_due = "2026-03-04 09:00", '
    'warn = "2026-03-03 21:00", gross = "1:00", net = "1:00" }',
    'clause = "5.3"\nclock = "test"\nnow = "2026-03-02 10:00"\nexpect = { state = "not_started" }',
    ('clause = "5.2"\nof_clause = "5.2.1"\nclock = "visit"\nnow = "2026-03-02 09:00"\nsubject = { urgent = true }\n'
    'expect = { state = "running", due = "2026-03-02 10:00" }'),
    OWNER + 'expect = { responsible = "quality", informed = ["SV"], consulted = [] }',
    ('clause = "5.3"\nowner = "tested"\nnow = "2026-03-02 10:00"\n'
    'expect = { responsible = "quality", decided = false, missing = ["visited.cause"] }'),
    STEP + 'expect = { state = "possible" }',
]  # fmt: skip
WRONG = [
    (RIGHT[0].replace("tested", "visited"), ["refused: expected missing-event visited, got missing-event tested"]),
    (RIGHT[0].replace("5.4.1", "5.4"), ["clause cited: expected 5.4, got 5.4.1"]),
    (RIGHT[0].replace("expect = { refused = [", "expect = { warned = ["), [
        "refused: expected –, got missing-event tested",
        "remarked: expected missing-event tested, got –",
    ]),
    (CLOCK + 'expect = { state = "overdue", due = "2026-03-04 09:01", gross = "0:59" }', [
        "state: expected overdue, got running",
        "due: expected 2026-03-04 09:01 +01:00, got 2026-03-04 09:00 +01:00",
        "gross: expected 0:59, got 1:00",
    ]),
    (CLOCK + 'expect = { state = "running" }', ["due: expected –, got 2026-03-04 09:00 +01:00"]),
    (CLOCK + 'of_clause = "5.4"\nexpect = { state = "running", due = "2026-03-04 09:00" }', [
        "clause cited: expected 5.4, got 5.3",
    ]),
    (OWNER + "expect = { decided = false }", [
        "responsible: expected –, got quality",
        "decided: expected false, got true",
    ]),
    (OWNER.replace("5.3.1", "5.3.2") + 'expect = { responsible = "quality" }', [
        "clause cited: expected 5.3.2, got 5.3.1",
    ]),
    (('clause = "5.3.1"\nof_clause = "5.3.1"\nowner = "tested"\nnow = "2026-03-02 10:00"\n'
     'expect = { responsible = "quality", decided = false, missing = ["visited.cause"] }'), [
        "clause cited: expected 5.3.1, got 5.3",
    ]),
    (STEP + 'expect = { state = "blocked" }', ["state: expected blocked, got possible"]),
]  # fmt: skip


def report(read: Reading, *cases: str) -> CasesReport:
    told = "\n".join(f'[[case]]\nsentence = "s"\n{case}' for case in cases)
    return run_cases(read(f"{STORIES}\n{told}\n"))


def outcome(read: Reading, case: str) -> CaseOutcome:
    (found,) = report(read, case).outcomes
    return found


@pytest.mark.parametrize("case", RIGHT)
def test_what_the_clause_says_passes(case: str, read: Reading) -> None:
    found = outcome(read, case)
    assert found.passed, str(found)


@pytest.mark.parametrize(("case", "said"), WRONG)
def test_every_difference_is_told_with_what_was_expected_and_what_came(
    case: str, said: list[str], read: Reading
) -> None:
    found = outcome(read, case)
    assert found.state == "failed"
    assert [one.text() for one in found.differences] == said
    assert str(found).splitlines()[1 : len(said) + 1] == [f"  {one}" for one in said]


def test_a_failure_in_words_has_its_clause_its_line_and_what_the_rules_found(read: Reading) -> None:
    told = report(read, WRONG[0][0])
    head, failed, difference, found, *notes, summary = str(told).splitlines()
    assert head.endswith("cases.toml")
    assert failed == "  20: not as the clause says: 5.4.1 s"
    assert difference == "    refused: expected missing-event visited, got missing-event tested"
    assert found == "    closed needs tested (tested) on record first. [lifts 5.4.1]"
    assert notes
    assert summary == "1 case: 0 as the clause says, 1 not."
    assert told.text("zh").splitlines()[-1] == "1 个用例：0 个与条款一致，1 个不一致。"


def test_a_case_that_nobody_has_answered_is_neither_passed_nor_failed(read: Reading) -> None:
    told = report(read, CLOCK, RIGHT[0])
    assert [one.state for one in told.outcomes] == ["unanswered", "passed"]
    assert "to be answered: 5.3 s (clock test)" in str(told)
    assert told.summary() == "2 cases: 1 as the clause says, 1 to be answered."
    assert (told.is_clean(), told.is_clean(strict=True)) == (True, False)


def test_a_failure_is_not_clean(read: Reading) -> None:
    assert not report(read, WRONG[0][0]).is_clean()
    assert report(read, RIGHT[0]).is_clean(strict=True)


def test_the_same_as_json(read: Reading) -> None:
    data = json.loads(json.dumps(report(read, WRONG[3][0], CLOCK).data()))
    assert (data["schema"], data["rulebook"], data["edition"]) == ("qms-cases/1", "lifts", "1")
    assert (data["passed"], data["failed"], data["unanswered"]) == (0, 1, 1)
    failed, _ = data["cases"]
    text = failed.pop("text")
    assert text.startswith("not as the clause says: 5.3 s\n")
    assert [one.pop("text")[:6] for one in failed["differences"]] == ["state:", "due: e", "gross:"]
    assert failed == {
        "line": 20,
        "path": "case[0]",
        "clause": "5.3",
        "sentence": "s",
        "question": "clock",
        "name": "test",
        "state": "failed",
        "differences": [
            {"key": "state", "expected": "overdue", "got": "running"},
            {"key": "due", "expected": "2026-03-04 09:01 +01:00", "got": "2026-03-04 09:00 +01:00"},
            {"key": "gross", "expected": "0:59 h", "got": "1:00 h"},
        ],
    }
    refused = report(read, WRONG[0][0]).data("zh")["cases"][0]["differences"][0]
    assert (refused["expected"], refused["got"]) == (["missing-event visited"], ["missing-event tested"])
    assert refused["text"] == "拒绝：应为 missing-event visited，得到 missing-event tested"


def test_what_no_answered_case_speaks_of_is_told(read: Reading) -> None:
    told = report(read, CLOCK)
    assert [(one.sort, one.path) for one in told.uncovered] == [
        *(("clause", one) for one in ("5.1", "5.2", "5.3", "5.4", "5.4.1", "5.5", "5.2.1", "5.2.2", "5.2.3", "5.3.1", "5.3.2")),
        ("gate", "repair.events.tested"),
        ("gate", "repair.events.closed"),
        ("clock", "repair.clocks.visit"),
        ("clock", "repair.clocks.test"),
        ("route", "repair.routes.visited"),
        ("clause", "6.1"),
        ("clause", "6.2"),
        ("gate", "order.events.closed"),
    ]  # fmt: skip
    assert "no case asks how repair.clocks.test stands [lifts 5.3]" in str(told)
    assert told.data()["uncovered"][0] == {
        "sort": "clause", "path": "5.1", "clause": "5.1", "text": "no case speaks of clause 5.1",
    }  # fmt: skip
    assert told.data()["uncovered"][15]["clause"] is None  # a route cites none; its rows do


def test_the_clause_of_a_pause_wants_a_case_too(read: Reading, lifts: Path) -> None:
    pause = '\n[repair.pauses.part]\nclause = "5.9"\nfrom = "visited"\nto = "tested"\n'
    lifts.write_text(LIFTS + pause, encoding="utf-8")
    assert "no case speaks of clause 5.9" in str(report(read, CLOCK))
    assert "5.9" not in str(
        report(read, RIGHT[0].replace('clause = "5.4.1"', 'clause = "5.9"\nof_clause = "5.4.1"'))
    )


def test_a_row_is_spoken_of_by_a_case_that_it_answers(read: Reading) -> None:
    told = report(read, *RIGHT)
    rows = [one for one in told.uncovered if one.sort == "row"]
    assert [one.path for one in rows] == [
        "repair.clocks.visit.within.table[high]",
        "repair.clocks.visit.within.table[else]",
    ]
    assert str(rows[0]) == "no case is answered by repair.clocks.visit.within.table[high] [lifts 5.2.2]"


def test_facts_that_a_table_does_not_take_speak_of_no_row(read: Reading) -> None:
    case = 'clause = "5.2"\nclock = "visit"\nnow = "2026-03-02 09:00"\nsubject = { floor = 900 }\nexpect = { state = "unknown" }'
    rows = [one.path for one in report(read, case).uncovered if one.sort == "row"]
    assert [path[-6:] for path in rows] == ["[fast]", "[high]", "[else]"]
