"""The page of a review: complete in both languages, escaped, the same each time, and one file alone."""

from __future__ import annotations

import re
import string
from datetime import date
from typing import Any

import attrs
import pytest
from tests.shown_html import Shown

import qms_service as qms
from qms_service.management.page import Speech, sections_of
from qms_service.satisfaction import Indicator, Threshold, mean_score
from qms_service.texts.en.management import TEXTS as EN
from qms_service.texts.zh.management import TEXTS as ZH

from .story import CASES, START, at, case, complaint, review_of
from .test_surveys_and_duties import CALENDAR, LAST, SUMMARIES, THIS

READING = Indicator("delivery", better="higher", unit="%").reading(
    own=98, reported=91, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1)
)
EVIL = "<script>alert('&')</script>\u202egnp|*x*"
MARKED = complaint("C-66|", "2026-02-02", EVIL, EVIL, ("forwarded", "2026-02-02"))
OPEN = case(qms.Claim(number="<M>", customer=EVIL, received_at=at("2026-03-01")))
FULL = review_of(
    [*CASES, *SUMMARIES, MARKED, OPEN, 0, MARKED], surveys=[LAST, THIS], targets=[Threshold(at_least=85)],
    indicators=[READING], duties=CALENDAR, previous=review_of(start=at("2025-01-01"), end=START), top=2,
)  # fmt: skip


@attrs.define
class Page(Shown):
    """A page: it may have tags that stand alone."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        Shown.handle_starttag(self, tag, attributes)
        if tag == "meta":
            self.open.pop()


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("review", [FULL, review_of([])], ids=["full", "empty"])
def test_no_text_is_missing(review: qms.ManagementReview, lang: str) -> None:
    for page in (review.to_markdown(lang), review.to_html(lang)):
        assert not re.search(r"review\.[a-z]|head\.|word\.|None|Fraction|Label\(", page)


class Heard(dict[str, str]):
    """A catalogue without texts that remembers for which it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.codes = set[str]()

    def get(self, code: str, default: Any = None) -> Any:  # noqa: ANN401  # as a mapping has it
        self.codes.add(code)
        return default


def test_every_text_of_the_page_is_there_and_is_said() -> None:
    heard = Heard()
    for review in (FULL, review_of([])):
        review.to_html("xx", {"xx": heard})
    asked = {code for code in heard.codes if code.startswith("review.")}
    assert asked <= set(EN) == set(ZH)
    # One of several, as the case may be: what the other tests say one by one.
    others = r"review\.((limit|change|verdict|basis)\..*|limits\.none|overdue|settled)"
    unheard = {code for code in EN if code.startswith("review.")} - asked
    assert [code for code in unheard if not re.fullmatch(others, code)] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_that_a_case_holds_becomes_a_tag(lang: str) -> None:
    html = FULL.to_html(lang)
    page = read(html)
    assert "script" not in page.tags
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "small", "section", "p", "table",
        "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    cells = {cell for table in page.tables for row in table for cell in row}
    assert EVIL.replace("\u202e", "�") in cells
    assert "\u202e" not in html


def test_nothing_that_a_case_holds_becomes_a_mark_of_markdown() -> None:
    page = FULL.to_markdown()
    assert "&lt;script&gt;alert('&amp;')&lt;/script&gt;�gnp\\|\\*x\\*" in page
    assert "<script" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_table_of_markdown_is_even(lang: str) -> None:
    for block in FULL.to_markdown(lang).split("\n\n"):
        lines = block.splitlines()
        if lines and lines[0].startswith("| "):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1


def test_the_page_loads_nothing_and_prints_on_a4() -> None:
    html = FULL.to_html()
    assert not re.search(r"https?:|url\(|src=|href=|@import", html)
    assert "size: A4 portrait" in html


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_the_same_each_time(lang: str) -> None:
    again = review_of(
        [0, MARKED, OPEN, MARKED, *SUMMARIES, *reversed(CASES)], surveys=[LAST, THIS],
        targets=[Threshold(at_least=85)], indicators=[READING], duties=CALENDAR,
        previous=review_of(start=at("2025-01-01"), end=START), top=2,
    )  # fmt: skip
    assert again.to_html(lang) == FULL.to_html(lang)
    assert again.to_markdown(lang) == FULL.to_markdown(lang)


def test_both_forms_of_the_page_say_the_same() -> None:
    captions = re.findall(r"^\*\*(.*)\*\*$", FULL.to_markdown(), re.MULTILINE)
    assert captions == read(FULL.to_html()).captions


def test_a_share_stands_with_its_count_and_base() -> None:
    speech = Speech()
    assert speech.share(1, 3) == "33.3\u00a0%\u00a0(1/3)"
    assert speech.share(1, 800) == "0.1\u00a0%\u00a0(1/800)"  # 0.125, half up at the first place
    assert speech.share(0, 0) == "–"


def test_what_is_not_on_record_and_what_is_left_have_words() -> None:
    page = FULL.to_markdown()
    assert "| (not on record) | 1 |" in page
    assert "others (1 values)" in page


def test_a_notebook_shows_the_review_as_a_part_of_its_own_page() -> None:
    part = FULL._repr_html_()
    assert part.startswith("<style>")
    assert "<html" not in part
    read(part)


def test_a_language_of_the_caller_is_an_argument() -> None:
    shown = FULL.to_markdown(
        "fr", {"fr": {"review.title": "Revue de direction", "review.limits": "Limites :"}}
    )
    assert shown.startswith("# Revue de direction")
    assert "Limites :" in shown
    assert "<title>Revue" in FULL.to_html("fr", {"fr": {"review.title": "Revue de direction"}})


def test_every_operand_of_a_text_is_given() -> None:
    for section in sections_of(FULL, Speech(lang="zh")):
        for line in (*section.lines, *section.notes):
            assert not [field for _, field, _, _ in string.Formatter().parse(line) if field]


def test_a_survey_without_a_survey_before_and_without_dimensions_has_its_line() -> None:
    page = review_of([], surveys={"2026": mean_score([80, 90, 85, 70, 75], asked=8)}).to_markdown()
    assert "Survey 2026: 80.0 (5 of 8" in page
    assert "| 2026 | 80.0 |" in page
    assert "By dimension" not in page
    assert "Since the survey before" not in page
