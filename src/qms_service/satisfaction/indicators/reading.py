"""Reading (指标值): what an indicator was in a period, by one's own count and by the customers' side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.given import a_day
from qms_service.satisfaction.number import Number, exact
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from qms_service.satisfaction.indicators.indicator import Indicator


def _own(given: Number | None) -> Fraction | None:
    return None if given is None else exact(given, "own")


def _reported(given: Number | None) -> Fraction | None:
    return None if given is None else exact(given, "reported")


@attrs.frozen(kw_only=True)
class Reading:
    """What an indicator was in a period (指标值).

    Args:
        indicator: The indicator.
        starts_on: The first day of the period.
        ends_on: The first day after it.
        own: What the factory counted; None where it did not, which is never 0.
        reported: What the customers count; None where they do not tell.

    Raises:
        ScoreError: A value is no number, or the period has no day.
    """

    indicator: Indicator
    starts_on: date = attrs.field(validator=a_day)
    ends_on: date = attrs.field(validator=a_day)
    own: Fraction | None = attrs.field(default=None, converter=_own)
    reported: Fraction | None = attrs.field(default=None, converter=_reported)

    def __attrs_post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise ScoreError("indicator-period", starts_on=self.starts_on, ends_on=self.ends_on)

    @property
    def difference(self) -> Fraction | None:
        """The customers' count less one's own; None where either is missing."""
        return None if self.own is None or self.reported is None else self.reported - self.own

    @property
    def flatters(self) -> bool | None:
        """Whether one's own count looks better than the customers'; None where either is missing, or which is better."""
        if self.difference is None or self.indicator.better is None:
            return None
        return self.difference < 0 if self.indicator.better == "higher" else self.difference > 0

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """Both values and their difference in the reader's language, with the clause."""
        values = {"own": self.own, "reported": self.reported, "difference": self.difference}
        operands = {
            "indicator": self.indicator.text(lang, catalogues),
            "starts_on": self.starts_on,
            "last_on": self.ends_on - timedelta(days=1),
            **{name: self._with_unit(value) for name, value in values.items()},
        }
        clause = self.indicator.clause
        said = render(
            "indicator.reading" + ".apart" * (self.difference is not None), operands, lang, catalogues
        )
        return f"{said} [{clause}]" if clause else said

    def __str__(self) -> str:
        return self.text()

    def _with_unit(self, value: Fraction | None) -> str | None:
        return None if value is None else f"{figure(value)} {self.indicator.unit or ''}".strip()
