"""What is of another kind than an argument is refused with its name, what was got, and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qms_service.errors import ScoreError
from qms_service.satisfaction import (
    Asked,
    Blend,
    BlendPart,
    Complained,
    FollowUpRule,
    Indicator,
    Item,
    Milestones,
    Questionnaire,
    Response,
    Scale,
    Survey,
    Threshold,
    blended,
    ces,
    compare,
    csat,
    follow_ups,
    importance_performance,
    judged,
    mean_score,
    rescale,
    sample_size,
    score,
    weighted_index,
    write_template,
)

Given = Any  # what no caller should give
JUNK: Given = 5
FIVE = Scale(1, 5)
FORM = Questionnaire("customer", [Item("solder", FIVE)])
FOUND = score(Survey("2026", FORM, responses=[Response("ACME", {"solder": 3})]))
ON_TIME = Indicator("delivery", unit="%")
RULES = [FollowUpRule("written", when="written-complaint")]
CALLS: list[tuple[Callable[[], object], str]] = [
    (lambda: mean_score([1], scale=JUNK), "scale is of the kind Scale; got 5"),
    (lambda: ces([1], JUNK), "scale is of the kind Scale"),
    (lambda: csat([1], JUNK), "scale is of the kind Scale"),
    (lambda: rescale(1, JUNK), "scale is of the kind Scale"),
    (lambda: weighted_index([1], [1], JUNK), "scale is of the kind Scale"),
    (lambda: compare([1], [1], scale=JUNK), "scale is of the kind Scale"),
    (lambda: importance_performance({"a": (1, 2)}, scale=JUNK), "scale is of the kind Scale"),
    (lambda: importance_performance(JUNK), "give each item with its importance"),
    (lambda: importance_performance({"a": (1,)}), "give each item with its importance"),  # type: ignore[arg-type]
    (lambda: importance_performance([([], 1, 2)]), "item is a name"),  # type: ignore[list-item]
    (lambda: sample_size(0.05, confidence=1 - 2**-53), "confidence: got 0.9999999999999999"),
    (lambda: sample_size(0.05, confidence=1e-17), "confidence: got 1e-17"),
    (lambda: mean_score([Decimal("1E+999999999")]), "allowed is a finite number"),
    (lambda: score(JUNK), "survey is of the kind Survey"),
    (lambda: Response("ACME", 0), "answers is a mapping"),  # type: ignore[arg-type]
    (lambda: Response("ACME", {7: 4}), "answers is a name"),  # type: ignore[dict-item]
    (lambda: Asked("ACME", segments={"region": 7}), "segments is a name"),  # type: ignore[dict-item]
    (lambda: Asked("ACME", segments={7: "east"}), "segments is a name"),  # type: ignore[dict-item]
    (lambda: Item("solder", FIVE, missing=-99), 'quotation marks: "-99"'),  # type: ignore[arg-type]
    (lambda: Item("solder", FIVE, missing=[-99]), 'quotation marks: "-99"'),  # type: ignore[list-item]
    (lambda: Survey("2026", FORM, held_on=datetime(2026, 3, 2, tzinfo=UTC)), "held_on is a date"),
    (lambda: follow_ups(JUNK, RULES), "score is of the kind SurveyScore"),
    (lambda: follow_ups(FOUND, RULES, previous=JUNK), "previous is of the kind SurveyScore"),
    (lambda: follow_ups(FOUND, RULES, period=JUNK), "period is two dates"),
    (lambda: follow_ups(FOUND, RULES, period=(date(2026, 1, 1), datetime(2027, 1, 1, tzinfo=UTC))), "period is two"),
    (lambda: Complained("ACME", "C-1", on=datetime(2026, 1, 1, tzinfo=UTC)), "on is a date"),
    (lambda: judged(JUNK, 80), "target is of the kind Threshold, Milestones"),
    (lambda: Threshold(at_least=80, of=JUNK), "of is a name"),
    (lambda: Milestones(milestones=[{"within": "1 year", "atleast": 95}]), "A milestone has within and one bound"),
    (lambda: blended(JUNK, None, []), "blend is of the kind Blend"),
    (lambda: BlendPart(ON_TIME, weight=1, side="own", scale=JUNK), "scale is of the kind Scale"),
    (lambda: write_template("t.csv", JUNK), "questionnaire is of the kind Questionnaire"),
    (lambda: write_template("t.csv", FORM, lang="fr"), "lang: got fr"),
    (lambda: write_template("t.csv", FORM, asked="ACME"), "asked is a series"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "said"), CALLS)
def test_what_is_of_another_kind_is_refused(
    call: Callable[[], object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScoreError) as refused:
        call()
    assert said in str(refused.value)


def test_a_survey_is_no_perception_but_its_score_is() -> None:
    blend = Blend(
        id="year", perception=1, parts=[BlendPart(ON_TIME, weight=1, side="own")], missing="reweight"
    )
    with pytest.raises(ScoreError, match="perception is of the kind Estimate"):
        blended(blend, FOUND, [])  # type: ignore[arg-type]
    assert blended(blend, FOUND.score, []).value == 50


def test_a_segment_that_is_not_known_is_not_stated() -> None:
    unknown: Given = {"region": None}
    asked = [Asked("ACME", segments=unknown), Asked("Borg", segments={"region": "east"})]
    found = score(Survey("2026", FORM, asked=asked, responses=[Response("ACME", {"solder": 3})]))
    assert {name: part.n for name, part in found.by_segment["region"].items()} == {"?": 1, "east": 0}
