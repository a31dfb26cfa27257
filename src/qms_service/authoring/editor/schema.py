"""The JSON Schema (JSON 模式) of a rulebook: what an editor of TOML offers, explains and underlines.

It is drawn from the grammar by which rulebooks are read, so that the two say the same (draft 7, which taplo reads).
"""

from __future__ import annotations

import json
from typing import Any

from qms_service.authoring.editor.changed_rules import changed_rules
from qms_service.authoring.editor.changes import changes
from qms_service.authoring.editor.said import said_of, said_of_key
from qms_service.authoring.editor.tables import condition, key_schema, selector, table
from qms_service.authoring.editor.values import Schema, ref
from qms_service.rulebooks.changes import ACTIONS
from qms_service.rulebooks.form import Form
from qms_service.rulebooks.grammar import EXTENDING, EXTENDS, GATES, KIND, NEEDS, RULEBOOK


def rulebook_schema() -> dict[str, Any]:
    """The JSON Schema of the rulebook language, draft 7; what `load_rulebook` reads fits it.

    It is help while typing: what needs the whole rulebook, such as the name of a department, it cannot know.
    `lint` remains the judge.

    >>> schema = rulebook_schema()
    >>> schema["required"], schema["definitions"]["clock"]["properties"]["on_reopen"]["enum"]
    (['id', 'edition'], ['resume', 'restart', 'new'])
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "qms_service rulebook",
        "description": said_of("editor.form.rulebook"),
        "type": "object",
        "properties": _top(),
        "additionalProperties": ref(KIND.name),
        "required": [key for key in RULEBOOK.needed if key in EXTENDING.needed],
        "if": {"required": ["extends"]},
        "then": {"propertyNames": {"enum": [*EXTENDING.keys, *ACTIONS]}},
        "else": {
            "required": list(RULEBOOK.needed),
            "dependencies": {action: ["extends"] for action in ACTIONS},
        },
        "definitions": {
            **{form.name: table(form) for form in _members(RULEBOOK)},
            "selector": selector(),
            "need": condition("need", NEEDS),
            "gate": condition("gate", GATES),
            **changed_rules(),
        },
    }


def _top() -> Schema:
    """The keys at the top of a file, whether it extends another or not."""
    own = {name: key_schema(RULEBOOK, name) for name in RULEBOOK.keys}
    extends = {**table(EXTENDS), "description": said_of_key(EXTENDING.name, "extends")}
    return {**own, "extends": extends, **changes()}


def _members(form: Form) -> dict[Form, None]:
    """The forms of the tables that stand in a form under names of the author's own, each once."""
    found: dict[Form, None] = {form.members: None} if form.members else {}
    for inner in (form.members, *(key.form for key in form.keys.values())):
        found |= _members(inner) if inner else {}
    return found


def rulebook_schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(rulebook_schema(), ensure_ascii=False, indent=2) + "\n"
