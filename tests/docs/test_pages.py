"""Every page runs: its Python, its rulebooks, and its links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, DocTestParser, DocTestRunner
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from tests.docs.console import replayed
from tests.docs.typed_files import typed

import qms_service as qms

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
FILE_NAME = re.compile(r"# ([\w.-]+\.\w+)\n")


@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page_runs_in_its_order(
    page: str, blocks_of: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks share one namespace and one folder.

    A TOML block that opens with `# name.toml`, or any block below `<!-- name.toml -->`, is a file for later ones.
    """
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    blocks = blocks_of(page)
    for block, following in zip_longest(blocks, blocks[1:]):
        place = f"{page}:{block.line}"
        if typed(block.before, block.text, tmp_path):
            continue
        if block.language == "python" and ">>> " in block.text:
            _doctest(block.text, names, place)
        elif block.language == "python":
            printed = _printed(block.text, names, place)
            if following is not None and following.language == "text" and _adjoins(following):
                assert printed == following.text, f"{place} prints something else"
        elif block.language == "console":
            assert replayed(block.text) == block.text, f"{place} prints something else"
        elif block.language == "toml":
            _toml(block.text, tmp_path)


def _adjoins(block: Any) -> bool:  # noqa: ANN401  # a Block of conftest.py
    return not block.before.strip()


def _doctest(text: str, names: dict[str, Any], place: str) -> None:
    test = DocTestParser().get_doctest(text, names, place, place, 0)
    said = StringIO()
    runner = DocTestRunner(optionflags=NORMALIZE_WHITESPACE | ELLIPSIS)
    runner.run(test, out=said.write, clear_globs=False)
    names.update(test.globs)  # a doctest runs on a copy
    assert not runner.failures, said.getvalue()


def _printed(text: str, names: dict[str, Any], place: str) -> str:
    said = StringIO()
    with redirect_stdout(said):
        exec(compile(text, place, "exec"), names)  # noqa: S102  # the page's own code is what is tested
    return said.getvalue()


def _toml(text: str, folder: Path) -> None:
    """A rulebook loads; a named file is left for the page's own code to open."""
    rules = tomllib.loads(text)
    named = FILE_NAME.match(text)
    file = folder / (named[1] if named else "block.toml")
    file.write_text(text, encoding="utf-8")
    if "edition" in rules and not named:
        assert qms.load_rulebook(file).id == rules["id"]


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_a_page_that_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    there = (ROOT / page).parent
    lost = [target for target in LINK.findall(text) if not (there / target).exists()]
    assert not lost, f"{page} links to what is not there: {lost}"


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, waiting = set[Path](), [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page not in reached and page.suffix == ".md" and page.exists():
            reached.add(page)
            waiting += [page.parent / target for target in LINK.findall(page.read_text(encoding="utf-8"))]
    lost = [page for page in PAGES if (ROOT / page).resolve() not in reached]
    assert not lost
