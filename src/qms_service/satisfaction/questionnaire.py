"""Questionnaire (调查表): its items, and how answers become the score of a customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.errors import SurveyError, misspelt
from qms_service.labels import Label, as_label
from qms_service.satisfaction.fault import SurveyFault
from qms_service.satisfaction.given import all_of, amount, choice, fraction, named
from qms_service.satisfaction.item import Item
from qms_service.satisfaction.number import Number, whole

Respondents = Literal["mean", "lowest", "latest", "first"]
Duplicates = Literal["latest", "first", "all"]
Counted = Literal["count", "leave out"]


def _full_marks(given: Number) -> Fraction:
    return amount(given, "full_marks")


def _answered_at_least(given: Number) -> Fraction:
    return fraction(given, "answered_at_least")


@attrs.frozen
class Dimension:
    """A group of items that is reported together (维度)."""

    id: str = attrs.field(validator=named)
    label: Label | None = attrs.field(default=None, converter=as_label)

    def text(self, lang: str = "en") -> str:
        """Its name in a language; its id where it has none."""
        return (self.label.text(lang) if self.label else "") or self.id


def _items(given: Mapping[str, Item] | Iterable[Item]) -> tuple[Item, ...]:
    return all_of(Item, given, "items")


def _dimensions(given: Mapping[str, Any] | Iterable[Dimension | str]) -> tuple[Dimension, ...]:
    if isinstance(given, Mapping):
        return tuple(one if isinstance(one, Dimension) else Dimension(id_, one) for id_, one in given.items())
    return all_of(Dimension, given, "dimensions", by_name=True)


def _base(given: object) -> int:
    return whole(given, "base")


@attrs.frozen
class Questionnaire:
    """The items of a survey, and how answers become the score of a customer.

    Args:
        id: Its name.
        items: Its questions; none where only totals are known.
        full_marks: What a total can reach at most; scores are in these marks.
        respondents: Who speaks for a customer with several respondents: the `"mean"` of all, the one with the
            `"lowest"` total, the `"latest"` or the `"first"` to answer.
        answered_at_least: The share of the applicable weight that must be answered for a total, from 0 to 1.
        base: Of how few customers a figure says too little.
        duplicates: Which answer of one respondent counts: the `"latest"`, the `"first"`, or `"all"`.
        late: Whether an answer after the survey's closing counts: `"count"` or `"leave out"`.
        unasked: Whether the answer of a customer who was not asked counts: `"count"` or `"leave out"`.
        dimensions: The groups of items, with their labels; without them, those that the items name.
        label: Its title.
        clause: The clause that asks for it.

    Raises:
        ScoreError: A part of it cannot be; the text says what is allowed.
        SurveyError: Items or dimensions are named twice, a dimension is not there, the weights add up to nothing;
            all of it in `problems`.

    >>> Questionnaire("customer", full_marks=100, respondents="lowest").items
    ()
    """

    id: str = attrs.field(validator=named)
    items: tuple[Item, ...] = attrs.field(default=(), converter=_items)
    full_marks: Fraction = attrs.field(default=Fraction(100), converter=_full_marks, kw_only=True)
    respondents: Respondents = attrs.field(
        default="mean", validator=choice("mean", "lowest", "latest", "first"), kw_only=True
    )
    answered_at_least: Fraction = attrs.field(
        default=Fraction(1, 2), converter=_answered_at_least, kw_only=True
    )
    base: int = attrs.field(default=5, converter=_base, kw_only=True)
    duplicates: Duplicates = attrs.field(
        default="latest", validator=choice("latest", "first", "all"), kw_only=True
    )
    late: Counted = attrs.field(default="count", validator=choice("count", "leave out"), kw_only=True)
    unasked: Counted = attrs.field(default="leave out", validator=choice("count", "leave out"), kw_only=True)
    dimensions: tuple[Dimension, ...] = attrs.field(converter=_dimensions, kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)

    @dimensions.default
    def _those_of_the_items(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.dimension for one in self.items if one.dimension is not None))

    def __attrs_post_init__(self) -> None:
        faults = (*self._twice(), *self._strangers(), *self._weightless())
        if faults:
            raise SurveyError("survey-questionnaire", got=self.id, count=len(faults), problems=faults)

    def item(self, id_: str) -> Item | None:
        """The item of that id; None where there is none."""
        return next((one for one in self.items if one.id == id_), None)

    def text(self, lang: str = "en") -> str:
        """Its title in a language; its id where it has none."""
        return (self.label.text(lang) if self.label else "") or self.id

    def _twice(self) -> Iterable[SurveyFault]:
        for kind, ids in (("items", self.items), ("dimensions", self.dimensions)):
            for id_, count in Counter(one.id for one in ids).items():
                if count > 1:
                    yield SurveyFault("twice", {"got": id_, "count": count}, path=kind)

    def _strangers(self) -> Iterable[SurveyFault]:
        known = [one.id for one in self.dimensions]
        for item in self.items:
            if item.dimension is not None and item.dimension not in known:
                code, operands = misspelt("dimension", item.dimension, known)
                yield SurveyFault(code, operands, path=f"items.{item.id}.dimension")

    def _weightless(self) -> Iterable[SurveyFault]:
        if self.items and not sum(item.weight for item in self.items):
            yield SurveyFault("weightless", path="items")
        if not self.full_marks:
            yield SurveyFault("no-marks", path="full_marks")
