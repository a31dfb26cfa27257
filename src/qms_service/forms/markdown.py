"""Forms in Markdown: a heading for each section, a table below it, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qms_service.forms.filled import FilledField, FilledForm, FilledSection
from qms_service.forms.wording import Wording
from qms_service.markup import markdown_table, markdown_text

BY_HAND: Final = "……"


def markdown_of(filled: FilledForm, words: Wording) -> str:
    """A filled form as Markdown."""
    parts = [*_top(filled, words)]
    for section in filled.sections:
        parts += _section(section, words)
    parts += [markdown_text(line) for line in words.foot(filled)]
    return "\n\n".join(parts) + "\n"


def _top(filled: FilledForm, words: Wording) -> Iterator[str]:
    yield f"# {markdown_text(words.said(filled.form.title))}"
    told = [words.header(filled), words.citing(filled.form.clause)]
    if any(told):
        yield " · ".join(markdown_text(one) for one in told if one)
    if filled.form.note is not None:
        yield markdown_text(words.said(filled.form.note))


def _section(section: FilledSection, words: Wording) -> Iterator[str]:
    clause = words.citing(section.section.clause)
    title = markdown_text(words.said(section.section.title))
    yield f"## {title}" + (f" \\[{markdown_text(clause)}\\]" if clause else "")
    if section.section.rows_of is None:
        head = [words.text("form.field"), words.text("form.value"), words.text("field.clause")]
        yield markdown_table(head, (_line(field, words) for field in section.fields))
        return
    named = bool(section.section.lines)
    heads = [*([""] if named else []), *(words.said(field.label) for field in section.section.fields)]
    rows = (
        [*([words.said(row.label)] if named else []), *(_cell(field, words) for field in row.fields)]
        for row in section.rows
    )
    yield markdown_table(heads, rows)


def _line(field: FilledField, words: Wording) -> list[str]:
    return [words.said(field.field.label), _cell(field, words), words.citing(field.clause)]


def _cell(field: FilledField, words: Wording) -> str:
    return words.cell(field) or (BY_HAND if field.state == "by_hand" else "")
