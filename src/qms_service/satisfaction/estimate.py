"""Estimate (估计值): a score with what it rests on, how sure it is, and how to redo it by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

import attrs

from qms_service.satisfaction import figures
from qms_service.satisfaction.interval import HUNDRED, Interval
from qms_service.satisfaction.line import Line
from qms_service.texts import Catalogue, render

Measure = Literal["mean", "nps", "csat", "ces", "index", "response-rate", "coverage"]
_NINETY_FIVE: Final = Fraction(95, 100)


@attrs.frozen(kw_only=True)
class Estimate:
    """A score or a share, in points of 100.

    Args:
        value: The score, exact; None where nobody answered, which is never 0.
        n: How many answered.
        population: How many were asked; None where that is not known.
        interval: Where the score of all that were asked may lie; None where the answers cannot say.
        method: How the interval is found: `"t"`, `"wilson"`, `"adjusted-wald"` or `"wald"`; `"none"` for what
            is no sample.
        derivation: How the score came about, line by line, to be redone by hand.
        standard_error: The standard error of the value, in points.
        measure: What is measured.
        confidence: The confidence of the interval, a share.
        bounds: The lowest and the highest score there can be.
        variance: The variance of the answers in points, with the divisor n - 1; None below two answers.
        values: The answers in points: by customer, in the order of `customers`, or from low to high; empty
            where only their number is known.
        customers: Who gave which value; empty where that is not known.

    >>> score = Estimate(value=Fraction(325, 4), n=4, population=5)
    >>> score.rounded(), str(score)
    (Decimal('81.3'), '81.3 (4 of 5)')
    """

    value: Fraction | None
    n: int
    population: int | None = None
    interval: Interval | None = None
    method: str = "none"
    derivation: tuple[Line, ...] = ()
    standard_error: Fraction | None = None
    measure: Measure = "mean"
    confidence: Fraction = _NINETY_FIVE
    bounds: Interval = HUNDRED
    variance: Fraction | None = None
    values: tuple[Fraction, ...] = attrs.field(default=(), repr=False)
    customers: tuple[str, ...] = attrs.field(default=(), repr=False)

    def rounded(self, places: int = 1) -> Decimal | None:
        """The value rounded half up, as 四舍五入 is done by hand; None where nobody answered.

        Args:
            places: How many decimals.
        """
        return None if self.value is None else figures.rounded(self.value, places)

    def text(
        self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None, *, places: int = 1
    ) -> str:
        """One line: the value, on how many answers, and the interval."""
        of = "" if self.population is None else ".items" if self.measure == "index" else ".asked"
        base = render(f"estimate.base{of}", {"n": self.n, "asked": self.population}, lang, catalogues)
        value = self.rounded(places)
        if value is None:
            return render("estimate.none", {"base": base}, lang, catalogues)
        if self.interval is None:
            return render("estimate.bare", {"value": value, "base": base}, lang, catalogues)
        low, high = (figures.rounded(end, places) for end in self.interval)
        percent = figures.figure(self.confidence * 100)
        operands = {"value": value, "base": base, "percent": percent, "low": low, "high": high}
        return render("estimate.sure", operands, lang, catalogues)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The estimate with its derivation as a table of HTML, which a notebook shows."""
        from qms_service.markup import Words  # noqa: PLC0415  # only for who looks
        from qms_service.satisfaction.html import score_html  # noqa: PLC0415  # the same

        return score_html(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.text()
