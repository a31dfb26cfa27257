"""The customer file on paper (档案显示): its sums, cases, what was said and documents, as HTML or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from pendulum import DateTime

from qms_service.cases.customer_file import CustomerFile, FileEntry
from qms_service.markup import Html, Table, Words, markdown_table, markdown_text
from qms_service.texts import Catalogue, render

_CUT: Final = 120  # signs of a text in a cell; the case has the rest


def in_html(file: CustomerFile, lang: str, catalogues: Mapping[str, Catalogue] | None) -> Html:
    """The file as tables of HTML."""
    words = Words(lang=lang, catalogues=catalogues)
    heading = f"<h3>{escape(_title(file, words))}</h3>"
    remarks = "".join(f"<p>{escape(line)}</p>" for line in _remarks(file, words))
    return Html(heading + remarks + "".join(table.html(words) for table in _tables(file, words)))


def in_markdown(file: CustomerFile, lang: str, catalogues: Mapping[str, Catalogue] | None) -> str:
    """The file as Markdown: a heading for each table."""
    words = Words(lang=lang, catalogues=catalogues)
    parts = [f"# {markdown_text(_title(file, words))}", *map(markdown_text, _remarks(file, words))]
    for table in _tables(file, words):
        parts += [
            f"## {markdown_text(table.caption)}",
            markdown_table(table.head, (*table.rows, *table.foot)),
        ]
    return "\n\n".join(parts) + "\n"


def _tables(file: CustomerFile, words: Words) -> Iterator[Table]:
    yield _sums(file, words)
    yield from _table("file.cases", _CASE_HEAD, (_case(one, words) for one in file.entries), words)
    yield from _table("file.linked", _CASE_HEAD, (_case(one, words) for one in file.linked), words)
    yield from _table("file.raised", ("at", "kind", "case", "said"), _raised(file, words), words)
    yield from _table("file.documents", _DOCUMENT_HEAD, _documents(file, words), words)


_CASE_HEAD: Final = (
    "case", "kind", "status", "opened_at", "closed_at", "due_at", "overdue", "about", "result",
)  # fmt: skip
_DOCUMENT_HEAD: Final = (
    "document", "about", "title_of", "issue", "valid_from", "filed_at", "withdrawn_at", "lies",
)  # fmt: skip


def _table(code: str, head: Iterable[str], rows: Iterable[tuple[str, ...]], words: Words) -> Iterator[Table]:
    """The table, unless nothing is in it."""
    cells = [tuple(_cut(cell) for cell in row) for row in rows]
    if cells:
        names = [words.text(f"file.{name}") for name in head]
        yield Table(caption=words.text(code), head=names, rows=cells)


def _title(file: CustomerFile, words: Words) -> str:
    return _said("file.title", words, customer=file.customer, now=file.now)


def _remarks(file: CustomerFile, words: Words) -> Iterator[str]:
    if file.is_empty:
        yield _said("file.empty", words, customer=file.customer)
    if file.unknown:
        yield _said("file.unknown", words, count=file.unknown)
    for finding in file.findings:
        yield finding.text(words.lang, words.catalogues)
    if file.alike:
        yield _said("file.alike", words, names=file.alike)
    if file.more:
        yield _said("file.more", words, shown=len(file.entries), total=file.total)


def _said(code: str, words: Words, **operands: object) -> str:
    return render(code, operands, words.lang, words.catalogues)


def _sums(file: CustomerFile, words: Words) -> Table:
    """How many of each kind there are."""
    head = [words.text(code) for code in ("file.kind", "file.total", "file.open", "file.late")]
    rows = [(one.label.text(words.lang), str(one.total), str(one.open), str(one.late)) for one in file.sums]
    foot = [(words.text("file.sum"), str(file.total), str(file.open), str(file.late))]
    return Table(caption=words.text("file.sums"), head=head, rows=rows, foot=foot)


def _case(entry: FileEntry, words: Words) -> tuple[str, ...]:
    result = words.facts({fact.label.text(words.lang) or fact.path: fact.value for fact in entry.result})
    finding = entry.finding.text(words.lang, words.catalogues) if entry.finding else ""
    through = [] if entry.through is None else [_said("file.through", words, case=entry.through)]
    return (
        entry.case,
        entry.label.text(words.lang),
        words.text("field.unknown" if entry.status is None else f"status.{entry.status}"),
        *(_day(at) for at in (entry.opened_at, entry.closed_at)),
        "" if entry.due_at is None else words.value(entry.due_at),
        words.value(entry.overdue) if entry.overdue else "",
        "\n".join((*through, *([words.facts(entry.about)] if entry.about else []))),
        "\n".join(one for one in (result, finding) if one),
    )


def _raised(file: CustomerFile, words: Words) -> Iterator[tuple[str, ...]]:
    for one in file.raised:
        yield _day(one.at), one.label.text(words.lang), one.case, one.text or words.text("file.no-words")


def _documents(file: CustomerFile, words: Words) -> Iterator[tuple[str, ...]]:
    for one in file.documents:
        yield (
            one.document,
            words.name("file", one.about) if one.about else "",
            one.title or "",
            one.edition or "",
            "" if one.valid_from is None else one.valid_from.isoformat(),
            _day(one.filed_at),
            _day(one.withdrawn_at),
            "\n".join(piece.uri for piece in one.evidence),
        )


def _day(at: DateTime | None) -> str:
    return "" if at is None else at.date().isoformat()


def _cut(cell: str) -> str:
    return "\n".join(line if len(line) <= _CUT else f"{line[: _CUT - 1]}…" for line in cell.split("\n"))
