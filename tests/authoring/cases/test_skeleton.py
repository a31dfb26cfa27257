"""The file of cases to be filled: read as it stands, unanswered; filled with what the library says, all pass."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.authoring.cases.conftest import LIFTS

import qms_service as qms
from qms_service.authoring.cases import CaseFile, read_cases, run_cases, shortest
from qms_service.authoring.cases import skeleton as written
from qms_service.authoring.cases.toml_text import key_text, value_text
from qms_service.errors import RulebookError, UnknownNameError
from qms_service.instants import zone
from qms_service.texts import SHIPPED

ROOT = Path(__file__).parents[3]
BOOKS = [
    *qms.shipped_rulebooks(),
    *(str(ROOT / "examples" / name / "rulebook") for name in ("boston_311", "uci_498")),
]


kept = cache(written)  # what ships takes its seconds


def skeleton(book: str | Path | qms.Rulebook, lang: str = "en") -> str:
    return kept(book, lang) if book in BOOKS else written(book, lang)


def cases_in(text: str, book: str | Path, folder: Path) -> CaseFile:
    file = folder / "cases.toml"
    file.write_text(text, encoding="utf-8")
    return read_cases(file, book)


def confirmed(text: str) -> str:
    """What somebody makes of it who confirms every answer without a look."""
    text = text.replace("# expect = ", "expect   = ").replace("# of_clause = ", "of_clause = ")
    return text.replace('sentence = "?"', 'sentence = "It is so."')


@pytest.mark.parametrize("lang", SHIPPED)
@pytest.mark.parametrize("book", BOOKS)
def test_it_can_be_read_and_nothing_in_it_has_passed(book: str, lang: str, tmp_path: Path) -> None:
    report = run_cases(cases_in(skeleton(book, lang), book, tmp_path))
    assert len(report.unanswered) == len(report.outcomes) > 0


@pytest.mark.parametrize("book", BOOKS)
def test_what_the_library_says_today_is_what_it_says_when_asked(book: str, tmp_path: Path) -> None:
    report = run_cases(cases_in(confirmed(skeleton(book)), book, tmp_path))
    assert [str(one) for one in report.outcomes if not one.passed] == []


def test_it_speaks_of_every_rule_that_cites_a_clause(tmp_path: Path) -> None:
    report = run_cases(cases_in(confirmed(skeleton("pcb-maker")), "pcb-maker", tmp_path))
    assert report.uncovered == ()


def test_it_speaks_of_every_kind_of_case_and_every_row(lifts: Path, tmp_path: Path) -> None:
    text = skeleton(lifts)
    report = run_cases(cases_in(confirmed(text), lifts, tmp_path))
    assert all(one.passed for one in report.outcomes)
    assert report.uncovered == ()
    assert 'kind     = "order"' in text
    assert "subject  = { floor = 0 }" in text
    assert "# table visit, row fast: urgent = true, floor = " in text
    assert "# table visit, a bound of row high: urgent = false, floor = 99" in text
    assert '# table visited, a gap: cause = "unknown"' in text


def test_each_gate_is_tried_with_and_without_what_it_needs(lifts: Path) -> None:
    tried = re.findall(
        r"# (?:closed|tested) \(\w+\): (.*)\n", skeleton(lifts).partition('kind     = "order"')[0]
    )
    assert tried == [
        "what it needs is on record", "without visited",  # tested, 5.3
        "what it needs is on record",  # closed, 5.4
        "what it needs is on record", "without tested",  # closed, 5.4.1
        "what it needs is on record",  # closed, 5.5: only a linked case can shut it
    ]  # fmt: skip


def test_an_answer_stands_in_it_only_as_a_comment(lifts: Path) -> None:
    cases = tomllib.loads(skeleton(lifts))["case"]
    assert not any("expect" in one for one in cases)
    assert {one["sentence"] for one in cases} == {"?"}
    assert skeleton(lifts).count("# expect = ") == len(cases)


def test_it_speaks_the_language_of_its_reader() -> None:
    text = skeleton("pcb-maker", "zh")
    assert "# received（收到投诉）由谁负责" in text
    assert "# 今天的回答，待确认：" in text


def test_a_calendar_that_nobody_supplies_stands_in_it_to_be_changed(tmp_path: Path) -> None:
    book = tmp_path / "lifts.toml"
    text = LIFTS.replace('timezone = "Europe/Berlin"', 'timezone = "Europe/Berlin"\ncalendar = "plant"')
    book.write_text(text.replace("48 h", "2 working d"), encoding="utf-8")
    cases = skeleton(book)
    assert '[calendars.plant]\ntimezone = "Europe/Berlin"\n' in cases
    assert all(one.passed for one in run_cases(cases_in(confirmed(cases), book, tmp_path)).outcomes)


def test_a_name_of_several_lines_stays_a_comment(tmp_path: Path) -> None:
    book = tmp_path / "lifts.toml"
    label = 'label = { en = "Visited\\non site\\u0007", zh = "x" }'
    book.write_text(LIFTS.replace('clause = "5.2"', f'clause = "5.2"\n{label}', 1), encoding="utf-8")
    cases = skeleton(book)
    assert "(Visited\n# on site" in cases
    assert cases_in(cases, book, tmp_path).cases


def test_a_rulebook_that_is_loaded_already_will_do(lifts: Path) -> None:
    assert skeleton(qms.load_rulebook(lifts)) == skeleton(lifts)


def test_a_rulebook_with_mistakes_or_none_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(LIFTS.replace('by     = "service"', 'by = "servce"'), encoding="utf-8")
    with pytest.raises(RulebookError, match="servce"):
        skeleton(tmp_path / "bad.toml")
    with pytest.raises(UnknownNameError, match="none"):
        skeleton("none.toml")


def test_rules_that_cite_no_clause_or_that_nothing_reaches_have_no_case(tmp_path: Path) -> None:
    rules = """\
