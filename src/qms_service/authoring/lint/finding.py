"""LintFinding (检查结果): what a check of a rulebook found, with its place and facts that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import attrs

from qms_service.clauses import ClauseRef
from qms_service.facts import NO_FACTS, Facts, as_facts
from qms_service.texts import Catalogue, render

Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")


@attrs.frozen(kw_only=True)
class LintFinding:
    """One finding about a rulebook.

    Args:
        code: What was found, such as `step-unreachable`; of a loading error its own code.
        severity: `"error"`: the rules cannot mean this. `"warning"`: look at it. `"note"`: good to know.
        file: The name of the file, or rulebook and edition where no file was read.
        path: Where it stands, such as `complaint.events.trained`; empty for the whole file.
        line: The line of the file, where it is known for certain.
        clause: The clause that the rule cites.
        facts: What its text names.
        witness: Facts of a case that show it.
        family: Under which prefix of the text catalogues its text stands: `lint`, or for an error of
            loading `problem`, or nothing.

    >>> facts = {"name": "trained", "lacking": "approved"}
    >>> found = LintFinding(code="step-unreachable", severity="error", file="x.toml", facts=facts)
    >>> print(found)
    trained can never be recorded: it needs approved, which can never be on record then. Change its needs, or make these reachable.
    """

    code: str
    severity: Severity
    file: str
    path: str = ""
    line: int | None = None
    clause: ClauseRef | None = None
    facts: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    witness: Facts = attrs.field(default=NO_FACTS, converter=as_facts)
    family: str = "lint"

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The finding in the reader's language, with its clause.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages.
        """
        key = f"{self.family}.{self.code}" if self.family else self.code
        witness = tuple(f"{name} = {_toml(value)}" for name, value in self.witness.items())
        said = render(key, {**self.facts, "witness": witness}, lang, catalogues)
        return f"{said} [{self.clause}]" if self.clause and self.clause.number else said

    def __str__(self) -> str:
        return self.text()


def _toml(value: object) -> str:
    """A value as a rulebook writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
