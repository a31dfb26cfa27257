"""Line (推导步骤): one step of a derivation, to be redone by hand."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.texts import Catalogue, render


@attrs.frozen
class Line:
    """One line of a derivation.

    Args:
        code: What is done, a key of the text catalogues without its `derivation.` prefix.
        operands: The figures that its text names.
    """

    code: str
    operands: Facts = attrs.field(default=NO_FACTS, converter=as_facts)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The line in the reader's language."""
        return render(f"derivation.{self.code}", self.operands, lang, catalogues)

    def __str__(self) -> str:
        return self.text()
