"""Blending (综合计算): perception and indicators as one figure, exact, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from qms_service.clauses import ClauseRef
from qms_service.errors import ScoreError
from qms_service.satisfaction import figures
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.given import all_of, must_be
from qms_service.satisfaction.indicators.blend import Blend, BlendPart
from qms_service.satisfaction.indicators.reading import Reading
from qms_service.satisfaction.line import Line
from qms_service.texts import Catalogue, render

PERCEPTION = "perception"


@attrs.frozen(kw_only=True)
class Blended:
    """Perception and indicators as one figure (综合满意度).

    Args:
        value: The figure in points of 100, exact; None where the blend refuses to be made of fewer parts.
        perception: What customers said, in points; None where nobody answered.
        missing: The parts without a value: ids of indicators, and `"perception"`.
        derivation: How it came about, line by line, to be redone by hand.
        clause: The clause that asks for it.
    """

    value: Fraction | None
    perception: Fraction | None
    missing: tuple[str, ...] = ()
    derivation: tuple[Line, ...] = ()
    clause: ClauseRef | None = None

    def text(
        self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None, *, places: int = 1
    ) -> str:
        """The figure in the reader's language, with what is missing and the clause."""
        told = None if self.value is None else figures.rounded(self.value, places)
        code = "blend.value" if told is not None else "blend.none"
        said = render(code, {"value": told}, lang, catalogues)
        if self.missing:
            names = [
                render(f"information.{one}", {}, lang, catalogues).removeprefix("information.")
                for one in self.missing
            ]
            said += render("blend.missing", {"missing": names}, lang, catalogues)
        return f"{said} [{self.clause}]" if self.clause else said

    def __str__(self) -> str:
        return self.text()


@attrs.frozen
class _Weighed:
    name: str
    weight: Fraction
    points: Fraction


def blended(blend: Blend, perception: Estimate | None, readings: Iterable[Reading]) -> Blended:
    """Perception and indicators as one figure, as the blend declares it.

    The figure is the sum of weight x points over the parts that have a value, divided by the sum of their weights. A
    part without a value is missing, never 0 points.

    Args:
        blend: The weights, and what becomes of a missing part.
        perception: The score of the survey.
        readings: The indicators of the period; those that the blend does not name stay apart.

    Returns:
        The figure with its derivation; None for a value where a part is missing that the blend does not do without,
        or where all are.

    Raises:
        ScoreError: An indicator comes twice, or a value lies outside the scale of its part.

    >>> from datetime import date
    >>> from qms_service.satisfaction import Blend, BlendPart, Indicator, mean_score
    >>> on_time = Indicator("delivery", better="higher", unit="%")
    >>> part = BlendPart(on_time, weight=1, side="own")
    >>> both = Blend(id="year", perception=3, parts=[part], missing="refuse", clause="5.2")
    >>> year = on_time.reading(own=98, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    >>> print(blended(both, mean_score([80, 90]), [year]))
    Perception and indicators together: 88.3. [5.2]
    >>> print(blended(both, mean_score([80, 90]), []))
    Perception and indicators together: not to be said. Missing: Delivery. [5.2]
    """
    must_be(Blend, blend, "blend")
    if perception is not None:
        must_be(Estimate, perception, "perception")
    said = None if perception is None else perception.value
    known = _by_indicator(readings)
    points = {PERCEPTION: said, **{one.indicator.id: _points(one, known) for one in blend.parts}}
    weights = {PERCEPTION: blend.perception, **{one.indicator.id: one.weight for one in blend.parts}}
    there = [_Weighed(name, weights[name], one) for name, one in points.items() if one is not None]
    missing = tuple(name for name, one in points.items() if one is None)
    is_refused = not there or (bool(missing) and blend.missing == "refuse")
    value, lines = (None, ()) if is_refused else _weighed(there)
    return Blended(value=value, perception=said, missing=missing, derivation=lines, clause=blend.clause)


def _by_indicator(readings: Iterable[Reading]) -> dict[str, Reading]:
    known: dict[str, Reading] = {}
    for one in all_of(Reading, readings, "readings"):
        if known.setdefault(one.indicator.id, one) is not one:
            raise ScoreError("blend-readings", got=one.indicator.id)
    return known


def _points(part: BlendPart, known: dict[str, Reading]) -> Fraction | None:
    """The points of a part; None where its value is missing."""
    reading = known.get(part.indicator.id)
    value = None if reading is None else getattr(reading, part.side)
    if value is None:
        return None
    if not part.scale.low <= value <= part.scale.high:
        raise ScoreError(
            "blend-outside", got=figure(value), indicator=part.indicator.id, scale=str(part.scale)
        )
    return part.scale.points(value)


def _weighed(parts: list[_Weighed]) -> tuple[Fraction, tuple[Line, ...]]:
    whole, total = Fraction(0), Fraction(0)
    lines = []
    for one in parts:
        product = one.weight * one.points
        whole, total = whole + one.weight, total + product
        shown = {"weight": figure(one.weight), "points": figure(one.points), "product": figure(product)}
        lines.append(Line("blend-part", {"name": one.name, **shown}))
    value = total / whole
    shown = {"total": figure(total), "whole": figure(whole), "value": figure(value)}
    return value, (*lines, Line("blend-sum", shown))
