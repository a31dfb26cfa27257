"""HTML as a browser would take it: the texts in its tables, and whatever else is in it."""

from __future__ import annotations

from html.parser import HTMLParser

import attrs


@attrs.define
class Shown(HTMLParser):
    """The tables of a piece of HTML, each as its rows of cells; captions; all tags; and what stands outside."""

    tables: list[list[list[str]]] = attrs.field(factory=list)
    captions: list[str] = attrs.field(factory=list)
    langs: list[str | None] = attrs.field(factory=list)
    tags: set[str] = attrs.field(factory=set)
    outside: str = ""
    open: list[str] = attrs.field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
            self.langs.append(dict(attributes)["lang"])
        elif tag == "caption":
            self.captions.append("")
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside in ("td", "th"):
            self.tables[-1][-1][-1] += data
        elif inside == "caption":
            self.captions[-1] += data
        else:
            self.outside += data

    def card(self, table: int = 0) -> dict[str, str]:
        """A table whose rows are a name and a value."""
        return {name: value for name, value in self.tables[table]}  # noqa: C416  # each row has exactly two


def read_html(html: str) -> Shown:
    """What a piece of HTML shows; every tag in it is closed in its order."""
    shown = Shown()
    shown.feed(html)
    shown.close()
    assert shown.open == []
    return shown
