"""What the opening event puts on record comes with the opening, and is judged like every fact."""

from __future__ import annotations

from pathlib import Path

import pendulum
import pytest

import qms_service as qms

AT = pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai")
TEXT = """
id       = "jobs"
edition  = "1"
timezone = "Asia/Shanghai"
[job.events.opened]
clause = "1"
facts  = { urgent = "bool?", kind = ["repair", "exchange"] }
[job.events.done]
[job.clocks.repair]
from   = "opened"
to     = "done"
within = "2 d"
when   = { "opened.urgent" = true }
"""


@pytest.fixture
def book(tmp_path: Path) -> qms.Rulebook:
    file = tmp_path / "jobs.toml"
    file.write_text(TEXT, encoding="utf-8")
    return qms.load_rulebook(file)


JOB = qms.Subject("job", number="J-1", opened_at=AT)


def test_a_case_opens_with_the_facts_of_its_opening(book: qms.Rulebook) -> None:
    case = book.open(JOB, facts={"urgent": True, "kind": "repair"})
    assert case.history[0].facts == {"urgent": True, "kind": "repair"}
    deadline = book.of(case).deadline(case, "repair", now=AT.add(hours=1))
    assert (deadline.state, deadline.due_at) == ("running", AT.add(days=2))
    assert book.of(case).review(case) == ()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "missing-fact"),
        ({"kind": "rent"}, "fact-value"),
        ({"kind": "repair", "urgnt": True}, "unknown-fact.nearest"),
    ],
)
def test_an_opening_without_a_fact_that_it_needs_is_refused(
    book: qms.Rulebook, facts: dict[str, object], code: str
) -> None:
    with pytest.raises(qms.Refused) as refused:
        book.open(JOB, facts=facts)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_the_desk_opens_with_facts_too(book: qms.Rulebook) -> None:
    with qms.adapters.memory.open() as store:
        desk = qms.ServiceDesk(book, store, now=lambda: AT)
        assert desk.open(JOB, facts={"kind": "exchange"}).history[0].facts == {"kind": "exchange"}


def test_a_rulebook_without_a_waivable_gate_says_so(book: qms.Rulebook) -> None:
    case = book.open(JOB, facts={"kind": "repair"})
    waiver = {"gate": "done", "reason": "r", "owner": "Li", "expires_on": AT.date()}
    (finding,) = book.of(case).check(case, "waived", at=AT, facts=waiver)
    assert finding.code == "nothing-waivable"
    assert "waivable = true" in finding.text("en")
    assert "waivable = true" in finding.text("zh")
