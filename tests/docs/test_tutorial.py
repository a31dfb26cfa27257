"""The tutorial keeps to its half hour, and its Chinese twin to the same steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.docs.console import commands
from tests.docs.typed_files import typed

PAGES = ("docs/tutorial.md", "docs/tutorial.zh-CN.md")
CHINESE = re.compile(r"[\u3000-\u9fff]")
HEADING = re.compile(r"^(#{2,3}) (.+?)(?: ?[(（](\d+) (?:min|分钟)[)）])?$", re.MULTILINE)
ROW = re.compile(r"^\| (.+) \| (\d+) \|$", re.MULTILINE)

Blocks = Callable[[str], list[Any]]


def test_each_step_of_the_chinese_page_is_that_of_the_english_one_or_says_something_in_chinese(
    blocks_of: Blocks,
) -> None:
    for english, chinese in zip(*(blocks_of(page) for page in PAGES), strict=True):
        place = f"{PAGES[1]}:{chinese.line}"
        assert chinese.language == english.language, place
        if chinese.language == "console":
            asked = [command.replace(" --lang zh", "") for command in commands(chinese.text)]
            assert asked == [command.replace(" --lang zh", "") for command in commands(english.text)], place
        elif chinese.language != "text":
            lines = zip(chinese.text.splitlines(), english.text.splitlines(), strict=True)
            assert all(ours == theirs or CHINESE.search(ours) for ours, theirs in lines), place


@pytest.mark.parametrize("page", PAGES)
def test_the_minutes_of_the_parts_are_those_of_their_sections_and_half_an_hour(page: str, root: Path) -> None:
    text = (root / page).read_text(encoding="utf-8")
    planned = {part: int(minutes) for part, minutes in ROW.findall(text)}
    assert sum(planned.values()) == 30
    starts = [match.start() for match in HEADING.finditer(text) if match[2] in planned]
    assert len(starts) == len(planned)
    for minutes, (start, end) in zip(planned.values(), pairwise([*starts, len(text)]), strict=True):
        assert sum(int(found[3] or 0) for found in HEADING.finditer(text, start, end)) == minutes


def test_the_example_is_what_the_reader_of_the_tutorial_has_typed(
    blocks_of: Blocks, root: Path, tmp_path: Path
) -> None:
    for block in blocks_of(PAGES[0]):
        typed(block.before, block.text, tmp_path)
    for file in (root / "examples" / "small_factory").iterdir():
        assert file.read_text(encoding="utf-8") == (tmp_path / file.name).read_text(encoding="utf-8")
