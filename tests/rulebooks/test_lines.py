"""The line of a mistake: the right one, or none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

from qms_service.rulebooks.lines import Lines

SHIPPED = (files("qms_service.rulebooks") / "shipped" / "pcb-maker" / "1.toml").read_text(encoding="utf-8")


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]")
    else:
        yield path, value


def test_every_line_named_in_the_shipped_rulebook_shows_the_key_it_is_named_for() -> None:
    lines, source = Lines(SHIPPED), SHIPPED.split("\n")
    named = {path: line for path, _ in leaves(tomllib.loads(SHIPPED)) if (line := lines.of(path)) is not None}
    assert len(named) > 200
    for path, line in named.items():
        key = path.rpartition(".")[2].partition("[")[0]
        assert key in source[line - 1] or path.split(".")[-2] in source[line - 1], path


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", "b", 2),
        ("[t]\n\n# c = 9\nc = 3", "t.c", 4),
        ("[t]\nc.d = 3", "t.c.d", 2),
        ("[ t . u ]\nc = 3", "t.u.c", 2),
        ("[t]\nc = { d = 1, e = { f = 2 } }", "t.c.e.f", 2),
        ("[t]\nc = ['x', 'y']", "t.c[1]", 2),
        ("[t]\nmissing = 1", "t.absent", 1),
        ("[[t]]\na = 1\n[[t]]\na = 2", "t[1].a", 4),
        ("[[t]]\na = 1\n[t.u]\nb = 2\n[[t]]\n[t.u]\nb = 3", "t[1].u.b", 7),
        ("[[t]]\n[[t.u]]\na = 1\n[[t.u]]\na = 2", "t[0].u[1].a", 5),
        ("a = '''\nb = 1\n'''\nb = 2", "b", 4),
        ('a = """x"""\nb = 2', "b", 2),
        ("a = [\n  'x',  # ] not the end\n]\nb = 2", "b", 4),
        ("a = '[' # [\nb = 2", "b", 2),
        ("a = 1\r\nb = 2", "b", 2),
        ("[t]\na = 1\n'4.2' = 1\n\"4.2.1\" = 2", "t.4.2.1", 4),
        ("# a line separator\u2028 in a comment\nb = 2", "b", 2),
    ],
)
def test_a_path_on_one_line_has_that_line(text: str, path: str, line: int) -> None:
    assert Lines(text).of(path) == line


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a = [\n  'x',\n  'y',\n]", "a[1]"),
        ("t = '''\n| id | x |\n'''", "t[rule.1].x"),
        ("[t]\n'quoted.key' = { a = 1 }", "t.quoted.key.a"),
        ("[t]\n'4.2' = 1\n[t.'4.2.1']\na = 1", "t.4.2.1"),
        ("[t]\n'4.2' = 1\n[t.4]\n2 = 1", "t.4.2"),
        ("[t]\n'4.2' = 1\n[t.4]\n'2' = 1", "t.4.2"),
        ("[t]\n'quoted' = [\n 1\n]\nb = 2", "t.quoted[0]"),
        ('a = ["""\nb = 1 ]\n b = 2\n"""]\nb = 3', "b"),
        ("a = 1", ""),
        ("a = 1", "b"),
    ],
)
def test_a_path_that_is_not_certain_has_none(text: str, path: str) -> None:
    assert Lines(text).of(path) is None


def test_keys_under_a_header_that_cannot_be_read_are_not_taken_for_another_tables() -> None:
    lines = Lines("[t]\na = 1\n['quoted header']\nb = 2\n[u]\nb = 3")
    assert lines.of("u.b") == 6
    assert lines.of("t.b") == 1
