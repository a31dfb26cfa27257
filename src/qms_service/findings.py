"""Findings (发现项): a business "no", a warning or a lateness, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from qms_service.clauses import ClauseRef, clause_ref
from qms_service.facts import Facts, as_facts
from qms_service.texts import Catalogue, render

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity = Literal["refusal", "warning"]


@attrs.frozen(kw_only=True)
class Finding:
    """What a rule found: a refusal stops a step, a warning stays beside it.

    Args:
        code: What was found, a key of the text catalogues without its `finding.` prefix.
        severity: `"refusal"` or `"warning"`.
        clause: The clause that it rests on.
        subject: What it is about: an event, a clock, a fact.
        facts: The values that its text names; `ways`, where it is one of several alternatives, lists them.
        absolute: Whether a refusal stands even against a concession (`record(..., despite=...)`).

    >>> facts = {"fact": "established", "allowed": "bool"}
    >>> found = Finding(code="missing-fact", severity="refusal", subject="analysed", facts=facts, clause="4.2")
    >>> print(found)
    analysed needs the fact established (bool). [4.2]
    >>> found.refuses
    True
    """

    code: str
    severity: Severity
    subject: str
    clause: ClauseRef | None = attrs.field(default=None, converter=clause_ref)
    facts: Facts = attrs.field(factory=Facts, converter=as_facts)
    absolute: bool = False

    @property
    def refuses(self) -> bool:
        """Whether it stops the step."""
        return self.severity == "refusal"

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The finding in the reader's language, with its clause."""
        operands = {"subject": self.subject, **self.facts}
        said = render(f"finding.{self.code}", operands, lang, catalogues)
        if "ways" in self.facts:
            said += render("finding.ways", operands, lang, catalogues)
        return f"{said} [{self.clause}]" if self.clause else said

    def __str__(self) -> str:
        return self.text()
