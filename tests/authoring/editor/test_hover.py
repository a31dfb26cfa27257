"""What an author reads with the mouse over a key: what taplo collects from the schema for the key's path.

taplo follows a reference and drops what stands beside it, gathers from `allOf`, `anyOf` and `oneOf`, and for a key
from `properties`, `additionalProperties` and each of `patternProperties` that fits, whichever of them are there. It
knows no `if`, and expressions that look ahead it skips.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.authoring.editor.books import CHILD, WHOLE, Place, places, read

from qms_service.authoring.editor import rulebook_schema

Schema = dict[str, Any]
ROOT = rulebook_schema()


def collected(schema: object, place: Place) -> Iterator[Schema]:
    """The schemas of what stands at a place."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield from collected(referred(schema["$ref"]), place)
        return
    for word in ("oneOf", "anyOf", "allOf"):
        for one in schema.get(word, ()):
            yield from collected(one, place)
    if not place:
        if "allOf" not in schema:
            yield schema
    elif isinstance(place[0], int):
        yield from collected(schema.get("items"), place[1:])
    else:
        for inner in under(schema, place[0]):
            yield from collected(inner, place[1:])


def referred(target: str) -> object:
    found: Any = ROOT
    for part in target.removeprefix("#/").split("/"):
        found = found[part]
    return found


def under(schema: Schema, key: str) -> Iterator[object]:
    yield schema.get("properties", {}).get(key)
    yield schema.get("additionalProperties")
    for pattern, inner in schema.get("patternProperties", {}).items():
        if "(?!" not in pattern and re.search(pattern, key):
            yield inner


def shown(*place: str | int) -> list[str]:
    """The English part of each text that is shown, in its order; of schemas that are the same, one."""
    schemas = {json.dumps(schema): schema for schema in collected(ROOT, place)}
    texts = (schema.get("description", "") for schema in schemas.values())
    return [text.partition("\n\n")[0] for text in texts if text]


@pytest.mark.parametrize("text", [WHOLE, CHILD], ids=["whole", "child"])
def test_every_key_of_the_language_shows_one_explanation(text: str) -> None:
    """Names of the author's own show what they name; facts in conditions, which no schema knows, show nothing."""
    silent = set()
    for place, _ in places(read(text)):
        if place and isinstance(place[-1], str):
            said = shown(*place)
            assert len(said) <= 1, (place, said)
            if not said:
                silent.add(place[-2] if len(place) > 1 else "")
    assert silent <= {
        "",
        "add",
        "replace",
        "remove",
        "rename",
        "where",
        "when",
        "unknown",
        "words",
        "title",
        0,
        1,
    }


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (("title",), "What the procedure is called, in each language."),
        (("timezone",), "The zone of its dates, an IANA name such as `Asia/Shanghai`."),
        (("complaint", "events", "judged"), "A step of the procedure, and the event by which it is recorded."),
        (("complaint", "events", "judged", "by"), "The department that does it."),
        (("complaint", "events", "judged", "needs", 0, "after"), "An event that it must be later than: the last one of that name."),
        (("complaint", "events", "judged", "needs", 0, "all", 0, "event"), "The event by its name."),
        (("complaint", "clocks", "answer", "within", "hit"), "Which row counts."),
        (("complaint", "clocks", "answer", "from", "where"), "The facts that the event must have; of a list of values, one."),
        (("add", "complaint", "events", "called", "reason"), "Why it differs."),
        (("add", "complaint", "events", "called", "by"), "The department that does it."),
        (("add", "complaint.events.called", "by"), "The department that does it."),
        (("replace", "complaint", "clocks", "answer", "warn"), "A term after which a warning is due."),
        (("set", "answer_within", "value"), "The figure: a term such as `48 h` or `4 working d, end of day`, a whole number, or `?` where the source lost it."),
    ],
)  # fmt: skip
def test_the_explanation_of_a_key_is_its_own(place: Place, said: str) -> None:
    assert shown(*place) == [said]
