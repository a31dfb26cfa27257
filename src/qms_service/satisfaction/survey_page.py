"""The page (调查结果页) of a survey: its score and its parts as tables, for notebooks and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from qms_service.markup import Html, Table, Words, markdown_table, markdown_text
from qms_service.satisfaction.customer_score import CustomerScore
from qms_service.satisfaction.figures import rounded
from qms_service.satisfaction.survey_score import NOT_STATED, Part, SurveyScore

_NONE: Final = "–"


def survey_html(score: SurveyScore, words: Words) -> Html:
    """The page in HTML, a table for each section."""
    return Html("".join(table.html(words) for table in survey_tables(score, words)))


def survey_markdown(score: SurveyScore, words: Words) -> str:
    """The page in Markdown, a table for each section."""
    return "\n\n".join(
        f"**{markdown_text(table.caption)}**\n\n{markdown_table(table.head, table.rows)}"
        for table in survey_tables(score, words)
    )


def survey_tables(score: SurveyScore, words: Words) -> tuple[Table, ...]:
    """The sections of the page; one without rows is left out."""
    return tuple(table for table in _tables(score, words) if table.rows)


def _tables(score: SurveyScore, words: Words) -> Iterator[Table]:
    survey, lang = score.survey, words.lang
    title = survey.label.text(lang) if survey.label else f"{survey.questionnaire.text(lang)} {survey.id}"
    yield _table(words, title, ("figure", "value"), _overview(score, words))
    for kind, parts in (("dimensions", score.by_dimension), ("items", score.by_item)):
        yield _parts(words, words.text(f"survey-page.{kind}"), parts.values())
    for division, segments in score.by_segment.items():
        yield _parts(words, words.name("survey-page.division", division), segments.values())
    customers = sorted(score.by_customer.values(), key=_lowest_first)
    rows = [_customer(one, words) for one in customers]
    yield _table(words, words.text("survey-page.customers"), ("customer", "total", "notes"), rows)
    flags = [(one.who, one.text(lang, words.catalogues)) for one in score.flags]
    yield _table(words, words.text("survey-page.flags"), ("customer", "notes"), flags)


def _table(words: Words, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    return Table(caption=caption, head=[words.text(f"survey-page.{one}") for one in head], rows=rows)


def _overview(score: SurveyScore, words: Words) -> Sequence[Sequence[str]]:
    lang, catalogues = words.lang, words.catalogues
    figures = [("score", score.score.text(lang, catalogues))]
    if score.response_rate is not None:
        figures.append(("response-rate", score.response_rate.text(lang, catalogues)))
    if score.coverage is not None and any(one.revenue is not None for one in score.survey.asked or ()):
        revenue = score.coverage.revenue
        said = revenue.text(lang, catalogues)
        unknown = revenue.derivation[-1].text(lang, catalogues)
        figures.append(("revenue", unknown if revenue.value is None else said))
    figures.append(("left-out", str(len(score.left_out))))
    return [(words.text(f"survey-page.{name}"), said) for name, said in figures]


def _parts(words: Words, caption: str, parts: Iterable[Part]) -> Table:
    rows = [(_name(one, words), one.text(words.lang, words.catalogues)) for one in parts]
    return _table(words, caption, ("part", "value"), rows)


def _name(part: Part, words: Words) -> str:
    return words.text("survey-page.not-stated") if part.id == NOT_STATED else part.name(words.lang)


def _lowest_first(one: CustomerScore) -> tuple[bool, Fraction, str]:
    """Those without a total stand last: they are no low score."""
    return one.total is None, one.total or Fraction(0), one.customer


def _customer(one: CustomerScore, words: Words) -> Sequence[str]:
    total = _NONE if one.total is None else str(rounded(one.total))
    notes = [left.text(words.lang, words.catalogues) for left in one.left_out]
    return one.customer, total, "\n".join((*notes, *one.comments))
