"""The forms: Markdown and HTML say the same, and nothing that a rulebook says becomes markup."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.authoring.show.everything import EVERYTHING
from tests.authoring.show.page import Page, Rows, read_page

from qms_service.authoring.show import (
    Chart,
    Document,
    Edge,
    Node,
    Section,
    Table,
    html,
    markdown,
    mermaid,
    svg,
)
from qms_service.authoring.show.chart import columns, wrapped
from qms_service.authoring.show.drawing import box
from qms_service.authoring.showing import show
from qms_service.errors import MissingExtraError

ROOT = Path(__file__).parents[3]
BOOKS = ["pcb-maker", str(ROOT / "examples/boston_311/rulebook"), str(ROOT / "examples/uci_498/rulebook")]
NASTY = [
    "end",
    'a "quoted" [box] {curly} (round) |pipe| \\',
    "<script>alert(1)</script> &amp; #35; <br/>",
    "品质部【A】 ``code`` **bold** _it_ ~~x~~ $x$",
    "1. first",
    "- item",
    "# head",
    "| a | b |",
    "%%{init: {'theme': 'dark'}}%% graph TD; A-->B",
    "</style></svg>",
    "$$x$$ fa:fa-car",
]


def markdown_tables(text: str) -> list[Rows]:
    """The tables of a Markdown text as CommonMark with tables reads them."""
    tables: list[Rows] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and token.level >= 4 and tables:  # within a cell
            tables[-1][-1].append("".join(said(child) for child in token.children or []))
    return tables


def said(token: Token) -> str:
    if token.type == "html_inline":
        assert token.content == "<br>", "a tag that the rulebook wrote"
        return "\n"
    assert token.type in ("text", "code_inline", "text_special"), token.type
    return token.content


def page_tables(page: Page) -> list[Rows]:
    return [rows for part in page.parts for rows in part.tables]


@pytest.fixture
def pumps(tmp_path: Path) -> Path:
    file = tmp_path / "pumps.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    return file


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("book", [*BOOKS, "pumps"])
def test_markdown_and_html_have_the_same_tables(book: str, lang: str, pumps: Path) -> None:
    source = str(pumps) if book == "pumps" else book
    read = markdown_tables(show(source, lang=lang))
    shown = page_tables(read_page(show(source, lang=lang, form="html")))
    card, *others = read
    assert card[1:] == shown[0]  # a table without a head has an empty one in Markdown
    assert others == shown[1:]


@pytest.mark.parametrize("book", BOOKS)
def test_a_page_stands_alone(book: str) -> None:
    page = show(book, form="html")
    read = read_page(page)
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "a", "base"}
    assert not [
        name
        for _, attributes in read.tags
        for name in attributes
        if name in ("src", "href") or name.startswith("on")
    ]
    assert "url(" not in page
    assert "@import" not in page
    assert re.findall(r"https?://\S+", page.replace('xmlns="http://www.w3.org/2000/svg"', "")) == []


def test_a_page_says_how_it_prints() -> None:
    page = show("pcb-maker", form="html", lang="zh")
    assert '<html lang="zh">' in page
    assert "size: A4" in page
    assert "thead { display: table-header-group; }" in page  # the head again on each page
    assert "tr { break-inside: avoid; }" in page
    assert r'content: "pcb\2d maker 第 1 版' in page  # at the foot of every page: which rules these are


def nasty(text: str) -> Document:
    nodes = (Node(id="n1", lines=(text,), form="start"), Node(id="n2", lines=wrapped(text), form="condition"))
    chart = Chart(
        id="x", title=text, nodes=nodes, edges=(Edge(tail="n1", head="n2", label=text),), lacking=text
    )
    table = Table(head=(text, "b"), rows=((text, "c"),))
    section = Section(title=text, blocks=(text, table, chart))
    return Document(lang="en", title=text, pin=text, blocks=(section,))


@pytest.mark.parametrize("text", NASTY)
def test_what_a_rulebook_says_stays_text_on_a_page(text: str) -> None:
    page = read_page(html(nasty(text)))
    assert page.parts[2].title == text
    assert page.parts[2].tables == [[[text, "b"], [text, "c"]]]
    assert text in page.parts[2].text
    assert page.drawn[-3 if len(wrapped(text)) == 1 else 0 :]
    assert not {tag for tag, _ in page.tags} & {"script", "b"}


@pytest.mark.parametrize("text", NASTY)
def test_what_a_rulebook_says_stays_text_in_markdown(text: str) -> None:
    written = markdown(nasty(text))
    assert markdown_tables(written) == [[[text, "b"], [text, "c"]]]
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    plain = ["".join(said(child) for child in one.children or []) for one in tokens if one.type == "inline"]
    assert plain.count(text) == 6  # title, heading, paragraph, two cells, foot
    assert [one.tag for one in tokens if one.type == "fence"] == ["code"]


@pytest.mark.parametrize("text", NASTY)
def test_what_a_rulebook_says_stays_text_in_mermaid(text: str) -> None:
    """What the parser of Mermaid makes of these was looked at once; here, that no sign of its own is left."""
    section = nasty(text).blocks[0]
    assert isinstance(section, Section)
    chart = section.blocks[2]
    assert isinstance(chart, Chart)
    first = mermaid(chart).splitlines()[1]
    inside = first.removeprefix('    n1(["').removesuffix('"])')
    back = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), inside).replace("\u200b", "")
    assert back == " ".join(text.split())
    assert not set(re.sub(r"#\d+;", "", inside)) & set('"[]{}|<>`*_;%$&\\~')
    assert not re.match(r"\d+\.|[-+#]\s", inside)


@pytest.mark.parametrize("text", NASTY)
def test_what_a_rulebook_says_stays_text_in_a_drawing(text: str) -> None:
    section = nasty(text).blocks[0]
    assert isinstance(section, Section)
    chart = section.blocks[2]
    assert isinstance(chart, Chart)
    root = ET.fromstring(svg(chart))  # noqa: S314  # our own
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert text in texts
    assert root.attrib["aria-label"] == text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_boxes_of_a_drawing_meet_and_their_texts_fit(lang: str) -> None:
    root = ET.fromstring(show("pcb-maker", kind="complaint", form="svg", lang=lang))  # noqa: S314  # our own
    left, top, width, height = (float(part) for part in root.attrib["viewBox"].split())
    boxes = []
    for one in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, wide, high = (float(one.attrib[key]) for key in ("x", "y", "width", "height"))
        assert left <= x
        assert top <= y
        assert x + wide <= left + width
        assert y + high <= top + height
        boxes.append((x, y, x + wide, y + high))
    assert len(boxes) == 27
    for place, a in enumerate(boxes):
        for b in boxes[place + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    node = Node(id="n1", lines=("客诉处置单交品质部", "(x)"))
    assert box(node)[0] > 9 * 11  # nine Chinese letters of 11 points


def test_a_drawing_names_fonts_for_chinese() -> None:
    assert "'Noto Sans CJK SC'" in show("pcb-maker", kind="complaint", form="svg")
    assert "'Microsoft YaHei'" in show("pcb-maker", kind="complaint", form="svg")


def test_dashed_arrows_and_linked_cases_are_drawn(pumps: Path) -> None:
    root = ET.fromstring(show(pumps, form="svg", kind="repair"))  # noqa: S314  # our own
    paths = list(root.iter("{http://www.w3.org/2000/svg}path"))
    assert len([one for one in paths if "stroke-dasharray" in one.attrib]) == 2
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Claim closed" in texts


def test_a_drawing_of_one_box_has_no_arrows(tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_text('id="one"\nedition="1"\ntimezone="UTC"\n[job.events.opened]\n', encoding="utf-8")
    root = ET.fromstring(show(file, form="svg"))  # noqa: S314  # our own
    assert not list(root.iter("{http://www.w3.org/2000/svg}path"))
    page = read_page(show(file, form="html"))
    assert [part.title for part in page.parts][1:] == ["one", "job", "Flow chart", "Steps"]


def test_without_the_extra_a_page_lists_the_arrows_and_says_what_draws_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    page = show("pcb-maker", form="html")
    assert "<svg" not in page
    text = read_page(page).part("Flow chart").text
    assert "Effectiveness verified (Quality) → [Effective = yes] Closed (Quality)" in text
    assert 'pip install "qms-service[show]"' in text
    with pytest.raises(MissingExtraError, match=r"pygraphviz.*qms-service\[show\]"):
        show("pcb-maker", kind="complaint", form="svg")


def test_a_wide_character_takes_two_columns_and_a_long_word_stays_whole() -> None:
    assert columns("QA品质") == 6
    assert wrapped("Donaudampfschifffahrtsgesellschaft is long", 10) == (
        "Donaudampfschifffahrtsgesellschaft",
        "is long",
    )
    assert wrapped("不合格品，处置单。", 8) == ("不合格", "品，处置", "单。")
    assert wrapped("", 8) == ("",)
