"""A shown rulebook as a reader of the page takes it: headings, and under each its paragraphs and tables."""

from __future__ import annotations

from html.parser import HTMLParser

import attrs

VOID = ("meta", "br", "col", "rect", "path", "polygon")
Rows = list[list[str]]


@attrs.define
class Part:
    """What stands under a heading."""

    title: str = ""
    text: str = ""
    tables: list[Rows] = attrs.field(factory=list)


@attrs.define
class Page(HTMLParser):
    """The parts of a page, its tags with their attributes, and the lines of its drawings."""

    parts: list[Part] = attrs.field(factory=lambda: [Part()])
    tags: list[tuple[str, dict[str, str | None]]] = attrs.field(factory=list)
    drawn: list[str] = attrs.field(factory=list)
    open: list[str] = attrs.field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        here = self.parts[-1]
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.parts.append(Part())
        elif tag == "table":
            here.tables.append([])
        elif tag == "tr":
            here.tables[-1].append([])
        elif tag in ("td", "th"):
            here.tables[-1][-1].append("")
        elif tag == "text":
            self.drawn.append("")
        elif tag == "br":
            self._add("\n")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, data: str) -> None:
        inside = next((tag for tag in reversed(self.open) if tag != "code"), "")
        here = self.parts[-1]
        if inside in ("td", "th"):
            here.tables[-1][-1][-1] += data
        elif inside in ("h1", "h2", "h3", "h4"):
            here.title += data
        elif inside == "text":
            self.drawn[-1] += data
        elif inside in ("p", "li"):
            here.text += data

    def part(self, title: str) -> Part:
        return next(part for part in self.parts if part.title == title)

    def table(self, title: str) -> Rows:
        """The rows of the first table under a heading, without its head."""
        return self.part(title).tables[0][1:]

    def row(self, title: str, name: str) -> list[str]:
        """The row of a rule, by the id that stands in it."""
        return next(row for row in self.table(title) if any(name in cell.split("\n") for cell in row))


def read_page(html: str) -> Page:
    """The page; every tag in it is closed in its order."""
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page
