"""A rulebook without a fault, into which each test plants one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qms_service.authoring.lint import LintFinding, LintReport, lint

SOUND = """\
id       = "pumps"
edition  = "1"
title    = { en = "Service of pumps", zh = "水泵服务" }
timezone = "Asia/Shanghai"

[departments]
service = { en = "Service", zh = "客服部" }
quality = { en = "Quality", zh = "质保部" }

[roles]
head = { en = "Head of service", zh = "客服经理", clause = "3.2" }

[params]
visit_within = { value = "6 h", clause = "5.2" }

[clauses]
"3.2" = { status = "rule", en = "Head of service", zh = "客服经理" }
"5.1" = { status = "rule", en = "Report", zh = "报修" }
"5.2" = { status = "rule", en = "Visit", zh = "上门" }
"5.3" = { status = "rule", en = "Parts", zh = "配件" }
"5.4" = { status = "rule", en = "Test run", zh = "试运行" }
"1.0" = { status = "no-rule", because = "scope", en = "Scope", zh = "范围" }

[repair]
label   = { en = "Repair", zh = "维修" }
opening = "reported"

[repair.subject]
urgent = { type = "bool", en = "Urgent", zh = "紧急" }

[repair.events.reported]
clause = "5.1"
label  = { en = "Reported", zh = "报修" }
by     = "service"

[repair.events.visited]
clause = "5.2"
label  = { en = "Visited", zh = "到达现场" }
by     = "service"
needs  = ["reported"]
[repair.events.visited.facts]
cause = { type = ["wear", "misuse"], en = "Cause", zh = "原因" }

[repair.events.parts_ordered]
clause = "5.3"
label  = { en = "Parts ordered", zh = "订购配件" }
by     = "service"
needs  = ["visited"]
when   = { "visited.cause" = "wear" }

[repair.events.parts_received]
clause = "5.3"
label  = { en = "Parts received", zh = "收到配件" }
by     = "service"
needs  = ["parts_ordered"]
when   = { "visited.cause" = "wear" }

[repair.events.tested]
clause = "5.4"
label  = { en = "Test run", zh = "试运行" }
role   = "head"
needs  = ["visited"]
[repair.events.tested.facts]
passed = { type = "bool", en = "Passed", zh = "合格" }

[repair.events.closed]
clause = "5.4"
label  = { en = "Closed", zh = "关闭" }
by     = "service"

[[repair.events.closed.needs]]
when = { "visited.cause" = "wear" }
all  = ["parts_received", { event = "tested", where = { passed = true }, after = "parts_received" }]

[[repair.events.closed.needs]]
when  = { "visited.cause" = "misuse" }
event = "tested"
where = { passed = true }

[repair.pauses.parts]
clause = "5.3"
from   = "parts_ordered"
to     = "parts_received"

[repair.clocks.visit]
clause = "5.2"
label  = { en = "Visit", zh = "上门" }
from   = "reported"
to     = "visited"
within = "$visit_within"

[repair.clocks.test]
clause    = "5.4"
label     = { en = "Test run", zh = "试运行" }
from      = "visited"
to        = { event = "tested", where = { passed = true } }
paused_by = ["parts"]
[repair.clocks.test.within]
table = '''
| id     | urgent | -> within | clause |
| urgent | true   | 1 d       | 5.4    |
| normal | false  | 3 d       | 5.4    |
'''

[repair.routes.tested]
table = '''
| id     | cause  | -> responsible | clause |
| wear   | wear   | service        | 5.4    |
| misuse | misuse | quality        | 5.4    |
'''
unknown = { cause = "wear" }
"""

Plant = Callable[..., tuple[LintFinding, ...]]


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str], LintReport]:
    """Checks a text as a file."""

    def check(text: str) -> LintReport:
        file = tmp_path / "pumps.toml"
        file.write_text(text, encoding="utf-8")
        return lint(file)

    return check


@pytest.fixture
def planted(checked: Callable[[str], LintReport]) -> Plant:
    """What is found in the sound rulebook with some texts changed: each an old one that stands there, and a new."""

    def plant(*changes: tuple[str, str]) -> tuple[LintFinding, ...]:
        text = SOUND
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return checked(text).findings

    return plant
