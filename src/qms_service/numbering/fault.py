"""SeriesFault (编号规则错误): one reason why a number series is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen
class SeriesFault:
    """One reason why a number series is refused.

    Args:
        code: What is wrong, a key of the text catalogues without its `series.` prefix.
        operands: What was got, what is allowed, two dates or a text that show the fault.
        field: The parameter of the series that is to be changed.
    """

    code: str
    operands: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    field: str = "pattern"

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The reason in the reader's language."""
        return render(f"series.{self.code}", {"field": self.field, **self.operands}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()