id = "bare"
edition = "1"
timezone = "UTC"
[subject.subject]
price = "int?"
[subject.events.received]
[subject.events.seen]
[subject.events.never]
clause = "1"
needs = ["never"]
[subject.events.done]
clause = "3"
needs = ["received"]
[subject.clocks.out]
clause = "4"
from = "never"
to = "seen"
within = "1 d"
[subject.clocks.price]
from = "received"
to = "done"
[subject.clocks.price.within]
inputs = { price = "number" }
table = '''
| id | price | -> within | clause |
| a  | <1.5  | 1 d       | 5      |
| b  | >=1.5 | 2 d       | 6      |
'''
"""
    book = tmp_path / "bare.toml"
    book.write_text(rules, encoding="utf-8")
    cases = tomllib.loads(skeleton(book))["case"]
    assert [(one["clause"], one.get("check") or one["clock"], one.get("subject")) for one in cases] == [
        ("3", "done", None), ("5", "price", {"price": 1}), ("6", "price", {"price": 2}),
    ]  # fmt: skip


EVERY_TYPE = """\
id = "types"
edition = "1"
timezone = "America/New_York"
effective_from = 2030-01-01
[departments]
q = { en = "Q", aliases = ["QA"] }
[k.subject]
a = "bool"
b = "int"
c = "decimal"
d = "text"
e = ["x", "y"]
f = "date"
g = "instant"
h = "money"
i = "quantity"
j = "department"
l = "text*"
m = "instant*"
[k.events.received]
clause = "1"
facts = { a = "bool", g = "instant", h = "money", "weird name" = "text" }
[k.events.done]
clause = "2"
needs = [{ event = "received", where = { a = true } }]
facts = { b = "int", c = "decimal", f = "date", g = "instant", i = "quantity", j = "department*", event = "text" }
[k.events.closed]
clause = "3"
[[k.events.closed.needs]]
when = { "subject.e" = "y" }
all = ["done"]
clause = "3.1"
"""


def test_a_fact_of_any_type_and_of_any_name_can_be_read_again(tmp_path: Path) -> None:
    book = tmp_path / "types.toml"
    book.write_text(EVERY_TYPE, encoding="utf-8")
    text = skeleton(book)
    assert all(one.passed for one in run_cases(cases_in(confirmed(text), book, tmp_path)).outcomes)
    assert 'subject  = { e = "y" }' in text
    assert "facts = { b = 1, " in text  # a fact called event does not stand beside the event


def test_a_search_that_is_given_up_leaves_its_cases_out(lifts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortest, "LIMIT", 0)
    assert "[[case]]" not in skeleton(lifts)


def test_values_are_written_as_toml_reads_them() -> None:
    values = {
        "yes": True, "n": 3, "d": Decimal("1.50"), "whole": Decimal(2), "t": 'a "b"\n', "on": date(2026, 3, 2),
        "money": qms.Money(amount=Decimal("1.5"), currency="CNY"), "none": {}, "多": ("a",),
    }  # fmt: skip
    text = value_text(values, zone("UTC"))
    read = tomllib.loads(f"x = {text}", parse_float=Decimal)["x"]
    assert read == {
        **values, "money": {"amount": Decimal("1.5"), "currency": "CNY"}, "多": ["a"],
    }  # fmt: skip
    assert key_text("a b") == '"a b"'
