"""A gate that asks only where something is known: of its condition, its list, or the figures of its balance."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.rulebooks.conftest import Book

import qms_service as qms

DAY = date(2026, 3, 2)
SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES = """
[lease.events.counted]
facts = {{ fits = "bool?", pieces = "quantity?", keepers = "department*?" }}
[lease.events.settled]
[lease.events.planned]
needs = [{need}]
[lease.quantities]
counted = {{ last = ["counted.pieces"] }}
[lease.balances.ten]
rule = "counted = 10"
at = []
"""
WHEN = '{ event = "settled", when = { "counted.fits" = false }%s }'
EACH = '{ each = "counted.keepers", event = "settled", match = "department"%s }'
EVERY = '{ each = "counted.keepers", every = true, event = "settled", match = "department"%s }'
BALANCE = '{ balance = "ten"%s }'
KNOWN = ", if_known = true"


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=SHANGHAI)


def found(book: Book, need: str, facts: dict[str, object] | None) -> list[str]:
    rules = book(RULES.format(need=need)).on(DAY)
    case = rules.open(qms.Subject("lease", number="L-1", opened_at=at(8)))
    if facts is not None:
        case = rules.record(case, "counted", at=at(9), facts=facts)
    return [finding.code for finding in rules.check(case, "planned", at=at(10))]


@pytest.mark.parametrize("facts", [None, {}])
@pytest.mark.parametrize(
    ("need", "shut"),
    [(WHEN, "undecided"), (EACH, "not-each"), (EVERY, "not-each"), (BALANCE, "missing-quantity")],
)
def test_what_is_not_on_record_keeps_a_gate_shut_unless_it_asks_only_for_what_is_known(
    book: Book, need: str, shut: str, facts: dict[str, object] | None
) -> None:
    assert found(book, need % "", facts) == [shut]
    assert found(book, need % KNOWN, facts) == []


@pytest.mark.parametrize(
    ("need", "facts", "shut"),
    [
        (WHEN, {"fits": False}, "missing-event"),
        (EACH, {"keepers": ["quality"]}, "not-each"),
        (EVERY, {"keepers": ["quality"]}, "not-each"),
        (BALANCE, {"pieces": 9}, "unbalanced"),
    ],
)
def test_what_is_on_record_counts_either_way(
    book: Book, need: str, facts: dict[str, object], shut: str
) -> None:
    assert found(book, need % "", facts) == found(book, need % KNOWN, facts) == [shut]


@pytest.mark.parametrize(
    ("need", "facts"),
    [(WHEN, {"fits": True}), (EACH, {"keepers": []}), (EVERY, {"keepers": []}), (BALANCE, {"pieces": 10})],
)
def test_what_is_on_record_and_asks_for_nothing_leaves_it_open(
    book: Book, need: str, facts: dict[str, object]
) -> None:
    assert found(book, need % "", facts) == found(book, need % KNOWN, facts) == []


def test_it_is_a_rule_of_its_own(book: Book) -> None:
    digests = {
        book(RULES.format(need=need % word)).editions[0].digest
        for need in (WHEN, EACH, EVERY, BALANCE)
        for word in ("", KNOWN)
    }
    assert len(digests) == 8


def test_a_slip_of_the_pen_is_told(book: Book) -> None:
    with pytest.raises(qms.RulebookError) as refused:
        book(RULES.format(need=WHEN % ', if_known = "yes"'))
    assert [(one.code, one.path) for one in refused.value.problems] == [
        ("wrong-type", "lease.events.planned.needs[0].if_known")
    ]


OPENED = """
[lease.events.approved]
not_by = ["signed"]
"""


@pytest.mark.parametrize(
    ("opener", "by", "expected"),
    [
        ("Li", "Wu", []),
        ("Li", "Li", [("same-person", "refusal")]),
        ("Li", None, [("person-unknown", "refusal")]),
        (None, "Wu", [("opener-unknown", "warning")]),
        (None, None, [("opener-unknown", "warning")]),
    ],
)
def test_who_opened_a_case_is_told_at_its_opening_and_may_be_left_unsaid(
    book: Book, opener: str | None, by: str | None, expected: list[tuple[str, str]]
) -> None:
    subject = qms.Subject("lease", number="L-1", opened_at=at(8))
    small = book(OPENED)
    case = small.open(subject, by=opener)
    assert case.history[0].by == opener
    proc = small.on(DAY)
    found = proc.check(case, "approved", at=at(9), by=by)
    assert [(one.code, one.severity) for one in found] == expected
    assert all(one.text("zh") != one.text() for one in found)
    assert proc.open(subject, by=opener) == case


def test_a_desk_keeps_who_opened_a_case(book: Book) -> None:
    desk = qms.ServiceDesk(book(OPENED), qms.adapters.memory.open(), now=lambda: at(9))
    subject = qms.Subject("lease", number="L-1", opened_at=at(8))
    desk.open(subject, by="Li", key="k")
    assert desk.case("L-1").history[0].by == "Li"
    assert desk.open(subject, by="Li", key="k").id == "L-1"
    with pytest.raises(qms.KeyReusedError):
        desk.open(subject, by="Wu", key="k")
