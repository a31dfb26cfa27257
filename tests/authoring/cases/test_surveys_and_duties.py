"""Cases that ask what a survey comes to and when a duty is due: read, answered, refused, drafted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebooks.surveys import GLAZIER

import qms_service as qms
from qms_service.authoring.cases import CasesReport, read_cases, run_cases, skeleton

HEAD = """\
rulebook = "glazier"
kind     = "upkeep"
received = "2026-01-05 08:00"
[subjects.upkeep]
customer = "ACME"
"""
ANSWERS = """
asked     = ["ACME", "BOLT", "CORE"]
responses = [
    { customer = "ACME", answers = { glass = 2, putty = 5 } },
    { customer = "BOLT", respondent = "Li", answers = { glass = 5, putty = "does not apply" } },
]
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "glazier.toml"
    file.write_text(GLAZIER, encoding="utf-8")
    return file


def run(book: Path, cases: str) -> CasesReport:
    file = book.with_name("cases.toml")
    file.write_text(HEAD + cases, encoding="utf-8")
    return run_cases(read_cases(file, book))


def said(report: CasesReport) -> list[str]:
    return [one.text() for one in report.outcomes]


def case(text: str, clause: str = "7.1") -> str:
    return f'[[case]]\nclause = "{clause}"\nsentence = "as the clause says"\n{text}\n'


def test_a_survey_comes_to_its_score_and_its_follow_ups(book: Path) -> None:
    """ACME: 2 on 1 to 5 is 25, 5 is 100, weighed 3 to 1: 43.75. BOLT: 100, for what does not apply weighs nothing."""
    right = case(
        f'survey = "yearly"{ANSWERS}on = 2026-06-01\n'
        'expect = { score = 71.88, answered = 2, asked = 3, follow_ups = ["poor ACME"], '
        'targets = ["score missed", "growth unknown"] }'
    )
    assert said(run(book, right)) == ["as the clause says: 7.1 as the clause says"]
    wrong = right.replace("71.88", "71.8").replace('"poor ACME"', "")
    assert said(run(book, wrong))[0].splitlines()[1:] == [
        "  score: expected 71.8, got 71.9",
        "  follow-ups: expected –, got poor ACME",
    ]


def test_a_survey_without_an_answer_has_no_score(book: Path) -> None:
    silent = case('survey = "yearly"\nresponses = []\nexpect = { answered = 0 }')
    assert run(book, silent).is_clean()
    zero = case('survey = "yearly"\nresponses = []\nexpect = { score = 0 }')
    assert not run(book, zero).is_clean()


def test_the_survey_before_and_complaints_count_where_a_rule_looks_at_them(book: Path) -> None:
    more = """
[surveys.yearly.follow_ups.worse]
clause = "7.3"
when   = "below-last-time"
[surveys.yearly.follow_ups.wrote]
clause = "7.3"
when   = "written-complaint"
"""
    book.write_text(GLAZIER + more, encoding="utf-8")
    asked = case(
        'survey = "yearly"\nbefore = [{ customer = "ACME", answers = { glass = 5, putty = 5 } }]\n'
        'complaints = ["BOLT"]\nresponses = [{ customer = "ACME", answers = { glass = 4, putty = 5 } }]\n'
        'expect = { score = 81.3, follow_ups = ["worse ACME", "wrote BOLT"] }',
        clause="7.3",
    )
    assert run(book, asked).failed == ()


def test_a_duty_is_due_and_stands_as_its_events_say(book: Path) -> None:
    """What is done on 20 January is that of December, fifteen days late; nothing was done in February."""
    asked = case(
        'duty = "upkeep"\nstart = 2026-01-01\nend = 2026-04-01\nnow = "2026-03-02 09:00"\n'
        'given = [{ event = "done", at = "2026-01-20 09:00", result = "fit", checker = "works" }]\n'
        'expect = { due = [2026-01-05, 2026-02-05, 2026-03-05], states = ["met_late", "overdue", "due"] }',
        clause="6.1",
    )
    assert run(book, asked).failed == ()
    late = run(book, asked.replace("2026-03-05]", "2026-03-06]"))
    assert "due: expected 2026-01-05, 2026-02-05, 2026-03-06" in said(late)[0]


def test_a_duty_that_is_owed_to_each_is_asked_for_its_objects(book: Path) -> None:
    asked = case(
        'duty = "care"\nobjects = ["ACME"]\nstart = 2026-01-01\nend = 2026-04-01\nexpect = { due = [] }',
        clause="6.2",
    )
    assert run(book, asked).is_clean()  # nobody says since when it is a customer


