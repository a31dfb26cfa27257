"""SurveyFault (调查错误): one reason why a questionnaire or a survey is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen
class SurveyFault:
    """One reason why a questionnaire or a survey is refused.

    Args:
        code: What is wrong, a key of the text catalogues without its `survey.` prefix.
        operands: What was got, what is allowed.
        path: Where it stands, such as `responses[3].answers.solder`.
    """

    code: str
    operands: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    path: str = attrs.field(default="", kw_only=True)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The reason in the reader's language, with its place."""
        said = render(f"survey.{self.code}", self.operands, lang, catalogues)
        return f"{self.path}: {said}" if self.path else said

    def __str__(self) -> str:
        return self.text()
