"""Who does a step: the step's own rule, the routes, and what is still missing to tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

import qms_service as qms

Book = Callable[..., qms.Rulebook]
SHANGHAI = ZoneInfo("Asia/Shanghai")
STEPS = """
[lease.events.judged]
facts = { cause = "text?", grade = "int?", who = "department?", open = "bool?" }
[lease.events.repaired]
clause = "6.1"
by = "quality"
accountable = "planning"
consulted = ["warehouse"]
informed = ["planning", "warehouse"]
"""


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def owner(book: Book, route: str, **facts: object) -> qms.Assignment:
    proc = book(STEPS + route).on(date(2026, 3, 1))
    case = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    if facts:
        case = proc.record(case, "judged", at=at(2), facts=facts)
    assert next(
        step for step in proc.checklist(case, now=at(3)) if step.event == "repaired"
    ).owner == proc.owner(case, "repaired")
    return proc.owner(case, "repaired")


def route(grid: str, more: str = "") -> str:
    return f"[lease.routes.repaired]\n{more}\ntable = '''\n{grid}\n'''\n"


def test_without_a_route_the_step_names_its_departments(book: Book) -> None:
    found = owner(book, "")
    assert (found.responsible, found.accountable) == ("quality", "planning")
    assert (found.consulted, found.informed) == (("warehouse",), ("planning", "warehouse"))
    assert [clause.number for clause in found.clauses] == ["6.1"]
    assert found.decided


BY_CAUSE = route(
    """
| id    | cause | -> responsible | -> accountable | -> delegate | clause |
| water | water | warehouse      | quality        | planning    | 6.2    |
| other | -     | planning       | quality        | warehouse   | 6.3    |
""",
    "hit = 'first'",
)


def test_a_route_names_every_letter_and_its_own_clause(book: Book) -> None:
    found = owner(book, BY_CAUSE, cause="water")
    assert (found.responsible, found.accountable, found.delegate) == ("warehouse", "quality", "planning")
    assert found.consulted == ("warehouse",), "what the route leaves open the step says"
    assert [clause.number for clause in found.clauses] == ["6.2"]
    assert owner(book, BY_CAUSE, cause="fire").responsible == "planning"


def test_an_unknown_cause_is_assumed_until_the_fact_is_there(book: Book) -> None:
    found = owner(book, BY_CAUSE)
    assert (found.responsible, found.decided, found.missing) == ("planning", False, ("judged.cause",))


def test_rows_that_agree_leave_nothing_to_decide(book: Book) -> None:
    grid = "| id | cause | -> responsible |\n| a | water | planning |\n| b | - | planning |"
    found = owner(book, route(grid, "hit = 'first'"))
    assert (found.responsible, found.decided) == ("planning", True)


BY_GRADE = route("| id | grade | -> responsible |\n| low | < 3 | warehouse |\n| high | [3..5] | planning |")


@pytest.mark.parametrize(
    ("grade", "responsible"), [(0, "warehouse"), (2, "warehouse"), (3, "planning"), (5, "planning")]
)
def test_a_unique_route_by_a_number(book: Book, grade: int, responsible: str) -> None:
    assert owner(book, BY_GRADE, grade=grade).responsible == responsible


def test_facts_that_no_row_covers_leave_the_step_to_its_own_department_undecided(book: Book) -> None:
    found = owner(book, BY_GRADE, grade=9)
    assert (found.responsible, found.decided) == ("quality", False)
    limited = route(
        "| id | grade | -> responsible |\n| a | < 3 | warehouse |", "inputs = { grade = 'number[0..5]' }"
    )
    assert owner(book, limited, grade=1000).responsible == "quality"


def test_a_route_without_a_row_for_the_unknown_stays_undecided(book: Book) -> None:
    found = owner(book, BY_GRADE)
    assert (found.responsible, found.decided, found.missing) == ("quality", False, ("judged.grade",))


NAMED = route(
    "| id | cause | -> responsible |\n| water | water | @judged.who |\n| other | - | @who |", "hit = 'first'"
)


@pytest.mark.parametrize("cause", ["water", "fire"])
def test_a_route_may_point_to_a_department_on_record(book: Book, cause: str) -> None:
    assert owner(book, NAMED, cause=cause, who="PMC").responsible == "planning"


def test_while_the_department_pointed_to_is_missing_the_owner_is_open(book: Book) -> None:
    found = owner(book, NAMED, cause="water")
    assert (found.responsible, found.decided, found.missing) == ("quality", False, ("judged.who",))


def test_an_input_may_name_its_facts_itself(book: Book) -> None:
    more = "inputs = { origin = { type = 'text', from = ['judged.cause'] } }\nhit = 'first'"
    grid = "| id | origin | -> responsible |\n| a | water | warehouse |\n| b | - | planning |"
    assert owner(book, route(grid, more), cause="water").responsible == "warehouse"


def test_one_table_may_route_several_steps(book: Book) -> None:
    rules = STEPS + BY_CAUSE.replace(
        "[lease.routes.repaired]", "[lease.routes.by_cause]\nsteps = ['repaired', 'judged']"
    )
    proc = book(rules).on(date(2026, 3, 1))
    case = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    case = proc.record(case, "judged", at=at(2), cause="water")
    assert {proc.owner(case, step).responsible for step in ("repaired", "judged")} == {"warehouse"}


def test_an_owner_is_asked_as_of_a_moment(book: Book) -> None:
    proc = book(STEPS + BY_CAUSE).on(date(2026, 3, 1))
    case = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    case = proc.record(case, "judged", at=at(5), cause="water")
    assert not proc.owner(case, "repaired", now=at(4)).decided
    assert proc.owner(case, "repaired", now=at(5)).responsible == "warehouse"


def test_an_unknown_step_is_named_with_the_nearest(book: Book) -> None:
    proc = book(STEPS).on(date(2026, 3, 1))
    case = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    with pytest.raises(qms.UnknownNameError, match=r"Unknown event repared\. Did you mean repaired"):
        proc.owner(case, "repared")
    with pytest.raises(qms.UnknownNameError, match="Unknown clock repair"):
        proc.deadline(case, "repair", now=at(2))


def test_who_neither_owns_nor_assists_is_remarked_once_the_owner_is_known(book: Book) -> None:
    proc = book(STEPS + BY_CAUSE).on(date(2026, 3, 1))
    case = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    assert proc.check(case, "repaired", at=at(2), department="warehouse") == ()
    case = proc.record(case, "judged", at=at(2), cause="fire")
    assert proc.check(case, "repaired", at=at(3), department="warehouse") == (), "consulted"
    assert proc.check(case, "repaired", at=at(3), department="PMC") == (), "responsible by the route"
    assert proc.check(case, "repaired", at=at(3), department="QA") == (), "the step's own department"


def test_where_a_route_alone_names_the_owner_another_department_is_remarked(book: Book) -> None:
    proc = book(STEPS.replace('by = "quality"\n', "") + BY_CAUSE).on(date(2026, 3, 1))
    case = proc.open(qms.Subject("lease", number="L-1", opened_at=at(1)))
    assert proc.check(case, "repaired", at=at(2), department="quality") == (), "not known yet"
    case = proc.record(case, "judged", at=at(2), cause="fire")
    assert proc.check(case, "repaired", at=at(3), department="PMC") == ()
    (found,) = proc.check(case, "repaired", at=at(3), department="quality")
    assert (found.code, found.facts["owner"]) == ("other-department", "planning")
    assert proc.check(case, "judged", at=at(3), department="quality") == (), "nobody in particular does it"
