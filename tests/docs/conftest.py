"""What the tests of the documentation read: its pages, and the fenced blocks of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@attrs.frozen
class Block:
    """A fenced block: its language, its text, its line, and what stands between it and the block before."""

    language: str
    text: str
    line: int
    before: str


def _read(page: Path) -> list[Block]:
    text, blocks, end = page.read_text(encoding="utf-8"), list[Block](), 0
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        blocks.append(Block(found[1], found[2], line, text[end : found.start()]))
        end = found.end()
    return blocks


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def blocks_of() -> Callable[[str], list[Block]]:
    """Gives the blocks of a page by its path in the repository."""
    return lambda page: _read(ROOT / page)
