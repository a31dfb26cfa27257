"""FollowUpRule (跟进规则): when dissatisfaction has to be acted on."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal, get_args

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.errors import ScoreError
from qms_service.labels import Label, as_label
from qms_service.satisfaction.given import choice, named
from qms_service.satisfaction.number import Number, exact

When = Literal["below", "item-below", "lowest-item", "below-last-time", "written-complaint"]
SCORE: Final = "score"
_NEEDS_VALUE: Final = ("below", "item-below")
_ON_ITEMS: Final = ("item-below", "lowest-item")


def _value(given: Number | None) -> Fraction | None:
    return None if given is None else exact(given, "value")


@attrs.frozen
class FollowUpRule:
    """When dissatisfaction has to be acted on.

    Args:
        id: Its name.
        when: `"below"`: the total of a customer, or a dimension of it, is less than `value`; `"item-below"`: an item
            is; `"lowest-item"`: the item with the fewest points, several where they are equal, unless it has the most
            that its scale gives (with `value`: only where it is less than that); `"below-last-time"`: the total, or
            a dimension, is less than in the survey before, by `value` points or more; `"written-complaint"`: the
            customer complained in writing.
        value: In points of 100, whatever the scale of an item.
        of: `"score"` or the id of a dimension, for `"below"` and `"below-last-time"`.
        item: The one item meant, for `"item-below"`; None for any.
        opens: The kind of case that it asks for; None where somebody only has to look at it.
        label: What it is called, in each language.
        clause: The clause that asks for it.

    Raises:
        ScoreError: An unknown word, a value that is missing or below zero, an item or a dimension where none is asked.

    Clause: pcb-maker 4.5.3.

    >>> FollowUpRule("low", when="below", value=60, opens="improvement", clause="4.5.3").value
    Fraction(60, 1)
    """

    id: str = attrs.field(validator=named)
    when: When = attrs.field(validator=choice(*get_args(When)), kw_only=True)
    value: Fraction | None = attrs.field(default=None, converter=_value, kw_only=True)
    of: str = attrs.field(default=SCORE, validator=named, kw_only=True)
    item: str | None = attrs.field(default=None, validator=attrs.validators.optional(named), kw_only=True)
    opens: str | None = attrs.field(default=None, validator=attrs.validators.optional(named), kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.value is None and self.when in _NEEDS_VALUE:
            raise ScoreError("follow-up-value", rule=self.id, when=self.when)
        if self.value is not None and (self.value < 0 or self.when == "written-complaint"):
            raise ScoreError("follow-up-no-value", rule=self.id, when=self.when, got=self.value)
        if self.item is not None and self.when != "item-below":
            raise ScoreError("follow-up-item", rule=self.id, when=self.when, got=self.item)
        if self.of != SCORE and self.when in (*_ON_ITEMS, "written-complaint"):
            raise ScoreError("follow-up-of", rule=self.id, when=self.when, got=self.of)

    def text(self, lang: str = "en") -> str:
        """What it is called in a language; its id where it has no label."""
        return (self.label.text(lang) if self.label else "") or self.id
