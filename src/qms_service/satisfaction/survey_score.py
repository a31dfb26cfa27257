"""SurveyScore (满意度调查结果): what a survey comes to, as a whole and in its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from qms_service.labels import Label
from qms_service.satisfaction.counting import LeftOut
from qms_service.satisfaction.customer_score import CustomerScore
from qms_service.satisfaction.estimate import Estimate
from qms_service.satisfaction.flags import Flag
from qms_service.satisfaction.frozen_map import FrozenMap
from qms_service.satisfaction.line import Line
from qms_service.satisfaction.survey import Survey
from qms_service.texts import Catalogue, render

NOT_STATED: Final = "?"


@attrs.frozen(kw_only=True)
class Part(Estimate):
    """One figure of a survey (分项得分): an estimate that knows whether it rests on enough customers.

    Args:
        id: The item, dimension or segment; `"?"` for customers whose segment is not stated.
        label: Its name in each language.
        base: Of fewer customers than that it says too little.
    """

    id: str
    label: Label | None = None
    base: int

    @property
    def too_few(self) -> bool:
        """Whether it rests on too few customers to say something."""
        return self.n < self.base

    def name(self, lang: str = "en") -> str:
        """What people call it; its id where it has no name."""
        return (self.label.text(lang) if self.label else "") or self.id

    def text(
        self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None, *, places: int = 1
    ) -> str:
        """The figure in one line, with the word that it says too little where it does."""
        said = Estimate.text(self, lang, catalogues, places=places)
        if not self.too_few or self.value is None:
            return said
        return said + render("part.too-few", {"base": self.base}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class Coverage:
    """How much of those asked the answers stand for (覆盖率).

    Args:
        customers: The share of the customers asked who have a total.
        revenue: Their share in the revenue of all asked; value None where the revenue of some is not known, whom
            its derivation names: nothing is guessed for them.
    """

    customers: Estimate
    revenue: Estimate


@attrs.frozen(kw_only=True)
class SurveyScore:
    """What a survey comes to, in points of 100.

    Args:
        survey: The survey.
        score: The sum of the customers' totals divided by the customers who answered; the number asked beside it.
        returned: How many customers sent something back, with a total or not.
        response_rate: The share of the customers asked who have a total; None where nobody wrote them down.
        coverage: What the answers stand for; None where nobody wrote down who was asked.
        by_dimension: Each dimension, in the order of the questionnaire.
        by_item: Each item, in the order of the questionnaire.
        by_segment: Each division of the customers, and in it each segment.
        by_customer: Each customer who sent something back, by name.
        silent: The customers asked who have no total.
        flags: What should be looked at.
        left_out: The responses that are in no figure, each with its reason.

    Clause:
        pcb-maker 4.5.4.
    """

    survey: Survey
    score: Part
    returned: int
    response_rate: Estimate | None
    coverage: Coverage | None
    by_dimension: FrozenMap[str, Part]
    by_item: FrozenMap[str, Part]
    by_segment: FrozenMap[str, FrozenMap[str, Part]]
    by_customer: FrozenMap[str, CustomerScore]
    silent: tuple[str, ...]
    flags: tuple[Flag, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def asked(self) -> int | None:
        """How many customers were asked; None where nobody wrote them down."""
        return self.score.population

    @property
    def answered(self) -> int:
        """How many customers have a total: the number that their sum is divided by."""
        return self.score.n

    @property
    def too_few(self) -> bool:
        """Whether the score rests on too few customers to say something."""
        return self.score.too_few

    @property
    def derivation(self) -> tuple[Line, ...]:
        """How the score came about, customer by customer, to be redone by hand."""
        customers = [line for one in self.by_customer.values() for line in one.derivation]
        return (*customers, *self.score.derivation)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The score in one line."""
        return self.score.text(lang, catalogues)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The score and its parts as tables of HTML, which a notebook shows."""
        from qms_service.markup import Words  # noqa: PLC0415  # only for who looks
        from qms_service.satisfaction.survey_page import survey_html  # noqa: PLC0415  # the same

        return survey_html(self, Words(lang=lang, catalogues=catalogues))

    def to_markdown(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The score and its parts as tables of Markdown."""
        from qms_service.markup import Words  # noqa: PLC0415  # only for who looks
        from qms_service.satisfaction.survey_page import survey_markdown  # noqa: PLC0415  # the same

        return survey_markdown(self, Words(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.text()
