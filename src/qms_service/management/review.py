"""Management review (管理评审): what a period was for the customers, in figures that say what they rest on."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from pendulum import DateTime

from qms_service.management.actions import OpenAction
from qms_service.management.claims import Claims
from qms_service.management.complaints import Complaints
from qms_service.management.duty_figures import DutyFigures
from qms_service.management.flow import Flow
from qms_service.management.lateness import ClockFigures
from qms_service.management.limits import Limit
from qms_service.management.period import Period
from qms_service.management.returns import Returns
from qms_service.management.surveys import SurveyFigures
from qms_service.satisfaction.indicators import Reading
from qms_service.satisfaction.targets import Judgement
from qms_service.texts import Catalogue


@attrs.frozen(kw_only=True)
class ManagementReview:
    """The inputs of a management review about customers (管理评审), as data, as a page and as plots.

    Args:
        rulebook: The rulebook's id.
        period: The span that it looks at.
        now: The moment of its knowledge.
        cases: How many cases were read.
        satisfaction: The surveys, the one of the period last.
        targets: What became of each target.
        indicators: The factory's own count beside its customers'.
        flows: How many cases of each kind came, were settled, and are open.
        complaints, returns, claims: What they were about.
        clocks: How each clock was kept.
        actions: What was open when the period ended, with its owner.
        duties: How each recurring duty was kept.
        limits: What the figures do not know.
        previous: The review before, without its own previous one.

    Clause: ISO 9001 9.3.2; pcb-maker 4.5.3, 4.5.5.
    """

    rulebook: str
    period: Period
    now: DateTime
    cases: int
    satisfaction: tuple[SurveyFigures, ...] = ()
    targets: tuple[Judgement, ...] = ()
    indicators: tuple[Reading, ...] = ()
    flows: tuple[Flow, ...]
    complaints: Complaints
    returns: Returns
    claims: Claims
    clocks: tuple[ClockFigures, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    duties: tuple[DutyFigures, ...] = ()
    limits: tuple[Limit, ...] = ()
    previous: ManagementReview | None = attrs.field(default=None, repr=False)

    def flow(self, kind: str) -> Flow | None:
        """The flow of a kind of case; None where there was none."""
        return next((one for one in self.flows if one.kind == kind), None)

    def to_html(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The review as a page of HTML that loads nothing and prints on A4; every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.management.page import Speech, html_page  # noqa: PLC0415  # only for who looks

        return html_page(self, Speech(lang=lang, catalogues=catalogues))

    def to_markdown(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The review as a page of Markdown; every text in it is escaped.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages, each a mapping of code to template.
        """
        from qms_service.management.page import Speech, markdown_page  # noqa: PLC0415  # only for who looks

        return markdown_page(self, Speech(lang=lang, catalogues=catalogues))

    def _repr_html_(self) -> str:
        from qms_service.management.page import Speech, html_part  # noqa: PLC0415  # only for who looks

        return html_part(self, Speech())

    def __str__(self) -> str:
        return self.to_markdown()
