"""Layout: where each text of a filled form stands on its sheet, for whatever draws it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import attrs

from qms_service.forms.filled import FilledField, FilledForm, FilledRow, FilledSection
from qms_service.forms.wording import Wording
from qms_service.markup import printable

Role = Literal["title", "note", "aside", "section", "head", "label", "value", "foot"]
PARTS: Final = 12  # in which a sheet is ruled
NAMES: Final = 2  # the share of the column that names the rows of a table


@attrs.frozen(kw_only=True)
class Box:
    """A box of a sheet.

    Args:
        text: What stands in it.
        span: Over how many parts of the sheet it reaches.
        role: What it is.
        filled: The field whose value it shows.
        room: For how many lines of writing it has room.
    """

    text: str = attrs.field(converter=printable)
    span: int
    role: Role
    filled: FilledField | None = None
    room: int = 1


Row = tuple[Box, ...]


@attrs.frozen(kw_only=True)
class Layout:
    """A sheet ruled in parts, and its rows of boxes.

    Args:
        shares: How wide each part is against the others.
        rows: The rows; the boxes of each fill all parts.
        repeated: How many rows from the top stand on every page.
    """

    shares: tuple[int, ...]
    rows: tuple[Row, ...]
    repeated: int = 0


def lay_out(filled: FilledForm, words: Wording) -> Layout:
    """The layout of a filled form."""
    shares = _shares(filled)
    rows = [*_top(filled, words, len(shares))]
    repeated = 0
    for section in filled.sections:
        rows += _heading(section, words, len(shares))
        if section.section.rows_of is None:
            rows += _grid(section.fields, words, len(shares))
        else:
            table = [*_table(section, words, len(shares))]
            repeated = len(rows) + 1 if section.section.rows_of == "cases" else repeated
            rows += table
    rows += [(Box(text=text, span=len(shares), role="foot"),) for text in words.foot(filled)]
    return Layout(shares=shares, rows=tuple(rows), repeated=repeated)


def _shares(filled: FilledForm) -> tuple[int, ...]:
    """The parts of a sheet: twelve, or the columns of the list that it is."""
    tables = [one.section for one in filled.sections if one.section.rows_of is not None]
    widest = max((len(one.fields) + bool(one.lines) for one in tables), default=0)
    listed = next((one for one in tables if one.rows_of == "cases"), None)
    if listed is None or len(listed.fields) < max(widest, 4):
        return (1,) * PARTS
    return tuple(field.width for field in listed.fields)


def _top(filled: FilledForm, words: Wording, parts: int) -> Iterator[Row]:
    yield (Box(text=words.said(filled.form.title), span=parts, role="title"),)
    half = parts // 2
    clause = words.citing(filled.form.clause)
    yield (
        Box(text=words.header(filled), span=half, role="note"),
        Box(text=clause, span=parts - half, role="aside"),
    )
    if filled.form.note is not None:
        yield (Box(text=words.said(filled.form.note), span=parts, role="note"),)


def _heading(section: FilledSection, words: Wording, parts: int) -> Iterator[Row]:
    clause = words.citing(section.section.clause)
    title = words.said(section.section.title)
    yield (Box(text=f"{title}  [{clause}]" if clause else title, span=parts, role="section"),)


def _grid(fields: Sequence[FilledField], words: Wording, parts: int) -> Iterator[Row]:
    """Fields side by side, two a row; a wide one, and the last of an odd number, takes the whole row."""
    half, waiting = parts // 2, list[FilledField]()
    for field in fields:
        if field.field.wide:
            yield from _pairs(waiting, words, parts)
            yield _pair(field, words, parts, half)
            waiting = []
        else:
            waiting.append(field)
    yield from _pairs(waiting, words, parts)


def _pairs(fields: Sequence[FilledField], words: Wording, parts: int) -> Iterator[Row]:
    half = parts // 2
    for place in range(0, len(fields), 2):
        two = fields[place : place + 2]
        if len(two) == 1:
            yield _pair(two[0], words, parts, half)
        else:
            yield (*_pair(two[0], words, half, half), *_pair(two[1], words, parts - half, half))


def _pair(field: FilledField, words: Wording, parts: int, half: int) -> Row:
    """A label and its value, over so many parts."""
    name = max(1, half // 3)
    return (
        Box(text=words.said(field.field.label), span=name, role="label"),
        _value(field, words, parts - name),
    )


def _table(section: FilledSection, words: Wording, parts: int) -> Iterator[Row]:
    named = bool(section.section.lines)
    shares = [*([NAMES] if named else []), *(field.width for field in section.section.fields)]
    spans = spread(shares, parts)
    heads = [*([""] if named else []), *(words.said(field.label) for field in section.section.fields)]
    yield tuple(Box(text=text, span=span, role="head") for text, span in zip(heads, spans, strict=True))
    for row in section.rows:
        yield _line(row, spans, words, named=named)


def _line(row: FilledRow, spans: Sequence[int], words: Wording, *, named: bool) -> Row:
    name = (Box(text=words.said(row.label), span=spans[0], role="label"),) if named else ()
    cells = zip(row.fields, spans[len(name) :], strict=True)
    return (*name, *(_value(field, words, span) for field, span in cells))


def _value(field: FilledField, words: Wording, span: int) -> Box:
    return Box(text=words.cell(field), span=span, role="value", filled=field, room=field.field.room)


def spread(shares: Sequence[int], parts: int) -> list[int]:
    """Parts of a sheet given to columns by their shares, at least one to each.

    >>> spread([1, 3, 2], 12), spread([1, 1, 20], 4)
    ([2, 6, 4], [1, 1, 2])
    """
    quotas = [share * parts / sum(shares) for share in shares]
    spans = [max(1, int(quota)) for quota in quotas]
    places = range(len(spans))
    while sum(spans) < parts:
        spans[max(places, key=lambda place: quotas[place] - spans[place])] += 1
    while sum(spans) > parts:
        spans[max(places, key=lambda place: (spans[place] > 1, spans[place] - quotas[place]))] -= 1
    return spans
