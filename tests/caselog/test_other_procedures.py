"""A log of any kind of case, under any rulebook and the edition in force when each case opened."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from qms_service.caselog import CaseLog, read_log, report_on, report_text
from qms_service.errors import LogError
from qms_service.rulebooks import Rulebook, load_rulebook

Files = Callable[..., tuple[Path, Path]]
EDITION = """
id = "repairs"
edition = "{edition}"
effective_from = {since}
timezone = "Europe/Berlin"
calendar = "continuous"
[departments]
desk = {{ en = "Service desk", zh = "服务台" }}
field = {{ en = "Field service", zh = "外勤" }}
[repair]
opening = "asked"
[repair.subject]
price = {{ type = "money", optional = true }}
[repair.events.asked]
[repair.events.visited]
by = "field"
[repair.events.closed]
[repair.clocks.visit]
from = "asked"
to = "visited"
within = "{within}"
clause = "7"
"""
MAPPING = """
kind     = "repair"
timezone = "Europe/Berlin"
case     = "no"
subject  = {{ price = {price} }}
[events]
asked   = "asked"
visited = {{ at = "visited", by = "who", department = "where", role = "as", recorded_at = "typed", note = "remark" }}
closed  = "closed"
"""
HEADER = "no,price,asked,visited,who,where,as,typed,remark,closed\n"


@pytest.fixture
def repairs(tmp_path: Path) -> Rulebook:
    folder = tmp_path / "repairs"
    folder.mkdir()
    for edition, since, within in (("1", "2025-01-01", "2 d"), ("2", "2026-01-01", "1 d")):
        text = EDITION.format(edition=edition, since=since, within=within)
        (folder / f"{edition}.toml").write_text(text, encoding="utf-8")
    return load_rulebook(folder)


@pytest.fixture
def read(files: Files, repairs: Rulebook) -> Callable[..., CaseLog]:
    def log(*rows: str, price: str = '{ column = "price", currency = "EUR" }') -> CaseLog:
        return read_log(*files(MAPPING.format(price=price), HEADER + "\n".join(rows)), repairs)

    return log


def test_each_case_is_judged_by_the_edition_in_force_when_it_opened(
    read: Callable[..., CaseLog], repairs: Rulebook
) -> None:
    log = read(
        "R-1,,2025-12-30 08:00,2025-12-31 20:00,,,,,,2026-01-05 08:00",
        "R-2,,2026-01-30 08:00,2026-01-31 20:00,,,,,,2026-02-05 08:00",
    )
    report = report_on(log, repairs)
    assert report.editions == (("1", 1), ("2", 1))
    (rates,) = report.clocks
    assert (rates.within, str(rates.clause)) == ("2 d / 1 d", "repairs 7")
    assert [(month, tally.rate) for month, tally in rates.months] == [
        ("2025-12", Fraction(1)),
        ("2026-01", Fraction(0)),
    ]
    assert [(one.case, one.owner.label.text("zh") if one.owner else None) for one in report.late] == [
        ("R-2", "外勤")
    ]
    assert "repairs, edition 1, 2: log.csv" in report_text(report)
    assert "\nvisit · 2 d / 1 d · repairs 7\n" in report_text(
        report, "zh"
    )  # a clock without a name has its id


def test_a_case_from_before_the_first_edition_is_rejected(read: Callable[..., CaseLog]) -> None:
    (reject,) = read("R-1,,2024-12-30 08:00,,,,,,,").rejects
    assert reject.faults[0].code == "not-in-force"


def test_who_did_it_where_and_when_it_was_entered_is_kept(read: Callable[..., CaseLog]) -> None:
    (case,) = read("R-1,12.50,2025-12-30 08:00,2025-12-31 20:00,li,外勤,fitter,2026-01-02 09:00,cold,").cases
    visited = case.case.history[1]
    assert (visited.by, visited.department, visited.role, visited.note) == ("li", "field", "fitter", "cold")
    assert str(visited.recorded_at) == "2026-01-02 09:00:00+01:00"
    assert str(case.case.subject.facts["price"]) == "Money(amount=Decimal('12.50'), currency='EUR')"


def test_an_unknown_department_of_an_event_is_rejected(read: Callable[..., CaseLog]) -> None:
    (reject,) = read("R-1,,2025-12-30 08:00,2025-12-31 20:00,li,cellar,,,,").rejects
    assert (reject.column, reject.got) == ("where", "cellar")
    assert "Field service" in str(reject.faults[0])


def test_money_needs_its_currency(read: Callable[..., CaseLog]) -> None:
    with pytest.raises(LogError) as caught:
        read(price='"price"')
    assert [(one.path, one.operands["key"]) for one in caught.value.problems] == [
        ("subject.price", "currency")
    ]
