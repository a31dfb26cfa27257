"""Bound (界限): the least or the most that a target allows, as strictly as the procedure words it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, Literal, get_args

import attrs

from qms_service.errors import ScoreError
from qms_service.satisfaction.figures import figure
from qms_service.satisfaction.given import choice
from qms_service.satisfaction.number import Number, exact
from qms_service.texts import Catalogue, render

Sense = Literal["at_least", "more_than", "at_most", "below"]
SENSES: Final[tuple[Sense, ...]] = get_args(Sense)
_HOLDS: Final[Mapping[Sense, Callable[[Any, Any], bool]]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "below": operator.lt,
}


def _exact(given: Number) -> Fraction:
    return exact(given, "target")


def _or_none(given: Number | None) -> Fraction | None:
    return None if given is None else _exact(given)


@attrs.frozen
class Bound:
    """A figure and on which side of it a value has to lie.

    Args:
        sense: `"at_least"` (以上, 不低于) and `"at_most"` (以下, 不超过) include the figure, `"more_than"` (超过) and
            `"below"` (低于, 不足) do not.
        figure: The figure, exact.

    Raises:
        ScoreError: An unknown sense, or a figure that is no number.

    >>> bound = Bound("at_least", 80)
    >>> bound.holds(Fraction(7996, 100)), str(bound)
    (False, 'at least 80')
    """

    sense: Sense = attrs.field(validator=choice(*SENSES))
    figure: Fraction = attrs.field(converter=_exact)

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies on the right side; it is compared as it is, never rounded."""
        return _HOLDS[self.sense](value, self.figure)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The bound in the reader's language."""
        return render(f"bound.{self.sense}", {"figure": figure(self.figure)}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class Bounded:
    """What has one bound, named by its sense.

    Args:
        at_least: The value has to be this or more.
        more_than: It has to be more than this.
        at_most: It has to be this or less.
        below: It has to be less than this.

    Raises:
        ScoreError: None of them is given, or several.
    """

    at_least: Fraction | None = attrs.field(default=None, converter=_or_none)
    more_than: Fraction | None = attrs.field(default=None, converter=_or_none)
    at_most: Fraction | None = attrs.field(default=None, converter=_or_none)
    below: Fraction | None = attrs.field(default=None, converter=_or_none)

    def __attrs_post_init__(self) -> None:
        given = [sense for sense in SENSES if getattr(self, sense) is not None]
        if len(given) != 1:
            raise ScoreError("target-bound", got=given, allowed=SENSES)

    @property
    def bound(self) -> Bound:
        """The figure with its sense."""
        sense = next(one for one in SENSES if getattr(self, one) is not None)
        return Bound(sense, getattr(self, sense))
