"""Duties and surveys under check: what nobody owes, what nothing can show, what rests on no clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rulebooks.surveys import GLAZIER

from qms_service.authoring.lint import LintReport, lint


def found(folder: Path, text: str) -> LintReport:
    file = folder / "glazier.toml"
    file.write_text(text, encoding="utf-8")
    return lint(file)


def told(report: LintReport) -> set[tuple[str, str, str]]:
    return {(one.severity, one.code, one.path) for one in report.findings}


MORE = """
[duties.nobody]
clause = "6.3"
every  = "?"
[surveys.bare]
full_marks = 10
[surveys.bare.targets.score]
at_least = 80
[surveys.bare.follow_ups.low]
when  = "lowest-item"
opens = "call"
label = { en = "Low" }
[call.events.opened]
clause = "7.4"
[call.events.closed]
clause = "7.4"
by     = "office"
[indicators.price]
en = "Price"
"""


@pytest.mark.parametrize(
    "expected",
    [
        ("warning", "duty-nobody", "duties.nobody"),
        ("note", "duty-unshown", "duties.nobody"),
        ("note", "duty-irregular", "duties.nobody"),
        ("warning", "follow-up-nobody", "surveys.bare.follow_ups.low"),
        ("warning", "clause-missing", "surveys.bare"),
        ("warning", "clause-missing", "surveys.bare.targets.score"),
        ("warning", "clause-missing", "surveys.bare.follow_ups.low"),
        ("warning", "clause-missing", "indicators.price"),
        ("warning", "text-missing", "indicators.price"),
        ("warning", "text-missing", "surveys.bare.follow_ups.low"),
        ("warning", "text-missing", "surveys.yearly.items.glass"),
    ],
)
def test_what_a_reader_should_look_at_is_found(expected: tuple[str, str, str], tmp_path: Path) -> None:
    report = found(tmp_path, GLAZIER + MORE)
    assert expected in told(report)
    (one,) = (one for one in report.findings if (one.severity, one.code, one.path) == expected)
    assert one.line is not None
    assert one.text("zh") != one.text("en")


def test_what_is_in_order_is_not_remarked(tmp_path: Path) -> None:
    report = found(tmp_path, GLAZIER)
    codes = {
        (code, path) for _, code, path in told(report) if path.startswith(("duties", "surveys", "indicators"))
    }
    assert not [one for one in codes if one[0] in ("duty-nobody", "follow-up-nobody", "clause-missing")]
    assert ("duty-irregular", "duties.calls") not in codes  # its figure is listed as not set
    assert ("param-unset", "params.call_every") in {(code, path) for _, code, path in told(report)}


def test_a_clause_that_a_duty_or_a_survey_cites_has_its_rule(tmp_path: Path) -> None:
    listed = (
        '[clauses]\n"6.2" = { status = "rule", en = "Care" }\n"7.2.1" = { status = "rule", en = "Growth" }\n'
    )
    listed += '"7.9" = { status = "rule", en = "Nothing" }\n'
    codes = {(code, path) for _, code, path in told(found(tmp_path, GLAZIER + listed))}
    assert {path for code, path in codes if code == "clause-without-rule"} == {"clauses.7.9"}
    assert ("clause-unlisted", "duties.upkeep") in codes
    assert ("clause-unlisted", "surveys.yearly") in codes


def test_a_department_that_only_owes_a_duty_is_used(tmp_path: Path) -> None:
    text = GLAZIER.replace('checker = "department"', 'checker = "text"').replace(', checker = "works"', "")
    lonely = text.replace("[params]", 'cleaners = { en = "Cleaners", zh = "清洁" }\n[params]')
    assert ("warning", "department-unused", "departments.cleaners") in told(found(tmp_path, lonely))
    owing = lonely.replace(
        '[duties.calls]\nclause = "7.4"\nby     = "office"',
        '[duties.calls]\nclause = "7.4"\nby     = "cleaners"',
    )
    assert ("warning", "department-unused", "departments.cleaners") not in told(found(tmp_path, owing))
