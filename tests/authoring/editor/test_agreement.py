"""The schema and the loader say the same of a rulebook's form, whatever is changed in it.

Two rulebooks hold every key of the language. Each of their values is changed in turn; the loader and the schema,
asked apart, must agree. What the schema underlines, the loader refuses: nothing sound is ever underlined. What the
loader refuses for its form, the schema underlines; names, which need the whole rulebook, are left to the loader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.authoring.editor.books import (
    WHOLE,
    Place,
    Tree,
    changed,
    child,
    fits,
    places,
    plain,
    problems_of,
    read,
    validator,
)
from tests.authoring.editor.test_schema import RULEBOOKS, named

from qms_service.rulebooks import Problem
from qms_service.rulebooks.form import Form
from qms_service.rulebooks.grammar import EXTENDS, GATES, KIND, NEEDS, RULEBOOK, any_of

FORM = {
    "clause-number",
    "count-too-small",
    "dotted-name",
    "empty",
    "extends-no-group",
    "extends-why",
    "missing-key",
    "no-condition",
    "reserved-name",
    "system-event",
    "unknown-key",
    "unknown-key.nearest",
    "unknown-root-key",
    "wrong-type",
}


def of_form(problems: tuple[Problem, ...]) -> list[str]:
    """The problems that need no other place of the rulebook: of form, and of words to choose from."""
    return [
        str(problem)
        for problem in problems
        if problem.code in FORM or problem.operands.get("kind") == "choice"
    ]


def judged(tree: Tree, folder: Path, what: object) -> None:
    problems, fit = problems_of(tree, folder), fits(tree)
    assert problems or fit, (what, [error.message for error in validator().iter_errors(plain(tree))])
    assert not (fit and of_form(problems)), (what, of_form(problems))


@pytest.fixture(params=["whole", "child"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Tree:
    found = child(tmp_path) if request.param == "child" else read(WHOLE)
    assert problems_of(found, tmp_path) == ()
    assert fits(found)
    return found


def put(value: object) -> Any:  # noqa: ANN401  # a change of any container
    return lambda container, key: container.__setitem__(key, deepcopy(value))


def wrong_for(value: object) -> tuple[object, ...]:
    """Values of other types: another atom, and in place of a text or a container, another container."""
    if isinstance(value, bool | int):
        return ("zz zz",)
    return 7, ([7] if isinstance(value, Mapping) else {"zz zz": 7})


def test_a_value_of_another_type(tree: Tree, tmp_path: Path) -> None:
    for place, value in [*places(tree)][1:]:
        for wrong in wrong_for(value):
            judged(changed(tree, place, put(wrong)), tmp_path, (place, wrong))


def test_a_key_that_nobody_knows(tree: Tree, tmp_path: Path) -> None:
    for place, value in places(tree):
        if isinstance(value, Mapping):
            judged(changed(tree, (*place, "zzq"), put(7)), tmp_path, place)


def test_a_key_that_is_gone(tree: Tree, tmp_path: Path) -> None:
    for place, _ in places(tree):
        if place and isinstance(place[-1], str):
            judged(changed(tree, place, lambda container, key: container.__delitem__(key)), tmp_path, place)


def test_a_word_misspelt_or_empty(tree: Tree, tmp_path: Path) -> None:
    for place, value in places(tree):
        if isinstance(value, str):
            for wrong in (f"{value}x", ""):
                judged(changed(tree, place, put(wrong)), tmp_path, (place, wrong))
        elif isinstance(value, list):
            judged(changed(tree, place, put([])), tmp_path, place)


@pytest.mark.parametrize("name", ["a.b", "corrected", "evidence", " "])
def test_a_name_that_no_rule_may_have(tree: Tree, tmp_path: Path, name: str) -> None:
    def renamed(container: Tree, key: str) -> None:
        items = [(name if one == key else one, value) for one, value in container.items()]
        container.clear()
        container.update(items)

    for place, _ in places(tree):
        if len(place) > 1 and place[-2] in ("events", "facts", "subject"):
            judged(changed(tree, place, renamed), tmp_path, place)


UNKNOWN = ("unknown-key", "unknown-key.nearest", "unknown-root-key", "wrong-type", "fact-path", "dotted-name")
# Tables whose keys are facts and columns, which the schema cannot know.
NAMED_BY_RULES = ("where", "unknown", "inputs")


def path_of(place: Place) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return re.sub(r"when\[\d+\]", "when", text.removeprefix("."))


@pytest.mark.parametrize("file", RULEBOOKS, ids=named)
def test_in_a_real_rulebook_each_table_refuses_a_key_that_nobody_knows(file: Path, tmp_path: Path) -> None:
    """All at once: the loader reports every problem, and so does the schema."""
    tree = read(file.read_text("utf-8"))
    tables = [place for place, value in places(tree) if isinstance(value, Mapping)]
    asked = [place for place in tables if not (place and place[-1] in NAMED_BY_RULES)]
    for place in asked:
        tree = changed(tree, (*place, "zzq"), put(7))
    problems = problems_of(tree, tmp_path)
    refused = {one.path.removesuffix(".type") for one in problems if one.code in UNKNOWN}
    underlined = {
        (*error.absolute_path, "zzq") if "zzq" not in error.absolute_path else tuple(error.absolute_path)
        for error in validator().iter_errors(plain(tree))
    }
    assert underlined == {(*place, "zzq") for place in asked}
    assert refused >= {path_of((*place, "zzq")) for place in asked}


def forms() -> Iterator[Form]:
    """Every form of the language."""
    waiting = [RULEBOOK, KIND, EXTENDS, any_of(NEEDS), any_of(GATES)]
    while waiting:
        form = waiting.pop()
        yield form
        waiting += [key.form for key in form.keys.values() if key.form]
        waiting += [form.members] if form.members else []


def test_the_rulebooks_of_these_tests_have_every_key(tmp_path: Path) -> None:
    there = {place[-1] for tree in (read(WHOLE), child(tmp_path)) for place, _ in places(tree) if place}
    assert {key for form in forms() for key in form.keys} <= there
