"""Problem (问题): one mistake in a rulebook, with its place, what was got and what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen(kw_only=True)
class Problem:
    """A mistake of meaning in a rulebook.

    Args:
        code: What is wrong, a key of the text catalogues without its `problem.` prefix.
        path: Where it stands, such as `complaint.events.analysed.by`.
        line: The line of the file, where it is known for certain.
        operands: What was got, what is allowed, the nearest name.
    """

    code: str
    path: str
    line: int | None = None
    operands: Facts = attrs.field(default=NO_FACTS, converter=as_facts)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The problem in the reader's language."""
        said = render(f"problem.{self.code}", self.operands, lang, catalogues)
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {said}" if place else said

    def __str__(self) -> str:
        return self.text()
