"""LintReport (检查报告): all findings about some rulebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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

    @classmethod
    def joined(cls, reports: Iterable[LintReport]) -> LintReport:
        """Several reports as one; a file that was checked twice counts once."""
        files, findings = dict[str, None](), dict[LintFinding, None]()
        for report in reports:
            files |= dict.fromkeys(report.files)
            findings |= dict.fromkeys(report.findings)
        return cls(tuple(findings), tuple(files))

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
        for file, found in self.by_file():
            lines += [file, *(f"  {line_of(one, lang, catalogues)}" for one in found)]
        return "\n".join([*lines, self.summary(lang, catalogues)])

    def by_file(self) -> Iterator[tuple[str, tuple[LintFinding, ...]]]:
        """The files with findings, each with these."""
        for file in self.files:
            found = tuple(one for one in self.findings if one.file == file)
            if found:
                yield file, found

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
