"""The schema for editors: a draft that they read, every key explained in both languages, and the file that ships."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from tests.authoring.editor.books import CHILD, WHOLE, plain, problems_of, read, validator

from qms_service.authoring.editor import rulebook_schema, rulebook_schema_text
from qms_service.rulebooks.rule_paths import BOOK_GROUPS, HEADER, KIND_GROUPS

ROOT = Path(__file__).parents[3]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RULEBOOKS = sorted(
    (*ROOT.glob("src/qms_service/rulebooks/shipped/*/*.toml"), *ROOT.glob("examples/*/rulebook/*.toml"))
)


def said(text: str) -> list[str]:
    return [error.message for error in validator().iter_errors(plain(read(text)))]


def test_it_is_a_schema_of_draft_7() -> None:
    Draft7Validator.check_schema(rulebook_schema())
    assert rulebook_schema()["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_every_reference_leads_to_a_definition() -> None:
    schema = rulebook_schema()
    for target in re.findall(r'"\$ref": "#/([^"]+)"', rulebook_schema_text()):
        place = schema
        for part in target.split("/"):
            place = place[part]
        assert place


def test_the_file_that_ships_is_what_the_grammar_says() -> None:
    shipped = files("qms_service.authoring.editor") / "rulebook.schema.json"
    assert shipped.read_text("utf-8") == rulebook_schema_text(), (
        "write it again: python -m qms_service schema > src/qms_service/authoring/editor/rulebook.schema.json"
    )


def keys(schema: object, at: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every key that the schema describes, with its own schema."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            if isinstance(inner, dict) and "if" not in at and "then" not in at and "else" not in at:
                yield f"{at}.{name}", inner
        for word, inner in schema.items():
            if word not in ("if", "then", "else", "enum", "required"):
                yield from keys(inner, f"{at}.{word}")


def resolved(schema: dict[str, object]) -> dict[str, object]:
    place: dict[str, object] = rulebook_schema()
    for part in str(schema["$ref"]).removeprefix("#/").split("/") if "$ref" in schema else ():
        place = place[part]  # type: ignore[assignment]  # a schema is a tree
    return place if "$ref" in schema else schema


def test_every_key_is_explained_in_english_and_in_chinese() -> None:
    unnamed = set()
    for at, schema in keys(rulebook_schema()):
        name = at.rpartition(".")[2]
        english, _, chinese = str(resolved(schema).get("description", "")).partition("\n\n")
        if not (english and CHINESE.search(chinese)):
            unnamed.add(name)
    assert not unnamed


def test_the_words_of_a_choice_are_explained() -> None:
    hit = rulebook_schema()["definitions"]["route"]["properties"]["hit"]
    assert hit["enum"] == ["unique", "first"]
    assert [text.partition("\n\n")[0] for text in hit["x-taplo"]["docs"]["enumValues"]] == [
        "Rows may not overlap (default).",
        "The first row from the top; the last one may be a default.",
    ]


def test_what_taplo_shows_stands_beside_no_reference() -> None:
    """An editor follows a reference and drops what stands beside it."""
    assert not [at for at, schema in keys(rulebook_schema()) if "$ref" in schema and set(schema) != {"$ref"}]


def named(file: Path) -> str:
    return "-".join(file.parts[-3:])


@pytest.mark.parametrize("file", RULEBOOKS, ids=named)
def test_the_rulebooks_that_ship_have_nothing_underlined(file: Path) -> None:
    assert said(file.read_text("utf-8")) == []


def test_rulebooks_with_every_key_have_nothing_underlined() -> None:
    assert said(WHOLE) == []
    assert said(CHILD.replace('digest   = ""\n', "")) == []


def blocks() -> Iterator[tuple[str, str]]:
    for page in sorted(ROOT.glob("docs/**/*.md")):
        for text in re.findall(r"^```toml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            if "edition" in tomllib.loads(text):
                yield f"{page.name}-{text.partition(chr(10))[0]}", text


BLOCKS = dict(blocks())


@pytest.mark.parametrize("name", BLOCKS)
def test_on_the_pages_nothing_is_underlined_that_loads(name: str, tmp_path: Path) -> None:
    assert problems_of(read(BLOCKS[name]), tmp_path) or not said(BLOCKS[name])


@pytest.mark.parametrize("page", ["wrong.toml", "unpinned.toml"])
def test_the_mistakes_that_the_pages_show_are_underlined(page: str) -> None:
    (text,) = (text for name, text in BLOCKS.items() if name.endswith(f"# {page}"))
    assert said(text)


def test_the_groups_and_the_header_are_those_of_the_grammar() -> None:
    schema = rulebook_schema()
    top = [key for key in schema["properties"] if key not in (*BOOK_GROUPS, "extends")]
    assert set(HEADER) <= set(top)
    assert set(BOOK_GROUPS) <= set(schema["properties"])
    assert set(KIND_GROUPS) <= set(schema["definitions"]["kind"]["properties"])


def test_the_text_of_the_file_is_the_schema() -> None:
    assert json.loads(rulebook_schema_text()) == rulebook_schema()
