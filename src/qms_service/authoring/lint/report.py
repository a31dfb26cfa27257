"""LintReport (检查报告): all findings about some rulebooks."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from qms_service.authoring.lint.finding import SEVERITIES, LintFinding, Severity
from qms_service.texts import Catalogue, render


@attrs.frozen
class LintReport:
    """What the checks found, in the order of files and lines.

    Args:
        findings: The findings.
        files: The files that were read.
    """

    findings: tuple[LintFinding, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[LintFinding, ...]:
        """What the rules cannot mean."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[LintFinding, ...]:
        """What somebody should look at."""
        return self._of("warning")

    @property
    def notes(self) -> tuple[LintFinding, ...]:
        """What is good to know."""
        return self._of("note")

    def is_clean(self, *, strict: bool = False) -> bool:
        """Whether there is no error, and with `strict` no warning either."""
        return not (self.errors or (strict and self.warnings))

    def _of(self, severity: Severity) -> tuple[LintFinding, ...]:
        return tuple(one for one in self.findings if one.severity == severity)

    def text(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """The report for people, grouped by file.

        Args:
            lang: `"en"`, `"zh"`, or a key of `catalogues`.
            catalogues: Further languages.
        """
        lines = []
        for file in self.files:
            lines.append(file)
            lines += (f"  {line_of(one, lang, catalogues)}" for one in self.findings if one.file == file)
        return "\n".join([*lines, self.summary(lang, catalogues)])

    def summary(self, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
        """How many of each severity."""
        counts = {f"{severity}s": len(self._of(severity)) for severity in SEVERITIES}
        return render("lint-summary", {"files": len(self.files), **counts}, lang, catalogues)

    def __str__(self) -> str:
        return self.text()


def line_of(one: LintFinding, lang: str = "en", catalogues: Mapping[str, Catalogue] | None = None) -> str:
    """A finding on one line: its line, severity, path, text and code."""
    place = f"{one.line}: " if one.line else ""
    severity = render(f"lint-severity.{one.severity}", {}, lang, catalogues)
    path = f"{one.path}: " if one.path else ""
    return f"{place}{severity}: {path}{one.text(lang, catalogues)} ({one.code})"
