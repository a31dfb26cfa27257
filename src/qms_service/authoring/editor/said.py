"""What an editor says of a key, a table or a word: English, and Chinese below it."""

from __future__ import annotations

from qms_service.texts import SHIPPED, catalogue, render


def said_of(*codes: str) -> str:
    """The text of the first of the codes that the catalogues have, in both languages."""
    code = next(code for code in codes if code in catalogue("en"))
    return "\n\n".join(render(code, {}, lang) for lang in SHIPPED)


def said_of_key(form: str, key: str) -> str:
    """What stands under a key: of this form where it means something of its own there."""
    return said_of(f"editor.{form}.{key}", f"editor.{key}")


def said_of_form(name: str) -> str:
    """What a table of a form is."""
    return said_of(f"editor.form.{name}", f"editor.{name}")
