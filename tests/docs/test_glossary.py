"""The glossary has the Chinese term of every public class, and says the same in both directions."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import qms_service as qms

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def _rows(part: str) -> list[list[str]]:
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line[:2] == "| "
    ]
    return cells[1:]


def _parts() -> tuple[list[list[str]], list[list[str]]]:
    english, chinese = re.split(r"^## ", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return _rows(english), _rows(chinese)


def test_the_chinese_term_of_every_public_class_is_in_the_glossary() -> None:
    terms = {row[1] for row in _parts()[0]}
    classes = [value for name in qms.__all__ if isinstance(value := getattr(qms, name), type)]
    lines = {text for one in classes for text in (one.__doc__, sys.modules[one.__module__].__doc__) if text}
    used = {term for text in lines for term in CHINESE.findall(text.splitlines()[0])}
    assert len(used) > 20
    assert not used - terms


def test_both_directions_say_the_same() -> None:
    english, chinese = _parts()
    there = {(row[1], row[0]) for row in english}
    back = {(row[0], word) for row in chinese for word in row[1].split("; ")}
    assert there == back


def test_the_glossary_is_in_alphabetical_order() -> None:
    words = [row[0].lower() for row in _parts()[0]]
    assert words == sorted(words)
