"""Item (调查项目): one question of a questionnaire, with the scale it is answered on and its weight."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.labels import Label, as_label
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.given import amount, frozen, is_a, named, texts
from qms_service.satisfaction.number import Number
from qms_service.satisfaction.scale import Scale

NOT_APPLICABLE_MARKS: Final = ("N/A", "NA", "不适用")
MISSING_MARKS: Final = ("", "-")


def _words(given: Mapping[str, Number]) -> FrozenMap[str, Number]:
    return frozen(given, "words")


def _weight(given: Number) -> Fraction:
    return amount(given, "weight")


@attrs.frozen
class Item:
    """One question of a questionnaire.

    Args:
        id: Its name in answers and columns.
        scale: The scale that it is answered on.
        dimension: The group that it is reported with; None where it stands alone.
        weight: How much it counts in a total, an exact number of 0 or more; only proportions matter. An item of
            weight 0 is reported and counts in no total.
        label: Its wording, in each language.
        clause: The clause that asks for it.
        words: Answers that are words, each with its number on the scale: `{"很满意": 5}`.
        not_applicable: What a cell has where the item does not apply.
        missing: What a cell has where it was not answered, such as `-99`.

    Raises:
        ScoreError: A part of it cannot be; the text says what is allowed.

    >>> Item("solder", Scale(1, 5), weight=20).weight
    Fraction(20, 1)
    """

    id: str = attrs.field(validator=named)
    scale: Scale = attrs.field(validator=is_a(Scale))
    dimension: str | None = attrs.field(
        default=None, validator=attrs.validators.optional(named), kw_only=True
    )
    weight: Fraction = attrs.field(default=Fraction(1), converter=_weight, kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)
    words: FrozenMap[str, Number] = attrs.field(factory=FrozenMap, converter=_words, kw_only=True)
    not_applicable: tuple[str, ...] = attrs.field(default=NOT_APPLICABLE_MARKS, converter=texts, kw_only=True)
    missing: tuple[str, ...] = attrs.field(default=MISSING_MARKS, converter=texts, kw_only=True)

    @words.validator
    def _on_the_scale(self, _field: attrs.Attribute[object], words: FrozenMap[str, Number]) -> None:
        for value in words.values():
            self.scale.answer(value)

    def text(self, lang: str = "en") -> str:
        """Its wording in a language; its id where it has none."""
        return (self.label.text(lang) if self.label else "") or self.id
