"""Indicator (内部指标): one kind of information on customers, as the factory measures it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, get_args

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.labels import Label, as_label
from qms_service.satisfaction.given import choice, named
from qms_service.satisfaction.indicators.reading import Reading
from qms_service.satisfaction.number import Number
from qms_service.texts import Catalogue, render

Information = Literal[
    "quality",
    "delivery",
    "service",
    "cooperation",
    "price",
    "visits",
    "calls",
    "questionnaires",
    "complaints",
    "returns",
    "improvement",
    "other",
]
INFORMATION: Final[tuple[Information, ...]] = get_args(Information)
Better = Literal["higher", "lower"]


@attrs.frozen
class Indicator:
    """One kind of information on customers, as the factory measures it (内部指标).

    Args:
        id: Its name.
        better: `"higher"` where more is better, `"lower"` where less is; None where the procedure does not say.
        unit: What its values count: `"%"`, `"ppm"`, `"d"`; None where the procedure does not say.
        kind: Which of the twelve kinds of pcb-maker 4.5.1 it belongs to: `quality` (产品的品质情况), `delivery`
            (交货情况), `service` (服务情况), `cooperation` (配合事项), `price` (价格), `visits` (客户访厂、验货及审核), `calls`
            (客户走访), `questionnaires` (客户问卷), `complaints` (客户投诉), `returns` (客户退货), `improvement`
            (持续改善), `other`; the id itself where it is one of these.
        label: What it is called, in each language.
        source: Where its values come from.
        clause: The clause that asks for it.

    Raises:
        ScoreError: The name is empty, or a word is none of those allowed.

    Clause: pcb-maker 4.5.1, (1) to (12).

    >>> on_time = Indicator("delivery", better="higher", unit="%", clause="4.5.1(2)")
    >>> print(on_time.reading(own=98.5, reported=96, starts_on=date(2026, 1, 1), ends_on=date(2026, 4, 1)))
    Delivery, 2026-01-01 to 2026-03-31: own 98.5 %, by the customers 96 %, difference -2.5 %. [4.5.1(2)]
    """

    id: str = attrs.field(validator=named)
    better: Better | None = attrs.field(
        default=None, validator=attrs.validators.optional(choice(*get_args(Better))), kw_only=True
    )
    unit: str | None = attrs.field(default=None, validator=attrs.validators.optional(named), kw_only=True)
    kind: Information = attrs.field(validator=choice(*INFORMATION), kw_only=True)
    label: Label | None = attrs.field(default=None, converter=as_label, kw_only=True)
    source: str | None = attrs.field(default=None, kw_only=True)
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref, kw_only=True)

    @kind.default
    def _of_the_id(self) -> str:
        return self.id if self.id in INFORMATION else "other"

    def reading(
        self, *, starts_on: date, ends_on: date, own: Number | None = None, reported: Number | None = None
    ) -> Reading:
        """Its values in a period.

        Args:
            starts_on: The first day.
            ends_on: The first day after it.
            own: What the factory counted; None where it did not, which is never 0.
            reported: What the customers count, on a score card of theirs; None where they do not tell.

        Raises:
            ScoreError: A value is no number, or the period has no day.
        """
        return Reading(indicator=self, own=own, reported=reported, starts_on=starts_on, ends_on=ends_on)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """What it is called in a language; what its kind is called where it has no label."""
        return (self.label.text(lang) if self.label else "") or render(
            f"information.{self.kind}", {}, lang, catalogues
        )