def test_the_clause_that_an_answer_cites_counts(book: Path) -> None:
    asked = case('duty = "calls"\nstart = 2026-01-01\nend = 2026-04-01\nexpect = { due = [] }', clause="9")
    assert said(run(book, asked))[0].splitlines()[1:] == ["  clause cited: expected 9, got 7.4"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('survey = "yaerly"\nresponses = []', "case[0].survey"),
        ('survey = "yearly"\nresponses = [7]', "case[0].responses[0]"),
        ('survey = "yearly"\nresponses = [{ total = 7 }]', "case[0].responses[0].customer"),
        ('survey = "yearly"\nresponses = [{ customer = "A", answers = { glass = "good" } }]', "case[0].responses[0].answers.glass"),
        ('survey = "yearly"\nresponses = [{ customer = "A", answers = { glas = 4 } }]', "case[0].responses"),
        ('survey = "yearly"\nresponses = [{ customer = "A", answers = { glass = 9 } }]', "case[0].responses"),
        ('survey = "yearly"\nresponses = [{ customer = "A", total = -1 }]', "case[0].responses[0]"),
        ('survey = "yearly"\nresponses = []\nwhen = 7', "case[0].when"),
        ('survey = "yearly"\nresponses = []\nexpect = { state = "met" }', "case[0].expect.state"),
        ('survey = "yearly"\nresponses = []\nbefore = [{ customer = "A", total = 999 }]', "case[0].before"),
        ('duty = "upkep"\nstart = 2026-01-01\nend = 2026-02-01', "case[0].duty"),
        ('duty = "upkeep"\nend = 2026-02-01', "case[0].start"),
        ('duty = "upkeep"\nstart = 2026-01-01\nend = 2026-02-01T08:00:00', "case[0].end"),
        ('duty = "calls"\nstart = 2026-01-01\nend = 2026-02-01\ngiven = [{ event = "done", at = "2026-01-02 08:00" }]', "case[0].given"),
        ('duty = "upkeep"\nstart = 2026-01-01\nend = 2026-02-01\nexpect = { due = ["2026-01-05"] }', "case[0].expect.due[0]"),
        ('duty = "upkeep"\nstart = 2026-01-01\nend = 2026-02-01\nexpect = { due = [], states = ["done"] }', "case[0].expect.states[0]"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_where_it_stands(text: str, path: str, book: Path) -> None:
    with pytest.raises(qms.RulebookError) as refused:
        run(book, case(text))
    assert path in {one.path for one in refused.value.problems}
    assert all(one.text("zh") for one in refused.value.problems)


def test_a_survey_and_a_duty_that_no_case_asks_about_are_named(book: Path) -> None:
    report = run(
        book,
        case('duty = "calls"\nstart = 2026-01-01\nend = 2026-04-01\nexpect = { due = [] }', clause="7.4"),
    )
    beside = {(one.sort, one.path) for one in report.uncovered if not one.path.startswith("upkeep")}
    assert {("survey", "surveys.yearly"), ("duty", "duties.upkeep"), ("duty", "duties.care")} <= beside
    assert {
        ("clause", "7.1"),
        ("clause", "7.1.2"),
        ("clause", "7.2.1"),
        ("clause", "7.3"),
        ("clause", "7.5"),
    } <= beside
    assert ("duty", "duties.calls") not in beside
    told = [one.text() for one in report.uncovered if one.sort in ("survey", "duty")]
    assert told[0] == "no case asks what surveys.yearly comes to [glazier 7.1]"
    assert told[1] == "no case asks when duties.upkeep is due [glazier 6.1]"


def test_a_skeleton_asks_about_each_survey_and_each_duty(book: Path) -> None:
    more = """
[surveys.effort]
clause     = "7.6"
full_marks = 10
[surveys.effort.scales.hours]
low      = 0
high     = 2.5
polarity = "negative"
[surveys.effort.items.wait]
scale = "hours"
[duties.year]
clause = "7.7"
every  = "year"
[duties.unclear]
every = "year"
[surveys.nobody]
full_marks = 5
"""
    book.write_text(GLAZIER + more, encoding="utf-8")
    text = skeleton(book)
    assert 'responses = [{ customer = "A", answers = { glass = 5, putty = 5 } }, ' in text
    assert '{ customer = "A", answers = { wait = 0 } }, { customer = "B", answers = { wait = 2.5 } }' in text
    assert "# expect = { score = 50.0, answered = 2, asked = 3, follow_ups" in text
    assert 'duty     = "year"\nstart    = 2026-01-01\nend      = 2027-01-01' in text
    assert "# expect = { due = [2026-01-05, 2026-02-05, 2026-03-05] }" in text
    for absent in ('duty     = "care"', 'duty     = "unclear"', 'survey   = "nobody"'):
        assert absent not in text
    filled = text.replace('sentence = "?"', 'sentence = "so"').replace("# expect", "expect")
    file = book.with_name("skeleton.toml")
    file.write_text(filled, encoding="utf-8")
    assert run_cases(read_cases(file, book)).is_clean(strict=True)


def test_a_survey_of_totals_alone_is_drafted_in_totals() -> None:
    assert '{ customer = "A", total = 100 }, { customer = "B", total = 50 }' in skeleton("pcb-maker")
