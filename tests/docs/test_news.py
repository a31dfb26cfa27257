"""News are in the form that the changelog gathers, and a change of a rule says what it changes and for when."""

from __future__ import annotations

import re
from pathlib import Path

import qms_service as qms

ROOT = Path(__file__).parents[2]
KINDS = ("rules", "added", "changed", "fixed", "removed")


def test_a_news_file_is_named_by_topic_and_kind() -> None:
    files = [path for path in (ROOT / "changes").iterdir() if path.name != "README.md"]
    wrong = [
        path.name for path in files if not re.fullmatch(rf"[a-z0-9-]+\.({'|'.join(KINDS)})\.md", path.name)
    ]
    assert not wrong


def test_news_of_a_rule_name_what_it_changes_and_its_period() -> None:
    files = [*(ROOT / "changes").glob("*.rules.md")]
    assert [path.name for path in files if "Period: " not in path.read_text(encoding="utf-8")] == []


def test_the_changelog_names_every_shipped_rulebook_with_its_clauses_and_period() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for id_ in qms.shipped_rulebooks():
        entry = next(
            part for part in re.split(r"^- ", text, flags=re.MULTILINE) if part.startswith(f"`{id_}` edition")
        )
        assert "clause" in entry
        assert "Period: " in entry


def test_every_decision_says_its_context_and_its_consequences() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
