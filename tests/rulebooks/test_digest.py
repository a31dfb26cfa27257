"""The digest of an edition: the same for the same rules, another for any change of them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import qms_service as qms

SHIPPED = (files("qms_service.rulebooks") / "shipped" / "pcb-maker" / "1.toml").read_text(encoding="utf-8")


RELEASED = {"1": "9a87670e2072fef30bb49047801c5df97a70f31ee373dd60a768f341f4d6e5d5"}


def test_a_released_edition_never_changes() -> None:
    """Cases are pinned to these digests. Where this fails, undo the change and write a new edition for it."""
    shipped = {edition.edition: edition.digest for edition in qms.load_rulebook("pcb-maker").editions}
    assert shipped == RELEASED


def digest(text: str, folder: Path) -> str:
    file = folder / "book.toml"
    file.write_text(text, encoding="utf-8")
    (edition,) = qms.load_rulebook(file).editions
    return edition.digest


def changed(old: str, new: str) -> str:
    assert SHIPPED.count(old) >= 1, old
    return SHIPPED.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Clause numbers are those", "# Numbers of clauses are those"),
        ('title    = { en = "Customer service of', 'title    = { en = "Service to customers of'),
        ('label  = { en = "Initial analysis", zh = "初步分析" }\n', ""),
        ('"complaint record", zh = "客户投诉记录表"', '"complaint sheet", zh = "客诉单"'),
        ('{ en = "Marketing", zh = "市场部"', '{ en = "Sales", zh = "业务部"'),
        ('en = "Quality manager"', 'en = "Head of quality"'),
        (
            'type = "text", optional = true, en = "Product model"',
            'type = "text", optional = true, en = "Model"',
        ),
        ('value = "48 h", clause', 'value = "48 h", note = "see the minutes", clause'),
        ("| id        | cause     | -> responsible |", "| id | cause |-> responsible|"),
        ("| operation | operation |", "|-----------|-----------|\n| operation | operation |"),
        ('edition  = "1" ', 'edition="1"\nsource = "printed 2011"\n#'),
        ('{ en = "Claim", zh = "客户索赔" }', '{ en = "Claim of a customer" }'),
        ("[complaint.events.passed_on]", "[  complaint . events . passed_on  ]"),
        ('optional = true\ninformed = ["marketing"]', 'informed = [\n  "marketing",\n]\noptional = true'),
    ],
)
def test_words_remarks_and_layout_do_not_count(tmp_path: Path, old: str, new: str) -> None:
    assert digest(changed(old, new), tmp_path) == digest(SHIPPED, tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('value = "48 h"', 'value = "47 h"'),
        ('value = "12 h", clause = "4.2.4.2"', 'value = "12 h", clause = "4.2.4.3"'),
        ('    "notice_filed",\n', ""),
        ('needs  = [{ event = "approved", after = "cause_reported" }]', 'needs  = ["approved"]'),
        ('role   = "quality_manager"\n', ""),
        ('paused_by = ["sample"]\n', ""),
        ('warn      = "36 h"', 'warn      = "35 h"'),
        ('ours        = { type = "bool?"', 'ours        = { type = "bool"'),
        ('aliases = ["品管部", "QA"]', 'aliases = ["品管部"]'),
        ("| process   | process   | process ", "| process   | process   | quality "),
        ("| 4.3.1.4   |", "| 4.3.1.5   |"),
        (
            'quantity    = { type = "quantity", optional = true',
            'quantity    = { type = "quantity", optional = false',
        ),
        ('pattern = "MRKT-{YYYY}{MM}{seq:02}"', 'pattern = "MRKT-{YYYY}{MM}{seq:03}"'),
        ('"MRKT--{YYYY}{MM}{seq:02}", ', ""),
        ('reset   = "month"', 'reset   = "never"'),
        ("[numbers.claim]", "[numbers.claims]"),
        ('edition  = "1"', 'edition  = "2"'),
        ('calendar = "continuous"', '# calendar = "continuous"'),
        ('optional = true\ninformed = ["marketing"]', 'informed = ["marketing"]'),
    ],
)
def test_any_rule_counts(tmp_path: Path, old: str, new: str) -> None:
    assert digest(changed(old, new), tmp_path) != digest(SHIPPED, tmp_path)


def test_a_fact_or_an_event_with_the_name_of_a_remark_counts(tmp_path: Path) -> None:
    text = """
id = "x"
edition = "1"
timezone = "Asia/Shanghai"
[lease.events.label]
facts = { form = "text", en = "bool" }
[lease.events.closed]
"""
    assert digest(text.replace('form = "text"', 'form = "int"'), tmp_path) != digest(text, tmp_path)
    assert digest(text.replace('en = "bool"', 'en = "int"'), tmp_path) != digest(text, tmp_path)
    assert digest(text.replace("events.label", "events.title"), tmp_path) != digest(text, tmp_path)


def test_a_department_or_a_series_with_the_name_of_a_remark_counts(tmp_path: Path) -> None:
    text = """
id = "x"
edition = "1"
timezone = "Asia/Shanghai"
[departments]
label = { aliases = ["QA"] }
[numbers.label]
pattern = "C-{seq:02}"
[lease.events.closed]
"""
    assert digest(text.replace("QA", "QC"), tmp_path) != digest(text, tmp_path)
    assert digest(text.replace("{seq:02}", "{seq:03}"), tmp_path) != digest(text, tmp_path)


def test_the_order_of_steps_counts_for_the_last_that_brings_a_fact_wins(tmp_path: Path) -> None:
    text = """
id = "x"
edition = "1"
timezone = "Asia/Shanghai"
{}
[lease.events.closed]
"""
    first, second = "[lease.events.a]\nfacts = { x = 'int?' }\n", "[lease.events.b]\nfacts = { x = 'int?' }\n"
    assert digest(text.format(first + second), tmp_path) != digest(text.format(second + first), tmp_path)
