"""System events (系统事件): the same in every rulebook, with the facts that each takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qms_service.facts import FactKind, FactType
from qms_service.labels import Label
from qms_service.rulebooks.model import EventRule, FactRule

RESERVED: Final = (
    "case", "name", "at", "recorded_at", "by", "department", "role", "on_behalf_of", "facts", "note",
    "evidence", "despite", "related", "replay",
)  # fmt: skip


def _facts(**types: str) -> tuple[FactRule, ...]:
    return tuple(
        FactRule(name=name, type=_type(word), label=Label({"en": name})) for name, word in types.items()
    )


def _type(word: str) -> FactType:
    kind: FactKind = word.rstrip("?*")  # type: ignore[assignment]  # a word of the table below
    return FactType(kind=kind, optional=word.endswith("?"), many="*" in word)


def _rule(name: str, en: str, zh: str, *, after_close: bool = False, **types: str) -> EventRule:
    return EventRule(
        name=name,
        label=Label({"en": en, "zh": zh}),
        facts=_facts(**types),
        optional=True,
        after_close=after_close,
    )


SYSTEM_RULES: Final[Mapping[str, EventRule]] = {
    rule.name: rule
    for rule in (
        _rule("corrected", "Corrected", "更正", after_close=True,
              of="int", facts="facts?", at="instant?", void="bool?", reason="text"),
        _rule("extended", "Term extended", "延期",
              clock="text", until="instant?", within="text?", reason="text", approved_by="text?"),
        _rule("agreed", "Date agreed with the customer", "与客户约定日期",
              clock="text", due_at="instant", reason="text?"),
        _rule("paused", "Clocks paused", "暂停计时", reason="text", clocks="text*?"),
        _rule("resumed", "Clocks resumed", "恢复计时", reason="text?", clocks="text*?"),
        _rule("linked", "Case linked", "关联个案", after_close=True, kind="text", case="text", reason="text?"),
        _rule("waived", "Gate waived", "豁免", gate="text", reason="text", owner="text", expires_on="date"),
        _rule("withdrawn", "Withdrawn", "撤回", reason="text?"),
        _rule("reopened", "Reopened", "重新打开", after_close=True, reason="text?"),
        _rule("edition_changed", "Edition changed", "版本变更", edition="text", digest="text", reason="text"),
    )
}  # fmt: skip
