"""A survey as tables: for a notebook, and as Markdown in either language."""

from __future__ import annotations

from tests.shown_html import Shown

from qms_service.satisfaction import Asked, Item, Questionnaire, Response, Scale, Survey, SurveyScore, score

FORM = Questionnaire(
    "customer",
    [Item("solder", Scale(1, 5), dimension="quality", label={"en": "Soldering", "zh": "焊接"})],
    base=2,
    label={"en": "Customer survey", "zh": "客户调查"},
)
GIVEN = [
    Response("BOLT", {"solder": 5}),
    Response("ACME", {"solder": 3}, comment="<b>torn</b> | wet"),
    Response("CORE", {}),
]


def found(*asked: Asked) -> SurveyScore:
    return score(Survey("2026", FORM, asked=asked, responses=GIVEN))


def shown(of: SurveyScore, lang: str = "en") -> Shown:
    page = Shown()
    page.feed(of.to_html(lang))
    return page


ASKED = (Asked("ACME", "key", revenue=3), Asked("BOLT", revenue=1), Asked("CORE", "key", revenue=4))


def test_a_notebook_shows_the_score_its_parts_and_its_customers() -> None:
    page = shown(found(*ASKED))
    assert page.captions == [
        "Customer survey 2026",
        "By dimension",
        "By item",
        "By segment",
        "By customer, the lowest first",
    ]
    overview = dict(row for row in page.tables[0] if len(row) == 2)
    assert overview["Score"].startswith("75.0 (2 of 3;")
    assert overview["Response rate"] == "66.7 (2 of 3)"
    assert overview["Coverage by revenue"] == "50.0 (2 of 3)"
    assert overview["Responses left out"] == "1"
    assert [row[0] for row in page.tables[3][1:]] == ["not stated", "key"]
    assert page.tables[4][1:] == [
        ["ACME", "50.0", "<b>torn</b> | wet"],
        ["BOLT", "100.0", ""],
        ["CORE", "–", "CORE: nothing was answered that counts in a total."],
    ]
    assert "b" not in page.tags
    assert found(*ASKED)._repr_html_() == found(*ASKED).to_html("en")


def test_markdown_has_the_same_tables_and_escapes_what_was_written() -> None:
    text = found(*ASKED).to_markdown("zh")
    assert text.splitlines()[0] == "**客户调查 2026**"
    assert "| 焊接 | 75.0（3 家中 2 家作答；" in text
    assert r"&lt;b&gt;torn&lt;/b&gt; \| wet" in text


def test_a_survey_has_its_own_title_where_it_has_one() -> None:
    survey = Survey("2026", FORM, responses=GIVEN, label="Spring")
    page = shown(score(survey))
    assert page.captions[0] == "Spring"
    assert [row[0] for row in page.tables[0][1:]] == ["Score", "Responses left out"]


def test_revenue_that_is_known_of_some_only_is_said_and_not_guessed() -> None:
    overview = dict(shown(found(Asked("ACME", revenue=3), Asked("BOLT"))).tables[0])
    assert "BOLT" in overview["Coverage by revenue"]
    assert "Coverage by revenue" not in dict(shown(found(Asked("ACME"), Asked("BOLT"))).tables[0])


def test_flags_stand_on_the_page() -> None:
    page = shown(found(Asked("ACME")))
    assert page.captions[-1] == "To be looked at"
    assert page.tables[-1][1] == ["BOLT", "BOLT answered and was not asked. It is left out."]
