"""Markup (网页片段): values as small tables of HTML, for notebooks and pages.

Every cell is text and escaped; nothing that a case holds can become a tag. Loaded only when somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

import attrs

from qms_service.facts import Money, Quantity
from qms_service.texts import Catalogue, render, shown

_TABLE: Final = "border-collapse: collapse; text-align: left"
_CELL: Final = "text-align: left; vertical-align: top; white-space: pre-line"
_ASIDE: Final = "opacity: 0.6"
# Signs that no paper shows, and those that would turn the direction of all that follows.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SIGNS: Final = re.compile(r"([\\`*_\[\]#|~$])")
_OPENING: Final = re.compile(r"^([+=-]|\d+(?=[.)](?:\s|$)))")  # what opens a list, or underlines a heading
_ENTITIES: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_LINES: Final = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


class Html(str):
    """A text of HTML that a notebook shows as such.

    >>> Html("<b>5 h</b>")._repr_html_()
    '<b>5 h</b>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


@attrs.frozen(kw_only=True)
class Words:
    """The language that a piece of HTML is written in.

    Args:
        lang: `"en"`, `"zh"`, or a key of `catalogues`.
        catalogues: Further languages, each a mapping of code to template.
    """

    lang: str = "en"
    catalogues: Mapping[str, Catalogue] | None = None

    def text(self, code: str) -> str:
        """The text of a code without operands."""
        return render(code, {}, self.lang, self.catalogues)

    def name(self, group: str, name: str) -> str:
        """What people call a name in this language; the name itself where the catalogues have no word for it."""
        code = f"{group}.{name}"
        said = self.text(code)
        return name if said == code else said

    def value(self, value: object) -> str:
        """A value for reading: yes or no, amounts with their unit, a line for each fact of several."""
        if isinstance(value, bool):
            return self.text("word.yes" if value else "word.no")
        if isinstance(value, Quantity):
            return f"{value.amount} {value.unit}"
        if isinstance(value, Money):
            return f"{value.amount} {value.currency}"
        if isinstance(value, Mapping):
            return self.facts(value)
        if isinstance(value, tuple):
            return shown([self.value(one) for one in value], self.lang)
        return shown(value, self.lang)

    def facts(self, facts: Mapping[str, object]) -> str:
        """Facts, a line each."""
        return "\n".join(
            f"{self.name('field', name)}{self.text('word.colon')}{self.value(value)}"
            for name, value in facts.items()
        )


@attrs.frozen(kw_only=True)
class Table:
    """A table of texts (表格).

    Args:
        caption: What it shows.
        rows: The cells of each row; where there is no head, the first of each row names it.
        head: The names of the columns.
        foot: Rows below, such as a sum.
        aside: The places of the rows that stand back, such as time that did not count.
    """

    caption: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    foot: Sequence[Sequence[str]] = ()
    aside: Iterable[int] = ()

    def html(self, words: Words) -> Html:
        """The table in HTML, with every text escaped."""
        aside = frozenset(self.aside)
        body = "".join(self._row(row, back=place in aside) for place, row in enumerate(self.rows))
        head = "".join(f'<th scope="col" style="{_CELL}">{escape(name)}</th>' for name in self.head)
        foot = "".join(self._row(row) for row in self.foot)
        return Html(
            f'<table class="qms" lang="{escape(words.lang)}" style="{_TABLE}">'
            f'<caption style="{_CELL}">{escape(self.caption)}</caption>'
            + (f"<thead><tr>{head}</tr></thead>" if head else "")
            + f"<tbody>{body}</tbody>"
            + (f"<tfoot>{foot}</tfoot>" if foot else "")
            + "</table>"
        )

    def _row(self, row: Sequence[str], *, back: bool = False) -> str:
        cells = [f'<td style="{_CELL}">{escape(cell)}</td>' for cell in row]
        if not self.head:
            cells[0] = f'<th scope="row" style="{_CELL}">{escape(row[0])}</th>'
        return f'<tr style="{_ASIDE}">{"".join(cells)}</tr>' if back else f"<tr>{''.join(cells)}</tr>"


def printable(text: str) -> str:
    r"""A text without what no file can hold and no paper shows; a mark stands where there was some.

    >>> printable("half \ud83d of a pair"), printable("ACME\u202etxt.exe")
    ('half � of a pair', 'ACME�txt.exe')
    """
    return _UNPRINTABLE.sub("�", text)


def markdown_text(text: str) -> str:
    r"""A text that Markdown shows as it is: no tag, no mark of its own, no end of the cell.

    >>> print(markdown_text("a|b <i>"))
    a\|b &lt;i&gt;
    """
    text = printable(text)
    for sign, entity in _ENTITIES:
        text = text.replace(sign, entity)
    return _LINES.sub("<br>", _OPENING.sub(_escaped, _SIGNS.sub(r"\\\1", text.strip())))


def _escaped(opening: re.Match[str]) -> str:
    """What opens a list without its meaning: a number by its full stop, another sign by itself."""
    return f"{opening[0]}\\" if opening[0].isdigit() else f"\\{opening[0]}"


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""A table in Markdown, with every text in it escaped.

    >>> print(markdown_table(["a", "b"], [["1", "x|y"]]))
    | a | b |
    | --- | --- |
    | 1 | x\|y |
    """
    lines = [head, ["---"] * len(head), *rows]
    texts = [[one if one == "---" else markdown_text(one) for one in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in texts)
