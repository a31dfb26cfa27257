"""Comparison (比较): whether a score really moved, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import attrs

from qms_service.satisfaction.figures import rounded
from qms_service.satisfaction.interval import Interval
from qms_service.satisfaction.line import Line
from qms_service.texts import Catalogue, render

ComparisonMethod = Literal["paired-t", "welch-t"]


class Change(StrEnum):
    """What may be said of a difference."""

    UP = "up"
    DOWN = "down"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    TOO_FEW = "too_few"


@attrs.frozen(kw_only=True)
class Comparison:
    """Two scores beside each other.

    Args:
        verdict: Whether the score went up or down, or whether that cannot be told.
        difference: The later score less the earlier one, in points; of a paired comparison, over the customers
            who answered both times. None where there is none.
        interval: Where the difference may lie.
        before: The earlier score.
        after: The later one.
        n_before: How many answered before.
        n_after: How many answered after.
        n_both: How many are known to have answered both times.
        paired: Whether the answers were compared customer by customer.
        method: How the interval was found.
        base: Below how many answers nothing is said.
        standard_error: The standard error of the difference, in points.
        degrees: The degrees of freedom of its Student's t.
        confidence: The confidence of the interval, a share.
        derivation: How it came about, line by line.
    """

    verdict: Change
    difference: Fraction | None
    interval: Interval | None
    before: Fraction | None
    after: Fraction | None
    n_before: int
    n_after: int
    n_both: int
    paired: bool
    method: ComparisonMethod
    base: int
    standard_error: Fraction | None
    degrees: Fraction | None
    confidence: Fraction
    derivation: tuple[Line, ...] = ()

    def text(
        self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None, *, places: int = 1
    ) -> str:
        """One line: the verdict, both scores, the difference and its interval."""
        verdict = render(f"verdict.{self.verdict}", {}, lang, catalogues)
        operands: dict[str, object] = {"verdict": verdict}
        for name in ("before", "after", "difference"):
            value: Fraction | None = getattr(self, name)
            operands[name] = None if value is None else f"{rounded(value, places):f}"
        if self.interval is None:
            return render("comparison.bare", operands, lang, catalogues)
        low, high = (rounded(end, places) for end in self.interval)
        percent = rounded(100 * self.confidence, 0)
        operands |= {"low": low, "high": high, "percent": percent, "n": self.n_both}
        return render(f"comparison.{'paired' if self.paired else 'sure'}", operands, lang, catalogues)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The comparison with its derivation as a table of HTML, which a notebook shows."""
        from qms_service.markup import Words  # noqa: PLC0415  # only for who looks
        from qms_service.satisfaction.html import score_html  # noqa: PLC0415  # the same

        return score_html(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.text()
